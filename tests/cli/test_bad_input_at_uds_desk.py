"""What bad input gets at UD's desk, by command: a sentence each, and nothing half done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, Done, World
from tests.kit.server import fresh_address, start_server, stop_server
from wpsdesk.base.canonical import canonical_json
from wpsdesk.cli.main import DONE, REFUSED
from wpsdesk.desk.review import reviewing

CREATE = ("call", "create", "--year", "2026", "--deadline", "2027-03-01")


def refused(done: Done, *words: str) -> None:
    assert done.code == REFUSED, done.out
    for word in words:
        assert word in done.err
    assert "Traceback" not in done.err


def held(wps: CommandLine, ud: Path) -> tuple[str, str]:
    """What the desk says of its year and of what has been done on it."""
    return wps("coverage", "--store", ud, "--json").out, wps("journal", "--store", ud, "--json").out


def test_a_list_of_units_with_a_wrong_cell_or_one_number_twice_is_not_taken_in(
    wps: CommandLine, world: World, tmp_path: Path
) -> None:
    table, ud = tmp_path / "enheter.csv", world.ud
    before = held(wps, ud)
    head = "Kode;Type;Navn;Orgnr;Overordnet\r\n"
    wrong = head + "NAIR;Utenriksstasjon;Ambassaden i Nairobi;;\r\nå b;Etat;En etat;;JD\r\n"
    twice = head + "AAA;Etat;En etat;974760673;JD\r\nBBB;Etat;En annen;974760673;JD\r\n"
    for text, words in ((wrong, ("A3", "å b")), (twice, ("D3", "974760673"))):
        table.write_text(text, encoding="utf-8")
        refused(wps("call", "units", table, "--store", ud), *words)
        refused(wps(*CREATE, "--units", table, tmp_path / "b.asice", "--store", ud), *words)
    one = {"kind": "agency", "organisation_number": "974760673", "parent": "JD", "covers": [], "commitments": [1]}
    asked = [{**one, "code": code, "names": {"nb": code, "nn": code, "en": code}} for code in ("AAA", "BBB")]
    (tmp_path / "enheter.json").write_bytes(canonical_json(asked))
    done = wps(*CREATE, "--units", tmp_path / "enheter.json", tmp_path / "b.asice", "--store", ud)
    refused(done, "AAA", "BBB")
    assert not (tmp_path / "b.asice").exists()
    assert held(wps, ud) == before


@pytest.mark.parametrize(
    ("year", "deadline", "word"),
    [("2026", "2020-03-01", "frist"), ("2022", "2027-03-01", "2023"), ("2031", "2032-03-01", "2030")],
)
def test_a_deadline_that_has_passed_and_a_year_outside_the_plan_make_no_call(
    wps: CommandLine, world: World, tmp_path: Path, year: str, deadline: str, word: str
) -> None:
    before, out = held(wps, world.ud), tmp_path / "b.asice"
    refused(wps("call", "create", "--year", year, "--deadline", deadline, out, "--store", world.ud), word)
    assert not out.exists()
    assert held(wps, world.ud) == before


def test_a_reply_to_a_unit_without_a_key_is_not_written(wps: CommandLine, world: World, tmp_path: Path) -> None:
    out = tmp_path / "svar"
    out.mkdir()
    before = held(wps, world.ud)
    refused(wps("reply", "KUD", out, "--store", world.ud), "KUD har ikke")
    assert held(wps, world.ud) == before
    assert wps("import", world.sent, "--store", world.ud).code == DONE
    assert wps("enrol", "revoke", "FD", "--store", world.ud).code == DONE
    before = held(wps, world.ud)
    refused(wps("reply", "FD", out, "--store", world.ud), "FD")
    assert held(wps, world.ud) == before
    assert not list(out.iterdir())


def test_a_database_that_goes_away_in_the_middle_of_a_review_decides_nothing(
    wps: CommandLine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ud = world.ud
    assert wps("import", world.sent, "--store", ud).code == DONE
    assert wps("desk", "move", "--to", fresh_address(), "--store", ud).code == DONE
    before = held(wps, ud)
    real = reviewing.note

    def note(*args: object, **words: object) -> None:
        real(*args, **words)  # type: ignore[arg-type]
        stop_server()  # the decision is written, and not confirmed yet

    try:
        with monkeypatch.context() as broken:
            broken.setattr(reviewing, "note", note)
            refused(wps("review", "FD", "--accept", "all", "--store", ud), "svarer ikke")
        refused(wps("inbox", "--store", ud), "svarer ikke")
    finally:
        start_server()
    assert held(wps, ud) == before
    found = json.loads(wps("review", "FD", "--accept", "all", "--store", ud, "--json").out)
    assert {row["decision"] for row in found} == {"accepted"}
