"""The pages of a reporting unit's desk."""

from __future__ import annotations

from wpsdesk.ui import agencies
from wpsdesk.ui.context import Context
from wpsdesk.ui.page import Page, PageEntry
from wpsdesk.ui.reporter.approval_watch import ApprovalWatch
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage
from wpsdesk.ui.reporter.setup_page import SetupPage


def _measures(context: Context) -> Page:
    from wpsdesk.ui.reporter.measures_page import MeasuresPage  # read in when it is first asked for

    return MeasuresPage(context)


def pages(context: Context) -> tuple[PageEntry, ...]:
    """The pages in the order of the rail."""
    say = context.say
    if context.findChild(ApprovalWatch) is None:  # the pages are built anew in another language
        ApprovalWatch(context)
    return (
        PageEntry(name="overview", title=say("Overview"), factory=OverviewPage),
        PageEntry(name="report", title=say("Report"), factory=ReportPage),
        PageEntry(name="measures", title=say("Own measures"), factory=_measures),
        *agencies.pages(context),
        PageEntry(name="send", title=say("Send"), factory=SendPage),
        PageEntry(name="setup", title=say("Set-up"), factory=SetupPage),
    )
