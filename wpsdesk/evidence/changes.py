"""Tracked changes and other traces of writing in a Word document: taken as accepted where that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wpsdesk.evidence.markup import local, remove, text_of
from wpsdesk.evidence.model import Finding, FindingKind, found

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

_FORMATTING: Final = frozenset(
    (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
        "tblPrExChange", "numberingChange",
    )
)  # fmt: skip
_MARKS: Final = frozenset(
    (
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    )
)  # fmt: skip
_COMMENT_MARKS: Final = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference"))
_TRACES: Final = frozenset(("rsids", "docVars", "proofErr"))
_CELLS: Final = frozenset(("cellIns", "cellDel", "cellMerge"))
_PROPERTIES: Final = frozenset(("rPr", "trPr", "ctrlPr"))


def without_changes(root: Element, where: str) -> tuple[list[Finding], list[Finding]]:
    """Accept the tracked changes in a part of the document, in place; what was removed, and what remains.

    1. Deleted and moved-away text goes, inserted and moved-in text stays, formatting stays as it is now.
    2. A deleted end of paragraph joins the paragraph to the next, as Word does it.
    3. Changed table cells are left for a person to decide; who changed them and when is taken off.
    4. Marks of comments and of editing sessions go.
    """
    removed: list[Finding] = []
    remains: list[Finding] = []
    for element in _words(root):
        name = local(element.tag)
        if name in _FORMATTING or name in _MARKS or name in _TRACES or name in _COMMENT_MARKS:
            if name not in _COMMENT_MARKS and name != "proofErr":
                removed.append(found(FindingKind.HISTORY, where, name))
            _who(element, where, removed)
            remove(element)
        elif name in ("ins", "del", "moveFrom", "moveTo"):
            _accept(element, name, where, removed)
        elif name in _CELLS:
            _who(element, where, removed)
            remains.append(found(FindingKind.HISTORY, where, name))
        elif name == "vanish":
            remains.append(found(FindingKind.HIDDEN, where, "w:vanish"))
    _sessions(root, where, removed)
    return removed, remains


def _words(root: Element) -> list[Element]:
    return [e for e in root.iter() if isinstance(e.tag, str) and e.tag.startswith((W, STRICT))]


def _who(element: Element, where: str, removed: list[Finding]) -> None:
    for attribute in list(element.attrib):
        if local(attribute) in ("author", "initials") and element.attrib[attribute]:
            removed.append(found(FindingKind.AUTHOR, where, element.attrib[attribute]))
            element.attrib[attribute] = ""
        elif local(attribute) in ("date", "dateUtc"):
            removed.append(found(FindingKind.TIME, where, element.attrib[attribute]))
            del element.attrib[attribute]


def _accept(element: Element, name: str, where: str, removed: list[Finding]) -> None:
    _who(element, where, removed)
    removed.append(found(FindingKind.HISTORY, where, f"{name}: {text_of(element)}"))
    parent = element.getparent()
    if parent is None:
        return
    goes = name in ("del", "moveFrom")
    if local(parent.tag) not in _PROPERTIES:
        if goes:
            remove(element)
        else:
            _unwrap(element)
        return
    remove(element)
    if not goes:
        return
    holder = parent.getparent()
    if holder is not None and local(parent.tag) == "trPr":
        _without_row(holder)
    elif holder is not None and local(holder.tag) == "pPr":
        paragraph = holder.getparent()
        if paragraph is not None:
            _join(paragraph, holder)


def _without_row(row: Element) -> None:
    """Take out a row; a table without rows is no table, and goes with its last."""
    table = row.getparent()
    remove(row)
    if table is not None and not any(local(e.tag) == "tr" for e in table.iter()):
        remove(table)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    remove(element)


def _join(paragraph: Element, properties: Element) -> None:
    """Let what a paragraph holds begin the next one; without a next one it stays."""
    following = paragraph.getnext()
    if following is None or local(following.tag) != "p":
        return
    at = 1 if len(following) and local(following[0].tag) == "pPr" else 0
    for child in reversed([c for c in paragraph if c is not properties]):
        following.insert(at, child)
    remove(paragraph)


def _sessions(root: Element, where: str, removed: list[Finding]) -> None:
    count = 0
    for element in root.iter():
        for attribute in list(element.attrib):
            if local(attribute).startswith("rsid") and attribute.startswith((W, STRICT)):
                del element.attrib[attribute]
                count += 1
    if count:
        removed.append(found(FindingKind.HISTORY, where, f"rsid: {count}"))
