"""What the views before an open desk have in common: a narrow column in the middle, language at the upper right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.bars import MessageBar
from wpsdesk.ui.controls import label
from wpsdesk.ui.languages import language_button
from wpsdesk.ui.scrolling import Content, Scroller

WIDTH = 480
"""Pixels of the column at 100 %."""


class GateView(QWidget):
    """A view that stands before an open desk. Subclasses fill ``self.column``."""

    spoke = Signal(str)
    """Another language was asked for."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self.say = say
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = style.current()
        self.languages = language_button(say, self.spoke.emit)
        top = QHBoxLayout()
        top.setContentsMargins(look.px(24), look.px(12), look.px(16), 0)
        top.addWidget(label("WPS Desk", type="head"))
        top.addStretch(1)
        top.addWidget(self.languages)
        self.bar = MessageBar(say)
        content = QWidget()
        content.setObjectName("content")
        content.setMaximumWidth(look.px(WIDTH))
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, look.px(16), 0, look.px(24))
        self.column.setSpacing(look.px(14))
        middle = Content()
        sides = QHBoxLayout(middle)
        sides.setContentsMargins(look.px(16), 0, look.px(16), 0)
        sides.addStretch(1)
        sides.addWidget(content, 100)
        sides.addStretch(1)
        scroller = Scroller(middle)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(look.px(8))
        frame.addLayout(top)
        frame.addWidget(scroller, 1)

    def words_of(self, fault: WpsError) -> str:
        """The sentence of a fault as one text, for a line at a field."""
        from wpsdesk import messages

        found = messages.sentence(fault, self.say)
        return f"{found.what} {found.do}".strip()

    def tell(self, fault: WpsError) -> None:
        """Show the sentence of a fault in the view's bar."""
        from wpsdesk import messages

        self.bar.show_sentence(messages.sentence(fault, self.say))

    def begin(self) -> None:
        """Put the focus where one begins."""
