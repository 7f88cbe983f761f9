"""Units and keys: who has a certificate, requests that wait to be compared, what is set aside, and UD's own keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.call import calling
from wpsdesk.desk.keys import enrolling
from wpsdesk.desk.keys.enrolling import Approved, EnrolledUnit, KeyState, Pending
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.trust.errors import FingerprintMismatch
from wpsdesk.trust.parsing import Reason
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.aside_section import AsideSection, set_aside
from wpsdesk.ui.authority.auditing_section import AuditingSection
from wpsdesk.ui.authority.certificates_section import CertificatesSection
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.own_keys_section import OwnKeysSection
from wpsdesk.ui.authority.requests import RequestPanel
from wpsdesk.ui.authority.revoking import RevocationDialog
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, selectable
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page
from wpsdesk.ui.scrolling import bring_up
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.trust.section import Section
from wpsdesk.ui.trust.segments import Segments


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One unit in the table."""

    known: EnrolledUnit
    pending: Pending | None


class UnitsPage(Page):
    """The units and how it stands with their keys."""

    shows = ("call", "units", "certificate", "submissions")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._waiting: dict[UnitCode, Pending] = {}
        self.open_button = button(say("Open a request"), self.choose_request, role="primary")
        self.revoke_button = button(say("Revoke the certificate"), self.ask_revocation)
        self.header(say("Units and keys"))
        self.units: Listing[_Line] = Listing(
            say("Units and their keys"), self._columns(),
            empty=say("No units are known yet."), how=say("They come from the plan and from the call."),
        )  # fmt: skip
        self.panel = RequestPanel(say)
        self._digits = selectable("", type="head")
        self._digits.setAccessibleName(say("UD's digits"))
        self.segments = Segments(say("Parts of units and keys"))
        self.body.addWidget(self.segments)
        self._lay_out()
        foot = QWidget()
        under = QVBoxLayout(foot)
        under.setContentsMargins(0, 0, 0, 0)
        self.frame.addWidget(foot)
        self.footer(
            self.revoke_button, self.open_button, self.panel.away_button, self.panel.approve_button,
            left=label(say("Requests can also be dropped on this page."), type="small", wraps=True), under=under,
        )  # fmt: skip
        self._show_foot()
        self._add_parts(foot)
        self.units.chosen.connect(lambda _line: self._enable())
        self.units.opened.connect(self._on_open)
        self.panel.approved.connect(self.approve)
        self.panel.put_away.connect(self._put_away)

    def _columns(self) -> tuple[Column[_Line], ...]:
        say, language = self.say, self.context.language
        return (
            Column(title=say("Code"), text=lambda line: line.known.unit.code),
            Column(title=say("Name"), text=lambda line: line.known.unit.names[language], is_wide=True),
            Column(
                title=say("Key"), text=lambda line: key_chip(line, say).word, chip=lambda line: key_chip(line, say)
            ),
            Column(
                title=say("Valid to"),
                text=lambda line: "" if line.known.not_after is None else say.date(line.known.not_after.date()),
            ),
        )  # fmt: skip

    def _lay_out(self) -> None:
        say, look = self.say, style.current()
        own, inside = card(is_quiet=True)
        inside.setSpacing(look.px(2))
        inside.addWidget(label(say("UD's digits, to read to a unit that has the call before it:"), wraps=True))
        inside.addWidget(self._digits)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(own)
        column.addWidget(self.units, 1)
        self.split = Beside(left, self.panel, shares=(3, 2))
        left.setMinimumSize(look.px(400), look.px(240))
        self.panel.setMinimumWidth(look.px(380))
        self.body.addWidget(self.split, 1)

    def _add_parts(self, foot: QWidget) -> None:
        say, context = self.say, self.context
        self.segments.add("units", say("Units"), self.split, foot)
        self.certificates, self.aside = CertificatesSection(context), AsideSection(context)
        parts: list[tuple[str, str, Section]] = [
            ("certificates", say("Certificates"), self.certificates),
            ("aside", say("Set aside"), self.aside),
        ]
        if context.desk.is_authority:
            self.own_keys, self.auditing = OwnKeysSection(context), AuditingSection(context)
            parts.append(("own", say("UD's own keys"), self.own_keys))
            parts.append(("auditing", say("Archive and audit"), self.auditing))
        self._parts: dict[str, Section] = {}
        for name, title, part in parts:
            self._parts[name] = part
            self.body.addWidget(part)
            self.segments.add(name, title, part)
        self.segments.show_part("units")
        self.segments.chosen.connect(self._on_part)

    def _on_part(self, _name: str) -> None:
        self.refresh()
        self.scroller.verticalScrollBar().setValue(0)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the part that is shown again."""
        self.segments.show_count("aside", set_aside(self.context))
        if self.segments.current in self._parts:
            self._parts[self.segments.current].refresh()
            return
        desk, current = self.context.desk, self.units.current()
        lines = tuple(
            _Line(known=known, pending=self._waiting.get(known.unit.code)) for known in enrolling.enrolled_units(desk)
        )
        stand_on = None if current is None else current.known.unit.code
        self.units.show_values(lines, current=lambda line: line.known.unit.code == stand_on)
        root = calling.root_fingerprint(desk)
        self._digits.setText("" if root is None else root[0])
        self._enable()

    def _show_panel(self, pending: Pending | None) -> None:
        """Show a request or put it away; the one primary button is the one to be pressed next."""
        if pending is None:
            self.panel.setVisible(False)
        else:
            self.segments.show_part("units")
            self.panel.show_request(pending)
            bring_up(self.scroller, self.panel)
        self._show_foot()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the request away."""
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self._put_away()
        else:
            super().keyPressEvent(event)

    def _show_foot(self) -> None:
        """In the foot stands what can be done with the request that is open, or else with the list."""
        is_open = not self.panel.isHidden()
        for one in (self.open_button, self.revoke_button):
            one.setVisible(not is_open)
        for one in (self.panel.away_button, self.panel.approve_button):
            one.setVisible(is_open)

    def _enable(self) -> None:
        current = self.units.current()
        self.revoke_button.setEnabled(
            current is not None
            and current.known.state is KeyState.VALID
            and current.known.unit.code != self.context.desk.unit.code
        )

    def _on_open(self, line: _Line) -> None:
        if line.pending is not None:
            self._show_panel(line.pending)

    # -- a request ---------------------------------------------------------------------------------

    def choose_request(self) -> None:
        """Ask for a file, and show the request in it."""
        say = self.say
        found = choosing.open_files(
            self, say("Open a request"), folder_of(self.context),
            kinds=f"{say('Bundles')} ({choosing.BUNDLES})", many=False,
        )  # fmt: skip
        for path in found:
            remember(self.context, path.parent)
            self.read_request(path)

    def read_request(self, path: Path) -> None:
        """Show the request in a file."""
        desk = self.context.desk
        self.context.jobs.start(
            lambda _progress: enrolling.read_request(desk, path),
            owner=self, title=self.say("Reading the request"), done=self._show_pending, failed=self.tell,
        )  # fmt: skip

    def _show_pending(self, pending: Pending) -> None:
        self._waiting[pending.unit] = pending
        self.context.quieted.emit()
        self.refresh()
        self._show_panel(pending)

    def _put_away(self) -> None:
        self._show_panel(None)
        self.units.table.setFocus()

    def approve(self, pending: Pending, heard: str) -> None:
        """Ask where the reply is to lie, and issue the certificate. Nothing heard: the box was ticked."""
        name = f"sertifikat_{pending.unit.lower()}.asice.cms"
        say, desk = self.say, self.context.desk
        out = choosing.new_file(
            self, say("Where the reply is to lie"), folder_of(self.context) / name, kinds=say("Bundles") + " (*.cms)"
        )
        if out is None:
            return
        self.context.jobs.start(
            lambda _progress: enrolling.approve(desk, pending.path, heard or None, out, reason=self.panel.reason),
            owner=self, title=say("Issuing the certificate"), done=self._on_approved, failed=self._on_fault,
        )  # fmt: skip

    def _on_approved(self, approved: Approved) -> None:
        say = self.say
        self._waiting.pop(approved.unit, None)
        self._show_panel(None)
        remember(self.context, approved.path.parent)
        day = say.date(approved.not_after.astimezone().date())
        kept = [say("The file is {path}.", path=approved.path)]
        if approved.revoked:
            kept.append(
                say.plural("{n} older certificate is revoked.", "{n} older certificates are revoked.", approved.revoked)
            )
        if approved.admitted:
            kept.append(say.plural("{n} report is taken in.", "{n} reports are taken in.", len(approved.admitted)))
        do = say("Send it to the unit, which opens it on its desk.")
        if approved.wants_report:
            do = f"{do} {say('The unit asks for its last report back: give it under “Archive and audit”.')}"
        told = Sentence(
            what=say("{unit} has a certificate, valid to {day}.", unit=approved.person or approved.unit, day=day),
            kept=" ".join(kept),
            do=do,
        )
        self.context.told.emit(told, "success")
        self.context.changed.emit("units")
        if approved.admitted:
            self.context.changed.emit("submissions")

    def _on_fault(self, fault: WpsError) -> None:
        if isinstance(fault, FingerprintMismatch):
            self.panel.show_fault(fault)
        else:
            self.tell(fault)

    # -- taking back -------------------------------------------------------------------------------

    def ask_revocation(self) -> None:
        """Ask why, then take the certificate back."""
        current = self.units.current()
        if current is None:
            return
        unit = current.known.unit
        dialog = RevocationDialog(self, self.say, unit.names[self.context.language])
        if is_accepted(dialog):
            self.revoke(unit.code, dialog.reason())

    def revoke(self, unit: UnitCode, reason: Reason) -> None:
        """Take a unit's certificate back."""
        try:
            enrolling.revoke(self.context.desk, unit, reason)
        except WpsError as fault:
            self.tell(fault)
            return
        say = self.say
        told = Sentence(
            what=say("The certificate of {unit} is revoked.", unit=unit),
            kept=say("What the unit has sent stays as it is."),
            do=say("The list of revoked certificates goes out with the next call or reply."),
        )
        self.context.told.emit(told, "success")
        self.context.changed.emit("units")

    # -- from elsewhere ----------------------------------------------------------------------------

    def open_thing(self, thing: object) -> None:
        """Show a :class:`Pending`, or the request in the file at a path."""
        match thing:
            case Pending():
                self._show_pending(thing)
            case Path():
                self.read_request(thing)
            case str():
                self.segments.show_part(thing)
            case _:
                pass

    def accept_file_drop(self, paths: list[str]) -> bool:
        """One unsealed file is taken for a request; anything else is for the inbox."""
        is_request = len(paths) == 1 and paths[0].lower().endswith(".asice")
        if is_request:
            self.read_request(Path(paths[0]))
        return is_request

    def place(self) -> object:
        """The requests that wait, and the one that is open."""
        return dict(self._waiting), self.panel.pending if self.panel.isVisible() else None

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 2:
            self._waiting, pending = place
            self.refresh()
            self._show_panel(pending)


def key_chip(line: _Line, say: Catalogue) -> Chip:
    """How it stands with a unit's key, as a chip; a request that waits comes before all else."""
    if line.pending is not None:
        return Chip(sign=Sign.DOTS, word=say("Request waits"), tone="warning")
    match line.known.state:
        case KeyState.NONE:
            return Chip(sign=Sign.RING, word=say("No certificate"), tone="neutral")
        case KeyState.VALID:
            return Chip(sign=Sign.TICK, word=say("Has certificate"), tone="success")
        case KeyState.EXPIRED:
            return Chip(sign=Sign.MARK, word=say("Expired"), tone="warning")
        case KeyState.REVOKED:
            return Chip(sign=Sign.CROSS, word=say("Revoked"), tone="danger")
