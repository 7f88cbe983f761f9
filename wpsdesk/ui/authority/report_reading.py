"""Reading a unit's report as its reviewer: the answers as a list, one of them large, and what it is held against."""

from __future__ import annotations

from functools import partial

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.arrivals import inbox
from wpsdesk.desk.call import calling
from wpsdesk.desk.officers import officer_of
from wpsdesk.desk.review import comparing, reviewing
from wpsdesk.desk.review.comparing import OfAnother
from wpsdesk.desk.review.reviewing import Reviewed
from wpsdesk.desk.review.standing import StandingReport, standing_report
from wpsdesk.report.model import Entry, EntryKey, Evidence
from wpsdesk.report.states import Decision
from wpsdesk.ui import style
from wpsdesk.ui.authority.evidence_opening import open_file
from wpsdesk.ui.authority.following_up import FollowUpDialog
from wpsdesk.ui.authority.matrix import unit_name
from wpsdesk.ui.authority.officer_line import OfficerLine
from wpsdesk.ui.authority.replying import Replying
from wpsdesk.ui.authority.review_pane import ANSWER, DECIDED, LAST_YEAR, OTHERS, ReviewPane, decision_chip
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import MenuButton, button, row
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page
from wpsdesk.ui.scrolling import bring_up
from wpsdesk.ui.topline import ElidedLabel


class ReportReading(Page):
    """One unit's report at a time; ReviewPage adds what can be decided of it."""

    shows = ("submissions", "replies", "call", "reviews")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._year: Year | None = None
        self._unit: UnitCode | None = None
        self._key: EntryKey | None = None
        self._wanted: EntryKey | None = None
        self._open: StandingReport | None = None
        self._answers: dict[EntryKey, Reviewed] = {}
        self.years, self.units = MenuButton(""), MenuButton("")
        self.replying = Replying(context, self)
        self.follow_button = button(say("Follow-up"), self.follow_up)
        self.document_button = button(say("Follow-up document"), self._open_document)
        self.header(say("Review"), self.years, self.units, self.document_button, self.follow_button, self.replying.menu)
        self.officer = OfficerLine(say)
        # No label that wraps: the page would then be as high as its text would like, and not as the window is.
        self._about = ElidedLabel()
        if style.current().is_large:
            self.body.addWidget(self._about)
            self.body.addWidget(self.officer)
        else:
            line = row(self._about, self.officer, spacing=16)
            line.setStretch(0, 1)
            self.body.addLayout(line)
        self.rows: Listing[Reviewed] = Listing(
            say("The unit's answers"),
            self._columns(),
            empty=say("Nothing to read."),
            how=say("Choose year and unit above. Reports are taken in under “Inbox”."),
        )
        self.pane = ReviewPane(context.desk.plan, say)
        self._lay_out()
        self._connect()

    def _columns(self) -> tuple[Column[Reviewed], ...]:
        say, plan, language = self.say, self.context.desk.plan, self.context.language

        def number(each: Reviewed) -> str:
            country = "" if each.key.country is None else f"  {plan.country(each.key.country).names[language]}"
            return f"{each.key.commitment}{country}"

        return (
            Column(title=say("Commitment"), text=number),
            Column(
                title=say("How it stands"),
                text=lambda each: decision_chip(each, say).word, chip=lambda each: decision_chip(each, say),
            ),
            Column(
                title=say("In hand"),
                text=lambda each: "" if each.in_hand is None else each.in_hand.officer, is_wide=True,
            ),
        )  # fmt: skip

    def _lay_out(self) -> None:
        look = style.current()
        self.rows.setMinimumSize(look.px(340), look.px(150))
        self.pane.setMinimumWidth(look.px(400))
        self.split = Beside(self.rows, self.pane, shares=(2, 5))
        self.body.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.rows.chosen.connect(self._on_row)
        self.rows.opened.connect(self._read)
        self.pane.view_asked.connect(self._show_view)
        self.pane.file_asked.connect(self._open_file)

    # -- what the decisions need -------------------------------------------------------------------

    def _put_away(self) -> None:
        """Put away what has been begun with the answer."""
        raise NotImplementedError

    def _enable(self) -> None:
        """Let be pressed what can be done with the answer that is shown."""
        raise NotImplementedError

    def _whose(self) -> tuple[UnitCode, Year]:
        """Of what is shown."""
        assert self._unit is not None
        assert self._year is not None
        return self._unit, self._year

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what the unit says and what has been decided of it."""
        desk = self.context.desk
        if not (self.officer.is_asking and self.officer.line.text()):  # a name that is being typed stays
            self.officer.show_officer(officer_of(desk))
        years = calling.years(desk)
        if self._year not in years:
            self._year = years[0] if years else None
        held = () if self._year is None else inbox.inbox(desk, self._year)
        units = sorted({each.unit for each in held if each.stands is inbox.Stands.IN_FORCE})
        if self._unit not in units:
            self._unit = units[0] if units else None
        self._fill_menus(years, tuple(units))
        self._read_report()
        self.replying.show_year(self._year, self._unit)
        self.follow_button.setEnabled(self._year is not None)

    def _fill_menus(self, years: tuple[Year, ...], units: tuple[UnitCode, ...]) -> None:
        say, names = self.say, self._names()
        self.years.setVisible(len(years) > 1)
        self.years.setText("" if self._year is None else say("Year {year}", year=self._year))
        pairs = [(say("Year {year}", year=y), partial(self.open_thing, (None, y, None))) for y in years]
        self.years.choices(pairs, marked=years.index(self._year) if self._year in years else -1)
        self.units.setVisible(bool(units))
        self.units.setText("" if self._unit is None else names.get(self._unit, self._unit))
        of_year = [(names.get(u, u), partial(self.open_thing, (u, self._year, None))) for u in units]
        self.units.choices(of_year, marked=units.index(self._unit) if self._unit in units else -1)

    def _names(self) -> dict[UnitCode, str]:
        call = None if self._year is None else calling.current_call(self.context.desk, self._year)
        asked = () if call is None else call.asked
        return {each.unit.code: unit_name(each.unit, self.context.language) for each in asked}

    def _read_report(self) -> None:
        say, desk, before = self.say, self.context.desk, self._answers
        self._open = None
        found: tuple[Reviewed, ...] = ()
        if self._unit is not None and self._year is not None:
            try:
                self._open = standing_report(desk, self._unit, self._year)
                found = reviewing.review(desk, self._unit, self._year)
            except WpsError as fault:
                self.tell(fault)
        self._answers = {each.key: each for each in found}
        self.split.setVisible(bool(found))
        if self._open is None:
            told = say("Nothing has come that can be reviewed. Take in the units' reports under Inbox.")
        else:
            held = self._open
            told = say(
                "Report no. {number}, signed by {name}, {when}.",
                number=held.seq, name=held.signed_by, when=say.moment(held.signed_at),
            )  # fmt: skip
        self._about.show_text(told)
        document = None if self._open is None else self._open.report.follow_up
        self.document_button.setVisible(document is not None)
        self.document_button.setToolTip("" if document is None else document.title)
        wanted, self._wanted = self._wanted or self._key or _first_to_read(found), None
        self._tell_news(before, wanted)
        self.rows.show_values(found, current=lambda each: each.key == wanted)
        self._enable()

    def _tell_news(self, before: dict[EntryKey, Reviewed], key: EntryKey | None) -> None:
        """An answer that became another one under the officer's eyes says so."""
        old, new = (None, None) if key is None else (before.get(key), self._answers.get(key))
        is_another = key == self._key and old is not None and new is not None and old.said != new.said
        if is_another or key != self._key or old is None:
            words = self.say("The unit has sent another answer since you opened this one. What you see is the new one.")
            self.pane.show_news(words if is_another else "")

    def _on_row(self, each: Reviewed | None) -> None:
        if each is None:
            return
        if each.key != self._key:
            self.pane.show_news("")
            self._put_away()
            self.pane.note.clear()
        self._key = each.key
        self._show_answer()

    def _show_answer(self) -> None:
        each, entry = self._current()
        if each is None or entry is None or self._unit is None or self._open is None:
            return
        desk, unit, year, plan = self.context.desk, self._unit, self._open.year, self.context.desk.plan
        country = "" if each.key.country is None else f", {plan.country(each.key.country).names[self.context.language]}"
        title = f"{each.key.commitment}  {plan.commitment(each.key.commitment).titles[self.context.language]}{country}"
        self.pane.show_head(title, each, officer_of(desk))
        missing = frozenset(e.digest for e in inbox.missing_evidence(desk, self._open.digest))
        self.pane.show_files(entry.evidence, missing)
        of_unit = reviewing.notes(desk, unit, year)
        here = (each.key.commitment, each.key.country)
        self.pane.show_notes(tuple(n for n in of_unit if (n.place.commitment, n.place.country) == here))
        self._enable()
        self.pane.views.show_part(self.pane.views.current or ANSWER)

    def _show_view(self, view: str) -> None:
        each, entry = self._current()
        if each is None or entry is None or self._unit is None or self._year is None:
            return
        desk, say, pane = self.context.desk, self.say, self.pane
        match view:
            case _ if view == DECIDED:
                version = comparing.decided_version(desk, self._unit, self._year, each.key)
                pane.show_against(version, entry, say("Nothing has been decided of this answer yet."))
            case _ if view == LAST_YEAR:
                version = comparing.last_years_version(desk, self._unit, self._year, each.key)
                pane.show_against(version, entry, say("There is no answer of last year's on this commitment here."))
            case _:
                pane.show_whole(entry)
                if view == OTHERS:
                    self._ask_others(each.key)

    def _ask_others(self, key: EntryKey) -> None:
        desk, unit, year = self.context.desk, self._unit, self._year
        assert unit is not None
        assert year is not None
        self.context.jobs.start(
            lambda progress: comparing.of_others(desk, unit, year, key, progress=progress),
            owner=self, title=self.say("Reading other units' answers"),
            done=partial(self._on_others, key), failed=self.tell,
        )  # fmt: skip

    def _on_others(self, key: EntryKey, found: tuple[OfAnother, ...]) -> None:
        if key == self._key:
            self.pane.show_others(found, {str(code): name for code, name in self._names().items()})

    def _current(self) -> tuple[Reviewed | None, Entry | None]:
        entries = () if self._open is None else self._open.report.entries
        found = next((entry for entry in entries if entry.key == self._key), None)
        return (None if self._key is None else self._answers.get(self._key)), found

    def _read(self, _each: Reviewed) -> None:
        self.pane.text.setFocus()

    def _open_file(self, evidence: Evidence) -> None:
        if self._unit is not None:
            open_file(self.context, self, self._unit, evidence)

    def _open_document(self) -> None:
        """The unit's own follow-up document, from a copy of it."""
        if self._open is not None and self._open.report.follow_up is not None:
            self._open_file(self._open.report.follow_up)

    def follow_up(self) -> None:
        """What has been returned and not come back, and the unit's time."""
        if self._year is None:
            return
        self.dialog = FollowUpDialog(self.context, self, self._year, self._unit)
        self.dialog.opened.connect(self.open_thing)
        self.dialog.extended.connect(self._on_extension)
        show_over(self.dialog)

    def _on_extension(self) -> None:
        self.refresh()
        self.context.changed.emit("reviews")

    # -- coming and going --------------------------------------------------------------------------

    def open_thing(self, thing: object) -> None:
        """Go to (unit, year, answer): None for what is shown, or the first."""
        if not isinstance(thing, tuple) or len(thing) != 3:
            return
        unit, year, key = thing
        self._put_away()
        self._unit, self._year = unit or self._unit, year or self._year
        if isinstance(key, EntryKey):
            self._wanted = key
        else:
            self._key = None
        self.refresh()
        if isinstance(key, EntryKey):
            self.pane.text.setFocus()
            bring_up(self.scroller, self.pane)


def _first_to_read(found: tuple[Reviewed, ...]) -> EntryKey | None:
    """The first answer that waits for a decision, or the first of all."""
    keys = [each.key for each in found if each.decision not in (Decision.ACCEPTED, Decision.RETURNED)]
    return next(iter((*keys, *(each.key for each in found))), None)
