"""The benchmarks can be run and tell what they are meant to tell; what they come to is no matter of right or wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.bench.__main__ import BENCHMARKS, main
from tests.bench.measuring import ratio_of
from tests.bench.memory import ALLOWED, peaks


def test_every_benchmark_says_what_it_does_and_against_what() -> None:
    assert {
        "first-paint",
        "import-or-pyhanko",
        "import-or-openssl",
        "seal-200mb",
        "open-200mb",
        "import-112kb",
        "export-200mb",
        "import-200mb",
        "autosave",
        "compile",
    } < set(BENCHMARKS)
    for name, benchmark in BENCHMARKS.items():
        assert benchmark.name == name
        assert benchmark.unit_of_work
        assert benchmark.floor
        assert benchmark.budget is None or benchmark.budget > 0


def test_opening_and_importing_stay_in_little_memory_at_a_size_that_is_no_trouble_to_make(tmp_path: Path) -> None:
    found = peaks(1 << 20, tmp_path)
    assert set(found) == {"open", "verify", "import"}
    assert 0 < max(found.values()) < ALLOWED


def test_what_takes_very_long_is_measured_only_when_it_is_asked_for() -> None:
    found = [name for name, benchmark in BENCHMARKS.items() if benchmark.is_long]
    assert found == ["inbox-10000", "coverage-10000", "inbox-growth", "open-10000", "memory-1gib"]


def test_the_list_has_the_ratio_and_the_budget_of_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--quick", "--only", "autosave"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert set(told) == {"name", "ratio", "budget", "unit_of_work", "floor"}
    assert (told["name"], told["budget"]) == ("autosave", 1.3)
    assert told["ratio"] > 0


def test_a_name_that_is_no_benchmark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["--only", "nothing"])
    assert wrong.value.code == 2
    assert "nothing" in capsys.readouterr().err


def test_unit_and_floor_run_in_pairs_and_by_turns() -> None:
    ran: list[str] = []

    ratio_of([(lambda: ran.append("unit"), lambda: ran.append("floor"))] * 3)
    assert ran == ["unit", "floor", "floor", "unit", "unit", "floor"]


@pytest.mark.parametrize("name", ["import-or-pyhanko", "import-or-openssl", "seal-200mb", "open-200mb"])
def test_the_other_ways_do_the_same_work_to_the_end(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name == "import-or-openssl" and shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    assert main(["--json", "--quick", "--only", name]) == 0  # each asserts that its bundles were taken and intact
    (told,) = json.loads(capsys.readouterr().out)
    assert told["ratio"] > 0
