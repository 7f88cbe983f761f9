"""The points of the checklist before a release."""

from __future__ import annotations

from enum import StrEnum


class Point(StrEnum):
    """One thing that is looked at."""

    COVERAGE = "coverage"  # answers that were asked for are missing
    RETURNED = "returned"  # answers that were returned have not come back
    UNREASONED = "restrictions"  # restrictions without a legal basis or a reason
    STALE = "stale"  # edited or translated texts whose source is another now
    CLOSED = "closed"  # edited texts that nobody has said may be public
    NAMES = "names"  # names that must not be public, in UD's own texts
    TEXTS = "texts"  # foreword, introduction or summaries that are not written in every language
    LANGUAGES = "languages"  # less than a quarter of the Norwegian in bokmål or in nynorsk
