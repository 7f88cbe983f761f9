"""The form of one answer, drawn from the form as data: what field, in which order, when it applies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.ids import Year
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.plan.model import LanguageCode, Plan, Unit
from wpsdesk.report.checks import Problem, Severity
from wpsdesk.report.form import FORM, GROUP_LABELS, Control, Field, Group, fields_for
from wpsdesk.report.model import NARRATIVE, Entry, Passage
from wpsdesk.ui import style
from wpsdesk.ui.controls import label
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.editors import Editor, FlagEditor, LineEditor, WordEditor, WordsEditor
from wpsdesk.ui.fields import Field as Labelled
from wpsdesk.ui.flow import FlowLayout
from wpsdesk.ui.reporter import access_box, links, records
from wpsdesk.ui.reporter.access_box import AccessEditor
from wpsdesk.ui.reporter.evidence_list import EvidenceEditor
from wpsdesk.ui.reporter.links import LinksEditor
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.records import RecordsEditor

OPENS: Final = {
    Group.FIGURES: N_("Fill in figures"),
    Group.CONNECTIONS: N_("Fill in links"),
    Group.ACCESS: N_("Consider access"),
}
"""The word on the button that opens a group; the others are always open."""

LINES: Final = {"effort": 4, "results": 4, "challenges": 4}


class EntryForm(QWidget):
    """All fields are made once; which of them are shown follows the answer."""

    changed = Signal()

    def __init__(self, say: Catalogue, language: LanguageCode, unit: Unit, plan: Plan) -> None:
        super().__init__()
        self._say, self._language, self._unit, self._plan = say, language, unit, plan
        self._entry: Entry | None = None
        self._last: Entry | None = None
        self._last_year = Year(0)
        self.editors: dict[str, Editor] = {}
        self.holders: dict[str, QWidget] = {}
        self.groups: dict[Group, Disclosure] = {}
        self.inline = FlowLayout(spacing=16)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.current().px(12))
        self.column.addLayout(self.inline)
        for group in Group:
            self._build_group(group, [field for field in FORM if field.group is group])

    # -- building ----------------------------------------------------------------------------------

    def _build_group(self, group: Group, fields: list[Field]) -> None:
        say = self._say
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(12))
        for field in fields:
            editor = self._editor(field)
            self.editors[field.name] = editor
            editor.changed.connect(self._on_change)
            holder = self._held(field, editor)
            self.holders[field.name] = holder
            if field.control is Control.CHOICE:
                self.inline.addWidget(holder)
            else:
                inside.addWidget(holder)
        if group in OPENS:
            body.setFocusProxy(self.editors[fields[0].name])
            line = Disclosure(say(GROUP_LABELS[group]), body, opens=say(OPENS[group]), closes=say("Fold up"))
            self.groups[group] = line
            self.column.addWidget(line)
        else:
            self.column.addWidget(body)

    def _editor(self, field: Field) -> Editor:  # noqa: PLR0911 - one for each kind of control
        say, name = self._say, self._say(field.label)
        match field.control:
            case Control.CHOICE:
                assert field.choices is not None
                none = None if field.name == "part" else say("Choose")
                return WordEditor(say, name, tuple(field.choices), none=none)
            case Control.CHOICES:
                assert field.choices is not None
                return WordsEditor(say, name, tuple(field.choices))
            case Control.PASSAGE:
                lines = LINES.get(field.name, 2)
                return PassageEditor(say, name, hint=say(field.hint), writes=self._language, lines=lines)
            case Control.FLAG:
                return FlagEditor(name, hint=say(field.hint))
            case Control.ROWS:
                return RecordsEditor(say, field)
            case Control.LINKS:
                return LinksEditor(say, self._plan)
            case Control.EVIDENCE:
                return EvidenceEditor(say, name, say(field.hint))
            case Control.ACCESS:
                return AccessEditor(say, has_public_wording=True)
            case Control.LINE | Control.DATE | Control.WHOLE | Control.DECIMAL:
                return LineEditor(name, at_most=300)

    def _held(self, field: Field, editor: Editor) -> QWidget:
        if isinstance(editor, LineEditor):
            return Labelled(self._say(field.label), editor.line, hint=self._say(field.hint), beside=editor)
        if field.control is Control.ACCESS:
            holder = QWidget()
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(label(self._say(field.hint), type="small", wraps=True))
            inside.addWidget(editor)
            return holder
        return editor

    @property
    def evidence(self) -> EvidenceEditor:
        """The field with the files."""
        found = self.editors["evidence"]
        assert isinstance(found, EvidenceEditor)
        return found

    # -- showing -----------------------------------------------------------------------------------

    def show_entry(self, entry: Entry, last: Entry | None, last_year: Year) -> None:
        """Show an answer, and last year's beside it where there is one."""
        is_same = self._entry is not None and self._entry.key == entry.key
        self._entry, self._last, self._last_year = entry, last, last_year
        when = self._say("Last year, {year}", year=last_year)
        for name, editor in self.editors.items():
            if isinstance(editor, PassageEditor):
                editor.show_last(Passage() if last is None else last.passage(name), when)
            editor.show_value(getattr(entry, name))
            editor.show_error("")
        if not is_same:
            for group in self.groups.values():
                group.set_open(is_open=False)
        self._arrange(entry)

    def show_evidence(self, entry: Entry) -> None:
        """Take over the files of ``entry``, whatever else is being written."""
        if self._entry is not None and self._entry.key == entry.key:
            self._entry = replace(self.value(), evidence=entry.evidence)
            self.evidence.show_value(entry.evidence)

    def take_ready(self, *, is_ready: bool) -> None:
        """Take over the mark that the desk has set or taken away."""
        if self._entry is not None:
            self._entry = replace(self._entry, is_marked_ready=is_ready)

    def value(self) -> Entry:
        """The answer as it stands now. Fields that do not apply keep what they held."""
        assert self._entry is not None
        shown: dict[str, Any] = {field.name: self.editors[field.name].value() for field in self._fields(self._entry)}
        found = replace(self._entry, **shown)
        unchanged = tuple((name, year) for name in NARRATIVE if (year := self._year_of(name, found)) is not None)
        return replace(found, unchanged_since=unchanged)

    def _year_of(self, name: str, entry: Entry) -> Year | None:
        """The year in which a text that is still last year's was written."""
        if self._last is None or not entry.passage(name).text or entry.passage(name) != self._last.passage(name):
            return None
        return dict(self._last.unchanged_since).get(name, self._last_year)

    def _fields(self, entry: Entry) -> tuple[Field, ...]:
        return fields_for(entry, self._unit, self._plan)

    def _on_change(self) -> None:
        self._entry = self.value()
        self._arrange(self._entry)
        self.changed.emit()

    def _arrange(self, entry: Entry) -> None:
        """Show the fields that apply, and say in each folded line how it stands."""
        applying = {field.name for field in self._fields(entry)}
        for name, holder in self.holders.items():
            holder.setVisible(name in applying)
        for group, line in self.groups.items():
            line.setVisible(any(field.group is group and field.name in applying for field in FORM))
        access = self.editors["access"]
        assert isinstance(access, AccessEditor)
        access.show_texts({name: entry.passage(name) for name in NARRATIVE})
        self.groups[Group.FIGURES].show_summary(records.summary(self._say, entry))
        self.groups[Group.CONNECTIONS].show_summary(links.summary(entry.links))
        at_risk = entry.identifies_person_at_risk
        self.groups[Group.ACCESS].show_summary(access_box.summary(self._say, entry.access, is_at_risk=at_risk))

    # -- what is wrong -----------------------------------------------------------------------------

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say at each field what must be mended there; the first of several at one field."""
        stops = {p.field: p for p in reversed(problems) if p.severity is Severity.BLOCKER}
        for name, editor in self.editors.items():
            found = stops.get(name)
            editor.show_error("" if found is None else problem_sentence(found, self._say))

    def go_to(self, field: str) -> QWidget | None:
        """Open where it stands, put the focus there, and return it."""
        editor = self.editors.get(field)
        if editor is None:
            return None
        group = next(f.group for f in FORM if f.name == field)
        if group in self.groups:
            self.groups[group].set_open(is_open=True)
        editor.setFocus()
        return editor

    def copy_last_at_focus(self) -> None:
        """Copy last year's text into the text field that has the focus."""
        for editor in self.editors.values():
            if isinstance(editor, PassageEditor) and editor.text.hasFocus():
                editor.copy_last()
