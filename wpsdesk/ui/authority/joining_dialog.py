"""Putting an agreement of the aid statistics under commitments of the plan."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.desk.publication.agreements import Agreement, Says, join_agreement
from wpsdesk.desk.publication.statistics_shown import recipient
from wpsdesk.messages import sentence, shown
from wpsdesk.messages.statistics_words import stands_words
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.fields import Field


class JoiningDialog(QDialog):
    """Asks for the numbers of commitments, and says beside them what they are."""

    joined = Signal()

    def __init__(self, context: Context, parent: QWidget, year: Year, agreement: Agreement) -> None:
        super().__init__(parent)
        look, say = style.current(), context.say
        self._context, self._year, self._agreement = context, year, agreement
        title = say("Agreement {number}", number=shown(agreement.number))
        self.setWindowTitle(title)
        own = agreement.commitments if agreement.says is Says.AUTHORITY else ()
        self.line = QLineEdit(", ".join(map(str, own)))
        self.field = Field(
            say("Commitments"), self.line,
            hint=say("Their numbers, such as 8, 10. Without any, what the Ministry has said is taken back."),
        )  # fmt: skip
        self.titles = label("", tone="muted", wraps=True)
        self.keep_button = button(say("Put under these commitments"), self.keep, role="primary")
        self.cancel_button = button(say("Cancel"), self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        names = [shown(recipient(context.desk, key, context.language)) for key in agreement.recipients]
        facts = (say.listing(names), stands_words(agreement, say))
        inside.addWidget(label(" · ".join(facts), tone="muted", wraps=True))
        if agreement.says is Says.STATISTICS:
            told = say("What the statistics themselves say of a row stands, whatever is written here.")
            inside.addWidget(label(told, wraps=True))
        inside.addWidget(self.field)
        inside.addWidget(self.titles)
        inside.addStretch(1)
        inside.addLayout(row(None, self.cancel_button, self.keep_button))
        self.line.textChanged.connect(self._tell)
        self.line.returnPressed.connect(self.keep)
        room = self.screen().availableSize()
        self.resize(min(look.px(560), room.width() - 40), min(look.px(300), room.height() - 60))
        self._tell()
        self.line.setFocus()

    def _numbers(self) -> tuple[CommitmentNumber, ...] | None:
        """What is written, or None where it is no list of numbers."""
        parts = [part for part in re.split(r"[,;\s]+", self.line.text().strip()) if part]
        if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts):
            return None
        return tuple(CommitmentNumber(int(part)) for part in parts)

    def _tell(self, _text: str = "") -> None:
        plan, language = self._context.desk.plan, self._context.language
        wanted = self._numbers() or ()
        told = [f"{one.number} {one.titles[language]}" for one in plan.commitments if one.number in wanted]
        self.titles.setText("\n".join(told))

    def keep(self) -> None:
        """Put it there."""
        say, wanted = self._context.say, self._numbers()
        if wanted is None:
            self.field.show_error(say("Write numbers with commas between them, such as 8, 10."))
            return
        try:
            join_agreement(self._context.desk, self._year, self._agreement.number, wanted)
        except WpsError as fault:
            found = sentence(fault, say)
            self.field.show_error(f"{found.what} {found.do}".strip())
            return
        self.joined.emit()
        self.accept()
