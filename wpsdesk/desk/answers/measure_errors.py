"""What can stand in the way of changing a measure of the unit's own."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError


@dataclass(eq=False, kw_only=True)
class MeasureMeanwhile(WpsError):
    """The measure is no longer what it was when it was shown."""

    title: str
