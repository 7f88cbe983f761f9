"""The lists at the end: every piece of evidence, every bundle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from wpsdesk.compilation.answers import NONE, proof_mark
from wpsdesk.compilation.restriction import Proof, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.terms import EVIDENCE, basis_words
from wpsdesk.compilation.tree import Align, Block, Cell, Chapter, Column, Heading, Paragraph, Table, Tone, Words
from wpsdesk.report.contributions import Contributor
from wpsdesk.report.model import EvidenceKind


def evidence_chapter(setting: Setting) -> Chapter:
    """Every piece of evidence that the edition may show, in the order of the report."""
    say = setting.say
    found = sorted(
        (
            (answer.commitment, place, view, proof)
            for place, view in enumerate(setting.views)
            for answer in view.answers
            for proof in answer.proofs
        ),
        key=lambda row: row[:2],
    )
    columns = (
        Column(head=say("Commitment"), align=Align.RIGHT),
        Column(head=say("Evidence"), share=3),
        Column(head=say("Unit"), share=2),
        Column(head=say("Date"), align=Align.RIGHT),
        Column(head=say("SHA-256, first 12"), align=Align.RIGHT),
    )
    rows = tuple(_evidence_row(setting, number, view, proof) for number, _, view, proof in found)
    heading = Heading(level=1, words=setting.words(say("List of evidence")), anchor="evidence", in_contents=True)
    own = tuple(_follow_ups(setting))
    if not rows:
        nothing = Paragraph(words=setting.words(say("No evidence stands in this edition.")), tone=Tone.NOTE)
        return Chapter(blocks=(heading, nothing, *own))
    intro = Paragraph(words=setting.words(say("By the number of the commitment. The files are kept by the Ministry.")))
    table = Table(caption=say("List of evidence"), columns=columns, rows=rows, shows_caption=False, is_wide=True)
    return Chapter(blocks=(heading, intro, table, *own))


def _evidence_row(setting: Setting, number: int, view: View, proof: Proof) -> tuple[Cell, ...]:
    say, evidence = setting.say, proof.evidence
    kind = "" if evidence.kind is EvidenceKind.OTHER else say(EVIDENCE[evidence.kind])
    about = (kind + proof_mark(setting, proof)).strip()
    dated = NONE if evidence.dated is None else say.date(evidence.dated, short=True)
    return (
        Cell(words=setting.words(str(number))),
        Cell(words=setting.words(evidence.title or evidence.name), small=(setting.words(about),) if about else ()),
        Cell(words=setting.words(setting.name(view.unit))),
        Cell(words=setting.words(dated)),
        Cell(words=setting.words(evidence.digest[:12]), is_code=True),
    )


def _follow_ups(setting: Setting) -> Iterator[Block]:
    """The units' own follow-up documents: of one that is exempt as a whole, only that, and why."""
    say = setting.say
    rows = tuple(row for view in setting.views if (row := _follow_up_row(setting, view)) is not None)
    if not rows:
        return
    title = say("The units' own follow-up documents")
    yield Heading(level=2, words=setting.words(title), anchor="follow-up-documents")
    columns = (
        Column(head=say("Unit"), share=2),
        Column(head=say("Document"), share=3),
        Column(head=say("Date"), align=Align.RIGHT),
        Column(head=say("SHA-256, first 12"), align=Align.RIGHT),
    )
    yield Table(caption=title, columns=columns, rows=rows, shows_caption=False, is_wide=True)


def _follow_up_row(setting: Setting, view: View) -> tuple[Cell, ...] | None:
    say, unit = setting.say, Cell(words=setting.words(setting.name(view.unit)))
    none = Cell(words=setting.words(NONE))
    if view.withheld_follow_up is not None:
        why = say("Exempt from public access, {basis}.", basis=basis_words(say, view.withheld_follow_up))
        return unit, Cell(words=setting.words(why)), none, none
    if view.follow_up is None:
        return None
    evidence, mark = view.follow_up.evidence, proof_mark(setting, view.follow_up).strip()
    dated = NONE if evidence.dated is None else say.date(evidence.dated, short=True)
    title = Words(text=evidence.title or evidence.name, language=evidence.language)
    return (
        unit,
        Cell(words=title, small=(setting.words(mark),) if mark else ()),
        Cell(words=setting.words(dated)),
        Cell(words=setting.words(evidence.digest[:12]), is_code=True),
    )


def bundle_chapter(setting: Setting) -> Chapter:
    """Every bundle that the report is made from, with its whole checksum."""
    say = setting.say
    blocks: list[Block] = [
        Heading(level=1, words=setting.words(say("List of report bundles")), anchor="bundles", in_contents=True),
        Paragraph(
            words=setting.words(
                say(
                    "The report is made from these bundles and nothing else. The checksum is of the signed bundle "
                    "as it came, so that anyone who holds it can check that it is the same."
                )
            )
        ),
    ]
    columns = (
        Column(head=say("Unit"), share=2),
        Column(head=say("Identifier and SHA-256"), share=3),
        Column(head=say("Signed on"), align=Align.RIGHT),
        Column(head=say("Received on"), align=Align.RIGHT),
    )
    rows = tuple(_bundle_row(setting, view) for view in setting.views)
    if rows:
        blocks.append(
            Table(caption=say("List of report bundles"), columns=columns, rows=rows, shows_caption=False, is_wide=True)
        )
    else:
        blocks.append(Paragraph(words=setting.words(say("No report has come.")), tone=Tone.NOTE))
    return Chapter(blocks=(*blocks, *_contributors(setting)))


def _contributors(setting: Setting) -> Iterator[Block]:
    """Who has reported to the units in their turn: agencies to a ministry, organisations to Norad."""
    say = setting.say
    rows = tuple((view, each) for view in setting.views for each in view.contributors)
    unnamed = sum(view.unnamed_contributors for view in setting.views)
    if not rows and not unnamed:
        return
    title = say("Reports to the units")
    yield Heading(level=2, words=setting.words(title), anchor="contributors")
    if rows:
        columns = (
            Column(head=say("Agency or organisation"), share=2),
            Column(head=say("Reported to"), share=2),
            Column(head=say("Answers"), align=Align.RIGHT),
            Column(head=say("SHA-256, first 12"), align=Align.RIGHT),
        )
        cells = tuple(_contributor_row(setting, view, each) for view, each in rows)
        yield Table(caption=title, columns=columns, rows=cells, shows_caption=False, is_wide=True)
    if unnamed:
        told = say.plural("{n} is not named.", "{n} are not named.", unnamed)
        yield Paragraph(words=setting.words(told), tone=Tone.NOTE)


def _contributor_row(setting: Setting, view: View, each: Contributor) -> tuple[Cell, ...]:
    say = setting.say
    mark = () if each.may_be_named else (setting.words(say("not to be named in public")),)
    return (
        Cell(words=setting.words(setting.name(each.unit)), small=mark),
        Cell(words=setting.words(setting.name(view.unit))),
        Cell(words=setting.words(say.number(each.answers) if each.has_reported else say("has not reported"))),
        Cell(words=setting.words(NONE if each.digest is None else each.digest[:12]), is_code=each.digest is not None),
    )


def _bundle_row(setting: Setting, view: View) -> tuple[Cell, ...]:
    say = setting.say
    about = say("bundle no. {seq}, signed by {signer}", seq=view.seq, signer=view.signed_by)
    return (
        Cell(words=setting.words(setting.name(view.unit)), small=(setting.words(about),)),
        Cell(words=setting.words(view.bundle), small=(setting.words(view.digest),), is_code=True),
        Cell(words=setting.words(_day(setting, view.signed_at))),
        Cell(words=setting.words(_day(setting, view.received_at))),
    )


def _day(setting: Setting, moment: datetime) -> str:
    return setting.say.date(moment.astimezone(UTC).date(), short=True)
