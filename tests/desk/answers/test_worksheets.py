"""A worksheet goes out and comes back: what would change, conflicts, and what is refused."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.answers.history import history
from wpsdesk.desk.answers.proposing import Proposal, propose, take_in
from wpsdesk.desk.answers.worksheets import write_worksheet
from wpsdesk.desk.errors import ForAnotherUnit, ForAnotherYear
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import catalogue
from wpsdesk.intake.errors import WorksheetFaulty, WorksheetOfAnotherPlan
from wpsdesk.messages import word
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import Access, AccessScope, Entry, EntryKey, Measure, Passage

WORD = partial(word, say=catalogue("nb"))
KEY = answer(1).key


@pytest.fixture
def fd(office: Office) -> Desk:
    return office.enrolled(office.ud(), "FD")


def sheet_of(desk: Desk, folder: Path, *numbers: int) -> Path:
    wanted = tuple(CommitmentNumber(n) for n in numbers)
    return write_worksheet(desk, folder / "ark.xlsx", word=WORD, language="nb", numbers=wanted).path


def filled(path: Path, sheet: str, **cells: object) -> bytes:
    book = openpyxl.load_workbook(path)
    rows = {row[0].value: row[2] for row in book[sheet].iter_rows(min_row=2)}
    for name, value in cells.items():
        rows[name.replace("__", ".")].value = value  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fields(proposal: Proposal) -> list[tuple[int, str, bool]]:
    return [(c.key.commitment, c.field, c.is_conflict) for c in proposal.changes]


def test_a_worksheet_that_nobody_filled_in_would_change_nothing(fd: Desk, tmp_path: Path) -> None:
    save(fd, YEAR, answer(1))
    written = write_worksheet(fd, tmp_path / "ark.xlsx", word=WORD, language="nb")
    assert len(written.keys) == 16
    assert propose(fd, written.path.read_bytes()).changes == ()


def test_what_was_written_in_it_is_told_and_then_taken_in(fd: Desk, tmp_path: Path, office: Office) -> None:
    save(fd, YEAR, answer(1))
    path = sheet_of(fd, tmp_path, 1, 2)
    proposal = propose(fd, filled(path, "1", results__text="Nytt resultat."))
    assert fields(proposal) == [(1, "results", False)]
    assert entry(fd, YEAR, KEY) == answer(1)
    office.clock.wind(seconds=2)
    assert take_in(fd, proposal).keys == (KEY,)
    found = entry(fd, YEAR, KEY)
    assert (found.results.text, found.effort, found.is_marked_ready) == ("Nytt resultat.", answer(1).effort, False)
    assert [c.after for c in history(fd, YEAR, KEY, "results")] == [found.results, answer(1).results]


def test_a_field_that_was_changed_here_too_is_a_conflict_and_not_written_over(fd: Desk, tmp_path: Path) -> None:
    save(fd, YEAR, answer(1))
    path = sheet_of(fd, tmp_path, 1)
    save(fd, YEAR, answer(1, text="Endret ved arbeidsplassen."))
    proposal = propose(fd, filled(path, "1", effort__text="Endret i arket.", results__text="Bare i arket."))
    assert fields(proposal) == [(1, "effort", True), (1, "results", False)]
    take_in(fd, proposal)
    found = entry(fd, YEAR, KEY)
    assert (found.effort.text, found.results.text) == ("Endret ved arbeidsplassen.", "Bare i arket.")
    take_in(fd, proposal, proposal.changes)
    assert entry(fd, YEAR, KEY).effort.text == "Endret i arket."


def test_what_was_changed_here_only_stays_though_the_worksheet_is_older(fd: Desk, tmp_path: Path) -> None:
    save(fd, YEAR, answer(1))
    path = sheet_of(fd, tmp_path, 1)
    save(fd, YEAR, answer(1, text="Endret ved arbeidsplassen."))
    proposal = propose(fd, filled(path, "1", results__text="Bare i arket."))
    assert fields(proposal) == [(1, "results", False)]


def test_only_what_was_chosen_is_changed(fd: Desk, tmp_path: Path) -> None:
    path = sheet_of(fd, tmp_path, 1)
    proposal = propose(fd, filled(path, "1", effort__text="En.", results__text="To."))
    take_in(fd, proposal, [c for c in proposal.changes if c.field == "results"])
    found = entry(fd, YEAR, KEY)
    assert (found.effort.text, found.results.text) == ("", "To.")


def test_what_has_changed_between_the_look_and_the_choice_is_left(fd: Desk, tmp_path: Path) -> None:
    path = sheet_of(fd, tmp_path, 1)
    proposal = propose(fd, filled(path, "1", effort__text="Fra arket."))
    save(fd, YEAR, answer(1, text="Nettopp skrevet."))
    assert take_in(fd, proposal).keys == ()
    assert entry(fd, YEAR, KEY).effort.text == "Nettopp skrevet."


def test_a_text_can_be_taken_out_by_a_worksheet(fd: Desk, tmp_path: Path) -> None:
    save(fd, YEAR, answer(1))
    path = sheet_of(fd, tmp_path, 1)
    proposal = propose(fd, filled(path, "1", challenges__text=None))
    assert fields(proposal) == [(1, "challenges", False)]
    take_in(fd, proposal)
    assert entry(fd, YEAR, KEY).challenges == Passage()


def test_faulty_cells_stop_all_of_it_unless_the_rest_is_wanted(fd: Desk, tmp_path: Path) -> None:
    path = sheet_of(fd, tmp_path, 1)
    proposal = propose(fd, filled(path, "1", effort__text="God.", status="Kanskje"))
    with pytest.raises(WorksheetFaulty):
        take_in(fd, proposal)
    assert entry(fd, YEAR, KEY).effort == Passage()
    take_in(fd, proposal, with_faults=True)
    assert entry(fd, YEAR, KEY).effort.text == "God."


def test_a_text_that_is_no_longer_last_years_is_not_marked_so(fd: Desk, tmp_path: Path) -> None:
    old = (("effort", Year(2025)), ("results", Year(2025)))
    save(fd, YEAR, replace(answer(1), unchanged_since=old))
    take_in(fd, propose(fd, filled(sheet_of(fd, tmp_path, 1), "1", effort__text="Ny.")))
    assert entry(fd, YEAR, KEY).unchanged_since == old[1:]


def test_measures_that_go_on_from_last_year_stand_in_the_worksheet_and_are_kept(fd: Desk, tmp_path: Path) -> None:
    save(fd, Year(YEAR - 1), replace(answer(1), measures=(Measure(title="Kurs"), Measure(title="Veileder"))))
    path = sheet_of(fd, tmp_path, 1)
    take_in(fd, propose(fd, filled(path, "1", effort__text="Begynt.")))
    assert [m.title for m in entry(fd, YEAR, KEY).measures] == ["Kurs", "Veileder"]
    proposal = propose(fd, filled(path, "1", **{"measures[1]__result": "Den er skrevet."}))
    assert fields(proposal) == [(1, "measures", False)]
    take_in(fd, proposal)
    assert [m.result for m in entry(fd, YEAR, KEY).measures] == ["", "Den er skrevet."]


def test_restricted_answers_in_a_worksheet_are_counted(fd: Desk, tmp_path: Path) -> None:
    save(fd, YEAR, replace(answer(1), access=Access(scope=AccessScope.WHOLE)))
    written = write_worksheet(fd, tmp_path / "ark.xlsx", word=WORD, language="nn")
    assert written.restricted == 1
    assert written.path.stat().st_mode & 0o077 == 0


def test_one_country_of_a_mission_has_its_own_sheets(office: Office, tmp_path: Path) -> None:
    unit = mission("PRET", "ZA", "MZ")
    desk = office.enrolled(office.ud(unit), unit)
    path = tmp_path / "za.xlsx"
    written = write_worksheet(desk, path, word=WORD, language="en", country=CountryCode("ZA"))
    assert {key.country for key in written.keys} == {"ZA"}
    proposal = propose(desk, filled(path, "5 ZA", effort__text="Here."))
    assert [c.key for c in proposal.changes] == [EntryKey(CommitmentNumber(5), CountryCode("ZA"))]


def changed_head(path: Path, cell: str, value: str) -> bytes:
    book = openpyxl.load_workbook(path)
    book["wps"][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [("C1", "JD", ForAnotherUnit), ("D1", "2025", ForAnotherYear), ("E1", "2031-2040", WorksheetOfAnotherPlan)],
)
def test_the_worksheet_of_another_is_refused(
    fd: Desk, tmp_path: Path, cell: str, value: str, fault: type[Exception]
) -> None:
    path = sheet_of(fd, tmp_path, 1)
    with pytest.raises(fault):
        propose(fd, changed_head(path, cell, value))


# -- answers in JSON ---------------------------------------------------------------------------------


def told(*entries: Entry, is_ready: bool = True) -> bytes:
    return canonical_json(
        {"format": "wps-answers/1", "ready": is_ready, "entries": [entry_to_json(each) for each in entries]}
    )


def test_what_a_file_of_answers_would_write_over_is_a_conflict_and_left(fd: Desk) -> None:
    save(fd, YEAR, replace(answer(1), lessons=Passage()))
    proposal = propose(fd, told(answer(1, text="Fra filen."), answer(2)))
    assert [c for c in fields(proposal) if c[0] == 1] == [(1, "effort", True)]
    assert not any(c.is_conflict for c in proposal.changes if c.key != KEY)
    assert take_in(fd, proposal).keys == (answer(2).key,)
    assert entry(fd, YEAR, KEY).effort == answer(1).effort


def test_a_file_that_says_what_the_desk_holds_would_change_nothing(fd: Desk) -> None:
    save(fd, Year(YEAR - 1), replace(answer(1), measures=(Measure(title="Kurs"),)))
    take_in(fd, propose(fd, told(answer(1))))
    assert [m.title for m in entry(fd, YEAR, KEY).measures] == ["Kurs"]
    assert propose(fd, told(answer(1))).changes == ()


def test_an_answer_is_ready_only_where_all_the_file_says_of_it_is_taken(fd: Desk) -> None:
    proposal = propose(fd, told(answer(1), answer(2), answer(3)))
    part = [c for c in proposal.changes if c.key.commitment != 2 or c.field == "effort"]
    assert take_in(fd, proposal, part).ready == 2
    assert [entry(fd, YEAR, answer(n).key).is_marked_ready for n in (1, 2, 3)] == [True, False, True]
    assert take_in(fd, propose(fd, told(answer(4), is_ready=False))).ready == 0
