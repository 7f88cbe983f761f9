"""The manual's sections: what the list at the left shows, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.folding import fold, words_of
from wpsdesk.compilation.tree import Block, Bullets, Chapter, Heading, Paragraph, Screen, Table
from wpsdesk.ui.lines import TextLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading that stands in the contents, with all text down to the next; ``chapter`` is its chapter's place."""

    anchor: str
    title: str
    chapter: int
    is_chapter: bool
    text: str  # folded


def sections(chapters: tuple[Chapter, ...]) -> tuple[Section, ...]:
    """In reading order."""
    found: list[Section] = []
    for place, chapter in enumerate(chapters):
        head, texts = None, list[str]()
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.in_contents:
                if head is not None:
                    found.append(_section(head, place, texts))
                head, texts = block, []
            texts.append(_text(block))
        if head is not None:
            found.append(_section(head, place, texts))
    return tuple(found)


def _section(head: Heading, place: int, texts: list[str]) -> Section:
    return Section(
        anchor=head.anchor, title=head.words.text, chapter=place, is_chapter=head.level == 1, text=fold(" ".join(texts))
    )


def _text(block: Block) -> str:
    match block:
        case Heading(words=words) | Paragraph(words=words):
            return words.text
        case Bullets(items=items):
            return " ".join(item.text for item in items)
        case Table(columns=columns, rows=rows):
            cells = (cell.words.text for row in rows for cell in row)
            return " ".join([*(column.head for column in columns), *cells])
        case Screen(said=said):
            return said
        case _:
            return ""


def lines(found: tuple[Section, ...], typed: str) -> tuple[TextLine, ...]:
    """All sections below their chapters, or those that hold every word of ``typed``, each with its chapter's name."""
    wanted = words_of(typed)
    if not wanted:
        return tuple(
            TextLine(text=one.title if one.is_chapter else f"    {one.title}", value=one.anchor, is_head=one.is_chapter)
            for one in found
        )
    names = {one.chapter: one.title for one in found if one.is_chapter}
    return tuple(
        TextLine(text=one.title if one.is_chapter else f"{one.title} – {names[one.chapter]}", value=one.anchor)
        for one in found
        if all(word in one.text for word in wanted)
    )


def anchors(chapter: Chapter) -> tuple[str, ...]:
    """Every place in the chapter that one can be led to."""
    return tuple(block.anchor for block in chapter.blocks if isinstance(block, Heading))
