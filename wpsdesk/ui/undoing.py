"""What can be undone in each text since the desk was opened: leaving the field or the answer forgets none of it."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout


class UndoMemory(QObject):
    """Keeps the documents that have been edited; one per open desk, gone when it is locked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[Hashable, QTextDocument] = {}

    def document(self, place: Hashable, text: str) -> QTextDocument:
        """The document of the text at ``place``, reading ``text``.

        Where the text has been changed elsewhere meanwhile, that change is the last step that can be undone.
        """
        found = self._kept.get(place)
        if found is None:
            found = QTextDocument(self)
            found.setDocumentLayout(QPlainTextDocumentLayout(found))
            found.setPlainText(text)
            found.clearUndoRedoStacks()
            self._kept[place] = found
        return found

    def leave(self, place: Hashable) -> None:
        """Let go of a document that nothing was done to."""
        found = self._kept.get(place)
        if found is not None and not found.isUndoAvailable() and not found.isRedoAvailable():
            del self._kept[place]
            found.deleteLater()
