"""From the document tree to what stands on the pages, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.pdf.cells import legend, matrix, table
from wpsdesk.compilation.pdf.drawings import Photograph, Shown
from wpsdesk.compilation.pdf.structure import Element, Role, heading_roles
from wpsdesk.compilation.pdf.styles import BAND, COVER_MEASURE, TOP, styles
from wpsdesk.compilation.pdf.text import ContentsLine, HeadingText, Plan, Text, Withheld
from wpsdesk.compilation.pdf.together import kept_together
from wpsdesk.compilation.tree import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Matrix,
    Paragraph,
    Picture,
    Screen,
    Stack,
    Table,
    Tiles,
    Tone,
)

COVER: Final = "cover"
PAGE: Final = "page"
CONTENTS: Final = "contents"  # the anchor of the heading over them


def chapters(document: Document, root: Element, progress: Progress) -> Iterator[Flowable]:
    """What follows the contents, each chapter on a new page, made as it is asked for. ``root`` gets it as elements.

    ``progress`` counts the blocks that have been set.
    """
    roles, whole = heading_roles(document), sum(len(chapter.blocks) for chapter in document.chapters)
    done = 0
    for place, chapter in enumerate(document.chapters):
        if place:
            yield PageBreak()
        blocks = _watched(chapter.blocks, progress, done, whole)
        section = root.add(Role.SECTION)
        yield from kept_together((block, _flowables(block, section, roles)) for block in blocks)
        done += len(chapter.blocks)
    progress(whole, whole)


def _watched(blocks: Sequence[Block], progress: Progress, done: int, whole: int) -> Iterator[Block]:
    for place, block in enumerate(blocks, start=done):
        progress(place, whole)
        yield block


def cover(document: Document, section: Element) -> Iterator[Flowable]:
    """The title page, and the way to the pages after it."""
    page, look = document.title_page, styles()

    def line(text: str, style: ParagraphStyle) -> Text:
        return Text.of(text, style, section.add(Role.PARAGRAPH))

    title, subtitle = line(page.title, look.title), line(page.subtitle, look.subtitle)
    height = title.wrap(COVER_MEASURE, 0)[1] + subtitle.wrap(COVER_MEASURE, 0)[1] + look.subtitle.spaceBefore
    yield Spacer(1, max(0, BAND - TOP - height - 16 * mm))
    yield title
    yield subtitle
    yield Spacer(1, 28 * mm)
    yield line(page.plan, look.cover)
    yield line(page.publisher, look.cover_strong)
    yield Spacer(1, 10 * mm)
    yield line(page.compiled, look.cover)
    yield line(page.edition, look.cover_strong)
    if page.edition_note:
        yield line(page.edition_note, look.cover)
    yield NextPageTemplate(PAGE)
    yield PageBreak()


def contents(document: Document, section: Element) -> Iterator[Flowable]:
    """A line for every chapter, and below it, as contents within the contents, one for each of its commitments."""
    look = styles()
    yield HeadingText(document.contents_title, look.headings[0], section.add(Role.H1), anchor=CONTENTS)
    listed = below = section.add(Role.CONTENTS)
    for block in document.blocks():
        if not (isinstance(block, Heading) and block.in_contents):
            continue
        is_chapter = block.level == 1
        if is_chapter:
            below = listed
        elif below is listed:
            below = listed.add(Role.CONTENTS)
        line = below.add(Role.CONTENTS_LINE).add(Role.REFERENCE).add(Role.LINK, block.words.language)
        style = look.contents[0] if is_chapter else look.contents[1]
        yield ContentsLine(block.words.text, style, line, anchor=block.anchor, number=block.number)


# -- block by block ------------------------------------------------------------------------------------


def _flowables(block: Block, section: Element, roles: Mapping[str, Role]) -> list[Flowable]:
    match block:
        case Heading():
            return [_heading(block, section.add(roles[block.anchor], block.words.language))]
        case Paragraph():
            return [_paragraph(block, section.add(Role.PARAGRAPH, block.words.language))]
        case Bullets():
            return _bullets(block, section.add(Role.LIST))
        case Table():
            element = section.add(Role.TABLE, summary="" if block.shows_caption else block.caption)
            return [*(_caption(block, element) or [Spacer(1, 4)]), table(block, element), Spacer(1, 7)]
        case Chart() | Stack() | Tiles() | Screen():
            return _picture(block, section)
        case Matrix():
            made = matrix(block, section.add(Role.TABLE, summary=block.caption))
            return [Spacer(1, 8), made, Spacer(1, 6), legend(block, section)]


def _picture(block: Picture | Screen, section: Element) -> list[Flowable]:
    """What it shows, the picture, and the same in figures; of the window the picture alone."""
    if isinstance(block, Screen):
        return [Spacer(1, 4), Photograph(block, section.add(Role.FIGURE, said=block.said)), Spacer(1, 10)]
    made: list[Flowable] = [Text.of(block.caption, styles().cells.caption, section.add(Role.PARAGRAPH))]
    made.append(Shown(block, section.add(Role.FIGURE, said=f"{block.caption}. {block.said}")))
    if block.table is not None:
        made += [table(block.table, section.add(Role.TABLE, summary=block.table.caption)), Spacer(1, 10)]
    return made


def _heading(block: Heading, element: Element) -> HeadingText:
    return HeadingText(
        block.words.text,
        styles().headings[block.level - 1],
        element,
        anchor=block.anchor,
        number=block.number,
        aside=block.aside,
        outline={1: 0, 2: 1, 3: 1}.get(block.level) if block.in_contents else None,
        rule=block.level == 3,
    )


def _paragraph(block: Paragraph, element: Element) -> Text:
    kind = {Tone.PLAN: Plan, Tone.WITHHELD: Withheld, Tone.CODE: Withheld}.get(block.tone, Text)
    words = block.words
    if block.tone is Tone.CODE:
        words = replace(words, text=_indented(words.text))
    return kind.of(words, styles().tones[block.tone], element, label=block.label)


def _indented(lines: str) -> str:
    """The lines with what they begin with kept: the library drops plain spaces there."""
    return "\n".join("\u00a0" * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in lines.split("\n"))


def _bullets(block: Bullets, element: Element) -> list[Flowable]:
    made: list[Flowable] = []
    look = styles()
    style = look.steps if block.first else look.bullets[block.tone]
    for place, words in enumerate(block.items):
        item = element.add(Role.ITEM, words.language)
        label = item.add(Role.LABEL)
        line = Text.of(words, style, item.add(Role.BODY))
        line.bullet, line.label = f"{block.first + place}." if block.first else "–", label
        made.append(line)
    return made


def _caption(block: Table, element: Element) -> list[Flowable]:
    if not block.shows_caption:
        return []
    return [Text.of(block.caption, styles().cells.caption, element.add(Role.CAPTION))]
