"""Asking why a certificate is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.trust.parsing import Reason
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, button, label, row
from wpsdesk.ui.fields import Field

REASONS: Final[Mapping[Reason, str]] = {
    Reason.KEY_COMPROMISE: N_("The machine or the passphrase has come into other hands"),
    Reason.AFFILIATION_CHANGED: N_("The person has left the unit"),
    Reason.CESSATION_OF_OPERATION: N_("The unit is closed down"),
    Reason.UNSPECIFIED: N_("Another reason"),
}


class RevocationDialog(QDialog):
    """Asks why a certificate is to be taken back, and says what that means."""

    def __init__(self, parent: QWidget, say: Catalogue, name: str) -> None:
        super().__init__(parent)
        look = style.current()
        self.setWindowTitle(say("Revoke the certificate"))
        self._choice = Choice(say("Reason"), [(reason, say(text)) for reason, text in REASONS.items()])
        self.revoke_button = button(say("Revoke"), self.accept, role="primary")
        self.cancel_button = button(say("Cancel"), self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(14))
        inside.setSpacing(look.px(12))
        inside.addWidget(label(say("Revoke the certificate of {unit}?", unit=name), type="title", wraps=True))
        inside.addWidget(
            label(
                say("What the unit signs from now on is refused until you approve a new request. It cannot be undone."),
                wraps=True,
            )
        )  # fmt: skip
        inside.addWidget(Field(say("Reason"), self._choice))
        inside.addLayout(row(None, self.cancel_button, self.revoke_button))
        self.setMinimumWidth(look.px(420))
        self._choice.setFocus()

    def reason(self) -> Reason:
        """What was chosen."""
        return Reason(str(self._choice.chosen()))  # Qt hands an enumeration of strings back as a plain string
