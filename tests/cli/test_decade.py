"""By command: one desk hands over to another, a lost desk gets its report back, and UD writes the year's archive."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World
from tests.kit import YEAR


@pytest.fixture
def second(world: World, wps: CommandLine) -> Path:
    """Another desk of FD, believed in, which knows nothing of what the first has written."""
    store, folder = world.folder / "fd-second.wpsdesk", world.folder
    assert wps("desk", "create", "--store", store, "--unit", "FD").code == 0
    assert wps("call", "load", world.call, "--store", store).code == 0
    asked = wps("enrol", "request", folder / "ask.asice", "--wants-report", "--store", store)
    assert asked.code == 0, asked.err
    shown = wps("enrol", "show", folder / "ask.asice", "--json", "--store", world.ud)
    assert shown.member("wants_report") is True
    issued = wps("enrol", "approve", folder / "ask.asice", folder / "got.asice.cms", "--compared", "--store", world.ud)
    assert issued.code == 0, issued.err
    assert "wpsdesk reply FD UT --give-back" in issued.out
    assert wps("import", folder / "got.asice.cms", "--store", store).code == 0
    return store


def test_a_card_a_handover_and_a_choice(world: World, wps: CommandLine, second: Path) -> None:
    card, sealed = world.folder / "fd.wpscard", world.folder / "handover.asice.cms"
    assert wps("handover", "card", card, "--store", second).code == 0
    written = wps("handover", "write", card, sealed, "--json", "--store", world.fd)
    assert written.code == 0, written.err
    assert (written.member("entries"), written.member("files")) == (2, 1)
    loaded = wps("handover", "load", sealed, "--json", "--store", second)
    assert loaded.code == 0, loaded.err
    assert loaded.member("taken") == [{"commitment": 1, "country": None}, {"commitment": 10, "country": None}]
    assert wps("handover", "list", "--store", second).out == "Ingen svar venter på et valg.\n"
    refused = wps("handover", "choose", "ours", 1, "--store", second)
    assert refused.code == 1
    assert "tiltak 1" in refused.err
    told = wps("verify", sealed, "--json", "--store", second)
    assert told.code == 0


def test_a_lost_desk_gets_its_report_back(world: World, wps: CommandLine, second: Path) -> None:
    back = world.folder / "back.asice.cms"
    assert wps("import", world.sent, "--store", world.ud).code == 0
    assert wps("reply", "FD", back, "--with-evidence", "--store", world.ud).code == 2
    done = wps("reply", "FD", back, "--give-back", "--with-evidence", "--store", world.ud)
    assert done.code == 0, done.err
    got = wps("import", back, "--store", second)
    assert got.code == 0, got.err
    assert "UD har gitt rapporten tilbake. 2 svar er overtatt." in got.out
    sent = wps("export", world.folder / "next.asice.cms", "--json", "--store", second)
    assert sent.code == 0, sent.err
    assert sent.member("seq") == 2


def test_the_archive_of_a_year_checks_itself(world: World, wps: CommandLine) -> None:
    out = world.folder / "arkiv"
    assert wps("archive", "--year", YEAR, out, "--store", world.ud).code == 1  # nothing has come
    assert wps("import", world.sent, "--store", world.ud).code == 0
    done = wps("archive", "--year", YEAR, out, "--store", world.ud)
    assert done.code == 0, done.err
    assert "sh verify-all.sh" in done.out
    checked = subprocess.run(["sh", str(out / "verify-all.sh")], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    again = world.folder / "ud-again.wpsdesk"
    assert wps("desk", "create", "--store", again, "--unit", "UD").code == 0
    asked = wps("desk", "load-archive", out, "--store", again)
    assert asked.code == 1
    digits = wps("desk", "info", "--json", "--store", world.ud).member("root_fingerprint")
    assert str(digits) in asked.err
    loaded = wps("desk", "load-archive", out, "--fingerprint", digits, "--json", "--store", again)
    assert (loaded.member("submissions"), loaded.member("is_own_root")) == (1, False)
    (out / "contents.tsv").write_bytes(b"")
    assert subprocess.run(["sh", str(out / "verify-all.sh")], capture_output=True, check=False).returncode == 1
