"""Aid statistics of a year as a picture with its table, outside any report."""

from __future__ import annotations

from wpsdesk.base.ids import Year
from wpsdesk.compilation.aid_figures import AidBy
from wpsdesk.compilation.aid_pictures import by, by_year, recipient_name
from wpsdesk.compilation.setting import OutsideReports
from wpsdesk.compilation.tree import Stack
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.agreements import told_agreements
from wpsdesk.desk.publication.statistics import statistics, years_with_statistics
from wpsdesk.i18n import catalogue
from wpsdesk.intake.aid import NothingForYear
from wpsdesk.plan.model import LanguageCode


def picture_of(desk: Desk, year: Year, what: AidBy, language: LanguageCode) -> Stack | None:
    """The sums as the annual report would draw them, with all years to ``year`` where they are by marker.

    None where nothing stands under any commitment. Raises OnlyTheAuthority, NothingForYear.
    """
    held = statistics(desk, year)
    if held is None:
        raise NothingForYear(year=year)
    voice = _voice(desk, language)
    if what is AidBy.MARKER:
        known = (statistics(desk, one) for one in sorted(years_with_statistics(desk)) if one < year)
        before = [one for one in known if one is not None and one.currency == held.currency]
        return by_year(voice, (*before, held))
    return by(voice, held, what, told_agreements(desk, year) if what is AidBy.COMMITMENT else None)


def recipient(desk: Desk, key: str, language: LanguageCode) -> str:
    """A country's name for its code, or what the statistics call a region."""
    return recipient_name(_voice(desk, language), key)


def _voice(desk: Desk, language: LanguageCode) -> OutsideReports:
    return OutsideReports(plan=desk.plan, language=language, say=catalogue(language, "document"))
