"""The annual report: from a plan, a call and verified sources to one document tree. Pure.

1. Every source becomes a view of what the edition may show (restriction.py, and publishing.py for what UD has
   edited); the sources are then let go.
2. The figures are counted from the views, so that no figure tells what a text must not.
3. The tree is built from the views and the figures: opening, a chapter an area, the registers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.compilation import publishing
from wpsdesk.compilation.aid import aid_chapter
from wpsdesk.compilation.answers import answer_blocks, is_nothing
from wpsdesk.compilation.civil_society import civil_society_chapter, pointer, stands_apart
from wpsdesk.compilation.editing import UNEDITED, Editing
from wpsdesk.compilation.figures import CellState, Coverage, CoverageRow, coverage
from wpsdesk.compilation.framing import area_summary, changes_chapter, opening_chapters, originals_chapter
from wpsdesk.compilation.grouping import grouped_chapters
from wpsdesk.compilation.opening import method_chapter, page_mark, summary_chapter, title_page
from wpsdesk.compilation.pictures import pictures_chapter
from wpsdesk.compilation.recording import anchor_of, recorded
from wpsdesk.compilation.registers import bundle_chapter, evidence_chapter
from wpsdesk.compilation.release import Release
from wpsdesk.compilation.restriction import View, without_withdrawn
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Edition, Order, Source
from wpsdesk.compilation.tree import Block, Chapter, Document, Heading, Paragraph, Tone, Words
from wpsdesk.compilation.years import ALONE, Years
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import Area, Commitment, LanguageCode, Plan, Section
from wpsdesk.report.call import Call


def annual_report(
    plan: Plan,
    call: Call,
    sources: tuple[Source, ...],
    *,
    year: Year,
    edition: Edition,
    language: LanguageCode,
    compiled: datetime,
    order: Order = Order.COMMITMENT,
    editing: Editing = UNEDITED,
    release: Release | None = None,
    years: Years = ALONE,
) -> Document:
    """The report of ``year`` in one edition and language; ``compiled`` is aware and decides the day shown.

    ``sources`` hold the latest report of each unit; reports of other years are left out. Without a ``release`` it
    is a draft, and every page says so. The figures of other ``years`` are counted from what the same edition may show.
    """
    setting = setting_of(
        plan, call, sources, year=year, edition=edition, language=language, compiled=compiled, editing=editing
    )
    # 3
    return _document(replace(setting, order=order, release=release, years=years))


def setting_of(
    plan: Plan,
    call: Call,
    sources: tuple[Source, ...],
    *,
    year: Year,
    edition: Edition,
    language: LanguageCode,
    compiled: datetime,
    editing: Editing = UNEDITED,
) -> Setting:
    """What any edition of a year is written from."""
    day = compiled.astimezone(UTC).date()
    # 1
    of_year = tuple(source for source in sources if source.report.year == year)
    if edition is not Edition.INTERNAL:
        of_year = tuple(without_withdrawn(source, call.questions) for source in of_year)
    views = publishing.views(of_year, edition, day, editing, language)
    # 2
    figures = _coverage(plan, call, views)
    places = {unit.code: place for place, unit in enumerate(figures.units)}
    return Setting(
        plan=plan,
        call=call,
        views=tuple(sorted(views, key=lambda v: places.get(v.unit.code, len(places)))),
        coverage=figures,
        year=year,
        edition=edition,
        language=language,
        say=catalogue(language, "document"),
        compiled=compiled,
        editing=editing,
    )


def _coverage(plan: Plan, call: Call, views: tuple[View, ...]) -> Coverage:
    rows = tuple(
        CoverageRow(
            unit=view.unit.code,
            commitment=answer.commitment,
            country=answer.country,
            state=CellState.NOTHING if is_nothing(answer) else CellState.RECEIVED,
        )
        for view in views
        for answer in view.answers
    )
    found = coverage(plan, call, rows)
    own = {view.unit.code: view.unit for view in views if call.asked_of(view.unit.code) is None}
    return replace(found, units=tuple(own.get(unit.code, unit) for unit in found.units))


def _document(setting: Setting) -> Document:
    is_plans = setting.order is Order.COMMITMENT
    body = tuple(_area_chapter(setting, area) for area in setting.plan.areas) if is_plans else grouped_chapters(setting)
    chapters = (
        *opening_chapters(setting),
        method_chapter(setting),
        *changes_chapter(setting),
        summary_chapter(setting),
        *pictures_chapter(setting),
        *body,
        *civil_society_chapter(setting),
        *aid_chapter(setting),
        *originals_chapter(setting),
        evidence_chapter(setting),
        bundle_chapter(setting),
    )
    return replace(_bound(setting, chapters), records=recorded(setting))


def commitment_document(setting: Setting, number: CommitmentNumber) -> Document:
    """One commitment as the report will have it, without what stands round it, for whoever edits it."""
    commitment = setting.plan.commitment(number)
    section = next(each for each in setting.plan.sections if each.id == commitment.section)
    area = next(each for each in setting.plan.areas if each.id == section.area)
    above = (_area_heading(setting, area), _section_heading(setting, section))
    chapter = Chapter(blocks=(*above, *_commitment(setting, commitment)))
    return replace(_bound(setting, (chapter,)), is_compact=True)


def _bound(setting: Setting, chapters: tuple[Chapter, ...]) -> Document:
    """The chapters with what every page and the file itself say of the report."""
    say, page = setting.say, title_page(setting)
    return Document(
        language=setting.language,
        edition=setting.edition,
        compiled=setting.compiled,
        title=say("Women, peace and security – annual report {year}", year=str(setting.year)),
        subject=page.plan,
        publisher=page.publisher,
        title_page=page,
        contents_title=say("Contents"),
        page_mark=page_mark(setting),
        chapters=chapters,
        release=setting.release,
        is_draft=setting.release is None,
    )


def _area_chapter(setting: Setting, area: Area) -> Chapter:
    blocks: list[Block] = [_area_heading(setting, area)]
    blocks.extend(area_summary(setting, area.id))
    commitments = setting.plan.in_area(area)
    for section in (s for s in setting.plan.sections if s.area == area.id):
        blocks.append(_section_heading(setting, section))
        for commitment in (c for c in commitments if c.section == section.id):
            blocks.extend(_commitment(setting, commitment))
    return Chapter(blocks=tuple(blocks))


def _area_heading(setting: Setting, area: Area) -> Heading:
    words = setting.words(area.names[setting.language])
    return Heading(level=1, words=words, anchor=f"area-{area.id}", in_contents=True)


def _section_heading(setting: Setting, section: Section) -> Heading:
    return Heading(level=2, words=setting.words(section.names[setting.language]), anchor=f"section-{section.id}")


def _commitment(setting: Setting, commitment: Commitment) -> Iterator[Block]:
    say, number = setting.say, commitment.number
    yield Heading(
        level=3,
        words=setting.words(commitment.titles[setting.language]),
        anchor=f"commitment-{number}",
        number=str(number),
        in_contents=True,
    )
    wording = Words(text=commitment.appendix, language="nb")
    mark = say("In the plan, appendix:") if setting.language == "nb" else say("In the plan, appendix, in bokmål:")
    yield Paragraph(words=wording, tone=Tone.PLAN, label=mark)
    responsible = say.listing(setting.unit_name(code) for code in commitment.ministries)
    label = say.plural("Responsible:", "Responsible, the lead first:", len(commitment.ministries))
    yield Paragraph(words=setting.words(f"{responsible}."), tone=Tone.RESPONSIBLE, label=label)
    answered = False
    for source, view in enumerate(setting.views, start=1):
        for place, answer in enumerate(view.on(number), start=1):
            answered = True
            if not stands_apart(setting, view):
                yield from answer_blocks(setting, view, answer, anchor_of(number, source, place))
    yield from pointer(setting, commitment)
    yield from _silence(setting, commitment, answered)


def _silence(setting: Setting, commitment: Commitment, answered: bool) -> Iterator[Block]:
    """Names the units that were asked and have not answered."""
    say, number = setting.say, commitment.number
    silent = [u for u in setting.coverage.units if setting.coverage.cell(u.code, number) is CellState.MISSING]
    if silent:
        words = setting.words(f"{setting.names(silent)}.")
        yield Paragraph(words=words, tone=Tone.SILENT, label=say("Not reported:"))
    elif not answered:
        yield Paragraph(words=setting.words(say("No unit was asked about this commitment.")), tone=Tone.NOTE)
