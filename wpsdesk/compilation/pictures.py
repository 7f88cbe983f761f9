"""The year in pictures: how far the work is, what has come, about which countries, how many women and men, and years.

Every picture carries the same figures as a table, and its alternate text is written from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from wpsdesk.base.ids import CommitmentNumber, CountryCode
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.restriction import Answer
from wpsdesk.compilation.setting import Setting, Voice
from wpsdesk.compilation.terms import STATE, STATUS
from wpsdesk.compilation.tile_map import placed
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Heading,
    Kind,
    Paragraph,
    Pattern,
    Stack,
    StackRow,
    Table,
    Tiles,
    Tone,
)
from wpsdesk.plan.model import Area
from wpsdesk.report.model import Indicator, Status

_STATUS: Final = (
    (Status.DONE, Pattern.FULL),
    (Status.CONTINUED, Pattern.LIGHT),
    (Status.UNDER_WAY, Pattern.SLANTED),
    (Status.NOT_STARTED, Pattern.EMPTY),
    (Status.STOPPED, Pattern.CROSSED),
    (Status.NOT_RELEVANT, Pattern.UPRIGHT),
    (Status.NOTHING_TO_REPORT, Pattern.DOTTED),
    (None, Pattern.DARK),
)
_COVERAGE: Final = (
    (CellState.RECEIVED, Pattern.FULL),
    (CellState.NOTHING, Pattern.DOTTED),
    (CellState.MISSING, Pattern.EMPTY),
)
_ALL_TOLD: Final = 8  # rows that an alternate text tells one by one
_MOST_COUNTED: Final = 24  # indicators in one picture


def pictures_chapter(setting: Setting) -> tuple[Chapter, ...]:
    """Every picture of the year; no chapter where nothing has been answered."""
    say = setting.say
    if not any(view.answers for view in setting.views):
        return ()
    blocks: list[Block] = [
        Heading(level=1, words=setting.words(say("The year in pictures")), anchor="pictures", in_contents=True)
    ]
    parts: tuple[tuple[str, str, Callable[[Setting], Iterable[Block]]], ...] = (
        (say("How far the work has come in each area"), "status-areas", _status_by_area),
        (say("How far the work has come with each commitment"), "status-commitments", _status_by_commitment),
        (say("What was asked for and what has come"), "coverage", _coverage_by_area),
        (say("Which countries the answers are about"), "countries", _countries),
        (say("Women and men"), "women-men", _women_and_men),
        (say("Year by year"), "years", _years),
    )
    for title, anchor, make in parts:
        made = list(make(setting))
        if made:
            blocks += [Heading(level=2, words=setting.words(title), anchor=f"picture-{anchor}"), *made]
    return (Chapter(blocks=tuple(blocks)),)


# -- what every bar of parts is made of ----------------------------------------------------------------


def stack(
    setting: Voice, caption: str, head: str, kinds: Sequence[Kind], rows: Sequence[tuple[str, str, Sequence[int]]],
    *, total: str = "", number: Callable[[int], str] | None = None,
) -> Stack:  # fmt: skip
    """Bars of parts with their table; ``rows``: group, label and values. ``total`` is the head of the sums."""
    say = setting.say
    used = [place for place in range(len(kinds)) if any(values[place] for _, _, values in rows)]
    columns = (
        Column(head=head, share=2),
        *(Column(head=kinds[place].name, align=Align.RIGHT) for place in used),
        Column(head=total or say("In all"), align=Align.RIGHT),
    )
    cells = tuple(
        tuple(
            Cell(words=setting.words(text))
            for text in (label, *(say.number(values[place]) for place in used), say.number(sum(values)))
        )
        for _, label, values in rows
    )
    is_dense = len(rows) > _ALL_TOLD
    return Stack(
        caption=caption,
        kinds=tuple(kinds),
        rows=tuple(_bars(rows, number or say.number)),
        said=_said(setting, kinds, rows),
        table=Table(
            caption=caption, columns=columns, rows=cells, shows_caption=False, is_dense=is_dense, is_wide=len(used) > 5
        ),
    )


def _bars(rows: Sequence[tuple[str, str, Sequence[int]]], number: Callable[[int], str]) -> Iterator[StackRow]:
    before = ""
    for group, label, values in rows:
        yield StackRow(
            label=label,
            values=tuple(values),
            shown=tuple(map(number, values)),
            total=number(sum(values)),
            group=group if group != before else "",
        )
        before = group


def _said(setting: Voice, kinds: Sequence[Kind], rows: Sequence[tuple[str, str, Sequence[int]]]) -> str:
    """Row by row; of many rows the sums, and that the table has the rest."""
    say = setting.say

    def told(values: Sequence[int]) -> str:
        parts = (f"{kind.name} {say.number(n)}" for kind, n in zip(kinds, values, strict=True) if n)
        return ", ".join(parts) or say("none")

    if len(rows) <= _ALL_TOLD:
        return "; ".join(f"{label}: {told(values)}" for _, label, values in rows)
    sums = [sum(values[place] for _, _, values in rows) for place in range(len(kinds))]
    whole = say.plural("{n} row, in all {sums}.", "{n} rows, in all {sums}.", len(rows), sums=told(sums))
    return f"{whole} {say('The table has every figure.')}"


# -- status ------------------------------------------------------------------------------------------


def status_kinds(setting: Setting) -> tuple[Kind, ...]:
    """The statuses, and last what the edition shows no status of."""
    say = setting.say
    return tuple(
        Kind(name=say(STATUS[status]) if status is not None else say("Not given or not public"), pattern=pattern)
        for status, pattern in _STATUS
    )


def status_values(counts: Counter[Status | None]) -> tuple[int, ...]:
    """The counts in the order of the kinds."""
    return tuple(counts[status] for status, _ in _STATUS)


def _answers(setting: Setting) -> Iterator[Answer]:
    return (answer for view in setting.views for answer in view.answers)


def _numbers(setting: Setting, area: Area) -> frozenset[CommitmentNumber]:
    return frozenset(commitment.number for commitment in setting.plan.in_area(area))


def _status_by_area(setting: Setting) -> Iterator[Block]:
    say = setting.say
    rows = []
    for area in setting.plan.areas:
        numbers = _numbers(setting, area)
        counts = Counter(answer.status for answer in _answers(setting) if answer.commitment in numbers)
        rows.append(("", area.names[setting.language], status_values(counts)))
    if any(sum(values) for _, _, values in rows):
        yield stack(setting, say("Answers by area and status"), say("Area"), status_kinds(setting), rows)


def _status_by_commitment(setting: Setting) -> Iterator[Block]:
    say, language = setting.say, setting.language
    rows = []
    for area in setting.plan.areas:
        for commitment in setting.plan.in_area(area):
            number = commitment.number
            counts = Counter(answer.status for answer in _answers(setting) if answer.commitment == number)
            label = f"{number} {commitment.titles[language]}"
            rows.append((area.names[language], label, status_values(counts)))
    if any(sum(values) for _, _, values in rows):
        caption = say("Answers by commitment and status")
        made = stack(setting, caption, say("Commitment"), status_kinds(setting), rows)
        short = tuple(
            (Cell(words=setting.words(str(number))), *row[1:]) for number, row in enumerate(made.table.rows, start=1)
        )
        yield replace(made, table=replace(made.table, rows=short))


# -- coverage ----------------------------------------------------------------------------------------


def _coverage_by_area(setting: Setting) -> Iterator[Block]:
    say = setting.say
    kinds = tuple(Kind(name=say(STATE[state]), pattern=pattern) for state, pattern in _COVERAGE)
    rows = []
    for area in setting.plan.areas:
        numbers = _numbers(setting, area)
        counts = Counter(state for (_, n), state in setting.coverage.cells.items() if n in numbers)
        values = tuple(counts[state] for state, _ in _COVERAGE)
        rows.append(("", area.names[setting.language], values))
    if any(sum(values) for _, _, values in rows):
        how = say("A cell is one unit's answer on one commitment, for all its countries together.")
        yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
        yield stack(setting, say("Cells by area"), say("Area"), kinds, rows)


# -- countries ---------------------------------------------------------------------------------------


def _countries(setting: Setting) -> Iterator[Block]:
    say = setting.say
    focus = [country.code for country in setting.call.focus_countries]
    told = [(v.unit.code, a.country) for v in setting.views for a in v.answers if a.country is not None]
    answers = Counter(country for _, country in told)
    if not answers:
        return
    codes = [*focus, *sorted(answers.keys() - set(focus))]
    units = {code: len({unit for unit, country in told if country == code}) for code in codes}
    shown = {code: say.number(answers[code]) if answers[code] else "" for code in codes}
    columns = (
        Column(head=say("Country"), share=2),
        Column(head=say("Units"), align=Align.RIGHT),
        Column(head=say("Answers"), align=Align.RIGHT),
    )
    rows = [(setting.country(code), units[code], answers[code]) for code in sorted(codes, key=setting.country)]
    cells = tuple(tuple(Cell(words=setting.words(str(value))) for value in row) for row in rows)
    caption = say("Answers by country")
    silent = [setting.country(code) for code in codes if not answers[code]]
    said = "; ".join(f"{name}: {say.number(n)}" for name, _, n in rows if n)
    if silent:
        said += ". " + say("No answer is about {countries}.", countries=say.listing(silent))
    how = say("Every country is a square, placed roughly as on a map. The figure is the number of answers.")
    yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
    yield Tiles(
        caption=caption,
        tiles=placed((CountryCode(code), shown[code]) for code in codes),
        legend=(say("with answers"), say("focus country without an answer")),
        said=said,
        table=Table(caption=caption, columns=columns, rows=cells, shows_caption=False, is_dense=True),
    )


# -- women and men -----------------------------------------------------------------------------------


def _women_and_men(setting: Setting) -> Iterator[Block]:
    say = setting.say
    found = [
        (setting.name(view.unit), answer, indicator)
        for view in setting.views
        for answer in view.answers
        for indicator in answer.indicators
        if any(counts_of(indicator))
    ]
    if not found:
        return
    found.sort(key=lambda one: (one[1].commitment, -sum(counts_of(one[2]))))
    shown = found
    how = say("Counts that the units have given, each with the day it was counted on. They are not to be added up.")
    if len(found) > _MOST_COUNTED:
        largest = sorted(found, key=lambda one: -sum(counts_of(one[2])))[:_MOST_COUNTED]
        shown = [one for one in found if one in largest]
        how += " " + say(
            "The {shown} largest of {all} are shown; all stand under their commitments.",
            shown=say.number(_MOST_COUNTED), all=say.number(len(found)),
        )  # fmt: skip
    yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
    kinds = (
        Kind(name=say("Women"), pattern=Pattern.FULL),
        Kind(name=say("Men"), pattern=Pattern.LIGHT),
        Kind(name=say("Other"), pattern=Pattern.SLANTED),
        Kind(name=say("Unknown"), pattern=Pattern.EMPTY),
    )
    rows = []
    for unit, answer, indicator in shown:
        day = say("not dated") if indicator.measured_on is None else say.date(indicator.measured_on, short=True)
        rows.append(("", f"{answer.commitment} · {day} · {indicator.name}, {unit}", counts_of(indicator)))
    yield stack(setting, say("Women and men counted"), say("Commitment, day, indicator and unit"), kinds, rows)


def counts_of(indicator: Indicator) -> tuple[int, int, int, int]:
    """Women, men, other and unknown; what was not given counts as none."""
    return indicator.women or 0, indicator.men or 0, indicator.other or 0, indicator.unknown or 0


# -- years -------------------------------------------------------------------------------------------


def _years(setting: Setting) -> Iterator[Block]:
    if not setting.years.figures:
        return
    say = setting.say
    now = Counter(answer.status for answer in _answers(setting))
    rows = [("", str(each.year), status_values(Counter(each.statuses))) for each in setting.years.figures]
    rows.append(("", str(setting.year), status_values(now)))
    how = say("Answers in the reports of each year. How many units were asked may differ from year to year.")
    yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
    yield stack(setting, say("Answers by year and status"), say("Year"), status_kinds(setting), rows)
