"""``wpsdesk pseudonym``: the name is read from standard input, and ``check`` tells where it stands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World


def test_a_name_gets_a_pseudonym_is_replaced_and_put_back(
    wps: CommandLine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ("--store", world.fd)
    monkeypatch.setattr("sys.stdin", io.StringIO("Innsats i\n"))
    assert wps("pseudonym", "add", *at, "--json").member("pseudonyms") == [{"name": "Innsats i", "pseudonym": "NN1"}]
    told = [p for p in wps("check", *at, "--json").member("problems") if p["code"] == "name-with-pseudonym"]  # type: ignore[attr-defined]
    assert told
    assert told[0]["text"].startswith("Innsats i ")
    shown = wps("pseudonym", "show", *at, "--json").member("replacements")
    assert shown[0]["after"].startswith("NN1")  # type: ignore[index]
    assert wps("pseudonym", "replace", *at).code == 0
    assert "NN1" not in wps("pseudonym", "show", *at).out
    assert wps("pseudonym", "undo", *at).code == 0
    assert wps("pseudonym", "undo", *at).code == 1
    assert wps("pseudonym", "remove", "nn1", *at, "--json").member("pseudonyms") == []


def test_a_file_with_a_marking_in_its_name_is_refused(wps: CommandLine, world: World, tmp_path: Path) -> None:
    note = tmp_path / "HEMMELIG notat.txt"
    note.write_text("x", encoding="utf-8")
    told = wps("attach", "--commitment", 2, "--store", world.fd, note)
    assert told.code == 1
    assert "HEMMELIG" in told.err
    assert "Gradert vedlegg finnes" in told.err
