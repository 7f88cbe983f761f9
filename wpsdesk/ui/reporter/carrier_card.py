"""How it is sent: the carrier, what it takes at a time, a spare part, the folder; and in how many files it will be."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from wpsdesk import messages
from wpsdesk.desk.submission.carriers import LEAST_MAIL, MOST_MAIL, Carriage, Carrier, part_size
from wpsdesk.desk.submission.packing import Packed
from wpsdesk.desk.submission.sending_errors import CarrierTooSmall
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing, style
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, label
from wpsdesk.ui.fields import Field, line_field

MEGABYTE = 1_000_000


class CarrierCard(QFrame):
    """Tells the page when something is chosen; the page says what it means."""

    changed = Signal()

    def __init__(self, context: Context, last: Carriage) -> None:
        super().__init__()
        self._context, self._size = context, 0
        say, look = context.say, style.current()
        self.setObjectName("card")
        self.carrier = Choice(say("Carrier"), [(each, messages.word(each, say)) for each in Carrier])
        self.carrier.choose(last.carrier)
        carrier_field = Field(say("Carrier"), self.carrier)
        carrier_field.setMaximumWidth(look.px(360))
        self.limit_field, self.limit = line_field(
            say("The largest message that the mail takes, in MB"),
            hint=say("Attachments grow by a third in the mail; that is reckoned with. It is remembered."),
            text=say.number(Decimal(last.mail_limit) / MEGABYTE),
        )
        self.limit.setMaximumWidth(look.px(120))
        self.spare = QCheckBox(say("One spare part, which stands in for any one that is lost"))
        self.spare.setChecked(last.with_spare)
        self.folder = PathField(
            say, say("Folder for the file"), self._browse, hint=say("A memory stick, or a folder that is sent from.")
        )
        if context.settings.last_folder is not None:
            self.folder.show_path(context.settings.last_folder)
        self._in_files = label("", wraps=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(say("How it is sent"), type="head"))
        for widget in (carrier_field, self.limit_field, self._in_files, self.spare, self.folder):
            inside.addWidget(widget)
        self.carrier.currentIndexChanged.connect(self._on_choice)
        self.limit.textChanged.connect(self._on_choice)
        self._show()

    def _browse(self) -> Path | None:
        return choosing.folder(self, self._context.say("Folder for the file"), self.folder.path)

    @property
    def carriage(self) -> Carriage | None:
        """What is chosen; None where the limit is no number."""
        carrier, limit = self.carrier.chosen(), self._limit()
        assert isinstance(carrier, Carrier)
        if limit is None and carrier is Carrier.MAIL:
            return None
        return Carriage(
            carrier=carrier,
            mail_limit=limit or Carriage().mail_limit,
            with_spare=self.spare.isChecked() and not self.spare.isHidden(),
        )

    def _limit(self) -> int | None:
        try:
            found = round(float(self.limit.text().strip().replace(",", ".")) * MEGABYTE)
        except (ValueError, OverflowError):
            return None
        return found if LEAST_MAIL <= found <= MOST_MAIL else None

    @property
    def text(self) -> str:
        """In how many files it goes, in words."""
        return self._in_files.text()

    def show_size(self, found: Packed | None) -> None:
        """How large it is that is to go."""
        self._size = 0 if found is None else found.size
        self._show()

    def _on_choice(self, *_: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        say, carriage = self._context.say, self.carriage
        self.limit_field.setVisible(self.carrier.chosen() is Carrier.MAIL)
        self.limit_field.show_error(
            "" if carriage is not None else say("Write a number of megabytes from 0.05 to 150, such as 10.")
        )
        size = None
        words = ""
        if carriage is not None and self._size:
            try:
                size = part_size(carriage, self._size)
            except CarrierTooSmall as fault:
                words = str(messages.sentence(fault, say))
            else:
                words = _files_words(size, self._size, say)
        self._in_files.setText(words)
        self._in_files.setVisible(bool(words))
        self.spare.setVisible(size is not None)


def _files_words(size: int | None, whole: int, say: Catalogue) -> str:
    if size is None:
        return say("It goes in one file.")
    count = -(-whole // size) + 1
    return say(
        "It goes in about {n} parts of at most {size} each. UD can read the report when the first has come.",
        n=count,
        size=say.size(size),
    )
