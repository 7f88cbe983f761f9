"""What an entry lists, as JSON and back: indicators, partners, money and evidence."""

from __future__ import annotations

import re
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import DIGEST, Digest
from wpsdesk.report.members import Json, day_text, line_or_nothing, number_text, without_nothing
from wpsdesk.report.model import (
    OPEN,
    Evidence,
    EvidenceKind,
    GenderMarker,
    Indicator,
    Measure,
    MeasureStatus,
    Money,
    Partner,
    PartnerKind,
)
from wpsdesk.report.passages import access_from, access_to_json, language_from

MAX_LIST: Final = 200
MAX_EVIDENCE: Final = 1_990  # a bundle holds 2,000 files
MAX_SIZE: Final = 2 << 30

_DAC = re.compile(r"([0-9]{5})?")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
_FILE_NAME = re.compile(r'[^/\\:*?"<>|\x00-\x1f]{1,255}')


def indicator_to_json(indicator: Indicator) -> Json:
    """A figure."""
    counts = {name: getattr(indicator, name) for name in ("women", "men", "other", "unknown")}
    return {
        **without_nothing(
            name=indicator.name,
            measure=indicator.measure,
            value=number_text(indicator.value),
            unit=indicator.unit,
            baseline=number_text(indicator.baseline),
            baseline_year=indicator.baseline_year,
            measured_on=day_text(indicator.measured_on),
            source=indicator.source,
        ),
        **{name: count for name, count in counts.items() if count is not None},
    }


def indicator_from(reader: Reader) -> Indicator:
    """An untrusted figure. Raises Malformed."""

    def count(r: Reader) -> int:
        return r.integer(0, 10**12)

    found = Indicator(
        name=reader.get("name").line(at_most=300, at_least=1),
        measure=line_or_nothing(reader, "measure"),
        value=reader.maybe("value", Reader.decimal),
        unit=line_or_nothing(reader, "unit"),
        women=reader.maybe("women", count),
        men=reader.maybe("men", count),
        other=reader.maybe("other", count),
        unknown=reader.maybe("unknown", count),
        baseline=reader.maybe("baseline", Reader.decimal),
        baseline_year=reader.maybe("baseline_year", lambda r: r.integer(1990, 2100)),
        measured_on=reader.maybe("measured_on", Reader.date),
        source=line_or_nothing(reader, "source"),
    )
    reader.done()
    return found


def partner_to_json(partner: Partner) -> Json:
    """Whom it was done with."""
    return {"name": partner.name, "kind": partner.kind, "may_be_named": partner.may_be_named}


def partner_from(reader: Reader) -> Partner:
    """An untrusted partner. Raises Malformed."""
    found = Partner(
        name=reader.get("name").line(at_most=300, at_least=1),
        kind=reader.default("kind", lambda r: r.choice(PartnerKind), PartnerKind.OTHER),
        may_be_named=reader.default("may_be_named", Reader.flag, False),
    )
    reader.done()
    return found


def measure_to_json(measure: Measure) -> Json:
    """A measure of the unit's own."""
    return {
        "title": measure.title,
        "status": measure.status,
        **without_nothing(owner=measure.owner, due=day_text(measure.due), result=measure.result),
    }


def measure_from(reader: Reader) -> Measure:
    """An untrusted measure. Raises Malformed."""
    found = Measure(
        title=reader.get("title").line(at_most=300, at_least=1),
        owner=line_or_nothing(reader, "owner"),
        due=reader.maybe("due", Reader.date),
        status=reader.default("status", lambda r: r.choice(MeasureStatus), MeasureStatus.PLANNED),
        result=line_or_nothing(reader, "result"),
    )
    reader.done()
    return found


def money_to_json(money: Money) -> Json:
    """An agreement and what was paid."""
    amounts = {"amount_nok": money.amount_nok, "disbursed_nok": money.disbursed_nok}
    return {
        **without_nothing(agreement=money.agreement, dac_sector=money.dac_sector),
        **{name: amount for name, amount in amounts.items() if amount is not None},
        "gender_marker": money.gender_marker,
    }


def money_from(reader: Reader) -> Money:
    """An untrusted agreement. Raises Malformed."""

    def amount(r: Reader) -> int:
        return r.integer(-(10**12), 10**12)  # a repayment is a negative disbursement

    found = Money(
        agreement=line_or_nothing(reader, "agreement"),
        amount_nok=reader.maybe("amount_nok", amount),
        disbursed_nok=reader.maybe("disbursed_nok", amount),
        gender_marker=reader.default("gender_marker", lambda r: r.choice(GenderMarker), GenderMarker.NOT_SCREENED),
        dac_sector=reader.default("dac_sector", lambda r: r.matching(_DAC), ""),
    )
    reader.done()
    return found


def evidence_to_json(evidence: Evidence) -> Json:
    """A file of evidence as the report tells of it."""
    return {
        "sha256": evidence.digest,
        "name": evidence.name,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "title": evidence.title,
        "kind": evidence.kind,
        "language": evidence.language,
        **without_nothing(
            dated=day_text(evidence.dated),
            source=evidence.source,
            consent=evidence.consent,
            access=access_to_json(evidence.access),
        ),
    }


def evidence_from(reader: Reader) -> Evidence:
    """An untrusted piece of evidence. Raises Malformed."""
    found = Evidence(
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        name=reader.get("name").matching(_FILE_NAME),
        media_type=reader.get("media_type").matching(_MEDIA_TYPE),
        size=reader.get("size").integer(0, MAX_SIZE),
        title=reader.get("title").line(at_most=300, at_least=1),
        kind=reader.default("kind", lambda r: r.choice(EvidenceKind), EvidenceKind.OTHER),
        dated=reader.maybe("dated", Reader.date),
        language=reader.default("language", language_from, "nb"),
        source=line_or_nothing(reader, "source"),
        consent=reader.default("consent", Reader.flag, False),
        access=reader.default("access", access_from, OPEN),
    )
    reader.done()
    return found
