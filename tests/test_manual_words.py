"""What the manual has in bold is a key, or a word of the window in the window's own wording, in each language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from wpsdesk.assets import resource

CATALOGUES = Path(__file__).parent.parent / "i18n"
CHAPTERS = sorted(path.name for path in resource("manual", "en").glob("[1-8]?-*.md"))  # what tells of the window
KEY = re.compile(r"F[0-9]+|(Ctrl|Alt|Shift)\+.+|[A-Z]|Tab|Enter|Esc")


def words(language: str) -> dict[str, str]:
    """Each text of the window in ``language``, by its English one; the singular where it has several forms."""
    with (CATALOGUES / language / "LC_MESSAGES" / "app.po").open("rb") as stream:
        catalogue = read_po(stream)
    found = {}
    for message in catalogue:
        known, text = _first(message.id), _first(message.string)
        found[known] = known if language == "en" else text
    return found


def _first(forms: object) -> str:
    return forms if isinstance(forms, str) else forms[0] if isinstance(forms, tuple | list) else ""


def sections(language: str, chapter: str) -> Iterator[tuple[str, Counter[str]]]:
    """Each anchor of a chapter with what stands in bold under it."""
    text = resource("manual", language, chapter).read_text(encoding="utf-8")
    _, *parts = re.split(r"\{#([a-z0-9-]+)\}", text)
    for anchor, under in zip(parts[::2], parts[1::2], strict=True):
        yield anchor, Counter(re.findall(r"\*\*(.+?)\*\*", under))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_bold_word_is_a_key_or_the_windows_own(language: str) -> None:
    own = set(words(language).values())
    strange = [
        f"{chapter}#{anchor}: {bold}"
        for chapter in CHAPTERS
        for anchor, found in sections(language, chapter)
        for bold in found
        if bold not in own and not KEY.fullmatch(bold)
    ]
    assert strange == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_languages_name_the_same_buttons_at_the_same_place(language: str) -> None:
    said = words(language)
    for chapter in CHAPTERS:
        theirs = dict(sections(language, chapter))
        for anchor, english in sections("en", chapter):
            expected = Counter({said.get(bold, bold): count for bold, count in english.items()})
            assert theirs[anchor] == expected, f"{chapter}#{anchor}"
