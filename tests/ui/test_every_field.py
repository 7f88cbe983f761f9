"""Every field of the form is typed in the window, saved, read again, sent, and shown at UD; none can be forgotten."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit

from tests.kit import YEAR
from tests.ui.driving import Person, key, two_countries
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.submission.previewing import preview_document
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.form import FORM, Column, Control, Field, fields_for
from wpsdesk.report.model import AccessScope, Entry, LegalBasis, Status
from wpsdesk.ui.controls import Choice
from wpsdesk.ui.editors import Editor, FlagEditor, LineEditor, WordEditor, WordsEditor
from wpsdesk.ui.reporter.access_box import AccessEditor
from wpsdesk.ui.reporter.links import LinksEditor
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.records import RecordsEditor
from wpsdesk.ui.reporter.report_page import ReportPage

ANSWERED, NOTHING = key(7, "SO"), key(5, "SO")
"""One answer with everything, and one that has nothing to report; between them every field applies."""

NUMBERS = {"dac_sector": "15170", "baseline_year": "2020"}
"""What a column takes that does not take any text or number."""

BY_UD = frozenset(("questions",))
"""What is asked by UD's call, and not by the form itself."""


class Hand:
    """Types something of its own into each field, and remembers every text."""

    def __init__(self, person: Person, page: ReportPage, file: Path) -> None:
        self.person, self.page, self.file = person, page, file
        self.texts: list[str] = []

    def _text(self, where: str) -> str:
        self.texts.append(f"Ord {len(self.texts) + 1} i {where}")
        return self.texts[-1]

    def fill(self, field: Field) -> None:
        """Type into a field as its kind asks for; a kind that nobody has taught this hand is an error."""
        editor = self.page.form.editors[field.name]
        match field.control, editor:
            case Control.CHOICE, WordEditor():
                wanted = Status.CONTINUED if field.name == "status" else list(field.choices or ())[1]
                self._choose(editor.choice, wanted)
            case Control.CHOICES, WordsEditor():
                list(editor.boxes.values())[-1].click()
            case Control.PASSAGE, PassageEditor():
                self.person.types(editor.text, self._text(field.name))
            case Control.LINE, LineEditor():
                self.person.types(editor.line, self._text(field.name))
            case Control.FLAG, FlagEditor():
                editor.box.click()
            case _:
                self._fill_compound(field, editor)

    def _fill_compound(self, field: Field, editor: Editor) -> None:
        match field.control, editor:
            case Control.ROWS, RecordsEditor():
                editor.add()
                for column in field.columns:
                    self._fill_column(column, editor.frames[-1].editors[column.name])
            case Control.LINKS, LinksEditor():
                for part, text in ((editor.targets, "5.5"), (editor.commitments, "9"), (editor.resolutions, "1325")):
                    self.person.types(part.line, text)
            case Control.EVIDENCE, _:
                self.page.files.attach((self.file,))
                self.person.settles()
                self.texts.append(self.file.stem)
            case Control.ACCESS, AccessEditor():
                self._restrict(editor)
            case _:
                raise AssertionError(f"no hand for {field.name}")

    def _choose(self, box: Choice, value: object) -> None:
        self.person.chooses(box, value)

    def _fill_column(self, column: Column, editor: Editor) -> None:
        match column.control, editor:
            case Control.CHOICE, WordEditor():
                self._choose(editor.choice, list(column.choices or ())[1])
            case Control.FLAG, FlagEditor():
                editor.box.click()
            case Control.DATE, LineEditor():
                self.person.types(editor.line, "03.05.2026")
            case Control.WHOLE | Control.DECIMAL, LineEditor():
                self.person.types(editor.line, NUMBERS.get(column.name, "12"))
            case Control.LINE, LineEditor():
                self.person.types(editor.line, NUMBERS.get(column.name) or self._text(column.name))
            case _:
                raise AssertionError(f"no hand for {column.name}")

    def _restrict(self, editor: AccessEditor) -> None:
        self._choose(editor.scope.choice, AccessScope.PART)
        self._choose(editor.basis.choice, LegalBasis.OTHER)
        self.person.types(editor.basis_text.line, self._text("hjemmel"))
        editor.considered.box.click()
        areas: list[QPlainTextEdit] = [editor.reason, editor.refusal, editor.public["effort"]]
        for area in areas:
            self.person.types(area, self._text("innsyn"))
        for day in (editor.delayed, editor.ends):
            self.person.types(day.line, "03.05.2027")


def unsaid(entry: Entry, names: set[str]) -> list[str]:
    """The fields, and the columns of records, that say no more than an entry that nobody has written in."""
    nothing = Entry(key=entry.key)
    found = [name for name in names if getattr(entry, name) == getattr(nothing, name)]
    for field in FORM:
        for record in getattr(entry, field.name) if field.columns and field.name in names else ():
            assert is_dataclass(record)
            default = {each.name: each.default for each in fields(record)}
            found += [f"{field.name}.{c.name}" for c in field.columns if getattr(record, c.name) == default[c.name]]
    return found


def applying(entry: Entry, person: Person) -> set[str]:
    """The fields of the form that apply to an entry."""
    return {f.name for f in fields_for(entry, person.desk.unit, person.desk.plan)} - BY_UD


def words_in(value: object) -> str:
    """Everything that a document says, in one string."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return "\n".join(map(words_in, value))
    if is_dataclass(value):
        return "\n".join(words_in(getattr(value, each.name)) for each in fields(value))
    return ""


def test_every_field_is_typed_saved_read_again_sent_and_shown(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "Referat fra møtet.txt"
    file.write_text("Et referat.", encoding="utf-8")
    ud = person.office.ud(two_countries())
    person.sits_down_at(person.office.enrolled(ud, two_countries()))
    page = person.turns_to("report", ReportPage)
    page.open_entry(ANSWERED)
    hand = Hand(person, page, file)
    for field in FORM:
        if field.name in applying(page.form.value(), person):
            page.go_to(field.name)
            hand.fill(field)
    page.open_entry(NOTHING)
    person.chooses(page.form.editors["status"].choice, Status.NOTHING_TO_REPORT)  # type: ignore[attr-defined]
    hand.fill(next(f for f in FORM if f.name == "nothing_reason"))

    page.open_entry(ANSWERED)
    told, nothing = (person.on_the_disk(k.commitment, k.country) for k in (ANSWERED, NOTHING))
    assert unsaid(told, applying(told, person)) == []
    covered = applying(told, person) | applying(nothing, person) | BY_UD
    assert covered == {field.name for field in FORM}
    assert page.form.value() == told, "what is read again is what was typed"

    for each in (ANSWERED, NOTHING):
        page.open_entry(each)
        person.presses(page.ready_button)
    bundle = export(person.desk, YEAR, tmp_path)
    receive_one(ud, bundle.path)
    (row,) = inbox(ud, YEAR)
    sent = {entry.key: entry for entry in received_report(ud, row.digest).entries}
    assert [entry_to_json(sent[k]) for k in (ANSWERED, NOTHING)] == [entry_to_json(e) for e in (told, nothing)]
    shown = words_in(preview_document(person.desk, YEAR, "nb"))
    assert [text for text in hand.texts if text not in shown] == []
