"""The time, read at the edge of the program only and passed down as an argument."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the time now: aware, UTC, whole seconds."""


def system_now() -> datetime:
    """UTC now in whole seconds; ``WPSDESK_NOW`` (RFC 3339) fixes it for tests and demonstrations.

    Raises ValueError where ``WPSDESK_NOW`` is not a time with an offset.
    """
    fixed = os.environ.get("WPSDESK_NOW")
    return from_rfc3339(fixed) if fixed else datetime.now(UTC).replace(microsecond=0)


def rfc3339(moment: datetime) -> str:
    """``2027-03-01T14:02:00Z``."""
    if moment.tzinfo is None:
        raise ValueError("a time without an offset")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def from_rfc3339(text: str) -> datetime:
    """The reverse of :func:`rfc3339`; any offset is accepted and turned to UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without an offset")
    return moment.astimezone(UTC).replace(microsecond=0)
