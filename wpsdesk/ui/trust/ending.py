"""How long a certificate lasts, as a chip."""

from __future__ import annotations

from datetime import datetime

from wpsdesk.desk.keys.certificate_days import SOON, days_left
from wpsdesk.i18n import Catalogue
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.signs import Sign


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
