"""Search from anywhere: words typed once, looked for in everything the desk holds, and Enter goes there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.answers import searching
from wpsdesk.desk.answers.hits import Hit, Where, marked
from wpsdesk.messages import journal_words
from wpsdesk.messages.found import which_report
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.jobs import Job
from wpsdesk.ui.lines import LineList, TextLine
from wpsdesk.ui.marking import MarkedText
from wpsdesk.ui.modal import show_over

KEYS = ("Ctrl+K", "Ctrl+F")

OTHERS = 300
"""Reports that are not in force which are read at most when the search is opened: about a second."""

PATIENCE = 120
"""Milliseconds without another letter after which the worker is asked."""


class Searching(QObject):
    """Opens the search for one open desk. Nothing is kept of what was looked for."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self.dialog: SearchDialog | None = None
        for keys in KEYS:
            QShortcut(QKeySequence(keys), owner).activated.connect(self.open)

    def open(self) -> None:
        """Ask for words."""
        self.dialog = SearchDialog(self._context, self._owner)
        show_over(self.dialog)
        self.dialog.activateWindow()
        self.dialog.words.setFocus()


class SearchDialog(QDialog):
    """Words above, what was found in groups, and under it the whole text with the words marked."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say = context.say
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(say("Search"))
        self.words = QLineEdit()
        self.words.setAccessibleName(say("Words to look for"))
        hint = (
            say("Words in reports of all years, units, commitments, evidence, notes, meetings and the journal")
            if context.desk.is_authority
            else say("Words in answers, commitments, evidence, earlier years and sent reports")
        )
        self.words.setPlaceholderText(hint)
        self.words.setClearButtonEnabled(True)
        self.words.installEventFilter(self)
        self.count = label("", tone="muted", wraps=True)
        self.list = LineList(say("What was found"))
        self.text = MarkedText(say("The whole text"))
        self.go_button = button(say("Go there"), self._go, role="primary")
        self._lay_out(parent)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PATIENCE)
        self._soon.timeout.connect(self._ask)
        self._job: Job | None = None
        self._shown = ""  # the words that the list belongs to
        self._goes = False  # Enter was pressed before the list belonged to the words
        self.words.textChanged.connect(self._search)
        self.list.chosen.connect(self._show)
        self.list.taken.connect(self._go)
        self._is_reading = False
        self._left = 0  # reports whose words are not in the index yet
        if context.desk.gathers and not context.jobs.is_busy:  # else what came last is found another time
            self._make_findable()
        self._search()

    def _lay_out(self, parent: QWidget) -> None:
        look = style.current()
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        frame.setSpacing(look.px(10))
        for widget, stretch in ((self.words, 0), (self.count, 0), (self.list, 3), (self.text, 2)):
            frame.addWidget(widget, stretch)
        frame.addLayout(row(None, button(self._context.say("Close"), self.reject), self.go_button))
        size = parent.window().size()
        self.resize(min(look.px(820), size.width() - 40), min(look.px(620), size.height() - 40))

    def _make_findable(self) -> None:
        """The words of what has come since the last search, then the search once more."""
        from wpsdesk.desk.review.finding import make_findable, make_others_findable

        desk = self._context.desk

        def work(progress: Progress) -> int:
            make_findable(desk, progress=progress)
            return make_others_findable(desk, at_most=OTHERS, progress=progress)

        self._is_reading = True
        self._context.jobs.start(
            work,
            owner=self, title=self._context.say("Reading the reports"), done=self._on_findable, failed=self._on_fault,
        )  # fmt: skip

    def _on_findable(self, left: int) -> None:
        self._is_reading, self._left = False, left
        goes = self._goes
        self._search()
        self._goes = goes

    def _on_fault(self, fault: WpsError) -> None:
        self._is_reading = False
        if not isinstance(fault, Cancelled):
            self.count.setText(str(messages.sentence(fault, self._context.say)))

    def _search(self) -> None:
        """At once on a unit's desk; where a thousand reports are held, on the worker, unless it is busy elsewhere."""
        self._goes = False
        if self._is_reading:
            self.count.setText(self._context.say("Reading the reports"))
        elif self._job is not None:
            self._job.cancel()
            self._job = None
            self._soon.start()
        elif self._context.desk.gathers and not self._context.jobs.is_busy and self.words.text().strip():
            self._soon.start()
        else:
            self._show_hits(self.words.text(), self._found(self.words.text()))

    def _found(self, words: str) -> tuple[Hit, ...]:
        return searching.search(self._context.desk, words, self._context.language)

    def _ask(self) -> None:
        words = self.words.text()
        self._job = self._context.jobs.start(
            lambda _progress: self._found(words),
            owner=self, title=self._context.say("Searching"), done=partial(self._on_hits, words),
            failed=self._on_fault,
        )  # fmt: skip

    def _on_hits(self, words: str, hits: tuple[Hit, ...]) -> None:
        if words != self.words.text():
            return
        self._job = None
        self._show_hits(words, hits)
        if self._goes:
            self._go()

    def _show_hits(self, words: str, hits: tuple[Hit, ...]) -> None:
        say = self._context.say
        self._shown = words
        lines: list[TextLine] = []
        group = None
        for hit in hits:
            if hit.where is not group:
                group = hit.where
                lines.append(TextLine(text=messages.word(group, say)))
            lines.append(TextLine(text=self._line(hit), value=hit))
        self.list.show_lines(tuple(lines))
        found = say.plural("{n} place", "{n} places", len(hits))
        none = say("Nothing has these words. Try fewer of them, or the beginning of one.")
        told = found if hits else none if words.strip() else ""
        if told and self._left:
            told += " " + say.plural(
                "{n} report that is not in force has not been read yet; some are read each time you search.",
                "{n} reports that are not in force have not been read yet; some are read each time you search.",
                self._left,
            )
        self.count.setText(told)
        self.go_button.setEnabled(bool(hits))

    def _line(self, hit: Hit) -> str:
        say, plan, context = self._context.say, self._context.desk.plan, self._context
        parts = [] if hit.unit is None else [str(hit.unit)]
        parts += [] if hit.year is None or hit.where is Where.THIS_YEAR else [str(hit.year)]
        if hit.key is not None:
            parts.append(say("Commitment {n}", n=hit.key.commitment))
            if hit.key.country is not None and (hit.unit is not None or len(context.desk.unit.covers) > 1):
                parts.append(plan.country(hit.key.country).names[context.language])
        if hit.where is Where.JOURNAL:
            parts.append(journal_words.done(hit.field, say))
        elif hit.where is Where.NOT_IN_FORCE:
            parts.append(which_report(hit, say))
        elif hit.title or hit.field:
            parts.append(hit.title or messages.field_name(hit.field, say))
        return f"{' · '.join(parts)}: {''.join(text for text, _ in hit.extract)}"

    def _show(self, hit: object) -> None:
        if isinstance(hit, Hit):
            self.text.show_found(marked(hit.text, self.words.text()))
        else:
            self.text.clear()

    def _go(self, _hit: object = None) -> None:
        if self._shown != self.words.text():
            self._goes = True
            return
        hit = self.list.value()
        if not isinstance(hit, Hit):
            return
        self.accept()
        asked = self._context.asked
        if self._context.desk.is_authority:
            asked.emit(*_on_uds_desk(hit))
            return
        match hit.where:
            case Where.EVIDENCE if hit.key is None:
                asked.emit("measures", None)
            case Where.SENT:
                asked.emit("send", None)
            case Where.EARLIER if hit.year is not None and hit.key is not None:
                asked.emit("report", (hit.year, hit.key))
            case Where.FROM_UD if hit.key is None:
                asked.emit("overview", None)
            case _:
                asked.emit("report", (hit.key, hit.field) if hit.field else hit.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the line, the arrows move in the list and Enter goes there."""
        if watched is self.words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return super().eventFilter(watched, event)


def _on_uds_desk(hit: Hit) -> tuple[str, object]:
    """The page of UD's desk on which a hit is seen, and what is opened there."""
    found: tuple[str, object] = "report", (hit.key, hit.field) if hit.field else hit.key
    match hit.where:
        case Where.UNIT:
            found = "coverage", (hit.unit, None)
        case Where.COMMITMENT:
            found = "coverage", (None, None if hit.key is None else hit.key.commitment)
        case Where.MEETING:
            found = "meetings", (hit.year, hit.number)
        case Where.JOURNAL:
            found = "journal", hit.number
        case Where.SENT:
            found = "send", None
        case Where.FROM_UD:
            found = "call", None
        case Where.NOT_IN_FORCE:
            found = "inbox", (hit.unit, hit.year, hit.number)
        case Where.EARLIER:
            found = "report", (hit.year, hit.key)
        case _ if hit.unit is not None:
            found = "review", (hit.unit, hit.year, hit.key)
        case _:
            pass
    return found
