"""UD's pages: call, inbox, review, coverage, meetings, aid, editing, compilation, units, its own report, journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wpsdesk.ui.context import Context
    from wpsdesk.ui.page import Page, PageEntry


def pages(context: Context) -> tuple[PageEntry, ...]:
    """UD's pages in the order of the year; each is imported when it is first shown."""
    from wpsdesk.ui.page import PageEntry

    say = context.say
    return (
        PageEntry(name="call", title=say("Call"), factory=_call),
        PageEntry(name="inbox", title=say("Inbox"), factory=_inbox, count=_waiting),
        PageEntry(name="review", title=say("Review"), factory=_review),
        PageEntry(name="coverage", title=say("Coverage"), factory=_coverage),
        PageEntry(name="meetings", title=say("Meetings"), factory=_meetings, count=_late_points),
        PageEntry(name="statistics", title=say("Aid statistics"), factory=_statistics),
        PageEntry(name="editing", title=say("Editing"), factory=_editing),
        PageEntry(name="compile", title=say("Compilation"), factory=_compile),
        PageEntry(name="units", title=say("Units and keys"), factory=_units),
        PageEntry(name="report", title=say("Own report"), factory=_report),
        PageEntry(name="send", title=say("Send own report"), factory=_send),
        PageEntry(name="journal", title=say("Journal"), factory=_journal),
    )


def _call(context: Context) -> Page:
    from wpsdesk.ui.authority.calling import CallPage

    return CallPage(context)


def _inbox(context: Context) -> Page:
    from wpsdesk.ui.authority.inbox import InboxPage

    return InboxPage(context)


def _waiting(context: Context) -> int:
    from wpsdesk.ui.authority.inbox import waiting

    return waiting(context)


def _review(context: Context) -> Page:
    from wpsdesk.ui.authority.reviewing import ReviewPage

    return ReviewPage(context)


def _coverage(context: Context) -> Page:
    from wpsdesk.ui.authority.coverage import CoveragePage

    return CoveragePage(context)


def _meetings(context: Context) -> Page:
    from wpsdesk.ui.authority.meetings import MeetingsPage

    return MeetingsPage(context)


def _late_points(context: Context) -> int:
    from wpsdesk.ui.authority.meetings import late_points

    return late_points(context)


def _statistics(context: Context) -> Page:
    from wpsdesk.ui.authority.aid_statistics import AidStatisticsPage

    return AidStatisticsPage(context)


def _editing(context: Context) -> Page:
    from wpsdesk.ui.authority.editing import EditingPage

    return EditingPage(context)


def _compile(context: Context) -> Page:
    from wpsdesk.ui.authority.compiling import CompilePage

    return CompilePage(context)


def _units(context: Context) -> Page:
    from wpsdesk.ui.authority.enrolling import UnitsPage

    return UnitsPage(context)


def _report(context: Context) -> Page:
    # UD is a responsible ministry too: it answers for its own commitments at the same desk.
    from wpsdesk.ui.reporter.report_page import ReportPage

    return ReportPage(context)


def _send(context: Context) -> Page:
    from wpsdesk.ui.reporter.send_page import SendPage

    return SendPage(context)


def _journal(context: Context) -> Page:
    from wpsdesk.ui.authority.journal import JournalPage

    return JournalPage(context)
