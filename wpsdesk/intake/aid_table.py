"""Aid statistics from a table, as CSV or XLSX, in the shape of the OECD's DAC/CRS extracts.

Columns are known by their heads, in English or Norwegian, in any order; others are passed over. Formulas are never
worked out, and a figure that can be read in two ways is a fault.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from wpsdesk.base.ids import CommitmentNumber, Year, nfc
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.intake.aid import (
    LARGEST_FILE,
    TOLD_EVERY,
    AidFound,
    AidWrong,
    ColumnsMissing,
    Gathered,
    NotStatistics,
    UnsafeStatistics,
    country_of,
)
from wpsdesk.intake.errors import NotAWorksheet, UnsafeWorksheet
from wpsdesk.intake.worksheet import DAMAGE, is_spreadsheet, look_through
from wpsdesk.plan.model import Plan
from wpsdesk.report.aid import CURRENCY, PURPOSE, AidRow, AidShape
from wpsdesk.report.model import GenderMarker

HEADS: Final = {
    "agreement": (
        "agreement", "agreementno", "agreementnumber", "avtale", "avtalenummer", "avtalenr", "projectnumber", "crsid",
        "iatiidentifier",
    ),
    "year": ("year", "år", "aar"),
    "country": (
        "recipient", "recipientname", "recipientcountry", "mottaker", "mottakar", "mottakerland", "mottakarland",
        "land", "country",
    ),
    "country_code": ("recipientcode", "countrycode", "mottakerkode", "landkode"),
    "purpose": ("purposecode", "purpose", "formålskode", "formål", "dacsector", "dacsectorcode", "dac5"),
    "marker": ("gendermarker", "gender", "likestillingsmarkør", "kjønnsmarkør", "policymarkergender"),
    "amount": ("disbursement", "disbursed", "utbetalt", "utbetaling", "usddisbursement", "amountdisbursed"),
    "currency": ("currency", "currencycode", "valuta"),
    "commitment": ("commitment", "tiltak", "wpscommitment"),
}  # fmt: skip
"""The heads of each column without capitals, spaces and signs."""

NEEDED: Final = ("agreement", "year", "purpose", "marker", "amount")
MILLIONS: Final = "usddisbursement"  # the CRS gives US dollars in millions

_SIGNS: Final = re.compile(r"[\s_\-./:]+")
_IN_HEAD: Final = re.compile(r"[\s(,\[]([A-Z]{3})[)\]]?\s*$")
_WIDEST: Final = 200  # columns
_DEEPEST: Final = 200_000  # rows
_LONGEST: Final = 500  # characters of a cell that is used
_PLAIN: Final = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """What stands in a cell, and where."""

    place: str
    text: str
    is_formula: bool = False


_Line = Sequence[_Cell]


def read_aid_table(
    data: bytes, plan: Plan, year: Year, currency: str = "", *, progress: Progress = unwatched
) -> AidFound:
    """What a table tells of ``year``. ``currency`` where the file does not say; ``progress`` gets lines.

    Raises NotStatistics, UnsafeStatistics, ColumnsMissing, CurrencyUnknown, Cancelled.
    """
    if len(data) > LARGEST_FILE:
        raise UnsafeStatistics
    shape = AidShape.XLSX if is_spreadsheet(data) else AidShape.CSV
    lines = _sheet(data) if shape is AidShape.XLSX else _comma_separated(data)
    head = next(lines, ())
    columns = _columns(head)
    in_head = next((m[1] for c in head if _is_amount(c) and (m := _IN_HEAD.search(c.text))), "")
    is_millions = any(_bare(cell.text) == MILLIONS for cell in head)
    found = Gathered(shape=shape, year=year, currency="USD" if is_millions else in_head)
    comma_is_decimal = shape is AidShape.CSV and _delimiter(data) != ","
    read = _Rows(plan=plan, columns=columns, found=found, scale=10**6 if is_millions else 1, comma=comma_is_decimal)
    whole = 1 + data.count(b"\n")
    for number, line in enumerate(lines):
        if number % TOLD_EVERY == 0:  # how many rows a spreadsheet has is not known before its end
            progress(min(number, whole) if shape is AidShape.CSV else 0, whole)
        if any(cell.text.strip() for cell in line):
            read.line(line)
    if not found.currency:
        found.currency = currency
    return found.done()


def _bare(head: str) -> str:
    return _SIGNS.sub("", _IN_HEAD.sub("", nfc(head)).split("(")[0]).casefold()


def _is_amount(cell: _Cell) -> bool:
    return _bare(cell.text) in HEADS["amount"]


def _columns(head: _Line) -> dict[str, int]:
    """Where each column is; the first of two. Raises ColumnsMissing, NotStatistics."""
    bare = [_bare(cell.text) for cell in head]
    if not any(bare):
        raise NotStatistics
    found = {
        name: min(places)
        for name, heads in HEADS.items()
        if (places := [place for place, text in enumerate(bare) if text in heads])
    }
    missing = [HEADS[name][0] for name in NEEDED if name not in found]
    if "country" not in found and "country_code" not in found:
        missing.append(HEADS["country"][0])
    if missing:
        raise ColumnsMissing(missing=tuple(missing))
    return found


# -- rows --------------------------------------------------------------------------------------------


T = TypeVar("T")


class _Bad(Exception):
    def __init__(self, wrong: AidWrong) -> None:
        self.wrong: Final = wrong


@dataclass(slots=True, kw_only=True)
class _Rows:
    plan: Plan
    columns: dict[str, int]
    found: Gathered
    scale: int
    comma: bool  # whether a comma alone is always a decimal one

    def line(self, line: _Line) -> None:
        """One row, or its faults."""
        cells = {name: line[place] for name, place in self.columns.items() if place < len(line)}
        before = len(self.found.faults)
        year = self._read(cells, "year", _year)
        if year is not None and year != self.found.year:
            self.found.other_years += 1
            return
        amount = self._read(cells, "amount", self._amount)
        if len(self.found.faults) == before and amount is None:
            self.found.without_amount += 1
            return
        agreement = self._read(cells, "agreement", _required)
        purpose = self._read(cells, "purpose", _purpose)
        marker = self._read(cells, "marker", _marker)
        commitment = self._read(cells, "commitment", self._commitment)
        currency = self._read(cells, "currency", _currency)
        names = [self._read(cells, name, _text) or "" for name in ("country", "country_code")]
        if "currency" in cells:
            self.found.in_currency(currency or "", cells["currency"].place)
        if len(self.found.faults) > before or amount is None or agreement is None or marker is None:
            return
        codes = [country_of(self.plan, name) for name in names if name]
        row = AidRow(
            agreement=agreement,
            country=next((code for code in codes if code is not None), None),
            recipient=next((name for name in names if name), ""),
            purpose=purpose or "",
            marker=marker,
            amount=amount * self.scale,
            commitment=None if commitment is None else CommitmentNumber(commitment),
        )
        self.found.take(row, line[0].place)

    def _read(self, cells: dict[str, _Cell], name: str, read: Callable[[str], T]) -> T | None:
        """What a cell says; None where it says nothing or cannot be read."""
        cell = cells.get(name)
        text = "" if cell is None else cell.text.strip()
        place = "" if cell is None else cell.place
        try:
            if cell is not None and cell.is_formula:
                raise _Bad(AidWrong.FORMULA)
            if len(text) > _LONGEST:
                raise _Bad(AidWrong.TOO_LONG)
            return read(text)
        except _Bad as bad:
            self.found.fault(place, bad.wrong, text)
            return None

    def _amount(self, text: str) -> Decimal | None:
        return None if not text else number_in(text, comma_is_decimal=self.comma)

    def _commitment(self, text: str) -> int | None:
        if not text:
            return None
        bare = text.removesuffix(".0")
        if not bare.isascii() or not bare.isdecimal() or not 1 <= int(bare[:9]) <= len(self.plan.commitments):
            raise _Bad(AidWrong.NOT_A_COMMITMENT)
        return int(bare[:9])


def number_in(text: str, *, comma_is_decimal: bool) -> Decimal:
    """The number that a text is, with spaces, points or commas between thousands. Raises _Bad."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
    if "," in bare and "." in bare:  # the last one is the decimal one
        thousands, decimal = (",", ".") if bare.rfind(".") > bare.rfind(",") else (".", ",")
        bare = bare.replace(thousands, "").replace(decimal, ".")
    elif bare.count(",") > 1:
        bare = bare.replace(",", "")
    elif "," in bare:
        if not comma_is_decimal and re.fullmatch(r"[+-]?\d{1,3},\d{3}", bare):
            raise _Bad(AidWrong.AMBIGUOUS)
        bare = bare.replace(",", ".")
    elif bare.count(".") > 1:
        bare = bare.replace(".", "")
    if not _PLAIN.fullmatch(bare) or not bare.isascii():
        raise _Bad(AidWrong.NOT_A_NUMBER)
    try:
        found = Decimal(bare)
    except InvalidOperation:
        raise _Bad(AidWrong.NOT_A_NUMBER) from None
    if len(found.as_tuple().digits) > 24:
        raise _Bad(AidWrong.OUT_OF_RANGE)
    return found


def _text(text: str) -> str:
    return " ".join(nfc(text).split())


def _required(text: str) -> str:
    if not text:
        raise _Bad(AidWrong.MISSING)
    return _text(text)


def _year(text: str) -> int:
    bare = text.removesuffix(".0")
    if not re.fullmatch(r"(19|20)[0-9]{2}", bare):
        raise _Bad(AidWrong.NOT_A_YEAR if text else AidWrong.MISSING)
    return int(bare)


def _purpose(text: str) -> str:
    bare = text.removesuffix(".0")
    if bare and not PURPOSE.fullmatch(bare):
        raise _Bad(AidWrong.NOT_A_PURPOSE)
    return bare


def _marker(text: str) -> GenderMarker:
    """Blank is not 0."""
    bare = text.removesuffix(".0")
    if bare in ("0", "1", "2"):
        return GenderMarker(bare)
    if bare:
        raise _Bad(AidWrong.NOT_A_MARKER)
    return GenderMarker.NOT_SCREENED


def _currency(text: str) -> str:
    if text and not CURRENCY.fullmatch(text.upper()):
        raise _Bad(AidWrong.NOT_A_CURRENCY)
    return text.upper()


# -- files -------------------------------------------------------------------------------------------


def _delimiter(data: bytes) -> str:
    """What parts the heads: of the signs that can, the one that stands there most."""
    head = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    return max(";,\t|", key=lambda sign: head.count(sign.encode()))


def _comma_separated(data: bytes) -> Iterator[_Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotStatistics from None
    if "\x00" in text:
        raise NotStatistics
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(data), strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            if number > _DEEPEST or len(row) > _WIDEST:
                raise UnsafeStatistics
            yield [_Cell(place=f"{_letters(place)}{number}", text=text) for place, text in enumerate(row)]
    except csv.Error:
        raise NotStatistics from None


def _letters(place: int) -> str:
    """``A``, ``B`` ... ``AA``."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def _sheet(data: bytes) -> Iterator[_Line]:
    """The rows of the first sheet that has the heads, else of the first."""
    try:
        look_through(data)
    except NotAWorksheet:
        raise NotStatistics from None
    except UnsafeWorksheet:
        raise UnsafeStatistics from None
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            try:
                sheet = book.worksheets[0]
                for number, row in enumerate(sheet.iter_rows(max_col=_WIDEST), start=1):
                    if number > _DEEPEST:
                        raise UnsafeStatistics
                    yield [
                        _Cell(
                            place=f"{_letters(place)}{number}",
                            text="" if cell.value is None else str(cell.value),
                            is_formula=getattr(cell, "data_type", "") in ("f", "e"),
                        )
                        for place, cell in enumerate(row)
                    ]
            finally:
                book.close()
    except DAMAGE as error:
        raise NotStatistics from error
