"""One line of the inbox in full: what it is, how far it is to be believed, what is in it, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Digest
from wpsdesk.bundle.model import FileEntry, Header
from wpsdesk.desk.arrivals.inbox import InboxRow, Stands, received_report
from wpsdesk.desk.arrivals.inspecting import received_header
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import Report
from wpsdesk.ui import style
from wpsdesk.ui.authority.arrivals import Held, Line, Turned, Waiting, standing_chips, standing_of, state_chip
from wpsdesk.ui.authority.reading import Reading
from wpsdesk.ui.chips import StateChip
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import FlowLayout


class DetailsPane(QFrame):
    """Shows one line; of a submission in force a receipt can be written, and a request can be opened."""

    receipt_asked = Signal(object)  # InboxRow
    request_asked = Signal(object)  # Pending
    review_asked = Signal(object)  # InboxRow
    choice_asked = Signal(object)  # InboxRow: it waits for a choice, or one has been made

    def __init__(self, desk: Desk, say: Catalogue, language: LanguageCode) -> None:
        super().__init__()
        self._desk, self._say, self._language = desk, say, language
        self._line: Line | None = None
        self._standing: tuple[StateChip, ...] = ()
        self.setObjectName("card")
        look = style.current()
        self._title = label("", type="head", wraps=True)
        self._chips = FlowLayout(spacing=6)
        self.text = Reading(say("About what has come"))
        self.receipt_button = button(say("Write a receipt"), self._ask_receipt)
        self.request_button = button(say("Open the request"), self._ask_request)
        self.choice_button = button(say("Choose between the two"), self._ask_choice)
        self.review_button = button(say("Review the answers"), self._ask_review)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        inside.setSpacing(look.px(8))
        words = QVBoxLayout()
        words.setSpacing(look.px(6))
        words.addWidget(self._title)
        words.addLayout(self._chips)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        for action in (self.request_button, self.choice_button, self.review_button, self.receipt_button):
            top.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(top)
        inside.addWidget(self.text, 1)
        self.show_line(None)

    def _ask_receipt(self) -> None:
        if isinstance(self._line, Held):
            self.receipt_asked.emit(self._line.row)

    def _ask_choice(self) -> None:
        if isinstance(self._line, Held):
            self.choice_asked.emit(self._line.row)

    def _ask_review(self) -> None:
        if isinstance(self._line, Held):
            self.review_asked.emit(self._line.row)

    def _ask_request(self) -> None:
        if isinstance(self._line, Waiting):
            self.request_asked.emit(self._line.pending)

    @property
    def chips(self) -> tuple[str, ...]:
        """The words of the chips that are shown."""
        return tuple(chip.word for chip in self._standing)

    def show_line(self, line: Line | None) -> None:
        """Show a line of the inbox; None says that one may be chosen."""
        self._line = line
        self._show_chips(line)
        self._show_choice(line)
        for action in (self.review_button, self.receipt_button):
            action.setVisible(isinstance(line, Held) and line.row.stands is Stands.IN_FORCE)
        self.request_button.setVisible(isinstance(line, Waiting))
        text, say = self.text, self._say
        text.start()
        match line:
            case None:
                self._title.setText(say("Nothing is chosen"))
                text.add(say("Choose a line to see what it is, who signed it and what is in it."), "muted")
            case Held(row=found):
                self._title.setText(
                    say("{unit}, report no. {number} for {year}", unit=found.unit, number=found.seq, year=found.year)
                )
                self._write_held(found)
            case Turned():
                self._title.setText(messages.shown(line.path.name))
                self._write_turned(line)
            case Waiting(pending=pending):
                self._title.setText(say("Request from {unit}", unit=pending.unit_name))
                text.add(say("The unit asks for a certificate. Compare the digits with it before you approve."))
                text.add(pending.fingerprint, "strong", space=8)
        text.finish()

    def _show_choice(self, line: Line | None) -> None:
        say, stands = self._say, line.row.stands if isinstance(line, Held) else None
        self.choice_button.setVisible(stands in (Stands.HELD, Stands.SETTLED))
        is_settled = stands is Stands.SETTLED
        self.choice_button.setText(say("Undo the choice") if is_settled else say("Choose between the two"))

    def _show_chips(self, line: Line | None) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._standing = ()
        if line is None:
            return
        standing = standing_of(line)
        chips = (state_chip(line, self._say),) if standing is None else standing_chips(standing, self._say)
        self._standing = tuple(StateChip(chip) for chip in chips)
        for found in self._standing:
            self._chips.addWidget(found)

    # -- what is written ---------------------------------------------------------------------------

    def _write_held(self, found: InboxRow) -> None:
        say, text = self._say, self.text
        try:
            header, report = received_header(self._desk, found.digest), received_report(self._desk, found.digest)
        except WpsError as fault:
            text.add(str(messages.sentence(fault, say)))
            return
        text.add(f"{messages.word(found.stands, say)}.")
        text.add(
            say("Received {when} from the file {file}.", when=say.moment(found.received_at), file=found.file_name),
            "muted",
        )
        text.add(say("Signed by {name}, {when}.", name=found.signed_by, when=say.moment(found.signed_at)), "muted")
        self._write_entries(report)
        self._write_contributors(report)
        _write_files(text, header.files, say)
        self._write_header(header, found.size)
        _write_digest(text, found.digest, say)

    def _write_entries(self, report: Report) -> None:
        say, text, plan = self._say, self.text, self._desk.plan
        text.add(say.plural("{n} answer", "{n} answers", len(report.entries)), "strong", space=10)
        for entry in report.entries:
            commitment = plan.commitment(entry.key.commitment)
            words = [f"{commitment.number}  {commitment.titles[self._language]}"]
            if entry.key.country is not None:
                words.append(plan.country(entry.key.country).names[self._language])
            if entry.status is not None:
                words.append(messages.word(entry.status, say))
            text.add(" · ".join(words))

    def _write_contributors(self, report: Report) -> None:
        """Who was asked to report to the unit, and has or has not."""
        say, text = self._say, self.text
        if report.contributors:
            text.add(say("Reports to the unit"), "strong", space=10)
        for each in report.contributors:
            words = [each.unit.names[self._language]]
            words.append(
                say("has not reported")
                if each.digest is None
                else f"{say.plural('{n} answer', '{n} answers', each.answers)} · SHA-256 {each.digest[:12]}"
            )
            if not each.may_be_named:
                words.append(say("not to be named in public"))
            text.add(" · ".join(words))

    def _write_header(self, header: Header, size: int | None) -> None:
        say, text = self._say, self.text
        text.add(say("About the bundle"), "strong", space=10)
        facts = [
            (say("Kind"), messages.word(header.kind, say)),
            (say("Sent by"), header.unit),
            (say("Sent to"), header.to),
            (say("Made"), say.moment(header.created)),
            (say("Prepared by"), header.prepared_by or "–"),
            (say("Approved by"), header.approved_by or "–"),
            (say("Plan edition"), header.plan),
            (say("Made with"), header.app),
            (say("Identifier"), header.id),
        ]
        if size is not None:
            facts.append((say("Size"), say.size(size)))
        for name, value in facts:
            text.add(f"{name}: {value}")

    def _write_turned(self, line: Turned) -> None:
        say, text = self._say, self.text
        found = messages.sentence(line.fault, say)
        for part, kind in ((found.what, "strong"), (found.kept, "text"), (found.do, "text")):
            if part:
                text.add(part, "strong" if kind == "strong" else "text")
        text.add(messages.shown(line.path), "muted", space=8)
        examination = line.examination
        if examination is None:
            return
        if examination.signer is not None and examination.signed_at is not None:
            when = say.moment(examination.signed_at)
            text.add(say("Signed by {name}, {when}.", name=examination.signer.name, when=when), "muted")
        if examination.header is not None:
            _write_files(text, examination.header.files, say)
            self._write_header(examination.header, examination.size)
        if examination.digest is not None:
            _write_digest(text, examination.digest, say)


def _write_files(text: Reading, files: tuple[FileEntry, ...], say: Catalogue) -> None:
    if not files:
        return
    text.add(say.plural("{n} file", "{n} files", len(files)), "strong", space=10)
    for file in files:
        words = [file.title or file.original_name, file.original_name, say.size(file.size)]
        if file.is_restricted:
            words.append(say("restricted"))
        text.add(" · ".join(dict.fromkeys(words)))
        text.add(f"SHA-256 {file.digest}", "code")


def _write_digest(text: Reading, digest: Digest, say: Catalogue) -> None:
    text.add(say("The signed container's SHA-256"), "strong", space=10)
    text.add(digest, "code")
