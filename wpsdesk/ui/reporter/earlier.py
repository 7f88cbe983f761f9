"""The answers of an earlier year, to read: the same list, the same heads, and nothing that could change a word."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.call import calling
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.values import field_words
from wpsdesk.report.form import Control, Field, fields_for
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.states import is_empty, state_of
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import TextArea, button, card, column, label, row, selectable
from wpsdesk.ui.reporter.commitments import CommitmentList, states_together
from wpsdesk.ui.reporter.course import Course, course_of
from wpsdesk.ui.reporter.emptying import emptied
from wpsdesk.ui.reporter.heading import Heading
from wpsdesk.ui.reporter.split import ListAndAnswer
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark

BACK_KEY = "Esc"


class EarlierYears(QWidget):
    """One earlier year at a time. Says that it is read only, and leads back by one key."""

    left = Signal()
    """Back to the year that is being reported."""

    year_chosen = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        say, desk = context.say, context.desk
        self._context, self._say = context, say
        self._course = Course(year=Year(0), states={}, asked=frozenset())
        self._answers: dict[EntryKey, Entry] = {}
        self.key: EntryKey | None = None
        self._told: list[str] = []
        self.list = CommitmentList(say, desk.plan, context.language)
        self.heading = Heading(say, context.language, desk.plan)
        self.notice, inside = card(is_quiet=True)
        self._words = label("", type="strong", wraps=True)
        self.back_button = button("", self.left.emit, role="primary")
        line = row(Mark(Sign.DASH, "info"), spacing=8)
        line.addWidget(self._words, 1)
        inside.addLayout(line)
        self._answer = QWidget()
        self._fields = QVBoxLayout(self._answer)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setSpacing(style.current().px(12))
        self.splitter = ListAndAnswer(context, self.list, self.notice, self.heading, self._answer)
        foot = row(None, self.back_button)
        side, above = style.current().px(24), style.current().px(8)
        foot.setContentsMargins(side, above, side, above)
        self.splitter.right.addLayout(foot)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self.splitter)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self.back_button.setFocus)
        self.list.searched.connect(self._search)
        self.list.year_chosen.connect(self.year_chosen)
        self.heading.country_chosen.connect(self._on_country)
        for keys, call in (
            (BACK_KEY, self.left.emit),
            ("Ctrl+PgDown", lambda: self.step(1)),
            ("Ctrl+PgUp", lambda: self.step(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(call)

    @property
    def year(self) -> Year:
        """The year that is read."""
        return self._course.year

    @property
    def notice_text(self) -> str:
        """What it says of the year."""
        return self._words.text()

    @property
    def text(self) -> str:
        """All that is read of the answer."""
        areas = [area.toPlainText() for area in self._answer.findChildren(TextArea) if not area.isHidden()]
        return "\n".join((*areas, *self._told))

    # -- showing -----------------------------------------------------------------------------------

    def show_year(self, year: Year, years: tuple[Year, ...], key: EntryKey | None) -> None:
        """Show the answers of a year; ``years``: all there are to choose from; ``key``: the answer to begin with."""
        desk, say = self._context.desk, self._say
        self._course = course_of(year, drafting.answered(desk, year))
        self._answers = {entry.key: entry for entry in drafting.report(desk, year).entries}
        states = {number: states_together(found) for number, found in self._course.by_commitment().items()}
        self.list.show_years(years, year)
        self.list.show_states(states, self._course.ready, len(self._course.states))
        self.list.everything.setChecked(False)
        self._words.setText(say("You are reading the answers for {year}. They cannot be changed here.", year=year))
        self.back_button.setText(say("Back to {year}  ({key})", year=years[0], key=BACK_KEY))
        wanted = key if key is not None and key in self._answers else None
        if wanted is None and key is not None:
            wanted = next(iter(self._course.of_commitment(key.commitment)), key)
        found = wanted or self._course.first_open()
        if found is not None:
            self.show_answer(found)

    def show_answer(self, key: EntryKey) -> None:
        """Show one answer as it was left."""
        desk, year = self._context.desk, self._course.year
        entry = self._answers.get(key) or Entry(key=key)
        self.key = key
        call = calling.current_call(desk, year)
        self.heading.show_commitment(
            desk.plan.commitment(key.commitment), "" if call is None else call.guidance_on(key.commitment)
        )
        found = tuple(found.country for found in self._course.of_commitment(key.commitment))
        self.heading.show_countries(found or (key.country,), key.country)
        self.heading.show_state(state_of(entry))
        self.list.choose(key.commitment)
        emptied(self._fields)
        self._told = []
        if is_empty(entry):
            words = self._say("Nothing was answered on this commitment in {year}.", year=year)
            self._told.append(words)
            self._fields.addWidget(label(words, tone="muted", wraps=True))
        else:
            for field in fields_for(entry, desk.unit, desk.plan):
                if getattr(entry, field.name) is not False:
                    self._add(field, field_words(field.name, entry, self._say), self._say)
        self.splitter.scroller.verticalScrollBar().setValue(0)

    def _add(self, field: Field, words: str, say: Catalogue) -> None:
        if words in ("", "–"):
            return
        name = say(field.label)
        holder = QWidget()
        head = label(name, type="head")
        if field.control is Control.PASSAGE:
            area = TextArea(name, lines=1, is_read_only=True)
            area.setProperty("role", "last-year")
            area.setPlainText(words)
            head.setBuddy(area)
            holder.setLayout(column(head, area, spacing=2))
        else:
            self._told.append(f"{name}: {words}")
            holder.setLayout(column(head, selectable(words), spacing=2))
        self._fields.addWidget(holder)

    # -- moving ------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """The next answer of the year, or the previous one."""
        if self.key is not None:
            self.show_answer(self._course.neighbour(self.key, by))

    def _on_chosen(self, number: int) -> None:
        if self.key is None or self.key.commitment != number:
            wanted = CommitmentNumber(number)
            self.show_answer(next(iter(self._course.of_commitment(wanted)), EntryKey(wanted, None)))

    def _on_country(self, country: CountryCode | None) -> None:
        if self.key is not None and country != self.key.country:
            self.show_answer(EntryKey(self.key.commitment, country))

    def _search(self) -> None:
        self.list.narrow(self._answers.values())
