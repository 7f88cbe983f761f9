"""Room in a finished PDF for a signature, and the signature put there (PAdES, EN 319 142-1; ISO 32000-1, 12.8).

The signature covers every byte of the file but the room itself. It has no picture on a page: who signed, and when, is
shown by the reader's own panel. What signs stands elsewhere: here are only bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

ROOM: Final = 16_384
"""Bytes that a signature may take: two certificates with RSA keys of 8192 bits are some 6000."""

_FAR: Final = 9_999_999_999
_PRINTED_AND_LOCKED: Final = 4 | 128  # ISO 32000-1, table 165; PDF/A lets no field be hidden
_GAP: Final = re.compile(rb"/Contents <(0{%d})>" % (2 * ROOM))
_RANGE: Final = re.compile(rb"/ByteRange \[ ?0 %d %d %d ?\]" % (_FAR, _FAR, _FAR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """A PDF that is finished but for its signature. ``start`` and ``end`` bound the room, its brackets included."""

    data: bytes
    start: int
    end: int

    @property
    def digest(self) -> bytes:
        """The SHA-256 of what is to be signed."""
        seen = hashlib.sha256(memoryview(self.data)[: self.start])
        seen.update(memoryview(self.data)[self.end :])
        return seen.digest()

    def signed(self, signature: bytes) -> bytes:
        """The file with the signature (CMS in DER) in its room."""
        assert len(signature) <= ROOM, "the room was measured for two certificates"
        return b"".join(
            (self.data[: self.start], b"<", signature.hex().ljust(2 * ROOM, "0").encode(), b">", self.data[self.end :])
        )


def with_room(data: bytes, *, signer: str, title: str, when: datetime) -> Unsigned:
    """The PDF with an empty signature. ``signer`` is the name shown, ``title`` what the field is called aloud."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _add_field(pdf, signer, title, when)
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, min_version="1.7", object_stream_mode=ObjectStreamMode.generate,
            normalize_content=False,
        )  # fmt: skip
    found = out.getvalue()
    gap, span = _GAP.search(found), _RANGE.search(found)
    assert gap is not None, "the room is written as it was asked for"
    assert span is not None, "the range is written as it was asked for"
    start, end = gap.start(1) - 1, gap.end(1) + 1
    told = b"/ByteRange [0 %d %d %d]" % (start, end, len(found) - end)
    filled = told.ljust(span.end() - span.start())
    return Unsigned(data=found[: span.start()] + filled + found[span.end() :], start=start, end=end)


def _add_field(pdf: Pdf, signer: str, title: str, when: datetime) -> None:
    """The field stands on the first page without any size, so that it is no part of what is read."""
    value = pdf.make_indirect(
        Dictionary(
            Type=Name.Sig,
            Filter=Name("/Adobe.PPKLite"),
            SubFilter=Name("/ETSI.CAdES.detached"),
            ByteRange=Array([0, _FAR, _FAR, _FAR]),
            Contents=String(bytes(ROOM)),
            Name=String(signer),
            M=String(f"D:{when.astimezone(UTC):%Y%m%d%H%M%S}Z"),
        )
    )
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Signature"),
            TU=String(title),
            V=value,
            Rect=Array([0, 0, 0, 0]),
            F=_PRINTED_AND_LOCKED,
            P=page,
        )
    )
    page.Annots = Array([*page.get("/Annots", Array()), field])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field]), SigFlags=3))
