"""The call for reports: UD makes it and writes it to a file, a unit loads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import CommitmentNumber, EditionId, UnitCode, Year
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import CallPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Draft, Written, file_name, write_bundle
from wpsdesk.desk.call.calling_errors import (
    NoParent,
    OneOrganisationTwice,
    QuestionOfAnotherKind,
    QuestionTwice,
    WrongOrganisationNumber,
)
from wpsdesk.desk.call.countries import asked_in_year, learn_countries
from wpsdesk.desk.call.listing_units import LISTED, QUESTIONS, listed_countries, put_countries
from wpsdesk.desk.call.under_a_call import asked_under
from wpsdesk.desk.errors import (
    AskedTwice,
    DeadlinePassed,
    NoCall,
    NoCallFor,
    NotForTheAuthority,
    OlderCall,
    UnknownUnit,
    WrongKind,
    YearOutsidePlan,
)
from wpsdesk.desk.keeping_sent import as_sent
from wpsdesk.desk.keys.authority import begin, fresh_trust
from wpsdesk.desk.model import (
    CALL,
    CERTIFICATES,
    COMPARED,
    EVERYONE,
    LIMIT,
    OWN,
    RECIPIENTS,
    REPORTS_TO,
    TRUST,
    Desk,
    callers_of,
    certificates_of,
    joined,
    put_certificates,
    put_trust,
    reporting,
    require_gathering,
    signer_of,
    trust_of,
)
from wpsdesk.desk.places import destination
from wpsdesk.desk.submission.heard import until_when
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import FocusCountry, Plan, UnitKind
from wpsdesk.report.call import Asked, Call, asked_from, call_from, call_to_json, lead_cells
from wpsdesk.report.call_changes import CallChange, changes_for
from wpsdesk.report.questions import Questions, question_named, still_asked, with_those_dropped
from wpsdesk.report.unit_rows import is_organisation_number
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.identity import write_identity
from wpsdesk.store.journal import note
from wpsdesk.store.sent import record_told
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.errors import StaleRevocationList
from wpsdesk.trust.fingerprints import require_same_fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDraft:
    """What UD decides: the rest of a call follows from the plan."""

    year: int
    deadline: date
    guidance: tuple[tuple[CommitmentNumber | None, str], ...] = ()
    questions: Questions = ()  # UD's own
    asked: tuple[Asked, ...] = ()  # beside the plan's own units, or in the place of one of them
    left_out: frozenset[UnitCode] = frozenset()  # units of the plan that this call does not ask
    focus_countries: tuple[FocusCountry, ...] = ()  # instead of the plan's
    reminders: tuple[date, ...] = ()  # when UD means to remind


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLoaded:
    """A call that is now in force on this desk."""

    call: Call
    root_fingerprint: str
    was_compared: bool  # whether somebody has heard the digits from UD
    changes: tuple[CallChange, ...] = ()  # what is other than in the call of the year that was held before
    warnings: tuple[StaleRevocationList, ...] = ()


def read_units(data: bytes, plan: Plan) -> tuple[Asked, ...]:
    """Units in a JSON list, each with the commitments it is asked about. Raises Malformed."""
    return load_json(data, limit=LIMIT).tuple_of(lambda r: _unit_asked(r, plan), at_most=500)


def _unit_asked(reader: Reader, plan: Plan) -> Asked:
    return asked_from(reader, plan)


def create_call(desk: Desk, draft: CallDraft, out: Path | None = None) -> Call:
    """Make the year's call and, with ``out``, write its file. A second call for a year amends the first.

    On the gathering side of a ministry's or Norad's desk it is a call to its own agencies or organisations, under
    UD's of the same year, and asks nobody else. Raises OnlyTheAuthority, YearOutsidePlan, DeadlinePassed, AskedTwice,
    QuestionTwice, QuestionOfAnotherKind, Malformed, and what writing a file raises; there also NoCall, NoCallFor and
    what :func:`asked_under` raises.
    """
    require_gathering(desk)
    now, plan = desk.clock(), desk.plan
    if not plan.first_year <= draft.year <= plan.last_year:
        raise YearOutsidePlan(year=draft.year, first=plan.first_year, last=plan.last_year)
    if draft.deadline <= now.date():
        raise DeadlinePassed(deadline=draft.deadline)
    year = Year(draft.year)
    above = require_call(reporting(desk), year) if desk.is_gathering else None
    asked = _everyone(plan, draft) if above is None else _our_own(desk, draft, above)
    countries = draft.focus_countries or (plan if above is None else above).focus_countries
    with desk.store.write() as tx:
        if above is not None:
            begin(tx, desk.unit, now)
        held = call_in(tx, year)
        call = Call(
            edition=plan.edition,
            year=year,
            number=1 if held is None else held.number + 1,
            deadline=draft.deadline,
            issued=now,
            guidance=draft.guidance,
            asked=asked_in_year(asked, countries, year),
            focus_countries=countries,
            questions=_questions(tx, held, draft),
            reminders=tuple(sorted(set(draft.reminders))),
        )
        told = canonical_json(call_to_json(call))
        _call_in(told)  # what cannot be read again is not kept, nor sent to anybody
        put_document(tx, CALL, str(year), told)
        learn_countries(tx, plan, countries)
        if above is None:
            put_countries(tx, countries)  # the next call starts from them
        remove_document(tx, LISTED, QUESTIONS)  # the call has them now; the next one starts from it
        note(tx, "call-made", who=desk.unit.code, now=now, about=str(year))
        if out is not None:
            _write(tx, desk, call, out)
    return call


def _everyone(plan: Plan, draft: CallDraft) -> tuple[Asked, ...]:
    """The plan's units with their cells but those left out, then the others; one named again stands as it is named."""
    extra = draft.asked
    named = {asked.unit.code: asked for asked in extra}
    if len(named) != len(extra):
        codes = [asked.unit.code for asked in extra]
        raise AskedTwice(unit=next(code for code in codes if codes.count(code) > 1))
    for code in draft.left_out:
        if code not in {unit.code for unit in plan.units} and code not in named:
            raise UnknownUnit(code=code)
    own = [named.pop(u.code, Asked(unit=u, commitments=lead_cells(plan, u))) for u in plan.units]
    found = tuple(each for each in (*own, *named.values()) if each.unit.code not in draft.left_out)
    _require_sound(plan, found)
    return found


def _our_own(desk: Desk, draft: CallDraft, above: Call) -> tuple[Asked, ...]:
    wanted = tuple(each for each in draft.asked if each.unit.code not in draft.left_out)
    own = until_when(reporting(desk), above)
    found = asked_under(desk.plan, desk.unit, above, wanted, deadline=draft.deadline, own=own)
    _require_sound(desk.plan, found)
    return found


def _require_sound(plan: Plan, asked: tuple[Asked, ...]) -> None:
    """No organisation number twice, none that cannot be, and no agency without the unit that it belongs to."""
    codes = {each.unit.code for each in asked} | {unit.code for unit in plan.units}
    holders: dict[str, UnitCode] = {}
    for unit in (each.unit for each in asked):
        number = unit.organisation_number
        if number is not None and not is_organisation_number(number):
            raise WrongOrganisationNumber(unit=unit.code, number=number)
        if number is not None and number in holders:
            raise OneOrganisationTwice(number=number, first=holders[number], second=unit.code)
        if number is not None:
            holders[number] = unit.code
        if unit.kind is UnitKind.AGENCY and (unit.parent is None or unit.parent not in codes):
            raise NoParent(unit=unit.code)


def _questions(tx: Tx, held: Call | None, draft: CallDraft) -> Questions:
    """The draft's questions, with those of the year's earlier call that it drops. Raises QuestionTwice, OtherKind."""
    ids = [question.id for question in draft.questions]
    if len(set(ids)) != len(ids):
        raise QuestionTwice(question=next(each for each in ids if ids.count(each) > 1))
    for _, data in documents(tx, CALL):  # an id says the same in all years: it must not become another question
        for before in _call_in(data).questions:
            now = question_named(draft.questions, before.id)
            if now is not None and now.kind is not before.kind:
                raise QuestionOfAnotherKind(question=now.id, before=before.kind, now=now.kind)
    return with_those_dropped(draft.questions, () if held is None else held.questions)


def draft_from_last(desk: Desk, year: int, deadline: date) -> CallDraft:
    """A draft that asks what the latest call asked; a call for the same year, so that it can be amended.

    Raises NoCall.
    """
    last, plan = current_call(desk, Year(year)) or require_call(desk), desk.plan
    units = () if desk.is_gathering else plan.units
    usual = {unit.code: Asked(unit=unit, commitments=lead_cells(plan, unit)) for unit in units}
    return CallDraft(
        year=year,
        deadline=deadline,
        guidance=last.guidance,
        questions=still_asked(last.questions),
        asked=tuple(each for each in last.asked if usual.get(each.unit.code) != each),
        left_out=frozenset(usual) - {each.unit.code for each in last.asked},
        focus_countries=last.focus_countries if desk.is_gathering else listed_countries(desk),
    )


def write_call(desk: Desk, year: Year, out: Path) -> Written:
    """Write the call of a year again, with revocation lists of today. Raises NoCallFor, OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.write() as tx:
        call = call_in(tx, year)
        if call is None:
            raise NoCallFor(year=year)
        return _write(tx, desk, call, out)


def _write(tx: Tx, desk: Desk, call: Call, out: Path) -> Written:
    now = desk.clock()
    trust = fresh_trust(tx, now)
    own = certificates_of(tx, CERTIFICATES, OWN)
    assert own is not None, "the authority has certificates from its first moment"
    draft = Draft(
        kind=Kind.CALL,
        unit=desk.unit.code,
        to=EVERYONE,
        year=call.year,
        seq=call.number,
        payload=CallPayload(call=call, trust=trust, recipients=own),
        attachments=(),
        prepared_by=desk.unit.names.nb,
        approved_by="",
        plan=call.edition,
    )
    path = destination(out, f"{call.year}_" + file_name(desk.unit.code, now, call.number, sealed=False))
    written = write_bundle(path, draft, signer_of(tx), seal_to=(), now=now)
    record_told(tx, as_sent(written))
    return written


def load_call(desk: Desk, path: Path, fingerprint: str | None = None) -> CallLoaded:
    """Take in a call from UD. The first one brings UD's root, whose fingerprint is to be compared by voice.

    Raises NotForTheAuthority, WrongKind, OlderCall, FingerprintMismatch, and what verifying a bundle raises.
    """
    if desk.gathers:
        raise NotForTheAuthority
    with desk.store.read() as tx:
        trust, callers = trust_of(tx), callers_of(desk, tx)
    with sealed_bundle(path) as sealed:
        opened = open_bundle(sealed, ())
        verified = verify_bundle(opened, trust, desk.plan, desk.clock(), authorities=callers)
    return take_call(desk, path, verified, fingerprint)


def take_call(desk: Desk, path: Path, verified: VerifiedBundle, fingerprint: str | None = None) -> CallLoaded:
    """Put a verified call in force; see :func:`load_call`."""
    payload = verified.payload
    if not isinstance(payload, CallPayload):
        raise WrongKind(path=path, found=verified.header.kind, wanted=Kind.CALL)
    call, root = payload.call, payload.trust.root_fingerprint
    if fingerprint is not None:
        require_same_fingerprint(expected=root, given=fingerprint)
    with desk.store.write() as tx:
        held = call_in(tx, call.year)
        if held is not None and call.number < held.number:
            raise OlderCall(number=call.number, held=held.number)
        put_trust(tx, joined(trust_of(tx), payload.trust))
        put_document(tx, REPORTS_TO, OWN, verified.header.unit.encode("ascii"))
        put_certificates(tx, RECIPIENTS, verified.header.unit, payload.recipients)
        put_document(tx, CALL, str(call.year), canonical_json(call_to_json(call)))
        learn_countries(tx, desk.plan, call.focus_countries)
        own = call.asked_of(desk.unit.code)
        if own is not None:  # UD knows best what the unit is called and which countries it answers for
            write_identity(tx, replace(desk.identity, unit=own.unit))
        if fingerprint is not None:
            put_document(tx, TRUST, COMPARED, root.encode("ascii"))
        was_compared = document(tx, TRUST, COMPARED) == root.encode("ascii")
        note(tx, "call-loaded", who=desk.unit.code, now=desk.clock(), about=str(call.year))
    changes = () if held is None else changes_for(held, call, desk.unit.code)
    return CallLoaded(
        call=call, root_fingerprint=root, was_compared=was_compared, changes=changes, warnings=verified.warnings
    )


def confirm_root(desk: Desk, fingerprint: str) -> None:
    """Record that somebody has heard UD's digits. Raises NoCall, FingerprintMismatch."""
    with desk.store.write() as tx:
        trust = trust_of(tx)
        if trust is None:
            raise NoCall
        require_same_fingerprint(expected=trust.root_fingerprint, given=fingerprint)
        put_document(tx, TRUST, COMPARED, trust.root_fingerprint.encode("ascii"))
        note(tx, "root-compared", who=desk.unit.code, now=desk.clock())


def root_fingerprint(desk: Desk) -> tuple[str, bool] | None:
    """UD's root fingerprint and whether it has been compared, or None before the first call."""
    with desk.store.read() as tx:
        trust, compared = trust_of(tx), document(tx, TRUST, COMPARED)
    if trust is None:
        return None
    return trust.root_fingerprint, desk.gathers or compared == trust.root_fingerprint.encode("ascii")


def call_in(tx: Tx, year: Year) -> Call | None:
    """The call of a year as it is held, read by the edition of the plan that it was issued on; or None."""
    data = document(tx, CALL, str(year))
    return None if data is None else _call_in(data)


@lru_cache(maxsize=8)
def _call_in(data: bytes) -> Call:
    """Every arrival and every list asks for the call, and its bytes say all that it is."""
    reader = load_json(data, limit=LIMIT)
    return call_from(reader, load_plan(EditionId(reader.get("plan").line(at_most=40))))


def plan_in(tx: Tx, plan: Plan, year: Year) -> Plan:
    """The edition that a year's call was issued on; ``plan``, the desk's own, where it is that or there is no call."""
    call = call_in(tx, year)
    return plan if call is None or call.edition == plan.edition else load_plan(call.edition)


def years(desk: Desk) -> tuple[Year, ...]:
    """The years there is a call for, the latest first."""
    with desk.store.read() as tx:
        return tuple(sorted((Year(int(key)) for key, _ in documents(tx, CALL)), reverse=True))


def current_call(desk: Desk, year: Year | None = None) -> Call | None:
    """The call of a year, or of the latest one; None where there is none."""
    chosen = year if year is not None else next(iter(years(desk)), None)
    if chosen is None:
        return None
    with desk.store.read() as tx:
        return call_in(tx, chosen)


def require_call(desk: Desk, year: Year | None = None) -> Call:
    """The call of a year, or of the latest one. Raises NoCall, NoCallFor."""
    found = current_call(desk, year)
    if found is None:
        raise NoCallFor(year=year) if year is not None and years(desk) else NoCall
    return found


def asked(desk: Desk, year: Year | None = None) -> Asked:
    """What this desk's unit is asked; a unit that the call passes over may still answer what it wants.

    Raises NoCall, NoCallFor.
    """
    call = require_call(desk, year)
    return call.asked_of(desk.unit.code) or Asked(unit=desk.unit, commitments=())
