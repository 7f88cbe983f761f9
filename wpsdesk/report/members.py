"""How the documents of a report write members: one that holds nothing is left out, and read as nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wpsdesk.base.decoding import Reader

Json = dict[str, object]


def without_nothing(**members: object) -> Json:
    """The members that hold something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {}, False)}


def day_text(value: date | None) -> str | None:
    """``2026-12-31``, or None."""
    return None if value is None else value.isoformat()


def line_or_nothing(reader: Reader, name: str) -> str:
    """The line of text in the member ``name``; "" where it is absent. Raises Malformed."""
    return reader.default(name, lambda r: r.line(at_most=500), "")


def number_text(value: Decimal | None) -> str | None:
    """``12.5``, or None."""
    return None if value is None else format(value, "f")
