"""The shortcuts, listed on F1."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style, wiping
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.scrolling import Content, Scroller

Keys = tuple[tuple[str, str], ...]
"""Keys, and what they do."""


def shortcuts(say: Catalogue, *, is_authority: bool = False) -> Keys:
    """Keys and what they do, in the window's language; on UD's desk those of its pages too."""
    return (
        ("F1", say("Show this list")),
        ("Ctrl+1 … Ctrl+9", say("Go to a page in the rail")),
        ("Ctrl+F, Ctrl+K", say("Search in everything the desk holds")),
        *(_of_the_authority(say) if is_authority else ()),
        *_of_the_report(say),
        ("Ctrl+Z, Ctrl+Shift+Z", say("Undo and redo what was typed")),
        ("Ctrl+L", say("Lock the desk")),
        (wiping.KEYS, say("Go to the emergency wipe")),
        ("Tab, Shift+Tab", say("Next and previous control")),
        (say("Space"), say("Press the button, tick the box")),
        ("Alt+↓".replace("↓", say("Down")), say("Open a list of choices")),
    )


def _of_the_authority(say: Catalogue) -> Keys:
    return (
        ("A", say("Review: accept the answer, and go on to the next")),
        ("R", say("Review: return the answer with a reason")),
        ("N", say("Review: the next answer that waits")),
        (say("Enter"), say("In a list: open the line; in the coverage: open the answer")),
        (say("Esc"), say("In the coverage: close the answer")),
    )


def _of_the_report(say: Catalogue) -> Keys:
    return (
        ("Ctrl+Shift+F", say("Search in the list of commitments")),
        ("Ctrl+H", say("History of the field")),
        ("Ctrl+PgDn, Ctrl+PgUp", say("Next and previous commitment")),
        ("F8", say("Next commitment that is not ready")),
        ("Ctrl+Return", say("Mark as ready, or take the mark away; in the overview: do the next thing")),
        ("Ctrl+Shift+A", say("Attach files")),
        ("Ctrl+Shift+V", say("Attach the picture or the files on the clipboard")),
        ("Alt+K", say("Copy last year's text into the field")),
        (say("Esc"), say("From an earlier year back to the one being reported")),
        ("Alt+Return", say("Suggestions for the word one is in, where it is not in the dictionary")),
    )


class ShortcutsDialog(QDialog):
    """Keys at the left, what they do at the right."""

    def __init__(self, say: Catalogue, parent: QWidget, *, is_authority: bool = False) -> None:
        super().__init__(parent)
        look = style.current()
        self.setWindowTitle(say("Shortcuts"))
        self.setModal(True)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        frame.setSpacing(look.px(12))
        frame.addWidget(label(say("Shortcuts"), type="title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(24))
        grid.setVerticalSpacing(look.px(6))
        for line, (keys, does) in enumerate(shortcuts(say, is_authority=is_authority)):
            grid.addWidget(label(keys, type="strong"), line, 0)
            grid.addWidget(label(does, wraps=True), line, 1)
        grid.setColumnStretch(1, 1)
        holder = Content()
        holder.setLayout(grid)
        frame.addWidget(Scroller(holder), 1)
        close = button(say("Close"), self.accept, role="primary")
        frame.addLayout(row(None, close))
        close.setFocus()
        window = parent.window().size()
        self.resize(min(look.px(760), window.width() - 40), min(look.px(720), window.height() - 40))
