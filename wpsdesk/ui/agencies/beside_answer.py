"""Beside the own answer: who among one's own has written on the same commitment, and the way to take it over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from wpsdesk.base.ids import Year
from wpsdesk.desk.agencies.taking_over import Offered, offered
from wpsdesk.desk.model import may_gather
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import style
from wpsdesk.ui.agencies.side_context import CONTRIBUTED
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import show_over


class BesideAnswer(QFrame):
    """Hidden where nobody has written on it, and on the desks of units that nobody reports to."""

    taken = Signal()
    """The answer that is shown has been changed on the disk."""

    def __init__(self, context: Context, keep: Callable[[], bool]) -> None:
        super().__init__()
        look = style.current()
        self.setObjectName("quietcard")
        self._context, self._keep = context, keep
        self._place: tuple[Year, EntryKey] | None = None
        self._may_gather = may_gather(context.desk)
        self.words = label("", wraps=True)
        self.look_button = button(context.say("See and take over …"), self.look)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        inside.setSpacing(look.px(6))
        inside.addWidget(self.words)
        inside.addWidget(flow(self.look_button))
        self.setVisible(False)
        context.changed.connect(self._on_change)

    def show_answer(self, year: Year, key: EntryKey) -> None:
        """Say who has written on this commitment."""
        self._place = (year, key)
        if self._may_gather:
            self._show(offered(self._context.desk, year, key))

    def _show(self, found: tuple[Offered, ...]) -> None:
        say, language = self._context.say, self._context.language
        names = say.listing(dict.fromkeys(each.unit.names[language] for each in found))
        taken = say.listing(dict.fromkeys(each.unit.code for each in found if each.taken is not None))
        told = [say("{names} has written on this.", names=names)] if found else []
        if taken:
            told.append(say("Taken over from {names}.", names=taken))
        if any(each.is_newer for each in found):
            told.append(say("A newer report has come since."))
        self.words.setText(" ".join(told))
        self.setVisible(bool(found))

    def look(self) -> None:
        """Show what they have written, and let it be taken over; what has been typed is kept first."""
        if self._place is None or not self._keep():
            return
        from wpsdesk.ui.agencies.taking_dialog import TakingDialog

        self.dialog = TakingDialog(self._context, *self._place, self)
        self.dialog.taken.connect(self.taken)
        show_over(self.dialog)

    def _on_change(self, what: str) -> None:
        if what == CONTRIBUTED and self._place is not None and self._may_gather:
            self.show_answer(*self._place)
