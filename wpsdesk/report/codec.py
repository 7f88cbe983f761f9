"""A report as JSON and back: schema ``wps-report/1``; members that hold nothing are left out.

History of the schema: 1 is the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar, cast

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import COUNTRY_CODE, DIGEST, UNIT_CODE, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.plan.model import LanguageCode, Plan
from wpsdesk.report.model import (
    EMPTY,
    NARRATIVE,
    OPEN,
    Access,
    AccessScope,
    ChallengeKind,
    Entry,
    EntryKey,
    Evidence,
    EvidenceKind,
    GenderMarker,
    Indicator,
    LegalBasis,
    Links,
    Money,
    Part,
    Partner,
    PartnerKind,
    Passage,
    Report,
    ResultKind,
    Status,
)

SCHEMA: Final = "wps-report/1"
MAX_PASSAGE: Final = 20_000  # characters; some eight pages
MAX_ENTRIES: Final = 35 * 40
MAX_LIST: Final = 200
MAX_EVIDENCE: Final = 1_990  # a bundle holds 2,000 files
MAX_SIZE: Final = 2 << 30

_SDG = re.compile(r"(5|16)\.[0-9a-z]{1,2}")
_RESOLUTION = re.compile(r"[0-9]{3,4}")
_DAC = re.compile(r"([0-9]{5})?")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
_FILE_NAME = re.compile(r'[^/\\:*?"<>|\x00-\x1f]{1,255}')

K = TypeVar("K", bound=StrEnum)
Json = dict[str, object]


# -- writing -------------------------------------------------------------------------------------


def report_to_json(report: Report) -> Json:
    """``report.json`` as a value for :func:`wpsdesk.base.canonical.canonical_json`."""
    return {
        "schema": SCHEMA,
        "unit": report.unit,
        "year": report.year,
        "plan": report.edition,
        "entries": [entry_to_json(entry) for entry in report.entries],
    }


def entry_to_json(entry: Entry) -> Json:
    """One entry; the writer's own "ready" mark stays on the desk and is not part of it."""
    return _without_nothing(
        commitment=entry.key.commitment,
        country=entry.key.country,
        part=entry.part,
        status=entry.status,
        **{field: _passage(entry.passage(field)) for field in NARRATIVE},
        result_kinds=list(entry.result_kinds),
        challenge_kinds=list(entry.challenge_kinds),
        indicators=[_indicator(i) for i in entry.indicators],
        partners=[{"name": p.name, "kind": p.kind, "may_be_named": p.may_be_named} for p in entry.partners],
        money=[_money(m) for m in entry.money],
        links=_without_nothing(
            sdg_targets=list(entry.links.sdg_targets),
            commitments=list(entry.links.commitments),
            resolutions=list(entry.links.resolutions),
        ),
        evidence=[_evidence(e) for e in entry.evidence],
        access=_access(entry.access),
        identifies_person_at_risk=entry.identifies_person_at_risk,
        graded_annex=entry.graded_annex,
        unchanged_since=dict(entry.unchanged_since),
    )


def _without_nothing(**members: object) -> Json:
    return {name: value for name, value in members.items() if value not in (None, "", [], {}, False)}


def _passage(passage: Passage) -> Json | None:
    # The language of an empty passage is the writer's choice for what is to come; it says nothing yet.
    return {"text": passage.text, "language": passage.language} if passage.text else None


def _indicator(indicator: Indicator) -> Json:
    counts = {name: getattr(indicator, name) for name in ("women", "men", "other", "unknown")}
    return {
        **_without_nothing(
            name=indicator.name,
            measure=indicator.measure,
            value=_number(indicator.value),
            unit=indicator.unit,
            baseline=_number(indicator.baseline),
            baseline_year=indicator.baseline_year,
            measured_on=_day(indicator.measured_on),
            source=indicator.source,
        ),
        **{name: count for name, count in counts.items() if count is not None},
    }


def _money(money: Money) -> Json:
    amounts = {"amount_nok": money.amount_nok, "disbursed_nok": money.disbursed_nok}
    return {
        **_without_nothing(agreement=money.agreement, dac_sector=money.dac_sector),
        **{name: amount for name, amount in amounts.items() if amount is not None},
        "gender_marker": money.gender_marker,
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "sha256": evidence.digest,
        "name": evidence.name,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "title": evidence.title,
        "kind": evidence.kind,
        "language": evidence.language,
        **_without_nothing(
            dated=_day(evidence.dated),
            source=evidence.source,
            consent=evidence.consent,
            access=_access(evidence.access),
        ),
    }


def _access(access: Access) -> Json | None:
    if access == OPEN:
        return None
    return {
        "scope": access.scope,
        **_without_nothing(
            basis=access.basis,
            basis_text=access.basis_text,
            reason=access.reason,
            wider_access_considered=access.wider_access_considered,
            wider_access_refusal=access.wider_access_refusal,
            delayed_until=_day(access.delayed_until),
            ends_on=_day(access.ends_on),
            public={field: _passage(p) for field, p in access.public if p.text},
        ),
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


# -- reading -------------------------------------------------------------------------------------


def report_from(reader: Reader, plan: Plan) -> Report:
    """The report in an untrusted ``report.json``. Raises Malformed."""
    if reader.get("schema").line(at_most=40) != SCHEMA:
        raise reader.get("schema").fail("not-allowed")
    unit = UnitCode(reader.get("unit").matching(UNIT_CODE))
    year = Year(reader.get("year").integer(plan.first_year, plan.last_year))
    if reader.get("plan").line(at_most=40) != plan.edition:
        raise reader.get("plan").fail("not-allowed")
    entries = entries_from(reader.get("entries"), plan)
    reader.done()
    return Report(unit=unit, year=year, edition=plan.edition, entries=entries)


def entries_from(reader: Reader, plan: Plan) -> tuple[Entry, ...]:
    """A list of entries, in the report's order, no key twice. Raises Malformed."""
    found: list[Entry] = []
    keys: set[EntryKey] = set()
    for place in reader.items(at_most=MAX_ENTRIES):
        entry = entry_from(place, plan)
        if entry.key in keys:
            raise place.fail("twice")
        keys.add(entry.key)
        found.append(entry)
    return tuple(sorted(found, key=lambda e: (e.key.commitment, e.key.country or "")))


def entry_from(reader: Reader, plan: Plan) -> Entry:
    """One untrusted entry, alone. Raises Malformed with the path to what is wrong."""
    entry = Entry(
        key=EntryKey(_commitment(reader.get("commitment"), plan), reader.maybe("country", lambda r: _country(r, plan))),
        part=reader.default("part", lambda r: r.choice(Part), Part.RESPONSIBLE),
        status=reader.maybe("status", lambda r: r.choice(Status)),
        effort=_passage_of(reader, "effort"),
        results=_passage_of(reader, "results"),
        challenges=_passage_of(reader, "challenges"),
        lessons=_passage_of(reader, "lessons"),
        context=_passage_of(reader, "context"),
        nothing_reason=_passage_of(reader, "nothing_reason"),
        result_kinds=_words(reader, "result_kinds", ResultKind),
        challenge_kinds=_words(reader, "challenge_kinds", ChallengeKind),
        indicators=reader.default("indicators", lambda r: r.tuple_of(_indicator_from, at_most=MAX_LIST), ()),
        partners=reader.default("partners", lambda r: r.tuple_of(_partner_from, at_most=MAX_LIST), ()),
        money=reader.default("money", lambda r: r.tuple_of(_money_from, at_most=MAX_LIST), ()),
        links=reader.default("links", lambda r: _links_from(r, plan), Links()),
        evidence=reader.default("evidence", lambda r: r.tuple_of(_evidence_from, at_most=MAX_EVIDENCE), ()),
        access=reader.default("access", _access_from, OPEN),
        identifies_person_at_risk=reader.default("identifies_person_at_risk", Reader.flag, False),
        graded_annex=reader.default("graded_annex", lambda r: r.line(at_most=300), ""),
        unchanged_since=reader.default("unchanged_since", lambda r: _unchanged_from(r, plan), ()),
    )
    reader.done()
    return entry


def _commitment(reader: Reader, plan: Plan) -> CommitmentNumber:
    number = reader.integer(-(10**9), 10**9)
    if not 1 <= number <= len(plan.commitments):
        raise reader.fail("unknown-commitment")
    return CommitmentNumber(number)


def _country(reader: Reader, plan: Plan) -> CountryCode:
    code = CountryCode(reader.matching(COUNTRY_CODE))
    if not any(country.code == code for country in plan.focus_countries):
        raise reader.fail("unknown-country")
    return code


def language_from(reader: Reader) -> LanguageCode:
    """One of nb, nn and en. Raises Malformed."""
    word = reader.line(at_most=10)
    if word not in ("nb", "nn", "en"):
        raise reader.fail("not-allowed")
    return cast("LanguageCode", word)


def passage_from(reader: Reader) -> Passage:
    """``{"text", "language"}``. Raises Malformed."""
    found = Passage(
        text=reader.get("text").text(at_most=MAX_PASSAGE),
        language=reader.default("language", language_from, "nb"),
    )
    reader.done()
    return found if found.text else EMPTY


def _passage_of(reader: Reader, name: str) -> Passage:
    return reader.default(name, passage_from, EMPTY)


def _words(reader: Reader, name: str, kind: type[K]) -> tuple[K, ...]:
    def distinct(r: Reader) -> tuple[K, ...]:
        found = r.tuple_of(lambda element: element.choice(kind), at_most=20)
        if len(set(found)) != len(found):
            raise r.fail("twice")
        return found

    return reader.default(name, distinct, ())


def _indicator_from(reader: Reader) -> Indicator:
    def count(r: Reader) -> int:
        return r.integer(0, 10**12)

    found = Indicator(
        name=reader.get("name").line(at_most=300, at_least=1),
        measure=_line(reader, "measure"),
        value=reader.maybe("value", Reader.decimal),
        unit=_line(reader, "unit"),
        women=reader.maybe("women", count),
        men=reader.maybe("men", count),
        other=reader.maybe("other", count),
        unknown=reader.maybe("unknown", count),
        baseline=reader.maybe("baseline", Reader.decimal),
        baseline_year=reader.maybe("baseline_year", lambda r: r.integer(1990, 2100)),
        measured_on=reader.maybe("measured_on", Reader.date),
        source=_line(reader, "source"),
    )
    reader.done()
    return found


def _line(reader: Reader, name: str) -> str:
    return reader.default(name, lambda r: r.line(at_most=500), "")


def _partner_from(reader: Reader) -> Partner:
    found = Partner(
        name=reader.get("name").line(at_most=300, at_least=1),
        kind=reader.default("kind", lambda r: r.choice(PartnerKind), PartnerKind.OTHER),
        may_be_named=reader.default("may_be_named", Reader.flag, False),
    )
    reader.done()
    return found


def _money_from(reader: Reader) -> Money:
    def amount(r: Reader) -> int:
        return r.integer(-(10**12), 10**12)  # a repayment is a negative disbursement

    found = Money(
        agreement=_line(reader, "agreement"),
        amount_nok=reader.maybe("amount_nok", amount),
        disbursed_nok=reader.maybe("disbursed_nok", amount),
        gender_marker=reader.default("gender_marker", lambda r: r.choice(GenderMarker), GenderMarker.NOT_SCREENED),
        dac_sector=reader.default("dac_sector", lambda r: r.matching(_DAC), ""),
    )
    reader.done()
    return found


def _links_from(reader: Reader, plan: Plan) -> Links:
    def list_of(name: str, read: Callable[[Reader], str]) -> tuple[str, ...]:
        return reader.default(name, lambda r: r.tuple_of(read, at_most=MAX_LIST), ())

    found = Links(
        sdg_targets=list_of("sdg_targets", lambda r: r.matching(_SDG)),
        commitments=reader.default(
            "commitments", lambda r: r.tuple_of(lambda e: _commitment(e, plan), at_most=MAX_LIST), ()
        ),
        resolutions=list_of("resolutions", lambda r: r.matching(_RESOLUTION)),
    )
    reader.done()
    return found


def _evidence_from(reader: Reader) -> Evidence:
    found = Evidence(
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        name=reader.get("name").matching(_FILE_NAME),
        media_type=reader.get("media_type").matching(_MEDIA_TYPE),
        size=reader.get("size").integer(0, MAX_SIZE),
        title=reader.get("title").line(at_most=300, at_least=1),
        kind=reader.default("kind", lambda r: r.choice(EvidenceKind), EvidenceKind.OTHER),
        dated=reader.maybe("dated", Reader.date),
        language=reader.default("language", language_from, "nb"),
        source=_line(reader, "source"),
        consent=reader.default("consent", Reader.flag, False),
        access=reader.default("access", _access_from, OPEN),
    )
    reader.done()
    return found


def _access_from(reader: Reader) -> Access:
    found = Access(
        scope=reader.get("scope").choice(AccessScope),
        basis=reader.maybe("basis", lambda r: r.choice(LegalBasis)),
        basis_text=_line(reader, "basis_text"),
        reason=reader.default("reason", lambda r: r.text(at_most=2000), ""),
        wider_access_considered=reader.default("wider_access_considered", Reader.flag, False),
        wider_access_refusal=reader.default("wider_access_refusal", lambda r: r.text(at_most=2000), ""),
        delayed_until=reader.maybe("delayed_until", Reader.date),
        ends_on=reader.maybe("ends_on", Reader.date),
        public=reader.default("public", _public_from, ()),
    )
    reader.done()
    return found


def _public_from(reader: Reader) -> tuple[tuple[str, Passage], ...]:
    names = reader.names()
    for name in names:
        if name not in NARRATIVE:
            raise reader.get(name).fail("unknown-member")
    return tuple((name, passage_from(reader.get(name))) for name in _in_order(names))


def _unchanged_from(reader: Reader, plan: Plan) -> tuple[tuple[str, Year], ...]:
    names = reader.names()
    for name in names:
        if name not in NARRATIVE:
            raise reader.get(name).fail("unknown-member")
    years = range(plan.first_year, plan.last_year + 1)
    return tuple((name, Year(reader.get(name).integer(years[0], years[-1]))) for name in _in_order(names))


def _in_order(names: Iterable[str]) -> list[str]:
    return [field for field in NARRATIVE if field in set(names)]
