"""A reminder names the day that goes for the unit."""

from __future__ import annotations

from datetime import date

from tests.kit import YEAR, Office
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.call.calling import CallDraft, create_call, require_call
from wpsdesk.desk.call.extending import extend
from wpsdesk.desk.publication.compiling import late_units
from wpsdesk.desk.review.reminding import reminders


def test_a_unit_that_was_given_more_time_is_reminded_of_its_own_day(office: Office) -> None:
    ud = office.ud()
    extend(ud, UnitCode("FD"), YEAR, date(2027, 4, 20), reason="Ny medarbeider")
    deadlines = {each.unit.code: (each.deadline, "20. april 2027" in each.text) for each in reminders(ud, YEAR)}
    assert deadlines[UnitCode("FD")] == (date(2027, 4, 20), True)
    assert deadlines[UnitCode("JD")] == (date(2027, 3, 1), False)


def test_an_amended_call_that_gives_everybody_longer_goes_before_an_earlier_extension(office: Office) -> None:
    ud = office.ud()
    extend(ud, UnitCode("FD"), YEAR, date(2027, 3, 10))
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 5, 1)), None)
    call = require_call(ud, YEAR)
    office.clock.wind(days=120)  # the last day of March
    assert late_units(ud, call) == frozenset()
    assert {each.deadline for each in reminders(ud, YEAR)} == {date(2027, 5, 1)}
