"""A Word document's own markup: runs, paragraphs, fields, links and bookmarks as text, all that stands in them escaped.

The library's verbs look a style up in the whole document for every paragraph; a report has twenty thousand.
"""

from __future__ import annotations

from html import escape
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from wpsdesk.compilation.language_tags import Spoken, language_tag
from wpsdesk.compilation.readable import readable
from wpsdesk.compilation.right_to_left import has_passage, pieces
from wpsdesk.compilation.tree import Words


def part(name: str, /, **attributes: str) -> BaseOxmlElement:
    """``<w:name w:attribute="value"/>`` as an element."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def attribute(text: str) -> str:
    """A text between quotes."""
    return escape(readable(text))


def run(text: str, language: Spoken | None = None, *, style: str = "") -> str:
    """Text with the id of a character's style, in its own language where one is given; a line of its own stays one.

    What runs from right to left is a run of its own that says so.
    """
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    tag = "" if language is None else language_tag(language)
    spoken = f'<w:lang w:val="{tag}" w:eastAsia="{tag}"/>' if tag else ""
    told = readable(text)
    if not has_passage(told):
        return _run(told, named + spoken)
    return "".join(_run(part, f"{named}<w:rtl/>" if turned else named + spoken) for part, turned in pieces(told))


def _run(text: str, properties: str) -> str:
    told = escape(text, quote=False)
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in told.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{lines}</w:r>" if properties else f"<w:r>{lines}</w:r>"


def passage(words: Words, around: Spoken) -> str:
    """A run that says its language where it is another than what stands around it."""
    return run(words.text.strip(), None if words.language == around else words.language)


def paragraph(inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph with the id of its style; ``properties`` in the order that Word's schema asks for."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def bookmark(inside: str, anchor: str, number: int) -> str:
    """What a link can lead to."""
    name = place_of(anchor)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def link(inside: str, anchor: str) -> str:
    """What leads to a bookmark."""
    return f'<w:hyperlink w:anchor="{place_of(anchor)}" w:history="1">{inside}</w:hyperlink>'


def place_of(anchor: str) -> str:
    """The name of an anchor's bookmark: at most forty letters, digits and ``_``."""
    return f"_{anchor.replace('-', '_')}"[:40]


def begin_field(code: str, *, is_stale: bool = False) -> str:
    """What stands from here to :data:`END_FIELD` is what a field last told; Word counts a stale one again."""
    dirty = ' w:dirty="true"' if is_stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END_FIELD: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def page_number(where: Paragraph) -> None:
    """The number of the page that the paragraph stands on."""
    for kind in ("begin", "separate", "end"):
        where.add_run()._r.append(part("fldChar", fldCharType=kind))
        if kind == "begin":
            code = part("instrText")
            code.text = " PAGE "
            where.add_run()._r.append(code)
        elif kind == "separate":
            where.add_run("1")
