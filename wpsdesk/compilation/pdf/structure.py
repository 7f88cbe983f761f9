"""What the report is to someone who does not see it: elements in reading order, and the marks on the pages of each.

The elements are made with the layout and say what stands where. While the pages are drawn, what is drawn is given a
mark, a number that is its own on its page, and the element notes it. ``tagged.py`` writes all of it into the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.tree import Document, heading_steps


class Role(StrEnum):
    """The standard structure types of ISO 32000-1, 14.8.4, that the report uses."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    PARAGRAPH = "P"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    CONTENTS = "TOC"
    CONTENTS_LINE = "TOCI"
    REFERENCE = "Reference"
    LINK = "Link"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    TABLE = "Table"
    CAPTION = "Caption"
    HEADS = "THead"
    ROWS = "TBody"
    ROW = "TR"
    HEAD = "TH"
    CELL = "TD"
    FIGURE = "Figure"


class Scope(StrEnum):
    """What the head of a table is the head of."""

    COLUMN = "Column"
    ROW = "Row"


class Mark(NamedTuple):
    """Something drawn: the page, from 0, and its number there."""

    page: int
    number: int


class Area(NamedTuple):
    """A rectangle on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(eq=False, slots=True, kw_only=True)
class Element:
    """One element; ``inside`` in reading order. ``language`` None: the language of what it stands in."""

    role: Role
    language: Spoken | None = None
    said: str = ""  # instead of a picture
    summary: str = ""  # what a table shows, where no caption says it
    scope: Scope | None = None
    columns: int = 1  # that a table's cell reaches over
    area: Area | None = None  # of a picture
    inside: list[Element] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Mark] = field(default_factory=list)  # the number: which of the page's links

    def add(
        self, role: Role, language: Spoken | None = None, *, said: str = "", summary: str = "",
        scope: Scope | None = None, columns: int = 1,
    ) -> Element:  # fmt: skip
        """A new element, the last one inside."""
        made = Element(role=role, language=language, said=said, summary=summary, scope=scope, columns=columns)
        self.inside.append(made)
        return made


class Structure:
    """The document's element, and page by page whose the marks and the links are."""

    __slots__ = ("links", "marks", "root")

    def __init__(self) -> None:
        self.root: Final = Element(role=Role.DOCUMENT)
        self.marks: Final[dict[int, list[Element]]] = {}
        self.links: Final[dict[int, list[Element]]] = {}

    def mark(self, element: Element, page: int) -> int:
        """The number of a new mark of ``element`` on ``page``."""
        owners = self.marks.setdefault(page, [])
        owners.append(element)
        element.marks.append(Mark(page, len(owners) - 1))
        return len(owners) - 1

    def link(self, element: Element, page: int) -> None:
        """The next link on ``page`` is that of ``element``."""
        owners = self.links.setdefault(page, [])
        owners.append(element)
        element.links.append(Mark(page, len(owners) - 1))


_ROLES: Final = (Role.H1, Role.H2, Role.H3, Role.H4)


def heading_roles(document: Document) -> dict[str, Role]:
    """By anchor."""
    return {anchor: _ROLES[step - 1] for anchor, step in heading_steps(document).items()}
