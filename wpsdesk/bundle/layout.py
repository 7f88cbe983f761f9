"""Which entry of a container has which task, by name and place: check 2's order and check 4's bounds on documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wpsdesk.bundle import limits, manifest
from wpsdesk.bundle.errors import Bomb, ZipMalformed
from wpsdesk.bundle.model import HEADER_NAME, Kind
from wpsdesk.bundle.payloads import kind_by_name
from wpsdesk.bundle.zipform import MIMETYPE_NAME, ZipEntry

_FEWEST: Final = 5  # mimetype, header, payload, manifest, signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The entries by task. ``kind`` is what the payload's name claims; the header must say the same later."""

    kind: Kind
    header: ZipEntry
    payload: ZipEntry
    evidence: tuple[ZipEntry, ...]
    manifest: ZipEntry
    signature: ZipEntry

    @property
    def signed(self) -> tuple[ZipEntry, ...]:
        """What the manifest lists, in order."""
        return (self.header, self.payload, *self.evidence)


def layout_of(entries: tuple[ZipEntry, ...]) -> Layout:
    """The tasks of the entries. Raises ZipMalformed (``order``), Bomb."""
    # 2: mimetype, bundle.json, payload, evidence, manifest, signature, and nothing else.
    if len(entries) < _FEWEST:
        raise ZipMalformed(code="order")
    mimetype, header, payload, *evidence, listing, signature = entries
    fixed = (mimetype.name, header.name, listing.name, signature.name)
    if fixed != (MIMETYPE_NAME, HEADER_NAME, manifest.NAME, manifest.SIGNATURE_NAME):
        raise ZipMalformed(code="order")
    if not all(entry.name.startswith("evidence/") for entry in evidence):
        raise ZipMalformed(code="order")
    kind = kind_by_name(payload.name)
    if kind is None:
        raise ZipMalformed(code="order")
    # 4: what is held in memory as a whole is small.
    bounds = (
        (header, limits.HEADER_JSON, "header"),
        (payload, limits.PAYLOAD_JSON, "payload"),
        (listing, limits.MANIFEST, "manifest"),
        (signature, limits.SIGNATURE, "signature"),
    )
    for entry, limit, code in bounds:
        if entry.size > limit:
            raise Bomb(code=code, name=entry.name)
    return Layout(
        kind=kind, header=header, payload=payload, evidence=tuple(evidence), manifest=listing, signature=signature
    )
