"""The chapters that ship with the program, bound into one document."""

from __future__ import annotations

import struct
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from wpsdesk.assets import resource
from wpsdesk.base.files import read_file
from wpsdesk.compilation.manual.reading import MOST, read_chapter
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Document, Screen, TitlePage
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import LANGUAGES, LanguageCode

_FALLBACK: Final[LanguageCode] = "en"
_LARGEST_PICTURE: Final = 1 << 20  # bytes


def manual_language(language: str) -> LanguageCode:
    """The language that the manual has for whoever reads ``language``."""
    return next((known for known in LANGUAGES if known == language), _FALLBACK)


def chapter_files(language: LanguageCode) -> tuple[Path, ...]:
    """The chapters in their order."""
    return tuple(sorted(resource("manual", language).glob("*.md")))


def bound(language: str, *, version: str, made: datetime) -> Document:
    """The whole manual, in English where it is not there in ``language``.

    Raises Malformed where a chapter holds what it may not, and what reading a file raises.
    """
    own = manual_language(language)
    chapters = tuple(
        read_chapter(
            read_file(file, limit=4 * MOST).decode(),
            language=own,
            name=f"{own}/{file.name}",
            pictured=partial(_pictured, own),
        )
        for file in chapter_files(own)
    )
    say = catalogue(own, "document")
    title = say("WPS Desk – manual")
    return Document(
        language=own,
        edition=Edition.PUBLIC,
        compiled=made,
        title=title,
        subject=say("How to report, gather and compile with WPS Desk"),
        publisher="WPS Desk",
        title_page=TitlePage(
            title="WPS Desk",
            subtitle=say("Manual"),
            plan=say("How to report, gather and compile with WPS Desk"),
            publisher="",
            compiled=say.date(made.date()),
            edition=say("Version {version}", version=version),
            edition_note="",
        ),
        contents_title=say("Contents"),
        page_mark="",
        chapters=chapters,
    )


def _pictured(language: LanguageCode, name: str, said: str) -> Screen:
    data = read_file(resource("manual", "pictures", language, f"{name}.png"), limit=_LARGEST_PICTURE)
    width, height = struct.unpack(">II", data[16:24])  # of the first chunk, IHDR
    return Screen(data=data, width=width, height=height, said=said)
