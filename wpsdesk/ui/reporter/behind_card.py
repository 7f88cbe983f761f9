"""That UD holds, or may hold, a later report than this desk knows: said before anything is sent, with the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from wpsdesk.desk.submission.behind import Behind, as_fault
from wpsdesk.messages import sentence
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark


class BehindCard(QFrame):
    """What is the matter, what to do, and the two ways on; hidden where the desk knows all that UD has."""

    reply_asked = Signal()
    nothing_sent = Signal()
    """A person says that nothing has been sent since the backup."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._say = say = context.say
        self.setObjectName("card")
        self._what = label("", type="strong", wraps=True)
        self._more = label("", wraps=True)
        self.reply_button = button(say("Load a reply from UD"), self.reply_asked.emit)
        self.none_button = button(say("Nothing has been sent since"), self.nothing_sent.emit)
        look = style.current()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(8))
        head = row(Mark(Sign.MARK, "danger"), spacing=8)
        head.addWidget(self._what, 1)
        inside.addLayout(head)
        inside.addWidget(self._more)
        inside.addLayout(row(self.reply_button, self.none_button, None, spacing=8))
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._what.text()} {self._more.text()}"

    def show_behind(self, found: Behind | None) -> None:
        """Show it; None hides the card."""
        self.setVisible(found is not None)
        if found is None:
            return
        told = sentence(as_fault(found), self._say)
        self._what.setText(told.what)
        way_on = self._say("Ask UD to give the last report back, and load its reply here.")
        self._more.setText(f"{told.kept} {told.do if found.saved is None else way_on}")
        self.none_button.setVisible(found.held is None)
