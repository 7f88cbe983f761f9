"""XML from outside, read without document types, entities or files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wpsdesk.evidence.model import Damaged, Finding, FindingKind, found

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LARGEST: Final = 32 << 20
"""Bytes of one document: its tree takes some ten times as much."""

_OF_XMP: Final[dict[str, FindingKind]] = {
    **dict.fromkeys(("creator", "Author", "LastModifiedBy", "OwnerName", "rights", "publisher"), FindingKind.AUTHOR),
    **dict.fromkeys(("CreateDate", "ModifyDate", "MetadataDate", "DateCreated", "date"), FindingKind.TIME),
    **dict.fromkeys(("DateTimeOriginal", "SourceModified", "DateTimeDigitized"), FindingKind.TIME),
    **dict.fromkeys(("CreatorTool", "Producer", "Software"), FindingKind.SOFTWARE),
    **dict.fromkeys(("Make", "Model", "Lens", "SerialNumber", "LensModel", "BodySerialNumber"), FindingKind.DEVICE),
    **dict.fromkeys(("City", "Country", "State", "Location", "CountryCode"), FindingKind.LOCATION),
    **dict.fromkeys(("History", "DerivedFrom", "DocumentID", "InstanceID"), FindingKind.HISTORY),
    **dict.fromkeys(("OriginalDocumentID", "Ingredients"), FindingKind.HISTORY),
    **dict.fromkeys(("description", "UserComment", "Instructions"), FindingKind.COMMENT),
    "Thumbnails": FindingKind.THUMBNAIL,
}


def parse(data: bytes) -> Element:
    """The root of an XML document; comments and instructions are left out. Raises Damaged."""
    from lxml import etree

    if len(data) > LARGEST:
        raise Damaged
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged from error
    if root is None or root.getroottree().docinfo.doctype:
        raise Damaged
    return root


def written(root: Element) -> bytes:
    """The document again, in UTF-8."""
    from lxml import etree

    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    assert isinstance(data, bytes)
    return data


def local(name: object) -> str:
    """The name of an element or attribute without its namespace; "" for an entity left alone."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def text_of(element: Element) -> str:
    """All text inside an element."""
    return "".join(str(part) for part in element.itertext())


def remove(element: Element) -> None:
    """Take an element out; the text that follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def xmp_findings(data: bytes, where: str = "XMP") -> Iterator[Finding]:
    """What an XMP packet tells, as far as it can be read; at least that it is there."""
    yield found(FindingKind.HIDDEN, where, f"{len(data)} B")
    try:
        root = parse(data.strip(b"\x00 \t\r\n"))
    except Damaged:
        return
    for element in root.iter():
        name = local(element.tag)
        if name in _OF_XMP or name.startswith("GPS"):
            yield found(_OF_XMP.get(name, FindingKind.LOCATION), where, text_of(element))
        for attribute, value in element.attrib.items():
            name = local(attribute)
            if name in _OF_XMP or name.startswith("GPS"):
                yield found(_OF_XMP.get(name, FindingKind.LOCATION), where, value)
