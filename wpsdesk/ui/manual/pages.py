"""The page of the manual that is read: links are followed with the keyboard too, and words looked for are marked."""

from __future__ import annotations

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from wpsdesk.base.folding import WORD, fold
from wpsdesk.compilation.tree import Chapter, Screen
from wpsdesk.ui import style
from wpsdesk.ui.manual.telling import sheet, told

_PATIENCE = 150
"""Milliseconds after which a window that is being drawn larger is set anew."""


class ManualPage(QTextBrowser):
    """One chapter at a time. Tab goes from link to link, and on to the next control."""

    led = Signal(str)
    """A link was followed: the anchor it leads to."""

    def __init__(self, name: str) -> None:
        super().__init__()
        look = style.current()
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setMinimumWidth(look.px(320))
        self.document().setDefaultStyleSheet(sheet())
        self.document().setDocumentMargin(look.px(16))
        self.anchorClicked.connect(self._on_link)
        self.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self._chapter: Chapter | None = None
        self._width = 0  # of the pictures as they stand
        self._anchor = ""  # of the heading that was gone to; "" once the person has scrolled on
        self._marked: tuple[str, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PATIENCE)
        self._soon.timeout.connect(self._fit)

    @property
    def settled(self) -> bool:
        """Whether the pictures have the width that the window leaves them."""
        return not self._soon.isActive() and self._room() == self._width

    def show_chapter(self, chapter: Chapter) -> None:
        """Show it from its beginning."""
        self._chapter, self._width = chapter, self._room()
        document = self.document()
        document.clear()
        for number, screen in enumerate(one for one in chapter.blocks if isinstance(one, Screen)):
            image = QImage.fromData(screen.data)
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"picture:{number}"), image)
        self.setHtml(told(chapter, self._width))

    def go_to(self, anchor: str) -> None:
        """A heading at the top; it stays there while the window finds its size, until the person scrolls on."""
        self.scrollToAnchor(anchor)
        self._anchor = anchor

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark every word that begins with one of the folded ``words``, by its ground and underlined."""
        self._marked = words
        form = QTextCharFormat()
        form.setBackground(style.current().colour("warning_soft"))
        form.setForeground(style.current().colour("text"))
        form.setFontUnderline(True)
        marks = []
        for word in WORD.finditer(self.document().toPlainText() if words else ""):
            if fold(word.group()).startswith(words):
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = QTextCursor(self.document()), form
                mark.cursor.setPosition(word.start())
                mark.cursor.setPosition(word.end(), QTextCursor.MoveMode.KeepAnchor)
                marks.append(mark)
        self.setExtraSelections(marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures go by the width."""
        super().resizeEvent(event)
        self._soon.start()

    def _room(self) -> int:
        return max(style.current().px(240), self.viewport().width() - 2 * style.current().px(20))

    def _fit(self) -> None:
        if self._chapter is None or self._room() == self._width:
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        if any(isinstance(block, Screen) for block in self._chapter.blocks):
            self.show_chapter(self._chapter)
            self.mark(self._marked)
            bar.setValue(round(share * bar.maximum()))
        self._width = self._room()
        if self._anchor:
            self.go_to(self._anchor)

    def _on_scrolled(self, _action: int) -> None:
        self._anchor = ""

    def _on_link(self, link: QUrl) -> None:
        self.led.emit(link.fragment())
