"""What a compilation is made from: one verified report of a unit, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wpsdesk.base.ids import BundleId, Digest
from wpsdesk.plan.model import Unit
from wpsdesk.report.model import Report


class Edition(StrEnum):
    """For whom the report is made."""

    PUBLIC = "public"
    INTERNAL = "internal"
    MEETING = "meeting"  # a pack for a yearly meeting
    REVIEW = "review"  # several years, for the review of the plan


class Order(StrEnum):
    """What the report's chapters are."""

    COMMITMENT = "commitment"  # the plan's areas, commitment by commitment
    COUNTRY = "country"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A unit's latest report as it stands in a verified bundle. Times are aware and UTC."""

    unit: Unit
    report: Report
    bundle: BundleId
    digest: Digest  # of the signed container (.asice)
    seq: int  # the unit's own running number of the bundle in the year
    signed_by: str
    signed_at: datetime
    received_at: datetime
