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
from wpsdesk.base.files import make_folder, private_folder
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.model import Attachment
from wpsdesk.bundle.payloads import ReportPayload
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.bundle.writing import Draft, file_name
from wpsdesk.desk.errors import NotForTheAuthority
from wpsdesk.desk.model import CERTIFICATES, OWN, REQUEST, Desk, certificates_of, unit_keys
from wpsdesk.desk.places import destination
from wpsdesk.desk.submission.dividing import Cut, Cutting, ExportedSet, cut_up, export_in_parts
from wpsdesk.desk.submission.sending import (
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
from wpsdesk.trust.keys import Signer

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
    who = people or People(prepared_by=person)
    if _is_enrolled(desk):
        sent = export(
            desk, year, out, prepared_by=who.prepared_by, approved_by=who.approved_by, signer=who.signer,
            progress=progress,
        )  # fmt: skip
        return Introduced(sent=sent, fingerprint=None)
    ready, now = require_ready(desk, year), desk.clock()
    with desk.store.write() as tx:
        asking = _asking(tx, desk, person)
        who = signed_off(tx, desk, year, who)
        draft = submission_draft(tx, desk, ReportPayload(report=ready), unsent_evidence(tx, desk, ready), who)
        path = destination(out, file_name(desk.unit.code, now, draft.seq, sealed=True))
        signed_by = replace(who, signer=asking.signer)
        written = send(tx, desk, path, asking.with_request(draft), signed_by, progress=progress)
    return Introduced(sent=exported(written, draft), fingerprint=asking.fingerprint)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducedInParts:
    """A first submission in parts, and the digits to read out to UD."""

    divided: ExportedSet
    fingerprint: str | None  # None where the desk has its certificate, and no request went along


def introduce_in_parts(
    desk: Desk,
    year: Year,
    folder: Path,
    person: str,
    cut: Cut,
    *,
    people: People | None = None,
    progress: Progress = unwatched,
) -> IntroducedInParts:
    """The same in parts: the request rides in every sealed file of the set, for any of them may come first."""
    who = people or People(prepared_by=person)
    if _is_enrolled(desk):
        divided = export_in_parts(desk, year, folder, cut, people=who, progress=progress)
        return IntroducedInParts(divided=divided, fingerprint=None)
    require_ready(desk, year)
    make_folder(folder)
    with private_folder(within=folder) as room, desk.store.write() as tx:
        asking, cutting = _asking(tx, desk, person), Cutting(cut=cut, room=room, folder=folder)
        divided = cut_up(
            tx, desk, year, cutting, people=who, riding=asking.with_request, signer=asking.signer, progress=progress
        )
    return IntroducedInParts(divided=divided, fingerprint=asking.fingerprint)


def _is_enrolled(desk: Desk) -> bool:
    """Whether the desk has its certificate. Raises NotForTheAuthority."""
    if desk.gathers:
        raise NotForTheAuthority
    with desk.store.read() as tx:
        return certificates_of(tx, CERTIFICATES, OWN) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """A request that rides along, and the signer under the desk's own certificate."""

    fingerprint: str
    request: Attachment
    signer: Signer

    def with_request(self, draft: Draft) -> Draft:
        return replace(draft, attachments=(self.request, *draft.attachments))


def _asking(tx: Tx, desk: Desk, person: str) -> _Asking:
    keys, now = unit_keys(tx), desk.clock()
    asked = make_request(desk.unit.code, desk.unit.names.nb, person, keys, now)
    data = canonical_json(request_to_json(asked))
    put_document(tx, REQUEST, OWN, data)
    signer = interim_signer(keys, desk.unit.code, now)
    return _Asking(fingerprint=asked.fingerprint, request=_attachment(tx, data), signer=signer)


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
