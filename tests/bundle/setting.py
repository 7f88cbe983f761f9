"""Who takes part in these tests: UD with its authority, the embassy in Amman, and what they send each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import sha256
from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.bundle.model import Attachment, Kind
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import CallPayload, DeltaPayload, Payload, ReplyPayload, ReportPayload, RequestPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Draft, Written, write_bundle
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Names, Plan, Unit, UnitKind
from wpsdesk.report.call import Asked, Call
from wpsdesk.report.delta import Delta
from wpsdesk.report.model import Entry, EntryKey, Passage, Report, Status
from wpsdesk.report.reply import Note, Receipt, Reply
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.authority import Authority, issue, make_authority, revocation_lists
from wpsdesk.trust.certificates import Certificate, UnitCertificates
from wpsdesk.trust.enrolment import EnrolmentRequest, interim_signer, make_request
from wpsdesk.trust.keys import KeySigner, Signer, UnitKeys

NOW: Final = datetime(2027, 3, 1, 14, 2, tzinfo=UTC)
YEAR: Final = Year(2026)
UD: Final = UnitCode("UD")
AMM: Final = UnitCode("AMM")
ID: Final = BundleId("5f0c7a52-6b1e-4f0e-9d1c-0123456789ab")
"""Given where bytes are compared."""

PICTURE: Final = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
NOTES: Final = "Møte med kvinnenettverket: 14 deltakere, to vedtak.\n".encode() * 40


@dataclass(frozen=True, kw_only=True)
class Party:
    """A unit with its keys and certificates."""

    unit: UnitCode
    keys: UnitKeys
    request: EnrolmentRequest
    certificates: UnitCertificates
    chain: tuple[Certificate, ...]

    @property
    def signer(self) -> Signer:
        return KeySigner(key=self.keys.signing, certificate=self.certificates.signing, chain=self.chain)

    @property
    def interim(self) -> Signer:
        return interim_signer(self.keys, self.unit, NOW)

    @property
    def recipients(self) -> tuple[Certificate, ...]:
        return (self.certificates.sealing, self.certificates.recovery)

    @property
    def opening(self) -> tuple[OpeningKey, ...]:
        return (OpeningKey(key=self.keys.sealing, certificate=self.certificates.sealing),)

    @property
    def recovering(self) -> tuple[OpeningKey, ...]:
        return (OpeningKey(key=self.keys.recovery, certificate=self.certificates.recovery),)

    @property
    def opening_without_certificate(self) -> tuple[OpeningKey, ...]:
        return (OpeningKey(key=self.keys.sealing, certificate=None),)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Everything that stays the same from test to test."""

    plan: Plan
    authority: Authority
    trust: TrustSet
    ud: Party
    amman: Party
    stranger: Party  # enrolled by another authority that calls itself the same
    strange_trust: TrustSet

    # -- what is sent ----------------------------------------------------------------------------

    def draft(self, payload: Payload, *attachments: Attachment) -> Draft:
        """A draft of whatever kind ``payload`` is for."""
        match payload:
            case RequestPayload():
                kind, unit, to, year = Kind.ENROLMENT, AMM, UD, None
            case CallPayload(call=call):
                kind, unit, to, year = Kind.CALL, UD, UnitCode("ALL"), call.year
            case DeltaPayload(delta=delta):
                kind, unit, to, year = Kind.SUBMISSION, AMM, UD, delta.year
            case ReportPayload(report=report):
                kind, unit, to, year = Kind.SUBMISSION, AMM, UD, report.year
            case ReplyPayload(reply=reply):
                kind, unit, to, year = Kind.REPLY, UD, AMM, reply.year
        return Draft(
            kind=kind,
            unit=unit,
            to=to,
            year=year,
            seq=1,
            payload=payload,
            attachments=attachments,
            prepared_by="Kari Nordmann",
            approved_by="Ola Nordmann",
            plan=self.plan.edition,
        )

    @property
    def request(self) -> RequestPayload:
        return RequestPayload(request=self.amman.request)

    @property
    def call(self) -> CallPayload:
        return CallPayload(call=_call(self.plan), trust=self.trust, recipients=self.ud.certificates)

    @property
    def report(self) -> ReportPayload:
        return ReportPayload(report=_report(self.plan))

    @property
    def delta(self) -> DeltaPayload:
        """What makes another report of :attr:`report`, which UD has acknowledged."""
        entry = Entry(key=EntryKey(CommitmentNumber(6)), effort=Passage(text="Nytt.", language="nn"))
        return DeltaPayload(
            delta=Delta(
                unit=AMM, year=YEAR, edition=self.plan.edition, base_reply=ID, base_digest=sha256(b"base"),
                upserted=(entry,), deleted=(EntryKey(CommitmentNumber(5), CountryCode("JO")),),
            )
        )  # fmt: skip

    @property
    def reply(self) -> ReplyPayload:
        reply = Reply(unit=AMM, year=YEAR, receipt=Receipt.OK, notes=(Note.CERTIFICATE_ISSUED,))
        return ReplyPayload(reply=reply, certificates=self.amman.certificates, trust=self.trust)

    def write(self, out: Path, payload: Payload, *attachments: Attachment, new_id: BundleId | None = ID) -> Written:
        """``payload`` as its sender would send it."""
        sender, to = self.parties(payload)
        return write_bundle(out, self.draft(payload, *attachments), sender, seal_to=to, now=NOW, new_id=new_id)

    def parties(self, payload: Payload) -> tuple[Signer, tuple[Certificate, ...]]:
        """Who signs such a thing, and to whom it is sealed."""
        match payload:
            case RequestPayload():
                return self.amman.interim, ()
            case CallPayload():
                return self.ud.signer, ()
            case ReportPayload() | DeltaPayload():
                return self.amman.signer, self.ud.recipients
            case ReplyPayload():
                return self.ud.signer, self.amman.recipients

    def opening(self, payload: Payload) -> tuple[OpeningKey, ...]:
        """The keys of whom it is sent to."""
        match payload:
            case ReportPayload() | DeltaPayload():
                return self.ud.opening
            case ReplyPayload():
                return self.amman.opening
            case _:
                return ()

    @contextmanager
    def reading(self, path: Path, payload: Payload) -> Iterator[VerifiedBundle]:
        """The bundle as whoever it is sent to opens and verifies it, by UD's trust."""
        with sealed_bundle(path) as sealed:
            yield verify_bundle(open_bundle(sealed, self.opening(payload)), self.trust, self.plan, NOW)


def attachment(data: bytes, media_type: str = "image/png", name: str = "Bilde fra møtet.png") -> Attachment:
    """``data`` as a piece of evidence."""
    return Attachment(
        digest=sha256(data),
        size=len(data),
        media_type=media_type,
        original_name=name,
        title=name.rpartition(".")[0],
        is_restricted=False,
        read=partial(in_pieces, data),
    )


def in_pieces(data: bytes, size: int = 1000) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


PHOTO: Final = attachment(PICTURE)
MINUTES: Final = attachment(NOTES, "text/plain", "Referat æøå.txt")


def _enrolled(unit: UnitCode, name: str, authority: Authority) -> Party:
    keys = UnitKeys.generate()
    request = make_request(unit, name, "Kari Nordmann", keys, NOW)
    return Party(
        unit=unit,
        keys=keys,
        request=request,
        certificates=issue(authority, request, NOW),
        chain=(authority.issuing,),
    )


def make_setting() -> Setting:
    authority, other = make_authority(NOW), make_authority(NOW)
    return Setting(
        plan=load_plan(),
        authority=authority,
        trust=authority.trust(revocation_lists(authority, (), 1, NOW)),
        ud=_enrolled(UD, "Utenriksdepartementet", authority),
        amman=_enrolled(AMM, "Ambassaden i Amman", authority),
        stranger=_enrolled(AMM, "Ambassaden i Amman", other),
        strange_trust=other.trust(revocation_lists(other, (), 1, NOW)),
    )


def _call(plan: Plan) -> Call:
    names = Names(nb="Ambassaden i Amman", nn="Ambassaden i Amman", en="The embassy in Amman")
    unit = Unit(code=AMM, kind=UnitKind.MISSION, names=names, covers=(CountryCode("JO"),))
    return Call(
        edition=plan.edition,
        year=YEAR,
        number=1,
        deadline=date(2027, 3, 15),
        issued=NOW,
        guidance=((None, "Skriv kort."),),
        asked=(Asked(unit=unit, commitments=(CommitmentNumber(5), CommitmentNumber(6))),),
        focus_countries=plan.focus_countries,
    )


def _report(plan: Plan) -> Report:
    entry = Entry(
        key=EntryKey(CommitmentNumber(5), CountryCode("JO")),
        status=Status.UNDER_WAY,
        effort=Passage(text="Ambassaden støttet tre nettverk.", language="nb"),
    )
    return Report(unit=AMM, year=YEAR, edition=plan.edition, entries=(entry,))
