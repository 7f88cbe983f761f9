"""Names for the identifiers of the field, so that one cannot be passed for another."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

UnitCode = NewType("UnitCode", str)
"""A reporting unit: ``UD``, ``FD``, ``NORAD``, ``AMM``; 2-12 of A-Z, 0-9 and ``-``."""

CommitmentNumber = NewType("CommitmentNumber", int)
"""A commitment's number in the plan, 1-35 in the edition 2023-2030."""

CountryCode = NewType("CountryCode", str)
"""ISO 3166-1 alpha-2, upper case."""

Year = NewType("Year", int)
"""The calendar year that is reported on."""

Digest = NewType("Digest", str)
"""SHA-256 as 64 lower-case hexadecimal digits."""

BundleId = NewType("BundleId", str)
"""A bundle's UUID, lower case with hyphens."""

EditionId = NewType("EditionId", str)
"""A plan edition, ``2023-2030``."""

UNIT_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}")
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
DIGEST = re.compile(r"[0-9a-f]{64}")
BUNDLE_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def nfc(text: str) -> str:
    """Unicode NFC, the one form in which names and texts are kept and compared."""
    return unicodedata.normalize("NFC", text)
