"""The form of one answer, drawn from the form as data: what field, in which order, when it applies."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from wpsdesk.base.ids import Year
from wpsdesk.i18n import N_
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.report.carrying import copied, unchanged_fields
from wpsdesk.report.checks import Problem, Severity
from wpsdesk.report.form import FORM, GROUP_LABELS, Control, Field, Group, fields_for
from wpsdesk.report.model import NARRATIVE, Entry, Passage
from wpsdesk.report.questions import Questions, asked_on
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import column, label, row
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.editors import Editor, FlagEditor, LineEditor, WordEditor, WordsEditor
from wpsdesk.ui.fields import Field as Labelled
from wpsdesk.ui.flow import FlowLayout
from wpsdesk.ui.reporter import access_box, links, records
from wpsdesk.ui.reporter.access_box import AccessEditor
from wpsdesk.ui.reporter.evidence_list import EvidenceEditor
from wpsdesk.ui.reporter.last_year import LastYearLine, in_words
from wpsdesk.ui.reporter.links import LinksEditor
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.questions import QuestionsEditor
from wpsdesk.ui.reporter.records import RecordsEditor
from wpsdesk.ui.spelling import FieldSpelling

OPENS: Final = {
    Group.MEASURES: N_("Fill in measures"),
    Group.FIGURES: N_("Fill in figures"),
    Group.CONNECTIONS: N_("Fill in links"),
    Group.ACCESS: N_("Consider access"),
}
"""The word on the button that opens a group; the others are always open."""

WITH_LINE: Final = (Control.CHOICE, Control.CHOICES, Control.ROWS, Control.LINKS, Control.LINE)
"""The kinds of field under which last year's answer stands in one line; beside a text it stands in full."""

LINES: Final = {"effort": 4, "results": 4, "challenges": 4}


class EntryForm(QWidget):
    """All fields are made once; which of them are shown follows the answer."""

    changed = Signal()

    files_pasted = Signal()
    """A picture or files were pasted into a text, where they cannot stand."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._say, self._language, self._undo = context.say, context.language, context.undo
        self._spelling = context.spelling
        self._unit, self._plan = context.desk.unit, context.desk.plan
        self._entry: Entry | None = None
        self._last: Entry | None = None
        self._last_year = Year(0)
        self.questions: Questions = ()
        self.editors: dict[str, Editor] = {}
        self.spelling: dict[str, FieldSpelling] = {}
        self.holders: dict[str, QWidget] = {}
        self.groups: dict[Group, Disclosure] = {}
        self.last_lines: dict[str, LastYearLine] = {}
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

    def _editor(self, field: Field) -> Editor:  # noqa: C901, PLR0911 - one for each kind of control
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
                found = PassageEditor(say, name, self._undo, hint=say(field.hint), writes=self._language, lines=lines)
                found.text.files_pasted.connect(self.files_pasted)
                self.spelling[field.name] = FieldSpelling(found.text, self._spelling, say, found.language)
                return found
            case Control.FLAG:
                return FlagEditor(name, hint=say(field.hint))
            case Control.QUESTIONS:
                return QuestionsEditor(say, self._language, field, self._long_text)
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

    def _long_text(self, name: str) -> PassageEditor:
        return PassageEditor(self._say, name, self._undo, hint="", writes=self._language, lines=2)

    def _held(self, field: Field, editor: Editor) -> QWidget:
        found = self._dressed(field, editor)
        if field.control not in WITH_LINE or field.name == "part":
            return found
        is_inline = field.control is Control.CHOICE
        line = LastYearLine(self._say, self._say(field.label), is_inline=is_inline)
        line.copy_asked.connect(partial(self.copy_last, field.name))
        self.last_lines[field.name] = line
        holder = QWidget()
        holder.setLayout(row(found, line, spacing=8) if is_inline else column(found, line, spacing=2))
        return holder

    def _dressed(self, field: Field, editor: Editor) -> QWidget:
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
    def access(self) -> AccessEditor:
        """The field with the access decision."""
        found = self.editors["access"]
        assert isinstance(found, AccessEditor)
        return found

    @property
    def asking(self) -> QuestionsEditor:
        """The field with UD's own questions."""
        found = self.editors["questions"]
        assert isinstance(found, QuestionsEditor)
        return found

    @property
    def evidence(self) -> EvidenceEditor:
        """The field with the files."""
        found = self.editors["evidence"]
        assert isinstance(found, EvidenceEditor)
        return found

    # -- showing -----------------------------------------------------------------------------------

    def ask(self, questions: Questions) -> None:
        """Take over UD's own questions of the year; they are asked with the answer that is shown next."""
        self.questions = questions

    def show_entry(self, entry: Entry, last: Entry | None, last_year: Year) -> None:
        """Show an answer, and last year's beside it where there is one."""
        is_same = self._entry is not None and self._entry.key == entry.key
        self._entry, self._last, self._last_year = entry, last, last_year
        self._ask(entry, last, last_year)
        since = {} if last is None else dict(last.unchanged_since)
        for name, editor in self.editors.items():
            first = since.get(name, last_year)
            if isinstance(editor, PassageEditor):
                editor.show_last(Passage() if last is None else last.passage(name), self._when(last_year, first), first)
                editor.turn_to((last_year, entry.key, name))
            elif name in self.last_lines:
                words = "" if last is None else in_words(getattr(last, name), self._say)
                is_short = name == "status"
                when = self._say("Last year") if is_short else self._when(last_year, first)
                self.last_lines[name].show_last(when, words)
            editor.show_value(getattr(entry, name))
            editor.show_error("")
        if not is_same:
            for group in self.groups.values():
                group.set_open(is_open=False)
        self._arrange(entry)

    def _ask(self, entry: Entry, last: Entry | None, last_year: Year) -> None:
        asking = self.asking
        asking.ask(asked_on(self.questions, self._unit, entry.key.commitment), entry)
        asking.turn_to(last_year, entry.key)
        asking.show_last(last, self._when(last_year, last_year), last_year)

    def _when(self, last_year: Year, since: Year) -> str:
        say = self._say
        if since == last_year:
            return say("Last year, {year}", year=last_year)
        return say("Last year, {year}, unchanged since {since}", year=last_year, since=since)

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
        return replace(found, unchanged_since=unchanged_fields(found, self._last, self._last_year))

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
            holder.setVisible(name in applying and (name != "questions" or self.asking.is_needed))
        for group, line in self.groups.items():
            line.setVisible(any(field.group is group and field.name in applying for field in FORM))
        unchanged = dict(entry.unchanged_since)
        for name, last_line in self.last_lines.items():
            last_line.show_unchanged(unchanged.get(name))
        access = self.access
        access.show_texts({name: entry.passage(name) for name in NARRATIVE})
        self.groups[Group.MEASURES].show_summary(records.measures_summary(self._say, entry.measures))
        self.groups[Group.FIGURES].show_summary(records.summary(self._say, entry))
        self.groups[Group.CONNECTIONS].show_summary(links.summary(entry.links))
        at_risk = entry.identifies_person_at_risk
        access.show_risk(is_at_risk=at_risk)
        self.groups[Group.ACCESS].show_summary(access_box.summary(self._say, entry.access, is_at_risk=at_risk))

    # -- what is wrong -----------------------------------------------------------------------------

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say at each field what must be mended there; the first of several at one field."""
        stops = {p.field: p for p in reversed(problems) if p.severity is Severity.BLOCKER}
        self.asking.show_problems(problems)
        for name, editor in self.editors.items():
            found = stops.get(name)
            editor.show_error("" if found is None else problem_sentence(found, self._say))

    def go_to(self, field: str) -> QWidget | None:
        """Open where it stands, put the focus there, and return it; ``questions/ID`` is one of UD's own."""
        field, _, question = field.partition("/")
        editor = self.editors.get(field)
        if editor is None:
            return None
        if question and (frame := self.asking.frame_of(question)) is not None:
            frame.setFocus()
            return frame
        group = next(f.group for f in FORM if f.name == field)
        if group in self.groups:
            self.groups[group].set_open(is_open=True)
        editor.setFocus()
        return editor

    def copy_last(self, name: str) -> None:
        """Copy last year's answer into one field."""
        editor = self.editors[name]
        if isinstance(editor, PassageEditor):
            editor.copy_last()
        elif self._last is not None and not self.last_lines[name].isHidden():
            editor.show_value(copied(name, self._last, self._last_year))
            editor.changed.emit()

    def copy_last_at_focus(self) -> None:
        """Copy last year's answer into the field that has the focus."""
        focus = QApplication.focusWidget()
        for name, editor in self.editors.items():
            if focus is not None and (editor is focus or editor.isAncestorOf(focus)):
                if isinstance(editor, QuestionsEditor):
                    editor.copy_last_at(focus)
                elif isinstance(editor, PassageEditor) or name in self.last_lines:
                    self.copy_last(name)
                return
