"""The aid statistics as values, for spreadsheets and programs."""

from __future__ import annotations

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.compilation.aid import told_agreements
from wpsdesk.compilation.aid_figures import AidBy, AidLine, aid_lines
from wpsdesk.compilation.aid_pictures import purpose_name, recipient_name
from wpsdesk.compilation.records import AidLineRecord, AidRecord
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.terms import MARKER
from wpsdesk.report.model import GenderMarker


def aid_record(setting: Setting) -> AidRecord | None:
    """The sums in every order; None where no statistics of the year are held."""
    found = setting.aid
    if found is None:
        return None
    told = told_agreements(setting)
    return AidRecord(
        currency=found.currency,
        source=found.source,
        sha256=found.digest,
        total=found.total,
        lines=tuple(_line(setting, by, line) for by in AidBy for line in aid_lines(found, by, told)),
    )


def _line(setting: Setting, by: AidBy, line: AidLine) -> AidLineRecord:
    return AidLineRecord(
        by=by.value,
        key=line.key,
        name=_name(setting, by, line.key),
        principal=line.amount(GenderMarker.PRINCIPAL),
        significant=line.amount(GenderMarker.SIGNIFICANT),
        not_targeted=line.amount(GenderMarker.NOT_TARGETED),
        not_screened=line.amount(GenderMarker.NOT_SCREENED),
        total=line.total,
        agreements=line.agreements,
    )


def _name(setting: Setting, by: AidBy, key: str) -> str:
    match by:
        case AidBy.COUNTRY:
            return recipient_name(setting, key)
        case AidBy.PURPOSE:
            return purpose_name(setting, key)
        case AidBy.MARKER:
            return setting.say(MARKER[GenderMarker(key)])
        case AidBy.COMMITMENT:
            return setting.plan.commitment(CommitmentNumber(int(key))).titles[setting.language]
