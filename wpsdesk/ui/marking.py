"""Text with some of its words marked, by weight, underline or a line through them and never by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from wpsdesk.report.differences import Fate, Piece
from wpsdesk.ui import style


class MarkedText(QTextEdit):
    """Read only; Tab goes on to the next control."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_found(self, stretches: Iterable[tuple[str, bool]]) -> None:
        """Show a text with the words that were looked for in bold and underlined, and the first of them in sight."""
        self.clear()
        cursor, first = self.textCursor(), -1
        for text, is_found in stretches:
            if is_found and first < 0:
                first = cursor.position()
            cursor.insertText(text, _found() if is_found else QTextCharFormat())
        cursor.setPosition(max(first, 0))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def show_differences(self, pieces: Iterable[Piece], taken_out: str, put_in: str) -> None:
        """Show what was taken out with a line through it and what was put in underlined; both in words to hear."""
        self.clear()
        cursor = self.textCursor()
        heard: list[str] = []
        for piece in pieces:
            cursor.insertText(piece.text, _format(piece.kind))
            if piece.kind is not Fate.SAME:
                heard.append(f"{taken_out if piece.kind is Fate.OUT else put_in}: {piece.text.strip()}")
        self.setAccessibleDescription(". ".join(heard))
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _found() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(700)
    made.setFontUnderline(True)
    made.setBackground(style.current().colour("warning_soft"))
    return made


def _format(fate: Fate) -> QTextCharFormat:
    look, made = style.current(), QTextCharFormat()
    if fate is Fate.OUT:
        made.setFontStrikeOut(True)
        made.setForeground(look.colour("danger"))
        made.setBackground(look.colour("danger_soft"))
    elif fate is Fate.IN:
        made.setFontUnderline(True)
        made.setFontWeight(700)
        made.setForeground(look.colour("success"))
        made.setBackground(look.colour("success_soft"))
    return made
