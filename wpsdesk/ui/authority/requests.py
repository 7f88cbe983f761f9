"""A request for a certificate, with its digits large enough to be compared over the telephone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.keys.enrolling import Pending
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import shown
from wpsdesk.trust.enrolment import Purpose
from wpsdesk.trust.parsing import Reason
from wpsdesk.ui import style
from wpsdesk.ui.authority.revoking import REASONS
from wpsdesk.ui.controls import Choice, button, label
from wpsdesk.ui.fields import Field, line_field
from wpsdesk.ui.trust.digits import HeardDigits


class RequestPanel(QFrame):
    """What a request says, the digits, and the way to say that they were heard.

    Its buttons stand in the foot of the page, where they are always to be seen.
    """

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
        self.digits = HeardDigits(say)
        self.heard_field, self.heard = line_field(
            say("Digits that you hear"),
            hint=say("Tick each group as it is read to you, or type all of them here."),
        )  # fmt: skip
        self.reason_choice = Choice(
            say("Why the older certificates are revoked"),
            [(r, say(t)) for r, t in REASONS.items()],
        )
        self._reason_field = Field(say("Why the older certificates are revoked"), self.reason_choice)
        self.approve_button = button(say("Approve and write the reply"), self._approve, role="primary")
        self.away_button = button(say("Put away"), self.put_away.emit)
        self._lay_out()
        self.heard.textChanged.connect(lambda _text: self._enable())
        self.heard.returnPressed.connect(self._approve)
        self.digits.changed.connect(self._enable)
        self.setVisible(False)

    def _lay_out(self) -> None:
        look, inside = style.current(), QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(10))
        for widget in (
            self._title,
            self._facts,
            self._warning,
            self.digits,
            self.heard_field,
            self._reason_field,
        ):
            inside.addWidget(widget)
        inside.addStretch(1)

    def show_request(self, pending: Pending) -> None:
        """Show a request; what was typed for another one is taken away."""
        say = self._say
        self.pending = pending
        self._title.setText(say("Request from {unit}", unit=pending.unit_name))
        self._facts.setText(
            say(
                "{purpose} · {unit} · {person} · {when}",
                purpose=purpose_words(pending, say),
                unit=pending.unit,
                person=pending.person or "–",
                when=say.moment(pending.created),
            )
        )
        warnings = warnings_of(pending, say)
        self._reason_field.setVisible(bool(pending.revokes))
        self.heard_field.setVisible(not pending.is_vouched_for)
        self._warning.setText(" ".join(warnings))
        self._warning.setVisible(bool(warnings))
        self.digits.show_digits(pending.fingerprint)
        self.heard.clear()
        self.heard_field.show_error("")
        self._enable()
        self.setVisible(True)
        (self.approve_button if pending.is_vouched_for else self.heard).setFocus()

    @property
    def reason(self) -> Reason:
        """Why a replacement revokes what was before it."""
        return Reason(str(self.reason_choice.chosen()))

    def show_fault(self, fault: WpsError) -> None:
        """Say at the field what is wrong."""
        found = messages.sentence(fault, self._say)
        self.heard_field.show_error(f"{found.what} {found.do}".strip())
        self.heard.setFocus()

    def _enable(self) -> None:
        is_vouched_for = self.pending is not None and self.pending.is_vouched_for
        self.approve_button.setEnabled(is_vouched_for or self.digits.are_all_heard or bool(self.heard.text().strip()))

    def _approve(self) -> None:
        if self.pending is not None and self.approve_button.isEnabled():
            self.heard_field.show_error("")
            self.approved.emit(self.pending, self.heard.text().strip())


def purpose_words(pending: Pending, say: Catalogue) -> str:
    """Why a certificate is asked for: a new one is one more where the unit has one already."""
    if pending.is_personal:
        return say("{purpose}, a person's own key", purpose=messages.word(pending.purpose, say))
    if pending.purpose is Purpose.NEW and pending.has_certificate:
        return say("One more desk")
    return messages.word(pending.purpose, say)


def warnings_of(pending: Pending, say: Catalogue) -> list[str]:
    """What the officer should know before approving, a sentence each."""
    warnings: list[str] = []
    if not pending.is_asked:
        warnings.append(say("The call does not ask this unit."))
    if pending.revokes:
        warnings.append(
            say.plural(
                "When you approve, {n} older certificate is revoked.",
                "When you approve, {n} older certificates are revoked.",
                pending.revokes,
            )
        )
    elif pending.has_certificate and pending.purpose is Purpose.NEW and not pending.is_personal:
        warnings.append(say("The unit has a certificate already, and it stays valid."))
    if pending.bought is not None:
        bought = pending.bought
        warnings.append(
            say(
                "The key is bought: {subject}, issued by {issuer}.",
                subject=shown(bought.subject),
                issuer=shown(bought.issuer),
            )
        )
    if pending.wants_report:
        warnings.append(say("The unit asks for its last report back."))
    if pending.is_vouched_for:
        warnings.append(say("It is signed with the certificate that it renews: no digits need be compared."))
    return warnings
