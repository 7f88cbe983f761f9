"""A first submission that brings its own enrolment request: a unit far away need not send twice and wait between.

It is signed with the desk's key under a certificate of the desk's own making. UD sets it aside, compares the digits
of the request over the telephone, and takes it in when the certificate is issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.model import Attachment
from wpsdesk.bundle.payloads import ReportPayload
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.bundle.writing import file_name
from wpsdesk.desk.errors import NotForTheAuthority
from wpsdesk.desk.model import CERTIFICATES, OWN, REQUEST, Desk, certificates_of, unit_keys
from wpsdesk.desk.places import destination
from wpsdesk.desk.sending import (
    Exported,
    People,
    export,
    exported,
    require_ready,
    send,
    signed_off,
    submission_draft,
    unsent_evidence,
)
from wpsdesk.store import evidence as files
from wpsdesk.store.documents import put_document
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.enrolment import (
    EnrolmentRequest,
    interim_signer,
    make_request,
    proven_keys,
    request_from,
    request_to_json,
)
from wpsdesk.trust.errors import BadRequest

REQUEST_TYPE: Final = "application/vnd.wps-desk.request+json"
_LARGEST: Final = 64 << 10  # bytes of a request


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """A first submission that has been written, and the digits to read out to UD."""

    sent: Exported
    fingerprint: str | None  # None where the desk has its certificate, and no request went along


def introduce(
    desk: Desk, year: Year, out: Path, person: str, *, people: People | None = None, progress: Progress = unwatched
) -> Introduced:
    """Write what is ready, with the request for a certificate inside; from a desk that has its certificate, without.

    ``person`` asks, and can be called back. Raises NotForTheAuthority, BadRequest, and what export raises.
    """
    if desk.is_authority:
        raise NotForTheAuthority
    who = people or People(prepared_by=person)
    with desk.store.read() as tx:
        is_enrolled = certificates_of(tx, CERTIFICATES, OWN) is not None
    if is_enrolled:
        sent = export(
            desk, year, out, prepared_by=who.prepared_by, approved_by=who.approved_by, signer=who.signer,
            progress=progress,
        )  # fmt: skip
        return Introduced(sent=sent, fingerprint=None)
    ready, now = require_ready(desk, year), desk.clock()
    with desk.store.write() as tx:
        keys = unit_keys(tx)
        asked = make_request(desk.unit.code, desk.unit.names.nb, person, keys, now)
        data = canonical_json(request_to_json(asked))
        put_document(tx, REQUEST, OWN, data)
        who = signed_off(tx, desk, year, who)
        draft = submission_draft(tx, desk, ReportPayload(report=ready), unsent_evidence(tx, desk, ready), who)
        with_request = replace(draft, attachments=(_attachment(tx, data), *draft.attachments))
        path = destination(out, file_name(desk.unit.code, now, draft.seq, sealed=True))
        signed_by = replace(who, signer=interim_signer(keys, desk.unit.code, now))
        written = send(tx, desk, path, with_request, signed_by, progress=progress)
    return Introduced(sent=exported(written, draft), fingerprint=asked.fingerprint)


def _attachment(tx: Tx, data: bytes) -> Attachment:
    """The request as a file of the bundle; it is kept like evidence, so that the bundle can be made again."""
    kept = files.keep(tx, (data,))

    def read() -> Iterator[bytes]:
        return files.read(tx, kept.digest)

    return Attachment(
        digest=kept.digest,
        size=kept.size,
        media_type=REQUEST_TYPE,
        original_name="request.json",
        title="",
        is_restricted=False,
        read=read,
    )


def riding_request(verified: VerifiedBundle) -> EnrolmentRequest | None:
    """The request inside a submission; None where there is none, or none by the very key that signed it."""
    for file in verified.header.files:
        if file.media_type != REQUEST_TYPE or file.size > _LARGEST:
            continue
        try:
            data = b"".join(map(bytes, verified.read(file.name)))
            asked = request_from(load_json(data, limit=_LARGEST))
        except (Malformed, BadRequest):
            continue
        if asked.unit == verified.header.unit and proven_keys(asked)[0] == verified.signer.public:
            return asked
    return None
