"""The bundles that lie in an archive, each checked by the day on which it came or went, as ``verify-all.sh`` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Cancelled, FileFault, WpsError
from wpsdesk.bundle import limits
from wpsdesk.bundle.model import Header, header_from
from wpsdesk.bundle.opening import OpenedBundle, open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import CallPayload, ReplyPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.zipreading import whole
from wpsdesk.desk.arrivals.keeping import Before
from wpsdesk.desk.arrivals.submitted import Submitted, submitted_of
from wpsdesk.desk.model import AUTHORITY, LIMIT
from wpsdesk.desk.publication.archive_errors import ArchivePieceFails
from wpsdesk.desk.publication.archive_reading import ArchivedSubmission, ReadArchive
from wpsdesk.desk.publication.archiving import RECEIPT, SUBMISSION, SUBMISSIONS, TRUST, pem_of
from wpsdesk.desk.publication.filing import SENT_FOLDER, sent_place
from wpsdesk.plan.model import Plan
from wpsdesk.report.reply import About
from wpsdesk.store.sent import Sent
from wpsdesk.trust.anchors import check_signer
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.errors import UnknownSigner

_BY_UD: Final = frozenset({AUTHORITY})


@contextmanager
def piece(name: str) -> Iterator[None]:
    """Whatever is wrong with one file of the archive is told by its name; what the disk or a person says, as it is."""
    try:
        yield
    except (Cancelled, FileFault, ArchivePieceFails):
        raise
    except WpsError as fault:
        raise ArchivePieceFails(name=name) from fault


def sent_in(found: ReadArchive) -> tuple[str, ...]:
    """The calls and replies by their names in the archive, the oldest first."""
    created = {}
    for name in sorted(name for name in found.files if name.startswith(f"{SENT_FOLDER}/")):
        with _opened(found, name) as opened:
            created[name] = _header(opened).created
    return tuple(sorted(created, key=lambda name: (created[name], name)))


@contextmanager
def one_sent(found: ReadArchive, plan: Plan, name: str) -> Iterator[tuple[Sent, VerifiedBundle]]:
    """A call or a reply: what a desk keeps of it, and the bundle, whose files can be read meanwhile."""
    with _opened(found, name) as opened:
        verified = _said_by_ud(opened, plan, found)
        layout, header = opened.layout, verified.header
        one = Sent(
            id=header.id,
            kind=header.kind,
            to=header.to,
            year=header.year,
            seq=header.seq,
            digest=verified.digest,
            created=header.created,
            header=whole(opened.plaintext, layout.header),
            payload=whole(opened.plaintext, layout.payload),
            manifest=whole(opened.plaintext, layout.manifest),
            signature=whole(opened.plaintext, layout.signature),
            size=verified.container_size,
        )
        if sent_place(one) != name or one.year != found.year:
            raise ArchivePieceFails(name=name)
        yield one, verified


@contextmanager
def one_submission(
    found: ReadArchive, plan: Plan, one: ArchivedSubmission, file_name: str
) -> Iterator[tuple[Submitted, Before]]:
    """A submission as it came, and how it was received; what it says can be read meanwhile.

    UD's note must be signed by UD and name exactly this container; the container must be signed by the unit, with a
    certificate that was good on that day by the chain and the lists that the note carries.
    """
    folder = f"{SUBMISSIONS}/{one.folder}"
    note, about, proof = _note_of(found, plan, f"{folder}/{RECEIPT}")
    if found.data(f"{folder}/{TRUST}", limit=LIMIT) != pem_of(note.trust):
        raise ArchivePieceFails(name=f"{folder}/{TRUST}")
    name = f"{folder}/{SUBMISSION}"
    with _opened(found, name) as opened:
        come = submitted_of(_as_it_came(opened, plan, note, about.received))
        told = (come.unit, come.year, come.seq, come.digest)
        if about.digest != come.digest or told != (one.unit, found.year, one.seq, one.digest):
            raise ArchivePieceFails(name=name)
        yield come, Before(file_name=file_name, at=about.received, proof=proof, standing=one.standing)


def _note_of(found: ReadArchive, plan: Plan, name: str) -> tuple[ReplyPayload, About, bytes]:
    """UD's own note of an import, which submission it is about, and its bytes."""
    with _opened(found, name) as opened:
        payload = _said_by_ud(opened, plan, found).payload
        if not isinstance(payload, ReplyPayload) or payload.reply.about is None or payload.signer is None:
            raise ArchivePieceFails(name=name)
        return payload, payload.reply.about, b"".join(opened.container())


@contextmanager
def _opened(found: ReadArchive, name: str) -> Iterator[OpenedBundle]:
    with piece(name), sealed_bundle(found.path / name) as sealed:
        opened = open_bundle(sealed, ())
        if opened.digest != found.files[name]:
            raise ArchivePieceFails(name=name)
        yield opened


def _header(opened: OpenedBundle) -> Header:
    return header_from(load_json(whole(opened.plaintext, opened.layout.header), limit=limits.HEADER_JSON))


def _said_by_ud(opened: OpenedBundle, plan: Plan, found: ReadArchive) -> VerifiedBundle:
    """Something that UD signed, judged by the day that it bears and by what it brought, under a root of the archive's.

    What was taken back later does not count: it was good on the day.
    """
    verified = verify_bundle(opened, None, plan, _header(opened).created, authorities=_BY_UD)
    payload = verified.payload
    if not isinstance(payload, CallPayload | ReplyPayload) or payload.trust.root not in found.roots:
        raise UnknownSigner(fingerprint=verified.signer.fingerprint, unit=verified.signer.unit)
    return verified


def _as_it_came(opened: OpenedBundle, plan: Plan, note: ReplyPayload, at: datetime) -> VerifiedBundle:
    """A submission by the signer whom UD believed: that of the signature, or one enrolled later with the same key."""
    believed = note.signer
    assert isinstance(believed, Certificate), "asked before"
    try:
        verified = verify_bundle(opened, note.trust, plan, at)
    except UnknownSigner:
        verified = verify_bundle(opened, note.trust, plan, at, allow_unknown_signer=True)
        check_signer(believed, (), note.trust, at, accept_stale=True)
    is_same = verified.signer.public == believed.public and verified.header.unit == believed.unit
    if not is_same or verified.header.to != AUTHORITY:
        raise UnknownSigner(fingerprint=verified.signer.fingerprint, unit=verified.signer.unit)
    return replace(verified, signer=believed)
