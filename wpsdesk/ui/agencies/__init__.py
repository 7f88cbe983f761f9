"""A ministry's page for its agencies, Norad's for the organisations: who reports, the call, the inbox, taking over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wpsdesk.ui.context import Context
    from wpsdesk.ui.page import Page, PageEntry

NAME = "agencies"


def pages(context: Context) -> tuple[PageEntry, ...]:
    """The page, on the desk of a unit that may ask others under UD's call; else none."""
    from wpsdesk.desk.model import may_gather
    from wpsdesk.ui.page import PageEntry

    if not may_gather(context.desk):
        return ()
    from wpsdesk.ui.agencies.beginning_page import title_of

    return (PageEntry(name=NAME, title=title_of(context), factory=_page, count=_waiting),)


def _page(context: Context) -> Page:
    from wpsdesk.ui.agencies.gathering_page import GatheringPage

    return GatheringPage(context)


def _waiting(context: Context) -> int:
    from wpsdesk.desk.agencies.beginning import has_begun
    from wpsdesk.ui.agencies.side_context import side_of
    from wpsdesk.ui.authority.inbox import waiting

    return waiting(side_of(context)) if has_begun(context.desk) else 0
