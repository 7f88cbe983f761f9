"""The editions that are no annual report: the pack for a meeting, and several years for the review of the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.compilation.annual import setting_of
from wpsdesk.compilation.meeting_pack import Audience, Meeting, RaisedPoint, ReturnedAnswer, With, meeting_pack
from wpsdesk.compilation.publishing import views
from wpsdesk.compilation.review_report import OfYear, review_report
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.compilation.tree import Document
from wpsdesk.desk.call.calling import plan_in, require_call, years
from wpsdesk.desk.meetings.holding import points
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.editing_errors import NoSuchAudience
from wpsdesk.desk.publication.written import editing_in
from wpsdesk.desk.review.reviewing import returned
from wpsdesk.plan.model import LanguageCode, UnitKind
from wpsdesk.plan.succession import load_chain
from wpsdesk.report.meetings import MeetingKind

Read = Callable[[Year], tuple[Source, ...]]
"""Gives the reports that stand for a year."""

_KINDS: Final = {
    With.MINISTRIES: (MeetingKind.MINISTRIES, MeetingKind.REVIEW),
    With.CIVIL_SOCIETY: (MeetingKind.CIVIL_SOCIETY,),
    With.RESEARCHERS: (MeetingKind.RESEARCHERS,),
}
"""Of which meetings the open points stand in a pack: what was said to others is not told on."""


def audience_of(desk: Desk, text: str) -> Audience:
    """``ministries``, ``civil-society``, ``researchers`` or a ministry's code. Raises NoSuchAudience."""
    for kind in With:
        if text.lower() == kind:
            return Audience(kind=kind)
    for unit in desk.plan.units:
        if unit.code == text.upper() and unit.kind is UnitKind.MINISTRY:
            return Audience(kind=With.MINISTRIES, ministry=unit.code)
    ministries = tuple(unit.code for unit in desk.plan.units if unit.kind is UnitKind.MINISTRY)
    raise NoSuchAudience(name=text, ministries=ministries)


def meeting_document(
    desk: Desk, year: Year, language: LanguageCode, audience: Audience, *, read: Read, now: datetime
) -> Document:
    """The pack for a meeting on a year. Raises OnlyTheAuthority, NoCall, NoCallFor."""
    with desk.store.read() as tx:
        editing = editing_in(tx, year)
    setting = setting_of(
        desk.plan, require_call(desk, year), read(year), year=year, edition=Edition.MEETING, language=language,
        compiled=now, editing=editing,
    )  # fmt: skip
    return meeting_pack(setting, _meeting(desk, year, audience))


def _meeting(desk: Desk, year: Year, audience: Audience) -> Meeting:
    raised = tuple(
        RaisedPoint(day=one.meeting.day, point=one.point, late=one.late)
        for one in points(desk, year, only_open=True)
        if one.meeting.kind in _KINDS[audience.kind] and _concerns(one.point.unit, audience)
    )
    if audience.ministry is None:
        return Meeting(audience=audience, points=raised)
    sent_back = tuple(
        ReturnedAnswer(unit=one.unit, key=one.key, reason=one.reason, answer_by=one.answer_by)
        for one in returned(desk, year)
        if one.is_told
    )
    return Meeting(audience=audience, points=raised, returned=sent_back)


def _concerns(unit: UnitCode | None, audience: Audience) -> bool:
    return unit is None or audience.ministry in (None, unit)


def review_document(desk: Desk, last: Year, language: LanguageCode, *, read: Read, now: datetime) -> Document:
    """Every year to ``last`` of which something has come, side by side. Raises OnlyTheAuthority, NoCall, NoCallFor."""
    day, found = now.astimezone(UTC).date(), []
    for year in sorted(one for one in years(desk) if one <= last):
        come = read(year)
        if come:
            with desk.store.read() as tx:
                editing, plan = editing_in(tx, year), plan_in(tx, desk.plan, year)
            found.append(OfYear(year=year, views=views(come, Edition.REVIEW, day, editing, language), plan=plan))
    with desk.store.read() as tx:
        editing, plan = editing_in(tx, last), plan_in(tx, desk.plan, last)
    setting = setting_of(
        plan, require_call(desk, last), read(last), year=last, edition=Edition.REVIEW, language=language,
        compiled=now, editing=editing,
    )  # fmt: skip
    return review_report(setting, tuple(found), load_chain(plan.edition))
