"""The text fields: this year's text wide, last year's beside it, quiet; words counted, language marked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.report.model import Passage
from wpsdesk.report.passages import MAX_PASSAGE
from wpsdesk.ui import style
from wpsdesk.ui.controls import MenuButton, TextArea, button, label, retone
from wpsdesk.ui.editors import Editor, clean
from wpsdesk.ui.undoing import UndoMemory

if TYPE_CHECKING:
    from wpsdesk.plan.model import LanguageCode


COPY_KEY = "Alt+K"


class PassageEditor(Editor):
    """One text in one language. ``undo`` remembers what can be undone in it, answer by answer."""

    def __init__(
        self, say: Catalogue, name: str, undo: UndoMemory, *, hint: str, writes: LanguageCode, lines: int = 4
    ) -> None:
        super().__init__()
        self._say, self._undo, self._writes, self._hint_text = say, undo, writes, hint
        self._place: Hashable = None
        self._leaving: Hashable = None
        self._since = 0  # the year in which last year's text was written
        self._language: LanguageCode = writes
        self._held = Passage()
        self._last = Passage()
        self.text = TextArea(name, lines=lines)
        self.text.setAccessibleDescription(hint)
        self.setFocusProxy(self.text)
        self._name = label(name, type="head")
        self._name.setBuddy(self.text)
        self.last = TextArea(say("{field}, last year", field=name), lines=lines, is_read_only=True)
        self.last.setProperty("role", "last-year")
        self._when = label("", tone="muted")
        self.copy_button = button(say("Copy"), self.copy_last, role="link")
        self.copy_button.setToolTip(COPY_KEY)
        self.copy_button.setAccessibleName(say("Copy last year's text: {field}", field=name))
        self._count = label("", type="small", wraps=True)
        self._mark = MenuButton("", role="link")
        self._error = label("", tone="danger", wraps=True)
        self._error.setVisible(False)
        self._lay_out()
        self.text.textChanged.connect(self._on_text)
        self.text.installEventFilter(self)
        self.show_last(Passage(), "", 0)

    def _lay_out(self) -> None:
        look = style.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(20))
        grid.setVerticalSpacing(look.px(2))
        grid.setColumnStretch(0, 3)
        beside = QHBoxLayout()
        beside.addWidget(self._when, 1)
        beside.addWidget(self.copy_button)
        self._beside = QWidget()
        self._beside.setLayout(beside)
        beside.setContentsMargins(0, 0, 0, 0)
        under = QHBoxLayout()
        under.addWidget(self._count, 1)
        under.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._beside, 4 if look.is_large else 0, 0 if look.is_large else 1)
        grid.addWidget(self.text, 1, 0)
        grid.addWidget(self.last, 5 if look.is_large else 1, 0 if look.is_large else 1)
        grid.addLayout(under, 2, 0)
        grid.addWidget(self._error, 3, 0)
        self._grid = grid

    def language(self) -> LanguageCode:
        """The language that the text is marked with."""
        return self._language

    # -- value -------------------------------------------------------------------------------------

    def turn_to(self, place: Hashable) -> None:
        """The text that is shown next stands at ``place``; what was done to this one can still be undone there."""
        self._leaving, self._place = self._place, place

    def show_value(self, value: object) -> None:
        """Show a text, with what has been done to it since the desk was opened."""
        assert isinstance(value, Passage)
        self._held = value
        self._language = value.language if value.text else self._writes
        self.text.show_document(self._undo.document(self._place, value.text))
        if self._leaving != self._place:
            self._undo.leave(self._leaving)
            self._leaving = self._place
        if clean(self.text.toPlainText(), at_most=MAX_PASSAGE) != value.text:
            self.text.blockSignals(True)
            self.text.put(value.text)
            self.text.blockSignals(False)
        self._tell()

    def value(self) -> object:
        """The text as it stands, at most as long as a passage may be."""
        text = clean(self.text.toPlainText(), at_most=MAX_PASSAGE)
        if not text.strip():
            return Passage(text="", language=self._held.language)
        return Passage(text=text, language=self._language)

    def _on_text(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        say, text = self._say, self.text.toPlainText()
        words = say.plural("{n} word", "{n} words", len(text.split()))
        is_same = bool(text.strip()) and text == self._last.text and self._since > 0
        unchanged = say("unchanged since {year}", year=self._since) if is_same else ""
        self._count.setText(" · ".join(part for part in (words, unchanged or self._hint_text) if part))
        name = messages.language_name(self._language, say)
        self._mark.setText(name)
        self._mark.setAccessibleName(say("Language of {field}: {language}", field=self._name.text(), language=name))
        pairs = [(messages.language_name(code, say), self._marking(code)) for code in LANGUAGES]
        self._mark.choices(pairs, marked=LANGUAGES.index(self._language))
        if len(text) > MAX_PASSAGE:
            self.show_error(say("The text is too long. Only the first {n} characters are kept.", n=MAX_PASSAGE))

    def _marking(self, code: LanguageCode) -> Callable[[], None]:
        def mark() -> None:
            self._language = code
            self._tell()
            self.changed.emit()

        return mark

    # -- last year ---------------------------------------------------------------------------------

    def show_last(self, last: Passage, when: str, since: int) -> None:
        """Show what was written last year, and has stood since the year ``since``; nothing where nothing was."""
        self._last, self._since = last, since
        has_last = bool(last.text.strip())
        self._grid.setColumnStretch(1, 2 if has_last and not style.current().is_large else 0)
        for widget in (self._beside, self.last):
            widget.setVisible(has_last)
        self._when.setText(when)
        self.last.setPlainText(last.text)

    def copy_last(self) -> None:
        """Put last year's text into the field, after what stands there; Ctrl+Z takes it out again."""
        if not self._last.text.strip():
            return
        if not self.text.toPlainText().strip():
            self._language = self._last.language
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        gap = "\n" if self.text.toPlainText().strip() else ""
        cursor.insertText(gap + self._last.text)
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Name the key beside the button while one is in the field that the key works on."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            is_here = event.type() == QEvent.Type.FocusIn
            self.copy_button.setText(f"{self._say('Copy')}  {COPY_KEY}" if is_here else self._say("Copy"))
        return False

    def show_error(self, text: str) -> None:
        """Say under the field what is wrong."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        retone(self.text, name="fault", value="true" if text else "")
        self.text.setAccessibleDescription(f"{text} {self._hint_text}".strip())
