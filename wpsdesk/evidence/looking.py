"""What a file carries besides its content: shown, and stripped."""

from __future__ import annotations

from typing import Final

from wpsdesk.evidence import sniffing
from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, found

LARGEST: Final = 200 << 20
"""Bytes of a file that is looked into; it and what is made of it are held in memory at once."""

_DEEPEST: Final = 3
"""Documents inside documents."""

_PICTURES: Final = frozenset(("image/jpeg", "image/png", "image/webp", "image/tiff"))
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
_PLAIN: Final = frozenset(("text/plain", "text/csv"))
"""Nothing can be hidden in these from somebody who reads them."""


def is_looked_into(media_type: str) -> bool:
    """Files of this kind are looked into; the others stay as they are."""
    return media_type in _PICTURES or media_type == "application/pdf" or media_type.startswith((_OFFICE, _OPEN))


def untouched(media_type: str) -> tuple[Finding, ...]:
    """What can be said of a file that nobody looks into; nothing of plain text."""
    if media_type in _PLAIN:
        return ()
    if media_type == "text/html":
        return (found(FindingKind.ACTIVE, media_type),)
    return (found(FindingKind.UNEXAMINED, media_type),)


def unreadable(media_type: str) -> Finding:
    """What is said of a damaged, locked or too large file."""
    return found(FindingKind.UNREADABLE, media_type)


def findings(data: bytes, media_type: str) -> tuple[Finding, ...]:
    """All that a file carries besides its content; ``media_type`` is what its bytes say (sniffing)."""
    return stripped(data, media_type).findings


def stripped(data: bytes, media_type: str) -> Stripped:
    """The file without what it carried; the same bytes where nothing was found or nothing could be done.

    A damaged, locked or too large file comes back as it is with UNREADABLE among what remains, a kind that is not
    looked into with UNEXAMINED. Needs up to some four times the file's size in memory, ten for large XML.
    """
    if not is_looked_into(media_type):
        return Stripped(data=data, removed=(), remains=untouched(media_type))
    try:
        made = _alone(data, media_type, 0) if len(data) <= LARGEST else None
    except Damaged:
        made = None
    return made or Stripped(data=data, removed=(), remains=(unreadable(media_type),))


def _alone(data: bytes, media_type: str, depth: int) -> Stripped | None:
    """The stripped file; None for a kind that is not looked into. Raises Damaged."""
    # Each library is read in when its first file comes.
    from wpsdesk.evidence import jpeg, ooxml, opendocument, pdf, png, tiff, webp

    def inside(inner: bytes) -> Stripped | None:
        if depth >= _DEEPEST:
            raise Damaged
        return _alone(inner, sniffing.media_type(inner[: sniffing.HEAD], inner[-16 * sniffing.HEAD :]), depth + 1)

    pictures = {"image/jpeg": jpeg.strip, "image/png": png.strip, "image/webp": webp.strip, "image/tiff": tiff.strip}
    if media_type in pictures:
        return pictures[media_type](data)
    if media_type == "application/pdf":
        return pdf.strip(data)
    if media_type.startswith(_OFFICE):
        return ooxml.strip(data, inside)
    return opendocument.strip(data, inside) if media_type.startswith(_OPEN) else None
