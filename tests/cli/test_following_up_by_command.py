"""Coverage in files and by country, reminders, and the journal, by command."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World
from wpsdesk.base.clock import rfc3339


@pytest.fixture
def received(first_world: World, tmp_path: Path, wps: CommandLine) -> Path:
    """UD's store, which has FD's report with answers on 1 and 10."""
    for name in ("ud-0.wpsdesk", "ud-0.wpsdesk.key"):
        if (first_world.folder / name).exists():
            shutil.copy(first_world.folder / name, tmp_path / name)
    for path in first_world.folder.glob("ud-0*"):
        if not (tmp_path / path.name).exists():
            shutil.copy(path, tmp_path / path.name)
    store = tmp_path / "ud-0.wpsdesk"
    assert wps("import", first_world.sent, "--store", store).code == 0
    return store


def test_the_coverage_can_be_asked_by_country_and_written_to_a_file(
    received: Path, wps: CommandLine, tmp_path: Path
) -> None:
    found = wps("coverage", "--by", "country", "--json", "--store", received)
    assert found.member("by") == "country"
    assert wps("coverage", "--out", tmp_path / "d.pdf", "--store", received).code == 0
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")
    again = wps("coverage", "--out", tmp_path / "d.pdf", "--store", received)
    assert again.code == 1
    assert wps("coverage", "--years", "2026,2027", "--by", "country", "--store", received).code == 2
    assert wps("coverage", "--never", "--by", "country", "--store", received).code == 2
    never = json.loads(wps("coverage", "--never", "--store", received, "--json").out)
    names = {row["name"]: row["states"] for row in never["rows"]}
    assert "FD 10" not in names
    assert names["JD 1"] == {str(year): "missing" for year in never["years"]}
    late = wps("coverage", "--late", "--lang", "en", "--store", received)
    assert late.out == "There is nothing in this state.\n"


def test_a_reminder_names_what_is_missing_and_no_word_of_an_answer(
    received: Path, wps: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mail"
    assert wps("remind", "FD", "--out", out, "--lang", "en", "--store", received).code == 0
    text = (out / "paaminnelse_FD_2026.txt").read_text("utf-8")
    assert "Fristen for rapporten er 1. mars 2027" in text
    assert "\n  11  " in text
    assert "\n  10  " not in text
    assert "Innsats i året" not in text
    monkeypatch.setenv("WPSDESK_NOW", rfc3339(datetime(2027, 3, 2, 12, tzinfo=UTC)))
    late = wps("remind", "FD", "--in", "en", "--store", received)
    assert "The deadline for the report was 1 March 2027" in late.out
    assert wps("remind", "XYZ", "--lang", "en", "--store", received).code == 1


def test_the_journal_is_filtered_by_unit_kind_and_day_and_written_to_a_file(
    received: Path, wps: CommandLine, tmp_path: Path
) -> None:
    found = wps("journal", "--unit", "FD", "--what", "received", "--json", "--store", received).json
    assert isinstance(found, list)
    assert [line["about"] for line in found] == ["FD/2026/1"]
    assert wps("journal", "--until", "2026-11-01", "--json", "--store", received).json == []
    assert wps("journal", "--out", tmp_path / "j.pdf", "--store", received).code == 0
    assert (tmp_path / "j.pdf").read_bytes().startswith(b"%PDF")


def test_a_table_of_units_is_shown_before_it_is_taken_and_used_by_the_next_call(
    received: Path, wps: CommandLine, tmp_path: Path
) -> None:
    table = tmp_path / "enheter.csv"
    table.write_text("kode;type;navn;land\nKAMP;utenriksstasjon;Ambassaden i Kampala;Sør-Sudan\n", "cp1252")
    shown = wps("call", "units", table, "--preview", "--lang", "en", "--store", received)
    assert "1 line would be taken in." in shown.out
    create = ("call", "create", "--year", "2027", "--deadline", "2028-03-01", "--json", "--store", received)
    before = wps(*create).member("units")
    assert isinstance(before, list)
    assert "KAMP" not in before
    assert wps("call", "units", table, "--store", received).code == 0
    after = wps(*create, "--leave-out", "KLD").member("units")
    assert isinstance(after, list)
    assert "KAMP" in after
    assert "KLD" not in after
    table.write_text("kode;type;navn;land\nKAMP;utenriksstasjon;Ambassaden i Kampala;Atlantis\n")
    refused = wps("call", "units", table, "--lang", "en", "--store", received)
    assert refused.code == 1
    assert "D2, “Atlantis”: this is no focus country of the plan." in refused.err
