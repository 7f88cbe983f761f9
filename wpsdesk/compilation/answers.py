"""One unit's answer as blocks: heading, texts, tables, evidence, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wpsdesk.base.ids import UnitCode
from wpsdesk.compilation.earlier_figures import earlier_notes
from wpsdesk.compilation.edited_answers import beside_blocks, handling_blocks, text_marks
from wpsdesk.compilation.passages import passage_blocks
from wpsdesk.compilation.question_answers import question_blocks
from wpsdesk.compilation.restriction import Answer, Decision, Proof, Text, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.terms import (
    EVIDENCE,
    FIELD,
    MARKER,
    MEASURE_STATUS,
    STATUS,
    basis_words,
    day_of,
    unbroken,
)
from wpsdesk.compilation.tree import Align, Block, Bullets, Cell, Column, Heading, Paragraph, Table, Tone, Words
from wpsdesk.report.model import AccessScope, EvidenceKind, Indicator, Measure, Money, Partner, Status

NONE = "–"
"""Stands in a table where nothing was given."""


def answer_blocks(setting: Setting, view: View, answer: Answer, anchor: str) -> Iterator[Block]:
    """Everything the edition shows of one answer."""
    name = setting.name(view.unit)
    if answer.country is not None:
        name = f"{name} – {setting.country(answer.country)}"
    status = "" if answer.status is None else setting.say(STATUS[answer.status])
    yield Heading(level=4, words=setting.words(name), anchor=anchor, aside=status)
    yield from answer_body(setting, answer, view.unit.code)
    yield _source_line(setting, view)
    for guest in setting.views:
        if guest.unit.code in answer.tells_also and guest is not view:
            yield _source_line(setting, guest)


def answer_body(setting: Setting, answer: Answer, unit: UnitCode | None = None) -> Iterator[Block]:
    """The answer itself, without its heading and without its source."""
    yield from _restriction(setting, answer)
    yield from handling_blocks(setting, answer)
    yield from _internal_marks(setting, answer)
    for text in answer.texts:
        yield from _text(setting, text)
    if answer.decision is not None:
        for text in answer.decision.public:
            yield from _text(setting, text)
    yield from question_blocks(setting, answer.questions)
    yield from beside_blocks(setting, answer)
    if answer.measures:
        yield _measures(setting, answer.measures)
    if answer.indicators:
        yield _indicators(setting, answer, unit)
    if answer.partners or answer.has_unnamed_partners:
        yield _partners(setting, answer)
    if answer.money:
        yield _money(setting, answer.money)
    yield from _evidence(setting, answer)
    yield from _contributions(setting, answer)


# -- access ----------------------------------------------------------------------------------------


def _restriction(setting: Setting, answer: Answer) -> Iterator[Block]:
    """Says that something is withheld, or in the internal edition that it is not for the public."""
    if answer.scope is AccessScope.OPEN:
        return
    say, basis = setting.say, basis_words(setting.say, answer.basis)
    is_whole = answer.scope is AccessScope.WHOLE
    if answer.decision is not None:
        sentence = (
            say("The whole answer is exempt from public access, {basis}.", basis=basis)
            if is_whole
            else say("Parts of the answer are exempt from public access, {basis}.", basis=basis)
        )
        yield Paragraph(words=setting.words(sentence), tone=Tone.WITHHELD)
        yield from _decision(setting, answer.decision)
    elif is_whole and not answer.texts:
        sentence = say("The answer is exempt from public access, {basis}.", basis=basis)
        yield Paragraph(words=setting.words(sentence), tone=Tone.WITHHELD)
    else:
        sentence = (
            say("Parts of the answer are exempt from public access, {basis}. Below is its public wording.", basis=basis)
            if answer.texts
            else say("Parts of the answer are exempt from public access, {basis}.", basis=basis)
        )
        yield Paragraph(words=setting.words(sentence), tone=Tone.WITHHELD)


def _decision(setting: Setting, decision: Decision) -> Iterator[Block]:
    say, access = setting.say, decision.access
    if access.reason:
        yield _fact(setting, say("Reason:"), access.reason)
    if access.wider_access_considered:
        refusal = access.wider_access_refusal or say("considered, no reason given")
        yield _fact(setting, say("Wider access:"), refusal)
    else:
        yield _fact(setting, say("Wider access:"), say("not considered"))
    if access.delayed_until is not None:
        yield _fact(setting, say("Access delayed until:"), say.date(access.delayed_until))
    if access.ends_on is not None:
        yield _fact(setting, say("The restriction ends:"), say.date(access.ends_on))


def _internal_marks(setting: Setting, answer: Answer) -> Iterator[Block]:
    say = setting.say
    if answer.identifies_person_at_risk:
        sentence = say("The answer may identify a person at risk.")
        yield Paragraph(words=setting.words(sentence), tone=Tone.WITHHELD)
    if answer.graded_annex:
        yield _fact(setting, say("A graded annex exists, reference:"), answer.graded_annex)


def _fact(setting: Setting, label: str, value: str) -> Paragraph:
    return Paragraph(words=setting.words(value), tone=Tone.FACT, label=label)


# -- texts -----------------------------------------------------------------------------------------


def _text(setting: Setting, text: Text) -> Iterator[Block]:
    say = setting.say
    label = say(FIELD[text.field])
    if text.is_public_wording and setting.edition is Edition.INTERNAL:
        label = say("Public wording: {field}", field=label)
    marks = tuple(text_marks(setting, text))
    aside = f" ({', '.join(marks)})" if marks else ""
    yield Paragraph(words=setting.words(aside), tone=Tone.LABEL, label=label)
    yield from passage_blocks(text.passage)


# -- tables ----------------------------------------------------------------------------------------


def _measures(setting: Setting, measures: tuple[Measure, ...]) -> Table:
    say = setting.say
    heads = (say("Measure"), say("How far it has come"), say("Result this year"))
    columns = tuple(Column(head=head) for head in heads)
    rows = tuple(
        (
            Cell(words=setting.words(one.title), small=tuple(setting.words(part) for part in _about(setting, one))),
            Cell(words=setting.words(say(MEASURE_STATUS[one.status]))),
            Cell(words=setting.words(one.result or NONE)),
        )
        for one in measures
    )
    return Table(caption=say("The unit's own measures"), columns=columns, rows=rows)


def _about(setting: Setting, measure: Measure) -> Iterator[str]:
    if measure.owner:
        yield measure.owner
    if measure.due is not None:
        yield setting.say("To be done by {day}", day=setting.say.date(measure.due))


def _indicators(setting: Setting, answer: Answer, unit: UnitCode | None) -> Table:
    say, indicators = setting.say, answer.indicators
    groups = (("women", say("Women")), ("men", say("Men")), ("other", say("Other")), ("unknown", say("Unknown")))
    shown = [(name, head) for name, head in groups if any(getattr(i, name) is not None for i in indicators)]
    columns = (
        Column(head=say("Indicator")),
        Column(head=say("Value"), align=Align.RIGHT),
        *(Column(head=head, align=Align.RIGHT) for _, head in shown),
        Column(head=say("Baseline"), align=Align.RIGHT),
    )
    rows = tuple(
        _indicator_row(setting, one, [name for name, _ in shown], tuple(earlier_notes(setting, answer, one, unit)))
        for one in indicators
    )
    return Table(caption=say("Indicators"), columns=columns, rows=rows)


def _indicator_row(
    setting: Setting, indicator: Indicator, shown: list[str], earlier: tuple[str, ...]
) -> tuple[Cell, ...]:
    say = setting.say
    small = []
    if indicator.measure:
        small.append(setting.words(indicator.measure))
    if indicator.measured_on is not None:
        small.append(setting.words(say("Measured on {day}", day=say.date(indicator.measured_on))))
    if indicator.source:
        small.append(setting.words(say("Source: {source}", source=indicator.source)))
    small += [setting.words(note) for note in earlier]
    value = _figure(setting, indicator.value)
    baseline = _figure(setting, indicator.baseline)
    if indicator.baseline_year is not None:
        baseline = f"{baseline} ({indicator.baseline_year})"
    return (
        Cell(words=setting.words(indicator.name), small=tuple(small)),
        Cell(words=setting.words(value), small=(setting.words(indicator.unit),) if indicator.unit else ()),
        *(Cell(words=setting.words(_figure(setting, getattr(indicator, name)))) for name in shown),
        Cell(words=setting.words(baseline)),
    )


def _figure(setting: Setting, value: Decimal | int | None) -> str:
    return NONE if value is None else setting.say.number(value)


def _money(setting: Setting, money: tuple[Money, ...]) -> Table:
    say = setting.say
    columns = (
        Column(head=say("Agreement")),
        Column(head=say("Amount (NOK)"), align=Align.RIGHT),
        Column(head=say("Disbursed {year} (NOK)", year=str(setting.year)), align=Align.RIGHT),
        Column(head=say("Gender marker")),
        Column(head=say("DAC sector"), align=Align.RIGHT),
    )
    rows = tuple(
        (
            Cell(words=setting.words(one.agreement or NONE)),
            Cell(words=setting.words(_figure(setting, one.amount_nok))),
            Cell(words=setting.words(_figure(setting, one.disbursed_nok))),
            Cell(words=setting.words(say(MARKER[one.gender_marker]))),
            Cell(words=setting.words(one.dac_sector or NONE)),
        )
        for one in money
    )
    return Table(caption=say("Aid"), columns=columns, rows=rows)


# -- partners, evidence, source ----------------------------------------------------------------------


def _partners(setting: Setting, answer: Answer) -> Paragraph:
    say = setting.say
    named = say.listing(_partner(setting, partner) for partner in answer.partners)
    if not answer.has_unnamed_partners:
        sentence = f"{named}."
    elif named:
        sentence = f"{named}. " + say("Others are not named.")
    else:
        sentence = say("They are not named.")
    return _fact(setting, say("Partners:"), sentence)


def _partner(setting: Setting, partner: Partner) -> str:
    # The public edition has lost the others before this point; only the internal one needs the mark.
    mark = setting.say("not to be named in public")
    return partner.name if partner.may_be_named else f"{partner.name} ({mark})"


def _evidence(setting: Setting, answer: Answer) -> Iterator[Block]:
    say = setting.say
    if answer.proofs:
        yield Paragraph(words=setting.words(""), tone=Tone.LABEL, label=say("Evidence"))
        items = tuple(Words(text=proof_line(setting, proof), language=setting.language) for proof in answer.proofs)
        yield Bullets(items=items, tone=Tone.NOTE)
    for basis in answer.withheld_evidence:
        sentence = say("Evidence is exempt from public access, {basis}.", basis=basis_words(say, basis))
        yield Paragraph(words=setting.words(sentence), tone=Tone.WITHHELD)


def proof_line(setting: Setting, proof: Proof) -> str:
    """Title, kind, date, the first digits of the digest, and the basis where the file is restricted."""
    say, evidence = setting.say, proof.evidence
    parts = [evidence.title or evidence.name]
    if evidence.kind is not EvidenceKind.OTHER:
        parts.append(say(EVIDENCE[evidence.kind]))
    if evidence.dated is not None:
        parts.append(unbroken(say.date(evidence.dated)))
    parts.append(unbroken(f"SHA-256 {evidence.digest[:12]}"))
    return ", ".join(parts) + proof_mark(setting, proof)


def proof_mark(setting: Setting, proof: Proof) -> str:
    """`` (partly exempt from public access, offl. § 20)``, or nothing."""
    if proof.scope is AccessScope.OPEN:
        return ""
    say, basis = setting.say, basis_words(setting.say, proof.basis)
    mark = (
        say("exempt from public access, {basis}", basis=basis)
        if proof.scope is AccessScope.WHOLE
        else say("partly exempt from public access, {basis}", basis=basis)
    )
    return f" ({mark})"


def _contributions(setting: Setting, answer: Answer) -> Iterator[Block]:
    """Whose reports the answer builds on, beside its unit's own work."""
    if not answer.taken and not answer.has_unnamed_sources:
        return
    say = setting.say
    named = say.listing(
        say(
            "{unit} (bundle {bundle}, SHA-256 {digest})",
            unit=setting.name(each.unit),
            bundle=each.bundle[:8],
            digest=each.digest[:12],
        )
        for each in answer.taken
    )
    others = say("others, who are not named")
    told = f"{named}; {others}" if named and answer.has_unnamed_sources else named or others
    line = say("Builds on reports from: {names}", names=told)
    yield Paragraph(words=setting.words(line), tone=Tone.SOURCE)


def _source_line(setting: Setting, view: View) -> Paragraph:
    line = setting.say(
        "Source: {unit}, bundle no. {seq}, {bundle}, SHA-256 {digest}, signed by {signer}, {day}",
        unit=setting.name(view.unit),
        seq=view.seq,
        bundle=view.bundle[:8],
        digest=view.digest[:12],
        signer=view.signed_by,
        day=unbroken(day_of(setting.say, view.signed_at)),
    )
    return Paragraph(words=setting.words(line), tone=Tone.SOURCE)


def is_nothing(answer: Answer) -> bool:
    """Whether the unit has said, with its signature, that there is nothing to report."""
    return answer.status is Status.NOTHING_TO_REPORT
