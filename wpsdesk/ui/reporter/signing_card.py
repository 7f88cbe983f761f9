"""Approve and sign: a person with a key of their own, by their own passphrase, or a name under the desk's key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from wpsdesk.desk.keys.people import Person
from wpsdesk.report.states import ReportState
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, label
from wpsdesk.ui.fields import Field, line_field

BY_THE_DESK = ""
"""The choice of signing with the desk's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who approves, and how it is signed."""

    approved_by: str  # a name under the desk's key; "" where a person signs
    person: str  # who signs with a key of their own; "" for the desk's key
    passphrase: str
    prepared_by: str  # the same name, where one person does both in one go; else whoever marked it as ready
    ask_as: str  # from whom a request for a certificate rides along; "" for none


class SigningCard(QFrame):
    """The fields; :meth:`signature` checks them and says at the field what is missing."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        say, look = context.say, style.current()
        self.setObjectName("card")
        self._one_go = label("", tone="muted", wraps=True)
        self.signer = Choice(say("Who approves and signs"))
        self.signer_field = Field(say("Who approves and signs"), self.signer)
        self.signer_field.setMaximumWidth(look.px(460))
        self.approved_field, self.approved_by = line_field(
            say("Who has approved the report"), hint=say("Name and title. It stands in the bundle that is signed.")
        )
        self.passphrase_field, self.passphrase = line_field(
            say("That person's own passphrase"), hint=say("It opens their key, and not the desk."), is_secret=True
        )
        self.asks = QCheckBox(say("Let the request for a certificate ride along"))
        self.ask_field, self.ask_as = line_field(
            say("Who asks for the certificate"), hint=say("A name and a telephone number: UD calls to compare digits.")
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(say("Approve and sign"), type="head"))
        fields: tuple[QWidget, ...] = (
            self._one_go, self.signer_field, self.passphrase_field, self.approved_field, self.asks, self.ask_field,
        )  # fmt: skip
        for widget in fields:
            inside.addWidget(widget)
        self.signer.currentIndexChanged.connect(self._show)
        self.asks.toggled.connect(self._show)
        self._has_people, self._is_enrolled, self._is_in_one_go = False, True, True
        self._show()

    def show_people(self, people: tuple[Person, ...], state: ReportState, *, is_enrolled: bool) -> None:
        """Who can sign here, and whether one person would prepare and approve in one go."""
        say = self._context.say
        able = tuple(each.name for each in people if each.is_enrolled)
        self._has_people, self._is_enrolled = bool(able), is_enrolled
        names = [(name, name) for name in able] + [(BY_THE_DESK, say("The desk's own key, with a name"))]
        if [name for name, _ in names] != self.signer.values:
            chosen = self.signer.chosen()
            self.signer.offer(names)
            self.signer.choose(chosen if chosen in self.signer.values else names[0][0])
        self._is_in_one_go = state is not ReportState.READY
        in_one_go = say("The report is not marked as ready: whoever signs now both prepares and approves it.")
        self._one_go.setText(in_one_go if self._is_in_one_go and len(able) < 2 else "")
        self._show()

    def _show(self, *_: object) -> None:
        is_person = self._has_people and self.signer.chosen() != BY_THE_DESK
        self.signer_field.setVisible(self._has_people)
        self.passphrase_field.setVisible(is_person)
        self.approved_field.setVisible(not is_person)
        self.asks.setVisible(not self._is_enrolled)
        self.ask_field.setVisible(not self._is_enrolled and self.asks.isChecked())
        self._one_go.setVisible(bool(self._one_go.text()))

    @property
    def may_sign(self) -> bool:
        """Whether there is a certificate, or the request for one rides along."""
        return self._is_enrolled or self.asks.isChecked()

    def signature(self) -> Signature | None:
        """What has been filled in; None where something is missing, which is said at its field."""
        say, person = self._context.say, str(self.signer.chosen() or "") if self._has_people else ""
        name, words, asks = self.approved_by.text().strip(), self.passphrase.text(), self.ask_as.text().strip()
        wants_name, wants_ask = not person, not self._is_enrolled and self.asks.isChecked()
        checks = (
            (self.approved_field, bool(name) or not wants_name, say("Write who has approved it.")),
            (self.passphrase_field, bool(words) or wants_name, say("Write the passphrase.")),
            (self.ask_field, bool(asks) or not wants_ask, say("Write who asks.")),
        )
        missing = [field for field, is_there, _ in checks if not is_there]
        for field, is_there, text in checks:
            field.show_error("" if is_there else text)
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Signature(
            approved_by="" if person else name,
            person=person,
            passphrase=words,
            prepared_by=(person or name) if self._is_in_one_go else "",
            ask_as=asks if wants_ask else "",
        )

    def refuse(self, text: str) -> None:
        """Say at the passphrase that it was not the right one."""
        self.passphrase_field.show_error(text)
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
