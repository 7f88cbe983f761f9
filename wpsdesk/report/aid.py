"""Aid statistics of a year as values: one row an agreement, recipient and purpose. Pure.

They come from Norad as a table in the shape of the OECD's DAC/CRS extracts, or as IATI activities. The gender marker is
the OECD's, and blank is "not screened", which is not 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import COUNTRY_CODE, DIGEST, CommitmentNumber, CountryCode, Digest, Year
from wpsdesk.report.model import GenderMarker

MOST_ROWS: Final = 50_000
MAX_BYTES: Final = 64 << 20
CURRENCY: Final = re.compile(r"[A-Z]{3}")
PURPOSE: Final = re.compile(r"[0-9]{5}")
LARGEST: Final = Decimal(10) ** 13
"""An amount, and the sum of all, in whole units of a currency."""


class AidShape(StrEnum):
    """What kind of file statistics came in."""

    CSV = "csv"
    XLSX = "xlsx"
    IATI = "iati"


@dataclass(frozen=True, slots=True, kw_only=True)
class AidRow:
    """What was disbursed in the year. ``country`` is None for a region; ``recipient`` is as the file names it."""

    agreement: str
    country: CountryCode | None
    recipient: str
    purpose: str  # five digits of the DAC's, or "" where none is given
    marker: GenderMarker
    amount: Decimal  # in the currency; below 0 for what was paid back
    commitment: CommitmentNumber | None = None  # of the plan, where the file says so


@dataclass(frozen=True, slots=True, kw_only=True)
class AidStatistics:
    """All rows of a year, with where they come from; ``digest`` is of the file."""

    year: Year
    currency: str
    source: str
    shape: AidShape
    digest: Digest
    loaded_at: datetime
    rows: tuple[AidRow, ...]

    @property
    def total(self) -> Decimal:
        """All that was disbursed."""
        return sum((row.amount for row in self.rows), Decimal(0))


def aid_to_bytes(found: AidStatistics) -> bytes:
    """As the store keeps them."""
    return canonical_json(
        {
            "year": found.year,
            "currency": found.currency,
            "source": found.source,
            "shape": found.shape.value,
            "digest": found.digest,
            "loaded_at": rfc3339(found.loaded_at),
            "rows": [
                [r.agreement, r.country, r.recipient, r.purpose, r.marker.value, format(r.amount, "f"), r.commitment]
                for r in found.rows
            ],
        }
    )


def aid_from(data: bytes) -> AidStatistics:
    """What :func:`aid_to_bytes` wrote. Raises Malformed."""
    reader = load_json(data, limit=MAX_BYTES)
    found = AidStatistics(
        year=Year(reader.get("year").integer(2000, 2099)),
        currency=reader.get("currency").matching(CURRENCY),
        source=reader.get("source").line(),
        shape=reader.get("shape").choice(AidShape),
        digest=Digest(reader.get("digest").matching(DIGEST)),
        loaded_at=reader.get("loaded_at").time(),
        rows=reader.get("rows").tuple_of(_row_from, at_most=MOST_ROWS),
    )
    reader.done()
    return found


def _row_from(reader: Reader) -> AidRow:
    cells = list(reader.items(at_most=7))
    if len(cells) != 7:
        raise reader.fail("wrong-type")
    agreement, country, recipient, purpose, marker, amount, commitment = cells
    return AidRow(
        agreement=agreement.line(),
        country=None if country.value is None else CountryCode(country.matching(COUNTRY_CODE)),
        recipient=recipient.line(),
        purpose=purpose.line(),
        marker=marker.choice(GenderMarker),
        amount=amount.decimal(),
        commitment=None if commitment.value is None else CommitmentNumber(commitment.integer(1, 999)),
    )
