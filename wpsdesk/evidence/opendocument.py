"""OpenDocument files without meta.xml, annotations, tracked changes, previews and earlier versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wpsdesk.evidence.markup import local, parse, remove, text_of, written
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found
from wpsdesk.evidence.nesting import Inside, without_inner
from wpsdesk.evidence.packages import packed, unpacked

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MANIFEST: Final = "META-INF/manifest.xml"
_META: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
_FIELDS: Final[dict[str, FindingKind]] = {
    **dict.fromkeys(("initial-creator", "creator", "printed-by"), FindingKind.AUTHOR),
    **dict.fromkeys(("creation-date", "date", "print-date"), FindingKind.TIME),
    **dict.fromkeys(("editing-cycles", "editing-duration"), FindingKind.HISTORY),
    "generator": FindingKind.SOFTWARE,
    "description": FindingKind.COMMENT,
}
_GOES: Final = {
    "annotation": FindingKind.COMMENT,
    "annotation-end": FindingKind.COMMENT,
    "tracked-changes": FindingKind.HISTORY,
    "change": FindingKind.HISTORY,
    "change-start": FindingKind.HISTORY,
    "change-end": FindingKind.HISTORY,
}
_TEXTS: Final = tuple(f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text", "table"))
"""Where those names mean this: a formula's annotation is the formula itself."""

_SETTINGS: Final = frozenset(
    ("PrinterName", "PrinterSetup", "Rsid", "RsidRoot", "RedlineProtectionKey", "CurrentDatabaseDataSource")
)
_LEFT_OUT: Final[tuple[tuple[str, FindingKind], ...]] = (
    ("Thumbnails/", FindingKind.THUMBNAIL),
    ("Configurations2/", FindingKind.HIDDEN),
    ("Versions/", FindingKind.HISTORY),
    ("VersionList.xml", FindingKind.HISTORY),
    ("META-INF/documentsignatures.xml", FindingKind.SIGNATURE),
    ("META-INF/macrosignatures.xml", FindingKind.SIGNATURE),
    ("manifest.rdf", FindingKind.HIDDEN),
    ("layout-cache", FindingKind.HIDDEN),
)
_ACTIVE: Final = ("Basic/", "Scripts/", "Dialogs/")


def strip(data: bytes, inside: Inside) -> Stripped:
    """The document alone. Raises Damaged, also where it is locked with a passphrase."""
    parts, told = unpacked(data)
    manifest = parse(parts.get(_MANIFEST, b""))
    if any(local(e.tag) == "encryption-data" for e in manifest.iter()):
        raise Damaged
    removed, remains = list(told), list[Finding]()
    _leave_out(parts, manifest, removed)
    for name in tuple(parts):
        if name.startswith(_ACTIVE):
            remains.append(found(FindingKind.ACTIVE, name))
        elif name.rpartition("/")[2] == "meta.xml":
            _without_meta(parts, name, removed)
        elif name.endswith(".xml") and name != _MANIFEST and parts[name].strip():
            _clean(parts, name, removed, remains)
        elif name not in ("mimetype", _MANIFEST):
            parts[name] = without_inner(parts[name], name, inside, removed, remains)
    if not removed:
        return Stripped(data=data, removed=(), remains=each_once(remains))
    return Stripped(data=packed(parts), removed=each_once(removed), remains=each_once(remains))


def _leave_out(parts: dict[str, bytes], manifest: Element, removed: list[Finding]) -> None:
    """Take out the parts that are no content, and those that the manifest does not know."""
    listed = {path for e in manifest for n, path in e.attrib.items() if local(n) == "full-path"}
    always = listed | {"mimetype", _MANIFEST}
    for name in tuple(parts):
        kind = next((k for start, k in _LEFT_OUT if name.startswith(start)), None)
        if kind is None and name not in always:
            kind = FindingKind.HIDDEN
        if kind is not None:
            del parts[name]
            removed.append(found(kind, name))
    gone = [e for e in manifest for n, path in e.attrib.items() if local(n) == "full-path" and _is_gone(path, parts)]
    for element in gone:
        remove(element)
    if gone:
        parts[_MANIFEST] = written(manifest)


def _is_gone(path: str, parts: dict[str, bytes]) -> bool:
    return path not in parts and (path.startswith(tuple(start for start, _ in _LEFT_OUT)))


def _without_meta(parts: dict[str, bytes], name: str, removed: list[Finding]) -> None:
    if parts[name] == _META:
        return
    root, before = parse(parts[name]), len(removed)
    for holder in root:
        for element in holder:
            field = local(element.tag)
            if field == "document-statistic":
                continue
            text = text_of(element) or " ".join(element.attrib.values())
            removed.append(found(_FIELDS.get(field, FindingKind.HIDDEN), name, f"{field}: {text}"))
    if len(removed) == before:
        removed.append(found(FindingKind.HIDDEN, name))
    parts[name] = _META


def _clean(parts: dict[str, bytes], name: str, removed: list[Finding], remains: list[Finding]) -> None:
    data = parts[name]
    root, before = parse(data), len(removed)
    for element in list(root.iter()):
        field = local(element.tag)
        if field in _GOES and element.tag.startswith(_TEXTS):
            _take_out(element, field, name, removed)
        elif field == "config-item" and _setting(element) in _SETTINGS:
            removed.append(found(FindingKind.HIDDEN, name, f"{_setting(element)}: {text_of(element)}"))
            remove(element)
        elif field in ("script", "event-listener"):
            remains.append(found(FindingKind.ACTIVE, name, " ".join(element.attrib.values())))
        elif field == "hidden-text" or element.get(_DISPLAY) == "none":
            remains.append(found(FindingKind.HIDDEN, name, text_of(element)))
        for attribute in [a for a in element.attrib if local(a) in ("rsid", "paragraph-rsid")]:
            removed.append(found(FindingKind.HISTORY, name, "rsid"))
            del element.attrib[attribute]
    if b"<!--" in data or data.count(b"<?") > 1:
        removed.append(found(FindingKind.COMMENT, name, "XML"))
    if len(removed) > before:
        parts[name] = written(root)


_DISPLAY: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display"


def _setting(element: Element) -> str:
    return next((value for n, value in element.attrib.items() if local(n) == "name"), "")


def _take_out(element: Element, field: str, where: str, removed: list[Finding]) -> None:
    for inner in element.iter():
        if local(inner.tag) in ("creator", "creator-initials"):
            removed.append(found(FindingKind.AUTHOR, where, text_of(inner)))
        elif local(inner.tag) == "date":
            removed.append(found(FindingKind.TIME, where, text_of(inner)))
    removed.append(found(_GOES[field], where, text_of(element)))
    remove(element)
