"""A picture's colour profile without the names, dates and machines in it; the colours stay as they are."""

from __future__ import annotations

import struct
from typing import Final

from wpsdesk.evidence.model import Damaged, Finding, FindingKind, found

# What decides how a colour looks (ICC.1), and the two texts without which a profile is no profile.
_RENDERING: Final = frozenset(
    (
        b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"D2B2", b"D2B3", b"B2D0", b"B2D1",
        b"B2D2", b"B2D3", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad",
        b"chrm", b"gamt", b"lumi", b"cicp", b"clrt", b"clro", b"clot", b"ncl2", b"pre0", b"pre1", b"pre2",
    )
)  # fmt: skip
_TEXTS: Final = frozenset((b"desc", b"cprt"))


def without_names(profile: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """The profile with its texts blanked, and what they said. Raises Damaged."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        raise Damaged
    (count,) = struct.unpack_from(">I", profile, 128)
    if count > 200 or 132 + 12 * count > len(profile):
        raise Damaged
    out, told, kept = bytearray(128 + 4 + 12 * count), [], []
    out += bytes(len(profile) - len(out))
    for n in range(count):
        name, at, size = struct.unpack_from(">4sII", profile, 132 + 12 * n)
        if at < 132 + 12 * count or at + size > len(profile):
            raise Damaged
        payload = profile[at : at + size]
        if name in _RENDERING:
            out[at : at + size] = payload
            kept.append((name, at, size))
        elif name in _TEXTS:
            out[at : at + size] = _blank(payload)
            kept.append((name, at, size))
        if name not in _RENDERING and out[at : at + size] != payload:
            told.append(_text(payload))
    out[:128] = _plain_head(profile[:128])
    struct.pack_into(">I", out, 128, len(kept))
    for n, entry in enumerate(kept):
        struct.pack_into(">4sII", out, 132 + 12 * n, *entry)
    if bytes(out) == profile:
        return profile, ()
    return bytes(out), tuple(found(FindingKind.SOFTWARE, "ICC", text) for text in (told or [""]))


def _plain_head(head: bytes) -> bytes:
    # The maker's program, the date, the platform, the machine, the creator and the profile's own digest.
    out = bytearray(head)
    for start, end in ((4, 8), (24, 36), (40, 44), (48, 56), (80, 128)):
        out[start:end] = bytes(end - start)
    return bytes(out)


def _blank(payload: bytes) -> bytes:
    match payload[:4]:
        case b"mluc" if len(payload) >= 28:  # one record: English, one space
            return (
                b"mluc\x00\x00\x00\x00"
                + struct.pack(">II", 1, 12)
                + b"enUS"
                + struct.pack(">II", 0, 28)
                + bytes(len(payload) - 28)
            )
        case b"desc" if len(payload) >= 90:
            return b"desc\x00\x00\x00\x00" + struct.pack(">I", 1) + bytes(len(payload) - 12)
        case _:
            return b"text" + bytes(len(payload) - 4) if len(payload) >= 9 else bytes(len(payload))


def _text(payload: bytes) -> str:
    encoding = "utf-16-be" if payload[:4] == b"mluc" else "latin-1"
    text = payload[8:2000].decode(encoding, "ignore")
    return "".join(c for c in text if c.isprintable() and ord(c) < 0x2000)
