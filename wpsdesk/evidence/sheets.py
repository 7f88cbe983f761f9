"""Names, paths and dates that Office leaves in the parts of a workbook or presentation, and what is hidden there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wpsdesk.evidence.markup import local, remove, text_of
from wpsdesk.evidence.model import Finding, FindingKind, found

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATION: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_GOES: Final = {
    "fileSharing": FindingKind.AUTHOR,
    "absPath": FindingKind.HIDDEN,
    "revisionPtr": FindingKind.HISTORY,
    "customWorkbookViews": FindingKind.AUTHOR,
    "customSheetViews": FindingKind.HIDDEN,
}
_ATTRIBUTES: Final = {"refreshedBy": FindingKind.AUTHOR, "refreshedDate": FindingKind.TIME}
_KEEPS_ITSELF: Final = frozenset(("pageSetup",))
"""Elements that only name their printer's settings by a relation, and say more than that."""


def without_traces(root: Element, where: str, lost: frozenset[str]) -> tuple[list[Finding], list[Finding]]:
    """Take out traces, and what hangs on a relation that is ``lost``, in place; what was removed, what remains."""
    removed: list[Finding] = []
    remains: list[Finding] = []
    for element in list(root.iter()):
        name = local(element.tag)
        if name in _GOES:
            removed.append(found(_GOES[name], where, " ".join((*element.attrib.values(), text_of(element)))))
            remove(element)
            continue
        for attribute in list(element.attrib):
            if local(attribute) in _ATTRIBUTES:
                removed.append(found(_ATTRIBUTES[local(attribute)], where, element.attrib.pop(attribute)))
            elif attribute.startswith(_RELATION) and element.attrib[attribute] in lost:
                _cut(element, attribute)
                break
        remains.extend(_hidden(element, name, where))
    return removed, remains


def _cut(element: Element, attribute: str) -> None:
    if local(element.tag) in _KEEPS_ITSELF:
        del element.attrib[attribute]
    else:
        remove(element)


def _hidden(element: Element, name: str, where: str) -> list[Finding]:
    match name:
        case "sheet" if element.get("state", "visible") != "visible":
            return [found(FindingKind.HIDDEN, where, f"sheet: {element.get('name', '')}")]
        case "definedName" if element.get("hidden") in ("1", "true"):
            return [found(FindingKind.HIDDEN, where, f"name: {element.get('name', '')}")]
        case "sld" if element.get("show") in ("0", "false"):
            return [found(FindingKind.HIDDEN, where, text_of(element))]
        case _:
            return []
