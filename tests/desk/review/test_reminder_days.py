"""The days for reminders of a call act when they come, until a unit has been written to or has sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.kit import YEAR, Office, answer
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import create_call, draft_from_last, load_call, require_call
from wpsdesk.desk.review.reminder_days import reminded, reminders_due
from wpsdesk.desk.review.reminding import write_reminders
from wpsdesk.desk.submission.sending import export


def test_a_day_for_reminders_acts_when_it_has_come(office: Office) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    draft = replace(draft_from_last(ud, YEAR, date(2027, 3, 1)), reminders=(date(2027, 2, 1), date(2027, 2, 20)))
    office.call_file.unlink()
    call = create_call(ud, draft, office.call_file)
    load_call(fd, office.call_file)
    assert not reminders_due(ud, YEAR)
    assert reminded(fd, call) is None
    office.clock.wind(days=65)
    assert reminded(fd, require_call(fd)) == date(2027, 2, 1)
    due = reminders_due(ud, YEAR)
    assert {each.unit.code for each in due} >= {"FD", "JD"}
    write_reminders(ud, YEAR, [each for each in due if each.unit.code != "JD"], office.folder / "brev")
    assert [each.unit.code for each in reminders_due(ud, YEAR)] == ["JD"]
    office.answered(fd, answer(1))
    receive_one(ud, export(fd, YEAR, office.folder, approved_by="Kari").path)
    assert reminded(fd, require_call(fd)) is None
    office.clock.wind(days=20)
    assert "FD" in {each.unit.code for each in reminders_due(ud, YEAR)}, "it has sent one answer of many"
