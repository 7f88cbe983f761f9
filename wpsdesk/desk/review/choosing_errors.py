"""What can stand in the way of choosing between two versions of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError


@dataclass(eq=False, kw_only=True)
class NothingSettled(WpsError):
    """There is no choice between two versions of this entry to take back."""

    commitment: int
    country: str | None


@dataclass(eq=False, kw_only=True)
class NotAllChosen(WpsError):
    """Two versions of an entry differ in fields for which nothing has been chosen."""

    fields: tuple[str, ...]
