"""Reading a worksheet that came back: what stands in its cells, and which cells cannot be read.

It stands in this room because a worksheet is an arrival like any other: it comes from outside, and what is done with
it depends on what is held. The package is looked through before openpyxl sees it, and formulas are never worked out.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from wpsdesk.base.ids import CommitmentNumber, CountryCode
from wpsdesk.intake.errors import NotAWorksheet, UnsafeWorksheet, WorksheetVersion
from wpsdesk.report.model import EntryKey
from wpsdesk.report.worksheet import BOOK, FORMAT, LISTS, VERSION

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LARGEST: Final = 16 << 20
"""Bytes of the file."""
LARGEST_INSIDE: Final = 96 << 20
LARGEST_PART: Final = 48 << 20
MOST_PARTS: Final = 2_500
MOST_ROWS: Final = 6_000
MOST_SHEETS: Final = 1_500

_CODE: Final = re.compile(FORMAT + r"/(\d{1,4});(\d{1,3});([A-Z]{2})?")
DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, LookupError, OverflowError, TypeError,
    AttributeError, SyntaxError,
)  # fmt: skip
"""What openpyxl and zipfile answer damage with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in one answer's cell, and where; ``language`` is the cell beside it."""

    cell: str  # C12
    value: object  # str, int, float, bool, datetime
    language: str = ""
    is_formula: bool = False

    def beside(self) -> Told:
        """The cell beside it, which says in what language the text is."""
        return Told(cell=f"D{self.cell[1:]}", value=self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One answer's sheet."""

    name: str
    key: EntryKey
    told: dict[str, Told]  # by path


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A worksheet. ``marks`` tell what stood at the desk when it was written, by key and field."""

    unit: str
    year: int
    edition: str
    sheets: tuple[Sheet, ...]
    marks: dict[tuple[EntryKey, str], str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # (list, word as written) -> code


def is_spreadsheet(data: bytes) -> bool:
    """Whether the bytes begin like an XLSX file."""
    return data.startswith(b"PK\x03\x04")


def read_book(data: bytes) -> Book:
    """What stands in a worksheet. Raises NotAWorksheet, UnsafeWorksheet, WorksheetVersion."""
    look_through(data)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            try:
                return _book(book)
            finally:
                book.close()
    except DAMAGE as error:
        raise NotAWorksheet from error


def look_through(data: bytes) -> None:
    """Refuse a package that is no XLSX, is larger than told, or holds what no worksheet has."""
    if not is_spreadsheet(data) or len(data) > LARGEST:
        raise NotAWorksheet if not is_spreadsheet(data) else UnsafeWorksheet
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename.lower() for part in parts}
            if len(parts) > MOST_PARTS or len(names) < len(parts):
                raise UnsafeWorksheet
            if "xl/workbook.xml" not in names:
                raise NotAWorksheet
            if any(name.endswith(".bin") and "vba" in name for name in names):
                raise UnsafeWorksheet
            left = LARGEST_INSIDE
            for part in parts:
                left -= _looked_into(package, part, min(left, LARGEST_PART))
    except DAMAGE as error:
        raise NotAWorksheet from error


def _looked_into(package: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> int:
    """The part's real size. Raises UnsafeWorksheet where it is too large, or XML with a document type or entities."""
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnsafeWorksheet
    with package.open(part) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnsafeWorksheet
    if part.filename.lower().endswith((".xml", ".rels", ".vml")):
        head = data[:200]
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnsafeWorksheet
    return len(data)


def _book(book: Workbook) -> Book:
    names = book.sheetnames
    if BOOK not in names or LISTS not in names or len(names) > MOST_SHEETS:
        raise NotAWorksheet
    rows = list(_texts(book, BOOK, 6))
    if not rows or rows[0][0] != FORMAT:
        raise NotAWorksheet
    head, version = rows[0], _whole(rows[0][1])
    if version != VERSION:
        raise WorksheetVersion(found=version)
    marks = {(_key(row[0], row[1]), row[2]): row[3] for row in rows[1:] if row[0]}
    words = {(row[0], row[2].strip().casefold()): row[1] for row in _texts(book, LISTS, 3)}
    sheets = tuple(sheet for name in names if (sheet := _sheet(book, name)) is not None)
    return Book(unit=head[2], year=_whole(head[3]), edition=head[4], sheets=sheets, marks=marks, words=words)


def _texts(book: Workbook, name: str, columns: int) -> Iterator[tuple[str, ...]]:
    for row in book[name].iter_rows(max_row=4 * MOST_ROWS, max_col=columns, values_only=True):
        yield tuple("" if value is None else str(value) for value in (*row, *[None] * (columns - len(row))))


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise NotAWorksheet
    return int(text)


def _key(number: str, country: str) -> EntryKey:
    return EntryKey(CommitmentNumber(_whole(number)), CountryCode(country) if country else None)


def _sheet(book: Workbook, name: str) -> Sheet | None:
    """The answers on one sheet; None for one that is no answer's."""
    rows = book[name].iter_rows(max_row=MOST_ROWS, max_col=4)
    first = next(rows, ())
    code = _CODE.fullmatch(str(first[0].value)) if first else None
    if code is None:
        return None
    told: dict[str, Told] = {}
    for row in rows:
        if len(row) < 3 or not isinstance(row[0].value, str):
            continue
        value = row[2].value
        if value is None or value == "":
            continue
        language = row[3].value if len(row) > 3 else None
        told[row[0].value] = Told(
            cell=f"C{row[2].row}",
            value=value,
            language="" if language is None else str(language),
            is_formula=row[2].data_type in ("f", "e") or not isinstance(value, str | int | float | bool | datetime),
        )
    return Sheet(name=name, key=_key(code[2], code[3] or ""), told=told)
