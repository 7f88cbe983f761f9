"""Elements as text: whatever stands inside them has been escaped, and nothing else can get in."""

from __future__ import annotations

from html import escape

from wpsdesk.compilation.readable import readable
from wpsdesk.compilation.tree import Words
from wpsdesk.plan.model import LanguageCode

TAG: dict[LanguageCode, str] = {"nb": "nb", "nn": "nn", "en": "en-GB"}
"""The languages as a page names them (BCP 47)."""


def text(words: str) -> str:
    """A text between tags; a line of its own in it stays one."""
    return escape(readable(words), quote=False).replace("\n", "<br>")


def element(tag: str, inside: str, **attributes: str) -> str:
    """``<tag>inside</tag>``, where ``inside`` is markup already; ``aria_label`` is aria-label, ``class_`` is class."""
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(readable(value))}"'
        for name, value in attributes.items()
        if value
    )
    return f"<{tag}{told}>{inside}</{tag}>"


def lang(words: Words, around: LanguageCode) -> str:
    """The language of ``words`` where it is another than what stands around it, else ""."""
    return "" if words.language == around or not words.text.strip() else TAG[words.language]
