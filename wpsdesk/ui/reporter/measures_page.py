"""The unit's own measures over all commitments: seen together, changed here, one press from their commitment."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.folding import fold
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import measures
from wpsdesk.desk.answers.measures import ENDED, MeasureLine
from wpsdesk.desk.call import calling
from wpsdesk.messages import word
from wpsdesk.report.form import field_named
from wpsdesk.report.model import Measure, MeasureStatus
from wpsdesk.ui import style
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, column, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.follow_up_card import FollowUpCard
from wpsdesk.ui.reporter.keeper import PAUSE
from wpsdesk.ui.reporter.new_measure import NewMeasureDialog
from wpsdesk.ui.reporter.records import RecordFrame
from wpsdesk.ui.reporter.split import nothing_asked
from wpsdesk.ui.signs import Sign


class Shown(StrEnum):
    """Which measures the list shows."""

    ALL = "all"
    OPEN = "open"
    LATE = "late"
    WITHOUT_RESULT = "without-result"


LOOKS: Final = {
    MeasureStatus.PLANNED: (Sign.RING, "neutral"),
    MeasureStatus.UNDER_WAY: (Sign.DOTS, "info"),
    MeasureStatus.DONE: (Sign.TICK, "success"),
    MeasureStatus.STOPPED: (Sign.DASH, "neutral"),
}
"""The sign and the tone of each status; its word is the form's."""


class MeasuresPage(Page):
    """What the unit has said it will do, and how far that has come."""

    shows = ("entries", "call", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._year: Year | None = None
        self._lines: tuple[MeasureLine, ...] = ()
        self._line: MeasureLine | None = None  # the one in the fields
        self.add_button = button(say("Add a measure"), self.add)
        self.header(say("Own measures"), self.add_button)
        self.card = FollowUpCard(context, self)
        self.card.changed.connect(self._on_document)
        self.which = Choice(say("Which measures are shown"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Search in the measures"))
        self.search.setAccessibleName(say("Search in the measures"))
        self.search.setClearButtonEnabled(True)
        self.list: Listing[MeasureLine] = Listing(
            say("Own measures"), self._columns(), empty=say("There are no measures to list."),
            how=say("What the unit has said it will do under a commitment is added here, or at the commitment itself."),
        )  # fmt: skip
        self.fields = RecordFrame(say, field_named("measures"), 1)
        self.fields.remove_button.hide()
        self.go_button = button(say("Go to the commitment"), self.go_to_commitment, role="primary")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        look = style.current()
        self._nothing = nothing_asked(self.context, self.title)
        self.body.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.card)
        self.search.setMinimumWidth(look.px(220))
        self._filters = flow(self.which, self.search, spacing=12)
        self.body.addWidget(self._filters)
        self.body.addWidget(_Room(self.list), 1)
        self._head = label("", type="head", wraps=True)
        self._more = label("", type="small", wraps=True)
        self._one = QWidget()
        self._one.setLayout(column(self._head, self.fields, self._more, spacing=6))
        self.body.addWidget(self._one)
        self.footer(self.go_button)

    def _connect(self) -> None:
        self.which.activated.connect(self._on_filter)
        self.search.textChanged.connect(self._on_filter)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.fields.changed.connect(self._on_typed)
        self._soon.timeout.connect(self.flush)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go_to_commitment)

    def _columns(self) -> tuple[Column[MeasureLine], ...]:
        say = self.say
        return (
            Column(title=say("Commitment"), text=self._where),
            Column(title=say("Measure"), text=lambda line: line.measure.title, is_wide=True),
            Column(title=say("Who is responsible"), text=lambda line: line.measure.owner, at_most=190),
            Column(title=say("To be done by"), text=self._due),
            Column(
                title=say("How far it has come"), text=lambda line: self._chip(line).word, chip=self._chip
            ),
            Column(title=say("Result this year"), text=lambda line: line.measure.result, at_most=220),
        )  # fmt: skip

    def _where(self, line: MeasureLine) -> str:
        country = line.key.country
        if country is None or len(self.context.desk.unit.covers) < 2:
            return str(line.key.commitment)
        return f"{line.key.commitment} {self.context.desk.plan.country(country).names[self.context.language]}"

    def _due(self, line: MeasureLine) -> str:
        return "–" if line.measure.due is None else self.say.date(line.measure.due)

    def _chip(self, line: MeasureLine) -> Chip:
        if line.is_late:
            return Chip(sign=Sign.CLOCK, word=self.say("Past its day"), tone="danger")
        sign, tone = LOOKS[line.measure.status]
        return Chip(sign=sign, word=word(line.measure.status, self.say), tone=tone)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again; what is being typed is kept first."""
        desk = self.context.desk
        call = calling.current_call(desk)
        self._nothing.setVisible(call is None)
        for each in (self.card, self._filters, self.list, self.add_button, self.go_button):
            each.setVisible(call is not None)
        self._one.setVisible(call is not None and self._line is not None)
        if call is None:
            return
        self.flush()
        self._year = call.year
        self.card.show_year(call.year)
        self._read()

    def _read(self) -> None:
        assert self._year is not None
        self._lines = measures.measures(self.context.desk, self._year)
        self._offer()
        self._show()

    def _offer(self) -> None:
        """What can be shown, each with how many there are."""
        say, wanted = self.say, self.which.chosen() or Shown.ALL
        counts = {which: sum(_is_of(line, which) for line in self._lines) for which in Shown}
        self.which.offer(
            (
                (Shown.ALL, say("All ({n})", n=counts[Shown.ALL])),
                (Shown.OPEN, say("Not carried out ({n})", n=counts[Shown.OPEN])),
                (Shown.LATE, say("Past their day ({n})", n=counts[Shown.LATE])),
                (Shown.WITHOUT_RESULT, say("Without a result this year ({n})", n=counts[Shown.WITHOUT_RESULT])),
            )
        )
        self.which.choose(wanted)

    def _show(self, *, keeps: bool = True) -> None:
        """The list as it is asked for; ``keeps``: the measure that is being changed stays, whatever it says now."""
        which, words = Shown(str(self.which.chosen() or Shown.ALL)), fold(self.search.text()).split()
        here = None if self._line is None else (self._line.key, self._line.place)

        def is_shown(line: MeasureLine) -> bool:
            if keeps and (line.key, line.place) == here:
                return True
            return _is_of(line, which) and all(each in self._said(line) for each in words)

        found = tuple(line for line in self._lines if is_shown(line))
        places = [(line.key, line.place) for line in found]
        wanted = here if here in places else next(iter(places), None)
        self.list.show_values(found, current=lambda line: (line.key, line.place) == wanted)

    def _said(self, line: MeasureLine) -> str:
        plan, measure = self.context.desk.plan, line.measure
        title = plan.commitment(line.key.commitment).titles[self.context.language]
        return fold(" ".join((self._where(line), title, measure.title, measure.owner, measure.result)))

    def _on_filter(self) -> None:
        if self.flush():
            self._show(keeps=False)

    def _on_chosen(self, line: MeasureLine | None) -> None:
        if line is not None and self._line is not None and (line.key, line.place) == (self._line.key, self._line.place):
            self._line = line
            if self.fields.value() != line.measure:
                self.fields.show_value(line.measure)
        else:
            self.flush()
            self._line = line
            if line is not None:
                self.fields.show_value(line.measure)
                self.fields.complain()
        self.go_button.setEnabled(line is not None)
        self._one.setVisible(line is not None)
        if line is not None:
            plan = self.context.desk.plan
            title = plan.commitment(line.key.commitment).titles[self.context.language]
            self._head.setText(f"{self._where(line)}  {title}")
            self._more.setText("" if line.is_begun else self.say("It goes on from last year."))
            self._more.setVisible(not line.is_begun)

    # -- writing -----------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self.fields.complain()
        if not self._soon.isActive():
            self._soon.start()

    def flush(self) -> bool:
        """Keep what was written in the fields; whether all of it is kept."""
        self._soon.stop()
        line, year = self._line, self._year
        changed = None if line is None else self.fields.value()
        if line is None or year is None or not isinstance(changed, Measure) or changed == line.measure:
            return True
        if self.context.jobs.is_busy:
            self._soon.start()
            return False
        try:
            self._line = measures.change_measure(self.context.desk, year, line, changed)
        except WpsError as fault:
            self.tell(fault)
            self._line = None
            self._read()
            return False
        before = self._lines
        self._lines = tuple(self._line if each is line else _begun(each, line) for each in before)
        self._offer()
        self._show()
        self.context.saved.emit(self.context.desk.clock())
        self.context.changed.emit("states")
        return True

    def add(self) -> None:
        """Ask under which commitment and what it is called, and put it there."""
        if self._year is None or not self.flush():
            return
        self.dialog = NewMeasureDialog(self, self.context, self._year)
        self.dialog.accepted.connect(self._on_new)
        show_over(self.dialog)

    def _on_new(self) -> None:
        """Put it there, and go on with the rest of it in the fields."""
        assert self._year is not None
        desk, dialog = self.context.desk, self.dialog
        try:
            self._line = measures.add_measure(desk, self._year, dialog.key, Measure(title=dialog.title_written))
        except WpsError as fault:
            self.tell(fault)
            return
        self.which.choose(Shown.ALL)
        self.search.clear()
        self.fields.show_value(self._line.measure)
        self._read()
        self.context.saved.emit(desk.clock())
        self.context.changed.emit("states")
        self.fields.editors["owner"].setFocus()

    def _on_document(self) -> None:
        self.context.changed.emit("course")

    # -- going -------------------------------------------------------------------------------------

    def _on_opened(self, _line: MeasureLine) -> None:
        self.go_to_commitment()

    def go_to_commitment(self) -> None:
        """The answer in which the measure stands, at its measures."""
        line = self._line
        if line is not None and self.flush():
            self.context.asked.emit("report", (line.key, "measures"))

    def accept_file_drop(self, paths: list[str]) -> bool:
        """A file dropped here is the follow-up document; several are not for this page."""
        if len(paths) != 1 or self._year is None:
            return False
        self.card.take((Path(paths[0]),))
        return True

    def leave(self) -> bool:
        """Keep what was typed here, of a measure and of the document."""
        is_kept = self.flush()
        return self.card.flush() and is_kept


class _Room(QWidget):
    """What room is left for the list, and never less than a few lines."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(held)
        self.setMinimumHeight(style.current().px(200))

    def sizeHint(self) -> QSize:
        """No higher than it must be: a table by itself wants a third of a screen."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


def _is_of(line: MeasureLine, which: Shown) -> bool:
    match which:
        case Shown.ALL:
            return True
        case Shown.OPEN:
            return line.measure.status not in ENDED
        case Shown.LATE:
            return line.is_late
        case Shown.WITHOUT_RESULT:
            return not line.measure.result.strip()


def _begun(line: MeasureLine, changed: MeasureLine) -> MeasureLine:
    """The others of an answer that has been begun by a change stand in it too."""
    return replace(line, is_begun=True) if line.key == changed.key else line
