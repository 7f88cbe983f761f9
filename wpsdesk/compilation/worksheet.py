"""The worksheet for colleagues without the program: a front sheet, and a sheet to fill in for each answer."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from wpsdesk.compilation.worksheet_looks import LOOKS
from wpsdesk.compilation.worksheet_values import value_at
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.plan.model import LANGUAGES, Commitment, LanguageCode, Names, Unit
from wpsdesk.report.form import GROUP_LABELS, Control, Field
from wpsdesk.report.model import Entry, Passage
from wpsdesk.report.passages import MAX_PASSAGE
from wpsdesk.report.questions import Questions, question_named
from wpsdesk.report.worksheet import (
    BOOK,
    FORMAT,
    LISTS,
    VERSION,
    Cell,
    Leaf,
    leaves,
    list_of,
    mark_of,
    sheet_name,
    storable,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIRST_ROW: Final = 7
"""Rows from the top that stay in sight and are printed on every page, and the first that is filled in, from 0."""

_CHAR_LIMIT: Final = 32_700  # signs that one cell can hold
_LINE: Final = 500
Word = Callable[[StrEnum], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One sheet: the answer as it stands, last year's, and what is asked."""

    commitment: Commitment
    country: str  # its name; "" for not country-specific
    guidance: str
    entry: Entry
    last: Entry | None
    fields: tuple[Field, ...]
    questions: Questions = ()  # UD's own, those that are asked and those that have been answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A worksheet to be written. ``word`` gives the word for a value, in the worksheet's language."""

    unit: Unit
    year: int
    edition: str
    language: LanguageCode
    written: datetime
    deadline: date | None
    sheets: tuple[Asked, ...]
    word: Word


def worksheet(order: Order) -> bytes:
    """The XLSX file."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    writer = _Writer(book, order)
    writer.write()
    book.close()
    return out.getvalue()


class _Writer:
    """Holds the formats and lists of one workbook while its sheets are written."""

    def __init__(self, book: Workbook, order: Order) -> None:
        self.book, self.order = book, order
        self.say: Catalogue = catalogue(order.language, "document")
        self.form: Catalogue = catalogue(order.language, "app")  # labels and hints of the form are the window's
        self.lists: dict[str, tuple[int, int]] = {}
        self.formats = {name: book.add_format({"font_name": "Noto Sans", **look}) for name, look in LOOKS.items()}
        book.set_properties({"title": self._title(), "author": order.unit.names[order.language]})

    def _title(self) -> str:
        unit = self.order.unit.names[self.order.language]
        return self.say("Worksheet for the report for {year}, {unit}", year=self.order.year, unit=unit)

    def write(self) -> None:
        front = self.book.add_worksheet(self.say("Read this first"))
        sheets = [self.book.add_worksheet(sheet_name(asked.entry.key)) for asked in self.order.sheets]
        self._lists(self.book.add_worksheet(LISTS))
        self._book(self.book.add_worksheet(BOOK))
        self._front(front)
        for sheet, asked in zip(sheets, self.order.sheets, strict=True):
            self._sheet(sheet, asked)

    # -- the hidden sheets -------------------------------------------------------------------------

    def _lists(self, sheet: Worksheet) -> None:
        say, row = self.say, 0
        kinds = {leaf.choices for asked in self.order.sheets for leaf in _all_leaves(asked) if leaf.choices is not None}
        named: dict[str, list[tuple[str, str]]] = {
            kind.__name__: [(str(value), self.order.word(value)) for value in kind] for kind in kinds
        }
        asked_of = {question.id: question for asked in self.order.sheets for question in asked.questions}
        for question in asked_of.values():
            if question.options:
                options = [(option.id, option.names[self.order.language]) for option in question.options]
                named[list_of(question.id)] = options
        named["flag"] = [("true", say("Yes")), ("false", say("No"))]
        names = {"nb": say("Bokmål"), "nn": say("Nynorsk"), "en": say("English")}
        named["language"] = [(code, names[code]) for code in LANGUAGES]
        for name, pairs in sorted(named.items()):
            self.lists[name] = (row, row + len(pairs) - 1)
            for code, words in pairs:
                for column, text in enumerate((name, code, words)):
                    sheet.write_string(row, column, text)
                row += 1
        sheet.very_hidden()
        sheet.protect()

    def _book(self, sheet: Worksheet) -> None:
        order = self.order
        head: tuple[str, ...] = (FORMAT, str(VERSION), order.unit.code, str(order.year), order.edition, order.language)
        rows: list[tuple[str, ...]] = [head]
        for asked in order.sheets:
            key = asked.entry.key
            rows += [
                (str(key.commitment), key.country or "", field.name, mark_of(getattr(asked.entry, field.name)))
                for field in asked.fields
            ]
            rows += [
                (str(key.commitment), key.country or "", f"questions/{question.id}", "") for question in asked.questions
            ]
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
        sheet.very_hidden()
        sheet.protect()

    # -- the sheets to see -------------------------------------------------------------------------

    def _front(self, sheet: Worksheet) -> None:
        say, order = self.say, self.order
        unit = order.unit.names[order.language]
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 100)
        texts = [
            (self._title(), "title"),
            (
                say("This file is for those who answer without the program. {unit} loads it afterwards.", unit=unit),
                "wrap",
            ),
            (say("Each sheet is one answer. Write in the white cells only; the others are locked."), "wrap"),
            (say("Where a cell has a list, choose from it. Write no formulas: write the figure itself."), "wrap"),
            (say("To the right of each cell stand last year's answer and what the field asks for."), "wrap"),
            (say("Do not rename, add or remove sheets or rows. Cells may be left empty."), "wrap"),
            (say("Graded text must never be written here. Files of evidence are sent beside this one."), "wrap"),
            (say("The file is not encrypted. Send it only as you would send the text itself."), "strong"),
        ]
        if order.deadline is not None:
            texts.insert(
                2, (say("UD's deadline is {day}. Answer well before it.", day=say.date(order.deadline)), "wrap")
            )
        for row, (text, look) in enumerate(texts):
            sheet.write_string(row, 0, text, self.formats[look])
        for number, asked in enumerate(order.sheets):
            name = sheet_name(asked.entry.key)
            text = f"{asked.commitment.number} {asked.commitment.titles[order.language]}"
            where = f"{text} – {asked.country}" if asked.country else text
            sheet.write_url(
                len(texts) + 1 + number, 0, f"internal:'{name}'!C{FIRST_ROW + 1}", self.formats["link"], where
            )
        self._printing(sheet)
        sheet.protect()

    def _sheet(self, sheet: Worksheet, asked: Asked) -> None:
        for column, (width, is_hidden) in enumerate(
            ((4, True), (30, False), (64, False), (11, False), (44, False), (36, False))
        ):
            sheet.set_column(column, column, width, None, {"hidden": is_hidden})
        self._heads(sheet, asked)
        row = FIRST_ROW
        group = ""
        for field in asked.fields:
            if GROUP_LABELS[field.group] != group:
                group = GROUP_LABELS[field.group]
                sheet.merge_range(row, 1, row, 5, self.form(group), self.formats["group"])
                row += 1
            row = self._field(sheet, row, asked, field)
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.repeat_rows(0, FIRST_ROW - 1)
        sheet.print_area(0, 1, row - 1, 5)
        self._printing(sheet)
        sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})

    def _heads(self, sheet: Worksheet, asked: Asked) -> None:
        say, key, language = self.say, asked.entry.key, self.order.language
        commitment, looks = asked.commitment, self.formats
        title = f"{commitment.number} {commitment.titles[language]}"
        sheet.write_string(0, 0, f"{FORMAT}/{VERSION};{key.commitment};{key.country or ''}", looks["code"])
        sheet.merge_range(0, 1, 0, 5, f"{title} – {asked.country}" if asked.country else title, looks["title"])
        sheet.merge_range(1, 1, 1, 5, say("The plan: {wording}", wording=commitment.appendix), looks["wrap"])
        chapter = say("In the plan's chapter: {wording}", wording=commitment.chapter)
        sheet.merge_range(2, 1, 2, 5, chapter if commitment.chapter != commitment.appendix else "", looks["wrap"])
        guidance = say("UD's guidance: {text}", text=asked.guidance) if asked.guidance else ""
        sheet.merge_range(3, 1, 3, 5, guidance, looks["wrap"])
        sheet.merge_range(4, 1, 4, 5, self._title(), looks["small"])
        for row, text in ((1, commitment.appendix), (2, chapter), (3, guidance)):
            shown = row != 2 or commitment.chapter != commitment.appendix
            sheet.set_row(row, max(15, 15 * -(-len(text) // 170)) if shown and text else 3)
        heads = (
            say("Field"),
            say("Your answer"),
            say("Language"),
            say("Last year, {year}", year=self.order.year - 1),
            say("What is asked"),
        )
        sheet.set_row(5, 4)
        for column, text in enumerate(heads, 1):
            sheet.write_string(6, column, text, looks["head"])

    def _field(self, sheet: Worksheet, row: int, asked: Asked, field: Field) -> int:
        held, last = getattr(asked.entry, field.name), getattr(asked.last, field.name, None)
        count = len(held) if field.control is Control.ROWS else 0
        first = row
        for leaf in leaves(field, count, asked.questions):
            self._leaf(sheet, row, leaf, (held, last))
            hint = self._hint(leaf, asked.questions) or (self.form(field.hint) if row == first and field.hint else "")
            if hint:
                sheet.write_string(row, 5, hint, self.formats["hint"])
            row += 1
        return row

    def _hint(self, leaf: Leaf, questions: Questions) -> str:
        """What UD says of a question, beside its first cell."""
        question = question_named(questions, leaf.question)
        if question is None or leaf.label:
            return ""
        is_needed = self.form("Must be answered.") if question.is_required else ""
        return " ".join(part for part in (question.hint[self.order.language], is_needed) if part)

    def _leaf(self, sheet: Worksheet, row: int, leaf: Leaf, values: tuple[object, object]) -> None:
        looks, (value, last) = self.formats, (value_at(leaf, each) for each in values)
        sheet.write_string(row, 0, leaf.path, looks["code"])
        sheet.write_string(row, 1, self._label(leaf), looks["label"])
        look = looks["date" if leaf.cell is Cell.DATE else "number" if leaf.cell in _NUMBERS else "answer"]
        self._write(sheet, (row, 2), value, look)
        if leaf.cell is Cell.TEXT:
            sheet.set_row(row, 90 if leaf.field not in ("access", "questions") else 30)
            language = value.language if isinstance(value, Passage) and value.text else self.order.language
            sheet.write_string(row, 3, self._listed("language", language), looks["answer"])
            sheet.data_validation(row, 3, row, 3, self._list_rule("language"))
        else:
            sheet.write_blank(row, 3, None, looks["label"])
        self._write(sheet, (row, 4), last, looks["last"])
        self._rule(sheet, row, leaf)

    def _label(self, leaf: Leaf) -> str:
        if leaf.names is not None:
            words = leaf.names[self.order.language]
            return f"{words} – {self.form(leaf.label)}" if leaf.label else words
        if leaf.choice is not None:
            name = next(f.label for f in _fields_of(self.order) if f.name == leaf.field)
            return f"{self.form(name)}: {self.order.word(leaf.choice)}"
        number = leaf.path.partition("[")[2].partition("]")[0]
        text = self.form(leaf.label)
        if ".public." in leaf.path:
            return self.say("Public wording: {field}", field=text)
        return f"{int(number) + 1}. {text}" if number else text

    def _listed(self, name: str, code: str) -> str:
        say = self.say
        known = {
            "true": say("Yes"),
            "false": say("No"),
            "nb": say("Bokmål"),
            "nn": say("Nynorsk"),
            "en": say("English"),
        }
        return known.get(code, code) if name in ("flag", "language") else code

    def _write(  # noqa: C901 - one for each kind of value
        self, sheet: Worksheet, at: tuple[int, int], value: object, look: Format
    ) -> None:
        match value:
            case None | "" | () | Passage(text=""):
                sheet.write_blank(*at, None, look)
            case Passage(text=text):
                sheet.write_string(*at, storable(text)[:_CHAR_LIMIT], look)
            case Names():
                sheet.write_string(*at, value[self.order.language], look)
            case bool():
                sheet.write_string(*at, self._listed("flag", str(value).lower()), look)
            case StrEnum():
                sheet.write_string(*at, self.order.word(value), look)
            case int() | Decimal():
                if Decimal(repr(float(value))) == value:
                    sheet.write_number(*at, float(value), look)
                else:
                    sheet.write_string(*at, format(Decimal(value), "f"), look)
            case date() if value.year >= 1901:
                sheet.write_datetime(*at, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
            case date():
                sheet.write_string(*at, value.isoformat(), look)
            case tuple():
                sheet.write_string(*at, ", ".join(map(str, value)), look)
            case _:
                sheet.write_string(*at, storable(str(value)), look)

    # -- what a cell accepts -----------------------------------------------------------------------

    def _list_rule(self, name: str) -> dict[str, object]:
        first, last = self.lists[name]
        return {
            "validate": "list",
            "source": f"='{LISTS}'!$C${first + 1}:$C${last + 1}",
            "error_title": self.say("Not in the list")[:32],
            "error_message": self.say("Choose one of the words in the list, or leave the cell empty."),
        }

    def _rule(self, sheet: Worksheet, row: int, leaf: Leaf) -> None:
        say = self.say
        match leaf.cell:
            case Cell.CHOICE:
                rule = self._list_rule(leaf.list_name)
            case Cell.FLAG:
                rule = self._list_rule("flag")
            case Cell.DATE:
                rule = {
                    "validate": "date", "criteria": "between", "minimum": date(1990, 1, 1),
                    "maximum": date(2100, 12, 31),
                    "error_title": say("Not a date"), "error_message": say("Write a date, for example 31.12.2026."),
                }  # fmt: skip
            case Cell.WHOLE | Cell.DECIMAL:
                rule = {
                    "validate": "integer" if leaf.cell is Cell.WHOLE else "decimal", "criteria": "between",
                    "minimum": -(10**12), "maximum": 10**12, "error_title": say("Not a number"),
                    "error_message": say("Write a number in figures, without words or units."),
                }  # fmt: skip
            case Cell.TEXT | Cell.LINE | Cell.WORDS:
                most = MAX_PASSAGE if leaf.cell is Cell.TEXT else _LINE
                rule = {
                    "validate": "length", "criteria": "<=", "value": most, "error_title": say("Too long"),
                    "error_message": say("The text can have at most {n} signs.", n=most),
                }  # fmt: skip
        sheet.data_validation(row, 2, row, 2, rule)

    def _printing(self, sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&8&A&R&8&P / &N")


_WIDTHS: Final = (4, 30, 64, 11, 44, 36)
"""Of the columns, in signs; the first is hidden."""
_NUMBERS: Final = (Cell.WHOLE, Cell.DECIMAL)


def _all_leaves(asked: Asked) -> Iterable[Leaf]:
    for field in asked.fields:
        yield from leaves(field)


def _fields_of(order: Order) -> Iterable[Field]:
    for asked in order.sheets:
        yield from asked.fields
