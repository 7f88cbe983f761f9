"""How the report page is laid out: the list and the answer side by side, or a word on why there is neither."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, column, label, row
from wpsdesk.ui.scrolling import Content, Scroller

NAME = "report"
"""The splitter's name in the settings."""


class ListAndAnswer(QSplitter):
    """The list at the left; at the right what scrolls, and under it the page's foot."""

    def __init__(self, context: Context, left: QWidget, *answer: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        look = style.current()
        content = Content()
        inside = QVBoxLayout(content)
        side = look.px(12 if look.is_large else 24)
        inside.setContentsMargins(side, look.px(14), side, look.px(16))
        inside.setSpacing(look.px(10))
        for part in answer:
            inside.addWidget(part)
        inside.addStretch(1)
        self.scroller = Scroller(content)
        right = QWidget()
        self.right = QVBoxLayout(right)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.right.setSpacing(0)
        self.right.addWidget(self.scroller, 1)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes([look.px(150 if look.is_large else 312), look.px(900)])
        state = context.settings.splitter(NAME)
        if state:
            self.restoreState(QByteArray(state))

    def remember(self) -> None:
        """Keep how wide the list is, for the next time."""
        state = bytes(self.saveState().data())
        if self._context.settings.splitter(NAME) != state:
            self._context.remember(splitters=self._context.settings.with_splitter(NAME, state).splitters)


def nothing_asked(context: Context, title: str) -> QWidget:
    """What stands on the page before there is a call."""
    look, say = style.current(), context.say
    found = QWidget()
    words = label(say("No call for reports has been loaded yet. Load it under Set-up."), tone="muted", wraps=True)
    go_there = button(say("Go to Set-up"), lambda: context.asked.emit("setup", None))
    inside = column(label(title, type="title"), words, spacing=12)
    inside.addLayout(row(go_there, None))
    inside.setContentsMargins(look.px(24), look.px(16), look.px(24), 0)
    found.setLayout(inside)
    return found
