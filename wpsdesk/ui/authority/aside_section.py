"""Reports by signers whom nobody vouches for yet: who says they sent them, and the digits that settle it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.arrivals.waiting import Waiting, drop_waiting, take_waiting, waiting
from wpsdesk.desk.keys.approving import Approved, approve_waiting
from wpsdesk.messages import shown
from wpsdesk.trust.errors import FingerprintMismatch
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.trust.asking import SureDialog
from wpsdesk.ui.trust.digits import HeardDigits
from wpsdesk.ui.trust.section import Section


class AsideSection(Section):
    """What is set aside, one to be looked at, approved and taken in, or put away."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.lines: Listing[Waiting] = Listing(
            say("Set aside"), self._columns(), empty=say("Nothing is set aside."),
            how=say(
                "A report by a signer without a certificate waits here, sealed and counted nowhere, until you decide."
            ),
        )  # fmt: skip
        self.lines.setMinimumHeight(self.fontMetrics().height() * 9)
        self.take_button = button(say("Take in what can be"), self.take)
        self.drop_button = button(say("Put away for good"), self.drop)
        self.approve_button = button(say("Approve and take in"), self.approve, role="primary")
        self._about = label("", wraps=True)
        self.heard = HeardDigits(say)
        self.typed_field, self.typed = line_field(
            say("Digits that you hear"), hint=say("Tick each group as it is read to you, or type all of them here.")
        )
        words = say("What stands here is only what the file says of itself. Ring the unit on a number that you know.")
        self.inside.addWidget(self.headed(say("Set aside"), words, self.lines, flow(self.take_button, is_right=True)))
        self._panel = QWidget()
        panel = QVBoxLayout(self._panel)
        panel.setContentsMargins(0, 0, 0, 0)
        acts = flow(self.drop_button, self.approve_button, is_right=True)
        panel.addWidget(self.headed(say("The signer"), "", self._about, self.heard, self.typed_field, acts))
        self.inside.addWidget(self._panel)
        self.lines.chosen.connect(self._show)
        self.heard.changed.connect(self._enable)
        self.typed.textChanged.connect(self._enable)

    def _columns(self) -> tuple[Column[Waiting], ...]:
        say = self.say
        return (
            Column(title=say("Says it is from"), text=lambda line: line.unit),
            Column(title=say("Prepared by"), text=lambda line: shown(line.prepared_by), is_wide=True),
            Column(title=say("Year"), text=lambda line: str(line.year)),
            Column(title=say("No."), text=lambda line: str(line.seq)),
            Column(title=say("Received"), text=lambda line: say.moment(line.came)),
        )

    def refresh(self) -> None:
        """Read again what is set aside."""
        found, before = waiting(self.context.desk), self.lines.current()
        wanted = before.digest if before is not None else found[0].digest if found else ""
        self.lines.show_values(found, current=lambda line: line.digest == wanted)
        self.take_button.setEnabled(bool(found))
        self._show(self.lines.current())

    def _show(self, line: Waiting | None) -> None:
        self._panel.setVisible(line is not None)
        if line is None or self.heard.fingerprint == line.fingerprint:
            return
        say = self.say
        self.heard.show_digits(line.fingerprint)
        self.typed.clear()
        self.typed_field.show_error("")
        came = say(
            "{file}, {size}, received {when}.",
            file=shown(line.file_name),
            size=say.size(line.size),
            when=say.moment(line.came),
        )
        if line.has_request:
            words = say("A request for a certificate came along. When its digits are the unit's, approve it.")
        else:
            words = say("No request came along. Ask the unit for one; when it is approved, this report is taken in.")
        self._about.setText(f"{came} {words}")
        self._enable()

    def _enable(self) -> None:
        line = self.lines.current()
        has_heard = self.heard.are_all_heard or bool(self.typed.text().strip())
        self.approve_button.setEnabled(line is not None and line.has_request and has_heard)

    def approve(self) -> None:
        """Issue the certificate that came along, and take the report in."""
        line, say, desk = self.lines.current(), self.say, self.context.desk
        if line is None:
            return
        name, heard = f"sertifikat_{line.unit.lower()}.asice.cms", self.typed.text().strip() or None
        out = choosing.new_file(
            self, say("Where the reply is to lie"), self.folder / name, kinds=say("Bundles") + " (*.cms)"
        )
        if out is not None:
            self.run(
                lambda _progress: approve_waiting(desk, line.digest, heard, out),
                say("Issuing the certificate"), self._approved, self._on_fault,
            )  # fmt: skip

    def _approved(self, made: Approved) -> None:
        say = self.say
        self.remember(made.path)
        refused = [each.outcome for each in made.admitted if isinstance(each.outcome, WpsError)]
        taken = len(made.admitted) - len(refused)
        self._changed()
        kept = say.plural("{n} report is taken in.", "{n} reports are taken in.", taken)
        told = " ".join(str(messages.sentence(fault, say)) for fault in refused)
        what = say("{unit} has a certificate, valid to {day}.", unit=made.unit, day=say.date(made.not_after.date()))
        self.succeed(what, kept=f"{kept} {told}".strip(), do=say("Send {file} to the unit.", file=made.path))

    def _on_fault(self, fault: WpsError) -> None:
        if isinstance(fault, FingerprintMismatch):
            found = messages.sentence(fault, self.say)
            self.typed_field.show_error(f"{found.what} {found.do}".strip())
            self.typed.setFocus()
        else:
            self.tell(fault)

    def take(self) -> None:
        """Take in everything whose signer has been enrolled since."""
        desk = self.context.desk
        self.run(lambda _progress: take_waiting(desk), self.say("Taking in"), self._taken)

    def _taken(self, found: tuple[object, ...]) -> None:
        say = self.say
        self._changed()
        if found:
            self.succeed(say.plural("{n} report is taken in.", "{n} reports are taken in.", len(found)))
        else:
            self.succeed(say("Nothing could be taken in: none of the signers has been enrolled."))

    def drop(self) -> None:
        """Ask once more, and put one away for good."""
        line, say, desk = self.lines.current(), self.say, self.context.desk
        if line is None:
            return
        words = say("The file that came is deleted here. The unit can send it again.")
        dialog = SureDialog(
            self, say, say("Put the report from {unit} away?", unit=line.unit), words, say("Put away for good")
        )
        dialog.works(self.context.jobs, lambda _progress: drop_waiting(desk, line.digest))
        if self.asked(dialog):
            self._changed()

    def _changed(self) -> None:
        self.context.changed.emit("submissions")
        self.context.changed.emit("units")
        self.refresh()


def set_aside(context: Context) -> int:
    """How many reports wait for their signer to be approved."""
    return len(waiting(context.desk))
