"""Aid statistics that have come as a file: what is read, and every place that cannot be. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CountryCode, Year
from wpsdesk.plan.model import Plan
from wpsdesk.report.aid import LARGEST, MOST_ROWS, AidRow, AidShape

LARGEST_FILE: Final = 32 << 20  # bytes
MOST_FAULTS: Final = 200
TOLD_EVERY: Final = 500  # rows or activities, after which a reader tells how far it has come


class AidWrong(StrEnum):
    """What is the matter with a place in a file of statistics."""

    MISSING = "missing"
    NOT_A_NUMBER = "not-a-number"
    AMBIGUOUS = "ambiguous-number"  # 1,234 may be a thousand or a little more than one
    OUT_OF_RANGE = "out-of-range"
    NOT_A_YEAR = "not-a-year"
    NOT_A_DATE = "not-a-date"
    NOT_A_MARKER = "not-a-marker"
    NOT_A_PURPOSE = "not-a-purpose"
    NOT_A_COMMITMENT = "not-a-commitment"
    NOT_A_CURRENCY = "not-a-currency"
    ANOTHER_CURRENCY = "another-currency"
    SHARES = "shares"  # percentages that are not a whole together
    FORMULA = "formula"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True, kw_only=True)
class AidFault:
    """A place that cannot be read: a cell (``C12``) or a path in XML; ``found`` is what stands there."""

    place: str
    wrong: AidWrong
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AidFound:
    """What a file holds for one year. ``other_years`` and ``without_amount`` count what was passed over."""

    year: Year
    shape: AidShape
    currency: str
    rows: tuple[AidRow, ...]
    faults: tuple[AidFault, ...] = ()
    other_years: int = 0
    without_amount: int = 0


class NotStatistics(WpsError):
    """The file is neither CSV, XLSX nor IATI activities, or it is damaged."""


class UnsafeStatistics(WpsError):
    """The file is larger than statistics of a year can be, or holds what they never do."""


@dataclass(eq=False, kw_only=True)
class ColumnsMissing(WpsError):
    """The table lacks columns; ``missing`` are the names that are looked for, the first of each."""

    missing: tuple[str, ...]


class CurrencyUnknown(WpsError):
    """Neither the file nor the person says in which currency the amounts are."""


@dataclass(eq=False, kw_only=True)
class StatisticsFaulty(WpsError):
    """Some places of a file of statistics cannot be read, so nothing of it is taken."""

    places: int


@dataclass(eq=False, kw_only=True)
class NothingForYear(WpsError):
    """A file of statistics has no disbursement of the year."""

    year: Year


# -- gathering ---------------------------------------------------------------------------------------


class Gathered:
    """Rows and faults while a file is read; ``currency`` is "" until it is known."""

    def __init__(self, shape: AidShape, year: Year, currency: str) -> None:
        self.shape: Final = shape
        self.year: Final = year
        self.currency = currency
        self.rows: Final[list[AidRow]] = []
        self.faults: Final[list[AidFault]] = []
        self.other_years = self.without_amount = 0
        self._sum = Decimal(0)

    def fault(self, place: str, wrong: AidWrong, found: object) -> None:
        """Note a place; after so many, only that there are more is worth knowing."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(AidFault(place=place, wrong=wrong, found=str(found)[:80]))

    def take(self, row: AidRow, place: str) -> None:
        """Add a row. Raises UnsafeStatistics where there are too many."""
        self._sum += abs(row.amount)
        if self._sum >= LARGEST:
            self.fault(place, AidWrong.OUT_OF_RANGE, row.amount)
            return
        if len(self.rows) >= MOST_ROWS:
            raise UnsafeStatistics
        self.rows.append(row)

    def in_currency(self, found: str, place: str) -> bool:
        """Whether an amount is in the one currency of the file; the first one decides."""
        if not self.currency:
            self.currency = found
        if found and found != self.currency:
            self.fault(place, AidWrong.ANOTHER_CURRENCY, found)
            return False
        return True

    def done(self) -> AidFound:
        """Rows of the same agreement, recipient, purpose and marker put together. Raises CurrencyUnknown."""
        if not self.currency and self.rows:
            raise CurrencyUnknown
        return AidFound(
            year=self.year,
            shape=self.shape,
            currency=self.currency,
            rows=_merged(self.rows),
            faults=tuple(self.faults),
            other_years=self.other_years,
            without_amount=self.without_amount,
        )


def _merged(rows: Iterable[AidRow]) -> tuple[AidRow, ...]:
    found: dict[AidRow, Decimal] = {}
    for row in rows:
        key = replace(row, amount=Decimal(0))
        found[key] = found.get(key, Decimal(0)) + row.amount
    return tuple(replace(key, amount=_tidy(amount)) for key, amount in found.items())


def _tidy(amount: Decimal) -> Decimal:
    """At most two decimals: a share of an amount can have any number of them."""
    rounded = amount.quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


# -- recipients --------------------------------------------------------------------------------------

DAC_RECIPIENTS: Final[Mapping[str, str]] = {
    "625": "AF", "437": "CO", "755": "PH", "543": "IQ", "580": "YE", "549": "JO", "255": "ML", "259": "MZ",
    "635": "MM", "261": "NG", "550": "PS", "273": "SO", "278": "SD", "573": "SY", "218": "ZA", "279": "SS",
    "85": "UA", "463": "VE",
}  # fmt: skip
"""The DAC's own codes of the plan's focus countries; of others the name is used."""

_OTHER_NAMES: Final = {
    "west bank and gaza strip": "PS", "palestina": "PS", "palestine": "PS", "det palestinske området": "PS",
    "syrian arab republic": "SY", "viet nam": "VN", "democratic republic of the congo": "CD", "türkiye": "TR",
    "lao people's democratic republic": "LA", "moldova": "MD", "iran": "IR", "tanzania": "TZ", "kosovo": "XK",
}  # fmt: skip


def country_of(plan: Plan, told: str) -> CountryCode | None:
    """The country that a file means with a code or a name; None for a region and for what nobody knows."""
    text = " ".join(told.split())
    if len(text) == 2 and text.isascii() and text.isupper():
        return CountryCode(text) if text in _names(plan).values() else None
    code = DAC_RECIPIENTS.get(text) or _names(plan).get(text.casefold())
    return None if code is None else CountryCode(code)


_NO_COUNTRIES: Final = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))  # that have a code all the same

_cache: dict[str, dict[str, str]] = {}


def _names(plan: Plan) -> Mapping[str, str]:
    """Codes by name in the three languages, and by ISO code."""
    known = _cache.get(plan.edition)
    if known is None:
        known = {**_territories(), **_OTHER_NAMES}
        for country in plan.focus_countries:
            names = country.names
            known.update({name.casefold(): country.code for name in (names.nb, names.nn, names.en)})
        _cache[plan.edition] = known
    return known


@cache
def _territories() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in ("en", "nb", "nn"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
                found.setdefault(str(name).casefold(), str(code))
    return found
