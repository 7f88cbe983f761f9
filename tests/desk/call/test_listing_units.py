"""Units and focus countries out of a table: whole or not at all, with what is wrong told by cell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.kit import YEAR, Office, answer
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.desk.answers.drafting import report, save
from wpsdesk.desk.call.calling import CallDraft, create_call, draft_from_last, load_call, require_call
from wpsdesk.desk.call.calling_errors import BadCells, NoParent, OneOrganisationTwice, TableUnreadable
from wpsdesk.desk.call.listing_units import (
    listed_countries,
    listed_units,
    preview_countries,
    preview_units,
    take_countries,
    take_units,
)
from wpsdesk.desk.opening import named_unit
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.call import Asked
from wpsdesk.report.call_changes import ChangeKind
from wpsdesk.report.unit_rows import CellProblem, is_organisation_number

DEADLINE = date(2027, 3, 1)
GOOD = (
    "Kode;Type;Navn;Orgnr;Overordnet;Land;Tiltak\r\n"
    "NAIR;Utenriksstasjon;Ambassaden i Nairobi;;;Somalia, SS;\r\n"
    "SIVI;Etat;Ålesund etat;974 760 673;JD;;1,5-7\r\n"
    "FD;;Forsvarsdepartementet;;;;alle\r\n"
)


def written(folder: Path, data: bytes, name: str = "enheter.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_ninth_digit_checks_the_eight_before_it() -> None:
    numbers = ("972417920", "972417823", "971277882", "974760673")
    assert all(is_organisation_number(number) for number in numbers)
    assert not any(is_organisation_number(number[:8] + str((int(number[8]) + 1) % 10)) for number in numbers)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("parted", [";", "\t"])
def test_a_table_is_read_as_norwegian_offices_save_it(office: Office, encoding: str, parted: str) -> None:
    ud = office.desk("UD")
    asked = take_units(ud, written(office.folder, GOOD.replace(";", parted).encode(encoding)))
    assert listed_units(ud) == asked
    nair, sivi, fd = asked
    assert nair.unit.covers == ("SO", "SS")
    assert len(nair.commitments) == 35
    assert (sivi.unit.kind, sivi.unit.parent, sivi.commitments) == (UnitKind.AGENCY, "JD", (1, 5, 6, 7))
    assert sivi.unit.names.nb == "Ålesund etat"
    assert fd.unit == next(unit for unit in ud.plan.units if unit.code == "FD")


def test_a_workbook_says_the_same_and_its_numbers_stay_whole(office: Office) -> None:
    ud, made = office.desk("UD"), io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Enheter")
        sheet.write_row(0, 0, ["Code", "Kind", "Name", "Organisation number", "Parent"])
        sheet.write_row(2, 0, ["DSB", "agency", "DSB", 974760983, "JD"])
    found = preview_units(ud, written(office.folder, made.getvalue(), "enheter.xlsx"))
    assert found.problems == ()
    assert found.asked[0].unit.organisation_number == "974760983"


def test_every_wrong_cell_is_named_and_nothing_is_taken(office: Office) -> None:
    ud = office.desk("UD")
    table = (
        "code,kind,name,orgnr,parent,land,tiltak\n"
        "n,mission,Nairobi,,,XX,36\n"
        "AB,romskip,,972417921,,,\n"
        "AB,agency,B,972417823,,,7-2\n"
        "CD,agency,C,,ZZZ,,\n"
    )
    path = written(office.folder, table.encode())
    with pytest.raises(BadCells) as caught:
        take_units(ud, path)
    named = {(f"{cell.column}{cell.row}", cell.problem) for cell in caught.value.problems}
    assert named == {
        ("A2", CellProblem.CODE),
        ("F2", CellProblem.COUNTRY),
        ("G2", CellProblem.COMMITMENT),
        ("B3", CellProblem.KIND),
        ("C3", CellProblem.NO_NAME),
        ("D3", CellProblem.ORGANISATION),
        ("A4", CellProblem.CODE_TWICE),
        ("D4", CellProblem.ORGANISATION_TWICE),
        ("E4", CellProblem.NO_PARENT),
        ("G4", CellProblem.COMMITMENT),
        ("E5", CellProblem.UNKNOWN_PARENT),
    }
    assert listed_units(ud) == ()


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", b"\x00\x01\x02", b'a;b\n"open'])
def test_what_is_no_table_is_refused_with_a_sentence_of_its_own(office: Office, data: bytes) -> None:
    with pytest.raises(TableUnreadable):
        preview_units(office.desk("UD"), written(office.folder, data))


def test_focus_countries_get_the_days_between_which_they_are_ones(office: Office) -> None:
    ud = office.desk("UD")
    take_countries(ud, written(office.folder, b"land;fra;til\nML;;31.12.2026\nSO;2023-01-01;\n"))
    create_call(ud, CallDraft(year=YEAR, deadline=DEADLINE, focus_countries=listed_countries(ud)))
    countries = {country.code: country.valid_to for country in require_call(ud).focus_countries}
    others = {country.code: country.valid_to for country in ud.plan.focus_countries if country.code not in ("ML", "SO")}
    assert countries == {"ML": date(2026, 12, 31), "SO": None, **others}, "what is not named stays as it is"


def test_a_new_focus_country_needs_three_names_and_a_first_day_and_a_unit_can_answer_for_it(office: Office) -> None:
    ud = office.desk("UD")
    heads = b"land;navn;nynorsk;engelsk;fra\n"
    for wrong in (b"NE;Niger;Niger;;01.01.2027\n", b"NE;Niger;Niger;Niger;\n", b"Niger;Niger;Niger;Niger;01.01.2027\n"):
        read = preview_countries(ud, written(office.folder, heads + wrong))
        assert [problem.problem for problem in read.problems] == [CellProblem.NEW_COUNTRY]
    unit = b"kode;navn;land\nNIAM;Ambassaden i Niamey;NE\n"
    assert [p.problem for p in preview_units(ud, written(office.folder, unit)).problems] == [CellProblem.COUNTRY]
    taken = take_countries(ud, written(office.folder, heads + b"NE;Niger;Niger;Niger;01.01.2027\n"))
    assert (taken[-1].names.en, taken[-1].valid_from) == ("Niger", date(2027, 1, 1))
    take_units(ud, written(office.folder, unit))
    assert listed_units(ud)[0].unit.covers == ("NE",)


def test_a_call_refuses_two_units_with_one_number_and_an_agency_that_belongs_to_nobody(office: Office) -> None:
    ud = office.desk("UD")
    agency = named_unit("DSB", UnitKind.AGENCY, "DSB", (), ud.plan)
    with pytest.raises(NoParent):
        create_call(ud, CallDraft(year=YEAR, deadline=DEADLINE, asked=(Asked(unit=agency, commitments=()),)))
    twin = replace(agency, kind=UnitKind.MISSION, organisation_number="972417823")  # FD's
    with pytest.raises(OneOrganisationTwice):
        create_call(ud, CallDraft(year=YEAR, deadline=DEADLINE, asked=(Asked(unit=twin, commitments=()),)))


def test_last_years_call_is_the_start_and_a_ministry_may_be_left_out(office: Office) -> None:
    ud = office.desk("UD")
    mission = named_unit("NAIR", UnitKind.MISSION, "Nairobi", ("SO",), ud.plan)
    guidance = ((None, "Se på dette."),)
    first = CallDraft(
        year=YEAR, deadline=DEADLINE, guidance=guidance, left_out=frozenset({UnitCode("KUD")}),
        asked=(Asked(unit=mission, commitments=(CommitmentNumber(5),)),), reminders=(date(2027, 2, 15),),
    )  # fmt: skip
    held = create_call(ud, first)
    assert held.asked_of(UnitCode("KUD")) is None
    assert require_call(ud).reminders == (date(2027, 2, 15),)
    following = create_call(ud, draft_from_last(ud, YEAR + 1, date(2028, 3, 1)))
    assert following.asked == held.asked
    assert following.guidance == guidance


def test_an_amended_call_says_what_changed_and_leaves_the_drafts(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(10))
    save(fd, YEAR, answer(11))
    amended = office.folder / "amended.asice"
    own = next(unit for unit in ud.plan.units if unit.code == "FD")
    new = next(c.number for c in ud.plan.commitments if "FD" not in c.ministries)
    few = Asked(unit=own, commitments=(CommitmentNumber(1), new))
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 4, 1), asked=(few,)), amended)
    before = report(fd, YEAR)
    changes = {change.kind: change.about for change in load_call(fd, amended).changes}
    assert changes[ChangeKind.DEADLINE] == "2027-04-01"
    assert changes[ChangeKind.ASKED] == str(new)
    assert "10" in changes[ChangeKind.NO_LONGER_ASKED].split(", ")
    assert report(fd, YEAR) == before
    assert load_call(fd, amended).changes == ()
