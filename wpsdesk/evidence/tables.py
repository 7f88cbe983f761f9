"""The cells of a table that somebody has made: comma-separated values, or the first sheet of an XLSX workbook."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from wpsdesk.base.ids import nfc
from wpsdesk.evidence.markup import local, parse, text_of
from wpsdesk.evidence.model import Damaged
from wpsdesk.evidence.packages import unpacked

MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
LONGEST: Final = 2_000
"""Characters of one cell."""

_CELL: Final = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_WHOLE: Final = re.compile(r"([0-9]+)\.0+")


def table_of(data: bytes) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a table, each cell trimmed and in NFC, empty rows as empty tuples; None where it is no table.

    A list of values may be in UTF-8 or Windows-1252, parted by semicolons, commas or tabs.
    """
    try:
        rows = _sheet(data) if data.startswith(b"PK\x03\x04") else _values(data)
    except (Damaged, csv.Error, ValueError):
        return None
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS or any(len(c) > LONGEST for c in row) for row in rows):
        return None
    cleaned = (tuple(nfc(" ".join(cell.split())) for cell in row) for row in rows)
    return tuple(row if any(row) else () for row in cleaned)


def _values(data: bytes) -> list[list[str]]:
    if b"\x00" in data:
        raise Damaged
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "strict")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _sheet(data: bytes) -> list[list[str]]:
    parts, _ = unpacked(data)
    shared = [text_of(each) for each in parse(parts["xl/sharedStrings.xml"])] if "xl/sharedStrings.xml" in parts else []
    rows: list[list[str]] = []
    for row in parse(parts[_first_sheet(parts)]).iter():
        if local(row.tag) != "row":
            continue
        number = int(row.get("r") or len(rows) + 1)
        if not len(rows) < number <= MOST_ROWS:
            raise Damaged
        rows += [[] for _ in range(number - len(rows) - 1)]
        cells: list[str] = []
        for cell in row:
            place = _column(cell.get("r") or "", len(cells))
            if place >= MOST_COLUMNS:
                raise Damaged
            cells += [""] * (place - len(cells))
            cells.append(_text(cell.get("t") or "n", cell, shared))
        rows.append(cells)
    return rows


def _first_sheet(parts: dict[str, bytes]) -> str:
    sheets = sorted(
        (name for name in parts if re.fullmatch(r"xl/worksheets/sheet[0-9]+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    if "xl/workbook.xml" not in parts or not sheets:
        raise Damaged
    return sheets[0]


def _column(reference: str, usual: int) -> int:
    found = _CELL.fullmatch(reference)
    if found is None:
        return usual
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    if place <= usual:
        raise Damaged
    return place - 1


def _text(kind: str, cell: object, shared: list[str]) -> str:
    values = {local(each.tag): text_of(each) for each in cell}  # type: ignore[attr-defined]  # lxml's own element
    if kind == "inlineStr":
        return values.get("is", "")
    value = values.get("v", "")
    if kind == "s":
        place = int(value)
        if not 0 <= place < len(shared):
            raise Damaged
        return shared[place]
    whole = _WHOLE.fullmatch(value)  # a spreadsheet keeps an organisation number as a number
    return whole[1] if whole else value
