"""How long a certificate still lasts, and from when it is said to end soon: one measure for lists, chips and tasks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

SOON: Final = 90
"""Days before its end from which a certificate is said to end soon: a renewal may take weeks by diplomatic bag."""


def days_left(ends: datetime, now: datetime) -> int:
    """Whole days until the end; below 0 once it has passed."""
    return (ends.astimezone().date() - now.astimezone().date()).days if ends >= now else -1
