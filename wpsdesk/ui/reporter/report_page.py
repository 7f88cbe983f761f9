"""The report: the commitments at the left, one answer at the right, saved as it is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.answers.last_years import last_years
from wpsdesk.desk.call import calling
from wpsdesk.desk.errors import NotReady
from wpsdesk.messages import Sentence
from wpsdesk.messages.moved import moved_words
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.states import EntryState, state_of
from wpsdesk.ui import style
from wpsdesk.ui.agencies.beside_answer import BesideAnswer
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.commitments import CommitmentList, states_together
from wpsdesk.ui.reporter.course import Course, Place, course_of
from wpsdesk.ui.reporter.entry_form import EntryForm
from wpsdesk.ui.reporter.files import AnswerFiles
from wpsdesk.ui.reporter.heading import Heading
from wpsdesk.ui.reporter.history import HistoryDialog
from wpsdesk.ui.reporter.keeper import Keeper
from wpsdesk.ui.reporter.missing import MissingLine
from wpsdesk.ui.reporter.moved_note import MovedNote
from wpsdesk.ui.reporter.names_note import NamesNote
from wpsdesk.ui.reporter.reading import Reading
from wpsdesk.ui.reporter.split import ListAndAnswer, nothing_asked


class ReportPage(Page):
    """One answer after another."""

    shows = ("entries", "call", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        self.title = self.say("Report")
        self.setAccessibleName(self.title)
        self._course: Course | None = None  # None: there is no call
        self._key: EntryKey | None = None
        self._tried: set[EntryKey] = set()
        self._names: drafting.NamesHeld | None = None
        self.keeper = Keeper(context, self)
        self._build()
        self._connect()

    # -- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        say, context = self.say, self.context
        plan = context.desk.plan
        self.list = CommitmentList(say, plan, context.language)
        self.heading = Heading(say, context.language, plan)
        self.form = EntryForm(context)
        self.files = AnswerFiles(context, self, self.form.evidence, self._here)
        self.form.inline.insert_first(self.heading.country_holder)
        self.names_note = NamesNote(say)
        self.form.column.insertWidget(0, self.names_note)
        self.reported = BesideAnswer(context, self.keeper.flush)
        self.form.column.insertWidget(1, self.reported)
        self.moved_note = MovedNote()
        self.form.column.insertWidget(2, self.moved_note)
        self.missing = MissingLine(say)
        self.previous_button = button(say("Previous"), lambda: self.step(-1))
        self.ready_button = button(say("Mark as ready"), self.mark)
        self.next_button = button(say("Next commitment"), lambda: self.step(1), role="primary")
        self.splitter = ListAndAnswer(context, self.list, self.heading, self.form)
        self.scroller = self.splitter.scroller
        self.footer(
            self.previous_button, self.ready_button, self.next_button, left=self.missing, under=self.splitter.right
        )
        self._nothing = nothing_asked(context, self.title)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.splitter, 1)
        self.reading = Reading(context, self.list, self.splitter, self.body)
        self.body.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._to_form)
        self.list.searched.connect(self._search)
        self.list.year_chosen.connect(self.read_year)
        self.heading.country_chosen.connect(self._on_country)
        self.form.changed.connect(self._on_typed)
        self.form.files_pasted.connect(self.files.paste)
        self.files.changed.connect(self._on_files)
        self.missing.wanted.connect(self.go_to)
        self.names_note.wanted.connect(self.go_to)
        self.names_note.pseudonyms_asked.connect(self.open_pseudonyms)
        self.form.access.pseudonyms_asked.connect(self.open_pseudonyms)
        self.reported.taken.connect(self._on_changed_beside)
        self.keeper.saved.connect(self._on_saved)
        self.keeper.failed.connect(self.tell)
        for keys, call in (
            ("Ctrl+Shift+F", self.list.search.setFocus),
            ("Ctrl+H", self.show_history),
            ("Ctrl+PgDown", lambda: self.step(1)),
            ("Ctrl+PgUp", lambda: self.step(-1)),
            ("F8", self.step_to_open),
            ("Ctrl+Return", self.mark),
            ("Ctrl+Shift+A", self.files.choose),
            ("Ctrl+Shift+V", self.files.paste),
            ("Alt+K", self.form.copy_last_at_focus),
        ):
            # Keys of the splitter: they do nothing while an earlier year is read in its place.
            QShortcut(QKeySequence(keys), self.splitter).activated.connect(call)

    # -- showing -----------------------------------------------------------------------------------

    @property
    def key(self) -> EntryKey | None:
        """The answer that is shown."""
        return self._key

    @property
    def year(self) -> Year | None:
        """The year whose answers are shown; None before there is a call."""
        return None if self._course is None else self._course.year

    def refresh(self) -> None:
        """The list from the desk; the answer that is shown stays as it is being written."""
        desk = self.context.desk
        call = calling.current_call(desk)
        self.splitter.setVisible(call is not None and not self.reading.is_on)
        self._nothing.setVisible(call is None)
        if call is None:
            return
        self.keeper.flush()
        is_new = self.year != call.year
        self._course = course_of(call.year, drafting.rows(desk, call.year))
        self._show_list()
        if self._key is None or is_new:
            first = self._course.first_open()
            if first is not None:
                self.open_entry(first)
        elif self.form.value() != self.keeper.entry(call.year, self._key):
            self.open_entry(self._key)  # it has been changed elsewhere: by a file, say

    def _show_list(self) -> None:
        assert self._course is not None
        states = {number: states_together(found) for number, found in self._course.by_commitment().items()}
        self.list.show_states(states, self._course.ready, len(self._course.states))
        self.reading.show_years(self._course.year)

    def read_year(self, year: int, key: EntryKey | None = None) -> None:
        """Read the answers of an earlier year, first on the commitment that is shown; this year's leads back."""
        if self._course is not None and self.keeper.flush():
            self.reading.read(year, key or self._key)

    def open_entry(self, key: EntryKey) -> None:
        """Show one answer; what was written in the last one is kept first."""
        assert self._course is not None
        self.keeper.flush()
        desk, year = self.context.desk, self._course.year
        self._key = key
        entry = self.keeper.entry(year, key)
        last_year = Year(year - 1)
        last = last_years(desk, year, key)
        call = calling.current_call(desk, year)
        self.heading.show_commitment(
            desk.plan.commitment(key.commitment), "" if call is None else call.guidance_on(key.commitment)
        )
        self.heading.show_countries(self._countries(key.commitment), key.country)
        self.form.ask(() if call is None else call.questions)
        self.form.show_entry(entry, None if last is None else last.entry, last_year)
        self.moved_note.show_words(
            "" if last is None else moved_words(last.origins, key.commitment, last_year, self.say)
        )
        self.scroller.verticalScrollBar().setValue(0)
        self.list.choose(key.commitment)
        self._names = drafting.names_held(desk, self._course.year, besides=key)
        self.files.show_here((year, key))
        self.reported.show_answer(year, key)
        self._judge(entry)

    def _countries(self, number: CommitmentNumber) -> tuple[CountryCode | None, ...]:
        assert self._course is not None
        found = (key.country for key in self._course.of_commitment(number))
        return tuple(dict.fromkeys((*self._covers, *found)))

    @property
    def _covers(self) -> tuple[CountryCode | None, ...]:
        return self.context.desk.unit.covers or (None,)

    def _judge(self, entry: Entry) -> None:
        """State, what is missing, and what the ready button does now."""
        state = state_of(entry)
        problems = drafting.entry_problems(self.context.desk, entry, self._names, self.form.questions)
        self.names_note.show_problems(problems)
        self.heading.show_state(state)
        self.missing.show_problems(problems if state is not EntryState.EMPTY or entry.key in self._tried else ())
        self.form.show_problems(problems if entry.key in self._tried else ())
        say = self.say
        self.ready_button.setText(say("Make it a draft again") if entry.is_marked_ready else say("Mark as ready"))

    # -- moving ------------------------------------------------------------------------------------

    def _on_chosen(self, number: int) -> None:
        if self._course is None or (self._key is not None and self._key.commitment == number):
            return
        keys = self._course.of_commitment(CommitmentNumber(number))
        self.open_entry(keys[0] if keys else EntryKey(CommitmentNumber(number), self._covers[0]))

    def _on_country(self, country: CountryCode | None) -> None:
        if self._key is not None and country != self._key.country:
            self.open_entry(EntryKey(self._key.commitment, country))

    def step(self, by: int) -> None:
        """The next answer that is asked, or the previous one; from the last it goes to the first."""
        if self._key is not None and self._course is not None:
            self.open_entry(self._course.neighbour(self._key, by))
            self._to_form()

    def step_to_open(self) -> None:
        """The next answer that is not done."""
        if self._key is not None and self._course is not None:
            found = self._course.next_open(self._key)
            if found is None:
                self.context.told.emit(
                    Sentence(what=self.say("All that is asked is ready."), kept="", do=""), "success"
                )
                return
            self.open_entry(found)
            self._to_form()

    def _to_form(self) -> None:
        self.form.go_to("nothing_reason" if self.form.holders["effort"].isHidden() else "effort")

    def go_to(self, field: str) -> None:
        """The focus on one field, and the field in sight."""
        found = self.form.go_to(field)
        if found is not None:
            QTimer.singleShot(0, found, lambda: self.scroller.ensureWidgetVisible(found, 0, style.current().px(40)))

    def _search(self) -> None:
        assert self._course is not None
        self.keeper.flush()
        self.list.narrow(drafting.report(self.context.desk, self._course.year).entries)

    # -- writing -----------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        assert self._course is not None
        entry = self.form.value()
        self.keeper.put(self._course.year, entry)
        self._judge(entry)

    def _on_saved(self, key: EntryKey, state: EntryState) -> None:
        assert self._course is not None
        before, self._course = self._course, self._course.after(key, state)
        if before.states.get(key) is not self._course.states.get(key):
            self._show_list()
            self.context.changed.emit("states")
        if key == self._key and state is EntryState.DRAFT and self.form.value().is_marked_ready:
            self.form.take_ready(is_ready=False)
            self._judge(self.form.value())

    def mark(self) -> None:
        """Mark the answer as ready, or make it a draft again; what stands in the way is shown at its fields."""
        if self._key is None or self.year is None or not self.keeper.flush():
            return
        desk, key = self.context.desk, self._key
        verb = drafting.unmark if self.form.value().is_marked_ready else drafting.mark_ready
        try:
            entry = verb(desk, self.year, key)
        except NotReady:
            self._tried.add(key)
            self._judge(self.form.value())
            if self.missing.links:
                self.missing.links[0].click()
            return
        except WpsError as fault:
            self.tell(fault)
            return
        self.form.take_ready(is_ready=entry.is_marked_ready)
        self._on_saved(key, state_of(entry))
        self.context.saved.emit(desk.clock())
        self._judge(entry)

    def open_pseudonyms(self) -> None:
        """The table of pseudonyms, and what replacing the names would change."""
        if self.year is None or not self.keeper.flush():
            return
        from wpsdesk.ui.reporter.pseudonyms import PseudonymsDialog

        self.pseudonyms = PseudonymsDialog(self.context, self.year, self)
        self.pseudonyms.replaced.connect(self._on_changed_beside)
        self.pseudonyms.finished.connect(self._on_changed_beside)
        show_over(self.pseudonyms)

    def _on_changed_beside(self) -> None:
        self.context.changed.emit("entries")
        if self._key is not None:
            self.open_entry(self._key)

    # -- evidence ----------------------------------------------------------------------------------

    def accept_file_drop(self, paths: list[str]) -> bool:
        """Files dropped on the form are attached to the answer that is shown."""
        if self._key is None or self.reading.is_on:
            return False
        self.files.attach(tuple(Path(path) for path in paths))
        return True

    def _here(self) -> tuple[Year, EntryKey] | None:
        """The answer that is shown, once what was typed in it is kept; None where there is none, or it could not be."""
        if self._key is None or self.year is None or not self.keeper.flush():
            return None
        return self.year, self._key

    def _on_files(self, year: Year, entry: Entry) -> None:
        self.keeper.take_files_of(year, entry)
        if entry.key == self._key:
            self.form.show_evidence(entry)
            self.files.show_here((year, entry.key))
            self._judge(self.form.value())
        self._on_saved(entry.key, state_of(entry))
        self.context.saved.emit(self.context.desk.clock())

    # -- what the window asks ----------------------------------------------------------------------

    def open_thing(self, thing: object) -> None:
        """Go to an answer (EntryKey), or to one field of it (EntryKey, field)."""
        match thing:
            case EntryKey():
                self.reading.stop()
                self.open_entry(thing)
                self._to_form()
            case (int() as year, EntryKey() as key):
                self.read_year(year, key)
            case (EntryKey() as key, str() as field):
                self.reading.stop()
                self.open_entry(key)
                self._tried.add(key)
                self._judge(self.form.value())
                self.go_to(field)
            case _:
                pass

    def show_history(self) -> None:
        """Every change of the answer that is shown, first of the field one is in."""
        if self._key is not None and self.year is not None and self.keeper.flush():
            dialog = HistoryDialog(self.context, self.year, self._key, self._field(), self)
            dialog.restored.connect(self._on_changed_beside)
            show_over(dialog)

    def leave(self) -> bool:
        """Save what is held, and remember how wide the list was."""
        self.splitter.remember()
        return self.keeper.flush()

    def place(self) -> object:
        """The answer, how far it was scrolled, and the field one was in."""
        return Place(self._key, self.scroller.verticalScrollBar().value(), self._field(), self.reading.place)

    def _field(self) -> str:
        """The field one is in, or ""."""
        focus = QApplication.focusWidget() or self
        return next((n for n, e in self.form.editors.items() if e.isAncestorOf(focus)), "")

    def return_to(self, place: object) -> None:
        """Back to it."""
        if isinstance(place, Place) and place.key is not None and self.year is not None:
            self.open_entry(place.key)
            if place.field:
                self.form.go_to(place.field)
            bar = self.scroller.verticalScrollBar()
            QTimer.singleShot(0, self, lambda: bar.setValue(place.scrolled))
            if place.reading is not None:
                self.read_year(*place.reading)
