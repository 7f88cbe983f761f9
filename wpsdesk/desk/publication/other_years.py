"""What stands beside a year's reports in its annual report: the figures of the years before, and aid statistics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from wpsdesk.base.ids import Year
from wpsdesk.compilation.publishing import views
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.compilation.years import Years, year_figures
from wpsdesk.desk.call.calling import plan_in, years
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.joining import joined
from wpsdesk.desk.publication.statistics import statistics, years_with_statistics
from wpsdesk.desk.publication.written import editing_in
from wpsdesk.plan.succession import carried, load_chain

MOST_YEARS: Final = 7
"""Earlier years beside a report's own: the plan runs for eight."""


def other_years(
    desk: Desk, year: Year, edition: Edition, on: date, *, read: Callable[[Desk, Year], tuple[Source, ...]]
) -> Years:
    """The figures of the years before ``year``, as ``edition`` may show them, and all aid statistics.

    ``read`` gives the reports of a year; they are let go before the next year's are read. Raises OnlyTheAuthority.
    """
    figures = []
    with desk.store.read() as tx:
        chain = load_chain(plan_in(tx, desk.plan, year).edition)
    for one in sorted(one for one in years(desk) if one < year)[-MOST_YEARS:]:
        come = read(desk, one)
        if come:
            with desk.store.read() as tx:
                editing, then = editing_in(tx, one), plan_in(tx, desk.plan, one).edition
            shown = views(come, edition, on, editing, "nb")  # only figures are taken, which no language changes
            figures.append(year_figures(one, shown, partial(carried, chain, then)))
    aid = (statistics(desk, one) for one in years_with_statistics(desk))
    held = tuple(found for found in aid if found is not None)
    return Years(figures=tuple(figures), aid=held, joined=joined(desk))
