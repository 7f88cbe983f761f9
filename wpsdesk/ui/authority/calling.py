"""The call for reports: which year, by when, with what guidance, and who is asked about what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.desk.call import calling
from wpsdesk.desk.call.calling import CallDraft
from wpsdesk.desk.call.listing_units import keep_units, listed_units, preview_units
from wpsdesk.messages import Sentence, word
from wpsdesk.report.call import Asked, Call
from wpsdesk.report.questions import still_asked
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.asking import AskedDialog
from wpsdesk.ui.authority.days import DayEdit
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.guiding import Guidance, GuidanceEditor
from wpsdesk.ui.authority.listing import ListDialog
from wpsdesk.ui.authority.splitting import Turning
from wpsdesk.ui.authority.starting import own_of, usual_countries, usual_deadline, usually_asked, years_asked
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, card, label, row, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import headed_line
from wpsdesk.ui.page import Page

_DRAFT: Final = "call-draft"  # the name under which the open desk keeps a call that is not made yet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stands on the page and is in no call yet."""

    year: int
    deadline: date
    guidance: Guidance
    asked: tuple[Asked, ...]


def _with_listed(asked: tuple[Asked, ...], listed: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Those of the list in the place of the same units, and behind the others what the list adds."""
    news = {each.unit.code: each for each in listed}
    return (*(news.pop(each.unit.code, each) for each in asked), *news.values())


class CallPage(Page):
    """Making a call, or amending the one that was made."""

    shows = ("call",)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, plan = self.say, context.desk.plan
        self._read_for: int | None = None  # the year that the page was filled for
        self._kept: dict[int, _Typed] = {}  # what was typed for other years
        self._asked: tuple[Asked, ...] = ()
        span = years_asked(context.desk)
        self.year = Choice(say("Year that is reported on"), [(year, str(year)) for year in span])
        self.deadline = DayEdit("d MMMM yyyy" if context.language == "en" else "dd.MM.yyyy")
        self.year_field = Field(say("Year that is reported on"), self.year)
        self.deadline_field = Field(say("Deadline for the units"), self.deadline)
        self.guidance = GuidanceEditor(plan, say, context.language)
        self.units: Listing[Asked] = Listing(
            say("Units that are asked"), self._columns(), empty=say("Nobody is asked yet.")
        )
        self.add_button = button(say("Add a unit"), self.add_unit)
        self.list_button = button(say("Load a list"), self.load_list)
        self.edit_button = button(say("Choose commitments"), self.edit_unit)
        self.remove_button = button(say("Take away"), self.remove_unit)
        self.again_button = button(say("Write the file again"), self.write_again)
        self.make_button = button(say("Make the call"), self.make, role="primary")
        self.header(say("Call for reports"))
        self._last, self._last_inside = card(is_quiet=True)
        self._lay_out()
        self.footer(self.again_button, self.make_button)
        self.year.currentIndexChanged.connect(lambda _index: self._turn_year(self._year()))
        self.units.chosen.connect(lambda _asked: self._enable())
        self.units.opened.connect(lambda _asked: self.edit_unit())

    def _columns(self) -> tuple[Column[Asked], ...]:
        say, plan, language = self.say, self.context.desk.plan, self.context.language
        return (
            Column(title=say("Code"), text=lambda a: a.unit.code),
            Column(title=say("Name"), text=lambda a: a.unit.names[language], is_wide=True),
            Column(title=say("Kind"), text=lambda a: word(a.unit.kind, say)),
            Column(
                title=say("Countries"),
                text=lambda a: ", ".join(
                    next((c.names[language] for c in plan.focus_countries if c.code == code), code)
                    for code in a.unit.covers
                ),
            ),
            Column(
                title=say("Commitments"),
                text=lambda a: say("{part} of {whole}", part=len(a.commitments), whole=len(plan.commitments)),
                is_figure=True,
            ),
        )

    def _lay_out(self) -> None:
        look, say = style.current(), self.say
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        dates = row(spacing=16)
        for field in (self.year_field, self.deadline_field):
            dates.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        dates.addStretch(1)
        column.addLayout(dates)
        column.addWidget(label(say("Guidance"), type="head"))
        column.addWidget(self.guidance)
        column.addStretch(1)
        self._last.setMinimumWidth(look.px(340))
        self.body.addWidget(Turning(left, self._last, shares=(3, 2)))
        head = label(say("Who is asked"), type="head")
        actions = (self.add_button, self.list_button, self.edit_button, self.remove_button)
        self.body.addLayout(headed_line(head, *actions))
        self.units.setMinimumHeight(look.px(200))
        self.body.addWidget(self.units, 1)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Fill the page from the last call the first time; afterwards what was typed stays."""
        desk = self.context.desk
        call = calling.current_call(desk)
        if self._read_for is None:
            today = desk.clock().astimezone().date()
            span = years_asked(desk)
            year = min(max(today.year, span[0]), span[-1]) if call is None else call.year
            kept = self.context.property(_DRAFT)
            found = kept if isinstance(kept, _Typed) else self._from_call(year, calling.current_call(desk, Year(year)))
            self._show_typed(found)
        self._show_last(calling.current_call(desk, self._year()))
        self._enable()

    def _year(self) -> Year:
        found = self.year.chosen()
        assert isinstance(found, int), "one of the plan's years is always chosen"
        return Year(found)

    def _from_call(self, year: int, call: Call | None) -> _Typed:
        """The year's call, or for a year without one what the latest call asked; before the first the plan's units.

        The list of units that was taken in last stands before what a call of an earlier year asked.
        """
        if call is not None:
            return _Typed(year=year, deadline=call.deadline, guidance=call.guidance, asked=call.asked)
        desk = self.context.desk
        latest = calling.current_call(desk)
        usual = usually_asked(desk)
        asked = _with_listed(usual if latest is None else latest.asked, listed_units(desk))
        guidance = () if latest is None else latest.guidance
        return _Typed(year=year, deadline=usual_deadline(desk, Year(year)), guidance=guidance, asked=asked)

    def _show_typed(self, typed: _Typed) -> None:
        self._read_for = typed.year
        self.year.blockSignals(True)
        self.year.choose(typed.year)
        self.year.blockSignals(False)
        self.deadline.setDate(QDate(typed.deadline.year, typed.deadline.month, typed.deadline.day))
        self.guidance.show_guidance(typed.guidance)
        self._show_asked(typed.asked)

    def _show_asked(self, asked: tuple[Asked, ...], *, stand_on: str = "") -> None:
        self._asked = asked
        self.units.show_values(asked, current=lambda a: a.unit.code == stand_on)

    def _turn_year(self, year: int) -> None:
        if self._read_for is not None:
            self._kept[self._read_for] = replace(self.typed(), year=self._read_for)
        found = self._kept.get(year) or self._from_call(year, calling.current_call(self.context.desk, Year(year)))
        self._show_typed(found)
        self.refresh()

    def _show_last(self, call: Call | None) -> None:
        """What was last made for the year, and the digits that units will ask for."""
        say, inside = self.say, self._last_inside
        while (item := inside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if call is None:
            inside.addWidget(label(say("No call for {year} yet", year=self._year()), type="head", wraps=True))
            inside.addWidget(
                label(
                    say("The call is a file that you send to every unit. It opens the year on their desks."),
                    tone="muted", wraps=True,
                )
            )  # fmt: skip
        else:
            title = say("Call no. {number} for {year}", number=call.number, year=call.year)
            inside.addWidget(label(title, type="head", wraps=True))
            facts = say.plural("Made {when}, deadline {day}, {n} unit.", "Made {when}, deadline {day}, {n} units.",
                               len(call.asked), when=say.moment(call.issued), day=say.date(call.deadline))  # fmt: skip
            inside.addWidget(label(facts, tone="muted", wraps=True))
        root = calling.root_fingerprint(self.context.desk)
        if root is not None:
            inside.addWidget(label(say("Read these digits to a unit that calls:"), wraps=True))
            digits = selectable(root[0], type="strong")
            digits.setAccessibleName(say("UD's digits"))
            inside.addWidget(digits)
        inside.addStretch(1)

    def _enable(self) -> None:
        current = self.units.current()
        self.edit_button.setEnabled(current is not None)
        self.remove_button.setEnabled(current is not None)
        made = calling.current_call(self.context.desk, self._year())
        self.again_button.setVisible(made is not None)
        self.make_button.setText(self.say("Make the call") if made is None else self.say("Make an amended call"))

    # -- who is asked ------------------------------------------------------------------------------

    def _dialog(self, asked: Asked | None) -> AskedDialog:
        desk, taken = self.context.desk, frozenset(a.unit.code for a in self._asked)
        return AskedDialog(
            self, desk.plan, self.say, self.context.language, taken=taken, asked=asked, is_new=asked is None,
            own=own_of(desk, self._year()),
        )  # fmt: skip

    def add_unit(self) -> None:
        """Ask for a unit that the plan does not name."""
        dialog = self._dialog(None)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.asked is not None:
            self._show_asked((*self._asked, dialog.asked), stand_on=dialog.asked.unit.code)

    def edit_unit(self) -> None:
        """Ask what the unit that one stands on is asked about."""
        current = self.units.current()
        if current is None:
            return
        dialog = self._dialog(current)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.asked is not None:
            changed = tuple(dialog.asked if a is current else a for a in self._asked)
            self._show_asked(changed, stand_on=current.unit.code)

    def load_list(self) -> None:
        """Ask for a table of units, show what it says, and take it in where the person says so."""
        desk, kinds = self.context.desk, f"{self.say('Tables')} (*.csv *.txt *.tsv *.xlsx)"
        files = choosing.open_files(self, self.say("Load a list"), folder_of(self.context), kinds=kinds, many=False)
        if not files:
            return
        try:
            read = preview_units(desk, files[0])
        except WpsError as fault:
            self.tell(fault)
            return
        dialog = ListDialog(self, self.say, self.context.language, read)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            keep_units(desk, read.asked)
            self._show_asked(_with_listed(self._asked, read.asked))
            self.context.changed.emit("journal")

    def remove_unit(self) -> None:
        """Take the unit that one stands on out of the call; “Add a unit” with its code brings it back."""
        current = self.units.current()
        if current is not None and self.remove_button.isEnabled():
            self._show_asked(tuple(a for a in self._asked if a is not current))

    # -- making ------------------------------------------------------------------------------------

    def typed(self) -> _Typed:
        """What stands on the page."""
        day = self.deadline.date()
        return _Typed(
            year=self._year(),
            deadline=date(day.year(), day.month(), day.day()),
            guidance=self.guidance.guidance(),
            asked=self._asked,
        )

    def _draft(self) -> CallDraft:
        """Only what is other than the plan has it."""
        typed = self.typed()
        usual = {each.unit.code: each for each in usually_asked(self.context.desk)}
        asked = tuple(a for a in typed.asked if usual.get(a.unit.code) != a)
        held = calling.current_call(self.context.desk, self._year())
        return CallDraft(
            year=typed.year,
            deadline=typed.deadline,
            guidance=typed.guidance,
            questions=() if held is None else still_asked(held.questions),
            asked=asked,
            left_out=frozenset(usual) - {a.unit.code for a in typed.asked},
            focus_countries=usual_countries(self.context.desk) if held is None else held.focus_countries,
            reminders=() if held is None else held.reminders,
        )

    def _place(self) -> Path | None:
        # A number keeps an amended call from meeting the file of the one before.
        held = calling.current_call(self.context.desk, self._year())
        name = f"bestilling_{self._year()}_{1 if held is None else held.number + 1}.asice"
        say = self.say
        return choosing.new_file(
            self, say("Where the call is to lie"), folder_of(self.context) / name, kinds=say("Bundles") + " (*.asice)"
        )

    def make(self) -> None:
        """Ask where the file is to lie, then make the call."""
        out = self._place()
        if out is None:
            return
        draft, desk = self._draft(), self.context.desk
        self.context.jobs.start(
            lambda _progress: calling.create_call(desk, draft, out),
            owner=self, title=self.say("Making the call"), done=lambda call: self._made(call, out), failed=self.tell,
        )  # fmt: skip

    def _made(self, call: Call, out: Path) -> None:
        say = self.say
        remember(self.context, out.parent)
        self._show_typed(replace(self.typed(), asked=call.asked))
        self.context.told.emit(
            Sentence(
                what=say("The call for {year} is made.", year=call.year),
                kept=say("The file is {path}.", path=out),
                do=say("Send it to every unit, and read the digits to those who call."),
            ),
            "success",
        )
        self.context.changed.emit("call")

    def write_again(self) -> None:
        """Write the file of the call that is in force, with revocation lists of today."""
        out = self._place()
        if out is None:
            return
        desk, year = self.context.desk, self._year()
        self.context.jobs.start(
            lambda _progress: calling.write_call(desk, year, out),
            owner=self, title=self.say("Writing the call"), done=lambda _w: self._written(out), failed=self.tell,
        )  # fmt: skip

    def _written(self, out: Path) -> None:
        remember(self.context, out.parent)
        told = Sentence(
            what=self.say("The file of the call is written."), kept=self.say("The file is {path}.", path=out), do=""
        )
        self.context.told.emit(told, "success")

    # -- leaving and coming back -------------------------------------------------------------------------

    def leave(self) -> bool:
        """Keep what was typed as long as the desk is open."""
        if self._read_for is not None:
            self.context.setProperty(_DRAFT, self.typed())
        return True

    def place(self) -> object:
        """Everything that stands on the page."""
        return None if self._read_for is None else self.typed()

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, _Typed):
            self._show_typed(place)
            self.refresh()
