"""This desk: the four steps that make it able to report, its certificate's days, its digits, its recovery key."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk import opening
from wpsdesk.desk.call import calling
from wpsdesk.desk.keys import enrolling
from wpsdesk.desk.keys.certificate_days import days_left
from wpsdesk.desk.keys.enrolling import Requested
from wpsdesk.desk.keys.recovering import RecoveryKey, is_recovery_apart, keep_recovery_apart
from wpsdesk.desk.opening import DeskInfo
from wpsdesk.ui import arrivals, choosing, style
from wpsdesk.ui.chips import Chip, StateChip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row, selectable
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.reporter.requesting import RequestDialog, RequestForm
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.trust.asking import KEY_SUFFIX, NewKeyFileDialog
from wpsdesk.ui.trust.digits import Digits
from wpsdesk.ui.trust.digits_paper import write_page
from wpsdesk.ui.trust.ending import ending_chip
from wpsdesk.ui.trust.section import Section


class DeskSection(Section):
    """Call, UD's fingerprint, own request, certificate; then what keeps it in order."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.call_button = button(say("Load the call"), lambda: self._load(say("Load the call")))
        self.compare_button = button(say("The digits are the same"), self.compare)
        self.request_button = button(say("Write the request"), self.request)
        self.certificate_button = button(say("Load the certificate"), lambda: self._load(say("Load the certificate")))
        self.again_button = button(say("Ask UD again"), self.ask_again)
        self.print_button = button(say("Print the digits"), self.print)
        self.recovery_button = button(say("Move the recovery key"), self.move_recovery)
        self.root_field, self.root_digits = line_field(
            say("Digits that UD reads out"), hint=say("Write them as you hear them. Spaces do not count.")
        )
        self.form = RequestForm(say, is_enrolled=False)
        self.person = self.form.person
        self._chips: dict[str, StateChip] = {}
        self._words = {
            name: selectable("") for name in ("call", "root", "request", "certificate", "digits", "recovery")
        }
        self.root_fingerprint = Digits(say("UD's fingerprint"))
        self.own_fingerprint = Digits(say("This desk's fingerprint"))
        self._intro = label(
            say("Four steps, once. The file you get from UD can also be dropped on the window."),
            tone="muted",
            wraps=True,
        )
        self._lay_out()

    def _lay_out(self) -> None:
        say = self.say
        self.inside.addWidget(self._intro)
        self._step("call", say("1. UD's call"), self.call_button)
        self._step("root", say("2. UD's fingerprint"), self.compare_button, self.root_fingerprint, self.root_field)
        self._step("request", say("3. Ask for a certificate"), self.request_button, self.form)
        self._step("certificate", say("4. The certificate"), self.certificate_button)
        digits = self.headed(
            say("This desk's digits"), "", self._words["digits"], self.own_fingerprint,
            flow(self.print_button, self.again_button, is_right=True),
        )  # fmt: skip
        self._digits_card = digits
        self.inside.addWidget(digits)
        self.inside.addWidget(
            self.headed(
                say("Recovery key"), "", self._words["recovery"], flow(self.recovery_button, is_right=True),
            )
        )  # fmt: skip

    def _step(self, name: str, head: str, act: QPushButton, *more: QWidget) -> None:
        frame, inside = card()
        inside.setSpacing(style.current().px(8))
        self._chips[name] = StateChip(Chip(sign=Sign.RING, word="", tone="neutral"))
        inside.addLayout(row(label(head, type="head"), self._chips[name], None))
        inside.addWidget(self._words[name])
        for widget in more:
            inside.addWidget(widget)
        inside.addLayout(row(None, act))
        self.inside.addWidget(frame)

    @property
    def days(self) -> str:
        """What is said of the certificate's days."""
        return self._chips["certificate"].word

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """How each step stands."""
        desk, say = self.context.desk, self.say
        call, root, info = calling.current_call(desk), calling.root_fingerprint(desk), opening.info(desk)
        own = enrolling.own_fingerprint(desk)
        if call is None:
            self._tell("call", say("UD sends it as a file that ends in .asice."), is_done=False)
        else:
            words = say("The call for {year}, with the deadline {day}.", year=call.year, day=say.date(call.deadline))
            self._tell("call", words, is_done=True)
        self._intro.setVisible(not info.is_enrolled)
        self._show_root(root)
        self._show_request(own, is_enrolled=info.is_enrolled)
        self._show_certificate(info)
        self._show_recovery()
        self.certificate_button.setEnabled(call is not None)

    def _show_root(self, root: tuple[str, bool] | None) -> None:
        say = self.say
        is_done = root is not None and root[1]
        self.root_fingerprint.show_digits(root[0] if root else "")
        self.root_fingerprint.setVisible(root is not None and not is_done)
        self.root_field.setVisible(root is not None and not is_done)
        self.compare_button.setVisible(not is_done)
        self.compare_button.setEnabled(root is not None)
        if root is None:
            words = say("Comes with the call.")
        elif is_done:
            words = say("Compared by voice. Whatever UD signs can be trusted.")
        else:
            words = say("Ring UD on a number that you know, and let them read out these digits.")
        self._tell("root", words, is_done=is_done)

    def _show_request(self, own: str | None, *, is_enrolled: bool) -> None:
        say = self.say
        self.own_fingerprint.show_digits(own or "")
        self._digits_card.setVisible(own is not None)
        self.form.setVisible(not is_enrolled)
        self.request_button.setVisible(not is_enrolled)
        self.again_button.setVisible(is_enrolled)
        if is_enrolled:
            words = say("UD has issued a certificate.")
        elif own is not None:
            words = say("The request is written. Send the file to UD, and read the digits below out when UD rings.")
        else:
            words = say("The request is a file for UD. UD rings to compare the digits.")
        self._words["digits"].setText(
            say("UD knows this desk by these digits. Read them group by group when UD rings to compare them.")
        )
        self._tell("request", words, is_done=is_enrolled or own is not None)

    def _show_certificate(self, info: DeskInfo) -> None:
        say, ends, now = self.say, info.certificate_ends, self.context.desk.clock()
        if ends is None:
            self._tell("certificate", say("UD sends it as a file that ends in .cms."), is_done=False)
            return
        left, day = days_left(ends, now), say.date(ends.date())
        if left < 0:
            words = say("It ended {day}, and this desk can no longer sign. Ask UD for a renewal below.", day=day)
        else:
            words = say("This desk can sign until {day}.", day=day)
        self._words["certificate"].setText(words)
        self._chips["certificate"].show_chip(ending_chip(ends, now, say))

    def _show_recovery(self) -> None:
        say, is_apart = self.say, is_recovery_apart(self.context.desk)
        self.recovery_button.setVisible(not is_apart)
        if is_apart:
            words = say(
                "It lies in a file of its own. Whoever has that file and its passphrase can open what is sealed to"
                " this desk."
            )
        else:
            words = say(
                "It opens everything that is sealed to this desk, and lies in the desk's file. It is safer in a file"
                " of its own that is locked away: what is sealed can then be opened also when this machine is lost."
            )
        self._words["recovery"].setText(words)

    def _tell(self, name: str, words: str, *, is_done: bool) -> None:
        self._words[name].setText(words)
        done = Chip(sign=Sign.TICK, word=self.say("Done"), tone="success")
        waits = Chip(sign=Sign.RING, word=self.say("Remains"), tone="neutral")
        self._chips[name].show_chip(done if is_done else waits)

    # -- doing -------------------------------------------------------------------------------------

    def _load(self, title: str) -> None:
        kinds = self.say("Bundles ({pattern})", pattern=choosing.BUNDLES)
        found = choosing.open_files(self, title, self.folder, kinds=kinds)
        if found:
            self.remember(found[0])
            arrivals.receive(self.context, self, found)

    def compare(self) -> None:
        """Record that the digits were heard and are the same."""
        digits = self.root_digits.text().strip()
        self.root_field.show_error("" if digits else self.say("Write the digits that UD reads out."))
        if not digits:
            self.root_digits.setFocus()
            return
        try:
            calling.confirm_root(self.context.desk, digits)
        except WpsError as fault:
            found = messages.sentence(fault, self.say)
            self.root_field.show_error(f"{found.what} {found.do}".strip())
            self.root_digits.setFocus()
            return
        self.root_digits.clear()
        self.context.changed.emit("call")

    def request(self) -> None:
        """Write the first request where the person points, on the worker."""
        if not self.form.is_answered():
            return
        folder = choosing.folder(self, self.say("Folder for the request"), self.folder)
        if folder is None:
            return
        self.context.remember(last_folder=folder)
        desk, form = self.context.desk, self.form
        person, purpose, wants_report = form.person.text().strip(), form.purpose, form.wants_report.isChecked()

        def work(_progress: Progress) -> Requested:
            return enrolling.request(desk, person, folder, purpose=purpose, wants_report=wants_report)

        self.run(work, self.say("Writing the request"), self._requested)

    def ask_again(self) -> None:
        """A renewal, or new keys in the place of those that are lost or known to others."""
        desk, dialog = self.context.desk, RequestDialog(self, self.say, self.folder)

        def work(_progress: Progress) -> Requested:
            form = dialog.form
            person = form.person.text().strip()
            return enrolling.request(
                desk, person, dialog.out, purpose=form.purpose, wants_report=form.wants_report.isChecked()
            )

        dialog.works(self.context.jobs, work)
        if self.asked(dialog):
            assert isinstance(dialog.result_of_work, Requested)
            self._requested(dialog.result_of_work)

    def _requested(self, requested: Requested) -> None:
        say = self.say
        self.remember(requested.path)
        self.context.changed.emit("certificate")
        self.refresh()
        do = say("Send the file to UD. UD rings to compare the digits below.")
        self.succeed(say("The request lies at {path}.", path=requested.path), do=do)

    def print(self) -> None:
        """This desk's digits on a page."""
        own, unit = enrolling.own_fingerprint(self.context.desk), self.context.desk.unit
        if own is not None:
            write_page(self.context, self, unit.names[self.context.language], own)

    def move_recovery(self) -> None:
        """Move the recovery key to a file of its own."""
        say, desk = self.say, self.context.desk
        words = say(
            "The key leaves this desk. With the file and its passphrase alone, everything that is sealed to this"
            " desk can be opened."
        )
        place = self.folder / f"{desk.unit.code.lower()}-recovery{KEY_SUFFIX}"
        dialog = NewKeyFileDialog(self, say, say("Move the recovery key"), words, place)
        dialog.works(self.context.jobs, lambda _progress: keep_recovery_apart(desk, dialog.path, dialog.new.text))
        if self.asked(dialog):
            assert isinstance(dialog.result_of_work, RecoveryKey)
            self.refresh()
            told = say("The recovery key lies in {file}, and no longer in the store.", file=dialog.result_of_work.path)
            self.succeed(told, do=say("Lock the file away. Older backups of the desk still hold the key."))
