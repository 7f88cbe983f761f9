"""One unit's report as a compact whole, for whoever approves it and for whoever reads again what was sent. Pure.

It is laid out as the annual report is, without a first page and contents. It is internal: what is restricted is
shown, and marked, and listed at the head, so that nobody has to look for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from wpsdesk.base.ids import Digest
from wpsdesk.compilation.answers import NONE, answer_body, proof_mark
from wpsdesk.compilation.figures import coverage
from wpsdesk.compilation.restriction import Answer, Proof, internal_answers, internal_proof
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.terms import STATUS, basis_words, day_of
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TitlePage,
    Tone,
)
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import Area, Commitment, LanguageCode, Plan, Unit
from wpsdesk.report.call import Call
from wpsdesk.report.model import AccessScope, EntryKey, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the head says of the report beside what it holds."""

    seq: int | None  # under which it was sent; None: it has not gone
    is_ready: bool  # for approval
    prepared_by: str
    approved_by: str
    when: datetime  # aware
    left_out: tuple[EntryKey, ...]  # asked, and not in it
    held: frozenset[Digest]  # files that UD has already


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """All that is written from."""

    setting: Setting
    unit: Unit
    report: Report
    about: About
    answers: tuple[Answer, ...]
    document: Proof | None  # of how the unit follows the plan up

    @property
    def restricted(self) -> tuple[Answer, ...]:
        """The answers of which not everybody may see everything."""
        return tuple(
            answer
            for answer in self.answers
            if answer.scope is not AccessScope.OPEN
            or answer.identifies_person_at_risk
            or any(proof.scope is not AccessScope.OPEN for proof in answer.proofs)
        )


def unit_report(
    plan: Plan, call: Call, unit: Unit, report: Report, *, about: About, language: LanguageCode
) -> Document:
    """The report of one unit in one language; its texts stay in the languages in which they were written."""
    say, day = catalogue(language, "document"), about.when.astimezone(UTC).date()
    setting = Setting(
        plan=plan,
        call=call,
        views=(),
        coverage=coverage(plan, call, ()),
        year=report.year,
        edition=Edition.INTERNAL,
        language=language,
        say=say,
        compiled=about.when,
    )
    answers = internal_answers(report, day)
    document = None if report.follow_up is None else internal_proof(report.follow_up, day)
    whole = _Whole(setting=setting, unit=unit, report=report, about=about, answers=answers, document=document)
    title = say("Women, peace and security – report for {year}", year=str(report.year))
    name = setting.name(unit)
    return Document(
        language=language,
        edition=Edition.INTERNAL,
        compiled=about.when,
        title=f"{title}, {name}",
        subject=title,
        publisher=name,
        title_page=TitlePage(
            title=title, subtitle=name, plan="", publisher=name, compiled="", edition=_stands(whole), edition_note=""
        ),
        contents_title="",
        page_mark=say("INTERNAL"),
        chapters=(Chapter(blocks=tuple(_blocks(whole))),),
        is_compact=True,
    )


def _blocks(whole: _Whole) -> Iterator[Block]:
    setting = whole.setting
    say, name = setting.say, setting.name(whole.unit)
    yield Heading(level=1, words=setting.words(say("Women, peace and security")), anchor="report", in_contents=True)
    lead = say("{unit}, report for {year}", unit=name, year=str(setting.year))
    yield Paragraph(words=setting.words(lead), tone=Tone.LEAD)
    yield from _facts(whole)
    yield from _restricted(whole)
    for area in setting.plan.areas:
        yield from _area(whole, area)
    yield from _evidence(whole)


# -- the head --------------------------------------------------------------------------------------


def _facts(whole: _Whole) -> Iterator[Paragraph]:
    say, about = whole.setting.say, whole.about
    files = [file.size for file in whole.report.files]
    holds = [say.plural("{n} answer", "{n} answers", len(whole.answers))]
    if files:
        count = say.plural("{n} file of evidence", "{n} files of evidence", len(files))
        holds.append(f"{count} ({say.size(sum(files))})")
    yield _fact(whole, say("State:"), f"{_stands(whole)}.")
    yield _fact(whole, say("Holds:"), f"{say.listing(holds)}.")
    if (document := whole.report.follow_up) is not None:
        yield _fact(whole, say("Follow-up document:"), f"{document.title} ({document.name}).")
    yield _fact(whole, say("Deadline:"), f"{say.date(whole.setting.call.deadline)}.")
    if about.prepared_by:
        yield _fact(whole, say("Prepared by:"), about.prepared_by)
    if about.approved_by:
        yield _fact(whole, say("Approved by:"), about.approved_by)
    if about.left_out:
        named = say.listing(_key_name(whole, key) for key in about.left_out)
        yield _fact(whole, say("Asked, and not in this report:"), f"{named}.")


def _stands(whole: _Whole) -> str:
    """How far it has come."""
    say, about = whole.setting.say, whole.about
    if about.seq is not None:
        return say("Sent as no. {seq}, {day}", seq=about.seq, day=day_of(say, about.when))
    return say("Ready for approval, not approved") if about.is_ready else say("Draft, not approved")


def _fact(whole: _Whole, label: str, value: str) -> Paragraph:
    return Paragraph(words=whole.setting.words(value), tone=Tone.FACT, label=label)


def _key_name(whole: _Whole, key: EntryKey) -> str:
    if key.country is None:
        return str(key.commitment)
    return f"{key.commitment} {whole.setting.country(key.country)}"


def _restricted(whole: _Whole) -> Iterator[Block]:
    say, found, document = whole.setting.say, whole.restricted, _restricted_document(whole)
    if not found and not document:
        yield Paragraph(words=whole.setting.words(say("Nothing in it is exempt from public access.")), tone=Tone.NOTE)
        return
    yield Heading(level=2, words=whole.setting.words(say("Restricted places")), anchor="restricted")
    columns = (
        Column(head=say("Commitment"), align=Align.RIGHT),
        Column(head=say("What"), share=2),
        Column(head=say("Legal basis"), share=2),
    )
    rows = (*(row for answer in found for row in _restricted_rows(whole, answer)), *document)
    yield Table(caption=say("Restricted places"), columns=columns, rows=rows, shows_caption=False)


def _restricted_document(whole: _Whole) -> tuple[tuple[Cell, ...], ...]:
    """The row of the follow-up document; none where it is open."""
    say, words, found = whole.setting.say, whole.setting.words, whole.document
    if found is None or found.scope is AccessScope.OPEN:
        return ()
    basis = basis_words(say, found.basis)
    return ((Cell(words=words(NONE)), Cell(words=words(say("Follow-up document"))), Cell(words=words(basis))),)


def _restricted_rows(whole: _Whole, answer: Answer) -> Iterator[tuple[Cell, ...]]:
    say, words = whole.setting.say, whole.setting.words
    where = Cell(words=words(_key_name(whole, EntryKey(answer.commitment, answer.country))))
    if answer.scope is not AccessScope.OPEN:
        what = say("The whole answer") if answer.scope is AccessScope.WHOLE else say("Parts of the answer")
        yield where, Cell(words=words(what)), Cell(words=words(basis_words(say, answer.basis)))
    if answer.identifies_person_at_risk:
        yield where, Cell(words=words(say("May identify a person at risk"))), Cell(words=words(NONE))
    for proof in answer.proofs:
        if proof.scope is not AccessScope.OPEN:
            what = say("Evidence: {title}", title=proof.evidence.title or proof.evidence.name)
            yield where, Cell(words=words(what)), Cell(words=words(basis_words(say, proof.basis)))


# -- the answers -----------------------------------------------------------------------------------


def _area(whole: _Whole, area: Area) -> Iterator[Block]:
    setting = whole.setting
    answered = {answer.commitment for answer in whole.answers}
    commitments = [c for c in setting.plan.in_area(area) if c.number in answered]
    if not commitments:
        return
    words = setting.words(area.names[setting.language])
    yield Heading(level=2, words=words, anchor=f"area-{area.id}", in_contents=True)
    for commitment in commitments:
        yield from _commitment(whole, commitment)


def _commitment(whole: _Whole, commitment: Commitment) -> Iterator[Block]:
    setting, number = whole.setting, commitment.number
    answers = [answer for answer in whole.answers if answer.commitment == number]
    is_one = len(answers) == 1 and answers[0].country is None
    yield Heading(
        level=3,
        words=setting.words(commitment.titles[setting.language]),
        anchor=f"commitment-{number}",
        number=str(number),
        aside=_status(setting, answers[0]) if is_one else "",
        in_contents=True,
    )
    for place, answer in enumerate(answers, start=1):
        if not is_one:
            name = setting.say("Not for one country") if answer.country is None else setting.country(answer.country)
            anchor = f"answer-{number}-{place}"
            yield Heading(level=4, words=setting.words(name), anchor=anchor, aside=_status(setting, answer))
        yield from answer_body(setting, answer)


def _status(setting: Setting, answer: Answer) -> str:
    return "" if answer.status is None else setting.say(STATUS[answer.status])


# -- evidence --------------------------------------------------------------------------------------


def _evidence(whole: _Whole) -> Iterator[Block]:
    say, words = whole.setting.say, whole.setting.words
    proofs = [
        (_key_name(whole, EntryKey(answer.commitment, answer.country)), proof)
        for answer in whole.answers
        for proof in answer.proofs
    ]
    if whole.document is not None:
        proofs.append((say("Follow-up document"), whole.document))
    if not proofs:
        return
    yield Heading(level=2, words=words(say("List of evidence")), anchor="evidence", in_contents=True)
    columns = (
        Column(head=say("Commitment"), align=Align.RIGHT),
        Column(head=say("Evidence"), share=3),
        Column(head=say("Size"), align=Align.RIGHT),
        Column(head=say("On its way"), share=1),
    )
    rows = []
    for where, proof in proofs:
        file = proof.evidence
        name = f"{file.name}{proof_mark(whole.setting, proof)}"
        goes = say("UD has it") if file.digest in whole.about.held else say("goes along")
        rows.append(
            (
                Cell(words=words(where)),
                Cell(words=words(file.title or file.name), small=(words(name),)),
                Cell(words=words(say.size(file.size))),
                Cell(words=words(goes)),
            )
        )
    yield Table(caption=say("List of evidence"), columns=columns, rows=tuple(rows), shows_caption=False)
