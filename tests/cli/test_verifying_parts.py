"""``verify`` of parts tells what each is, what it fills, and which of its set lie beside it; and so for a folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.vectors.making import RIGHT

COUNT = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of three, and the one that stands in for any; under names that say nothing."""
    found = tmp_path / "minnepinne"
    found.mkdir()
    for number in range(COUNT + 1):
        shutil.copy(RIGHT / f"part-{number}.wpspart", found / f"fil{number}.dat")
    (found / "Les meg.txt").write_text("Hei", encoding="utf-8")
    return found


def told(wps: CommandLine, *paths: Path, code: int) -> list[dict[str, Any]]:
    done = wps("verify", "--json", *paths)
    assert done.code == code, done
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_a_part_says_which_it_is_and_what_it_fills(wps: CommandLine, folder: Path) -> None:
    (part,) = told(wps, folder / "fil2.dat", code=0)
    assert (part["is_part"], part["is_good"], part["part"], part["is_hash_right"]) == (True, True, 2, True)
    assert [(f["first"], f["count"]) for f in part["fills"]] == [(2, 2)]
    assert part["fills"][0]["name"].endswith("_6.asice.cms")
    assert part["beside"]["there"] == [0, 1, 2, 3]
    assert (part["beside"]["parts"], part["beside"]["missing"]) == (COUNT, [])
    (first,) = told(wps, folder / "fil1.dat", code=0)
    assert hashlib.sha256((RIGHT / "part-1.wpspart").read_bytes()[-2000:]).digest()
    assert [(f["first"], f["count"]) for f in first["fills"]] == [(1, 1)]


def test_the_spare_part_belongs_to_every_file(wps: CommandLine, folder: Path) -> None:
    (part,) = told(wps, folder / "fil0.dat", code=0)
    assert part["part"] == 0
    assert [(f["first"], f["count"]) for f in part["fills"]] == [(1, 1), (2, 2)]


def test_in_words_it_says_the_same(wps: CommandLine, folder: Path) -> None:
    done = wps("verify", folder / "fil2.dat", "--lang", "en")
    assert done.code == 0
    for words in ("Part 2 of 3.", "(parts 2–3)", "3 parts of 3 lie in"):
        assert words in done.out


def test_of_a_folder_the_sentence_says_what_is_missing(wps: CommandLine, folder: Path) -> None:
    assert "is whole: 3 parts of 3" in wps("verify", folder, "--lang", "en").out
    (folder / "fil3.dat").unlink()
    done = wps("verify", folder, "--lang", "en")
    assert done.code == 0
    assert "can be made whole: part 3 is not in" in done.out
    (folder / "fil0.dat").unlink()
    done = wps("verify", folder, "--lang", "en")
    assert done.code == 1
    assert "is not whole in" in done.out
    assert "1 part is missing: 3." in done.out
    (one,) = told(wps, folder, code=1)
    assert (one["there"], one["missing"], one["can_be_whole"]) == ([1, 2], [3], False)


def test_a_damaged_part_is_told_of_and_counts_as_missing(wps: CommandLine, folder: Path) -> None:
    path = folder / "fil2.dat"
    data = bytearray(path.read_bytes())
    data[-400] ^= 1
    path.write_bytes(data)
    (part,) = told(wps, path, code=1)
    assert (part["is_good"], part["part"], part["is_hash_right"], part["fills"]) == (False, None, False, [])
    assert [fault["error"] for fault in part["faults"]] == ["PartDamaged"]
    assert (part["beside"]["there"], part["beside"]["missing"]) == ([0, 1, 3], [2])
    assert part["beside"]["damaged"] == [str(path)]
    (one,) = told(wps, folder, code=1)
    assert (one["can_be_whole"], one["is_good"]) == (True, False)


def test_a_folder_without_parts_is_refused_and_a_bundle_beside_parts_is_looked_at_as_ever(
    wps: CommandLine, folder: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "tom"
    empty.mkdir()
    assert wps("verify", empty).code == 1
    shutil.copy(RIGHT / "call.asice", folder / "call.asice")
    found = told(wps, folder / "call.asice", folder / "fil1.dat", code=0)
    assert [each.get("kind") for each in found] == ["call", None]
