"""A workbook of tables: a column has a head, a width and a kind, a cell is what it is and never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wpsdesk.compilation.readable import readable

Value = str | int | Decimal | date | datetime | None
"""What a cell can hold; a time is aware."""

MOST: Final = 32_767  # characters that a cell holds
_CUT: Final = " […]"
_EXACT: Final = 15  # digits that a spreadsheet counts with


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``width`` in characters."""

    head: str
    width: int = 14


class Book:
    """A workbook being written, in memory."""

    def __init__(self, *, title: str, author: str, made: datetime) -> None:
        self._out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._out, options)
        moment = made.astimezone(UTC).replace(tzinfo=None)
        self._book.set_properties({"title": readable(title), "author": readable(author), "created": moment})
        add = self._book.add_format
        top = {"valign": "top", "font_name": "Arial", "font_size": 10}
        self._text: Format = add({**top, "text_wrap": True})
        self._whole: Format = add({**top, "num_format": "#,##0"})
        self._figure: Format = add({**top, "num_format": "#,##0.##########"})
        self._plain: Format = add({**top, "num_format": "0"})
        self._day: Format = add({**top, "num_format": "yyyy-mm-dd"})
        self._moment: Format = add({**top, "num_format": "yyyy-mm-dd hh:mm"})
        self._head: Format = add({**top, "bold": True, "text_wrap": True, "bottom": 1})
        self._title: Format = add({"bold": True, "font_name": "Arial", "font_size": 16, "font_color": "#0062BA"})
        self._count = 0

    def facts(self, name: str, title: str, rows: Iterable[tuple[str, Value]]) -> None:
        """A sheet of names and values, without a table."""
        sheet = self._sheet(name)
        sheet.write_string(0, 0, readable(title), self._title)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 70)
        for place, (head, value) in enumerate(rows, start=2):
            sheet.write_string(place, 0, readable(head), self._head)
            self._write(sheet, place, 1, value)

    def table(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
        """A sheet with one table, its heads standing still; an empty table has one empty row, as the format asks."""
        sheet = self._sheet(name)
        self._count += 1
        sheet.add_table(
            0, 0, max(1, len(rows)), len(columns) - 1,
            {
                "name": f"Table{self._count}",
                "style": "Table Style Light 1",
                "columns": [{"header": readable(column.head), "header_format": self._head} for column in columns],
            },
        )  # fmt: skip
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        for place, row in enumerate(rows, start=1):
            for column_place, value in enumerate(row):
                self._write(sheet, place, column_place, value)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def done(self) -> bytes:
        """The whole file."""
        self._book.close()
        return self._out.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(readable(name)[:31])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _write(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self._text)
            case str():
                text = readable(value)
                sheet.write_string(row, column, text if len(text) <= MOST else text[: MOST - 4] + _CUT, self._text)
            case datetime():
                sheet.write_datetime(row, column, value.astimezone(UTC).replace(tzinfo=None), self._moment)
            case date():
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._day)  # noqa: DTZ001
            case Decimal():
                self._write_figure(sheet, row, column, value)
            case int():
                sheet.write_number(row, column, value, self._plain if -10_000 < value < 10_000 else self._whole)

    def _write_figure(self, sheet: Worksheet, row: int, column: int, value: Decimal) -> None:
        """A figure with more digits than a spreadsheet counts with stays a text, whole."""
        if len(value.as_tuple().digits) > _EXACT:
            sheet.write_string(row, column, format(value, "f"), self._text)
        else:
            whole = value == value.to_integral_value()
            sheet.write_number(row, column, float(value), self._whole if whole else self._figure)
