"""What a request for a certificate says: who asks, why, and whether the unit's last report is wanted back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.trust.enrolment import Purpose
from wpsdesk.ui import style
from wpsdesk.ui.controls import label, worded
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.trust.asking import RequestAsking


class RequestForm(QWidget):
    """The fields; which purposes there are depends on whether the desk has a certificate."""

    def __init__(self, say: Catalogue, *, is_enrolled: bool) -> None:
        super().__init__()
        self._say = say
        self.person_field, self.person = line_field(
            say("Who asks"), hint=say("Name and telephone number, so that UD can ring back.")
        )
        if is_enrolled:
            choices = (
                (Purpose.RENEWAL, say("Renewal: the certificate ends soon, or has ended")),
                (Purpose.REPLACEMENT, say("New keys: somebody else may have had this machine or its passphrase")),
            )
        else:
            choices = (
                (Purpose.NEW, say("The unit's first desk, or one more beside others")),
                (Purpose.REPLACEMENT, say("This desk takes the place of one that is lost: its keys are revoked")),
            )
        self._group = QButtonGroup(self)
        self.purposes: dict[Purpose, QRadioButton] = {}
        self.wants_report = QCheckBox(say("Ask UD to give the unit's last report back"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(6))
        inside.addWidget(self.person_field)
        inside.addWidget(label(say("Why"), type="strong"))
        for purpose, words in choices:
            radio = QRadioButton(self)
            self._group.addButton(radio)
            self.purposes[purpose] = radio
            inside.addLayout(worded(radio, words))
        inside.addWidget(self.wants_report)
        self.purposes[choices[0][0]].setChecked(True)
        self.setFocusProxy(self.person)

    @property
    def purpose(self) -> Purpose:
        """Why a certificate is asked for."""
        return next(purpose for purpose, radio in self.purposes.items() if radio.isChecked())

    def is_answered(self) -> bool:
        """Whether it says who asks."""
        has_person = bool(self.person.text().strip())
        self.person_field.show_error("" if has_person else self._say("Write who asks."))
        if not has_person:
            self.person.setFocus()
        return has_person


class RequestDialog(RequestAsking):
    """The same for a desk that has a certificate, with the folder for the file."""

    def __init__(self, parent: QWidget, say: Catalogue, folder: Path) -> None:
        words = say(
            "While the certificate lasts, a renewal needs no telephone call. After it has ended, and for new keys, UD"
            " rings to hear the digits."
        )
        super().__init__(parent, say, say("Ask UD again"), words, folder)
        self.form = RequestForm(say, is_enrolled=True)
        self.add(self.form, self.where)
        self.form.setFocus()

    def is_answered(self) -> bool:
        """Who asks, and where to."""
        has_place = super().is_answered()
        return self.form.is_answered() and has_place
