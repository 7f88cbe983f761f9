"""The access decision: open is the rule; a restriction names its basis, its reason and its public wording."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.report.model import NARRATIVE, OPEN, Access, AccessScope, LegalBasis, Passage
from wpsdesk.ui import style
from wpsdesk.ui.controls import TextArea, label
from wpsdesk.ui.editors import DayEditor, Editor, FlagEditor, LineEditor, WordEditor, clean
from wpsdesk.ui.fields import Field

PUBLIC_FIELDS = tuple(name for name in NARRATIVE if name != "nothing_reason")


class AccessEditor(Editor):
    """The decision for an entry, or for one piece of evidence."""

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
        self.public = {name: TextArea(self._public_name(name), lines=2) for name in PUBLIC_FIELDS}
        self._basis_text_field = Field(say("Which legal basis"), self.basis_text.line, beside=self.basis_text)
        self._public_fields = {name: Field(self._public_name(name), area) for name, area in self.public.items()}
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
        for field in self._public_fields.values():
            inside.addWidget(field)
        bare = self._bare()
        bare.addWidget(self.scope)
        bare.addWidget(self._restricted)

    def _connect(self) -> None:
        for editor in (self.scope, self.basis, self.basis_text, self.considered, self.delayed, self.ends):
            editor.changed.connect(self._on_change)
        for area in (self.reason, self.refusal, *self.public.values()):
            area.textChanged.connect(self._on_change)

    def _on_change(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        """Show only what the decision needs."""
        scope = self.scope.value() or AccessScope.OPEN
        self._restricted.setVisible(scope is not AccessScope.OPEN)
        self._basis_text_field.setVisible(self.basis.value() is LegalBasis.OTHER)
        is_part = scope is AccessScope.PART and self._has_public
        self._public_note.setVisible(is_part)
        for name, field in self._public_fields.items():
            is_wanted = bool(self._texts.get(name, Passage()).text.strip() or self.public[name].toPlainText().strip())
            field.setVisible(is_part and is_wanted)

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
        for name, area in self.public.items():
            _show(area, (value.public_wording(name) or Passage()).text)
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
