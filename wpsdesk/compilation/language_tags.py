"""The languages of texts as documents name them (BCP 47)."""

from __future__ import annotations

from typing import Final

Spoken = str
"""The code of a language: one of our own, in which answers and reports are, or a further one that a list is in."""

_OURS: Final = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def language_tag(language: Spoken) -> str:
    """``nb-NO``; a further language is named by its code."""
    return _OURS.get(language, language.replace("_", "-"))
