"""A request for a certificate, with its digits large enough to be compared over the telephone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.enrolling import Pending
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.trust.digits import Digits


class RequestPanel(QFrame):
    """What a request says, the digits, and the way to say that they were heard."""

    approved = Signal(object, str)
    """The :class:`Pending` and the digits that were typed; "" where the box was ticked instead."""

    put_away = Signal()

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self.pending: Pending | None = None
        self.setObjectName("card")
        self._title = label("", type="head", wraps=True)
        self._facts = label("", tone="muted", wraps=True)
        self._warning = label("", tone="warning", wraps=True)
        self.digits = Digits(say("The request's digits"))
        self.heard_field, self.heard = line_field(
            say("Digits that you hear"),
            hint=say("Let the unit read its digits to you over the telephone, and type them here."),
        )  # fmt: skip
        self.compared = QCheckBox(say("I have compared every digit with the unit"))
        self.approve_button = button(say("Approve and write the reply"), self._approve, role="primary")
        self.away_button = button(say("Put away"), self.put_away.emit)
        self._lay_out()
        self.heard.textChanged.connect(lambda _text: self._enable())
        self.heard.returnPressed.connect(self._approve)
        self.compared.toggled.connect(lambda _is_on: self._enable())
        self.setVisible(False)

    def _lay_out(self) -> None:
        look, inside = style.current(), QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(10))
        for widget in (self._title, self._facts, self._warning, self.digits, self.heard_field, self.compared):
            inside.addWidget(widget)
        inside.addStretch(1)
        inside.addLayout(row(None, self.away_button, self.approve_button))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the request away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away.emit()
        else:
            super().keyPressEvent(event)

    def show_request(self, pending: Pending) -> None:
        """Show a request; what was typed for another one is taken away."""
        say = self._say
        self.pending = pending
        self._title.setText(say("Request from {unit}", unit=pending.unit_name))
        self._facts.setText(
            say(
                "{unit} · {person} · {when}",
                unit=pending.unit,
                person=pending.person or "–",
                when=say.moment(pending.created),
            )
        )
        warnings = []
        if not pending.is_asked:
            warnings.append(say("The call does not ask this unit."))
        if pending.revokes:
            warnings.append(say("The unit has a certificate already. It is revoked when you approve this one."))
        elif pending.has_certificate:
            warnings.append(say("The unit has a certificate already, and it stays valid."))
        self._warning.setText(" ".join(warnings))
        self._warning.setVisible(bool(warnings))
        self.digits.show_digits(pending.fingerprint)
        self.heard.clear()
        self.heard_field.show_error("")
        self.compared.setChecked(False)
        self._enable()
        self.setVisible(True)
        self.heard.setFocus()

    def show_fault(self, fault: WpsError) -> None:
        """Say at the field what is wrong."""
        found = messages.sentence(fault, self._say)
        self.heard_field.show_error(f"{found.what} {found.do}".strip())
        self.heard.setFocus()

    def _enable(self) -> None:
        self.approve_button.setEnabled(bool(self.heard.text().strip()) or self.compared.isChecked())

    def _approve(self) -> None:
        if self.pending is not None and self.approve_button.isEnabled():
            self.heard_field.show_error("")
            self.approved.emit(self.pending, self.heard.text().strip())
