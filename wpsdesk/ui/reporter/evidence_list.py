"""Evidence on an answer: one line a file, opened when it is to be described; attached by button or by dropping."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.desk.evidence.considering import Preview
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.kinds import file_kind
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import Access, AccessScope, Evidence, EvidenceKind
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, button, card, label, row
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.editors import DayEditor, Editor, FlagEditor, LineEditor, WordEditor
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import headed_line
from wpsdesk.ui.reporter.access_box import AccessEditor
from wpsdesk.ui.reporter.likeness import PreviewBox
from wpsdesk.ui.tabbing import take_turn

_NOT_IN_NAMES: Final = {ord(c): "_" for c in '\\/:*?"<>|'}


class EvidenceLine(Editor):
    """One file: its title and size in a line, what is known of it under that."""

    removed = Signal()
    moved = Signal(int)
    """Up (-1) or down (1) in the list."""

    opened = Signal()
    """It is described for the first time, and its preview is wanted."""

    def __init__(self, say: Catalogue, evidence: Evidence) -> None:
        super().__init__()
        self._say, self._held = say, evidence
        self._is_previewed = False
        self.preview = PreviewBox(say)
        self.name = LineEditor(say("Name of the file"), at_most=255)
        self.title = LineEditor(say("Title"), at_most=300)
        self.kind = WordEditor(say, say("Kind"), tuple(EvidenceKind), is_inline=False)
        self.dated = DayEditor(say, say("Date of the document"))
        pairs = [(code, messages.language_name(code, say)) for code in LANGUAGES]
        self.language = Choice(say("Language"), pairs)
        self.source = LineEditor(say("Source"))
        self.consent = FlagEditor(say("Those who are shown or named have agreed to it"))
        self.access = AccessEditor(say, has_public_wording=False)
        self.up_button = button(say("Move up"), self._up)
        self.down_button = button(say("Move down"), self._down)
        self._lay_out(say, evidence)
        for editor in (self.title, self.name, self.kind, self.dated, self.source, self.consent, self.access):
            editor.changed.connect(self._on_change)
        self.language.activated.connect(lambda _index: self._on_change())

    def _lay_out(self, say: Catalogue, evidence: Evidence) -> None:
        """The line, and under it what is known of the file."""
        body, inside = card(is_quiet=True)
        inside.setSpacing(style.current().px(10))
        inside.addWidget(self.preview)
        inside.addWidget(label(file_kind(evidence.media_type, say), tone="muted", wraps=True))
        for field in (
            Field(say("Title"), self.title.line, beside=self.title),
            Field(say("Name of the file"), self.name.line, beside=self.name),
            Field(say("Kind"), self.kind.choice, beside=self.kind),
            Field(say("Date of the document"), self.dated.line, beside=self.dated),
            Field(say("Language"), self.language),
            Field(say("Source"), self.source.line, beside=self.source),
            self.consent,
            self.access,
        ):
            inside.addWidget(field)
        inside.addLayout(row(self.up_button, self.down_button, None))
        body.setFocusProxy(self.title)
        self.remove_button = button(say("Remove"), self.removed.emit)
        self.remove_button.setAccessibleName(say("Remove {name}", name=evidence.name))
        self.line = Disclosure(
            evidence.name, body, opens=say("Describe"), closes=say("Fold up"), extra=self.remove_button
        )
        self.line.toggle_button.clicked.connect(self._on_open)
        self._bare().addWidget(self.line)

    @property
    def digest(self) -> str:
        """Which file it is."""
        return self._held.digest

    @property
    def held(self) -> Evidence:
        """What is known of it, as it was shown last."""
        return self._held

    def _up(self) -> None:
        self.moved.emit(-1)

    def _down(self) -> None:
        self.moved.emit(1)

    def _on_open(self) -> None:
        if self.line.is_open and not self._is_previewed:
            self._is_previewed = True
            self.opened.emit()

    def show_place(self, place: int, count: int) -> None:
        """Let it be moved where there is somewhere to go."""
        self.up_button.setVisible(count > 1)
        self.down_button.setVisible(count > 1)
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(place < count - 1)

    def show_value(self, value: object) -> None:
        """Show what is known of the file."""
        assert isinstance(value, Evidence)
        self._held = value
        self.title.show_value(value.title)
        self.name.show_value(value.name)
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
            name=file_name(str(self.name.value())) or self._held.name,
            kind=EvidenceKind(str(self.kind.value())),
            dated=cast("date | None", self.dated.value()),
            language=cast("LanguageCode", self.language.chosen() or self._held.language),
            source=str(self.source.value()),
            consent=bool(self.consent.value()),
            access=cast("Access", self.access.value()),
        )


def file_name(text: str) -> str:
    """A name as a file may have it anywhere; "" for none."""
    return text.translate(_NOT_IN_NAMES).strip(" .")


class EvidenceEditor(Editor):
    """All files of an answer."""

    attach_asked = Signal()
    paste_asked = Signal()
    undo_asked = Signal()
    """Put the file that was taken off last back."""

    preview_asked = Signal(object)
    """How this Evidence looks."""
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
        self.paste_button = button(say("Paste"), self.paste_asked.emit)
        self.paste_button.setAccessibleName(say("Paste a picture or files"))
        self.undo_button = button(say("Undo"), self.undo_asked.emit)
        self._gone = label("", wraps=True)
        self._undo = QWidget()
        undo = row(self._gone, self.undo_button)
        undo.setStretch(0, 1)
        self._undo.setLayout(undo)
        self._total = label("", type="small", wraps=True)
        self._hint = label(hint, type="small", wraps=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.current().px(6))
        inside = self._bare()
        inside.addLayout(headed_line(label(name, type="head"), self.attach_button, self.paste_button))
        inside.addWidget(self._hint)
        inside.addLayout(self._rows)
        inside.addWidget(self._undo)
        inside.addWidget(self._total)
        inside.addWidget(self._error)
        self._undo.setVisible(False)
        self._total.setVisible(False)
        self.setFocusProxy(self.attach_button)

    def show_value(self, value: object) -> None:
        """Show these files; a line that stands already stays as it is opened."""
        assert isinstance(value, tuple)
        kept = {line.digest: line for line in self.lines}
        self.lines, is_new = [], False
        for evidence in value:
            is_new = is_new or evidence.digest not in kept
            line = kept.pop(evidence.digest, None) or self._new_line(evidence)
            line.show_value(evidence)
            self._rows.addWidget(line)
            self.lines.append(line)
        for line in kept.values():
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._hint.setVisible(not value)
        self._place()
        if is_new:
            take_turn(self)

    def _place(self) -> None:
        for place, line in enumerate(self.lines):
            line.show_place(place, len(self.lines))

    def shift(self, line: EvidenceLine, by: int) -> None:
        """Let a file change places with its neighbour."""
        place = self.lines.index(line) + by
        if not 0 <= place < len(self.lines):
            return
        self.lines.remove(line)
        self.lines.insert(place, line)
        self._rows.removeWidget(line)
        self._rows.insertWidget(place, line)
        self._place()
        take_turn(self)
        (line.up_button if line.up_button.isEnabled() else line.down_button).setFocus()
        self.changed.emit()

    def show_removed(self, name: str) -> None:
        """Say that a file was taken off, with the way back; "" takes the line away."""
        self._undo.setVisible(bool(name))
        self._gone.setText(self._say("{name} was removed.", name=name) if name else "")

    def show_total(self, report: int, limit: int) -> None:
        """How much all files of the report are together, and whether one mail takes them. Bytes."""
        say = self._say
        own = sum(line.held.size for line in self.lines)
        words = say(
            "Files here: {own}. In the whole report: {report}. One mail takes {limit}.",
            own=say.size(own),
            report=say.size(report),
            limit=say.size(limit),
        )
        if report > limit:
            words += " " + say("It can be sent in parts, or on a memory stick.")
        self._total.setText(words)
        self._total.setVisible(report > 0)

    def show_preview(self, digest: str, preview: Preview) -> None:
        """Show how a file looks, in its line."""
        for line in self.lines:
            if line.digest == digest:
                line.preview.show_preview(preview, line.held.title)

    def _new_line(self, evidence: Evidence) -> EvidenceLine:
        line = EvidenceLine(self._say, evidence)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self.detach_asked.emit(line.digest))
        line.moved.connect(lambda by: self.shift(line, by))
        line.opened.connect(lambda: self.preview_asked.emit(line.held))
        return line

    def value(self) -> object:
        """The files with what is known of them."""
        return tuple(line.value() for line in self.lines)

    def show_error(self, text: str) -> None:
        """Say under the list what is wrong."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
