"""UD's own signed note of every import, kept beside the submission: the proof for ten years.

When the signer's certificate has long expired, what counts is that somebody trusted saw the submission, whole and
rightly signed, while it was valid. UD's note says so: it names the submission by its digest, says when it came, and
carries the chain and the revocation lists of that day. UD signs it itself, and openssl can read it.
"""

from __future__ import annotations

from typing import Final

from wpsdesk.base.ids import Digest
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.writing import Draft, container_of
from wpsdesk.desk.errors import NothingHeld, ProofMissing
from wpsdesk.desk.model import Desk, require_gathering, require_trust, signer_of
from wpsdesk.report.reply import About, Receipt, Reply
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.submissions import Arrived, submission
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import Certificate

PROOF: Final = "proof"
"""The kind of document that holds UD's own note, by the submission's digest."""


def keep_proof(tx: Tx, desk: Desk, arrived: Arrived) -> None:
    """Write, sign and keep the note of an import, inside the caller's transaction. Raises NotEnrolled, NoCall."""
    put_proof(tx, arrived.digest, proof_of(tx, desk, arrived))


def proof_of(tx: Tx, desk: Desk, arrived: Arrived) -> bytes:
    """The note of an import, signed now, as a container. Raises NotEnrolled, NoCall."""
    about = About(bundle=arrived.id, digest=arrived.digest, seq=arrived.seq, received=arrived.received_at)
    said = Reply(unit=arrived.unit, year=arrived.year, receipt=Receipt.OK, about=about)
    draft = Draft(
        kind=Kind.REPLY,
        unit=desk.unit.code,
        to=arrived.unit,
        year=arrived.year,
        seq=arrived.seq,
        payload=ReplyPayload(
            reply=said, certificates=None, trust=require_trust(tx), signer=Certificate(der=arrived.signer)
        ),
        attachments=(),
        prepared_by=desk.unit.names.nb,
        approved_by="",
        plan=desk.identity.edition,
    )
    return container_of(draft, signer_of(tx), now=arrived.received_at)


def put_proof(tx: Tx, digest: Digest, container: bytes) -> None:
    """Keep a note that is written and signed."""
    put_document(tx, PROOF, digest, container)


def proof_in(tx: Tx, arrived: Arrived) -> bytes:
    """The note as a signed container (.asice). Raises ProofMissing."""
    found = document(tx, PROOF, arrived.digest)
    if found is None:
        raise ProofMissing(unit=arrived.unit, year=arrived.year, seq=arrived.seq)
    return found


def proof(desk: Desk, digest: Digest) -> bytes:
    """UD's own note of a submission, as a signed container. Raises OnlyTheAuthority, NothingHeld, ProofMissing."""
    require_gathering(desk)
    with desk.store.read() as tx:
        arrived = submission(tx, digest)
        if arrived is None:
            raise NothingHeld(digest=digest)
        return proof_in(tx, arrived)
