"""A document of one chapter without a first page: what the lists and the packs are laid out as."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wpsdesk.compilation.language_tags import Spoken
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Block, Chapter, Document, TitlePage


def plain_document(
    blocks: Iterable[Block],
    *,
    language: Spoken,
    title: str,
    note: str,
    publisher: str,
    made: datetime,
    mark: str = "",
) -> Document:
    """``blocks`` as a document; ``made`` is aware, and ``mark`` stands on every page."""
    return Document(
        language=language,
        edition=Edition.INTERNAL,
        compiled=made,
        title=title,
        subject=note,
        publisher=publisher,
        title_page=TitlePage(
            title=title, subtitle="", plan="", publisher=publisher, compiled="", edition="", edition_note=""
        ),
        contents_title="",
        page_mark=mark,
        chapters=(Chapter(blocks=tuple(blocks)),),
        is_compact=True,
    )
