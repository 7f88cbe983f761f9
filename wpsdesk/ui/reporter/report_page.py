"""The report: the commitments at the left, one answer at the right, saved as it is written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk import attaching, calling, drafting
from wpsdesk.desk.errors import NotReady
from wpsdesk.report.checks import asked_keys
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.states import EntryState, is_empty, state_of
from wpsdesk.ui import choosing, style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, column, label, row
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.commitments import CommitmentList, holds, states_together
from wpsdesk.ui.reporter.entry_form import EntryForm
from wpsdesk.ui.reporter.heading import Heading
from wpsdesk.ui.reporter.keeper import Keeper
from wpsdesk.ui.reporter.missing import MissingLine
from wpsdesk.ui.scrolling import Content, Scroller

SPLITTER = "report"


class Place(NamedTuple):
    """Where one is in the report, for the page that replaces this one in another language."""

    key: EntryKey | None
    scrolled: int
    field: str


class ReportPage(Page):
    """One answer after another."""

    shows = ("entries", "call", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        self.title = self.say("Report")
        self.setAccessibleName(self.title)
        self._year: Year | None = None
        self._key: EntryKey | None = None
        self._keys: tuple[EntryKey, ...] = ()
        self._states: dict[EntryKey, EntryState] = {}
        self._asked: frozenset[EntryKey] = frozenset()
        self._tried: set[EntryKey] = set()
        self.keeper = Keeper(context, self)
        self._build()
        self._connect()

    # -- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        say, context = self.say, self.context
        plan, unit = context.desk.plan, context.desk.unit
        self.list = CommitmentList(say, plan, context.language)
        self.heading = Heading(say, context.language, plan)
        self.form = EntryForm(say, context.language, unit, plan)
        self.form.inline.insert_first(self.heading.country_holder)
        self.missing = MissingLine(say)
        self.previous_button = button(say("Previous"), lambda: self.step(-1))
        self.ready_button = button(say("Mark as ready"), self.mark)
        self.next_button = button(say("Next commitment"), lambda: self.step(1), role="primary")
        right = self._right()
        self.footer(self.previous_button, self.ready_button, self.next_button, left=self.missing)
        self._split(right)
        self._nothing = self._empty()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.splitter, 1)
        self.body.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)

    def _right(self) -> QWidget:
        """The answer, which scrolls; the page's foot goes under it."""
        look = style.current()
        content = Content()
        inside = QVBoxLayout(content)
        side = look.px(12 if look.is_large else 24)
        inside.setContentsMargins(side, look.px(14), side, look.px(16))
        inside.setSpacing(look.px(10))
        inside.addWidget(self.heading)
        inside.addWidget(self.form)
        inside.addStretch(1)
        self.scroller = Scroller(content)
        right = QWidget()
        self.frame = QVBoxLayout(right)
        self.frame.setContentsMargins(0, 0, 0, 0)
        self.frame.setSpacing(0)
        self.frame.addWidget(self.scroller, 1)
        return right

    def _split(self, right: QWidget) -> None:
        look = style.current()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setSizes([look.px(150 if look.is_large else 312), look.px(900)])
        state = self.context.settings.splitter(SPLITTER)
        if state:
            self.splitter.restoreState(QByteArray(state))

    def _empty(self) -> QWidget:
        """What stands here before there is a call."""
        look, say = style.current(), self.say
        found = QWidget()
        words = label(say("No call for reports has been loaded yet. Load it under Set-up."), tone="muted", wraps=True)
        go_there = button(say("Go to Set-up"), lambda: self.context.asked.emit("setup", None))
        inside = column(label(self.title, type="title"), words, spacing=12)
        inside.addLayout(row(go_there, None))
        inside.setContentsMargins(look.px(24), look.px(16), look.px(24), 0)
        found.setLayout(inside)
        return found

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._to_form)
        self.list.searched.connect(self._search)
        self.heading.country_chosen.connect(self._on_country)
        self.form.changed.connect(self._on_typed)
        self.form.evidence.attach_asked.connect(self.choose_files)
        self.form.evidence.detach_asked.connect(self.detach)
        self.missing.wanted.connect(self.go_to)
        self.keeper.saved.connect(self._on_saved)
        self.keeper.failed.connect(self.tell)
        for keys, call in (
            ("Ctrl+F", self.list.search.setFocus),
            ("Ctrl+PgDown", lambda: self.step(1)),
            ("Ctrl+PgUp", lambda: self.step(-1)),
            ("Ctrl+Return", self.mark),
            ("Ctrl+Shift+A", self.choose_files),
            ("Alt+K", self.form.copy_last_at_focus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(call)

    # -- showing -----------------------------------------------------------------------------------

    @property
    def key(self) -> EntryKey | None:
        """The answer that is shown."""
        return self._key

    def refresh(self) -> None:
        """The list from the desk; the answer that is shown stays as it is being written."""
        desk = self.context.desk
        call = calling.current_call(desk)
        self.splitter.setVisible(call is not None)
        self._nothing.setVisible(call is None)
        if call is None:
            return
        self.keeper.flush()
        is_new = self._year != call.year
        self._year = call.year
        rows = drafting.rows(desk, call.year)
        self._states = {row.key: row.state for row in rows}
        self._keys = tuple(row.key for row in rows)
        self._asked = frozenset(asked_keys(calling.asked(desk, call.year)))
        self._show_list()
        if (self._key is None or is_new) and self._keys:
            self.open_entry(self._first_open())

    def _first_open(self) -> EntryKey:
        unfinished = (k for k in self._keys if self._states[k] not in (EntryState.READY, EntryState.NOTHING))
        return next(unfinished, self._keys[0])

    def _show_list(self) -> None:
        together: dict[CommitmentNumber, list[EntryState]] = {}
        for key, state in self._states.items():
            together.setdefault(key.commitment, []).append(state)
        done = sum(s in (EntryState.READY, EntryState.NOTHING) for s in self._states.values())
        states = {number: states_together(found) for number, found in together.items()}
        self.list.show_states(states, done, len(self._states))

    def open_entry(self, key: EntryKey) -> None:
        """Show one answer; what was written in the last one is kept first."""
        assert self._year is not None
        self.keeper.flush()
        desk = self.context.desk
        if key not in self._states:
            self._states[key] = EntryState.EMPTY
        self._key = key
        entry = self.keeper.entry(self._year, key)
        last_year = Year(self._year - 1)
        last = drafting.entry(desk, last_year, key)
        call = calling.current_call(desk, self._year)
        self.heading.show_commitment(
            desk.plan.commitment(key.commitment), "" if call is None else call.guidance_on(key.commitment)
        )
        self.heading.show_countries(self._countries(key.commitment), key.country)
        self.form.show_entry(entry, None if is_empty(last) else last, last_year)
        self.scroller.verticalScrollBar().setValue(0)
        self.list.choose(key.commitment)
        self._judge(entry)

    def _countries(self, number: CommitmentNumber) -> tuple[CountryCode | None, ...]:
        found = [key.country for key in self._states if key.commitment == number]
        covers: tuple[CountryCode | None, ...] = self.context.desk.unit.covers or (None,)
        return tuple(dict.fromkeys((*covers, *found)))

    def _judge(self, entry: Entry) -> None:
        """State, what is missing, and what the ready button does now."""
        state = state_of(entry)
        problems = drafting.entry_problems(self.context.desk, entry)
        self.heading.show_state(state)
        self.missing.show_problems(problems if state is not EntryState.EMPTY or entry.key in self._tried else ())
        self.form.show_problems(problems if entry.key in self._tried else ())
        say = self.say
        self.ready_button.setText(say("Make it a draft again") if entry.is_marked_ready else say("Mark as ready"))

    # -- moving ------------------------------------------------------------------------------------

    def _on_chosen(self, number: int) -> None:
        if self._year is None or (self._key is not None and self._key.commitment == number):
            return
        keys = [key for key in self._keys if key.commitment == number]
        covers: tuple[CountryCode | None, ...] = self.context.desk.unit.covers or (None,)
        self.open_entry(keys[0] if keys else EntryKey(CommitmentNumber(number), covers[0]))

    def _on_country(self, country: CountryCode | None) -> None:
        if self._key is not None and country != self._key.country:
            self.open_entry(EntryKey(self._key.commitment, country))

    def step(self, by: int) -> None:
        """The next answer that is asked, or the previous one; from the last it goes to the first."""
        if self._key is None or not self._keys:
            return
        keys = sorted({*self._keys, self._key}, key=lambda key: (key.commitment, key.country or ""))
        self.open_entry(keys[(keys.index(self._key) + by) % len(keys)])
        self._to_form()

    def _to_form(self) -> None:
        self.form.go_to("nothing_reason" if self.form.holders["effort"].isHidden() else "effort")

    def go_to(self, field: str) -> None:
        """The focus on one field, and the field in sight."""
        found = self.form.go_to(field)
        if found is not None:
            QTimer.singleShot(0, found, lambda: self.scroller.ensureWidgetVisible(found, 0, style.current().px(40)))

    def _search(self) -> None:
        words = self.list.search.text().strip()
        if not words:
            self.list.show_matches(None)
            return
        assert self._year is not None
        self.keeper.flush()
        answers = drafting.report(self.context.desk, self._year).entries
        self.list.show_matches(
            self.list.matching(words) | frozenset(e.key.commitment for e in answers if holds(e, words))
        )

    # -- writing -----------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        assert self._year is not None
        entry = self.form.value()
        self.keeper.put(self._year, entry)
        self._judge(entry)

    def _on_saved(self, key: EntryKey, state: EntryState) -> None:
        before = self._states.get(key)
        self._states[key] = state
        if state is EntryState.EMPTY and key not in self._asked:
            del self._states[key]
        if before is not state:
            self._keys = tuple(sorted(self._states, key=lambda k: (k.commitment, k.country or "")))
            self._show_list()
            self.context.changed.emit("states")
        if key == self._key and state is EntryState.DRAFT and self.form.value().is_marked_ready:
            self.form.take_ready(is_ready=False)
            self._judge(self.form.value())

    def mark(self) -> None:
        """Mark the answer as ready, or make it a draft again; what stands in the way is shown at its fields."""
        if self._key is None or self._year is None or not self.keeper.flush():
            return
        desk, key = self.context.desk, self._key
        try:
            if self.form.value().is_marked_ready:
                entry = drafting.unmark(desk, self._year, key)
            else:
                entry = drafting.mark_ready(desk, self._year, key)
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

    # -- evidence ----------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Attach files by the dialog."""
        found = choosing.open_files(self, self.say("Attach files"), self.context.settings.last_folder)
        if found:
            self.context.remember(last_folder=found[0].parent)
            self.attach(found)

    def accept_file_drop(self, paths: list[str]) -> bool:
        """Files dropped on the form are attached to the answer that is shown."""
        if self._key is None:
            return False
        self.attach(tuple(Path(path) for path in paths))
        return True

    def attach(self, paths: tuple[Path, ...]) -> None:
        """Attach files to the answer that is shown, on the worker."""
        if self._key is None or self._year is None:
            return
        self.keeper.flush()
        desk, year, key, language = self.context.desk, self._year, self._key, self.context.language

        def work(progress: Progress) -> Entry:
            return attaching.attach(desk, year, key, paths, language=language, progress=progress)

        title = self.say.plural("Attaching {n} file", "Attaching {n} files", len(paths))
        self.context.jobs.start(
            work, owner=self, title=title, done=lambda entry: self._on_files(year, entry), failed=self._on_refused
        )

    def detach(self, digest: str) -> None:
        """Take one file off."""
        if self._key is None or self._year is None or not self.keeper.flush():
            return
        found = next((e for e in self.form.value().evidence if e.digest == digest), None)
        if found is None:
            return
        try:
            self._on_files(self._year, attaching.detach(self.context.desk, self._year, self._key, found.digest))
        except WpsError as fault:
            self.tell(fault)

    def _on_files(self, year: Year, entry: Entry) -> None:
        self.keeper.take_files_of(year, entry)
        if entry.key == self._key:
            self.form.show_evidence(entry)
            self._judge(self.form.value())
        self._on_saved(entry.key, state_of(entry))
        self.context.saved.emit(self.context.desk.clock())

    def _on_refused(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            self.tell(fault)

    # -- what the window asks ----------------------------------------------------------------------

    def open_thing(self, thing: object) -> None:
        """Go to an answer (EntryKey), or to one field of it (EntryKey, field)."""
        match thing:
            case EntryKey():
                self.open_entry(thing)
                self._to_form()
            case (EntryKey() as key, str() as field):
                self.open_entry(key)
                self._tried.add(key)
                self._judge(self.form.value())
                self.go_to(field)
            case _:
                pass

    def leave(self) -> bool:
        """Save what is held, and remember how wide the list was."""
        state = bytes(self.splitter.saveState().data())
        if self.context.settings.splitter(SPLITTER) != state:
            self.context.remember(splitters=self.context.settings.with_splitter(SPLITTER, state).splitters)
        return self.keeper.flush()

    def place(self) -> object:
        """The answer, how far it was scrolled, and the field one was in."""
        focus = QApplication.focusWidget() or self
        focused = next((n for n, e in self.form.editors.items() if e.isAncestorOf(focus)), "")
        return Place(self._key, self.scroller.verticalScrollBar().value(), focused)

    def return_to(self, place: object) -> None:
        """Back to it."""
        if isinstance(place, Place) and place.key is not None and self._year is not None:
            self.open_entry(place.key)
            if place.field:
                self.form.go_to(place.field)
            bar = self.scroller.verticalScrollBar()
            QTimer.singleShot(0, self, lambda: bar.setValue(place.scrolled))
