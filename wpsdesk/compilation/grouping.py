"""The report in another order than the plan's: a chapter a country, or a chapter a ministry with what lies under it."""

from __future__ import annotations

from collections.abc import Iterator

from wpsdesk.base.ids import UnitCode
from wpsdesk.compilation.answers import NONE, answer_blocks
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.recording import anchor_of
from wpsdesk.compilation.restriction import Answer, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Order
from wpsdesk.compilation.tree import Align, Block, Cell, Chapter, Column, Heading, Paragraph, Table, Tone, Words
from wpsdesk.plan.model import Commitment, Unit, UnitKind

_UNDER_UD = frozenset({UnitKind.MISSION, UnitKind.DELEGATION, UnitKind.NORAD})
_UD = UnitCode("UD")


def grouped_chapters(setting: Setting) -> tuple[Chapter, ...]:
    """A chapter for each country or ministry with an answer; then who has not answered, and the plan's wordings."""
    groups = _countries(setting) if setting.order is Order.COUNTRY else _ministries(setting)
    chapters = (_chapter(setting, anchor, name, key) for anchor, name, key in groups)
    return (*(chapter for chapter in chapters if chapter is not None), _silent(setting), _wordings(setting))


def _countries(setting: Setting) -> Iterator[tuple[str, str, str | None]]:
    """Anchor, name and key of every country that is told of, by name; last what has none."""
    found = {a.country for view in setting.views for a in view.answers if a.country is not None}
    for code in sorted(found, key=setting.country):
        yield f"country-{code.lower()}", setting.country(code), code
    yield "country-none", setting.say("Not tied to one country, or the country is not told"), None


def _ministries(setting: Setting) -> Iterator[tuple[str, str, str | None]]:
    for unit in setting.plan.units:
        if unit.kind is UnitKind.MINISTRY:
            yield f"ministry-{unit.code.lower()}", setting.name(unit), unit.code
    yield "ministry-none", setting.say("Others"), None


def _key(setting: Setting, view: View, answer: Answer) -> str | None:
    return answer.country if setting.order is Order.COUNTRY else ministry_of(setting, view.unit)


def ministry_of(setting: Setting, unit: Unit) -> str | None:
    """The ministry that a unit is, or lies under; missions, delegations and Norad lie under UD."""
    known = {one.code: one for one in (*setting.plan.units, *setting.coverage.units)}
    seen: set[str] = set()
    while unit.kind is not UnitKind.MINISTRY and unit.parent in known and unit.code not in seen:
        seen.add(unit.code)
        unit = known[unit.parent]
    if unit.kind is UnitKind.MINISTRY:
        return unit.code
    return _UD if unit.kind in _UNDER_UD else None


def _chapter(setting: Setting, anchor: str, name: str, key: str | None) -> Chapter | None:
    blocks: list[Block] = []
    for commitment in setting.plan.commitments:
        blocks.extend(_commitment(setting, commitment, anchor, key))
    if not blocks:
        return None
    heading = Heading(level=1, words=setting.words(name), anchor=anchor, in_contents=True)
    return Chapter(blocks=(heading, *blocks))


def _commitment(setting: Setting, commitment: Commitment, anchor: str, key: str | None) -> Iterator[Block]:
    """The commitment's heading and the group's answers to it; nothing where there are none."""
    number, is_headed = commitment.number, False
    for source, view in enumerate(setting.views, start=1):
        for place, answer in enumerate(view.on(number), start=1):
            if _key(setting, view, answer) != key:
                continue
            if not is_headed:
                is_headed = True
                yield Heading(
                    level=3,
                    words=setting.words(commitment.titles[setting.language]),
                    anchor=f"{anchor}-{number}",
                    number=str(number),
                    in_contents=True,
                )
            yield from answer_blocks(setting, view, answer, anchor_of(number, source, place))


def _silent(setting: Setting) -> Chapter:
    """Who was asked and has not answered."""
    say, figures = setting.say, setting.coverage
    heading = Heading(level=1, words=setting.words(say("Not reported")), anchor="not-reported", in_contents=True)
    rows = []
    for commitment in setting.plan.commitments:
        units = [u for u in figures.units if figures.cell(u.code, commitment.number) is CellState.MISSING]
        if units:
            title = f"{commitment.number} {commitment.titles[setting.language]}"
            rows.append((Cell(words=setting.words(title)), Cell(words=setting.words(setting.names(units)))))
    if not rows:
        nothing = Paragraph(words=setting.words(say("No answer that was asked for is missing.")), tone=Tone.NOTE)
        return Chapter(blocks=(heading, nothing))
    columns = (Column(head=say("Commitment"), share=2), Column(head=say("Unit"), share=3))
    table = Table(caption=say("Not reported"), columns=columns, rows=tuple(rows), shows_caption=False)
    return Chapter(blocks=(heading, table))


def _wordings(setting: Setting) -> Chapter:
    """Every commitment as the plan words it, with who is responsible."""
    say = setting.say
    title = say("The commitments of the plan")
    heading = Heading(level=1, words=setting.words(title), anchor="commitments", in_contents=True)
    columns = (
        Column(head=say("Commitment"), align=Align.RIGHT),
        Column(head=say("Wording"), share=3),
        Column(head=say("Responsible"), share=2),
    )
    rows = tuple(
        (
            Cell(words=setting.words(str(one.number))),
            Cell(words=Words(text=one.appendix, language="nb")),
            Cell(words=setting.words(say.listing(setting.unit_name(code) for code in one.ministries) or NONE)),
        )
        for one in setting.plan.commitments
    )
    table = Table(caption=title, columns=columns, rows=rows, shows_caption=False, is_wide=True)
    return Chapter(blocks=(heading, table))
