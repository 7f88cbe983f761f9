"""The history of an answer: every change of a field, word by word, and any version brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import history
from wpsdesk.desk.answers.history import WHOLE, FieldChange
from wpsdesk.messages.values import value_words
from wpsdesk.report.differences import Fate, differences
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, label, row
from wpsdesk.ui.flow import flow
from wpsdesk.ui.lines import LineList, TextLine
from wpsdesk.ui.marking import MarkedText


class HistoryDialog(QDialog):
    """Changes above, the newest first; under them what was taken out and put in."""

    restored = Signal()

    def __init__(self, context: Context, year: Year, key: EntryKey, field: str, parent: QWidget) -> None:
        super().__init__(parent)
        say, look = context.say, style.current()
        self._context, self._year, self._key = context, year, key
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(say("History"))
        changed = dict.fromkeys(change.field for change in history.history(context.desk, year, key))
        fields = [(WHOLE, say("All fields")), *((name, messages.field_name(name, say)) for name in changed)]
        self.filter = Choice(say("Changes of"), fields)
        self.filter.choose(field if field in changed else WHOLE)
        self.list = LineList(say("Changes, the newest first"))
        self.text = MarkedText(say("What was changed"))
        self.field_button = button(say("Bring this field back"), self._field_back, role="primary")
        self.whole_button = button(say("Bring the whole answer back"), self._whole_back)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        frame.setSpacing(look.px(10))
        frame.addWidget(label(say("History of commitment {n}", n=key.commitment), type="title"))
        frame.addLayout(row(label(say("Changes of")), self.filter, None))
        frame.addWidget(self.list, 3)
        frame.addWidget(self.text, 2)
        if not look.is_large:
            hint = say("Taken out has a line through it; put in is underlined. What stands now stays in the history.")
            frame.addWidget(label(hint, type="small", wraps=True))
        frame.addWidget(
            flow(self.whole_button, button(say("Close"), self.reject), self.field_button, spacing=6, is_right=True)
        )
        size = parent.window().size()
        self.resize(min(look.px(820), size.width() - 40), min(look.px(620), size.height() - 40))
        self.filter.currentIndexChanged.connect(self._refresh)
        self.list.chosen.connect(self._show)
        self._refresh()

    def _refresh(self) -> None:
        say = self._context.say
        found = history.history(self._context.desk, self._year, self._key, str(self.filter.chosen()))
        lines = [
            TextLine(text=f"{say.moment(c.when)} · {c.who} · {messages.field_name(c.field, say)}", value=c)
            for c in found
        ]
        self.list.show_lines(
            tuple(lines) or (TextLine(text=say("Nothing has been changed yet. Every change is kept here.")),)
        )
        for each in (self.field_button, self.whole_button):
            each.setEnabled(bool(found))

    def _line(self, change: FieldChange) -> str:
        say = self._context.say
        return f"{say.moment(change.when)} · {change.who} · {messages.field_name(change.field, say)}"

    def _show(self, change: object) -> None:
        say = self._context.say
        if not isinstance(change, FieldChange):
            self.text.clear()
            return
        before, after = (value_words(change.field, value, say) for value in (change.before, change.after))
        words = (messages.word(Fate.OUT, say), messages.word(Fate.IN, say))
        self.text.show_differences(differences(before, after), *words)

    def _field_back(self) -> None:
        change = self.list.value()
        if isinstance(change, FieldChange):
            self._back(change, change.field)

    def _whole_back(self) -> None:
        change = self.list.value()
        if isinstance(change, FieldChange):
            self._back(change, WHOLE)

    def _back(self, change: FieldChange, field: str) -> None:
        say, context = self._context.say, self._context
        try:
            made = history.restore_version(context.desk, self._year, self._key, change.version, field)
        except WpsError as fault:
            context.told.emit(messages.sentence(fault, say), "danger")
            self.reject()
            return
        what = say("It says again what it said on {when}.", when=say.moment(change.when))
        lost = say.listing(each.name for each in made.lost)
        kept = say("These files are no longer on the desk and did not come back: {names}", names=lost) if lost else ""
        context.told.emit(messages.Sentence(what=what, kept=kept, do=""), "success")
        self.accept()
        self.restored.emit()
