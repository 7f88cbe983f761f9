"""The meetings of the year above, and below them the points to follow up, those of earlier years among them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from wpsdesk.base.ids import Year
from wpsdesk.compilation.plain_lists import PlainList
from wpsdesk.desk.call import calling
from wpsdesk.desk.listing import PACK_FORMS, plain_list, write_pack
from wpsdesk.desk.meetings import holding
from wpsdesk.desk.meetings.holding import Raised
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages import Sentence, word
from wpsdesk.messages.meeting_words import concerns, meeting_pack, point_number
from wpsdesk.report.meetings import Meeting, PointState
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.list_writing import ListMenu
from wpsdesk.ui.authority.meeting_dialogs import MeetingDialog, PointDialog
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, MenuButton, button, column, label, row
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page
from wpsdesk.ui.signs import Sign

OPEN, ALL, OF_MEETING = "open", "all", "of-meeting"

SHOWN: Final = (
    (OPEN, N_("What is open, from every meeting")),
    (ALL, N_("Every point of the year")),
    (OF_MEETING, N_("Points of the meeting above")),
)
"""Which points the lower table shows."""


def point_chip(each: Raised, say: Catalogue) -> Chip:
    """How a point stands: late, open, done."""
    state = each.point.state
    if each.late:
        return Chip(sign=Sign.MARK, word=say.plural("{n} day late", "{n} days late", each.late), tone="danger")
    match state:
        case PointState.OPEN:
            return Chip(sign=Sign.RING, word=word(state, say), tone="warning")
        case PointState.UNDER_WAY:
            return Chip(sign=Sign.DOTS, word=word(state, say), tone="info")
        case PointState.DONE:
            return Chip(sign=Sign.TICK, word=word(state, say), tone="success")
        case PointState.DROPPED:
            return Chip(sign=Sign.DASH, word=word(state, say), tone="neutral")


class MeetingsPage(Page):
    """Told by two tables; a line is changed by Enter or a double click."""

    shows = ("meetings", "call")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, look = self.say, style.current()
        self._year: Year | None = None
        self._wanted: tuple[int, int] | None = None
        self.years = MenuButton("")
        self.writing = ListMenu(self, self.listed, name="oppfolging")
        self.pack_button = button(say("Write a pack to read"), self.ask_pack)
        self.header(say("Meetings"), self.years, self.writing, self.pack_button)
        self.meetings: Listing[Meeting] = Listing(
            say("Meetings of the year"), self._meeting_columns(), empty=say("No meeting is listed for the year."),
            how=say("List the meetings with ministries, civil society and researchers, and what was raised in them."),
        )  # fmt: skip
        self.shown = Choice(say("Which points"), [(name, say(text)) for name, text in SHOWN])
        self.points: Listing[Raised] = Listing(
            say("Points to follow up"), self._point_columns(), empty=say("There is no point to follow up."),
            how=say("A point that is open goes on to the next year, until it is followed up or put aside."),
        )  # fmt: skip
        self.meetings.setMinimumHeight(look.px(130))
        lower = QWidget()
        lines = column(spacing=8)
        lines.addLayout(row(self.shown, None))
        lines.addWidget(self.points, 1)
        lower.setLayout(lines)
        lower.setMinimumHeight(look.px(180))
        self.split = Beside(self.meetings, lower, shares=(2, 3), is_above=True)
        self.body.addWidget(self.split, 1)
        self.tally = label("", wraps=True)
        self.meeting_button = button(say("New meeting"), self.new_meeting)
        self.change_button = button(say("Change the meeting"), self._change_meeting)
        self.point_button = button(say("New point"), self.new_point, role="primary")
        self.footer(self.change_button, self.meeting_button, self.point_button, left=self.tally)
        self.meetings.chosen.connect(self._on_meeting)
        self.meetings.opened.connect(self.change_meeting)
        self.points.opened.connect(self.follow_up)
        self.shown.activated.connect(self._show_points)

    def _meeting_columns(self) -> tuple[Column[Meeting], ...]:
        say = self.say
        return (
            Column(title=say("No."), text=lambda each: f"{each.year}/{each.number}"),
            Column(title=say("Date"), text=lambda each: say.date(each.day, short=True)),
            Column(title=say("With whom"), text=lambda each: word(each.kind, say)),
            Column(title=say("Subject"), text=lambda each: each.subject, is_wide=True),
            Column(title=say("Who took part"), text=lambda each: " ".join(each.who.split())),
            Column(title=say("Points"), text=lambda each: say.number(len(each.points)), is_figure=True),
            Column(title=say("Open points"), text=lambda each: say.number(_open_in(each)), is_figure=True),
        )

    def _point_columns(self) -> tuple[Column[Raised], ...]:
        say, plan, language = self.say, self.context.desk.plan, self.context.language
        return (
            Column(
                title=say("How it stands"),
                text=lambda each: point_chip(each, say).word, chip=lambda each: point_chip(each, say),
            ),
            Column(title=say("Point"), text=lambda each: " ".join(each.point.text.split()), is_wide=True),
            Column(title=say("Concerns"), text=lambda each: concerns(each.point, plan, say, language)),
            Column(title=say("Owner"), text=lambda each: each.point.owner),
            Column(
                title=say("Due"),
                text=lambda each: "" if each.point.due is None else say.date(each.point.due, short=True),
            ),
            Column(title=say("Days"), text=lambda each: say.number(each.days), is_figure=True),
            Column(title=say("No."), text=lambda each: point_number(each.meeting, each.point)),
        )  # fmt: skip

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the meetings of the year again."""
        desk, say = self.context.desk, self.say
        known = {*calling.years(desk), *(each.year for each in holding.meetings(desk))}
        years = sorted(known, reverse=True) or [Year(desk.clock().astimezone().year)]
        if self._year not in years:
            self._year = years[0]
        marked = years.index(self._year)
        self.years.choices(
            [(say("Year {year}", year=year), partial(self.look_at, year)) for year in years], marked=marked
        )
        self.years.setText(say("Year {year}", year=self._year))
        self.years.setVisible(len(years) > 1)
        found = holding.meetings(desk, self._year)
        before = self._wanted or _name(self.meetings.current()) or (_name(found[0]) if found else None)
        self._wanted = None
        self.meetings.show_values(found, current=lambda each: _name(each) == before)
        self._show_points()

    def look_at(self, year: Year) -> None:
        """Show another year."""
        self._year = year
        self.refresh()

    def _on_meeting(self, _meeting: object) -> None:
        if self.shown.chosen() == OF_MEETING:
            self._show_points()
        else:
            self._enable()

    def _show_points(self) -> None:
        assert self._year is not None
        say, found = self.say, holding.points(self.context.desk, self._year)
        which, meeting = self.shown.chosen(), self.meetings.current()
        shown = tuple(
            each
            for each in found
            if which == ALL
            or (which == OPEN and each.point.is_open)
            or (which == OF_MEETING and meeting is not None and _name(each.meeting) == _name(meeting))
        )
        before = self.points.current() or next(iter(shown), None)
        self.points.show_values(shown, current=lambda each: before is not None and _same(each, before))
        waiting, late = sum(each.point.is_open for each in found), sum(each.late > 0 for each in found)
        told = [say.plural("{n} point is open.", "{n} points are open.", waiting)]
        told += [say.plural("{n} of them is late.", "{n} of them are late.", late)] if late else []
        self.tally.setText(" ".join(told))
        self._enable()

    def _enable(self) -> None:
        has_one = self.meetings.current() is not None
        self.change_button.setEnabled(has_one)
        self.point_button.setEnabled(has_one)
        self.pack_button.setEnabled(has_one or bool(self.points.rows.values))

    # -- changing ----------------------------------------------------------------------------------

    def new_meeting(self) -> None:
        """Ask for a meeting."""
        assert self._year is not None
        self._ask(MeetingDialog(self.context, self, self._year))

    def _change_meeting(self) -> None:
        found = self.meetings.current()
        if found is not None:
            self.change_meeting(found)

    def change_meeting(self, meeting: Meeting) -> None:
        """Change a meeting."""
        self._ask(MeetingDialog(self.context, self, meeting.year, meeting))

    def new_point(self) -> None:
        """Ask for a point of the meeting that one stands on."""
        meeting = self.meetings.current()
        if meeting is not None:
            self._ask(PointDialog(self.context, self, meeting))

    def follow_up(self, each: Raised) -> None:
        """Change a point."""
        self._ask(PointDialog(self.context, self, each.meeting, each.point))

    def _ask(self, dialog: MeetingDialog | PointDialog) -> None:
        self.dialog = dialog
        dialog.saved.connect(self._on_saved)
        show_over(dialog)

    def _on_saved(self) -> None:
        dialog = self.dialog
        if isinstance(dialog, MeetingDialog):
            self._wanted = _name(dialog.meeting)
        self.refresh()
        self.context.changed.emit("meetings")
        (self.meetings if isinstance(dialog, MeetingDialog) else self.points).table.setFocus()

    # -- paper -------------------------------------------------------------------------------------

    def listed(self) -> PlainList:
        """The points that are shown, to be written or printed."""
        desk, language, say = self.context.desk, self.context.language, self.say
        columns = self.points.rows.columns
        return plain_list(
            desk,
            say=say,
            title=say("Points from meetings, {year}", year=self._year),
            note=" · ".join([desk.unit.names[language], self.shown.currentText(), say.moment(desk.clock())]),
            heads=(*(column.title for column in columns), say("Follow-up"), say("What came of it")),
            rows=tuple(
                (*(column.text(each) for column in columns), each.point.follow_up, each.point.result)
                for each in self.points.rows.values
            ),
        )

    def ask_pack(self) -> None:
        """Ask for a file, and write the meetings and points into it as a pack to read."""
        say, desk, year = self.say, self.context.desk, self._year
        assert year is not None
        kinds = ";;".join(f"{form[1:].upper()} (*{form})" for form in PACK_FORMS)
        place = folder_of(self.context) / f"moter_{year}.pdf"
        out = choosing.new_file(self, say("Where is it to lie?"), place, kinds=kinds)
        if out is None:
            return
        language = self.context.language
        pack = meeting_pack(
            desk, holding.meetings(desk, year), holding.points(desk, year), year=year, say=say, language=language
        )
        self.context.jobs.start(
            lambda _progress: write_pack(pack, out),
            owner=self, title=say("Writing"), done=lambda _none: self._written(out), failed=self.tell,
        )  # fmt: skip

    def _written(self, out: Path) -> None:
        remember(self.context, out.parent)
        told = Sentence(what=self.say("The pack is written to {file}.", file=out), kept="", do="")
        self.context.told.emit(told, "success")

    # -- coming and going --------------------------------------------------------------------------

    def open_thing(self, thing: object) -> None:
        """Go to (year, number) of a meeting, and show its points."""
        if isinstance(thing, tuple) and len(thing) == 2:
            self._year, self._wanted = Year(thing[0]), (thing[0], thing[1])
            self.shown.choose(OF_MEETING)
            self.refresh()
            self.meetings.table.setFocus()

    def place(self) -> object:
        """Year, meeting, and which points."""
        return self._year, _name(self.meetings.current()), self.shown.chosen()

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 3:
            self._year, self._wanted, shown = place
            self.shown.choose(shown)
            self.refresh()


def late_points(context: Context) -> int:
    """How many points are late, of the latest year."""
    desk = context.desk
    years = [*calling.years(desk), *(each.year for each in holding.meetings(desk))]
    return sum(each.late > 0 for each in holding.points(desk, max(years))) if years else 0


def _open_in(meeting: Meeting) -> int:
    return sum(point.is_open for point in meeting.points)


def _name(meeting: Meeting | None) -> tuple[int, int] | None:
    return None if meeting is None else (meeting.year, meeting.number)


def _same(one: Raised, other: Raised) -> bool:
    return _name(one.meeting) == _name(other.meeting) and one.point.number == other.point.number
