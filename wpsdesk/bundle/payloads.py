"""What a bundle carries: one document, whose sort follows from the bundle's kind.

What reads and writes a document is loaded when one of its sort turns up: a look at one bundle need not wait for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader
from wpsdesk.bundle.model import Base, Kind
from wpsdesk.plan.model import Plan
from wpsdesk.trust.anchors import TrustSet, trust_from, trust_to_json
from wpsdesk.trust.certificates import Certificate, UnitCertificates, certificates_from, certificates_to_json
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import BadCertificate

if TYPE_CHECKING:
    from wpsdesk.report.call import Call
    from wpsdesk.report.delta import Delta
    from wpsdesk.report.handover import GivenBack, Handover
    from wpsdesk.report.model import Report
    from wpsdesk.report.reply import Reply
    from wpsdesk.trust.enrolment import EnrolmentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPayload:
    """``request.json``: a unit asks for certificates."""

    request: EnrolmentRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPayload:
    """``call.json``: what is asked, what to believe in, and to whom answers are sealed."""

    call: Call
    trust: TrustSet
    recipients: UnitCertificates  # the authority's own


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPayload:
    """``report.json``: the whole report of a unit for a year."""

    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaPayload:
    """``delta.json``: what has changed since a report that the receiver has acknowledged."""

    delta: Delta


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPayload:
    """``reply.json``: the receipt, the certificates issued, and what to believe in from now on.

    ``personal`` is the certificate of one person's own key, in the place of a desk's three. ``signer`` is, in UD's
    own note of an import, the certificate by which it believed the submission's signature.
    ``given_back`` is the unit's own last submission, for a desk that has lost its machine.
    """

    reply: Reply
    certificates: UnitCertificates | None
    trust: TrustSet
    given_back: GivenBack | None = None
    personal: Certificate | None = None
    signer: Certificate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPayload:
    """``drafts.json``: what one desk of a unit hands to another."""

    handover: Handover


Payload = RequestPayload | CallPayload | ReportPayload | DeltaPayload | ReplyPayload | HandoverPayload

REPORT_NAME: Final = "report.json"
DELTA_NAME: Final = "delta.json"
_NAMES: Final = {
    "request.json": Kind.ENROLMENT,
    "call.json": Kind.CALL,
    REPORT_NAME: Kind.SUBMISSION,
    DELTA_NAME: Kind.SUBMISSION,
    "reply.json": Kind.REPLY,
    "drafts.json": Kind.HANDOVER,
}


def kind_of(payload: Payload) -> Kind:
    """The kind of bundle that carries such a payload."""
    match payload:
        case RequestPayload():
            return Kind.ENROLMENT
        case CallPayload():
            return Kind.CALL
        case ReportPayload() | DeltaPayload():
            return Kind.SUBMISSION
        case ReplyPayload():
            return Kind.REPLY
        case HandoverPayload():
            return Kind.HANDOVER


def name_of(payload: Payload) -> str:
    """The name under which it stands in its bundle."""
    if isinstance(payload, DeltaPayload):
        return DELTA_NAME
    return name_of_kind(kind_of(payload))


def name_of_kind(kind: Kind) -> str:
    """The name under which the whole payload of a kind stands in its bundle."""
    return next(name for name, each in _NAMES.items() if each is kind)


def base_of(payload: Payload) -> Base | None:
    """What a delta builds on; None for everything that stands alone."""
    if isinstance(payload, DeltaPayload):
        return Base(reply=payload.delta.base_reply, digest=payload.delta.base_digest)
    return None


def kind_by_name(name: str) -> Kind | None:
    """The kind of bundle whose payload has this name, or None."""
    return _NAMES.get(name)


def encode_payload(payload: Payload) -> bytes:
    """The payload's canonical bytes."""
    return canonical_json(_to_json(payload))


def _to_json(payload: Payload) -> dict[str, object]:
    match payload:
        case RequestPayload(request=request):
            from wpsdesk.trust.enrolment import request_to_json

            return request_to_json(request)
        case CallPayload():
            return _call_to_json(payload)
        case ReportPayload(report=report):
            from wpsdesk.report.codec import report_to_json

            return report_to_json(report)
        case DeltaPayload(delta=delta):
            from wpsdesk.report.delta import delta_to_json

            return delta_to_json(delta)
        case ReplyPayload():
            return _reply_to_json(payload)
        case HandoverPayload(handover=handover):
            from wpsdesk.report.handover import handover_to_json

            return handover_to_json(handover)


def _call_to_json(payload: CallPayload) -> dict[str, object]:
    from wpsdesk.report.call import call_to_json

    return {
        "call": call_to_json(payload.call),
        "trust": trust_to_json(payload.trust),
        "recipients": certificates_to_json(payload.recipients),
    }


def _reply_to_json(payload: ReplyPayload) -> dict[str, object]:
    from wpsdesk.report.reply import reply_to_json

    told: dict[str, object] = {
        "reply": reply_to_json(payload.reply),
        "certificates": None if payload.certificates is None else certificates_to_json(payload.certificates),
        "trust": trust_to_json(payload.trust),
    }
    if payload.given_back is not None:
        from wpsdesk.report.handover import given_back_to_json

        told["given_back"] = given_back_to_json(payload.given_back)
    for name, certificate in (("personal", payload.personal), ("signer", payload.signer)):
        if certificate is not None:
            told[name] = base64_text(certificate.der)
    return told


def payload_from(reader: Reader, name: str, plan: Plan) -> Payload:
    """The payload that stands in a bundle under ``name``, which must be one that :func:`kind_by_name` knows.

    Raises Malformed, BadRequest, BadCertificate, BadRevocationList.
    """
    match _NAMES[name]:
        case Kind.ENROLMENT:
            from wpsdesk.trust.enrolment import request_from

            return RequestPayload(request=request_from(reader))
        case Kind.SUBMISSION:
            return _submission_from(reader, name, plan)
        case Kind.CALL:
            return _call_from(reader, plan)
        case Kind.REPLY:
            return _reply_from(reader, plan)
        case Kind.HANDOVER:
            from wpsdesk.report.handover import handover_from

            return HandoverPayload(handover=handover_from(reader, plan))


def _submission_from(reader: Reader, name: str, plan: Plan) -> ReportPayload | DeltaPayload:
    if name == DELTA_NAME:
        from wpsdesk.report.delta import delta_from

        return DeltaPayload(delta=delta_from(reader, plan))
    from wpsdesk.report.codec import report_from

    return ReportPayload(report=report_from(reader, plan))


def _call_from(reader: Reader, plan: Plan) -> CallPayload:
    from wpsdesk.report.call import call_from

    call = CallPayload(
        call=call_from(reader.get("call"), plan),
        trust=trust_from(reader.get("trust")),
        recipients=certificates_from(reader.get("recipients")),
    )
    reader.done()
    return call


def _reply_from(reader: Reader, plan: Plan) -> ReplyPayload:
    from wpsdesk.report.reply import reply_from

    reply = ReplyPayload(
        reply=reply_from(reader.get("reply"), plan),
        certificates=reader.maybe("certificates", certificates_from),
        trust=trust_from(reader.get("trust")),
        given_back=reader.maybe("given_back", lambda r: _given_back_from(r, plan)),
        personal=reader.maybe("personal", _personal_from),
        signer=reader.maybe("signer", lambda r: Certificate.from_der(der_from(r))),
    )
    reader.done()
    return reply


def _given_back_from(reader: Reader, plan: Plan) -> GivenBack:
    from wpsdesk.report.handover import given_back_from

    return given_back_from(reader, plan)


def _personal_from(reader: Reader) -> Certificate:
    found = Certificate.from_der(der_from(reader))
    if found.person is None or not found.may_sign:
        raise BadCertificate(problem="wrong-role")
    return found
