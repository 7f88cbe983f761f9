"""A line of the manual's Markdown as a text with its marked passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from wpsdesk.base.errors import Malformed
from wpsdesk.compilation.tree import Mark, MarkKind, Words
from wpsdesk.plan.model import LanguageCode

_OPENS: Final = {"strong_open": MarkKind.STRONG, "link_open": MarkKind.LINK}
_CLOSES: Final = ("strong_close", "link_close")


def words_of(tokens: Sequence[Token], language: LanguageCode, place: str) -> Words:
    """The text of ``tokens``; ``place`` says where it stands, should it hold what the manual may not. Raises Malformed.

    It may hold strong passages, code, and links to anchors, none of them within another.
    """
    text, marks = "", list[Mark]()
    opened: tuple[int, MarkKind, str] | None = None
    for token in tokens:
        if token.type in _OPENS and opened is None:
            opened = (len(text), _OPENS[token.type], _target(token, place))
        elif token.type in _CLOSES and opened is not None:
            marks.append(Mark(start=opened[0], end=len(text), kind=opened[1], target=opened[2]))
            opened = None
        elif token.type == "text":
            text += token.content
        elif token.type == "softbreak":
            text += " "
        elif token.type == "code_inline" and opened is None:
            marks.append(Mark(start=len(text), end=len(text) + len(token.content), kind=MarkKind.CODE))
            text += token.content
        else:
            raise Malformed(path=f"{place}: {token.type}", problem="not-allowed")
    return Words(text=text, language=language, marks=tuple(marks))


def _target(token: Token, place: str) -> str:
    if token.type != "link_open":
        return ""
    target = str(token.attrs.get("href", ""))
    if not target.startswith("#"):  # the program has no network, and neither has its reader
        raise Malformed(path=f"{place}: {target}", problem="not-allowed")
    return target.removeprefix("#")
