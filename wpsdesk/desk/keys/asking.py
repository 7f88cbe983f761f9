"""The bundle that asks UD for a certificate, for a desk as for a person at it."""

from __future__ import annotations

from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import RequestPayload
from wpsdesk.bundle.writing import Draft
from wpsdesk.desk.model import Desk
from wpsdesk.trust.enrolment import EnrolmentRequest


def enrolment_draft(desk: Desk, asked: EnrolmentRequest, to: UnitCode) -> Draft:
    """A bundle that carries a request, to whom the desk reports, and nothing else."""
    return Draft(
        kind=Kind.ENROLMENT,
        unit=desk.unit.code,
        to=to,
        year=None,
        seq=1,
        payload=RequestPayload(request=asked),
        attachments=(),
        prepared_by=asked.person,
        approved_by="",
        plan=desk.identity.edition,
    )
