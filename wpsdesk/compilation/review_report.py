"""For the interministerial review: several years of every commitment, what recurs, and what never moved. Pure.

Each year is read as the public edition may show it, so that the review can be given to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wpsdesk.base.ids import CommitmentNumber, CountryCode, EditionId, UnitCode, Year
from wpsdesk.compilation.answers import NONE
from wpsdesk.compilation.recording import recorded
from wpsdesk.compilation.registers import bundle_chapter
from wpsdesk.compilation.restriction import Answer, View
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.tables_told import with_tables
from wpsdesk.compilation.terms import CHALLENGE, FATE, STATUS
from wpsdesk.compilation.tree import (
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
from wpsdesk.plan.model import Area, Commitment, Plan
from wpsdesk.plan.succession import Chain, Fate, carried, origins
from wpsdesk.report.model import ChallengeKind, Status

_STILL = frozenset({Status.NOT_STARTED, Status.UNDER_WAY, Status.STOPPED})
"""Statuses that, the same year after year, say that nothing has moved; "continued" says that something is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfYear:
    """What the public edition may show of one year."""

    year: Year
    views: tuple[View, ...]
    plan: Plan  # the edition that was reported on


Statuses = dict[Year, tuple[Status | None, ...]]
"""By year; several in one where commitments have been merged since."""

Whose = tuple[UnitCode, CountryCode | None]


def review_report(setting: Setting, years: tuple[OfYear, ...], chain: Chain = ()) -> Document:
    """The review as a document; ``setting`` is of the last of ``years``, which are in order.

    Years of earlier editions of the plan stand where ``chain`` says that their commitments stand in the last one.
    """
    say = setting.say
    review = _Review(setting, years, chain)
    first, last = years[0].year, years[-1].year
    span = str(last) if first == last else f"{first}–{last}"
    title = say("Women, peace and security – review {years}", years=span)
    areas = tuple(chapter for area in setting.plan.areas if (chapter := review.area(area)) is not None)
    document = Document(
        language=setting.language,
        edition=setting.edition,
        compiled=setting.compiled,
        title=title,
        subject=say("Report on the action plan {title}", title=setting.plan.title[setting.language]),
        publisher=setting.unit_name(UnitCode("UD")),
        title_page=TitlePage(
            title=say("Women, peace and security"),
            subtitle=say("Review {years}", years=span),
            plan=say("Report on the action plan {title}", title=setting.plan.title[setting.language]),
            publisher=setting.unit_name(UnitCode("UD")),
            compiled=say("Compiled {day}", day=say.date(setting.compiled.date())),
            edition=say("For the review of the plan"),
            edition_note="",
        ),
        contents_title=say("Contents"),
        page_mark=say("DRAFT"),
        chapters=(review.opening(), *areas, *review.dropped(), bundle_chapter(setting)),
        records=recorded(setting),
        is_draft=True,
    )
    return with_tables(document)


class _Review:
    """All years, read once."""

    def __init__(self, setting: Setting, years: tuple[OfYear, ...], chain: Chain) -> None:
        self._setting, self._years, self._chain = setting, years, chain
        self._statuses: dict[tuple[int, Whose], Statuses] = {}
        self._dropped: dict[tuple[EditionId, int], dict[Whose, Statuses]] = {}
        self._kinds: dict[tuple[int, ChallengeKind], set[Year]] = {}
        self._names: dict[UnitCode, str] = {}
        for one in years:
            for view in one.views:
                self._names[view.unit.code] = setting.name(view.unit)
                for answer in view.answers:
                    self._place(one, (view.unit.code, answer.country), answer)

    def _place(self, one: OfYear, whose: Whose, answer: Answer) -> None:
        """Where the commitment stands now, which may be several places or none."""
        edition = one.plan.edition
        numbers = carried(self._chain, edition, answer.commitment)
        for number in numbers:
            _add(self._statuses.setdefault((number, whose), {}), one.year, answer.status)
            for kind in answer.challenge_kinds:
                self._kinds.setdefault((number, kind), set()).add(one.year)
        if not numbers:
            gone = self._dropped.setdefault((edition, answer.commitment), {})
            _add(gone.setdefault(whose, {}), one.year, answer.status)

    def opening(self) -> Chapter:
        """What it is made from, what never moved, and what recurs."""
        return Chapter(blocks=(*self._about(), *self._never_moved(), *self._recurring()))

    def _about(self) -> Iterator[Block]:
        setting, say = self._setting, self._setting.say
        told = say(
            "The review is made from the answers for {years} as the public edition of each year's report may show "
            "them. What is exempt from public access is not in it.",
            years=say.listing(str(one.year) for one in self._years),
        )
        yield self._heading(say("About this review"), "about", level=1)
        yield Paragraph(words=setting.words(told))

    # -- what never moved, and what recurs -----------------------------------------------------------

    def _never_moved(self) -> Iterator[Block]:
        """Commitments that nobody has ever answered, and answers whose status has stood still in all their years."""
        say = self._setting.say
        title = say("What never moved")
        yield self._heading(title, "never-moved")
        if len(self._years) < 2:
            yield self._note(say("That takes more than one year; there is one so far."))
            return
        columns = (
            Column(head=say("Commitment"), share=3),
            Column(head=say("Unit"), share=2),
            Column(head=say("How it stands"), share=2),
        )
        rows = tuple(row for commitment in self._setting.plan.commitments for row in self._still(commitment))
        if rows:
            yield Table(caption=title, columns=columns, rows=rows, shows_caption=False)
        else:
            yield self._note(say("Every commitment has moved."))

    def _still(self, commitment: Commitment) -> Iterator[tuple[Cell, ...]]:
        say, words = self._setting.say, self._setting.words
        title = f"{commitment.number} {commitment.titles[self._setting.language]}"
        told = self._of(commitment.number)
        if not told:
            yield (Cell(words=words(title)), Cell(words=words(NONE)), Cell(words=words(say("Never answered"))))
        for whose, statuses in told:
            found = {status for several in statuses.values() for status in several}
            status = next(iter(found))
            if len(statuses) > 1 and len(found) == 1 and status in _STILL:
                years = say.listing(str(year) for year in sorted(statuses))
                state = f"{say(STATUS[status])}, {years}"
                yield (Cell(words=words(title)), Cell(words=words(self._who(whose))), Cell(words=words(state)))

    def _recurring(self) -> Iterator[Block]:
        """Kinds of challenge that are named of a commitment in more than one year."""
        say, words = self._setting.say, self._setting.words
        title = say("Recurring challenges")
        yield self._heading(title, "recurring")
        columns = (Column(head=say("Commitment"), share=3), Column(head=say("Challenge")), Column(head=say("Years")))
        rows = tuple(
            (
                Cell(words=words(f"{commitment.number} {commitment.titles[self._setting.language]}")),
                Cell(words=words(say(CHALLENGE[kind]))),
                Cell(words=words(say.listing(str(year) for year in sorted(years)))),
            )
            for commitment in self._setting.plan.commitments
            for kind in ChallengeKind
            if len(years := self._kinds.get((commitment.number, kind), set())) > 1
        )
        if rows:
            yield Table(caption=title, columns=columns, rows=rows, shows_caption=False)
        else:
            yield self._note(say("No kind of challenge is named in more than one year."))

    # -- year by year --------------------------------------------------------------------------------

    def area(self, area: Area) -> Chapter | None:
        """A table a commitment; None where nobody has answered in the area."""
        setting = self._setting
        words = setting.words(area.names[setting.language])
        blocks: list[Block] = [Heading(level=1, words=words, anchor=f"area-{area.id}", in_contents=True)]
        for commitment in setting.plan.in_area(area):
            told = self._of(commitment.number)
            if told:
                caption = setting.say("Status by year, commitment {number}", number=commitment.number)
                before = self._before(commitment)
                blocks += [self._commitment_heading(commitment), *before, self._table(caption, told)]
        return Chapter(blocks=tuple(blocks)) if len(blocks) > 1 else None

    def _commitment_heading(self, commitment: Commitment) -> Heading:
        words = self._setting.words(commitment.titles[self._setting.language])
        anchor, number = f"commitment-{commitment.number}", str(commitment.number)
        return Heading(level=3, words=words, anchor=anchor, number=number, in_contents=True)

    def _before(self, commitment: Commitment) -> Iterator[Block]:
        """What it was in earlier editions of the plan, where it is not the same."""
        say, language = self._setting.say, self._setting.language
        for origin in origins(self._chain, commitment.number):
            if origin.fate is Fate.SAME and origin.number == commitment.number:
                continue
            told = say("{number} {title} ({fate})", number=origin.number, fate=say(FATE[origin.fate]),
                       title=self._plan(origin.edition).commitment(origin.number).titles[language])  # fmt: skip
            label = say("In the plan {edition}:", edition=origin.edition)
            yield Paragraph(words=self._setting.words(told), tone=Tone.FACT, label=label)

    def _plan(self, edition: EditionId) -> Plan:
        return next((one.plan for one in self._years if one.plan.edition == edition), self._setting.plan)

    def dropped(self) -> tuple[Chapter, ...]:
        """What was reported on commitments that no later edition of the plan has."""
        say, language = self._setting.say, self._setting.language
        if not self._dropped:
            return ()
        blocks: list[Block] = [self._heading(say("No longer in the plan"), "dropped", level=1)]
        for (edition, number), told in sorted(self._dropped.items()):
            title = self._plan(edition).commitment(CommitmentNumber(number)).titles[language]
            words = self._setting.words(f"{title} ({edition})")
            anchor = f"dropped-{edition}-{number}"
            heading = Heading(level=3, words=words, anchor=anchor, number=str(number), in_contents=True)
            caption = say("Status by year, commitment {number}", number=f"{number} ({edition})")
            blocks += [heading, self._table(caption, self._sorted(told.items()))]
        return (Chapter(blocks=tuple(blocks)),)

    def _table(self, caption: str, told: list[tuple[Whose, Statuses]]) -> Table:
        say, words = self._setting.say, self._setting.words
        columns = (Column(head=say("Unit"), share=2), *(Column(head=str(one.year)) for one in self._years))
        rows = tuple(
            (
                Cell(words=words(self._who(whose))),
                *(Cell(words=words(self._status(statuses, one.year))) for one in self._years),
            )
            for whose, statuses in told
        )
        return Table(caption=caption, columns=columns, rows=rows, shows_caption=False)

    def _status(self, statuses: Statuses, year: Year) -> str:
        say = self._setting.say
        if year not in statuses:
            return NONE
        return "; ".join(say("Not given") if status is None else say(STATUS[status]) for status in statuses[year])

    def _of(self, number: int) -> list[tuple[Whose, Statuses]]:
        return self._sorted((whose, statuses) for (n, whose), statuses in self._statuses.items() if n == number)

    def _sorted(self, found: Iterable[tuple[Whose, Statuses]]) -> list[tuple[Whose, Statuses]]:
        return sorted(found, key=lambda row: (self._names[row[0][0]], row[0][1] or ""))

    def _who(self, whose: Whose) -> str:
        unit, country = whose
        return self._names[unit] + ("" if country is None else f" – {self._setting.country(country)}")

    def _heading(self, text: str, anchor: str, level: int = 2) -> Heading:
        return Heading(level=level, words=self._setting.words(text), anchor=anchor, in_contents=True)

    def _note(self, text: str) -> Paragraph:
        return Paragraph(words=self._setting.words(text), tone=Tone.NOTE)


def _add(statuses: Statuses, year: Year, status: Status | None) -> None:
    """Beside those of the year that are other; each once."""
    statuses[year] = tuple(dict.fromkeys((*statuses.get(year, ()), status)))
