"""Coverage by unit, by country and year over year, filtered, and as files; what is missing turns late."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.grids import Filter, Grid
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call
from wpsdesk.desk.call.calling_errors import UnknownForm
from wpsdesk.desk.listing import plain_list, write_list
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import coverage
from wpsdesk.desk.publication.covering import By, Question, grid, write_grid
from wpsdesk.desk.submission.sending import export
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import Names, UnitKind
from wpsdesk.report.call import Asked

ALL = Question(years=(YEAR,))


@pytest.fixture
def ud(office: Office) -> Desk:
    """UD, which has one answer from FD and one from a mission that covers two countries."""
    ud = office.ud(mission("PRET", "ZA", "MZ"))
    for unit, entry in (("FD", answer(10)), (mission("PRET", "ZA", "MZ"), answer(7, "MZ"))):
        desk = office.answered(office.enrolled(ud, unit), entry)
        receive_one(ud, export(desk, YEAR, office.folder, approved_by="Ola").path)
    return ud


def state(found: Grid, name: str, head: str) -> CellState:
    row = next(row for row in found.rows if row.name == name)
    return row.states[found.heads.index(head)]


def test_what_is_missing_is_late_from_the_day_after_the_deadline(ud: Desk, office: Office) -> None:
    not_asked = next(c.number for c in ud.plan.commitments if "FD" not in c.ministries)
    assert state(grid(ud, ALL), "FD", str(not_asked)) is CellState.NOT_ASKED
    assert state(grid(ud, ALL), "FD", "11") is CellState.MISSING
    office.clock.wind(days=(date(2027, 3, 2) - office.clock.now.date()).days)
    found = grid(ud, ALL)
    assert state(found, "FD", "11") is CellState.LATE
    assert state(found, "FD", "10") is CellState.RECEIVED
    assert "KLD" in [unit.code for unit in coverage(ud, YEAR).silent]


def test_a_country_shows_what_asks_most_of_somebody_and_the_countries_nobody_answers_for_are_blank(ud: Desk) -> None:
    found = grid(ud, Question(years=(YEAR,), by=By.COUNTRY))
    assert state(found, "Mosambik", "7") is CellState.RECEIVED
    assert state(found, "Sør-Afrika", "7") is CellState.MISSING
    assert state(found, "Somalia", "7") is CellState.NOT_ASKED
    assert found.rows[-1].states[found.heads.index("10")] is CellState.RECEIVED
    assert found.rows[-1].states[found.heads.index("33")] is CellState.MISSING


def test_rows_and_columns_are_summed(ud: Desk) -> None:
    found = grid(ud, ALL)
    row = next(row for row in found.rows if row.name == "FD")
    assert row.sums == (1, 16)
    assert sum(done for done, _ in found.column_sums()) == sum(row.sums[0] for row in found.rows) == 2


def test_a_filter_lets_only_the_kind_the_area_and_the_state_through(ud: Desk) -> None:
    let = Filter(kinds=frozenset({UnitKind.MISSION}), area=ud.plan.areas[0].id, states=frozenset({CellState.MISSING}))
    found = grid(ud, Question(years=(YEAR,), let=let))
    assert [row.name for row in found.rows] == ["Ambassaden PRET"]
    assert found.heads == ("1", "2", "3", "4")
    received = Filter(states=frozenset({CellState.RECEIVED}))
    assert [row.name for row in grid(ud, Question(years=(YEAR,), let=received)).rows] == ["FD", "Ambassaden PRET"]


def test_years_stand_side_by_side_and_what_never_came_or_never_moved_says_so(ud: Desk, office: Office) -> None:
    next_year, call = Year(YEAR + 1), office.folder / "next.asice"
    create_call(ud, CallDraft(year=next_year, deadline=date(2028, 3, 1)), call)
    fd = next(desk for desk in office.desks if desk.unit.code == "FD")
    load_call(fd, call)
    save(fd, next_year, answer(10))
    receive_one(ud, export(fd, next_year, office.folder / "second.asice.cms", approved_by="Ola").path)
    found = grid(ud, Question(years=(YEAR, next_year)))
    remarks = {row.name: row.remark for row in found.rows}
    assert found.heads == ("2026", "2027")
    assert remarks["FD 10"] == "samme status hvert år"
    assert remarks["FD 11"] == "aldri rapportert"


def test_the_files_say_the_same_as_the_grid_and_no_name_becomes_a_formula(ud: Desk, office: Office) -> None:
    out = office.folder / "dekning.csv"
    found = write_grid(ud, ALL, out)
    lines = list(csv.reader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";"))
    assert len(lines) == 1 + len(found.rows) + 2
    assert lines[0][1:3] == ["1", "2"]
    assert "mottatt" in next(line for line in lines if line[0] == "FD")
    write_grid(ud, ALL, office.folder / "dekning.xlsx")
    with zipfile.ZipFile(office.folder / "dekning.xlsx") as book:
        assert "Ambassaden PRET" in book.read("xl/sharedStrings.xml").decode()
    write_grid(ud, Question(years=(YEAR,), by=By.COUNTRY), office.folder / "land.pdf")
    with pypdfium2.PdfDocument(office.folder / "land.pdf") as pdf:
        assert pdf.is_tagged()
        assert "Mosambik" in pdf[0].get_textpage().get_text_bounded()
    with pytest.raises(UnknownForm):
        write_grid(ud, ALL, office.folder / "dekning.doc")
    assert not (office.folder / "dekning.doc").exists()


def test_a_unit_with_the_name_of_a_formula_is_written_as_a_name(office: Office) -> None:
    ud = office.desk("UD")
    evil = mission("EVIL", "SO")
    evil = replace(evil, names=Names(nb="=1+1", nn="=1+1", en="=1+1"))
    create_call(
        ud,
        CallDraft(year=YEAR, deadline=date(2027, 3, 1), asked=(Asked(unit=evil, commitments=(CommitmentNumber(1),)),)),
    )
    write_grid(ud, ALL, office.folder / "x.csv")
    assert "\r\n'=1+1;" in (office.folder / "x.csv").read_bytes().decode("utf-8-sig")


def test_what_is_written_from_a_window_in_a_further_language_is_in_that_language(office: Office) -> None:
    ud = office.ud()
    for form in ("csv", "pdf"):
        write_grid(ud, Question(years=(YEAR,), language="fr"), office.folder / f"etat.{form}")
    assert "Répondu" in (office.folder / "etat.csv").read_text(encoding="utf-8-sig")
    with pikepdf.open(office.folder / "etat.pdf") as pdf:
        assert str(pdf.Root.Lang) == "fr"
    listed = plain_list(ud, say=catalogue("es"), title="Registro", note="", heads=("Qué",), rows=(("Nada",),))
    write_list(listed, office.folder / "lista.pdf")
    with pikepdf.open(office.folder / "lista.pdf") as pdf:
        assert str(pdf.Root.Lang) == "es"
