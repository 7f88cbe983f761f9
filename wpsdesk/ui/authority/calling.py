"""The call for reports: which year, by when, with what guidance, and who is asked about what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import CountryCode, Year
from wpsdesk.desk.call import calling
from wpsdesk.desk.call.questioning import LARGEST, read_questions
from wpsdesk.desk.errors import DeadlinePassed
from wpsdesk.messages import Sentence, sentence, word
from wpsdesk.plan.model import with_countries
from wpsdesk.report.call import Asked, Call
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.asking import AskedDialog
from wpsdesk.ui.authority.call_drafting import Typed, asked_before, beginning, draft_of, with_listed
from wpsdesk.ui.authority.countries_section import CountriesSection
from wpsdesk.ui.authority.days import DayEdit
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.guiding import GuidanceEditor
from wpsdesk.ui.authority.listing import countries_taken, units_taken
from wpsdesk.ui.authority.questions_section import QuestionsSection
from wpsdesk.ui.authority.reminder_notice import ReminderNotice
from wpsdesk.ui.authority.reminders_section import RemindersSection
from wpsdesk.ui.authority.splitting import Turning
from wpsdesk.ui.authority.starting import own_of, years_asked
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, card, label, row, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import headed_line
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page
from wpsdesk.ui.trust.segments import Segments

_DRAFT: Final = "call-draft"  # the name under which the open desk keeps a call that is not made yet


class CallPage(Page):
    """Making a call, or amending the one that was made."""

    shows = ("call",)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, plan = self.say, context.desk.plan
        self._read_for: int | None = None  # the year that the page was filled for
        self._kept: dict[int, Typed] = {}  # what was typed for other years
        self._asked: tuple[Asked, ...] = ()
        span = years_asked(context.desk)
        self.year = Choice(say("Year that is reported on"), [(year, str(year)) for year in span])
        self.deadline = DayEdit(say)
        self.year_field = Field(say("Year that is reported on"), self.year)
        self.deadline_field = Field(say("Deadline for the units"), self.deadline)
        self.guidance = GuidanceEditor(plan, say, context.language)
        self.units: Listing[Asked] = Listing(
            say("Units that are asked"),
            self._columns(),
            empty=say("Nobody is asked yet."),
            how=say("Add a unit, or load a list of units."),
        )
        self.parts = Segments(say("Parts of the call"))
        self.questions = QuestionsSection(plan, say, context.language)
        self.countries = CountriesSection(say, context.language)
        self.reminders = RemindersSection(say, context.desk.clock().astimezone().date())
        self.questions.file_asked.connect(self.load_questions)
        self.countries.list_asked.connect(self.load_countries)
        self.add_button = button(say("Add a unit"), self.add_unit)
        self.list_button = button(say("Load a list"), self.load_list)
        self.edit_button = button(say("Choose commitments"), self.edit_unit)
        self.remove_button = button(say("Take away"), self.remove_unit)
        self.again_button = button(say("Write the file again"), self.write_again)
        self.make_button = button(say("Make the call"), self.make, role="primary")
        self.header(say("Call for reports"))
        self.notice = ReminderNotice(context, say("Show the coverage"))
        self.notice.wanted.connect(self._show_coverage)
        self.body.addWidget(self.notice)
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
                text=lambda a: ", ".join(self._country_name(code) for code in a.unit.covers),
            ),
            Column(
                title=say("Commitments"),
                text=lambda a: say("{part} of {whole}", part=len(a.commitments), whole=len(plan.commitments)),
                is_figure=True,
            ),
        )

    def _country_name(self, code: CountryCode) -> str:
        found = next((c for c in self.countries.countries() if c.code == code), None)
        return code if found is None else found.names[self.context.language]

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
        who = QWidget()
        inside = QVBoxLayout(who)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(8))
        actions = (self.add_button, self.list_button, self.edit_button, self.remove_button)
        inside.addLayout(headed_line(label(say("Who is asked"), type="head"), *actions))
        self.units.setMinimumHeight(look.px(200))
        inside.addWidget(self.units, 1)
        self.body.addWidget(self.parts)
        for name, title, part in (
            ("units", say("Units"), who),
            ("questions", say("Questions"), self.questions),
            ("countries", say("Focus countries"), self.countries),
            ("reminders", say("Reminders"), self.reminders),
        ):
            if part is self.countries and self.context.desk.is_gathering:
                part.setParent(self)  # below UD's call they are UD's
                part.setVisible(False)
                continue
            part.setMinimumHeight(look.px(230))
            self.body.addWidget(part, 1)
            self.parts.add(name, title, part)
        self.parts.show_part("units")

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
            found = kept if isinstance(kept, Typed) else beginning(desk, year)
            self._show_typed(found)
        self._show_last(calling.current_call(desk, self._year()))
        self.notice.refresh()
        self._enable()

    def _show_coverage(self) -> None:
        self.context.asked.emit("coverage", None)

    def _year(self) -> Year:
        found = self.year.chosen()
        assert isinstance(found, int), "one of the plan's years is always chosen"
        return Year(found)

    def _show_typed(self, typed: Typed) -> None:
        self._read_for = typed.year
        self.year.blockSignals(True)
        self.year.choose(typed.year)
        self.year.blockSignals(False)
        self.deadline.setDate(QDate(typed.deadline.year, typed.deadline.month, typed.deadline.day))
        self.guidance.show_guidance(typed.guidance)
        self._show_asked(typed.asked)
        self.questions.show_questions(typed.questions, asked_before(self.context.desk))
        self.countries.show_countries(typed.countries, typed.year)
        self.reminders.show_days(typed.reminders, typed.deadline)

    def _show_asked(self, asked: tuple[Asked, ...], *, stand_on: str = "") -> None:
        self._asked = asked
        self.units.show_values(asked, current=lambda a: a.unit.code == stand_on)

    def _turn_year(self, year: int) -> None:
        if self._read_for is not None:
            self._kept[self._read_for] = replace(self.typed(), year=self._read_for)
        found = self._kept.get(year) or beginning(self.context.desk, year)
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
        plan = desk.plan.with_countries(self.countries.countries())
        return AskedDialog(
            self, plan, self.say, self.context.language, taken=taken, asked=asked, is_new=asked is None,
            own=own_of(desk, self._year()),
        )  # fmt: skip

    def add_unit(self) -> None:
        """Ask for a unit that the plan does not name."""
        dialog = self._dialog(None)
        if is_accepted(dialog) and dialog.asked is not None:
            self._show_asked((*self._asked, dialog.asked), stand_on=dialog.asked.unit.code)

    def edit_unit(self) -> None:
        """Ask what the unit that one stands on is asked about."""
        current = self.units.current()
        if current is None:
            return
        dialog = self._dialog(current)
        if is_accepted(dialog) and dialog.asked is not None:
            changed = tuple(dialog.asked if a is current else a for a in self._asked)
            self._show_asked(changed, stand_on=current.unit.code)

    def load_list(self) -> None:
        """Ask for a table of units, show what it says, and take it in where the person says so."""
        if taken := units_taken(self, self.context, self.countries.countries()):
            self._show_asked(with_listed(self._asked, taken))
            self.context.changed.emit("journal")

    def load_countries(self) -> None:
        """The same with a table of focus countries."""
        if taken := countries_taken(self, self.context):
            self.countries.show_countries(with_countries(self.countries.countries(), taken), self._year())
            self.context.changed.emit("journal")

    def load_questions(self) -> None:
        """Ask for a file of questions, and let them stand on the page in the place of those that stood there."""
        desk, kinds = self.context.desk, f"{self.say('Questions')} (*.json)"
        files = choosing.open_files(self, self.say("Load a file"), folder_of(self.context), kinds=kinds, many=False)
        if not files:
            return
        try:
            found = read_questions(desk, read_file(files[0], limit=LARGEST))
        except WpsError as fault:
            self.tell(fault)
            return
        self.questions.show_questions(found, asked_before(desk))

    def remove_unit(self) -> None:
        """Take the unit that one stands on out of the call; “Add a unit” with its code brings it back."""
        current = self.units.current()
        if current is not None and self.remove_button.isEnabled():
            self._show_asked(tuple(a for a in self._asked if a is not current))

    # -- making ------------------------------------------------------------------------------------

    def typed(self) -> Typed:
        """What stands on the page."""
        day = self.deadline.date()
        return Typed(
            year=self._year(),
            deadline=date(day.year(), day.month(), day.day()),
            guidance=self.guidance.guidance(),
            asked=self._asked,
            questions=self.questions.questions(),
            countries=self.countries.countries(),
            reminders=self.reminders.days(),
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
        desk, typed = self.context.desk, self.typed()
        if typed.deadline <= desk.clock().astimezone().date():  # said at the field, before anybody is asked for a file
            self.deadline_field.show_error(sentence(DeadlinePassed(deadline=typed.deadline), self.say).what)
            self.deadline.setFocus()
            return
        self.deadline_field.show_error("")
        out = self._place()
        if out is None:
            return
        draft = draft_of(desk, typed)
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
        if isinstance(place, Typed):
            self._show_typed(place)
            self.refresh()
