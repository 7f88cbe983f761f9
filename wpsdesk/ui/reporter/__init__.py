"""The pages of a reporting unit's desk."""

from __future__ import annotations

from wpsdesk.ui.context import Context
from wpsdesk.ui.page import PageEntry
from wpsdesk.ui.reporter.approval_watch import ApprovalWatch
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage
from wpsdesk.ui.reporter.setup_page import SetupPage


def pages(context: Context) -> tuple[PageEntry, ...]:
    """The pages in the order of the rail."""
    say = context.say
    if context.findChild(ApprovalWatch) is None:  # the pages are built anew in another language
        ApprovalWatch(context)
    return (
        PageEntry(name="overview", title=say("Overview"), factory=OverviewPage),
        PageEntry(name="report", title=say("Report"), factory=ReportPage),
        PageEntry(name="send", title=say("Send"), factory=SendPage),
        PageEntry(name="setup", title=say("Set-up"), factory=SetupPage),
    )
