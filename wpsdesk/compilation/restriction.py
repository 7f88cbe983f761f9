"""What an edition may show of an answer; everything else is absent from here on.

The document tree is built from :class:`View` values only. In the public edition a restricted text, name or
file never becomes part of one, so no writer can show it, however wrong the writer is.

What the public edition shows:

1. An open answer: all of it, except partners that may not be named, evidence restricted as a whole and the
   reference to a graded annex.
2. An answer restricted in part: unit, country, status and the public wordings. Nothing else, evidence included.
3. Of the unit's own follow-up document: its title, unless it is restricted as a whole; then the legal basis alone.
4. Of the agencies and organisations that have reported to the unit: those that may be named.
5. An answer restricted as a whole, or one whose public access is delayed (offentleglova § 5): that it exists,
   and the legal basis. Not the status, not the country.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.compilation.editing import EditState
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.plan.model import Unit
from wpsdesk.report.contributions import Contributor, public_names
from wpsdesk.report.model import (
    NARRATIVE,
    OPEN,
    Access,
    AccessScope,
    ChallengeKind,
    Entry,
    Evidence,
    Indicator,
    LegalBasis,
    Measure,
    Money,
    Partner,
    Passage,
    QuestionAnswer,
    Report,
    Status,
)
from wpsdesk.report.questions import Questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The legal basis of a restriction: a paragraph, its own words, or the delay of § 5."""

    paragraph: LegalBasis | None = None
    words: str = ""  # only where the paragraph is OTHER
    delayed_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text field of an answer as it is shown."""

    field: str  # one of NARRATIVE
    passage: Passage
    is_public_wording: bool = False
    unchanged_since: Year | None = None
    is_edited: bool = False  # by UD, for publication
    original: Passage | None = None  # what it is translated from
    translator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A piece of evidence that is shown, and the basis where its file is restricted."""

    evidence: Evidence
    scope: AccessScope
    basis: Basis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An access decision with all that was considered; in the internal edition only."""

    access: Access
    public: tuple[Text, ...]  # the public wordings, beside the texts that they stand for


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """An edited text beside its source, with who wrote it; in the internal edition only."""

    text: Text
    state: EditState
    by: str
    at: datetime  # UTC
    cleared: str  # why a person has said that it may be public; "" where nobody has


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A unit out of whose report an answer holds something, and the bundle that said it."""

    unit: Unit
    bundle: BundleId
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown of one entry."""

    commitment: CommitmentNumber
    country: CountryCode | None
    scope: AccessScope  # OPEN: nothing of the answer itself is withheld
    basis: Basis | None
    status: Status | None
    texts: tuple[Text, ...]
    questions: tuple[QuestionAnswer, ...] = ()  # answers to UD's own
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    partners: tuple[Partner, ...] = ()
    has_unnamed_partners: bool = False
    money: tuple[Money, ...] = ()
    proofs: tuple[Proof, ...] = ()
    withheld_evidence: tuple[Basis, ...] = ()  # each basis once
    taken: tuple[Taken, ...] = ()  # what in it comes from units that report to this one
    has_unnamed_sources: bool = False
    graded_annex: str = ""  # internal edition only
    identifies_person_at_risk: bool = False  # internal edition only
    challenge_kinds: tuple[ChallengeKind, ...] = ()  # of an answer that is open
    decision: Decision | None = None  # internal edition only
    is_left_out: bool = False  # by UD, from the public edition
    told_with: UnitCode | None = None  # in whose answer this one is told
    tells_also: tuple[UnitCode, ...] = ()  # whose answers are told in this one
    beside: tuple[Beside, ...] = ()  # internal edition only
    left_out_because: str = ""  # internal edition only


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What an edition shows of one source; the report itself cannot be reached from here."""

    unit: Unit
    bundle: BundleId
    digest: Digest
    seq: int
    signed_by: str
    signed_at: datetime
    received_at: datetime
    answers: tuple[Answer, ...]
    contributors: tuple[Contributor, ...] = ()  # who has reported to the unit
    unnamed_contributors: int = 0
    follow_up: Proof | None = None  # the unit's own follow-up document
    withheld_follow_up: Basis | None = None  # of one that the edition must not even name

    def on(self, commitment: CommitmentNumber) -> tuple[Answer, ...]:
        """The answers on one commitment, "not country-specific" first."""
        return tuple(answer for answer in self.answers if answer.commitment == commitment)


def view(source: Source, edition: Edition, on: date) -> View:
    """What ``edition`` shows of ``source`` in a report compiled on the day ``on``."""
    match edition:
        case Edition.INTERNAL:
            return internal_view(source, on)
        case Edition.PUBLIC | Edition.MEETING | Edition.REVIEW:
            return public_view(source, on)


def public_view(source: Source, on: date) -> View:
    """What everyone may see; see the rules at the head of this module.

    ``on`` is the day of compilation: until a delay (§ 5) is over, the answer counts as restricted as a whole.
    A restriction's end date opens nothing by itself: a person decides that in a new answer.
    """
    answers = tuple(public_answer(entry, on, source.report.contributors) for entry in source.report.entries)
    return view_of(source, answers, Edition.PUBLIC, on)


def internal_view(source: Source, on: date) -> View:
    """Everything, with the access decisions beside it."""
    return view_of(source, internal_answers(source.report, on), Edition.INTERNAL, on)


def internal_answers(report: Report, on: date) -> tuple[Answer, ...]:
    """Everything that a report says, with the access decisions beside it; for the unit itself, and for UD."""
    return tuple(internal_answer(entry, on, report.contributors) for entry in report.entries)


def view_of(source: Source, answers: tuple[Answer, ...], edition: Edition, on: date) -> View:
    """The answers with where they come from, and who has reported to their unit; in public those that may be named."""
    document, closed = _follow_up(source.report.follow_up, edition, on)
    told = source.report.contributors
    if edition is Edition.PUBLIC:
        told = tuple(each for each in told if each.has_reported)
    named = tuple(each for each in told if each.may_be_named or edition is Edition.INTERNAL)
    return View(
        unit=source.unit,
        bundle=source.bundle,
        digest=source.digest,
        seq=source.seq,
        signed_by=source.signed_by,
        signed_at=source.signed_at,
        received_at=source.received_at,
        answers=tuple(sorted(_once(answers), key=lambda a: (a.commitment, a.country or ""))),
        contributors=named,
        unnamed_contributors=len(told) - len(named),
        follow_up=document,
        withheld_follow_up=closed,
    )


def _follow_up(document: Evidence | None, edition: Edition, on: date) -> tuple[Proof | None, Basis | None]:
    """The unit's own follow-up document as it is shown, or why it is not."""
    if document is None:
        return None, None
    if edition is Edition.INTERNAL:
        return internal_proof(document, on), None
    scope, basis = restriction_of(document.access, on)
    if scope is AccessScope.WHOLE:
        return None, basis
    return Proof(evidence=replace(document, access=OPEN), scope=scope, basis=basis), None


def without_withdrawn(source: Source, questions: Questions) -> Source:
    """The source without what was answered to questions that UD has withdrawn: UD no longer asks, and does not tell."""
    gone = {each.id for each in questions if each.is_withdrawn}
    if not gone:
        return source

    def left(entry: Entry) -> Entry:
        return replace(entry, questions=tuple(each for each in entry.questions if each.question not in gone))

    entries = tuple(left(entry) for entry in source.report.entries)
    return replace(source, report=replace(source.report, entries=entries))


def _once(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Answers of which only the basis is left are told once: their number would tell how many countries."""
    return tuple(dict.fromkeys(answers))


def restriction_of(access: Access, on: date) -> tuple[AccessScope, Basis | None]:
    """How much is withheld on the day ``on``, and why."""
    is_delayed = access.delayed_until is not None and access.delayed_until > on
    if access.scope is AccessScope.OPEN:
        if is_delayed:
            return AccessScope.WHOLE, Basis(delayed_until=access.delayed_until)
        return AccessScope.OPEN, None
    words = access.basis_text if access.basis is LegalBasis.OTHER else ""
    return access.scope, Basis(paragraph=access.basis, words=words)


def public_answer(entry: Entry, on: date, contributors: tuple[Contributor, ...]) -> Answer:
    """What everyone may see of one answer; ``contributors`` are those that its report tells of."""
    scope, basis = restriction_of(entry.access, on)
    match scope:
        case AccessScope.OPEN:
            return _open(entry, on, contributors)
        case AccessScope.PART:
            return Answer(
                commitment=entry.key.commitment,
                country=entry.key.country,
                scope=scope,
                basis=basis,
                status=entry.status,
                texts=_public_wordings(entry),
            )
        case AccessScope.WHOLE:
            return Answer(
                commitment=entry.key.commitment, country=None, scope=scope, basis=basis, status=None, texts=()
            )


def _open(entry: Entry, on: date, contributors: tuple[Contributor, ...]) -> Answer:
    named, has_others = public_names(entry.taken, contributors)
    restrictions = [(evidence, *restriction_of(evidence.access, on)) for evidence in entry.evidence]
    withheld = (basis for _, scope, basis in restrictions if scope is AccessScope.WHOLE and basis is not None)
    return Answer(
        commitment=entry.key.commitment,
        country=entry.key.country,
        scope=AccessScope.OPEN,
        basis=None,
        status=entry.status,
        texts=_texts(entry),
        questions=entry.questions,
        measures=tuple(replace(measure, owner="") for measure in entry.measures),  # an owner may be a person
        indicators=entry.indicators,
        partners=tuple(partner for partner in entry.partners if partner.may_be_named),
        has_unnamed_partners=not all(partner.may_be_named for partner in entry.partners),
        challenge_kinds=entry.challenge_kinds,
        money=entry.money,
        proofs=tuple(
            Proof(evidence=replace(evidence, access=OPEN), scope=scope, basis=basis)
            for evidence, scope, basis in restrictions
            if scope is not AccessScope.WHOLE
        ),
        withheld_evidence=tuple(dict.fromkeys(withheld)),
        taken=_taken(entry, named),
        has_unnamed_sources=has_others,
    )


def _taken(entry: Entry, named: tuple[Contributor, ...]) -> tuple[Taken, ...]:
    """Each unit and bundle once."""
    units = {each.unit.code: each.unit for each in named}
    found = (
        Taken(unit=units[each.unit], bundle=each.bundle, digest=each.digest)
        for each in entry.taken
        if each.unit in units
    )
    return tuple(dict.fromkeys(found))


def internal_answer(entry: Entry, on: date, contributors: tuple[Contributor, ...]) -> Answer:
    """Everything that one answer says; ``contributors`` are those that its report tells of."""
    scope, basis = restriction_of(entry.access, on)
    return Answer(
        commitment=entry.key.commitment,
        country=entry.key.country,
        scope=scope,
        basis=basis,
        status=entry.status,
        texts=_texts(entry),
        questions=entry.questions,
        measures=entry.measures,
        indicators=entry.indicators,
        partners=entry.partners,
        money=entry.money,
        proofs=tuple(internal_proof(evidence, on) for evidence in entry.evidence),
        taken=_taken(entry, contributors),
        graded_annex=entry.graded_annex,
        identifies_person_at_risk=entry.identifies_person_at_risk,
        decision=None if scope is AccessScope.OPEN else Decision(access=entry.access, public=_public_wordings(entry)),
    )


def internal_proof(evidence: Evidence, on: date) -> Proof:
    """A file as it is shown within: always, with its restriction on the day ``on``."""
    scope, basis = restriction_of(evidence.access, on)
    return Proof(evidence=evidence, scope=scope, basis=basis)


def _texts(entry: Entry) -> tuple[Text, ...]:
    unchanged = dict(entry.unchanged_since)
    return tuple(
        Text(field=field, passage=entry.passage(field), unchanged_since=unchanged.get(field))
        for field in NARRATIVE
        if entry.passage(field).text.strip()
    )


def _public_wordings(entry: Entry) -> tuple[Text, ...]:
    found = ((field, entry.access.public_wording(field)) for field in NARRATIVE)
    return tuple(
        Text(field=field, passage=passage, is_public_wording=True)
        for field, passage in found
        if passage is not None and passage.text.strip()
    )
