"""Elements as text: whatever stands inside them has been escaped, and nothing else can get in."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from wpsdesk.compilation.language_tags import Spoken, language_tag
from wpsdesk.compilation.readable import readable
from wpsdesk.compilation.right_to_left import has_passage, pieces
from wpsdesk.compilation.tree import Mark, MarkKind, Words

_SHORT: Final = ("nb", "nn")
"""Languages that a page names without a country."""


def page_tag(language: Spoken) -> str:
    """The language as a page names it."""
    return language if language in _SHORT else language_tag(language)


def text(words: str, *, keeps_lines: bool = False) -> str:
    """A text between tags; a line of its own in it stays one, and what runs from right to left is set apart.

    With ``keeps_lines`` it stands where lines are lines already.
    """
    told = readable(words)
    if keeps_lines:
        return escape(told, quote=False)
    if not has_passage(told):
        return escape(told, quote=False).replace("\n", "<br>")
    parts = ((escape(part, quote=False), turned) for part, turned in pieces(told))
    return "".join(f'<bdi dir="rtl">{part}</bdi>' if turned else part for part, turned in parts).replace("\n", "<br>")


def marked(words: Words) -> str:
    """A text with its marked passages as elements."""
    return "".join(_passage(part, mark) for part, mark in words.passages())


def _passage(part: str, mark: Mark | None) -> str:
    if mark is None:
        return text(part)
    match mark.kind:
        case MarkKind.STRONG:
            return element("strong", text(part))
        case MarkKind.CODE:
            return element("code", text(part))
        case MarkKind.LINK:
            return element("a", text(part), href=f"#{mark.target}")


def element(tag: str, inside: str, **attributes: str) -> str:
    """``<tag>inside</tag>``, where ``inside`` is markup already; ``aria_label`` is aria-label, ``class_`` is class."""
    return f"<{tag}{_told(attributes)}>{inside}</{tag}>"


def void(tag: str, **attributes: str) -> str:
    """An element that has nothing inside."""
    return f"<{tag}{_told(attributes)}>"


def _told(attributes: Mapping[str, str]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(readable(value))}"'
        for name, value in attributes.items()
        if value
    )


def lang(words: Words, around: Spoken) -> str:
    """The language of ``words`` where it is another than what stands around it, else ""."""
    return "" if words.language == around or not words.text.strip() else page_tag(words.language)
