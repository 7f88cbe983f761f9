"""Meetings, their points and the follow-up, by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine, World
from wpsdesk.cli.main import DONE, WRONG_USAGE


def test_a_meeting_is_listed_its_points_followed_up_and_written_to_a_file(
    wps: CommandLine, world: World, tmp_path: Path
) -> None:
    at = ("--store", world.ud)
    held = wps("meeting", "add", "--date", "2027-04-12", "--kind", "ministries", "--who", "FD, JD", *at, "--json")
    assert (held.member("year"), held.member("number")) == (2026, 1)
    told = ("--commitment", "7", "--unit", "fd", "--owner", "Kari", "--due", "2026-11-01")
    assert wps("meeting", "point", "2026/1", "Måledato mangler.", *told, *at).code == DONE
    (point,) = wps("meeting", "points", "--open", *at, "--json").json  # type: ignore[misc]
    assert (point["unit"], point["commitment"], point["is_carried"]) == ("FD", 7, False)
    assert point["late"] > 0
    done = wps("meeting", "follow", "2026/1/1", "--state", "done", "--result", "Rettet", "--due", "none", *at, "--json")
    assert (done.member("state"), done.member("due"), done.member("owner")) == ("done", None, "Kari")
    assert wps("meeting", "points", "--out", tmp_path / "points.csv", *at).code == DONE
    assert "Måledato" in (tmp_path / "points.csv").read_text(encoding="utf-8-sig")
    assert wps("meeting", "remove", "2026/1", *at).code == DONE
    assert wps("meeting", "remove", "2026-1", *at).code == WRONG_USAGE
    assert wps("meeting", "list", *at, "--json").json == []
