"""The report on its way by command: ready, read, sent by a carrier, compared, and what UD waits for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World
from tests.cli.test_parts_by_command import answers, done, told
from wpsdesk.cli.main import REFUSED, WRONG_USAGE


def test_the_report_is_marked_sent_back_and_read_by_command(wps: CommandLine, world: World, tmp_path: Path) -> None:
    fd = ("--store", world.fd)
    marked = told(wps("report", "ready", "--prepared-by", "Kari Skriver", *fd, "--json"))
    assert (marked["state"], marked["prepared_by"]) == ("ready-for-approval", "Kari Skriver")
    back = told(wps("report", "reopen", "--by", "Ola Leder", "--remark", "Tallene mangler.", *fd, "--json"))
    assert (back["state"], back["remark"]) == ("draft", "Tallene mangler.")
    assert "Tallene mangler." in done(wps("report", "status", *fd)).out
    assert wps("report", "reopen", *fd).code == REFUSED
    out = tmp_path / "helhet.pdf"
    written = told(wps("report", "preview", out, *fd, "--json"))
    assert written["size"] == out.stat().st_size
    assert out.read_bytes().startswith(b"%PDF")
    assert wps("report", "preview", out, *fd).code == REFUSED  # what is there is not written over
    assert wps("report", "preview", tmp_path / "x.pdf", "--no", 9, *fd).code == REFUSED


def test_what_would_go_is_told_and_goes_by_a_carrier(wps: CommandLine, world: World, tmp_path: Path) -> None:
    fd, ud = ("--store", world.fd), ("--store", world.ud)
    done(wps("import", world.sent, *ud))
    receipt = told(wps("reply", "FD", tmp_path / "kvittering.asice.cms", *ud, "--json"))
    done(wps("import", receipt["path"], *fd))
    assert told(wps("report", "parcel", *fd, "--json"))["why"] == "unchanged"
    done(wps("fill", answers(tmp_path, "Rettet."), *fd))
    going = told(wps("report", "parcel", *fd, "--json"))
    assert (going["only_changes"], going["why"], going["since"]) == (True, "changes", 1)
    assert done(wps("report", "parcel", *fd)).out
    (changed,) = done(wps("report", "changes", "--no", 1, *fd, "--json")).json  # type: ignore[misc]
    assert (changed["commitment"], changed["change"]) == (1, "changed")
    assert done(wps("report", "changes", "--no", 1, *fd)).out
    sent = told(wps("export", tmp_path / "pinne", "--carrier", "stick", "--approved-by", "Ola", *fd, "--json"))
    assert (sent["only_changes"], sent["seqs"]) == (True, [2])
    (file,) = sent["files"]  # type: ignore[misc]
    assert Path(file["path"]).stat().st_size == file["size"]
    listed = done(wps("report", "sent", *fd, "--json")).json
    assert [(one["seq"], one["state"], one["is_delta"]) for one in listed] == [  # type: ignore[union-attr]
        (2, "sent", True), (1, "received", False),
    ]  # fmt: skip
    assert "Ola" in done(wps("report", "sent", *fd)).out
    told_state = told(wps("report", "status", *fd, "--json"))
    assert (told_state["state"], told_state["tasks"]) == ("sent", [])


def test_a_desk_from_a_backup_says_so_and_sends_when_it_is_told_that_nothing_has_gone(
    wps: CommandLine, world: World, tmp_path: Path
) -> None:
    done(wps("desk", "backup", tmp_path / "copy", "--store", world.fd))
    again = ("--store", tmp_path / "again.wpsdesk")
    done(wps("desk", "restore", tmp_path / "copy", *again))
    (task,) = told(wps("report", "status", *again, "--json"))["tasks"]  # type: ignore[misc]
    assert (task["task"], task["held"]) == ("ask-ud", None)
    refused = wps("export", tmp_path, *again)
    assert refused.code == REFUSED
    assert "nothing-sent" in refused.err
    assert told(wps("report", "nothing-sent", *again, "--json"))["left"] is None
    assert told(wps("export", tmp_path / "next.asice.cms", *again, "--json"))["seq"] == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--carrier", "mail", "--part-size", "1MB"),
        ("--carrier", "stick", "--mail-limit", "5MB"),
        ("--mail-limit", "5MB"),
        ("--carrier", "pigeon"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(
    wps: CommandLine, world: World, tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert wps("export", tmp_path / "ut", "--store", world.fd, *options).code == WRONG_USAGE
