"""What the library has no verb for: languages, fields, links, bookmarks, and what a table row does."""

from __future__ import annotations

from typing import Final

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from wpsdesk.compilation.readable import readable
from wpsdesk.plan.model import LanguageCode

TAG: Final[dict[LanguageCode, str]] = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
"""The languages as Word names them."""


def part(name: str, /, **attributes: str) -> BaseOxmlElement:
    """``<w:name w:attribute="value"/>``."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def add(paragraph: Paragraph, text: str, language: LanguageCode | None = None, *, style: str | None = None) -> Run:
    """A run at the end, in its own language where one is given."""
    run = paragraph.add_run(readable(text), style)
    if language is not None:
        run._r.get_or_add_rPr().append(part("lang", val=TAG[language], eastAsia=TAG[language]))
    return run


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """What a link can lead to, around the whole paragraph. Word takes forty characters of letters, digits and ``_``."""
    start, end = part("bookmarkStart", id=str(number), name=place_of(name)), part("bookmarkEnd", id=str(number))
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(end)


def place_of(anchor: str) -> str:
    """The name of an anchor's bookmark."""
    return f"_{anchor.replace('-', '_')}"[:40]


def link(paragraph: Paragraph, anchor: str) -> None:
    """Turn everything that stands in the paragraph into a link to a bookmark."""
    made = part("hyperlink", anchor=place_of(anchor), history="1")
    for run in list(paragraph._p.r_lst):
        made.append(run)
    paragraph._p.append(made)


def begin_field(paragraph: Paragraph, code: str, *, is_stale: bool = False) -> None:
    """What stands from here to :func:`end_field` is what a field last told; Word counts a stale one again."""
    begin = part("fldChar", fldCharType="begin")
    if is_stale:
        begin.set(qn("w:dirty"), "true")
    instruction = part("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    for one in (begin, instruction, part("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(one)


def end_field(paragraph: Paragraph) -> None:
    """The end of a field."""
    paragraph.add_run()._r.append(part("fldChar", fldCharType="end"))


def page_number(paragraph: Paragraph) -> None:
    """The number of the page that the paragraph stands on."""
    begin_field(paragraph, "PAGE")
    paragraph.add_run("1")
    end_field(paragraph)


def repeat(row: _Row) -> None:
    """Show the row again at the head of every page that its table reaches."""
    row._tr.get_or_add_trPr().append(part("tblHeader", val="true"))


def keep_whole(row: _Row) -> None:
    """Never break a page inside the row."""
    row._tr.get_or_add_trPr().append(part("cantSplit", val="true"))


def describe(table: Table, text: str) -> None:
    """What the table shows, for whoever hears it read."""
    properties = table._tbl.tblPr
    properties.append(part("tblCaption", val=readable(text)))


def tab_at_end(paragraph: Paragraph, width: int) -> None:
    """A tab stop at which text ends; ``width`` in Word's own units."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
