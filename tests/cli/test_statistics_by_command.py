"""Aid statistics by command: told first, all or nothing, shown, removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World
from tests.intake.aid_files import ACTIVITIES, WRONG, table


@pytest.fixture
def store(first_world: World, tmp_path: Path) -> Path:
    for path in first_world.folder.glob("ud-0*"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / "ud-0.wpsdesk"


def test_statistics_are_told_first_taken_in_whole_shown_and_removed(
    store: Path, wps: CommandLine, tmp_path: Path
) -> None:
    for name, data in (("good.csv", table()), ("bad.csv", WRONG["words.csv"]), ("other.xml", ACTIVITIES)):
        (tmp_path / name).write_bytes(data)
    common = ("--year", "2026", "--source", "Norad", "--store", store)
    show = ("statistics", "show", "--year", "2026", "--json", "--store", store)

    told = wps("statistics", "load", tmp_path / "good.csv", *common, "--preview", "--lang", "en")
    assert "5 rows for 2026, NOK 4,200,000.5 in all" in told.out.replace("\u00a0", " ")
    assert "1 row is of another year" in told.out
    assert wps(*show).code == 1

    assert wps("statistics", "load", tmp_path / "good.csv", *common).code == 0
    lines = wps(*show, "--by", "marker").member("lines")
    assert isinstance(lines, list)
    assert {line["key"]: line["total"] for line in lines} == {
        "2": "1500000", "1": "50000", "0": "250000.50", "not-screened": "2400000",
    }  # fmt: skip

    joined = wps("statistics", "join", "jor-26/0014", "--year", "2026", "--commitment", "8", "12", "--store", store)
    assert "8, 12" in joined.out
    by_number = {line["key"]: line["total"] for line in wps(*show, "--by", "commitment").member("lines")}  # type: ignore[union-attr]
    assert by_number == {"8": "3900000", "12": "2400000"}  # what the file says of another stands beside it
    says = {line["agreement"]: line["says"] for line in wps(*show, "--by", "agreement").member("lines")}  # type: ignore[union-attr]
    assert (says["JOR-26/0014"], says["SOM-26/0001"], says["REG-26/0003"]) == ("authority", "statistics", "nobody")
    unknown = wps("statistics", "join", "X-9", "--year", "2026", "--commitment", "8", "--store", store, "--lang", "en")
    assert (unknown.code, "have no agreement X-9" in unknown.out + unknown.err) == (1, True)

    refused = wps("statistics", "load", tmp_path / "bad.csv", *common, "--lang", "en")
    assert refused.code == 1
    assert "E2: “yes” is not a gender marker" in refused.out
    assert wps(*show).member("rows") == 5

    replaced = wps("statistics", "load", tmp_path / "other.xml", *common, "--json")
    assert (replaced.member("shape"), replaced.member("taken_in")) == ("iati", True)
    assert replaced.member("replaces")["rows"] == 5  # type: ignore[index]
    assert {one["recipient"] for one in replaced.member("changes")} >= {"JO", "SO"}  # type: ignore[union-attr]
    assert wps("statistics", "remove", "--year", "2026", "--store", store).code == 0
    assert wps(*show).code == 1
