"""``wpsdesk measures`` and ``attach --follow-up``: the unit's own measures in one list, and its document."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine, World
from tests.evidence.plain_files import pdf_saying
from wpsdesk.cli.main import DONE, WRONG_USAGE


def test_measures_are_added_changed_and_listed_with_the_follow_up_document(
    wps: CommandLine, world: World, tmp_path: Path
) -> None:
    document = tmp_path / "plan.pdf"
    document.write_bytes(pdf_saying("Oppfølgingsplan"))
    at = ("measures", "--store", world.fd)
    assert wps("attach", "--follow-up", "--title", "FDs plan", "--store", world.fd, document).code == DONE
    assert wps(*at, "--commitment", 2, "--add", "Kurs", "--due", "2026-06-01").code == DONE
    told = wps(*at, "--commitment", 2, "--change", 1, "--status", "under-way", "--result", "Ett kurs.", "--json")
    (line,) = told.member("measures")  # type: ignore[misc]
    assert (line["title"], line["status"], line["result"], line["late"]) == ("Kurs", "under-way", "Ett kurs.", True)
    assert told.member("follow_up")["title"] == "FDs plan"  # type: ignore[index]
    assert "over fristen" in wps(*at, "--late").out
    assert wps(*at, "--status", "done").code == WRONG_USAGE
    assert wps(*at, "--commitment", 2, "--change", 9, "--status", "done").code == WRONG_USAGE
