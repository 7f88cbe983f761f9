"""A file that is looked at: what it is, four lines on how far to believe it, who signed it, and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.bundle.examining import Examination
from wpsdesk.bundle.examining_parts import PartExamination
from wpsdesk.desk.arrivals.looking import CardSeen, Seen, look
from wpsdesk.desk.arrivals.proof_sheets import write_proof_sheet
from wpsdesk.desk.arrivals.verifying import open_container, read_trust, trust_at
from wpsdesk.messages import Sentence, shown
from wpsdesk.messages.parts import whole_or_not
from wpsdesk.plan.loading import load_plan
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import button, card, label, selectable
from wpsdesk.ui.flow import flow
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.trust.digits import Digits
from wpsdesk.ui.trust.standing_lines import StandingLines

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.i18n import Catalogue
    from wpsdesk.trust.anchors import TrustSet

KINDS = "*.asice *.cms *.wpspart *.wpscard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """By what is looked: a desk's keys and trust, or none; and what the window shares."""

    desk: Desk | None
    clock: Clock
    jobs: Jobs
    say: Catalogue
    folder: Callable[[], Path | None]
    remember: Callable[[Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One file that the signature covers."""

    name: str
    size: str
    digest: str


class LookPanel(QWidget):
    """Choose or drop a file; nothing is stored by looking."""

    told = Signal(object, str)
    """A sentence and its kind, for the bar of whoever shows this."""

    recovery_asked = Signal(object)
    """The path of a sealed file that is to be opened with a recovery key."""

    def __init__(self, basis: Basis) -> None:
        super().__init__()
        self._basis, self._say = basis, basis.say
        self._trust: TrustSet | None = None
        self.seen: Seen | None = None
        say = self._say
        self.choose_button = button(say("Choose a file"), self.choose, role="primary")
        self.trust_button = button(say("Judge by a trust file"), self.choose_trust)
        self.sheet_button = button(say("Write the proof sheet"), self.write_sheet)
        self.copy_button = button(say("Copy the hashes"), self.copy)
        self.open_button = button(say("Open the seal"), self.open_seal)
        self.recover_button = button(say("Open with a recovery key"), self._ask_recovery)
        self._title = label("", type="head", wraps=True)
        self._what = label("", wraps=True)
        self._faults = label("", tone="danger", wraps=True)
        self._warnings = label("", tone="warning", wraps=True)
        self._facts = selectable("", tone="muted")
        self.standing = StandingLines(say)
        self.digits = Digits(say("Fingerprint"))
        self._digits_head = label("", type="strong", wraps=True)
        self.files: Listing[_Line] = Listing(say("Files in it"), self._columns(), empty=say("No files can be told."))
        self.files.setMinimumHeight(style.current().px(150))
        self._lay_out()
        self._show(None)

    def _columns(self) -> tuple[Column[_Line], ...]:
        say = self._say
        return (
            Column(title=say("File"), text=lambda line: line.name),
            Column(title=say("Size"), text=lambda line: line.size, is_figure=True),
            Column(title="SHA-256", text=lambda line: line.digest, is_wide=True),
        )

    def _lay_out(self) -> None:
        say, look_now = self._say, style.current()
        words = say(
            "Choose a report, a reply, a call, a request, one part of a set or a card, or drop it here."
            " Looking stores nothing and changes nothing."
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look_now.px(12))
        outer.addWidget(label(words, tone="muted", wraps=True))
        self._judged = label("", type="small", wraps=True)
        self._judged.hide()
        outer.addWidget(flow(self.choose_button, self.trust_button))
        outer.addWidget(self._judged)
        self._card, inside = card()
        parts: tuple[QWidget, ...] = (
            self._title, self._what, self.standing, self._faults, self._warnings, self._digits_head, self.digits,
            self._facts, self.files,
        )  # fmt: skip
        for part in parts:
            inside.addWidget(part)
        inside.addWidget(
            flow(self.copy_button, self.open_button, self.recover_button, self.sheet_button, is_right=True)
        )
        outer.addWidget(self._card)
        outer.addStretch(1)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.files.table)
        copy.activated.connect(self._copy_line)

    # -- looking -----------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file, and look at it."""
        say = self._say
        kinds = say("Bundles, parts and cards ({pattern})", pattern=KINDS)
        for path in choosing.open_files(self, say("Choose a file"), self._basis.folder(), kinds=kinds, many=False):
            self._basis.remember(path.parent)
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Look at a file, on the worker."""
        basis, trust = self._basis, self._trust
        plan = load_plan() if basis.desk is None else basis.desk.plan
        basis.jobs.start(
            lambda progress: look(path, basis.desk, plan, basis.clock(), trust=trust, progress=progress),
            owner=self, title=self._say("Looking at the file"), done=self._show, failed=self._on_fault,
        )  # fmt: skip

    def choose_trust(self) -> None:
        """Ask for root, chain and lists as UD exports them, and judge by these."""
        say = self._say
        kinds = say("Trust files ({pattern})", pattern="*.pem")
        title, folder = say("Judge by a trust file"), self._basis.folder()
        for path in choosing.open_files(self, title, folder, kinds=kinds, many=False):
            try:
                self._trust = read_trust(path)
            except WpsError as fault:
                self._on_fault(fault)
                return
            self._judged.setText(
                say("Judged by {file}, whose root has the digits {digits}. Compare them with UD's.",
                    file=shown(path.name), digits=self._trust.root_fingerprint)
            )  # fmt: skip
            self._judged.setVisible(True)
            if self.seen is not None:
                self.look_at(self.seen.path)

    def _on_fault(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            self.told.emit(messages.sentence(fault, self._say), "danger")

    # -- showing -----------------------------------------------------------------------------------

    def _show(self, seen: Seen | None) -> None:
        self.seen = seen
        self._card.setVisible(seen is not None)
        found = seen if isinstance(seen, Examination) else None
        self.standing.setVisible(found is not None)
        self.files.setVisible(found is not None and bool(found.listed))
        self.copy_button.setVisible(seen is not None and not isinstance(seen, CardSeen))
        self.sheet_button.setVisible(found is not None and found.header is not None)
        is_sealed = found is not None and bool(found.is_sealed)
        can_be_opened = found is not None and bool(found.can_be_opened)
        self.open_button.setVisible(is_sealed and can_be_opened and self._basis.desk is not None)
        self.recover_button.setVisible(is_sealed and not can_be_opened)
        for words in (self._faults, self._warnings, self._facts, self._what):
            words.setText("")
        if seen is None:
            return
        self._title.setText(shown(seen.path.name))
        match seen:
            case Examination():
                self._show_bundle(seen)
            case PartExamination():
                self._show_part(seen)
            case CardSeen():
                self._show_card(seen)
        for words in (self._faults, self._warnings, self._facts, self._what):
            words.setVisible(bool(words.text()))

    def _show_digits(self, head: str, fingerprint: str) -> None:
        for part in (self._digits_head, self.digits):
            part.setVisible(bool(fingerprint))
        self._digits_head.setText(head)
        self.digits.show_digits(fingerprint)

    def _show_bundle(self, found: Examination) -> None:
        say, header, signer = self._say, found.header, found.signer
        self._what.setText(self._kind_words(found))
        self.standing.show_standing(found.standing)
        self._show_faults(found)
        self._show_digits(
            "" if signer is None else say("Fingerprint of {name}, who signed", name=shown(signer.name)),
            "" if signer is None else signer.fingerprint,
        )
        rows: list[tuple[str, str]] = []
        if signer is not None and found.signed_at is not None:
            rows.append(
                (say("Signed"), say("{moment}, as the signer's clock said", moment=say.moment(found.signed_at)))
            )
            ends = say.date(signer.not_after.date())
            rows.append((say("Certificate"), say("{name}, valid to {day}", name=shown(signer.name), day=ends)))
        if header is not None:
            rows.append((say("Prepared by"), shown(header.prepared_by) or "–"))
            rows.append((say("Approved by"), shown(header.approved_by) or "–"))
        rows.append((say("Size"), say.size(found.size)))
        rows.append((say("The file's SHA-256"), found.file_digest))
        if found.is_sealed and found.digest is not None:
            rows.append((say("SHA-256 of what is inside the seal"), found.digest))
        self._facts.setText(_facts(rows))
        entries = {entry.name: entry for entry in found.files}
        self.files.show_values(
            tuple(
                _Line(
                    name=shown(entries[one.name].original_name if one.name in entries else one.name),
                    size=say.size(entries[one.name].size) if one.name in entries else "",
                    digest=one.digest,
                )
                for one in found.listed
            )
        )

    def _show_faults(self, found: Examination) -> None:
        say = self._say
        # That there was no key to try is no fault of the file's.
        is_only_sealed = self._basis.desk is None and found.can_be_opened is False
        told = "\n".join(str(messages.sentence(each, say)) for each in found.faults)
        noted = [str(messages.sentence(each, say)) for each in found.warnings]
        if is_only_sealed:
            told, noted = "", [say("It is sealed. Open the desk that it is sealed for, and look at it there."), *noted]
        self._faults.setText(told)
        self._warnings.setText("\n".join(noted))

    def _kind_words(self, found: Examination) -> str:
        say, header = self._say, found.header
        if found.is_sealed is None:
            return say("This is not a bundle.")
        if header is None:
            return say("A sealed bundle.") if found.is_sealed else say("A bundle whose contents cannot be read.")
        about = [messages.word(header.kind, say), say("from {unit} to {to}", unit=header.unit, to=header.to)]
        if header.year is not None:
            about.append(say("for {year}", year=header.year))
        about.append(say("no. {seq}", seq=header.seq))
        about.append(say("sealed") if found.is_sealed else say("not sealed"))
        return " · ".join(about)

    def _show_part(self, part: PartExamination) -> None:
        say, one = self._say, part.beside
        self._faults.setText("\n".join(str(messages.sentence(each, say)) for each in part.faults))
        said: list[str] = []
        if one is not None and part.number is not None:
            count = one.index.count
            said.append(
                say("Part {number} of {count}.", number=part.number, count=count)
                if part.number
                else say("The spare part of a set of {count}.", count=count)
            )
        if one is not None:
            said.append(whole_or_not(one, say))
        if part.is_good:
            said.append(say("What is in the set shows when all parts have been loaded."))
        self._what.setText(" ".join(said))
        self._show_digits("", "")
        rows: list[tuple[str, str]] = []
        for file in part.fills:
            rows += [
                (say("Belongs to"), file.name),
                (say("Size of the whole file"), say.size(file.size)),
                (say("SHA-256 of the whole file"), file.digest),
            ]
        self._facts.setText(_facts(rows))

    def _show_card(self, found: CardSeen) -> None:
        say = self._say
        ends = say.date(found.not_after.date())
        self._what.setText(
            say("The card of a desk of {unit}, valid to {day}. It holds nothing secret.", unit=found.unit, day=ends)
        )
        self._show_digits(say("The desk's digits"), found.fingerprint)

    # -- doing -------------------------------------------------------------------------------------

    def hashes(self) -> str:
        """Every hash with the name that it belongs to, a line each, as ``sha256sum`` writes them."""
        match self.seen:
            case Examination() as found:
                lines = [f"{line.digest}  {line.name}" for line in self.files.rows.values]
                return "\n".join([f"{found.file_digest}  {shown(found.path.name)}", *lines])
            case PartExamination() as part:
                return "\n".join(f"{file.digest}  {file.name}" for file in part.fills)
            case _:
                return ""

    def copy(self) -> None:
        """Put the hashes on the clipboard."""
        QGuiApplication.clipboard().setText(self.hashes())
        told = Sentence(what=self._say("The hashes are copied."), kept="", do="")
        self.told.emit(told, "success")

    def _copy_line(self) -> None:
        line = self.files.current()
        if line is not None:
            QGuiApplication.clipboard().setText(f"{line.digest}  {line.name}")

    def write_sheet(self) -> None:
        """Ask where the proof sheet is to lie, and write it: one page to print."""
        found, say, basis = self.seen, self._say, self._basis
        if not isinstance(found, Examination):
            return
        name = found.path.name.split(".")[0] + ".pdf"
        kinds = say("PDF ({pattern})", pattern="*.pdf")
        out = choosing.new_file(self, say("Write the proof sheet"), self._place(name), kinds=kinds)
        if out is None:
            return
        trust = self._trust or (None if basis.desk is None else trust_at(basis.desk))
        basis.jobs.start(
            lambda _progress: write_proof_sheet(found, out, say.language, basis.clock(), trust=trust),
            owner=self, title=say("Writing the proof sheet"), failed=self._on_fault,
            done=lambda _none: self._written(out, say("The proof sheet is written to {file}.", file=out)),
        )  # fmt: skip

    def open_seal(self) -> None:
        """Ask where the signed container is to lie, and write it as it is inside the seal."""
        found, say, desk = self.seen, self._say, self._basis.desk
        if not isinstance(found, Examination) or desk is None:
            return
        out = choosing.new_file(
            self, say("Open the seal"), self._place(found.path.name.removesuffix(".cms")),
            kinds=say("Bundles ({pattern})", pattern="*.asice"),
        )  # fmt: skip
        if out is None:
            return
        words = say("The signed container is written to {file}. Anyone who has it can read it.", file=out)
        self._basis.jobs.start(
            lambda progress: open_container(desk, found.path, out, progress=progress),
            owner=self, title=say("Opening"), failed=self._on_fault, done=lambda _none: self._written(out, words),
        )  # fmt: skip

    def _ask_recovery(self) -> None:
        if self.seen is not None:
            self.recovery_asked.emit(self.seen.path)

    def _place(self, name: str) -> Path:
        return (self._basis.folder() or Path.home()) / name

    def _written(self, out: Path, words: str) -> None:
        self._basis.remember(out.parent)
        self.told.emit(Sentence(what=words, kept="", do=""), "success")

    @property
    def words(self) -> str:
        """Everything that it says of the file."""
        parts: tuple[QLabel | QPushButton, ...] = (self._title, self._what, self._faults, self._warnings, self._facts)
        return "\n".join(part.text() for part in parts if part.text())


def _facts(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in rows)
