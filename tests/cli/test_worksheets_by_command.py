"""Worksheets by command: written, filled in, looked at, taken in."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.conftest import CommandLine, World, contents


def filled(path: Path, **cells: object) -> None:
    book = openpyxl.load_workbook(path)
    rows = {row[0].value: row[2] for row in book["1"].iter_rows(min_row=2)}
    for name, value in cells.items():
        rows[name.replace("__", ".")].value = value  # type: ignore[union-attr]
    book.save(path)


def test_a_worksheet_is_looked_at_before_it_changes_anything(wps: CommandLine, world: World, tmp_path: Path) -> None:
    out = tmp_path / "ark.xlsx"
    written = wps("worksheet", out, "--commitment", 1, 2, "--store", world.fd, "--lang", "en")
    assert (written.code, written.out.splitlines()[0]) == (0, f"{out} has 2 sheets to fill in for 2026.")
    filled(out, effort__text="Written by a colleague.")
    before = contents(world.fd)
    seen = wps("fill", out, "--preview", "--store", world.fd, "--json")
    assert seen.member("changes") == [
        {
            "commitment": 1, "country": None, "field": "effort", "before": "Innsats i året.",
            "after": "Written by a colleague.", "conflict": False,
        }
    ]  # fmt: skip
    assert contents(world.fd) == before
    done = wps("fill", out, "--store", world.fd, "--lang", "en")
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 answer for 2026 is changed, and is a draft to look at.")
    again = wps("fill", out, "--preview", "--store", world.fd, "--lang", "en")
    assert again.out == "The file would change nothing.\n"


def test_a_faulty_cell_is_named_and_nothing_is_changed(wps: CommandLine, world: World, tmp_path: Path) -> None:
    out = tmp_path / "ark.xlsx"
    wps("worksheet", out, "--commitment", 1, "--store", world.fd)
    filled(out, status="Kanskje", results__text="Nytt.")
    before = contents(world.fd)
    refused = wps("fill", out, "--store", world.fd, "--lang", "nb")
    assert refused.code == 1
    assert "Ark 1, celle C10: «Kanskje» står ikke i listen." in refused.out
    assert contents(world.fd) == before
    rest = wps("fill", out, "--despite-faults", "--store", world.fd, "--json")
    assert (rest.code, rest.member("taken_in")) == (0, True)
