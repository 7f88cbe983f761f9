"""Search from anywhere: words typed once, looked for in everything the desk holds, and Enter goes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.desk.answers import searching
from wpsdesk.desk.answers.searching import Hit, Where
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.lines import LineList, TextLine
from wpsdesk.ui.marking import MarkedText

KEYS = ("Ctrl+K", "Ctrl+F")


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
        self.dialog.open()
        self.dialog.activateWindow()
        self.dialog.words.setFocus()


class SearchDialog(QDialog):
    """Words above, what was found in groups, and under it the whole text with the words marked."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say, look = context.say, style.current()
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(say("Search"))
        self.words = QLineEdit()
        self.words.setAccessibleName(say("Words to look for"))
        self.words.setPlaceholderText(say("Words in answers, commitments, evidence, earlier years and sent reports"))
        self.words.setClearButtonEnabled(True)
        self.words.installEventFilter(self)
        self.count = label("", tone="muted")
        self.list = LineList(say("What was found"))
        self.text = MarkedText(say("The whole text"))
        self.go_button = button(say("Go there"), self._go, role="primary")
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        frame.setSpacing(look.px(10))
        for widget, stretch in ((self.words, 0), (self.count, 0), (self.list, 3), (self.text, 2)):
            frame.addWidget(widget, stretch)
        frame.addLayout(row(None, button(say("Close"), self.reject), self.go_button))
        size = parent.window().size()
        self.resize(min(look.px(820), size.width() - 40), min(look.px(620), size.height() - 40))
        self.words.textChanged.connect(self._search)
        self.list.chosen.connect(self._show)
        self.list.taken.connect(self._go)
        self._search()

    def _search(self) -> None:
        words, say = self.words.text(), self._context.say
        hits = searching.search(self._context.desk, words, self._context.language)
        lines: list[TextLine] = []
        group = None
        for hit in hits:
            if hit.where is not group:
                group = hit.where
                lines.append(TextLine(text=messages.word(group, say)))
            lines.append(TextLine(text=self._line(hit), value=hit))
        self.list.show_lines(tuple(lines))
        found = say.plural("{n} place", "{n} places", len(hits))
        self.count.setText(found if hits else say("Nothing has these words.") if words.strip() else "")
        self.go_button.setEnabled(bool(hits))

    def _line(self, hit: Hit) -> str:
        say, plan = self._context.say, self._context.desk.plan
        parts = [] if hit.year is None or hit.where is Where.THIS_YEAR else [str(hit.year)]
        if hit.key is not None:
            parts.append(say("Commitment {n}", n=hit.key.commitment))
            if hit.key.country is not None and len(self._context.desk.unit.covers) > 1:
                parts.append(plan.country(hit.key.country).names[self._context.language])
        if hit.title or hit.field:
            parts.append(hit.title or messages.field_name(hit.field, say))
        return f"{' · '.join(parts)}: {''.join(text for text, _ in hit.extract)}"

    def _show(self, hit: object) -> None:
        if isinstance(hit, Hit):
            self.text.show_found(searching.marked(hit.text, self.words.text()))
        else:
            self.text.clear()

    def _go(self, _hit: object = None) -> None:
        hit = self.list.value()
        if not isinstance(hit, Hit):
            return
        self.accept()
        match hit.where:
            case Where.EVIDENCE if hit.key is None:
                self._context.asked.emit("measures", None)
            case Where.SENT:
                self._context.asked.emit("send", None)
            case Where.EARLIER if hit.year is not None and hit.key is not None:
                self._context.asked.emit("report", (hit.year, hit.key))
            case Where.FROM_UD if hit.key is None:
                self._context.asked.emit("overview", None)
            case _:
                self._context.asked.emit("report", (hit.key, hit.field) if hit.field else hit.key)

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
