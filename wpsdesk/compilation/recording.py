"""From the views and the figures to the values that spreadsheets and programs read. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wpsdesk.compilation.aid_records import aid_record
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.framing import frame_records
from wpsdesk.compilation.question_answers import said_words
from wpsdesk.compilation.records import (
    AnswerRecord,
    CommitmentRecord,
    CoverageRecord,
    EvidenceRecord,
    FollowUpRecord,
    IndicatorRecord,
    MeasureRecord,
    MoneyRecord,
    QuestionRecord,
    Records,
    SourceRecord,
    TakenRecord,
    TextRecord,
)
from wpsdesk.compilation.restriction import Answer, Text, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.terms import EVIDENCE, FIELD, MEASURE_STATUS, STATE, STATUS, basis_words
from wpsdesk.plan.model import Commitment
from wpsdesk.report.model import (
    AccessScope,
    EvidenceKind,
    Figure,
    GenderMarker,
    Indicator,
    Measure,
    Money,
    Partner,
    Passage,
    QuestionAnswer,
)


def recorded(setting: Setting) -> Records:
    """The values of the whole report."""
    return Records(
        year=setting.year,
        plan=setting.plan.title[setting.language],
        commitments=tuple(_commitment(setting, one) for one in setting.plan.commitments),
        answers=tuple(_answers(setting)),
        coverage=tuple(_coverage(setting)),
        sources=tuple(_source(setting, view) for view in setting.views),
        frames=frame_records(setting),
        aid=aid_record(setting),
        follow_ups=tuple(_follow_ups(setting)),
    )


def anchor_of(commitment: int, source: int, place: int) -> str:
    """The anchor of an answer's heading: the commitment, the unit's place and the answer's place, both from 1."""
    return f"answer-{commitment}-{source}-{place}"


def _commitment(setting: Setting, commitment: Commitment) -> CommitmentRecord:
    plan, language = setting.plan, setting.language
    return CommitmentRecord(
        number=commitment.number,
        title=commitment.titles[language],
        area=plan.area_of(commitment).names[language],
        section=plan.section(commitment.section).names[language],
        wording=commitment.appendix,
        ministries=commitment.ministries,
    )


def _answers(setting: Setting) -> Iterator[AnswerRecord]:
    for commitment in setting.plan.commitments:
        for source, view in enumerate(setting.views, start=1):
            for place, answer in enumerate(view.on(commitment.number), start=1):
                yield _answer(setting, view, answer, anchor_of(commitment.number, source, place))


def _answer(setting: Setting, view: View, answer: Answer, anchor: str) -> AnswerRecord:
    say = setting.say
    is_internal = setting.edition is Edition.INTERNAL
    public = (*(answer.decision.public if answer.decision is not None else ()), *(one.text for one in answer.beside))
    return AnswerRecord(
        anchor=anchor,
        commitment=answer.commitment,
        country=answer.country,
        country_name="" if answer.country is None else setting.country(answer.country),
        status=None if answer.status is None else answer.status.value,
        status_word="" if answer.status is None else say(STATUS[answer.status]),
        scope=answer.scope.value,
        basis="" if answer.scope is AccessScope.OPEN else basis_words(say, answer.basis),
        texts=tuple(_text(setting, text) for text in (*answer.texts, *public)),
        questions=tuple(_question(setting, one) for one in answer.questions),
        measures=tuple(_measure(setting, one) for one in answer.measures),
        indicators=tuple(_indicator(one) for one in answer.indicators),
        partners=tuple(_partner(setting, partner, is_internal) for partner in answer.partners),
        has_unnamed_partners=answer.has_unnamed_partners,
        money=tuple(_money(one) for one in answer.money),
        evidence=tuple(
            EvidenceRecord(
                title=proof.evidence.title or proof.evidence.name,
                kind="" if proof.evidence.kind is EvidenceKind.OTHER else say(EVIDENCE[proof.evidence.kind]),
                dated=proof.evidence.dated,
                sha256=proof.evidence.digest,
            )
            for proof in answer.proofs
        ),
        source=_source(setting, view),
        is_left_out=answer.is_left_out,
        told_with=answer.told_with,
        tells_also=answer.tells_also,
        taken=tuple(
            TakenRecord(unit=each.unit.code, unit_name=setting.name(each.unit), bundle=each.bundle, sha256=each.digest)
            for each in answer.taken
        ),
        has_unnamed_sources=answer.has_unnamed_sources,
    )


def _follow_ups(setting: Setting) -> Iterator[FollowUpRecord]:
    say = setting.say
    for view in setting.views:
        unit, name, shown = view.unit.code, setting.name(view.unit), view.follow_up
        if view.withheld_follow_up is not None:
            basis = basis_words(say, view.withheld_follow_up)
            yield FollowUpRecord(
                unit=unit,
                unit_name=name,
                title=None,
                dated=None,
                sha256=None,
                scope=AccessScope.WHOLE.value,
                basis=basis,
            )
        if shown is not None:
            told = shown.evidence
            yield FollowUpRecord(
                unit=unit, unit_name=name, title=told.title or told.name, dated=told.dated, sha256=told.digest,
                scope=shown.scope.value,
                basis="" if shown.scope is AccessScope.OPEN else basis_words(say, shown.basis),
            )  # fmt: skip


def _text(setting: Setting, text: Text) -> TextRecord:
    return TextRecord(
        field=text.field,
        label=setting.say(FIELD[text.field]),
        text=text.passage.text,
        language=text.passage.language,
        is_public_wording=text.is_public_wording,
        unchanged_since=text.unchanged_since,
        is_edited=text.is_edited,
        original=None if text.original is None else text.original.text,
        original_language=None if text.original is None else text.original.language,
        translator=text.translator,
    )


def _question(setting: Setting, one: QuestionAnswer) -> QuestionRecord:
    figure = one.said if isinstance(one.said, Figure) else Figure()
    return QuestionRecord(
        question=one.question,
        asked=one.words(setting.language),
        answer=said_words(setting, one),
        language=one.said.language if isinstance(one.said, Passage) else None,
        number=figure.value,
        unit=figure.unit[setting.language],
        measured_on=figure.measured_on,
        source=figure.source,
    )


def _measure(setting: Setting, measure: Measure) -> MeasureRecord:
    return MeasureRecord(
        title=measure.title,
        owner=measure.owner,
        due=measure.due,
        status=measure.status.value,
        status_word=setting.say(MEASURE_STATUS[measure.status]),
        result=measure.result,
    )


def _indicator(indicator: Indicator) -> IndicatorRecord:
    return IndicatorRecord(
        name=indicator.name,
        measure=indicator.measure,
        value=indicator.value,
        unit=indicator.unit,
        women=indicator.women,
        men=indicator.men,
        other=indicator.other,
        unknown=indicator.unknown,
        baseline=indicator.baseline,
        baseline_year=indicator.baseline_year,
        measured_on=indicator.measured_on,
        source=indicator.source,
    )


def _partner(setting: Setting, partner: Partner, is_internal: bool) -> str:
    """The name; the public edition has lost the others before this point."""
    if partner.may_be_named or not is_internal:
        return partner.name
    return f"{partner.name} ({setting.say('not to be named in public')})"


def _money(money: Money) -> MoneyRecord:
    is_screened = money.gender_marker is not GenderMarker.NOT_SCREENED
    return MoneyRecord(
        agreement=money.agreement,
        amount_nok=money.amount_nok,
        disbursed_nok=money.disbursed_nok,
        marker=int(money.gender_marker.value) if is_screened else None,
        dac_sector=money.dac_sector,
    )


def _source(setting: Setting, view: View) -> SourceRecord:
    return SourceRecord(
        unit=view.unit.code,
        unit_name=setting.name(view.unit),
        bundle=view.bundle,
        sha256=view.digest,
        seq=view.seq,
        signed_by=view.signed_by,
        signed_at=view.signed_at,
        received_at=view.received_at,
    )


def _coverage(setting: Setting) -> Iterator[CoverageRecord]:
    figures = setting.coverage
    for unit in figures.units:
        for number in figures.commitments:
            state = figures.cell(unit.code, number)
            if state is not CellState.NOT_ASKED:
                yield CoverageRecord(
                    unit=unit.code,
                    unit_name=setting.name(unit),
                    commitment=number,
                    state=state,
                    word=setting.say(STATE[state]),
                )
