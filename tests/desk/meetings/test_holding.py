"""Meetings of the year: points are raised, followed up, aged, carried on while open, and written as a pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kit import YEAR, Office
from wpsdesk.base.ids import Year
from wpsdesk.desk.call.calling_errors import UnknownForm
from wpsdesk.desk.errors import OnlyTheAuthority, UnknownCountry
from wpsdesk.desk.listing import write_pack
from wpsdesk.desk.meetings.holding import (
    About,
    Told,
    amend,
    follow_up,
    hold,
    meetings,
    points,
    raise_point,
    remove,
    remove_point,
)
from wpsdesk.desk.meetings.meeting_errors import NoSuchCommitment, NoSuchMeeting, NoSuchPoint, PointWithoutWords
from wpsdesk.desk.remembering import journal
from wpsdesk.i18n import catalogue
from wpsdesk.messages.meeting_words import concerns, meeting_pack
from wpsdesk.report.meetings import MeetingKind, PointState

RESEARCHERS = About(day=date(2027, 1, 20), kind=MeetingKind.RESEARCHERS, subject="Tall", who="PRIO, NUPI")


def test_a_point_is_raised_followed_up_and_closed_on_the_day_it_is_done(office: Office) -> None:
    ud = office.ud()
    held = hold(ud, YEAR, RESEARCHERS, officer="Kari")
    told = Told(text="Måledato mangler.", commitment=7, unit="FD", country="ML", owner="Kari", due=date(2027, 1, 25))
    point = raise_point(ud, YEAR, held.number, told, officer="Kari")
    office.clock.wind(days=90)
    (one,) = points(ud, YEAR)
    today = ud.clock().date()
    assert (one.days, one.late) == ((today - RESEARCHERS.day).days, (today - date(2027, 1, 25)).days)
    follow_up(ud, YEAR, held.number, point.number, Told(result="FD har rettet tallene."), officer="Ola")
    done = follow_up(ud, YEAR, held.number, point.number, Told(state=PointState.DONE), officer="Ola")
    assert (done.result, done.owner, done.closed) == ("FD har rettet tallene.", "Kari", today)
    assert points(ud, YEAR, only_open=True) == ()
    assert points(ud, YEAR)[0].late == 0
    again = follow_up(ud, YEAR, held.number, point.number, Told(state=PointState.OPEN, due=date.min, commitment=0))
    assert (again.closed, again.due, again.commitment, again.country) == (None, None, None, "ML")
    assert concerns(again, ud.plan, catalogue("nb"), "nb") == "FD · Mali"
    with pytest.raises(UnknownCountry):
        follow_up(ud, YEAR, held.number, point.number, Told(country="XX"))
    assert follow_up(ud, YEAR, held.number, point.number, Told(country="")).country is None
    said = [(line.what, line.who, line.about) for line in journal(ud) if line.what.startswith(("meeting", "point"))]
    assert said[-1] == ("meeting-held", "Kari", f"{YEAR}/1")
    assert said[-2] == ("point-raised", "Kari", f"FD/{YEAR}/1/1")


def test_open_points_are_carried_to_the_next_year_and_closed_ones_stay_behind(office: Office) -> None:
    ud = office.ud()
    held = hold(ud, YEAR, RESEARCHERS)
    for text, state in (("Åpent", PointState.UNDER_WAY), ("Ferdig", PointState.DONE)):
        raise_point(ud, YEAR, held.number, Told(text=text, state=state))
    later = hold(ud, Year(YEAR + 1), About(day=date(2028, 2, 1), kind=MeetingKind.CIVIL_SOCIETY))
    raise_point(ud, Year(YEAR + 1), later.number, Told(text="Nytt", due=date(2027, 3, 2)))
    found = points(ud, Year(YEAR + 1))
    assert [(each.point.text, each.is_carried) for each in found] == [("Nytt", False), ("Åpent", True)]
    assert [each.point.text for each in points(ud, YEAR)] == ["Åpent", "Ferdig"]


def test_numbers_are_never_given_twice_and_what_is_not_there_is_told(office: Office) -> None:
    ud = office.ud()
    held = hold(ud, YEAR, RESEARCHERS)
    raise_point(ud, YEAR, held.number, Told(text="Bort"))
    remove_point(ud, YEAR, held.number, 1)
    assert raise_point(ud, YEAR, held.number, Told(text="Nytt")).number == 2
    remove(ud, YEAR, held.number)
    assert hold(ud, YEAR, RESEARCHERS).number == 2
    with pytest.raises(NoSuchMeeting):
        amend(ud, YEAR, 1, RESEARCHERS)
    with pytest.raises(NoSuchPoint):
        follow_up(ud, YEAR, 2, 1, Told(text="x"))
    with pytest.raises(PointWithoutWords):
        raise_point(ud, YEAR, 2, Told(text="  "))
    with pytest.raises(NoSuchCommitment):
        raise_point(ud, YEAR, 2, Told(text="x", commitment=99))
    assert meetings(ud)[0].points == ()


def test_the_pack_is_written_in_three_forms_and_a_unit_has_none(office: Office, tmp_path: Path) -> None:
    ud = office.ud()
    held = hold(ud, YEAR, RESEARCHERS)
    raise_point(ud, YEAR, held.number, Told(text="Måledato mangler.", commitment=7))
    pack = meeting_pack(ud, meetings(ud, YEAR), points(ud, YEAR), year=YEAR, say=catalogue("nb"), language="nb")
    for name in ("pack.pdf", "pack.html", "pack.docx"):
        write_pack(pack, tmp_path / name)
    page = (tmp_path / "pack.html").read_text(encoding="utf-8")
    assert "Måledato mangler." in page
    assert "PRIO, NUPI" in page
    with pytest.raises(UnknownForm):
        write_pack(pack, tmp_path / "pack.txt")
    with pytest.raises(OnlyTheAuthority):
        points(office.desk("FD"), YEAR)
