"""The manual as a file, by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine
from wpsdesk.cli.main import REFUSED, WRONG_USAGE


def test_the_manual_is_written_once_in_the_language_that_was_asked_for(wps: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "handbok.html"
    assert str(out) in wps("manual", "--form", "html", "--language", "nn", "--out", out).out
    before = out.read_bytes()
    assert b'<html lang="nn">' in before
    assert wps("manual", "--form", "html", "--language", "nb", "--out", out).code == REFUSED
    assert out.read_bytes() == before  # what is there is not written over
    assert wps("manual", "--form", "docx", "--out", tmp_path / "handbok.docx").code == WRONG_USAGE
