"""Bundles that are wrong in one place only, and right, down to the signature, in every other."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from tests.bundle.setting import NOW, PHOTO, Setting
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.bundle import manifest
from wpsdesk.bundle.manifest import Listed, manifest_xml
from wpsdesk.bundle.model import HEADER_NAME
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import Payload
from wpsdesk.bundle.sealing import seal
from wpsdesk.bundle.signing import sign_manifest
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.zipform import STORED, ZipEntry, central_header, end_record, local_header
from wpsdesk.bundle.zipwriting import is_stored, part_of, zip_bytes
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import Signer

LOCAL_FIELDS: Final = {
    "version": (4, 2), "flags": (6, 2), "method": (8, 2), "time": (10, 2), "date": (12, 2), "crc": (14, 4),
    "packed": (18, 4), "size": (22, 4), "name": (26, 2), "extra": (28, 2),
}  # fmt: skip
CENTRAL_FIELDS: Final = {
    "made_by": (4, 2), "version": (6, 2), "flags": (8, 2), "method": (10, 2), "time": (12, 2), "date": (14, 2),
    "crc": (16, 4), "packed": (20, 4), "size": (24, 4), "name": (28, 2), "extra": (30, 2), "comment": (32, 2),
    "disk": (34, 2), "internal": (36, 2), "attributes": (38, 4), "offset": (42, 4),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Inside:
    """The entries of a container in order, to be changed and put together again."""

    entries: tuple[tuple[str, bytes], ...]

    def __getitem__(self, name: str) -> bytes:
        return dict(self.entries)[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.entries)

    def put(self, name: str, data: bytes) -> Inside:
        """Other bytes for an entry."""
        assert name in self.names
        return replace(self, entries=tuple((n, data if n == name else d) for n, d in self.entries))

    def packed(self) -> bytes:
        """The container."""
        return b"".join(zip_bytes(tuple(part_of(n, d, stored=_goes_stored(n)) for n, d in self.entries)))

    def listed(self) -> tuple[Listed, ...]:
        """What a right manifest would list."""
        return tuple(
            Listed(name=name, media_type=_media_type(name), digest=sha256(data))
            for name, data in self.entries
            if name != "mimetype" and not name.startswith("META-INF/")
        )

    def signed(self, signer: Signer, *, listing: bytes | None = None, now: datetime = NOW) -> Inside:
        """With a right manifest (or ``listing``) and a right signature over it."""
        listing = manifest_xml(self.listed()) if listing is None else listing
        return self.put(manifest.NAME, listing).put(manifest.SIGNATURE_NAME, sign_manifest(listing, signer, now))


def _media_type(name: str) -> str:
    endings = {"json": "application/json", "png": "image/png", "txt": "text/plain"}
    return endings[name.rpartition(".")[2]]


def _goes_stored(name: str) -> bool:
    return name == "mimetype" or (name.startswith("evidence/") and is_stored(_media_type(name)))


def inside(container: bytes) -> Inside:
    """What Python's own zip reader finds in a container."""
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return Inside(entries=tuple((info.filename, archive.read(info)) for info in archive.infolist()))


def container_of(setting: Setting, folder: Path, payload: Payload) -> bytes:
    """The signed container of a good bundle with one picture."""
    path = folder / f"good-{len(list(folder.iterdir()))}"
    setting.write(path, payload, PHOTO)
    with sealed_bundle(path) as sealed:
        return b"".join(open_bundle(sealed, setting.opening(payload)).container())


def sealed_bytes(container: bytes, to: tuple[Certificate, ...]) -> bytes:
    """The container in a good seal."""
    written = io.BytesIO()
    seal((container,), len(container), to, written.write)
    return written.getvalue()


def changed_json(data: bytes, change: Callable[[dict[str, object]], object]) -> bytes:
    """A document with a change in it, canonical again."""
    value = load_json(data, limit=1 << 20).value
    assert isinstance(value, dict)
    change(value)
    return canonical_json(value)


def with_header(found: Inside, **members: object) -> Inside:
    """Other members in ``bundle.json``."""
    return found.put(HEADER_NAME, changed_json(found[HEADER_NAME], lambda value: value.update(members)))


def patched(container: bytes, name: str, fields: Mapping[str, int], *, where: str = "both") -> bytes:
    """Other values in an entry's records: ``local``, ``central`` or ``both``."""
    found = bytearray(container)
    places = []
    if where in ("local", "both"):
        places.append((found.index(b"PK\x03\x04", _name_at(found, name, 30) - 30), LOCAL_FIELDS))
    if where in ("central", "both"):
        places.append((_central_at(found, name), CENTRAL_FIELDS))
    for start, known in places:
        for field, value in fields.items():
            if field in known:
                offset, size = known[field]
                found[start + offset : start + offset + size] = value.to_bytes(size, "little")
    return bytes(found)


def _name_at(found: bytes | bytearray, name: str, header: int) -> int:
    position = found.index(name.encode())
    while found[position - header : position - header + 4] != (b"PK\x03\x04" if header == 30 else b"PK\x01\x02"):
        position = found.index(name.encode(), position + 1)
    return position


def _central_at(found: bytes | bytearray, name: str) -> int:
    return _name_at(found, name, 46) - 46


def raw_zip(entries: list[tuple[str | bytes, bytes]]) -> bytes:
    """A container whose names need not be good; everything else is as we write it."""
    local, central = b"", b""
    for name, data in entries:
        raw = name.encode() if isinstance(name, str) else name
        entry = ZipEntry(
            name="x" * len(raw), method=STORED, crc=zlib.crc32(data), packed_size=len(data), size=len(data),
            offset=len(local),
        )  # fmt: skip
        local += local_header(entry)[: -len(raw)] + raw + data
        central += central_header(entry)[: -len(raw)] + raw
    return local + central + end_record(len(entries), len(central), len(local))


def directory_start(container: bytes) -> int:
    """Where the central directory starts."""
    return int(struct.unpack("<I", container[-6:-2])[0])


def outcome(
    path: Path,
    keys: tuple[OpeningKey, ...],
    setting: Setting,
    *,
    trust: TrustSet | None = None,
    at: datetime = NOW,
) -> VerifiedBundle:
    """Everything that a receiver does, evidence read to the end. Raises as it does."""
    with sealed_bundle(path) as sealed:
        verified = verify_bundle(open_bundle(sealed, keys), trust or setting.trust, setting.plan, at)
        for file in verified.header.files:
            for _ in verified.read(file.name):
                pass
        for _ in verified.container():
            pass
        return verified


def flipped(data: bytes, position: int) -> bytes:
    """The same with one bit of the byte at ``position`` turned."""
    found = bytearray(data)
    found[position] ^= 1
    return bytes(found)
