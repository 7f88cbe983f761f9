"""The manual's window: contents and search at the left, the chapter at the right, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wpsdesk.base.folding import words_of
from wpsdesk.compilation.tree import Chapter, Document
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.lines import LineList
from wpsdesk.ui.manual.contents import anchors, lines, sections
from wpsdesk.ui.manual.pages import ManualPage


class ManualWindow(QWidget):
    """Shows a document with headings; ``first`` stands before its chapters.

    It has a window of its own above ``parent``, so that it can be read beside a dialog that waits.
    """

    def __init__(self, document: Document, first: Chapter, say: Catalogue, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(say("Manual"))
        self._say = say
        self._chapters = (first, *document.chapters)
        self._places = {anchor: place for place, chapter in enumerate(self._chapters) for anchor in anchors(chapter)}
        self._sections = sections(self._chapters)
        self._shown = -1  # the chapter
        self._way: list[str] = []  # the anchors one has been at; the last is where one is
        self._is_glancing = False  # at what is there only because words are being typed
        self.words = QLineEdit()
        self.words.setAccessibleName(say("Words to look for in the manual"))
        self.words.setPlaceholderText(say("Search in the manual"))
        self.words.setClearButtonEnabled(True)
        self.words.installEventFilter(self)
        self.count = label("", type="small", tone="muted", wraps=True)
        self.list = LineList(say("Contents of the manual"))
        self.page = ManualPage(say("The manual's text"))
        self.back_button = button(say("Back"), self.back)
        self.close_button = button(say("Close"), self.close)
        self._lay_out(parent)
        self._connect()
        self._search()

    def _lay_out(self, parent: QWidget) -> None:
        look = style.current()
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(8))
        for part, stretch in ((self.words, 0), (self.count, 0), (self.list, 1)):
            inside.addWidget(part, stretch)
        left.setMinimumWidth(look.px(230))
        left.setMinimumHeight(look.px(150))
        self.split = Beside(left, self.page, shares=(2, 5))
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        frame.setSpacing(look.px(10))
        frame.addWidget(self.split, 1)
        frame.addLayout(row(self.back_button, None, self.close_button))
        size = parent.window().size()
        self.resize(max(min(look.px(980), size.width() - 40), 420), max(min(look.px(680), size.height() - 40), 320))

    def _connect(self) -> None:
        self.words.textChanged.connect(self._search)
        self.list.chosen.connect(self._on_chosen)
        self.list.taken.connect(self._on_taken)
        self.page.led.connect(self.show_anchor)
        for keys, call in (("Alt+Left", self.back), ("Esc", self._leave), ("Ctrl+F", self._to_search)):
            QShortcut(QKeySequence(keys), self).activated.connect(call)

    # -- where one is ------------------------------------------------------------------------------

    @property
    def anchor(self) -> str:
        """Where one is."""
        return self._way[-1] if self._way else ""

    def show_anchor(self, anchor: str) -> None:
        """Go to a heading; nothing where there is none of that name."""
        if anchor in self._places:
            self._keep(anchor)
            self._is_glancing = False
            self._show(anchor)

    def _keep(self, anchor: str) -> None:
        """What was only glanced at, while words were typed, is not come back to."""
        if self._is_glancing:
            self._way.pop()
        if self.anchor != anchor:
            self._way.append(anchor)

    def back(self) -> None:
        """Go to where one was before."""
        if len(self._way) > 1:
            self._way.pop()
            self._is_glancing = False
            self._show(self._way[-1])

    def _show(self, anchor: str) -> None:
        place = self._places[anchor]
        if place != self._shown:
            self._shown = place
            self.page.show_chapter(self._chapters[place])
            self.page.mark(words_of(self.words.text()))
        self.page.go_to(anchor)
        self.list.stand_on(anchor)
        self.back_button.setEnabled(len(self._way) > 1)

    # -- looking for words -------------------------------------------------------------------------

    def _search(self) -> None:
        typed = self.words.text()
        found = lines(self._sections, typed)
        wanted = words_of(typed)
        self.count.setVisible(bool(wanted))
        count = len(found)
        none = self._say("The manual says nothing of this. Try another word.")
        self.count.setText(self._say.plural("{n} place", "{n} places", count) if count else none)
        self.list.show_lines(found)
        self.page.mark(wanted)
        if not wanted and self.anchor:
            self.list.stand_on(self.anchor)

    def _to_search(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    def _on_chosen(self, anchor: object) -> None:
        if not isinstance(anchor, str):
            return
        if self.list.hasFocus():
            self.show_anchor(anchor)
        elif self.words.text():
            is_first = not self._is_glancing
            self._keep(anchor)
            self._is_glancing = not is_first or len(self._way) > 1
            self._show(anchor)

    def _on_taken(self, anchor: object) -> None:
        if isinstance(anchor, str):
            self.show_anchor(anchor)
            self.page.setFocus()

    def _leave(self) -> None:
        """Away with the words that were looked for, or, where there are none, with the window."""
        if self.words.text():
            self.words.clear()
        else:
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the words the arrows go into the list, and Enter takes the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.setFocus()
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_taken(self.list.value())
                return True
        return super().eventFilter(watched, event)
