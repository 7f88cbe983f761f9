"""What stands on the page of the call and is in no call yet: where it starts from, and what it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wpsdesk.base.ids import Year
from wpsdesk.desk.call import calling
from wpsdesk.desk.call.calling import CallDraft
from wpsdesk.desk.call.listing_units import listed_units
from wpsdesk.desk.call.questioning import questions_to_come
from wpsdesk.desk.model import Desk
from wpsdesk.plan.model import FocusCountry
from wpsdesk.report.call import Asked
from wpsdesk.report.questions import Questions, still_asked
from wpsdesk.ui.authority.guiding import Guidance
from wpsdesk.ui.authority.starting import usual_countries, usual_deadline, usually_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands on the page."""

    year: int
    deadline: date
    guidance: Guidance
    asked: tuple[Asked, ...]
    questions: Questions = ()
    countries: tuple[FocusCountry, ...] = ()
    reminders: tuple[date, ...] = ()


def with_listed(asked: tuple[Asked, ...], listed: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Those of the list in the place of the same units, and behind the others what the list adds."""
    news = {each.unit.code: each for each in listed}
    return (*(news.pop(each.unit.code, each) for each in asked), *news.values())


def beginning(desk: Desk, year: int) -> Typed:
    """The year's call, or for a year without one what the latest call asked; before the first the plan's units.

    The list of units that was taken in last stands before what a call of an earlier year asked.
    """
    call = calling.current_call(desk, Year(year))
    if call is not None:
        return Typed(
            year=year,
            deadline=call.deadline,
            guidance=call.guidance,
            asked=call.asked,
            questions=still_asked(call.questions),
            countries=() if desk.is_gathering else call.focus_countries,
            reminders=call.reminders,
        )
    latest = calling.current_call(desk)
    usual = usually_asked(desk)
    return Typed(
        year=year,
        deadline=usual_deadline(desk, Year(year)),
        guidance=() if latest is None else latest.guidance,
        asked=with_listed(usual if latest is None else latest.asked, listed_units(desk)),
        questions=questions_to_come(desk),
        countries=usual_countries(desk),
    )


def draft_of(desk: Desk, typed: Typed) -> CallDraft:
    """Only what is other than the plan has it."""
    usual = {each.unit.code: each for each in usually_asked(desk)}
    return CallDraft(
        year=typed.year,
        deadline=typed.deadline,
        guidance=typed.guidance,
        questions=typed.questions,
        asked=tuple(a for a in typed.asked if usual.get(a.unit.code) != a),
        left_out=frozenset(usual) - {a.unit.code for a in typed.asked},
        focus_countries=typed.countries,
        reminders=typed.reminders,
    )


def asked_before(desk: Desk) -> frozenset[str]:
    """The ids of all questions that a call has asked, which somebody may have answered."""
    calls = (calling.current_call(desk, year) for year in calling.years(desk))
    return frozenset(question.id for call in calls if call is not None for question in call.questions)
