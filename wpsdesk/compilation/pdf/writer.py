"""Sets the document tree page by page, the contents last, when it is known where everything stands; then tags it."""

from __future__ import annotations

import io

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.pdf.layout import CONTENTS, chapters, contents, cover
from wpsdesk.compilation.pdf.pages import Pages
from wpsdesk.compilation.pdf.structure import Role, Structure
from wpsdesk.compilation.pdf.tagged import tagged
from wpsdesk.compilation.tree import Document


def whole(document: Document, progress: Progress) -> bytes:
    """The whole PDF, with its structure."""
    structure = Structure()
    return tagged(_set(document, structure, progress), document, structure)


def _set(document: Document, structure: Structure, progress: Progress) -> bytes:
    """The pages with their marks. What has been drawn is let go, so a long report takes little more room than a short.

    The contents stand before what they tell of. Their pages are left out at first, which takes nothing but their
    number, and drawn at the end.
    """
    made, root = io.BytesIO(), structure.root
    pages = Pages(document, made, structure)
    pages.begin()
    if document.is_compact:
        pages.put(chapters(document, root, progress))
    else:
        pages.put(cover(document, root.add(Role.SECTION)))
        place, listed = pages.next_page, list(contents(document, root.add(Role.SECTION)))
        pages.note_outline(document.contents_title, CONTENTS)
        pages.turn_to(place + _pages_of_contents(document))
        pages.put(chapters(document, root, progress))
        pages.break_page()
        pages.turn_to(place)
        pages.put(listed)
    pages.finish()
    return made.getvalue()


def _pages_of_contents(document: Document) -> int:
    """How many pages the contents take: they are set once, to be thrown away."""
    structure = Structure()
    pages = Pages(document, io.BytesIO(), structure)
    pages.begin()
    pages.put(cover(document, structure.root))
    before = pages.next_page
    pages.put(contents(document, structure.root))
    pages.break_page()
    return pages.next_page - before
