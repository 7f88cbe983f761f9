"""UD's register: every certificate of every desk and person, what ends soon, and taking one back."""

from __future__ import annotations

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.keys.approving import IssuedCertificate, certificates, revoke
from wpsdesk.desk.keys.certificate_days import SOON, days_left
from wpsdesk.desk.keys.issued import KeyState
from wpsdesk.ui.authority.revoking import RevocationDialog
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.trust.ending import ending_chip
from wpsdesk.ui.trust.section import Section


class CertificatesSection(Section):
    """One line a certificate, what ends soon first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._told = label("", type="strong", wraps=True)
        self.lines: Listing[IssuedCertificate] = Listing(
            say("Certificates"), self._columns(), empty=say("No certificate has been issued yet."),
            how=say("They are issued when you approve the units' requests."),
        )  # fmt: skip
        self.lines.setMinimumHeight(self.fontMetrics().height() * 20)
        self.revoke_button = button(say("Revoke the certificate"), self.revoke)
        acts = flow(self.revoke_button, is_right=True)
        self.inside.addWidget(self.headed(say("Certificates"), "", self._told, self.lines, acts))
        self.lines.chosen.connect(self._enable)

    def _columns(self) -> tuple[Column[IssuedCertificate], ...]:
        say = self.say
        return (
            Column(title=say("Unit"), text=lambda line: line.unit),
            Column(title=say("For"), text=lambda line: line.person or say("the desk")),
            Column(title=say("Certificate"), text=lambda line: self.chip(line).word, chip=self.chip),
            Column(title=say("Valid to"), text=lambda line: say.date(line.not_after.date())),
            Column(title=say("Digits"), text=lambda line: line.fingerprint, is_wide=True),
        )  # fmt: skip

    def chip(self, line: IssuedCertificate) -> Chip:
        """How one stands."""
        if line.state is KeyState.REVOKED:
            return Chip(sign=Sign.CROSS, word=self.say("Revoked"), tone="danger")
        return ending_chip(line.not_after, self.context.desk.clock(), self.say)

    def refresh(self) -> None:
        """Read the register again."""
        now = self.context.desk.clock()
        found = certificates(self.context.desk)
        good = [each for each in found if each.state is KeyState.VALID]
        soon = sorted((e for e in good if days_left(e.not_after, now) <= SOON), key=lambda e: e.not_after)
        rest = [each for each in found if each not in soon]
        self.lines.show_values((*soon, *rest))
        words = self.say.plural("{n} certificate ends soon.", "{n} certificates end soon.", len(soon))
        self._told.setText(words if soon else "")
        self._told.setVisible(bool(soon))
        self._enable(self.lines.current())

    def _enable(self, line: IssuedCertificate | None) -> None:
        self.revoke_button.setEnabled(
            line is not None and line.state is not KeyState.REVOKED and line.unit != self.context.desk.unit.code
        )

    def revoke(self) -> None:
        """Ask why, and take one certificate back; the unit's others stand."""
        line, say = self.lines.current(), self.say
        if line is None:
            return
        dialog = RevocationDialog(self, say, f"{line.person} ({line.unit})" if line.person else line.unit)
        if not is_accepted(dialog):
            return
        try:
            revoke(self.context.desk, line.unit, dialog.reason(), serial=line.serial)
        except WpsError as fault:
            self.context.told.emit(messages.sentence(fault, say), "danger")
            return
        self.context.changed.emit("units")
        self.refresh()
        do = say("The list of revoked certificates goes out with the next call or reply.")
        self.succeed(say("The certificate of {unit} is revoked.", unit=line.person or line.unit), do=do)
