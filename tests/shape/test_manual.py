"""The manual is the same in every language: chapters, places to be led to, pictures; and no link leads nowhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.shape.tree import ROOT
from wpsdesk.compilation.manual.binding import bound, chapter_files
from wpsdesk.compilation.tree import Bullets, Document, Heading, Paragraph, Table, Words
from wpsdesk.plan.model import LANGUAGES, LanguageCode

MANUAL = ROOT / "resources" / "manual"
PICTURE = re.compile(r"\(picture:([\w-]+)\)")
CHAPTERS = (
    "10-first-day.md", "20-reporters-year.md", "30-uds-year.md", "40-gathering.md", "50-bad-line.md", "60-trouble.md",
    "70-it.md", "80-auditor.md", "90-glossary.md", "95-accessibility.md",
)  # fmt: skip
LARGEST = 60 << 10
ALL_TOGETHER = 2 << 20


def manual(language: LanguageCode) -> Document:
    return bound(language, version="1.0", made=datetime(2026, 11, 23, tzinfo=UTC))


def anchors(language: LanguageCode) -> list[tuple[int, str]]:
    return [(one.level, one.anchor) for one in manual(language).blocks() if isinstance(one, Heading)]


def texts(document: Document) -> list[Words]:
    found: list[Words] = []
    for block in document.blocks():
        match block:
            case Paragraph(words=words):
                found.append(words)
            case Bullets(items=items):
                found += items
            case Table(rows=rows):
                found += [cell.words for row in rows for cell in row]
            case _:
                pass
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manual_has_the_chapters_the_headings_and_the_pictures_of_the_others(language: LanguageCode) -> None:
    assert tuple(file.name for file in chapter_files(language)) == CHAPTERS
    assert anchors(language) == anchors("en")
    for own, other in zip(chapter_files(language), chapter_files("en"), strict=True):
        assert PICTURE.findall(own.read_text("utf-8")) == PICTURE.findall(other.read_text("utf-8")), own.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_anchor_stands_twice_and_every_link_leads_somewhere(language: LanguageCode) -> None:
    found = [anchor for _, anchor in anchors(language)]
    assert len(found) == len(set(found))
    targets = {mark.target for words in texts(manual(language)) for mark in words.marks if mark.target}
    assert targets - set(found) == set()


def test_every_picture_is_there_in_every_language_and_small() -> None:
    files = sorted(MANUAL.glob("pictures/*/*.png"))
    by_language = {code: {one.stem for one in files if one.parent.name == code} for code in LANGUAGES}
    assert by_language["nb"] == by_language["nn"] == by_language["en"]
    assert [one.name for one in files if one.stat().st_size > LARGEST] == []
    assert sum(one.stat().st_size for one in files) <= ALL_TOGETHER
