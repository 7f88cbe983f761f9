"""The access decision: open is the rule; a restriction names its basis, its reason and its public wording."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.bases import explanation
from wpsdesk.report.model import NARRATIVE, OPEN, Access, AccessScope, LegalBasis, Passage
from wpsdesk.ui import style
from wpsdesk.ui.controls import TextArea, button, card, label, row
from wpsdesk.ui.editors import DayEditor, Editor, FlagEditor, LineEditor, WordEditor, clean
from wpsdesk.ui.fields import Field
from wpsdesk.ui.reporter.beside import BesideEditor

PUBLIC_FIELDS = tuple(name for name in NARRATIVE if name != "nothing_reason")


class AccessEditor(Editor):
    """The decision for an entry, or for one piece of evidence."""

    pseudonyms_asked = Signal()

    def __init__(self, say: Catalogue, *, has_public_wording: bool) -> None:
        super().__init__()
        self._say, self._has_public = say, has_public_wording
        self._texts: dict[str, Passage] = {}
        self.scope = WordEditor(say, say("Public access"), tuple(AccessScope))
        self.setFocusProxy(self.scope)
        none = say("Choose the legal basis")
        self.basis = WordEditor(say, say("Legal basis"), tuple(LegalBasis), none=none, is_inline=False)
        self.basis_text = LineEditor(say("Which legal basis"))
        self.reason = TextArea(say("Reason for the restriction"), lines=2)
        self.considered = FlagEditor(say("Wider access (section 11) has been considered"))
        self.refusal = TextArea(say("Why wider access is not given"), lines=2)
        self.delayed = DayEditor(say, say("Access is delayed until"))
        self.ends = DayEditor(say, say("The restriction ends on"))
        self.beside = {
            name: BesideEditor(say, messages.field_name(name, say), self._public_name(name)) for name in PUBLIC_FIELDS
        }
        self.public = {name: beside.public for name, beside in self.beside.items()}
        self._explained = label("", type="small", wraps=True)
        self._basis_text_field = Field(say("Which legal basis"), self.basis_text.line, beside=self.basis_text)
        self._lay_out()
        self._connect()
        self._arrange()

    def _public_name(self, field: str) -> str:
        return self._say("Public wording: {field}", field=messages.field_name(field, self._say))

    def _lay_out(self) -> None:
        say = self._say
        self._restricted = QWidget()
        inside = QVBoxLayout(self._restricted)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(10))
        for field in (
            Field(say("Legal basis"), self.basis.choice, beside=self.basis),
            self._explained,
            self._basis_text_field,
            Field(say("Reason for the restriction"), self.reason),
            self.considered,
            Field(say("Why wider access is not given"), self.refusal),
            Field(say("Access is delayed until"), self.delayed.line, beside=self.delayed),
            Field(say("The restriction ends on"), self.ends.line, beside=self.ends),
        ):
            inside.addWidget(field)
        self._public_note = label(
            say("What the public is to read in the place of each text. A text without one is left out altogether."),
            type="small",
            wraps=True,
        )
        inside.addWidget(self._public_note)
        for beside in self.beside.values():
            inside.addWidget(beside)
        bare = self._bare()
        bare.addWidget(self._at_risk())
        bare.addWidget(self.scope)
        bare.addWidget(self._restricted)

    def _at_risk(self) -> QWidget:
        """What to think of where somebody could be put in danger."""
        say = self._say
        self.risk, inside = card(is_quiet=True)
        words = say(
            "Somebody could be put in danger: look at the decision now. Exempt the answer in part or as a whole, with "
            "section 24 third paragraph where a person can be recognised, or leave the name out and use a pseudonym."
        )
        inside.addWidget(label(words, tone="warning", wraps=True))
        self.pseudonyms_button = button(say("Pseudonyms …"), self.pseudonyms_asked.emit)
        inside.addLayout(row(self.pseudonyms_button, None))
        self.risk.setVisible(False)
        return self.risk

    def show_risk(self, *, is_at_risk: bool) -> None:
        """Say what to think of where the answer identifies a person at risk."""
        self.risk.setVisible(is_at_risk)

    def _connect(self) -> None:
        for editor in (self.scope, self.basis, self.basis_text, self.considered, self.delayed, self.ends):
            editor.changed.connect(self._on_change)
        for area in (self.reason, self.refusal):
            area.textChanged.connect(self._on_change)
        for beside in self.beside.values():
            beside.changed.connect(self._on_change)

    def _on_change(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        """Show only what the decision needs."""
        scope = self.scope.value() or AccessScope.OPEN
        self._restricted.setVisible(scope is not AccessScope.OPEN)
        self._basis_text_field.setVisible(self.basis.value() is LegalBasis.OTHER)
        basis = self.basis.value()
        self._explained.setText(explanation(basis, self._say) if isinstance(basis, LegalBasis) else "")
        self._explained.setVisible(isinstance(basis, LegalBasis))
        is_part = scope is AccessScope.PART and self._has_public
        self._public_note.setVisible(is_part)
        for name, beside in self.beside.items():
            whole = self._texts.get(name, Passage()).text
            if is_part:
                beside.show_whole(whole)
            beside.setVisible(is_part and bool(whole.strip() or beside.public.toPlainText().strip()))

    def show_texts(self, texts: dict[str, Passage]) -> None:
        """The texts that a public wording may stand for."""
        self._texts = texts
        self._arrange()

    def show_value(self, value: object) -> None:
        """Show a decision."""
        assert isinstance(value, Access)
        self.scope.show_value(value.scope)
        self.basis.show_value(value.basis)
        self.basis_text.show_value(value.basis_text)
        self.considered.show_value(value.wider_access_considered)
        self.delayed.show_value(value.delayed_until)
        self.ends.show_value(value.ends_on)
        _show(self.reason, value.reason)
        _show(self.refusal, value.wider_access_refusal)
        for name, beside in self.beside.items():
            beside.show_public((value.public_wording(name) or Passage()).text)
        self._arrange()

    def value(self) -> object:
        """The decision. What was written for a restriction goes when access is opened again."""
        scope = self.scope.value()
        if scope is None or scope is AccessScope.OPEN:
            return OPEN
        return Access(
            scope=AccessScope(str(scope)),
            basis=cast("LegalBasis | None", self.basis.value()),
            basis_text=str(self.basis_text.value()) if self.basis.value() is LegalBasis.OTHER else "",
            reason=clean(self.reason.toPlainText(), at_most=2000),
            wider_access_considered=bool(self.considered.value()),
            wider_access_refusal=clean(self.refusal.toPlainText(), at_most=2000),
            delayed_until=cast("date | None", self.delayed.value()),
            ends_on=cast("date | None", self.ends.value()),
            public=tuple(self._wordings()) if scope is AccessScope.PART else (),
        )

    def _wordings(self) -> list[tuple[str, Passage]]:
        found = []
        for name, area in self.public.items():
            text = clean(area.toPlainText(), at_most=20_000)
            if text.strip():
                found.append((name, Passage(text=text, language=self._texts.get(name, Passage()).language)))
        return found


def _show(area: TextArea, text: str) -> None:
    if area.toPlainText() != text:
        area.blockSignals(True)
        area.setPlainText(text)
        area.blockSignals(False)


def summary(say: Catalogue, access: Access, *, is_at_risk: bool) -> str:
    """How it stands, in one line."""
    parts = [messages.word(access.scope, say)]
    if access.basis is not None:
        parts.append(messages.word(access.basis, say))
    parts.append(say("names someone who could be put in danger") if is_at_risk else "")
    return " · ".join(part for part in parts if part)
