"""Set-up: the four steps that make a unit's desk able to report, each with how it stands and its one button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk import calling, enrolling, opening
from wpsdesk.desk.enrolling import Requested
from wpsdesk.messages import Sentence
from wpsdesk.ui import arrivals, choosing, style
from wpsdesk.ui.chips import Chip, StateChip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row, selectable
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.page import Page
from wpsdesk.ui.signs import Sign


class SetupPage(Page):
    """Call, UD's fingerprint, own request, certificate."""

    shows = ("call", "certificate", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.header(say("Set-up"))
        self.body.addWidget(
            label(
                say("Four steps, once. The file you get from UD can also be dropped on the window."),
                tone="muted",
                wraps=True,
            )
        )
        self.call_button = button(say("Load the call"), lambda: self._load(say("Load the call")))
        self.compare_button = button(say("The digits are the same"), self.compare)
        self.request_button = button(say("Write the request"), self.request)
        self.certificate_button = button(say("Load the certificate"), lambda: self._load(say("Load the certificate")))
        self.root_field, self.root_digits = line_field(
            say("Digits that UD reads out"), hint=say("Write them as you hear them. Spaces do not count.")
        )
        self.person_field, self.person = line_field(
            say("Who asks"), hint=say("Name and telephone number, so that UD can ring back.")
        )
        self._chips: dict[str, StateChip] = {}
        self._words = {name: selectable("") for name in ("call", "root", "request", "certificate")}
        self.root_fingerprint = selectable("", type="code")
        self.root_fingerprint.setAccessibleName(say("UD's fingerprint"))
        self.own_fingerprint = selectable("", type="code")
        self.own_fingerprint.setAccessibleName(say("This desk's fingerprint"))
        self._step("call", say("1. UD's call"), self.call_button)
        self._step("root", say("2. UD's fingerprint"), self.compare_button, self.root_fingerprint, self.root_field)
        self._step(
            "request", say("3. Ask for a certificate"), self.request_button, self.own_fingerprint, self.person_field
        )
        self._step("certificate", say("4. The certificate"), self.certificate_button)
        self.body.addStretch(1)

    def _step(self, name: str, head: str, act: QPushButton, *more: QWidget) -> None:
        frame, inside = card()
        inside.setSpacing(style.current().px(8))
        self._chips[name] = StateChip(Chip(sign=Sign.RING, word="", tone="neutral"))
        inside.addLayout(row(label(head, type="head"), self._chips[name], None))
        inside.addWidget(self._words[name])
        for widget in more:
            inside.addWidget(widget)
        inside.addLayout(row(None, act))
        self.body.addWidget(frame)

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
        self._show_root(root)
        self._show_request(own, is_enrolled=info.is_enrolled)
        ends = info.certificate_ends
        if ends is not None:
            self._tell("certificate", say("This desk can sign until {day}.", day=say.date(ends.date())), is_done=True)
        else:
            self._tell("certificate", say("UD sends it as a file that ends in .cms."), is_done=False)
        self.certificate_button.setEnabled(call is not None)

    def _show_root(self, root: tuple[str, bool] | None) -> None:
        say = self.say
        is_done = root is not None and root[1]
        self.root_fingerprint.setText(root[0] if root else "")
        self.root_fingerprint.setVisible(root is not None)
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
        self.own_fingerprint.setText(own or "")
        self.own_fingerprint.setVisible(own is not None)
        if is_enrolled:
            words = say("UD has issued a certificate. Ask again only if it is about to end or the machine was lost.")
        elif own is not None:
            words = say("The request is written. Send the file to UD, and read these digits out when UD rings.")
        else:
            words = say("The request is a file for UD. UD rings to compare the digits.")
        self._tell("request", words, is_done=is_enrolled or own is not None)

    def _tell(self, name: str, words: str, *, is_done: bool) -> None:
        self._words[name].setText(words)
        done = Chip(sign=Sign.TICK, word=self.say("Done"), tone="success")
        waits = Chip(sign=Sign.RING, word=self.say("Remains"), tone="neutral")
        self._chips[name].show_chip(done if is_done else waits)

    # -- doing -------------------------------------------------------------------------------------

    def _load(self, title: str) -> None:
        kinds = self.say("Bundles ({pattern})", pattern=choosing.BUNDLES)
        found = choosing.open_files(self, title, self.context.settings.last_folder, kinds=kinds)
        if found:
            self.context.remember(last_folder=found[0].parent)
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
            self.root_field.show_error(self._words_of(fault))
            self.root_digits.setFocus()
            return
        self.root_digits.clear()
        self.context.changed.emit("call")

    def _words_of(self, fault: WpsError) -> str:
        from wpsdesk import messages

        found = messages.sentence(fault, self.say)
        return f"{found.what} {found.do}".strip()

    def request(self) -> None:
        """Write the request where the person points, on the worker."""
        context, say, person = self.context, self.say, self.person.text().strip()
        self.person_field.show_error("" if person else say("Write who asks."))
        if not person:
            self.person.setFocus()
            return
        folder = choosing.folder(self, say("Folder for the request"), context.settings.last_folder)
        if folder is None:
            return
        context.remember(last_folder=folder)

        def work(_progress: Progress) -> Requested:
            return enrolling.request(context.desk, person, folder)

        title = say("Writing the request")
        context.jobs.start(work, owner=self, title=title, done=self._requested, failed=self._refused)

    def _requested(self, requested: Requested) -> None:
        say = self.say
        what = say("The request lies at {path}.", path=Path(requested.path))
        self.context.changed.emit("certificate")
        self.context.told.emit(Sentence(what=what, kept="", do=say("Send the file to UD.")), "success")

    def _refused(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            self.tell(fault)
