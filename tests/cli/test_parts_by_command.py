"""Changes and parts on the command line: what is written, what is said, and what is a slip of the person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, Done, World
from wpsdesk.cli.arriving import listed
from wpsdesk.cli.main import DONE, REFUSED, WRONG_USAGE


def done(result: Done) -> Done:
    assert result.code == DONE, result.err
    return result


def told(result: Done) -> dict[str, object]:
    found = done(result).json
    assert isinstance(found, dict)
    return found


@pytest.fixture
def acknowledged(wps: CommandLine, world: World, tmp_path: Path) -> World:
    """The world in which UD has received FD's report, and FD has the receipt."""
    done(wps("import", world.sent, "--store", world.ud))
    receipt = told(wps("reply", "FD", tmp_path / "receipt.asice.cms", "--store", world.ud, "--json"))
    done(wps("import", str(receipt["path"]), "--store", world.fd))
    return world


def answers(folder: Path, text: str) -> Path:
    path = folder / "svar.json"
    entry = {"commitment": 1, "status": "under-way"}
    for field in ("effort", "results", "challenges"):
        entry[field] = {"text": text, "language": "nb"}
    path.write_text(json.dumps({"format": "wps-answers/1", "ready": True, "entries": [entry]}), encoding="utf-8")
    return path


def test_only_changes_are_sent_and_understood(wps: CommandLine, acknowledged: World, tmp_path: Path) -> None:
    fd, ud = acknowledged.fd, acknowledged.ud
    assert wps("export", tmp_path / "x.cms", "--store", fd, "--delta").code == REFUSED, "nothing has changed"
    example = json.loads(done(wps("fill", "--example", "--store", fd)).out)
    path = answers(tmp_path, "Rettet.")
    path.write_text(json.dumps({**example, "entries": json.loads(path.read_text("utf-8"))["entries"]}), "utf-8")
    done(wps("fill", path, "--store", fd))
    sent = told(wps("export", tmp_path / "delta.cms", "--store", fd, "--delta", "--json"))
    assert (sent["seq"], sent["is_delta"], sent["entries"], sent["files"]) == (2, True, 1, 0)
    (got,) = json.loads(done(wps("import", tmp_path / "delta.cms", "--store", ud, "--json")).out)
    assert (got["relation"], got["is_delta"], got["entries"], got["missing_evidence"]) == ("supersedes", True, 2, [])


def cut(wps: CommandLine, world: World, folder: Path, *more: object) -> list[Path]:
    found = told(wps("export", folder, "--store", world.fd, "--part-size", "16 KiB", "--parity", "--json", *more))
    parts = found["parts"]
    assert isinstance(parts, list)
    assert [part["part"] for part in parts] == [*range(1, found["count"] + 1), "parity"]  # type: ignore[operator]
    return [Path(part["path"]) for part in parts]


def test_parts_are_written_taken_listed_and_sent_again(wps: CommandLine, world: World, tmp_path: Path) -> None:
    first, second, parity = cut(wps, world, tmp_path / "parts")
    kept = done(wps("--lang", "en", "import", second, "--store", world.ud)).out
    assert f"part 2 of 2 of the set {second.name[:12]} is kept; missing: 1." in kept
    listed_ = done(wps("--lang", "en", "inbox", "--store", world.ud)).out
    assert "Parts that are not whole yet:" in listed_
    assert f"{second.name[:12]}  FD    1 of 2  1 " in listed_
    (one,) = json.loads(done(wps("inbox", "--parts", "--json", "--store", world.ud)).out)
    assert (one["missing"], one["count"], one["unit"], one["claimed_unit"]) == ([1], 2, "FD", "FD")
    reply = told(wps("reply", "FD", tmp_path / "reply.cms", "--store", world.ud, "--json"))
    said = done(wps("--lang", "en", "import", str(reply["path"]), "--store", world.fd)).out
    command = f"wpsdesk export --resend 1 --set {second.name[:12]}."
    assert command in said
    again = told(wps("export", tmp_path / "again", "--store", world.fd, "--resend", "1", "--set", one["set"], "--json"))
    (part,) = again["parts"]  # type: ignore[misc]
    assert Path(part["path"]).read_bytes() == first.read_bytes()
    (outcome,) = json.loads(done(wps("import", part["path"], "--store", world.ud, "--json")).out)
    assert [(file["result"], file["relation"]) for file in outcome["files"]] == [("received", "stale")]
    assert json.loads(done(wps("inbox", "--parts", "--json", "--store", world.ud)).out) == []
    late = done(wps("--lang", "en", "import", parity, "--store", world.ud)).out
    assert f"repair part of the set {second.name[:12]} was here before; no part is missing." in late


def test_missing_evidence_is_named(wps: CommandLine, world: World, tmp_path: Path) -> None:
    first, *_ = cut(wps, world, tmp_path / "parts")
    said = done(wps("--lang", "en", "import", first, "--store", world.ud)).out
    assert "1 file of evidence is missing: Møte på Ås.txt." in said
    shown = done(wps("--lang", "en", "inbox", "--store", world.ud)).out
    assert "Evidence from FD that is missing: Møte på Ås.txt." in shown
    (row,) = json.loads(done(wps("inbox", "--json", "--store", world.ud)).out)
    assert [e["name"] for e in row["missing_evidence"]] == ["Møte på Ås.txt"]


def test_a_set_is_thrown_away_by_its_name(wps: CommandLine, world: World, tmp_path: Path) -> None:
    _, second, _ = cut(wps, world, tmp_path / "parts")
    done(wps("import", second, "--store", world.ud))
    assert wps("inbox", "--forget", "ffff", "--store", world.ud).code == REFUSED
    done(wps("inbox", "--forget", second.name[:12], "--store", world.ud))
    assert json.loads(done(wps("inbox", "--parts", "--json", "--store", world.ud)).out) == []


def test_a_damaged_part_is_told_and_the_others_are_taken(wps: CommandLine, world: World, tmp_path: Path) -> None:
    first, second, parity = cut(wps, world, tmp_path / "parts")
    data = second.read_bytes()
    second.write_bytes(data[:3000] + bytes([data[3000] ^ 1]) + data[3001:])
    result = wps("--lang", "en", "import", first, second, parity, "--store", world.ud, "--json")
    assert result.code == REFUSED
    outcomes = json.loads(result.out)
    assert [o["result"] for o in outcomes] == ["part", "refused", "part"]
    assert outcomes[1]["error"] == "PartDamaged"
    assert [f["result"] for f in outcomes[2]["files"]] == ["received"], "the repair part stood in for it"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--part-size", "ten"),
        ("--part-size", "0MB"),
        ("--resend", "3-1"),
        ("--resend", "0"),
        ("--resend", "1,,2"),
        ("--resend", "1", "--delta"),
        ("--resend", "1", "--parity"),
        ("--set", "abc"),
        ("--parity",),
    ],
)
def test_what_does_not_go_together_is_a_slip(
    wps: CommandLine, world: World, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = wps("export", tmp_path / "out", "--store", world.fd, *arguments)
    assert result.code == WRONG_USAGE
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("numbers", "text"), [((), ""), ((4,), "4"), ((1, 2, 3, 7), "1-3,7"), ((1, 3, 5, 6), "1,3,5-6")]
)
def test_numbers_are_told_as_they_can_be_given(numbers: tuple[int, ...], text: str) -> None:
    assert listed(numbers) == text
