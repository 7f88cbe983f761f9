"""The styles, the page, the language and the properties of the Word document."""

from __future__ import annotations

from datetime import UTC
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.font import Font

from wpsdesk.compilation.language_tags import language_tag
from wpsdesk.compilation.readable import readable
from wpsdesk.compilation.tree import Document, Tone
from wpsdesk.compilation.word.parts import page_number, part

FONT: Final = "Arial"  # on every machine that has Word, and drawn with the same widths where another is put for it
ACCENT, TEXT, MUTED = RGBColor(0x00, 0x62, 0xBA), RGBColor(0x29, 0x2C, 0x30), RGBColor(0x5B, 0x5D, 0x60)
# The ids of the styles; their names are the same with spaces, as Word shows them.
LABEL: Final = "WPSStrong"
SMALL: Final = "WPSSmall"
CELL: Final = "WPSCell"
HEAD: Final = "WPSHead"
NUMBER: Final = "WPSNumber"
ASIDE: Final = "WPSAside"
CONTENTS: Final = ("TOC1", "TOC2")
BULLET: Final = "ListBullet"
TITLE: Final = "Title"
WIDTH: Final = Mm(210 - 2 * 25)
WIDE: Final = Mm(297 - 2 * 15)

_SIZES: Final = (20, 14.5, 12, 10.5)  # of the headings
_TONES: Final = {
    Tone.LEAD: (12, TEXT),
    Tone.PLAN: (10, MUTED),
    Tone.RESPONSIBLE: (9.5, TEXT),
    Tone.FACT: (10, TEXT),
    Tone.NOTE: (9.5, MUTED),
    Tone.WITHHELD: (10, TEXT),
    Tone.SILENT: (9.5, TEXT),
    Tone.SOURCE: (8, MUTED),
    Tone.LABEL: (10, TEXT),
    Tone.CODE: (9.5, TEXT),
}


def tone(found: Tone) -> str:
    """The id of a tone's style; a body's is the document's own."""
    return "" if found is Tone.BODY else f"WPS{found.name.title()}"


def heading(level: int) -> str:
    """The id of a heading's style."""
    return f"Heading{level}"


def prepared(document: Document) -> WordDocument:
    """An empty document that has all it needs besides its text."""
    word = docx.Document()
    _page(word, document)
    _languages(word, document)
    _styles(word)
    _properties(word, document)
    return word


def _page(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    section.different_first_page_header_footer = True
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{readable(document.title)}\t")
    word.styles["Footer"].paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    page_number(foot)
    for head in (section.header, section.first_page_header):
        if document.page_mark:
            head.paragraphs[0].add_run(readable(document.page_mark)).bold = True


def _languages(word: WordDocument, document: Document) -> None:
    """The whole document's language; a passage in another one says so itself."""
    found = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    tag = language_tag(document.language)
    for name in ("val", "eastAsia"):
        found.set(qn(f"w:{name}"), tag)


def _font(font: Font, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour
    fonts = font._element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), FONT)


def _styles(word: WordDocument) -> None:
    styles = word.styles
    normal = styles["Normal"]
    _font(normal.font, 10, TEXT)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.25
    _font(styles["Title"].font, 28, ACCENT, bold=True)
    _bare(styles["Title"])
    _font(styles["Subtitle"].font, 16, TEXT)
    styles["Footer"].font.size = Pt(8)
    for level, size in enumerate(_SIZES, start=1):
        style = styles[f"Heading {level}"]
        _font(style.font, size, ACCENT if level == 1 else TEXT, bold=True)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(0 if level == 1 else 18 - 2 * level), Pt(6)
        form.page_break_before, form.keep_with_next = level == 1, True
    _own_styles(word)


def _own_styles(word: WordDocument) -> None:
    """What Word has no style for."""
    title = _style(word, "WPS Contents", 20, TEXT, bold=True)
    title.paragraph_format.page_break_before = True
    for name, indent in (("toc 1", 0), ("toc 2", 8)):
        style = _style(word, name, 9.5, TEXT, bold=indent == 0)
        style.element.set(qn("w:styleId"), CONTENTS[indent > 0])
        form = style.paragraph_format
        form.left_indent, form.space_after, form.line_spacing = Mm(indent), Pt(2), 1.1
    for found, (size, colour) in _TONES.items():
        style = _style(word, f"WPS {found.name.title()}", size, colour)
        form = style.paragraph_format
        form.keep_with_next = found in (Tone.LABEL, Tone.PLAN, Tone.RESPONSIBLE)
        if found in (Tone.LABEL, Tone.SOURCE):
            form.space_before, form.space_after = Pt(8), Pt(2 if found is Tone.LABEL else 6)
        if found is Tone.PLAN:
            form.left_indent = Mm(4)
        if found in (Tone.WITHHELD, Tone.CODE):
            _ground(style, "F3F3F4")
    _style(word, "WPS Figure", 10, TEXT).paragraph_format.line_spacing = 1.0
    for name, size, colour in (("WPS Cell", 9, TEXT), ("WPS Small", 8, MUTED), ("WPS Head", 9, TEXT)):
        style = _style(word, name, size, colour, bold=name == "WPS Head")
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.1
    for name, colour, bold in (("WPS Strong", TEXT, True), ("WPS Number", ACCENT, True), ("WPS Aside", MUTED, False)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb, style.font.bold = colour, bold


def _style(word: WordDocument, name: str, size: float, colour: RGBColor, *, bold: bool = False) -> ParagraphStyle:
    style: ParagraphStyle = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    _font(style.font, size, colour, bold=bold)
    return style


def _ground(style: ParagraphStyle, colour: str) -> None:
    """A quiet ground with a line at its left."""
    properties = style.element.get_or_add_pPr()
    borders = part("pBdr")
    borders.append(part("left", val="single", sz="18", space="8", color="77797B"))
    for one in (borders, part("shd", val="clear", color="auto", fill=colour)):
        properties.insert_element_before(one, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _bare(style: ParagraphStyle) -> None:
    """Without the line that the library's own style has below it."""
    for found in style.element.findall(f".//{qn('w:pBdr')}"):
        found.getparent().remove(found)


def _properties(word: WordDocument, document: Document) -> None:
    about = word.core_properties
    moment = document.compiled.astimezone(UTC).replace(tzinfo=None)
    about.title, about.subject, about.author = (
        readable(text) for text in (document.title, document.subject, document.publisher)
    )
    about.language, about.comments, about.keywords = language_tag(document.language), "", ""
    about.created = about.modified = moment
    about.last_modified_by, about.revision = readable(document.publisher), 1
