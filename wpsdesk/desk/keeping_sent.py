"""A bundle that has been written, as the desk keeps what it sent."""

from __future__ import annotations

from wpsdesk.base.canonical import canonical_json
from wpsdesk.bundle.model import header_to_json
from wpsdesk.bundle.writing import Written
from wpsdesk.store.sent import Sent


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
