"""Send: what UD waits for, reading and approving, what goes and how, signing; and what has been sent before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.call import calling
from wpsdesk.desk.errors import NothingToSend
from wpsdesk.desk.keys.people import people, signer_named
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission import signing_off
from wpsdesk.desk.submission.behind import Behind, nothing_sent_since
from wpsdesk.desk.submission.carriers import Carriage, last_carriage
from wpsdesk.desk.submission.course import course
from wpsdesk.desk.submission.dispatching import Dispatched, dispatch
from wpsdesk.desk.submission.dividing import Resent, resend
from wpsdesk.desk.submission.packing import Packed, Way, Why, packed, way
from wpsdesk.desk.submission.sending import People
from wpsdesk.desk.submission.sent_versions import Version, changed_since, versions
from wpsdesk.desk.submission.tasks import PartsWanted, Task, WholeWanted
from wpsdesk.messages import Sentence
from wpsdesk.trust.errors import WrongKeyPassphrase
from wpsdesk.ui import arrivals, choosing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.fields import Field
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.approval_card import ApprovalCard
from wpsdesk.ui.reporter.behind_card import BehindCard
from wpsdesk.ui.reporter.carrier_card import CarrierCard
from wpsdesk.ui.reporter.dispatched_card import DispatchedCard
from wpsdesk.ui.reporter.findings_card import FindingsCard
from wpsdesk.ui.reporter.left_here import enough_words, left_words
from wpsdesk.ui.reporter.parcel_card import ParcelCard
from wpsdesk.ui.reporter.sent_card import SentCard
from wpsdesk.ui.reporter.signing_card import Signature, SigningCard
from wpsdesk.ui.reporter.standing import Standing, standing
from wpsdesk.ui.reporter.todo_card import TodoCard, go_to


class SendPage(Page):
    """From ready answers to files for UD, and back from UD's reply to what is to be done."""

    shows = ("entries", "call", "certificate", "sent", "replies", "states", "course", "people")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.reply_button = button(say("Load a reply from UD"), self.load_reply)
        self.header(say("Send"), self.reply_button)
        self._only_changes: bool | None = None  # None: the program chooses
        self._natural: Way | None = None
        self.done_card = DispatchedCard(context)
        self.behind = BehindCard(context)
        self.todo = TodoCard(context)
        self.findings = FindingsCard(context)
        self.approval = ApprovalCard(context)
        self.parcel = ParcelCard(context)
        self.carrier = CarrierCard(context, last_carriage(context.desk))
        self.signing = SigningCard(context)
        self.sent = SentCard(context)
        self._going: tuple[QWidget, ...] = (self.approval, self.parcel, self.carrier, self.signing)
        for one in (self.done_card, self.behind, self.todo, self.findings, *self._going, self.sent):
            self.body.addWidget(one)
        self.body.addStretch(1)
        self.export_button = button(say("Sign and write the files"), self.export, role="primary")
        note = label(
            say("What is written is signed, and sealed so that only UD can read it."), tone="muted", wraps=True
        )
        self.footer(self.export_button, left=note)
        self._connect()

    def _connect(self) -> None:
        self.behind.reply_asked.connect(self.load_reply)
        self.behind.nothing_sent.connect(self._nothing_sent)
        self.todo.wanted.connect(self._on_task)
        self.approval.read_asked.connect(self.read_whole)
        self.approval.ready_asked.connect(self._mark_ready)
        self.approval.back_asked.connect(self._send_back)
        self.parcel.other_way_asked.connect(self._turn_way)
        self.signing.asks.toggled.connect(self._on_asking)
        self.sent.read_asked.connect(self._read_version)
        self.sent.compare_asked.connect(self._compare)
        self.sent.parts_asked.connect(self._all_parts)

    # What a person fills in, by the names that the page has always had.
    @property
    def folder(self) -> choosing.PathField:
        """Where the files are to lie."""
        return self.carrier.folder

    @property
    def approved_by(self) -> QLineEdit:
        """Who approves it, where the desk's own key signs."""
        return self.signing.approved_by

    @property
    def approved_field(self) -> Field:
        """The same with its label and what is wrong."""
        return self.signing.approved_field

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What UD waits for, what would go now, and what has gone."""
        desk, found = self.context.desk, standing(self.context.desk)
        call = found.call
        for one in self._going:
            one.setVisible(call is not None)
        if call is None:
            self.export_button.setEnabled(False)
            self.sent.show_versions(())
            return
        year, here = call.year, people(desk)
        late = next((task for task in found.tasks if isinstance(task, Behind)), None)
        self.behind.show_behind(late)
        self.todo.show_tasks(tuple(task for task in found.tasks if task is not late))
        self.findings.show_problems(drafting.problems(desk, year))
        state = course(desk, year)
        going = self._packed(year)
        is_shared = sum(each.is_enrolled for each in here) > 1
        self.approval.show_course(state, has_answers=found.ready > 0, is_shared=is_shared)
        self.carrier.show_size(going)
        self.signing.show_people(here, state.state, is_enrolled=found.is_enrolled)
        self.sent.show_versions(versions(desk, year))
        self._show_going(found, going, is_behind=late is not None)

    def _packed(self, year: Year) -> Packed | None:
        desk = self.context.desk
        try:
            self._natural = way(desk, year)
            if self._natural.why not in (Why.CHANGES, Why.UNCHANGED):
                self._only_changes = None  # there is nothing to choose any more
            return packed(desk, year, only_changes=self._only_changes)
        except NothingToSend:
            self._natural = None
            return None
        except WpsError as fault:  # the changes alone, where they have become none
            self._only_changes = None
            self.tell(fault)
            return packed(desk, year)

    def _show_going(self, found: Standing, going: Packed | None, *, is_behind: bool) -> None:
        say, hindrance = self.say, ""
        if is_behind:
            hindrance = say("First what UD may have and this desk has not; it stands above.")
        elif not self.signing.may_sign:
            hindrance = say(
                "The desk has no certificate yet, so it cannot sign. Ask for one under Set-up, or let the request ride "
                "along, below."
            )
        elif going is None:
            hindrance = say("No answer is marked as ready yet.")
        is_asked = self._only_changes is not None
        self.parcel.show_parcel(
            going, self._natural, left=left_words(found, say), hindrance=hindrance, is_asked=is_asked
        )
        if self._natural is not None and (enough := enough_words(found, self._natural, say)):
            self.parcel.show_why(enough)
        has_news = going is not None and (going.way.why is not Why.UNCHANGED or self._only_changes is False)
        self.export_button.setEnabled(not hindrance and has_news and not self.context.jobs.is_busy)

    def _on_asking(self, _is_on: bool) -> None:
        self.refresh()

    def _turn_way(self) -> None:
        self._only_changes = False if self._only_changes is None else None
        self.refresh()

    def _nothing_sent(self) -> None:
        year = self._year()
        if year is not None:
            nothing_sent_since(self.context.desk, year)
            self.context.changed.emit("sent")
            self.context.changed.emit("journal")
            self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed is gone

    def open_thing(self, thing: object) -> None:
        """A task that is done here: parts to write again, or the whole to send."""
        match thing:
            case PartsWanted(is_known=True):
                self._resend(thing.numbers, thing.set_id)
            case WholeWanted():
                self.signing.signer_field.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                return

    def leave(self) -> bool:
        """The passphrase of a key is not left standing in a field."""
        self.signing.passphrase.clear()
        return True

    # -- reading and approving ---------------------------------------------------------------------

    def _year(self) -> Year | None:
        call = calling.current_call(self.context.desk)
        return None if call is None else call.year

    def read_whole(self) -> None:
        """Show what would go, as it will be printed."""
        self._read(None)

    def _read_version(self, seq: int) -> None:
        self._read(seq)

    def _read(self, seq: int | None) -> None:
        desk, year, language = self.context.desk, self._year(), self.context.language
        if year is None:
            return

        def work(progress: Progress) -> bytes:
            from wpsdesk.desk.submission import previewing  # with all that lays pages out: for those who ask

            return previewing.preview_pdf(desk, year, language, seq=seq, progress=progress)

        def done(pdf: bytes) -> None:
            from wpsdesk.ui.reporter.preview import PreviewDialog

            def save(path: Path) -> None:
                self._save_preview(path, year, seq)

            dialog = PreviewDialog(self.context, self, pdf, save)
            show_over(dialog)
            dialog.draw()

        self.context.jobs.start(
            work, owner=self, title=self.say("Laying out the pages"), done=done, failed=self._on_fault
        )

    def _save_preview(self, path: Path, year: Year, seq: int | None) -> None:
        from wpsdesk.desk.submission import previewing

        say = self.say
        try:
            size = previewing.write_preview(self.context.desk, year, path, self.context.language, seq=seq)
        except WpsError as fault:
            self.tell(fault)
            return
        what = say("{file} is written ({size}).", file=path, size=say.size(size))
        do = say("It is not sealed: anyone who gets hold of it can read it.")
        self.context.told.emit(Sentence(what=what, kept="", do=do), "warning")

    def _mark_ready(self, who: str) -> None:
        self._move(lambda year: signing_off.mark_report_ready(self.context.desk, year, who))

    def _send_back(self, who: str, remark: str) -> None:
        self._move(lambda year: signing_off.reopen_report(self.context.desk, year, who, remark))

    def _move(self, act: Callable[[Year], object]) -> None:
        year = self._year()
        if year is None:
            return
        try:
            act(year)
        except WpsError as fault:
            self.tell(fault)
        self.context.changed.emit("course")

    # -- writing -----------------------------------------------------------------------------------

    def export(self) -> None:
        """Write the files, on the worker; the strip below shows how far it has come and stops it."""
        context, say, year = self.context, self.say, self._year()
        folder, carriage = self.folder.path, self.carrier.carriage
        self.folder.show_error("" if folder else say("Choose a folder."))
        signature = self.signing.signature()
        if year is None or signature is None or folder is None or carriage is None:
            if signature is not None:
                (self.carrier.limit if carriage is None else self.folder).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        context.quieted.emit()
        context.remember(last_folder=folder)
        self.export_button.setEnabled(False)
        work = _writing(context.desk, year, folder, carriage, signature=signature, only_changes=self._only_changes)
        context.jobs.start(work, owner=self, title=say("Writing the files"), done=self._written, failed=self._on_fault)

    def _written(self, done: Dispatched) -> None:
        say = self.say
        self.signing.passphrase.clear()
        self._only_changes = None
        self.done_card.show_dispatched(done)
        self.scroller.ensureVisible(0, 0)
        first = done.files[0].path
        what = (
            say("The report lies at {path}.", path=first)
            if len(done.files) == 1
            else say("The report lies in {n} files in {folder}.", n=len(done.files), folder=done.folder)
        )
        self.context.told.emit(Sentence(what=what, kept="", do=say("How to send it stands below.")), "success")
        self.context.changed.emit("sent")
        self.done_card.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed gave its focus away

    def _on_fault(self, fault: WpsError) -> None:
        self.refresh()
        if isinstance(fault, Cancelled):
            what = self.say("Stopped. No file was written, and nothing was lost.")
            self.context.told.emit(Sentence(what=what, kept="", do=""), "info")
        elif isinstance(fault, WrongKeyPassphrase):
            self.signing.refuse(messages.sentence(fault, self.say).what)
        else:
            self.tell(fault)

    # -- once more ---------------------------------------------------------------------------------

    def _on_task(self, task: Task) -> None:
        match task:
            case PartsWanted(is_known=True):
                self._resend(task.numbers, task.set_id)
            case WholeWanted():
                self.ensure_shown(self.parcel)
            case _:
                go_to(task, self.context)

    def ensure_shown(self, widget: QWidget) -> None:
        """Scroll to a card."""
        self.scroller.ensureWidgetVisible(widget)

    def _all_parts(self, one: Version) -> None:
        if one.set_id is not None:
            self._resend(tuple(range(1, one.parts + 1)), one.set_id)

    def _resend(self, numbers: tuple[int, ...], set_id: str) -> None:
        """Ask for a folder, and write the parts there once more."""
        desk, say = self.context.desk, self.say
        folder = choosing.folder(self, say("Folder for the parts"), self.folder.path)
        if folder is None:
            return
        self.context.remember(last_folder=folder)

        def work(progress: Progress) -> Resent:
            return resend(desk, numbers, folder, set_id=set_id, progress=progress)

        def done(found: Resent) -> None:
            self.done_card.show_parts(folder, tuple((part.path, part.size) for part in found.parts))
            self.scroller.ensureVisible(0, 0)
            what = say.plural("{n} part is written once more.", "{n} parts are written once more.", len(found.parts))
            self.context.told.emit(Sentence(what=what, kept="", do=""), "success")

        self.context.jobs.start(work, owner=self, title=say("Making the parts again"), done=done, failed=self._on_fault)

    def _compare(self, seq: int) -> None:
        year = self._year()
        if year is None:
            return
        try:
            self.sent.show_differences(seq, changed_since(self.context.desk, year, seq))
        except WpsError as fault:
            self.tell(fault)

    def load_reply(self) -> None:
        """Load UD's receipt, or the certificate it sent."""
        kinds = self.say("Bundles ({pattern})", pattern=choosing.BUNDLES)
        title = self.say("Load a reply from UD")
        found = choosing.open_files(self, title, self.context.settings.last_folder, kinds=kinds)
        if found:
            self.context.remember(last_folder=found[0].parent)
            arrivals.receive(self.context, self, found)


def _writing(
    desk: Desk, year: Year, folder: Path, carriage: Carriage, *, signature: Signature, only_changes: bool | None
) -> Callable[[Progress], Dispatched]:
    """The work of writing: the key is opened on the worker, for that takes its time on purpose."""

    def work(progress: Progress) -> Dispatched:
        signer = signer_named(desk, signature.person, signature.passphrase) if signature.person else None
        who = People(prepared_by=signature.prepared_by, approved_by=signature.approved_by, signer=signer)
        return dispatch(
            desk, year, folder, carriage, who, only_changes=only_changes, ask_as=signature.ask_as, progress=progress
        )

    return work
