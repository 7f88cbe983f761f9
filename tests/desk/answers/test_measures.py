"""The unit's own measures: kept under a commitment, carried into the next year, compiled with the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.kit import YEAR, Office, answer
from tests.ui.driving import key
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.answers.measure_errors import MeasureMeanwhile
from wpsdesk.desk.answers.measures import add_measure, change_measure, measures
from wpsdesk.report.codec import entry_from, entry_to_json
from wpsdesk.report.model import Measure, MeasureStatus

LAST = Year(YEAR - 1)
GOES_ON = Measure(
    title="Kurs", owner="Seksjon 1", due=date(2027, 6, 1), status=MeasureStatus.UNDER_WAY, result="Ett kurs."
)
DONE = Measure(title="Veileder", status=MeasureStatus.DONE, result="Den er skrevet.")
STOPPED = Measure(title="Reise", status=MeasureStatus.STOPPED)


def test_what_is_not_done_goes_on_into_the_next_year_without_its_result(office: Office) -> None:
    desk = office.enrolled(office.ud(), "FD")
    drafting.save(desk, LAST, replace(answer(2), measures=(GOES_ON, DONE, STOPPED)))
    assert drafting.begun(desk, YEAR, key(2)).measures == (replace(GOES_ON, result=""),)
    assert drafting.entry(desk, YEAR, key(2)).measures == (), "nothing is written before somebody writes"


def test_an_answer_that_has_been_begun_keeps_the_measures_it_has(office: Office) -> None:
    desk = office.enrolled(office.ud(), "FD")
    drafting.save(desk, LAST, replace(answer(2), measures=(GOES_ON,)))
    drafting.save(desk, YEAR, answer(2))
    assert drafting.begun(desk, YEAR, key(2)).measures == ()


def test_a_file_of_answers_without_measures_leaves_them_as_they_are(office: Office) -> None:
    desk = office.enrolled(office.ud(), "FD")
    drafting.save(desk, LAST, replace(answer(2), measures=(GOES_ON,)))
    told = {"format": "wps-answers/1", "entries": [entry_to_json(answer(2))]}
    drafting.fill(desk, json.dumps(told).encode())
    assert [m.title for m in drafting.entry(desk, YEAR, key(2)).measures] == ["Kurs"]
    drafting.fill(desk, json.dumps(told).encode())
    assert [m.title for m in drafting.entry(desk, YEAR, key(2)).measures] == ["Kurs"]


def test_an_entry_from_before_there_were_measures_is_read(office: Office) -> None:
    old = entry_to_json(answer(2))
    assert "measures" not in old
    plan = office.ud().plan
    assert entry_from(load_json(json.dumps(old).encode(), limit=1 << 20), plan).measures == ()


# -- all of them in one list -----------------------------------------------------------------------


def test_one_list_has_this_years_measures_and_those_that_go_on_from_last_year(office: Office) -> None:
    desk = office.enrolled(office.ud(), "FD")
    late = Measure(title="Nettverk", due=date(2026, 6, 1))
    drafting.save(desk, LAST, replace(answer(5), measures=(GOES_ON, DONE)))
    drafting.save(desk, YEAR, replace(answer(2), measures=(DONE, late)))
    told = [(line.key.commitment, line.place, line.measure.title) for line in measures(desk, YEAR)]
    assert told == [(2, 0, "Veileder"), (2, 1, "Nettverk"), (5, 0, "Kurs")]
    assert [line.is_late for line in measures(desk, YEAR)] == [False, True, False]
    assert [line.is_begun for line in measures(desk, YEAR)] == [True, True, False]


def test_a_measure_is_changed_in_its_answer_and_only_as_it_was_shown(office: Office) -> None:
    desk = office.enrolled(office.ud(), "FD")
    drafting.save(desk, LAST, replace(answer(5), measures=(GOES_ON, replace(GOES_ON, title="Reise"))))
    _, second = measures(desk, YEAR)
    done = replace(second.measure, status=MeasureStatus.DONE, result="Gjennomført i mai.")
    changed = change_measure(desk, YEAR, second, done)
    assert [m.title for m in drafting.entry(desk, YEAR, key(5)).measures] == ["Kurs", "Reise"]
    assert drafting.entry(desk, YEAR, key(5)).measures[1] == changed.measure == done
    with pytest.raises(MeasureMeanwhile):
        change_measure(desk, YEAR, second, replace(second.measure, owner="En annen"))
    added = add_measure(desk, YEAR, key(7), Measure(title="Ny"))
    assert measures(desk, YEAR)[-1] == added
