"""Verifying: from a container of the right form to a bundle that may be believed. Checks 5 to 8.

The steps, in this order; each number stands again at its code:

5. The signature, before any XML is looked at: canonical, one signer, over this manifest, by a key that leads to
   the root, whose revocation lists are signed and fresh. A call and a reply bring the root, the chain and newer
   lists themselves: for these the way to the root is checked in step 8, when what they bring has been read.
6. The manifest: no DOCTYPE, no entity, no instruction, not deep, and written exactly as we write it.
7. The files are those of the manifest, in its order; every one has the digest that was signed.
8. ``bundle.json`` and the payload: strict, canonical JSON of the schemas we know; the unit that signed, the unit
   that ``bundle.json`` names and the unit in the payload are one; calls and replies are the authority's.

Whether the bundle has been seen before, and how it stands to what is held, is asked by whoever receives it.
Time and trust are arguments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.digesting import Digesting
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.editions import require_edition
from wpsdesk.bundle.errors import (
    Altered,
    ContentMalformed,
    ContentsDiffer,
    NewerReport,
    NotTheAuthority,
    WrongUnit,
)
from wpsdesk.bundle.manifest import Listed, listed_in
from wpsdesk.bundle.model import AUTHORITIES, HEADER_NAME, JSON_TYPE, Header, Kind, header_from, header_to_json
from wpsdesk.bundle.opening import OpenedBundle
from wpsdesk.bundle.payloads import (
    CallPayload,
    DeltaPayload,
    HandoverPayload,
    Payload,
    ReplyPayload,
    ReportPayload,
    RequestPayload,
    base_of,
    kind_by_name,
    name_of,
    payload_from,
)
from wpsdesk.bundle.signing import Signed, read_signature
from wpsdesk.bundle.zipform import ZipEntry
from wpsdesk.bundle.zipreading import unpacked, whole
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import SCHEMA
from wpsdesk.trust.anchors import Chain, TrustSet, check_signer
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.errors import BadRequest, StaleRevocationList, UnknownSigner, Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a bundle is to be believed; four things that are never mixed up. None: could not be told."""

    is_intact: bool | None
    """The files are those that the signature was made over."""

    is_valid: bool | None
    """The signature is the work of the key in the signer's certificate."""

    is_trusted: bool | None
    """The certificate leads to the root, and is in force at the time asked about."""

    is_revoked: bool | None
    """The authority has taken the certificate, or one above it, back."""

    is_root_compared: bool
    """The root is the one this desk believes in already; False where the bundle brought its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What stands in a bundle, once it has been read."""

    header: Header
    payload: Payload
    header_bytes: bytes
    payload_bytes: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedBundle:
    """A bundle that has passed every check. Lives as long as its SealedBundle is open."""

    header: Header
    payload: Payload
    payload_bytes: bytes
    digest: Digest  # of the signed container
    container_size: int
    signer: Certificate
    signed_at: datetime
    standing: Standing
    opened: OpenedBundle
    warnings: tuple[StaleRevocationList, ...] = ()  # what does not stand in the way, and should be known

    def read(self, name: str) -> Iterator[bytes]:
        """One file of it by its name inside (``header.files``), digest checked once more when all has come.

        Raises KeyError, Altered, FileUnreadable.
        """
        file = {file.name: file for file in self.header.files}[name]
        entry = next(entry for entry in self.opened.layout.evidence if entry.name == name)
        return _checked(self.opened, entry, file.digest)

    def container(self) -> Iterator[bytes]:
        """The signed container, byte for byte. Raises Altered, FileUnreadable."""
        return self.opened.container()


def verify_bundle(
    opened: OpenedBundle,
    trust: TrustSet | None,
    plan: Plan,
    at: datetime,
    *,
    allow_unknown_signer: bool = False,
    authorities: frozenset[UnitCode] = AUTHORITIES,
    progress: Progress = unwatched,
) -> VerifiedBundle:
    """Checks 5 to 8, by what is believed in at the time ``at``. ``progress`` counts the bytes of evidence.

    ``trust`` is None on a desk that has had no call yet: then a call or a reply is held against the root that it
    brings, ``standing.is_root_compared`` is False, and a person must compare that root's fingerprint.
    ``authorities``: whose calls and replies this desk goes by. ``allow_unknown_signer`` lets a submission pass that
    nobody vouches for, as not trusted; an enrolment always passes so. Raises BundleRefused, Untrusted, RootMismatch,
    BadCertificate, BadRevocationList, BadRequest, FileUnreadable, Cancelled.
    """
    layout = opened.layout
    # 5. The signature, before XML.
    manifest = whole(opened.plaintext, layout.manifest)
    signed = read_signature(whole(opened.plaintext, layout.signature), manifest)
    chain = believed(layout.kind, signed, trust, at, allow_unknown_signer=allow_unknown_signer)
    # 6. The manifest.
    listed = listed_in(manifest)
    # 7. The files.
    require_listed(opened, listed, progress)
    # 8. The documents, and who may say such a thing.
    contents = contents_of(opened, listed, plan)
    require_one_unit(contents, signed.signer, authorities, is_trusted=chain is not None)
    if layout.kind in BRINGS_TRUST:
        chain = believed_by_its_own(contents.payload, signed, trust, at)
    return _verified(opened, signed, contents, chain, trust)


def _standing(chain: Chain | None, trust: TrustSet | None) -> Standing:
    return Standing(
        is_intact=True,
        is_valid=True,
        is_trusted=chain is not None,
        is_revoked=None if chain is None else False,
        is_root_compared=chain is not None and trust is not None,
    )


def _verified(
    opened: OpenedBundle, signed: Signed, contents: Contents, chain: Chain | None, trust: TrustSet | None
) -> VerifiedBundle:
    return VerifiedBundle(
        header=contents.header,
        payload=contents.payload,
        payload_bytes=contents.payload_bytes,
        digest=opened.digest,
        container_size=opened.container_size,
        signer=signed.signer,
        signed_at=signed.signed_at,
        standing=_standing(chain, trust),
        opened=opened,
        warnings=() if chain is None else chain.warnings,
    )


# -- 5: whom to believe --------------------------------------------------------------------------

BRINGS_TRUST: Final = frozenset({Kind.CALL, Kind.REPLY})
"""The kinds by which the authority gives trust; with anything else it must be there already."""


def believed(
    kind: Kind, signed: Signed, trust: TrustSet | None, at: datetime, *, allow_unknown_signer: bool
) -> Chain | None:
    """5. The way from the signer to the root; None where there is none and none is needed yet. Raises Untrusted.

    An old revocation list is a warning, a missing one a fault. Whoever asks for a certificate may have none that is
    good any more: then the request is as good as a stranger's.
    """
    if kind in BRINGS_TRUST:
        return None
    fault: Untrusted = UnknownSigner(fingerprint=signed.signer.fingerprint, unit=signed.signer.unit)
    if trust is not None:
        try:
            return check_signer(signed.signer, signed.others, trust, at, accept_stale=True)
        except Untrusted as found:
            fault = found
    if kind is Kind.ENROLMENT or (allow_unknown_signer and isinstance(fault, UnknownSigner)):
        return None
    raise fault


def believed_by_its_own(payload: Payload, signed: Signed, trust: TrustSet | None, at: datetime) -> Chain:
    """5, for a call and a reply: by the root that is known, if any, and the chain and lists that came along.

    Raises Untrusted, RootMismatch where they come from another root than ``trust``.
    """
    assert isinstance(payload, CallPayload | ReplyPayload)
    # The newest list of each authority counts, be it ours or theirs: an old call brings no old list back.
    together = payload.trust if trust is None else trust.joined(payload.trust)
    return check_signer(signed.signer, signed.others, together, at, accept_stale=True)


# -- 7: the files --------------------------------------------------------------------------------


def require_listed(opened: OpenedBundle, listed: tuple[Listed, ...], progress: Progress) -> None:
    """7. The same names in the same order, and the digest of every piece of evidence.

    Raises ContentsDiffer, Altered, Bomb, FileUnreadable, Cancelled.
    """
    entries = opened.layout.signed
    for position in range(max(len(entries), len(listed))):
        name = entries[position].name if position < len(entries) else ""
        if position >= len(listed) or listed[position].name != name:
            raise ContentsDiffer(code="names", name=name or listed[position].name)
    evidence = opened.layout.evidence  # the documents' digests are held against what is held of them: see below
    total, done = sum(entry.size for entry in evidence), 0
    for entry, file in zip(evidence, listed[len(entries) - len(evidence) :], strict=True):
        for piece in _checked(opened, entry, file.digest):
            done += len(piece)
            progress(done, total)


def _checked(opened: OpenedBundle, entry: ZipEntry, digest: Digest) -> Iterator[bytes]:
    seen = Digesting()
    for piece in unpacked(opened.plaintext, entry):
        seen.update(piece)
        yield piece
    if seen.digest() != digest:
        raise Altered(where="file", name=entry.name)


# -- 8: the documents ----------------------------------------------------------------------------


def contents_of(opened: OpenedBundle, listed: tuple[Listed, ...], plan: Plan) -> Contents:
    """8. The header and the payload, and that the header tells of the files that are there.

    Raises ContentMalformed, ContentsDiffer, NewerReport, OtherPlan, Altered, Bomb,
    FileUnreadable, BadRequest, BadCertificate, BadRevocationList.
    """
    layout = opened.layout
    header_bytes = _document(opened, layout.header, listed[0])
    header = _header_in(header_bytes)
    if kind_by_name(layout.payload.name) is not header.kind:
        raise ContentMalformed(document=HEADER_NAME, place="kind", problem="inconsistent")
    _require_files(header, layout.evidence, listed)
    if header.kind is Kind.SUBMISSION and header.schema != SCHEMA:
        raise NewerReport(version=header.schema)
    require_edition(header.plan, plan.edition)
    payload_bytes = _document(opened, layout.payload, listed[1])
    payload = _payload_in(payload_bytes, layout.payload.name, plan)
    return Contents(header=header, payload=payload, header_bytes=header_bytes, payload_bytes=payload_bytes)


def _document(opened: OpenedBundle, entry: ZipEntry, listed: Listed) -> bytes:
    """A document in memory. 7. Its digest."""
    data = whole(opened.plaintext, entry)
    if sha256(data) != listed.digest:
        raise Altered(where="file", name=entry.name)
    if listed.media_type != JSON_TYPE:
        raise ContentsDiffer(code="files", name=entry.name)
    return data


def _header_in(data: bytes) -> Header:
    try:
        header = header_from(load_json(data, limit=limits.HEADER_JSON))
    except Malformed as fault:
        raise ContentMalformed(document=HEADER_NAME, place=fault.path, problem=fault.problem) from None
    if canonical_json(header_to_json(header)) != data:
        raise ContentMalformed(document=HEADER_NAME, place="", problem="not-canonical")
    return header


def _require_files(header: Header, evidence: tuple[ZipEntry, ...], listed: tuple[Listed, ...]) -> None:
    told = [(file.name, file.size, file.digest, file.media_type) for file in header.files]
    there = [
        (entry.name, entry.size, file.digest, file.media_type) for entry, file in zip(evidence, listed[2:], strict=True)
    ]
    for position in range(max(len(told), len(there))):
        if told[position : position + 1] != there[position : position + 1]:
            name = (there[position : position + 1] or told[position : position + 1])[0][0]
            raise ContentsDiffer(code="files", name=name)


def _payload_in(data: bytes, document: str, plan: Plan) -> Payload:
    try:
        reader = load_json(data, limit=limits.PAYLOAD_JSON)
        if not _is_canonical(reader, data):
            raise ContentMalformed(document=document, place="", problem="not-canonical")
        return payload_from(reader, document, plan)
    except Malformed as fault:
        raise ContentMalformed(document=document, place=fault.path, problem=fault.problem) from None


def _is_canonical(reader: Reader, data: bytes) -> bool:
    try:
        return canonical_json(reader.value) == data
    except (TypeError, UnicodeEncodeError):  # a float; half of a surrogate pair
        return False


def require_one_unit(
    contents: Contents, signer: Certificate, authorities: frozenset[UnitCode], *, is_trusted: bool
) -> None:
    """8. Who signs, who speaks and whom it is about fit together.

    Raises WrongUnit, NotTheAuthority, ContentMalformed (``inconsistent``), BadRequest.
    """
    header, payload = contents.header, contents.payload
    if signer.unit != header.unit:
        raise WrongUnit(signer=signer.unit, named=header.unit)
    _require_approver(header, signer)
    if header.base is not None and not isinstance(payload, DeltaPayload):
        raise ContentMalformed(document=HEADER_NAME, place="base", problem="inconsistent")
    match payload:
        case RequestPayload(request=request):
            from wpsdesk.trust.enrolment import proven_keys

            _require_unit(signer, request.unit)
            # Signed by the key that it asks for, or by the one it replaces.
            if not is_trusted and proven_keys(request)[0] != signer.public:
                raise BadRequest(reason="no-proof-of-possession")
        case ReportPayload(report=report):
            _require_unit(signer, report.unit)
            _require_same(payload, "year", header.year, report.year)
        case DeltaPayload(delta=delta):
            _require_unit(signer, delta.unit)
            _require_same(payload, "year", header.year, delta.year)
            _require_same(payload, "base", header.base, base_of(payload))
        case CallPayload(call=call, recipients=recipients):
            _require_authority(signer, authorities)
            _require_unit(signer, recipients.unit)
            _require_same(payload, "call.year", header.year, call.year)
        case ReplyPayload():
            _require_authority(signer, authorities)
            _require_one_addressee(header, payload)
        case HandoverPayload(handover=handover):
            _require_unit(signer, handover.unit)
            _require_same(payload, "unit", header.to, handover.unit)
            _require_same(payload, "year", header.year, handover.year)


def _require_approver(header: Header, signer: Certificate) -> None:
    """What a person signs with a key of their own is approved by that person, and by nobody else."""
    if header.kind is Kind.SUBMISSION and signer.person not in (None, header.approved_by):
        raise ContentMalformed(document=HEADER_NAME, place="approved_by", problem="inconsistent")


def _require_authority(signer: Certificate, authorities: frozenset[UnitCode]) -> None:
    if signer.unit not in authorities:
        raise NotTheAuthority(signer=signer.unit, authority=min(authorities) if len(authorities) == 1 else None)


def _require_one_addressee(header: Header, payload: ReplyPayload) -> None:
    """A reply is for one unit, whatever it carries."""
    reply, certificates, given = payload.reply, payload.certificates, payload.given_back
    _require_same(payload, "reply.unit", header.to, reply.unit)
    _require_same(payload, "reply.year", header.year, reply.year)
    if certificates is not None:
        _require_same(payload, "certificates", header.to, certificates.unit)
    if payload.personal is not None:
        _require_same(payload, "personal", header.to, payload.personal.unit)
    if given is not None:
        _require_same(payload, "given_back.report.unit", header.to, given.report.unit)
        _require_same(payload, "given_back.report.year", header.year, given.report.year)


def _require_unit(signer: Certificate, named: UnitCode) -> None:
    if signer.unit != named:
        raise WrongUnit(signer=signer.unit, named=named)


def _require_same(payload: Payload, place: str, told: object, found: object) -> None:
    if told != found:
        raise ContentMalformed(document=name_of(payload), place=place, problem="inconsistent")
