"""What can stand in the way of a pseudonym."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wpsdesk.base.errors import WpsError


class PseudonymProblem(StrEnum):
    """What keeps a line out of the table of pseudonyms."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    TWICE = "twice"
    HOLDS_A_NAME = "holds-a-name"  # a real name stands in the pseudonym


@dataclass(eq=False, kw_only=True)
class BadPseudonym(WpsError):
    """A line of the table of pseudonyms that cannot be used."""

    name: str
    problem: PseudonymProblem


class NothingToTakeBack(WpsError):
    """No replacement of names has been made that could be undone."""
