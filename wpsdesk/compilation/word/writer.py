"""From the document tree to a Word document, block by block."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import count
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.section import CT_SectPr
from docx.shared import Mm
from lxml import etree

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.drawing_stacks import drawn
from wpsdesk.compilation.readable import readable
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
    TitlePage,
    heading_steps,
)
from wpsdesk.compilation.word.figures import picture, width
from wpsdesk.compilation.word.looks import ASIDE, BULLET, CONTENTS, HEAD, LABEL, NUMBER, TITLE, WIDTH, prepared
from wpsdesk.compilation.word.looks import heading as heading_style
from wpsdesk.compilation.word.looks import tone as tone_style
from wpsdesk.compilation.word.parts import (
    END_FIELD,
    begin_field,
    bookmark,
    link,
    paragraph,
    passage,
    run,
)
from wpsdesk.compilation.word.tables import matrix, table


def whole(document: Document, progress: Progress) -> bytes:
    """The whole file."""
    word = prepared(document)
    writer = _Writer(word, document)
    made: list[str] = []
    if not document.is_compact:
        made += [_cover(document.title_page), *_contents(document)]
    for number, chapter in enumerate(document.chapters):
        progress(number, len(document.chapters))
        made += writer.blocks(chapter.blocks)
    _empty(word, is_turned=writer.is_turned)
    out = io.BytesIO()
    word.save(out)
    progress(len(document.chapters), len(document.chapters))
    return _filled(out, made)


def _empty(word: WordDocument, *, is_turned: bool) -> None:
    """Leave nothing in the text but the last section's properties."""
    body = word.element.body
    for old in [child for child in body if not isinstance(child, CT_SectPr)]:
        body.remove(old)
    if is_turned:  # the first page that is different stands in an earlier section
        body.sectPr.titlePg_val = False


# -- the file ----------------------------------------------------------------------------------------


_TEXT: Final = "word/document.xml"
_LAST: Final = b"<w:sectPr"


def _filled(empty: io.BytesIO, text: Iterable[str]) -> bytes:
    """The same parts with the text in its place, and with the earliest time that a ZIP knows.

    So the same report is the same file. The text never is a tree of elements: it would take forty megabytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name == "docProps/thumbnail.jpeg":
                continue
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            with new.open(part, "w") as stream:
                if name == _TEXT:
                    before, last, after = old.read(name).partition(_LAST)
                    stream.write(before)
                    stream.writelines(piece.encode() for piece in text)
                    stream.write(last + after)
                else:
                    stream.write(_without_thumbnail(name, old.read(name)))
    return out.getvalue()


def _without_thumbnail(name: str, data: bytes) -> bytes:
    """The library's empty document brings a picture of itself along."""
    if name != "_rels/.rels":
        return data
    tree = etree.fromstring(data)
    for one in [one for one in tree if one.get("Target") == "docProps/thumbnail.jpeg"]:
        tree.remove(one)
    found: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


# -- the text ----------------------------------------------------------------------------------------


def _cover(page: TitlePage) -> str:
    lines = (page.plan, page.compiled, page.edition, page.edition_note)
    return (
        paragraph(run(page.publisher, style=LABEL))
        + paragraph(run(page.title), TITLE, '<w:spacing w:before="3400"/>')
        + paragraph(run(page.subtitle), "Subtitle")
        + "".join(paragraph(run(line)) for line in lines if line)
    )


def _contents(document: Document) -> Iterator[str]:
    """The contents as a field that holds its lines already; Word sets the page numbers when it counts it again."""
    # Not a heading: it would stand in the contents itself.
    yield paragraph(run(document.contents_title), "WPSContents")
    lines = [block for block in document.blocks() if isinstance(block, Heading) and block.in_contents]
    for place, line in enumerate(lines):
        text = f"{line.number}  {line.words.text}" if line.number else line.words.text
        inside = link(run(text), line.anchor)
        if place == 0:
            inside = begin_field('TOC \\o "1-3" \\h \\z \\u', is_stale=True) + inside
        if place == len(lines) - 1:
            inside += END_FIELD
        yield paragraph(inside, CONTENTS[0 if line.level == 1 else 1])


class _Writer:
    """Turns blocks into markup; what needs the file itself (pictures, sections) it asks of ``word``."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word, self._language, self._steps = word, document.language, heading_steps(document)
        self._bookmarks = count(1)
        self.is_turned = False  # whether a page lies down

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """A chapter's; what leads to a table on a page that lies stands on that page with it."""
        leading: list[str] = []
        for block in blocks:
            made = self.block(block)
            if isinstance(block, Paragraph) and leading:
                leading.append(made)
            elif isinstance(block, Matrix):
                yield from (self._turn(is_lying=False), *leading, made, self._turn(is_lying=True))
                leading = []
            else:
                yield from leading
                leading = [made] if isinstance(block, Heading) else []
                if not leading:
                    yield made
        yield from leading

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Bullets():
                return "".join(paragraph(passage(words, self._language), BULLET) for words in block.items)
            case Table():
                return table(block, self._language)
            case Chart() | Stack() | Tiles() | Screen():
                return self._picture(block)
            case Matrix():
                return matrix(block)

    def _heading(self, block: Heading) -> str:
        inside = run(f"{block.number}  ", style=NUMBER) if block.number else ""
        inside += passage(block.words, self._language)
        if block.aside:
            inside += run(f"  {block.aside}", style=ASIDE)
        marked = bookmark(inside, block.anchor, next(self._bookmarks))
        return paragraph(marked, heading_style(self._steps[block.anchor]))

    def _paragraph(self, block: Paragraph) -> str:
        told = passage(block.words, self._language) if block.words.text.strip() else ""
        label = run(f"{block.label} " if told else block.label, style=LABEL) if block.label else ""
        return paragraph(label + told, tone_style(block.tone))

    def _picture(self, block: Picture | Screen) -> str:
        """A picture that says in words what it shows, and the same in figures."""
        if isinstance(block, Screen):
            return self._shown(block.data, block.said, block.said)
        drawing = self._shown(picture(drawn(block, WIDTH.pt, width)), block.caption, f"{block.caption}. {block.said}")
        shown = paragraph(run(block.caption), HEAD, "<w:keepNext/>") + drawing
        if block.table is None:
            return shown
        return shown + table(replace(block.table, shows_caption=False), self._language)

    def _shown(self, data: bytes, name: str, said: str) -> str:
        inline = self._word.part.new_pic_inline(io.BytesIO(data), width=WIDTH)
        inline.docPr.set("descr", readable(said))
        inline.docPr.set("name", readable(name))
        shown = etree.tostring(inline, encoding="unicode")
        return paragraph(f"<w:r><w:drawing>{shown}</w:drawing></w:r>", "WPSFigure")

    def _turn(self, *, is_lying: bool) -> str:
        """The end of a section whose pages stand or lie."""
        section = deepcopy(self._word.sections[-1]._sectPr)
        if is_lying:
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.orientation = WD_ORIENT.LANDSCAPE
            section.left_margin = section.right_margin = Mm(15)
        section.titlePg_val = not self.is_turned
        self.is_turned = True
        return f"<w:p><w:pPr>{etree.tostring(section, encoding='unicode')}</w:pPr></w:p>"
