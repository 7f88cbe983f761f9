"""PDF without its properties, comments, scripts and earlier versions; what stands on the pages is copied."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wpsdesk.evidence import jpeg
from wpsdesk.evidence.markup import xmp_findings
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, each_once, found

if TYPE_CHECKING:
    import pikepdf

MOST_OBJECTS: Final = 300_000
LARGEST_STREAM: Final = 64 << 20
"""Bytes of one unpacked stream, where one has to be unpacked to be read."""

_INFO: Final[dict[str, FindingKind]] = {
    "/Author": FindingKind.AUTHOR,
    "/Creator": FindingKind.SOFTWARE,
    "/Producer": FindingKind.SOFTWARE,
    "/CreationDate": FindingKind.TIME,
    "/ModDate": FindingKind.TIME,
}
# Of an annotation or of any other object; what a mark says is kept only where it is drawn on the page anyhow.
_TOLD_BY_MARK: Final[dict[str, FindingKind]] = {
    "/T": FindingKind.AUTHOR,
    "/M": FindingKind.TIME,
    "/CreationDate": FindingKind.TIME,
    "/Contents": FindingKind.COMMENT,
    "/RC": FindingKind.COMMENT,
    "/Subj": FindingKind.COMMENT,
    "/NM": FindingKind.HIDDEN,
}
_NOT_COMMENTS: Final = frozenset(("/Link", "/Widget", "/Screen", "/PrinterMark", "/TrapNet", "/Watermark", "/Movie"))
_ONLY_COMMENTS: Final = frozenset(("/Text", "/Popup"))
_SCRIPTED: Final = frozenset(("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"))


def strip(data: bytes) -> Stripped:
    """The pages alone. Raises Damaged, also where the file is locked with a passphrase."""
    import pikepdf

    # For good, not for this file only: the limits are the whole process's, and a raised one would be a race.
    pikepdf.settings.set_qpdf_limits(flate_max_memory=LARGEST_STREAM, doc_max_warnings=1000)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            return _stripped(data, document)
    except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError) as error:
        raise Damaged from error
    # qpdf hands on what a damaged object makes of a wrong type as whatever Python has for that.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, NotImplementedError) as error:
        raise Damaged from error


def _stripped(data: bytes, document: pikepdf.Pdf) -> Stripped:
    """1. Everything is looked at and cut. 2. Written anew, which leaves out what nothing names any more."""
    import pikepdf

    if len(document.objects) > MOST_OBJECTS or document.is_encrypted:
        raise Damaged
    removed = [*_properties(document), *_earlier_versions(data, document)]
    remains = list(_attachments(document))
    for thing in _dictionaries(document):
        removed.extend(_cut(thing))
    removed.extend(_catalogue(document))
    if not removed:
        return Stripped(data=data, removed=(), remains=each_once(remains))
    if "/ID" in document.trailer:
        del document.trailer["/ID"]
    document.remove_unreferenced_resources()
    out = io.BytesIO()
    document.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return Stripped(data=out.getvalue(), removed=each_once(removed), remains=each_once(remains))


def _properties(document: pikepdf.Pdf) -> Iterator[Finding]:
    if "/Info" in document.trailer:
        for name, value in document.trailer.Info.items():
            yield found(_INFO.get(name, FindingKind.HIDDEN), "Info", f"{name[1:]}: {value}")
        del document.trailer["/Info"]


def _earlier_versions(data: bytes, document: pikepdf.Pdf) -> Iterator[Finding]:
    ends = data.count(b"%%EOF")
    if ends > (2 if document.is_linearized else 1):
        yield found(FindingKind.HISTORY, "PDF", str(ends - 1))


def _attachments(document: pikepdf.Pdf) -> Iterator[Finding]:
    yield from (found(FindingKind.HIDDEN, "EmbeddedFiles", name) for name in document.attachments)


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, those inside others too."""
    import pikepdf

    for top in document.objects:
        waiting = [top]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, pikepdf.Array):
                waiting.extend(inner for inner in thing if _is_inside(inner))
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield thing
                waiting.extend(inner for _, inner in thing.items() if _is_inside(inner))


def _is_inside(thing: object) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Object) and not thing.is_indirect


def _cut(thing: pikepdf.Object) -> Iterator[Finding]:
    """Take out of one object what is not content."""
    import pikepdf

    if isinstance(thing.get("/Metadata"), pikepdf.Stream):
        yield from xmp_findings(thing.Metadata.read_bytes())
        del thing["/Metadata"]
    for key in ("/PieceInfo", "/LastModified", "/Thumb"):
        if key in thing:
            yield found(FindingKind.THUMBNAIL if key == "/Thumb" else FindingKind.HIDDEN, "PDF", key[1:])
            del thing[key]
    yield from _without_scripts(thing)
    if "/Annots" in thing:
        yield from _annotations(thing)
    if str(thing.get("/FT", "")) == "/Sig" and "/V" in thing:
        signer = thing.V.get("/Name", "") if isinstance(thing.V, pikepdf.Dictionary) else ""
        yield found(FindingKind.SIGNATURE, "PDF", signer)
        del thing["/V"]
    if isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype", "")) == "/Image":
        yield from _picture(thing)
    if str(thing.get("/Type", "")) == "/Filespec" or "/EF" in thing:
        yield from _file(thing)


def _without_scripts(thing: pikepdf.Object) -> Iterator[Finding]:
    import pikepdf

    if "/AA" in thing:
        yield found(FindingKind.ACTIVE, "PDF", "AA")
        del thing["/AA"]
    for key in ("/A", "/OpenAction", "/Next", "/PA"):
        action = thing.get(key)
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _SCRIPTED:
            yield found(FindingKind.ACTIVE, "PDF", f"{action.S}: {action.get('/JS', '')}")
            del thing[key]
    if str(thing.get("/S", "")) == "/JavaScript" and "/JS" in thing:
        yield found(FindingKind.ACTIVE, "PDF", "JavaScript")
        thing["/JS"] = pikepdf.String("")


def _annotations(page: pikepdf.Object) -> Iterator[Finding]:
    import pikepdf

    marks = page.Annots
    if not isinstance(marks, pikepdf.Array):
        return
    kept = []
    for mark in marks:
        if not isinstance(mark, pikepdf.Dictionary):
            continue
        kind = str(mark.get("/Subtype", ""))
        if kind not in _NOT_COMMENTS:
            yield from _said_by(mark, kind)
        if kind not in _ONLY_COMMENTS:
            kept.append(mark)
    if len(kept) != len(marks):
        page["/Annots"] = pikepdf.Array(kept)


def _said_by(mark: pikepdf.Object, kind: str) -> Iterator[Finding]:
    if kind in _ONLY_COMMENTS:
        yield found(FindingKind.COMMENT, "Annots", kind[1:])
    for key, what in _TOLD_BY_MARK.items():
        if key in mark:
            yield found(what, "Annots", mark[key])
            del mark[key]
    for key in ("/Popup", "/IRT"):
        if key in mark:
            del mark[key]


def _picture(stream: pikepdf.Object) -> Iterator[Finding]:
    """A picture that is a JPEG as it stands loses its own metadata; PDF turns no picture by its EXIF."""
    import pikepdf

    parameters = stream.get("/DecodeParms")
    if str(stream.get("/Filter", "")) != "/DCTDecode" or isinstance(parameters, pikepdf.Array):
        return
    try:
        made = jpeg.strip(stream.read_raw_bytes(), keep_turn=False)
    except Damaged:
        return
    if made.removed:
        stream.write(
            made.data,
            filter=pikepdf.Name.DCTDecode,
            decode_parms=parameters if isinstance(parameters, pikepdf.Dictionary) else None,
        )
        yield from made.removed


def _file(thing: pikepdf.Object) -> Iterator[Finding]:
    """The dates of an attached file; the file itself stays, and is told of."""
    import pikepdf

    inside = thing.get("/EF")
    for _, stream in inside.items() if isinstance(inside, pikepdf.Dictionary) else ():
        if isinstance(stream, pikepdf.Stream) and "/Params" in stream:
            yield found(FindingKind.TIME, "EmbeddedFiles")
            del stream["/Params"]


def _catalogue(document: pikepdf.Pdf) -> Iterator[Finding]:
    root = document.Root
    if "/JavaScript" in root.get("/Names", {}):
        yield found(FindingKind.ACTIVE, "PDF", "JavaScript")
        del root.Names["/JavaScript"]
    for key, kind in (("/Perms", FindingKind.SIGNATURE), ("/DSS", FindingKind.SIGNATURE)):
        if key in root:
            yield found(kind, "PDF", key[1:])
            del root[key]
    form = root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        yield found(FindingKind.ACTIVE, "PDF", "XFA")
        del form["/XFA"]
