"""How long a certificate lasts, told well before it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from wpsdesk.i18n import Catalogue
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.signs import Sign

SOON: Final = 90
"""Days before its end from which a certificate is said to end soon: time for a letter and a telephone call."""


def days_left(ends: datetime, now: datetime) -> int:
    """Whole days until the end; below 0 once it has passed."""
    return (ends.astimezone().date() - now.astimezone().date()).days if ends >= now else -1


def ending_chip(ends: datetime | None, now: datetime, say: Catalogue) -> Chip:
    """None yet, valid, ends soon, or has ended."""
    if ends is None:
        return Chip(sign=Sign.RING, word=say("None yet"), tone="neutral")
    left = days_left(ends, now)
    if left < 0:
        return Chip(sign=Sign.CROSS, word=say("Has ended"), tone="danger")
    if left <= SOON:
        return Chip(sign=Sign.MARK, word=say.plural("Ends in {n} day", "Ends in {n} days", left), tone="warning")
    return Chip(sign=Sign.TICK, word=say("Valid"), tone="success")
