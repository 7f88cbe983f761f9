"""Word, Excel and PowerPoint files without properties, comments, changes and what no relation leads to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from wpsdesk.evidence.changes import without_changes
from wpsdesk.evidence.markup import local, parse, remove, text_of, written
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found
from wpsdesk.evidence.nesting import Inside, without_inner
from wpsdesk.evidence.packages import packed, unpacked
from wpsdesk.evidence.sheets import without_traces

_CONTENT_TYPES: Final = "[Content_Types].xml"
_PROPERTIES: Final = frozenset(("core-properties", "extended-properties", "custom-properties"))

# By the last word of a relation's type: what goes, and what it tells.
_GOES: Final[dict[str, FindingKind]] = {
    **dict.fromkeys(_PROPERTIES, FindingKind.HIDDEN),
    "thumbnail": FindingKind.THUMBNAIL,
    **dict.fromkeys(("comments", "comment", "threadedComment", "commentsExtended"), FindingKind.COMMENT),
    **dict.fromkeys(("commentsIds", "commentsExtensible"), FindingKind.COMMENT),
    **dict.fromkeys(("people", "person", "commentAuthors", "authors", "usernames"), FindingKind.AUTHOR),
    **dict.fromkeys(("revisionHeaders", "revisionLog", "changesInfo", "revisionInfo"), FindingKind.HISTORY),
    **dict.fromkeys(("customXml", "customXmlProps", "printerSettings", "attachedTemplate"), FindingKind.HIDDEN),
    **dict.fromkeys(("classificationlabels", "recipientData", "mailMergeSource"), FindingKind.HIDDEN),
    "origin": FindingKind.SIGNATURE,
}
# What stays, and is told.
_TOLD: Final[dict[str, FindingKind]] = {
    **dict.fromkeys(("vbaProject", "control", "activeXControlBinary", "customUI"), FindingKind.ACTIVE),
    **dict.fromkeys(("extensibility", "webextension", "taskpanes", "webextensiontaskpanes"), FindingKind.ACTIVE),
    **dict.fromkeys(("oleObject", "package", "notesSlide", "externalLink", "connections"), FindingKind.HIDDEN),
    **dict.fromkeys(("externalLinkPath", "pivotCacheRecords", "queryTable", "xlExternalLinkPath"), FindingKind.HIDDEN),
}
_FIELDS: Final[dict[str, FindingKind]] = {
    **dict.fromkeys(("creator", "lastModifiedBy", "Manager", "Company"), FindingKind.AUTHOR),
    **dict.fromkeys(("created", "modified", "lastPrinted"), FindingKind.TIME),
    **dict.fromkeys(("Application", "AppVersion"), FindingKind.SOFTWARE),
    **dict.fromkeys(("revision", "TotalTime", "version"), FindingKind.HISTORY),
    "description": FindingKind.COMMENT,
}
# Counted anew, or the same in every file: they go with the rest, and nobody needs to read of them.
_SAYS_NOTHING: Final = frozenset(
    (
        "DocSecurity", "ScaleCrop", "HeadingPairs", "TitlesOfParts", "LinksUpToDate", "SharedDoc", "HyperlinksChanged",
        "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "Slides", "Notes",
        "HiddenSlides", "MMClips", "PresentationFormat",
    )
)  # fmt: skip


@dataclass(slots=True)
class _Package:
    parts: dict[str, bytes]
    removed: list[Finding] = field(default_factory=list)
    remains: list[Finding] = field(default_factory=list)
    lost: dict[str, set[str]] = field(default_factory=dict)  # by part: relations that are gone
    reached: set[str] = field(default_factory=set)  # folded names
    told: set[str] = field(default_factory=set)  # parts whose relation was cut, and told of
    names: dict[str, str] = field(default_factory=dict)  # by folded name


def strip(data: bytes, inside: Inside) -> Stripped:
    """The document alone. Raises Damaged.

    1. Follow the relations from the root; those that lead to properties, comments and the like are cut.
    2. What no relation leads to any more is left out.
    3. Clean what is left: marks, names and dates in the text; pictures and documents inside.
    """
    parts, told = unpacked(data)
    if _CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        raise Damaged
    package = _Package(parts, removed=list(told), names={name.casefold(): name for name in parts})
    _follow(package)
    _leave_out_unreached(package)
    for name in tuple(package.parts):
        if name.endswith((".xml", ".vml")) and name != _CONTENT_TYPES and package.parts[name].strip():
            _clean(package, name)
        elif not name.endswith((".rels", ".xml")):
            package.parts[name] = without_inner(package.parts[name], name, inside, package.removed, package.remains)
    if not package.removed:
        return Stripped(data=data, removed=(), remains=each_once(package.remains))
    return Stripped(data=packed(package.parts), removed=each_once(package.removed), remains=each_once(package.remains))


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _follow(package: _Package) -> None:
    waiting = [""]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        if part.casefold() in seen:
            continue
        seen.add(part.casefold())
        relations = package.names.get(_relations_of(part).casefold())
        package.reached |= {part.casefold(), _relations_of(part).casefold()}
        if relations is not None:
            waiting.extend(_followed(package, part, relations))


def _followed(package: _Package, part: str, relations: str) -> list[str]:
    root, onward = parse(package.parts[relations]), list[str]()
    before = len(root)
    for relation in list(root):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        is_outside = relation.get("TargetMode") == "External"
        name = None if is_outside else _resolved(package, part, target)
        if kind in _GOES or _holds_only_notes(package, kind, name):
            package.lost.setdefault(part, set()).add(relation.get("Id", ""))
            package.removed.extend(_told_of(package, kind, name, target))
            package.told.add(name or "")
            remove(relation)
            continue
        if kind in _TOLD or (is_outside and kind != "hyperlink"):
            text = _notes(package, name) if kind == "notesSlide" else target
            package.remains.append(found(_TOLD.get(kind, FindingKind.HIDDEN), name or part, text))
        if name is not None:
            onward.append(name)
    if len(root) != before:
        package.parts[relations] = written(root)
    return onward


def _resolved(package: _Package, part: str, target: str) -> str | None:
    path = unquote(target.partition("#")[0])
    base = posixpath.dirname(part)
    whole = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(base, path))
    return package.names.get(whole.casefold())


def _holds_only_notes(package: _Package, kind: str, name: str | None) -> bool:
    """A drawing that shows the frames of a sheet's comments and nothing else."""
    if kind != "vmlDrawing" or name is None:
        return False
    data = package.parts[name]
    return 0 < data.count(b'ObjectType="') == data.count(b'ObjectType="Note"')


def _notes(package: _Package, name: str | None) -> str:
    return text_of(parse(package.parts[name])) if name else ""


def _told_of(package: _Package, kind: str, name: str | None, target: str) -> list[Finding]:
    what = _GOES.get(kind, FindingKind.COMMENT)
    if name is None or not name.endswith(".xml"):
        return [found(what, name or kind, target)]
    try:
        root = parse(package.parts[name])
    except Damaged:
        return [found(what, name)]
    if kind in _PROPERTIES:
        fields = [(local(e.tag), text_of(e)) for e in root]
        told = [(n, text) for n, text in fields if text.strip() and n not in _SAYS_NOTHING]
        return [found(_FIELDS.get(n, what), name, f"{n}: {text}") for n, text in told] or [found(what, name)]
    names = [
        found(FindingKind.AUTHOR, name, value)
        for element in root.iter()
        for attribute, value in element.attrib.items()
        if local(attribute) in ("author", "initials", "displayName", "userId", "name") and value
    ]
    return [found(what, name, text_of(root)), *names]


def _leave_out_unreached(package: _Package) -> None:
    types = parse(package.parts[_CONTENT_TYPES])
    for name in tuple(package.parts):
        if name == _CONTENT_TYPES or name.casefold() in package.reached:
            continue
        del package.parts[name]
        if name not in package.told:
            package.removed.append(found(FindingKind.HIDDEN, name))
    left = {"/" + name.casefold() for name in package.parts}
    gone = [e for e in types if local(e.tag) == "Override" and e.get("PartName", "").casefold() not in left]
    for element in gone:
        remove(element)
    if gone:
        package.parts[_CONTENT_TYPES] = written(types)
        if not package.removed:
            package.removed.append(found(FindingKind.HIDDEN, _CONTENT_TYPES))


def _clean(package: _Package, name: str) -> None:
    data = package.parts[name]
    try:
        root = parse(data)
    except Damaged:
        if name.endswith(".vml"):  # Office itself writes some that are no XML
            package.remains.append(found(FindingKind.UNEXAMINED, name))
            return
        raise
    removed, remains = without_changes(root, name)
    told, left = without_traces(root, name, frozenset(package.lost.get(name, ())))
    if b"<!--" in data or data.count(b"<?") > 1:
        told.append(found(FindingKind.COMMENT, name, "XML"))
    package.removed.extend(removed + told)
    package.remains.extend(remains + left)
    if removed or told or name in package.lost:
        package.parts[name] = written(root)
