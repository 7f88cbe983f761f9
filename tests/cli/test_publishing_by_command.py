"""Editing for publication, and the release, by command: written, taken back, refused with a reason, released, kept."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World


@pytest.fixture
def received(first_world: World, tmp_path: Path, wps: CommandLine) -> Path:
    """UD's store, which has FD's report with answers on 1 and 10."""
    for path in first_world.folder.glob("ud-0*"):
        shutil.copy(path, tmp_path / path.name)
    store = tmp_path / "ud-0.wpsdesk"
    assert wps("import", first_world.sent, "--store", store).code == 0
    return store


def test_texts_are_written_shown_taken_in_from_a_file_and_taken_back(
    received: Path, wps: CommandLine, tmp_path: Path
) -> None:
    text, at = tmp_path / "text.txt", ("--officer", "Kari", "--store", received)
    text.write_text("Forsvaret har fått flere rådgivere.", encoding="utf-8")
    assert wps("edit", "answer", "FD", "10", "--text", text, *at).code == 2, "no field is named"
    assert wps("edit", "answer", "FD", "10", "--field", "effort", "--text", text, *at).code == 0
    assert wps("edit", "frame", "foreword", text, "--in", "nn", *at, "--json").member("written") is True
    said = wps("edit", "translate", "FD", "10", "--field", "effort", "--to", "en", "--text", text, *at)
    assert said.code == 0
    wrong = wps("edit", "answer", "FD", "33", "--field", "effort", "--text", text, *at, "--lang", "en")
    assert (wrong.code, wrong.out) == (1, "")

    shown = wps("edit", "show", "--json", "--store", received)
    assert [(one["unit"], one["state"], one["by"]) for one in shown.member("edits")] == [("FD", "used", "Kari")]  # type: ignore[union-attr]
    assert "FD 10" in wps("edit", "show", "--store", received).out
    pdf, alone = tmp_path / "tiltak.pdf", ("edit", "preview", 10)
    assert wps(*alone, pdf, "--store", received, "--json").member("size") == pdf.stat().st_size
    assert pdf.read_bytes().startswith(b"%PDF")
    assert wps(*alone, pdf, "--store", received).code == 1, "it is there already"
    assert wps("edit", "preview", 36, tmp_path / "no.pdf", "--store", received).code == 1
    whole = tmp_path / "whole.json"
    whole.write_text(shown.out, encoding="utf-8")
    for _ in range(3):
        undone = wps("edit", "undo", *at, "--json")
        assert undone.member("who") == "Kari"
    assert wps("edit", "show", "--json", "--store", received).member("edits") == []
    nothing = wps("edit", "undo", *at, "--lang", "en")
    assert nothing.code == 1
    assert "nothing to undo" in nothing.err + nothing.out
    assert wps("edit", "load", whole, *at, "--json").member("written") == 3
    again = wps("edit", "show", "--json", "--store", received)
    assert [one["text"] for one in again.member("edits")] == ["Forsvaret har fått flere rådgivere."]  # type: ignore[union-attr]


def test_a_release_waits_for_the_points_is_made_once_they_may_go_and_is_written_again_as_it_was(
    received: Path, wps: CommandLine, tmp_path: Path
) -> None:
    checked = wps("release", "check", "--json", "--store", received)
    unmet = [one["point"] for one in checked.member("points") if not one["met"]]  # type: ignore[union-attr]
    assert checked.member("ready") is False
    assert {"coverage", "texts"} <= set(unmet)
    refused = wps("release", "make", "--accept", "coverage", "--store", received, "--lang", "en")
    assert refused.code == 1
    assert "not ready to be released" in refused.err + refused.out
    assert wps("release", "make", "--accept", "weather", "--store", received).code == 2
    assert "has not been released" in wps("release", "list", "--store", received, "--lang", "en").out

    out = tmp_path / "out"
    made = wps("release", "make", "--accept", ",".join(unmet), "--out", out, "--json", "--store", received)
    assert (made.code, made.member("number")) == (0, 1)
    assert len({path.suffix for path in out.iterdir()}) == 5
    listed = wps("release", "list", "--json", "--store", received).member("releases")
    assert [one["files"] for one in listed] == [made.member("files")]  # type: ignore[union-attr]
    assert wps("release", "write", 1, tmp_path / "again", "--store", received).code == 0

    def digests(folder: Path) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

    assert digests(tmp_path / "again") == digests(out)
    data = json.loads(next(out.glob("*nb*.json")).read_text("utf-8"))
    assert data["is_draft"] is False
    assert wps("release", "write", 7, tmp_path / "none", "--store", received).code == 1
