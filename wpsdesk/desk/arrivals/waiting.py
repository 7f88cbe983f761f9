"""Submissions by signers nobody vouches for yet: set aside sealed as they came, counted nowhere, taken in later.

What is set aside is the file itself, ciphertext, with a line that says whose it claims to be and by which digits its
key is told. It is taken in once UD has issued a certificate for exactly that key to exactly that unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import new_file, private_folder
from wpsdesk.base.ids import DIGEST, UNIT_CODE, Digest, UnitCode, Year
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import OpenedBundle, open_bundle, sealed_bundle
from wpsdesk.bundle.verifying import verify_bundle
from wpsdesk.desk.agencies.agency_errors import SendItTo
from wpsdesk.desk.arrivals.keeping import Received, keep_submission
from wpsdesk.desk.arrivals.submitted import submitted_of
from wpsdesk.desk.errors import AlreadyReceived, NothingWaitsAside, SignerWaits, TooManyWait
from wpsdesk.desk.keys.introducing import riding_request
from wpsdesk.desk.keys.issued import Issued, issued_to
from wpsdesk.desk.model import LIMIT, WAITING, Desk, opening_keys, require_gathering, trust_of
from wpsdesk.store import evidence as files
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import check_signer
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import UnknownSigner

MOST_WAITING: Final = 200
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A submission that has been set aside. Whose it is, is only what it says of itself."""

    digest: Digest  # of the file as it came
    file_name: str
    unit: UnitCode
    year: Year
    seq: int
    prepared_by: str
    fingerprint: str  # the digits of the request inside or, where there is none, of the signer's certificate
    has_request: bool
    public: bytes  # the signer's key, SubjectPublicKeyInfo in DER
    came: datetime
    size: int  # of the file, bytes


def keep_aside(desk: Desk, path: Path, opened: OpenedBundle, fault: UnknownSigner) -> WpsError:
    """Set a submission aside that nobody vouches for, and give the fault that says so.

    Everything but its signer is checked as ever. On any desk but UD's, and for any other kind, it is just
    ``fault``. The same file twice is kept once. Raises TooManyWait, and what verifying a bundle raises.
    """
    if not desk.gathers or opened.layout.kind is not Kind.SUBMISSION:
        return fault
    with desk.store.read() as tx:
        trust = trust_of(tx)
    verified = verify_bundle(opened, trust, desk.plan, desk.clock(), allow_unknown_signer=True)
    header = verified.header
    assert header.year is not None, "check 8 holds it against the payload's"
    if header.to != desk.unit.code:
        return SendItTo(unit=header.to)
    asked = riding_request(verified)
    digits = verified.signer.fingerprint if asked is None else asked.fingerprint
    with desk.store.write() as tx:
        kept = files.keep(tx, _file(path))
        if document(tx, WAITING, kept.digest) is None:
            if len(documents(tx, WAITING)) >= MOST_WAITING:
                raise TooManyWait(at_most=MOST_WAITING)
            found = Waiting(
                digest=kept.digest,
                file_name=path.name,
                unit=header.unit,
                year=header.year,
                seq=header.seq,
                prepared_by=header.prepared_by,
                fingerprint=digits,
                has_request=asked is not None,
                public=verified.signer.public,
                came=desk.clock(),
                size=kept.size,
            )
            put_document(tx, WAITING, kept.digest, canonical_json(_to_json(found)))
            note(tx, "set-aside", who=desk.unit.code, now=found.came, about=f"{found.unit}/{found.year}/{found.seq}")
    return SignerWaits(unit=header.unit, fingerprint=digits)


def _file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """What has been set aside, the oldest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        found = [_from(load_json(data, limit=LIMIT)) for _, data in documents(tx, WAITING)]
    return tuple(sorted(found, key=lambda each: (each.came, each.unit, each.seq)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A submission that was waiting, and what came of it."""

    waiting: Waiting
    outcome: Received | WpsError


def take_waiting(desk: Desk, unit: UnitCode | None = None) -> tuple[Admitted, ...]:
    """Take in what has been set aside and whose signer UD has enrolled since; of one unit or of all.

    What is refused now for another reason stays aside, with that reason. Raises OnlyTheAuthority.
    """
    found = []
    for each in waiting(desk):
        if unit not in (None, each.unit):
            continue
        with desk.store.read() as tx:
            vouched = _certificate_of(tx, each)
        if vouched is not None:
            found.append(Admitted(waiting=each, outcome=_admitted(desk, each, vouched)))
    return tuple(found)


@contextmanager
def laid_out(desk: Desk, digest: Digest) -> Iterator[Path]:
    """What has been set aside, as a file in a private folder, sealed as it came. Raises NothingWaitsAside."""
    with desk.store.read() as tx:
        if document(tx, WAITING, digest) is None:
            raise NothingWaitsAside(digest=digest)
    with private_folder() as folder:
        path = folder / "waiting.asice.cms"
        with new_file(path) as stream:
            for chunk in files.read(desk.store, digest):
                stream.write(chunk)
        yield path


def drop_waiting(desk: Desk, digest: Digest) -> None:
    """Put away for good what has been set aside. Raises OnlyTheAuthority, NothingWaitsAside."""
    require_gathering(desk)
    with desk.store.write() as tx:
        if document(tx, WAITING, digest) is None:
            raise NothingWaitsAside(digest=digest)
        _forget(tx, digest)
        note(tx, "set-aside-dropped", who=desk.unit.code, now=desk.clock(), about=digest[:12])


def _certificate_of(tx: Tx, one: Waiting) -> Issued | None:
    """The enrolment of exactly this key in exactly this unit."""
    return next((each for each in issued_to(tx, one.unit) if each.signing.public == one.public), None)


def _admitted(desk: Desk, one: Waiting, vouched: Issued) -> Received | WpsError:
    outcome: Received | WpsError
    try:
        outcome = _taken_in(desk, one, vouched)
    except AlreadyReceived as fault:
        outcome = fault
    except WpsError as fault:
        return fault
    with desk.store.write() as tx:
        _forget(tx, one.digest)
    return outcome


def _taken_in(desk: Desk, one: Waiting, vouched: Issued) -> Received:
    """Take in one submission by a signer whom UD has enrolled since.

    1. The file is laid in a private folder, sealed as it is. 2. The certificate that UD has issued must be good.
    3. The file is checked anew, and must be signed by that very key. 4. It is kept like any other.
    """
    with desk.store.read() as tx:
        trust, keys = trust_of(tx), opening_keys(tx)
    assert trust is not None, "the authority has had it from its first moment"
    with laid_out(desk, one.digest) as path:
        chain = check_signer(vouched.signing, (), trust, desk.clock(), accept_stale=True)
        with sealed_bundle(path) as sealed:
            opened = open_bundle(sealed, keys)
            found = verify_bundle(opened, trust, desk.plan, desk.clock(), allow_unknown_signer=True)
            if found.signer.public != vouched.signing.public or found.header.unit != vouched.unit:
                raise UnknownSigner(fingerprint=found.signer.fingerprint, unit=found.signer.unit)
            standing = replace(found.standing, is_trusted=True, is_revoked=False, is_root_compared=True)
            believed = replace(found, standing=standing, signer=vouched.signing, warnings=chain.warnings)
            return keep_submission(desk, one.file_name, submitted_of(believed))


def _forget(tx: Tx, digest: Digest) -> None:
    remove_document(tx, WAITING, digest)
    files.forget(tx, digest)


def _to_json(one: Waiting) -> dict[str, object]:
    return {
        "sha256": one.digest,
        "file_name": one.file_name,
        "unit": one.unit,
        "year": one.year,
        "seq": one.seq,
        "prepared_by": one.prepared_by,
        "fingerprint": one.fingerprint,
        "has_request": one.has_request,
        "public": base64_text(one.public),
        "came": rfc3339(one.came),
        "size": one.size,
    }


def _from(reader: Reader) -> Waiting:
    found = Waiting(
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        file_name=reader.get("file_name").line(),
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        year=Year(reader.get("year").integer(2000, 2199)),
        seq=reader.get("seq").integer(1, 99_999),
        prepared_by=reader.get("prepared_by").line(at_most=200),
        fingerprint=reader.get("fingerprint").line(at_most=80),
        has_request=reader.get("has_request").flag(),
        public=der_from(reader.get("public")),
        came=reader.get("came").time(),
        size=reader.get("size").integer(0, 1 << 40),
    )
    reader.done()
    return found
