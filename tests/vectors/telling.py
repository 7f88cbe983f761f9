"""What a right vector says, in a few members that must be the same for ever."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wpsdesk.base.canonical import sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.part_form import is_part
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.bundle.payloads import encode_payload, name_of
from wpsdesk.bundle.verifying import verify_bundle
from wpsdesk.plan.loading import load_plan
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.certificates import certificates_from


def told_of(path: Path, keys: tuple[OpeningKey, ...], trust: TrustSet, at: datetime) -> dict[str, object]:
    """What the file is and says, read from end to end. Raises as its readers do."""
    if is_part(path):
        return _part(path)
    if path.suffix == ".wpscard":
        reader = load_json(path.read_bytes(), limit=64 << 10)
        return {"unit": certificates_from(reader.get("certificates")).unit}
    with sealed_bundle(path) as sealed:
        found = verify_bundle(open_bundle(sealed, keys), trust, load_plan(), at, allow_unknown_signer=True)
        header = found.header
        return {
            "kind": header.kind,
            "unit": header.unit,
            "to": header.to,
            "year": header.year,
            "seq": header.seq,
            "is_sealed": sealed.is_sealed,
            "container": found.digest,
            "payload": name_of(found.payload),
            "payload_sha256": sha256(found.payload_bytes),
            "payload_again": sha256(encode_payload(found.payload)),
            "is_trusted": found.standing.is_trusted,
            "person": found.signer.person,
            "key": found.signer.kind,
            "files": {file.name: sha256(b"".join(found.read(file.name))) for file in header.files},
        }


def _part(path: Path) -> dict[str, object]:
    with open_part(path) as part:
        data = b"".join(part.data())
        return {"set": part.index.set_id, "number": part.number, "count": part.index.count, "data": sha256(data)}
