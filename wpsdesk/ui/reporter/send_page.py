"""Send: what goes, who approves, where the file is written, how it is sent; and what has been sent before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk import calling, replying, sending
from wpsdesk.desk.sending import Exported
from wpsdesk.messages import Sentence
from wpsdesk.report.call import Call
from wpsdesk.report.reply import Reply
from wpsdesk.store.sent import Sent
from wpsdesk.ui import arrivals, choosing, style
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row, selectable
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.standing import standing


class SendPage(Page):
    """From ready answers to a file for UD."""

    shows = ("entries", "call", "certificate", "sent", "replies", "states")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.reply_button = button(say("Load a reply from UD"), self.load_reply)
        self.header(say("Send"), self.reply_button)
        self._what = label("", wraps=True)
        self._stays = label("", tone="muted", wraps=True)
        self._hindrance = label("", tone="danger", wraps=True)
        self.approved_field, self.approved_by = line_field(
            say("Who has approved the report"), hint=say("Name and title. It stands in the bundle that is signed.")
        )
        self.folder = PathField(
            say, say("Folder for the file"), self._browse, hint=say("A memory stick, or a folder that is sent from.")
        )
        if context.settings.last_folder is not None:
            self.folder.show_path(context.settings.last_folder)
        self._going, inside = card()
        inside.setSpacing(style.current().px(12))
        inside.addWidget(label(say("What goes now"), type="head"))
        for widget in (self._what, self._stays, self._hindrance, self.approved_field, self.folder):
            inside.addWidget(widget)
        self._done, self._done_inside = card(is_quiet=True)
        self._done.setVisible(False)
        self._sent, self._sent_inside = card()
        self.body.addWidget(self._going)
        self.body.addWidget(self._done)
        self.body.addWidget(self._sent)
        self.body.addStretch(1)
        self.export_button = button(say("Write the bundle"), self.export, role="primary")
        note = label(say("The file is signed, and sealed so that only UD can read it."), tone="muted", wraps=True)
        self.footer(self.export_button, left=note)

    def _browse(self) -> Path | None:
        return choosing.folder(self, self.say("Folder for the file"), self.folder.path)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What would go now, and what has gone."""
        desk, say = self.context.desk, self.say
        found = standing(desk)
        self._going.setVisible(found.call is not None)
        self._hindrance.setText("")
        if found.call is None:
            self.export_button.setEnabled(False)
            self._show_sent(None)
            return
        parcel = sending.parcel(desk, found.call.year)
        answers = say.plural("{n} answer that is ready", "{n} answers that are ready", parcel.entries)
        files = say.plural("{n} file of evidence", "{n} files of evidence", parcel.files)
        self._what.setText(
            f"{say.listing((answers, files))}, {say.size(parcel.size)}." if parcel.files else f"{answers}."
        )
        left = len(found.rows) - found.ready
        self._stays.setText(
            say.plural("{n} answer stays here until it is ready.", "{n} answers stay here until they are ready.", left)
        )
        self._stays.setVisible(left > 0)
        if not found.is_enrolled:
            self._hindrance.setText(say("The desk has no certificate yet, so it cannot sign. See Set-up."))
        elif not parcel.entries:
            self._hindrance.setText(say("No answer is marked as ready yet."))
        self._hindrance.setVisible(bool(self._hindrance.text()))
        self.export_button.setEnabled(found.is_enrolled and parcel.entries > 0 and not self.context.jobs.is_busy)
        self._show_sent(found.call)

    def _show_sent(self, call: Call | None) -> None:
        say, inside = self.say, self._sent_inside
        _empty(inside)
        inside.addWidget(label(say("What has been sent"), type="head"))
        bundles = () if call is None else sending.sent_bundles(self.context.desk, call.year)
        replies = () if call is None else replying.replies(self.context.desk, call.year)
        if not bundles:
            inside.addWidget(label(say("Nothing yet."), tone="muted"))
        for sent in bundles:
            inside.addWidget(self._sent_line(sent, replies))

    def _sent_line(self, sent: Sent, replies: tuple[Reply, ...]) -> QWidget:
        say = self.say
        about = [r.about for r in replies if r.about is not None and r.about.bundle == sent.id]
        if about:
            stands, tone = say("received by UD {when}", when=say.moment(about[-1].received)), "success"
        else:
            stands, tone = say("no receipt yet"), "muted"
        holder = QWidget()
        name = say("No. {seq}, {when}", seq=sent.seq, when=say.moment(sent.created))
        line = row(label(name, type="strong"), label(say.size(sent.size), tone="muted"), label(stands, tone=tone), None)
        holder.setLayout(line)
        return holder

    # -- doing -------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write the bundle, on the worker; the strip below shows how far it has come and stops it."""
        context, say, desk = self.context, self.say, self.context.desk
        call, folder, approved_by = calling.current_call(desk), self.folder.path, self.approved_by.text().strip()
        self.folder.show_error("" if folder else say("Choose a folder."))
        self.approved_field.show_error("" if approved_by else say("Write who has approved it."))
        if call is None or folder is None or not approved_by:
            (self.approved_by if not approved_by else self.folder).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        context.quieted.emit()
        context.remember(last_folder=folder)
        self.export_button.setEnabled(False)

        def work(progress: Progress) -> Exported:
            return sending.export(desk, call.year, folder, approved_by=approved_by, progress=progress)

        context.jobs.start(
            work, owner=self, title=say("Writing the bundle"), done=self._written, failed=self._on_refused
        )

    def _written(self, exported: Exported) -> None:
        say = self.say
        _empty(self._done_inside)
        self._done_inside.addWidget(label(say("The bundle is written"), type="head"))
        self._done_inside.addWidget(selectable(str(exported.path)))
        size = say("{size}. Report no. {seq} this year.", size=say.size(exported.size), seq=exported.seq)
        self._done_inside.addWidget(label(size, tone="muted"))
        how = say(
            "Send the file to UD by eFormidling, as an attachment to an e-mail, or on a memory stick. Nobody else can "
            "read it. Load UD's receipt here when it comes."
        )
        self._done_inside.addWidget(label(how, wraps=True))
        self._done.setVisible(True)
        self.context.told.emit(
            Sentence(what=say("The bundle lies at {path}.", path=exported.path), kept="", do=""), "success"
        )
        self.context.changed.emit("sent")

    def _on_refused(self, fault: WpsError) -> None:
        self.refresh()
        self.export_button.setEnabled(True)
        if isinstance(fault, Cancelled):
            what = self.say("Stopped. No file was written, and nothing was lost.")
            self.context.told.emit(Sentence(what=what, kept="", do=""), "info")
        else:
            self.tell(fault)

    def load_reply(self) -> None:
        """Load UD's receipt, or the certificate it sent."""
        kinds = self.say("Bundles ({pattern})", pattern=choosing.BUNDLES)
        title = self.say("Load a reply from UD")
        found = choosing.open_files(self, title, self.context.settings.last_folder, kinds=kinds)
        if found:
            self.context.remember(last_folder=found[0].parent)
            arrivals.receive(self.context, self, found)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
