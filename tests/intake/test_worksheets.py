"""A worksheet written, filled in and read again; and files that are none, or that mean harm."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit import mission
from tests.report.strategies import entries
from wpsdesk.compilation.worksheet import Asked, Order, worksheet
from wpsdesk.i18n import catalogue
from wpsdesk.intake.cells import CellFault, Wrong, entry_in
from wpsdesk.intake.errors import NotAWorksheet, UnsafeWorksheet, WorksheetVersion
from wpsdesk.intake.worksheet import Book, read_book
from wpsdesk.messages import word
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.answers import example
from wpsdesk.report.form import FORM
from wpsdesk.report.model import Entry, PartnerKind, Passage
from wpsdesk.report.worksheet import form_fields, mark_of

PLAN = load_plan()
UNIT = mission("NAIR", "SO")
FULL = example(None, 2026).entries[0]  # type: ignore[arg-type]


def written(*answers: Entry, language: LanguageCode = "nb") -> bytes:
    sheets = tuple(
        Asked(
            commitment=PLAN.commitment(entry.key.commitment),
            country="" if entry.key.country is None else PLAN.country(entry.key.country).names[language],
            guidance="Skriv kort.",
            entry=entry,
            last=FULL,
            fields=form_fields(entry, UNIT, PLAN),
        )
        for entry in answers
    )
    return worksheet(
        Order(
            unit=UNIT,
            year=2026,
            edition=PLAN.edition,
            language=language,
            written=datetime(2027, 1, 1, tzinfo=UTC),
            deadline=None,
            sheets=sheets,
            word=partial(word, say=catalogue(language)),
        )
    )


def read(data: bytes, held: Entry | None = None) -> tuple[Entry, tuple[CellFault, ...]]:
    book = read_book(data)
    (sheet,) = book.sheets
    return entry_in(sheet, book, held or Entry(key=sheet.key), PLAN)


def filled(data: bytes, *cells: tuple[str, object]) -> bytes:
    """The same file after somebody has written in the answer cells of these paths, and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[book.sheetnames[1]]
    rows = {row[0].value: row[2] for row in sheet.iter_rows(min_row=2)}
    for path, value in cells:
        rows[path].value = value  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            made = change(part.filename, old.read(part))
            if made is not None:
                new.writestr(part.filename, made)
        for name, content in more:
            new.writestr(name, content)
    return out.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries, st.sampled_from(("nb", "nn", "en")))
def test_any_answer_is_the_same_after_it_has_been_in_a_worksheet(entry: Entry, language: LanguageCode) -> None:
    found, faults = read(written(entry, language=language), Entry(key=entry.key, evidence=entry.evidence))
    assert faults == ()
    for field in FORM:
        assert mark_of(getattr(found, field.name)) == mark_of(getattr(entry, field.name)), field.name


def test_several_answers_have_a_sheet_each() -> None:
    answers = example(None, 2026).entries  # type: ignore[arg-type]
    book = read_book(written(*answers))
    assert [sheet.key for sheet in book.sheets] == [entry.key for entry in answers]
    assert (book.unit, book.year, book.edition) == ("NAIR", 2026, PLAN.edition)


def test_what_somebody_has_written_is_read() -> None:
    data = filled(
        written(Entry(key=FULL.key)),
        ("status", "I gang"),
        ("effort.text", "Linje én\nog to"),
        ("result_kinds.outcome", "Ja"),
        ("indicators[1].name", "Deltakere"),
        ("indicators[1].value", "1 234,5"),
        ("indicators[1].women", 17),
        ("indicators[1].measured_on", datetime(2026, 11, 30)),  # noqa: DTZ001 - a day has no zone
        ("money[0].amount_nok", "3 000 000"),
        ("links.sdg_targets", "5.5; 16.7"),
        ("partners[2].name", "UN Women"),
    )
    found, faults = read(data)
    assert faults == ()
    assert (found.status, found.effort.text, found.result_kinds) == ("under-way", "Linje én\nog to", ("outcome",))
    (indicator,) = found.indicators
    assert (str(indicator.value), indicator.women, str(indicator.measured_on)) == ("1234.5", 17, "2026-11-30")
    assert found.money[0].amount_nok == 3_000_000
    assert found.links.sdg_targets == ("5.5", "16.7")
    assert [p.name for p in found.partners] == ["UN Women"]


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        ("effort.text", "=1+1", Wrong.FORMULA),
        ("effort.text", "=HYPERLINK('http://x')", Wrong.FORMULA),
        ("status", "Kanskje", Wrong.NOT_IN_LIST),
        ("result_kinds.outcome", "tja", Wrong.NOT_IN_LIST),
        ("indicators[0].measured_on", "31. desember", Wrong.NOT_A_DATE),
        ("indicators[0].women", "mange", Wrong.NOT_A_NUMBER),
        ("indicators[0].women", 1.5, Wrong.NOT_A_NUMBER),
        ("indicators[0].women", 3, Wrong.NAME_MISSING),
        ("partners[0].name", "to\nlinjer", Wrong.ONE_LINE),
        ("links.commitments", "77", Wrong.NOT_ALLOWED),
        ("money[0].dac_sector", "12", Wrong.NOT_ALLOWED),
        ("effort.text", "x" * 20_001, Wrong.TOO_LONG),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_by_its_name_and_the_rest_is_read(
    path: str, value: Any, wrong: Wrong
) -> None:
    other = "results.text" if path.startswith("effort") else "effort.text"
    held = Entry(key=FULL.key, lessons=Passage(text="Her."))
    data = filled(written(held), (path, value), (other, "Dette er lesbart."))
    found, (fault,) = read(data, held)
    assert (fault.sheet, fault.wrong, fault.field) == ("5 SO", wrong, re.split(r"[.\[]", path)[0])
    assert re.fullmatch(r"C\d+", fault.cell)
    assert found.passage(other.split(".", maxsplit=1)[0]).text == "Dette er lesbart."
    assert getattr(found, fault.field) == getattr(held, fault.field)


def test_a_language_that_is_none_of_ours_is_told_at_its_own_cell() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(written(Entry(key=FULL.key)), ("effort.text", "Det var bra."))))
    sheet = book["5 SO"]
    (row,) = (line for line in sheet.iter_rows() if line[0].value == "effort.text")
    row[3].value = "svensk"
    out = io.BytesIO()
    book.save(out)
    _, (fault,) = read(out.getvalue())
    assert (fault.cell, fault.found, fault.wrong) == (f"D{row[0].row}", "svensk", Wrong.NOT_IN_LIST)


def test_every_faulty_cell_of_a_sheet_is_told_at_once() -> None:
    data = filled(
        written(Entry(key=FULL.key)), ("status", "x"), ("indicators[0].women", "y"),
        ("partners[1].kind", word(PartnerKind.STATE, catalogue("nb"))), ("graded_annex", "a\nb"),
    )  # fmt: skip
    _, faults = read(data)
    assert [fault.wrong for fault in faults] == [
        Wrong.NOT_IN_LIST, Wrong.NOT_A_NUMBER, Wrong.NAME_MISSING, Wrong.ONE_LINE,
    ]  # fmt: skip


def test_what_a_worksheet_never_asks_for_stays_as_it_is_held() -> None:
    held = replace(FULL, unchanged_since=(("effort", 2025),), is_marked_ready=True)  # type: ignore[arg-type]
    found, _ = read(filled(written(held), ("effort.text", "Ny.")), held)
    assert (found.evidence, found.is_marked_ready) == (held.evidence, True)


# -- refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"\xd0\xcf\x11\xe0", b"<html>"])
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    with pytest.raises(NotAWorksheet):
        read_book(data)


def test_another_spreadsheet_is_refused() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(NotAWorksheet):
        read_book(out.getvalue())


def test_a_worksheet_of_another_version_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(FULL)))
    book["wps"]["B1"] = "2"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(WorksheetVersion):
        read_book(out.getvalue())


def bomb(name: str, data: bytes) -> bytes:
    return b" " * (49 << 20) if name == "xl/sharedStrings.xml" else data


def entity(name: str, data: bytes) -> bytes:
    if name != "xl/sharedStrings.xml":
        return data
    return data.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst', 1)


def wide(name: str, data: bytes) -> bytes:
    return data.decode().encode("utf-16") if name == "xl/sharedStrings.xml" else data


@pytest.mark.parametrize("change", [bomb, entity, wide])
def test_a_spreadsheet_that_means_harm_is_refused(change: Callable[[str, bytes], bytes]) -> None:
    with pytest.raises(UnsafeWorksheet):
        read_book(repacked(written(FULL), change))


def test_macros_are_refused() -> None:
    with pytest.raises(UnsafeWorksheet):
        read_book(repacked(written(FULL), lambda _n, d: d, ("xl/vbaProject.bin", b"x")))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_a_damaged_worksheet_is_read_or_refused_and_never_a_bug(place: int, by: int) -> None:
    data = bytearray(SAMPLE)
    data[place % len(data)] ^= by
    try:
        book = read_book(bytes(data))
    except (NotAWorksheet, UnsafeWorksheet, WorksheetVersion):
        return
    assert isinstance(book, Book)


SAMPLE = written(Entry(key=FULL.key))


def test_a_worksheet_that_libreoffice_has_saved_is_read(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    (tmp_path / "ark.xlsx").write_bytes(written(FULL))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "ark.xlsx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    found, faults = read((tmp_path / "out" / "ark.xlsx").read_bytes(), FULL)
    assert faults == ()
    for field in FORM:
        assert mark_of(getattr(found, field.name)) == mark_of(getattr(FULL, field.name)), field.name
