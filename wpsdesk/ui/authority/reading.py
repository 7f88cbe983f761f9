"""Text to be read: headings and paragraphs in one field that a keyboard and a screen reader can walk through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from wpsdesk.report.differences import Fate, Piece
from wpsdesk.ui import style
from wpsdesk.ui.style import Type

Kind = Literal["title", "head", "strong", "text", "muted", "code"]


class Reading(QTextEdit):
    """A text that is only read. It is put together from plain paragraphs, so nothing in it is ever taken as markup."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setObjectName("reading")
        colour = style.current().colours
        self.setStyleSheet(
            f"#reading {{ background: {colour.surface}; border: 2px solid transparent; border-radius: 4px; }}"
            f"#reading:focus {{ border-color: {colour.accent}; }}"
        )
        self.document().setDocumentMargin(style.current().px(4))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def start(self) -> None:
        """Take away what stands there."""
        self.clear()

    def add(self, text: str, kind: Kind = "text", *, space: int = 0) -> None:
        """One more paragraph, ``space`` pixels (at 100 %) below the one before."""
        self._begin(kind, space).insertText(text.replace("\n", "\u2028"), _form(kind))

    def add_pieces(self, pieces: Iterable[Piece], *, space: int = 0) -> None:
        """One more paragraph in which what was taken out is struck through, and what was put in is underlined."""
        cursor = self._begin("text", space)
        for piece in pieces:
            cursor.insertText(piece.text.replace("\n", "\u2028"), _form_of(piece.kind))

    def _begin(self, kind: Kind, space: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        block = QTextBlockFormat()
        block.setTopMargin(style.current().px(space))
        block.setHeadingLevel({"title": 2, "head": 3, "strong": 4}.get(kind, 0))
        if self.document().isEmpty():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        return cursor

    def finish(self) -> None:
        """Show it from the top."""
        cursor = QTextCursor(self.document())
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(0)


def _form(kind: Kind) -> QTextCharFormat:
    look, form = style.current(), QTextCharFormat()
    match kind:
        case "title" | "head":
            form.setFont(look.font(Type.HEAD))
        case "strong":
            form.setFont(look.font(Type.TEXT, is_strong=True))
        case "code":
            font = look.font(Type.SMALL)
            form.setFont(font)
        case _:
            form.setFont(look.font(Type.SMALL if kind == "muted" else Type.TEXT))
    form.setForeground(look.colour("muted" if kind in ("muted", "code") else "text"))
    return form


def _form_of(fate: Fate) -> QTextCharFormat:
    look, form = style.current(), _form("text")
    if fate is Fate.OUT:
        form.setFontStrikeOut(True)
        form.setForeground(look.colour("danger"))
        form.setBackground(look.colour("danger_soft"))
    elif fate is Fate.IN:
        form.setFontUnderline(True)
        form.setForeground(look.colour("success"))
        form.setBackground(look.colour("success_soft"))
    return form
