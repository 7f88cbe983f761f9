"""What a bundle carries: one document, whose sort follows from the bundle's kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader
from wpsdesk.bundle.errors import ContentUnsupported
from wpsdesk.bundle.model import Kind
from wpsdesk.plan.model import Plan
from wpsdesk.report.call import Call, call_from, call_to_json
from wpsdesk.report.codec import report_from, report_to_json
from wpsdesk.report.model import Report
from wpsdesk.report.reply import Reply, reply_from, reply_to_json
from wpsdesk.trust.anchors import TrustSet, trust_from, trust_to_json
from wpsdesk.trust.certificates import UnitCertificates, certificates_from, certificates_to_json
from wpsdesk.trust.enrolment import EnrolmentRequest, request_from, request_to_json


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
class ReplyPayload:
    """``reply.json``: the receipt, the certificates issued, and what to believe in from now on."""

    reply: Reply
    certificates: UnitCertificates | None
    trust: TrustSet


Payload = RequestPayload | CallPayload | ReportPayload | ReplyPayload

_NAMES: Final = {
    Kind.ENROLMENT: "request.json",
    Kind.CALL: "call.json",
    Kind.SUBMISSION: "report.json",
    Kind.REPLY: "reply.json",
    Kind.HANDOVER: "drafts.json",
}
DELTA_NAME: Final = "delta.json"


def kind_of(payload: Payload) -> Kind:
    """The kind of bundle that carries such a payload."""
    match payload:
        case RequestPayload():
            return Kind.ENROLMENT
        case CallPayload():
            return Kind.CALL
        case ReportPayload():
            return Kind.SUBMISSION
        case ReplyPayload():
            return Kind.REPLY


def payload_name(kind: Kind) -> str:
    """The name of the payload in a bundle of this kind."""
    return _NAMES[kind]


def kind_by_name(name: str) -> Kind | None:
    """The kind of bundle whose payload has this name. Raises ContentUnsupported for what comes later."""
    if name == DELTA_NAME:
        raise ContentUnsupported(what="delta")
    found = next((kind for kind, payload in _NAMES.items() if payload == name), None)
    if found is Kind.HANDOVER:
        raise ContentUnsupported(what="handover")
    return found


def encode_payload(payload: Payload) -> bytes:
    """The payload's canonical bytes."""
    match payload:
        case RequestPayload(request=request):
            value = request_to_json(request)
        case CallPayload(call=call, trust=trust, recipients=recipients):
            value = {
                "call": call_to_json(call),
                "trust": trust_to_json(trust),
                "recipients": certificates_to_json(recipients),
            }
        case ReportPayload(report=report):
            value = report_to_json(report)
        case ReplyPayload(reply=reply, certificates=certificates, trust=trust):
            issued = None if certificates is None else certificates_to_json(certificates)
            value = {"reply": reply_to_json(reply), "certificates": issued, "trust": trust_to_json(trust)}
    return canonical_json(value)


def payload_from(reader: Reader, kind: Kind, plan: Plan) -> Payload:
    """The payload of a bundle of this kind.

    Raises Malformed, BadRequest, BadCertificate, BadRevocationList, ContentUnsupported.
    """
    match kind:
        case Kind.ENROLMENT:
            return RequestPayload(request=request_from(reader))
        case Kind.SUBMISSION:
            return ReportPayload(report=report_from(reader, plan))
        case Kind.CALL:
            call = CallPayload(
                call=call_from(reader.get("call"), plan),
                trust=trust_from(reader.get("trust")),
                recipients=certificates_from(reader.get("recipients")),
            )
            reader.done()
            return call
        case Kind.REPLY:
            reply = ReplyPayload(
                reply=reply_from(reader.get("reply"), plan),
                certificates=reader.maybe("certificates", certificates_from),
                trust=trust_from(reader.get("trust")),
            )
            reader.done()
            return reply
        case Kind.HANDOVER:
            raise ContentUnsupported(what="handover")
