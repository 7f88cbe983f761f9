"""What a file is by its first bytes, never by its name."""

from __future__ import annotations

import re
from typing import Final

HEAD: Final = 4096
"""How many bytes from the front :func:`media_type` wants to see."""

OTHER: Final = "application/octet-stream"

_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),  # Word, Excel and PowerPoint before 2007
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_INSIDE_ZIP: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_ODF: Final = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))")
_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/tiff": ("tif", "tiff"),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif", "hif"),
    "video/mp4": ("mp4", "m4v", "mov", "m4a", "3gp"),
    "application/pdf": ("pdf",),
    "application/x-ole-storage": ("doc", "dot", "xls", "xlt", "ppt", "pps", "msg", "vsd", "pub"),
    "application/rtf": ("rtf", "doc"),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", "docm", "dotx", "dotm"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", "xlsm", "xltx", "xltm"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx", "pptm", "ppsx", "potx"),
    "application/vnd.oasis.opendocument.text": ("odt", "ott"),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", "ots"),
    "application/vnd.oasis.opendocument.presentation": ("odp", "otp"),
    "application/zip": ("zip",),
}
_OF_SOME_KIND: Final = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(head: bytes, tail: bytes = b"") -> str:
    """The media type of a file whose first :data:`HEAD` bytes are ``head``.

    ``tail``, its last bytes, tells office documents apart, which are zips with their list at the end.
    """
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "video/mp4"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(head, tail)
    return _text_kind(head) if head else "text/plain"


def is_named_as(name: str, found: str) -> bool:
    """Whether the end of a file's name fits what the file is; a name that says nothing fits everything."""
    _, dot, ending = name.rpartition(".")
    said = _OF_SOME_KIND.get(ending.lower()) if dot else None
    return said is None or ending.lower() in _ENDINGS.get(found, ())


def ending_of(kind: str) -> str:
    """The ending under which a file of this media type is opened: that of its content, and nothing that is run.

    What a browser would run is opened as plain text, and what is not known as nothing in particular.
    """
    if kind == "text/csv":
        return "csv"
    if kind.startswith("text/") or kind == "application/xml":
        return "txt"
    return _ENDINGS.get(kind, ("bin",))[0]


def _zip_kind(head: bytes, tail: bytes) -> str:
    if opendocument := _ODF.search(head[:200]):
        return opendocument.group(1).decode("ascii")
    for mark, found in _INSIDE_ZIP:
        if mark in head or mark in tail:
            return found
    return "application/zip"


def _text_kind(head: bytes) -> str:
    if _CONTROL.search(head):
        return OTHER
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # the head may end in the middle of a character
            return OTHER
        text = head[: error.start].decode("utf-8")
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<!doctype html", "<html")):
        return "text/html"
    if start.startswith("<?xml"):
        return "application/xml"
    lines = text.splitlines()[:5]
    if len(lines) >= 2 and all(";" in line or "," in line for line in lines if line):
        return "text/csv"
    return "text/plain"
