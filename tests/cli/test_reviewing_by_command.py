"""UD's review on the command line, fit for a script in the night."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, Done, World
from wpsdesk.cli.main import DONE, REFUSED, WRONG_USAGE


@pytest.fixture
def received(wps: CommandLine, world: World) -> World:
    """The world in which UD has received FD's report."""
    assert wps("import", world.sent, "--store", world.ud).code == DONE
    return world


def rows(result: Done) -> list[dict[str, object]]:
    assert result.code == DONE, result.err
    found = result.json
    assert isinstance(found, list)
    return found


def test_answers_are_accepted_and_returned_and_followed_up(wps: CommandLine, received: World, tmp_path: Path) -> None:
    ud = received.ud
    before = rows(wps("review", "FD", "--store", ud, "--json"))
    numbers = [str(row["commitment"]) for row in before]
    assert len(numbers) >= 2
    first, *rest = numbers
    decided = ("--return", first, "Hvilket land?", "--answer-by", "2027-04-01", "--accept", *rest)
    note = ("--note", first, "Ring først", "--officer", "Kari")
    after = rows(wps("review", "fd", "--store", ud, "--json", *decided, *note))
    expected = {first: "returned", **dict.fromkeys(rest, "accepted")}
    assert {str(row["commitment"]): row["decision"] for row in after} == expected
    assert after[0]["notes"][0]["text"] == "Ring først"  # type: ignore[index]
    (open_,) = rows(wps("returned", "--store", ud, "--json"))
    assert (open_["unit"], str(open_["commitment"]), open_["told"]) == ("FD", first, False)
    assert open_["answer_by"] == "2027-04-01"
    said = wps("review", "FD", "--store", ud, "--undo", first)
    assert said.code == DONE
    assert "Hvilket land?" in said.out
    assert rows(wps("returned", "--store", ud, "--json")) == []


def test_all_accepts_what_nobody_has_decided(wps: CommandLine, received: World) -> None:
    found = rows(wps("review", "FD", "--store", received.ud, "--accept", "all", "--json"))
    assert {row["decision"] for row in found} == {"accepted"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--accept", "sju"), WRONG_USAGE),
        (("--accept", "1", "--return", "1", "Hva?"), WRONG_USAGE),
        (("--return", "1", " "), REFUSED),
        (("--return", "1", "x" * 5001), REFUSED),  # the unit could not read the reply
        (("--return", "1", "Hvilket\x07land?"), REFUSED),
        (("--accept", "33"), REFUSED),
        (("--undo", "1"), REFUSED),
    ],
)
def test_a_slip_changes_nothing(wps: CommandLine, received: World, words: tuple[str, ...], code: int) -> None:
    before = rows(wps("review", "FD", "--store", received.ud, "--json"))
    said = wps("review", "FD", "--store", received.ud, *words)
    assert said.code == code
    assert said.err
    assert rows(wps("review", "FD", "--store", received.ud, "--json")) == before
