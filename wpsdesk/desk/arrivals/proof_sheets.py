"""The proof sheet of a bundle that has been looked at: one page, made from what was found and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wpsdesk.base.files import new_file
from wpsdesk.bundle.examining import Examination
from wpsdesk.compilation.proof import Found, Proof, ProofFile, proof_sheet
from wpsdesk.desk.errors import NothingToProve
from wpsdesk.trust.anchors import TrustSet


def write_proof_sheet(
    found: Examination, out: Path, language: str, at: datetime, *, trust: TrustSet | None = None
) -> None:
    """Write the page as PDF. ``trust`` is what the bundle was judged by, ``at`` when.

    Raises NothingToProve where the contents could not be read, and what writing a file raises.
    """
    from wpsdesk.compilation.pdf.proof_page import write_proof

    sheet = proof_sheet(_proof(found, at, trust), language)
    with new_file(out) as stream:
        write_proof(sheet, stream)


def _proof(found: Examination, at: datetime, trust: TrustSet | None) -> Proof:
    header, signer, standing = found.header, found.signer, found.standing
    if header is None or signer is None or found.signed_at is None or found.digest is None:
        raise NothingToProve(path=found.path)
    return Proof(
        file_name=found.path.name,
        kind=header.kind,
        unit=header.unit,
        year=header.year,
        seq=header.seq,
        bundle=header.id,
        created=header.created,
        signed_by=signer.name,
        signer_unit=signer.unit,
        signer_serial=signer.serial,
        fingerprint=signer.fingerprint,
        signed_at=found.signed_at,
        approved_by=header.approved_by,
        digest=found.digest,
        size=found.size,
        sealed_digest=found.file_digest if found.is_sealed else None,
        files=tuple(ProofFile(name=each.name, digest=each.digest) for each in found.listed),
        found=Found(
            is_intact=standing.is_intact,
            is_valid=standing.is_valid,
            is_trusted=standing.is_trusted,
            is_revoked=standing.is_revoked,
            looked_at=at,
            root_fingerprint=None if trust is None else trust.root_fingerprint,
        ),
    )
