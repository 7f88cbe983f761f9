"""Evidence on an answer: one line a file, opened when it is to be described; attached by button or by dropping."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import Access, AccessScope, Evidence, EvidenceKind
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, button, card, label, row
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.editors import DayEditor, Editor, FlagEditor, LineEditor, WordEditor
from wpsdesk.ui.fields import Field
from wpsdesk.ui.reporter.access_box import AccessEditor


class EvidenceLine(Editor):
    """One file: its title and size in a line, what is known of it under that."""

    removed = Signal()

    def __init__(self, say: Catalogue, evidence: Evidence) -> None:
        super().__init__()
        self._say, self._held = say, evidence
        self.title = LineEditor(say("Title"), at_most=300)
        self.kind = WordEditor(say, say("Kind"), tuple(EvidenceKind), is_inline=False)
        self.dated = DayEditor(say, say("Date of the document"))
        pairs = [(code, messages.language_name(code, say)) for code in LANGUAGES]
        self.language = Choice(say("Language"), pairs)
        self.source = LineEditor(say("Source"))
        self.consent = FlagEditor(say("Those who are shown or named have agreed to it"))
        self.access = AccessEditor(say, has_public_wording=False)
        body, inside = card(is_quiet=True)
        inside.setSpacing(style.current().px(10))
        for field in (
            Field(say("Title"), self.title.line, beside=self.title),
            Field(say("Kind"), self.kind.choice, beside=self.kind),
            Field(say("Date of the document"), self.dated.line, beside=self.dated),
            Field(say("Language"), self.language),
            Field(say("Source"), self.source.line, beside=self.source),
            self.consent,
            self.access,
        ):
            inside.addWidget(field)
        body.setFocusProxy(self.title)
        self.remove_button = button(say("Remove"), self.removed.emit)
        self.remove_button.setAccessibleName(say("Remove {name}", name=evidence.name))
        self.line = Disclosure(
            evidence.name, body, opens=say("Describe"), closes=say("Fold up"), extra=self.remove_button
        )
        self._bare().addWidget(self.line)
        for editor in (self.title, self.kind, self.dated, self.source, self.consent, self.access):
            editor.changed.connect(self._on_change)
        self.language.activated.connect(lambda _index: self._on_change())

    @property
    def digest(self) -> str:
        """Which file it is."""
        return self._held.digest

    def show_value(self, value: object) -> None:
        """Show what is known of the file."""
        assert isinstance(value, Evidence)
        self._held = value
        self.title.show_value(value.title)
        self.kind.show_value(value.kind)
        self.dated.show_value(value.dated)
        self.language.choose(value.language)
        self.source.show_value(value.source)
        self.consent.show_value(value.consent)
        self.access.show_value(value.access)
        self._tell()

    def _on_change(self) -> None:
        self._tell()
        is_empty = not self.title.value()
        self.title.show_error(self._say("Without a title the old one is kept.") if is_empty else "")
        self.changed.emit()

    def _tell(self) -> None:
        say, now = self._say, cast("Evidence", self.value())
        parts = [now.title if now.title != now.name else "", say.size(now.size), messages.word(now.kind, say)]
        if now.access.scope is not AccessScope.OPEN:
            parts.append(messages.word(now.access.scope, say))
        self.line.show_summary(" · ".join(part for part in parts if part))

    def value(self) -> object:
        """What is known of the file now."""
        return replace(
            self._held,
            title=str(self.title.value()) or self._held.title,
            kind=EvidenceKind(str(self.kind.value())),
            dated=cast("date | None", self.dated.value()),
            language=cast("LanguageCode", self.language.chosen() or self._held.language),
            source=str(self.source.value()),
            consent=bool(self.consent.value()),
            access=cast("Access", self.access.value()),
        )


class EvidenceEditor(Editor):
    """All files of an answer."""

    attach_asked = Signal()
    detach_asked = Signal(str)
    """Take the file with this digest off."""

    def __init__(self, say: Catalogue, name: str, hint: str) -> None:
        super().__init__()
        self._say = say
        self.lines: list[EvidenceLine] = []
        self._error = label("", tone="danger", wraps=True)
        self._error.setVisible(False)
        self.attach_button = button(say("Attach"), self.attach_asked.emit)
        self.attach_button.setAccessibleName(say("Attach files"))
        self._hint = label(hint, type="small", wraps=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.current().px(6))
        inside = self._bare()
        inside.addLayout(row(label(name, type="head"), None, self.attach_button))
        inside.addWidget(self._hint)
        inside.addLayout(self._rows)
        inside.addWidget(self._error)
        self.setFocusProxy(self.attach_button)

    def show_value(self, value: object) -> None:
        """Show these files; a line that stands already stays as it is opened."""
        assert isinstance(value, tuple)
        kept = {line.digest: line for line in self.lines}
        self.lines = []
        for evidence in value:
            line = kept.pop(evidence.digest, None) or self._new_line(evidence)
            line.show_value(evidence)
            self._rows.addWidget(line)
            self.lines.append(line)
        for line in kept.values():
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._hint.setVisible(not value)

    def _new_line(self, evidence: Evidence) -> EvidenceLine:
        line = EvidenceLine(self._say, evidence)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self.detach_asked.emit(line.digest))
        return line

    def value(self) -> object:
        """The files with what is known of them."""
        return tuple(line.value() for line in self.lines)

    def show_error(self, text: str) -> None:
        """Say under the list what is wrong."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
