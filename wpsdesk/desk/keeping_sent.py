"""What the desk keeps of a bundle that it sent, and what that bundle can be made of again."""

from __future__ import annotations

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.bundle import limits
from wpsdesk.bundle.manifest import NAME, SIGNATURE_NAME
from wpsdesk.bundle.model import HEADER_NAME, Attachment, FileEntry, as_listed, header_from, header_to_json
from wpsdesk.bundle.writing import Written
from wpsdesk.store import evidence
from wpsdesk.store.sent import Sent
from wpsdesk.store.transaction import Tx

Members = tuple[tuple[str, bytes], ...]
"""The documents of a container by their names, in the order in which they stand there."""


def as_sent(written: Written) -> Sent:
    """What is kept of a bundle: its documents as they were signed; the evidence in it is kept apart."""
    header, members = written.header, [data for _, data in written.members]
    _, payload, manifest, signature = members
    return Sent(
        id=header.id,
        kind=header.kind,
        to=header.to,
        year=header.year,
        seq=header.seq,
        digest=written.digest,
        created=header.created,
        header=canonical_json(header_to_json(header)),
        payload=payload,
        manifest=manifest,
        signature=signature,
        size=written.container_size,
    )


def made_of(tx: Tx, one: Sent, payload_name: str) -> tuple[Members, tuple[Attachment, ...]]:
    """What a bundle that was sent is made of again. Raises EvidenceMissing before anything of it is read."""
    header = header_from(load_json(one.header, limit=limits.HEADER_JSON))
    members = (
        (HEADER_NAME, one.header),
        (payload_name, one.payload),
        (NAME, one.manifest),
        (SIGNATURE_NAME, one.signature),
    )
    return members, tuple(_attached(tx, file) for file in header.files)


def _attached(tx: Tx, file: FileEntry) -> Attachment:
    crc = evidence.crc_of(tx, file.digest)
    return as_listed(file, lambda: evidence.read(tx, file.digest), crc)
