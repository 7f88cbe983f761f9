"""Finding in what UD holds: reports of all years, their evidence, units, internal notes, meetings, the journal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.flows.forks import twin
from tests.kit import YEAR, Office, answer
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.answers.hits import Hit, Where
from wpsdesk.desk.answers.searching import search
from wpsdesk.desk.arrivals.inbox import Stands
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.meetings.holding import About, Told, hold, raise_point
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.finding import make_findable, make_others_findable
from wpsdesk.desk.review.reviewing import write_note
from wpsdesk.desk.submission.sending import export
from wpsdesk.i18n import catalogue
from wpsdesk.messages.found import which_report
from wpsdesk.report.meetings import MeetingKind

FD = UnitCode("FD")


def only(desk: Desk, words: str, where: Where) -> Hit:
    (found,) = [hit for hit in search(desk, words) if hit.where is where]
    return found


def test_a_report_is_found_with_its_evidence_until_another_takes_its_place(office: Office, tmp_path: Path) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    office.answered(fd, answer(10, text="Seminaret i Tromsø."))
    (tmp_path / "referat.txt").write_text("Patruljene møtte kvinnerådet.", encoding="utf-8")
    attach(fd, YEAR, answer(10).key, [tmp_path / "referat.txt"])
    receive_one(ud, export(fd, YEAR, office.folder, approved_by="Ola").path)
    assert search(ud, "tromsø") == ()
    assert make_findable(ud) == 1
    assert make_findable(ud) == 0
    found = only(ud, "tromsoe semin", Where.ANSWER)
    assert (found.unit, found.year, found.key) == ("FD", YEAR, answer(10).key)
    file = only(ud, "kvinneråd", Where.EVIDENCE)
    assert (file.unit, file.title, file.key) == ("FD", "referat", answer(10).key)
    office.answered(fd, answer(10, text="Seminaret i Bodø."))
    receive_one(ud, export(fd, YEAR, office.folder, approved_by="Ola").path)
    make_findable(ud)
    assert [hit.where for hit in search(ud, "tromsø")] == []
    assert only(ud, "bodø", Where.ANSWER).unit == "FD"
    assert make_others_findable(ud, at_most=0) == 1, "one is left to be read"
    assert make_others_findable(ud) == 0
    before = only(ud, "tromsø", Where.NOT_IN_FORCE)
    assert (before.unit, before.year, before.number, before.field) == ("FD", YEAR, 1, Stands.SUPERSEDED)
    assert which_report(before, catalogue("nb")) == "nr. 1 · Erstattet av en senere"


def test_a_report_that_waits_for_a_choice_is_found_and_said_to_wait(office: Office) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    other = twin(office, fd)
    for desk, text in ((fd, "Seminaret i Tromsø."), (other, "Seminaret i Vardø.")):
        office.answered(desk, answer(10, text=text))
        receive_one(ud, export(desk, YEAR, office.folder / f"{text[-4]}.asice.cms", approved_by="Ola").path)
    make_findable(ud)
    make_others_findable(ud)
    assert only(ud, "vardø", Where.NOT_IN_FORCE).field == Stands.HELD
    assert only(ud, "tromsø", Where.ANSWER).unit == "FD"


def test_notes_meetings_units_and_the_journal_are_found_and_stay_with_ud(office: Office) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    office.answered(fd, answer(10))
    receive_one(ud, export(fd, YEAR, office.folder, approved_by="Ola").path)
    write_note(ud, FD, YEAR, answer(10).key, "Ring Hærstaben først.", officer="Kåre Ås")
    held = hold(ud, YEAR, About(day=date(2027, 1, 5), kind=MeetingKind.RESEARCHERS, who="PRIO"))
    raise_point(ud, YEAR, held.number, Told(text="Måledato mangler.", commitment=7))
    note = only(ud, "hærstab", Where.NOTE)
    assert (note.unit, note.key, note.title) == ("FD", answer(10).key, "Kåre Ås")
    meeting = only(ud, "maaledato", Where.MEETING)
    assert (meeting.number, meeting.key and meeting.key.commitment) == (1, 7)
    assert only(ud, "prio", Where.MEETING).number == 1
    assert only(ud, "forsvarsdep", Where.UNIT).unit == "FD"
    assert only(ud, "kåre fd", Where.JOURNAL).field == "noted"
    assert search(fd, "hærstab") == ()
