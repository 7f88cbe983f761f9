"""A year by command with a marked word in every field, name and passphrase: it stands nowhere but where asked for."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.kit.traces import Watched, found_in
from wpsdesk.base import own_process
from wpsdesk.base.ids import Year
from wpsdesk.cli.main import DONE
from wpsdesk.evidence.specimens import make_specimens

SECRET = "Merkeord"
WORDS = f"{SECRET} fjell havn lykt vinter"
FREE = {"text", "title", "name", "reason", "source", "wider_access_refusal", "graded_annex"}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for everything that a program might write to."""
    folder = tmp_path / "machine"
    names = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    for name in names:
        (folder / name.lower()).mkdir(mode=0o700, parents=True)
        monkeypatch.setenv(name, str(folder / name.lower()))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("WPSDESK_PASSPHRASE", WORDS)
    return folder


def marked(found: object) -> object:
    """The same document with the marked word before every free text."""
    match found:
        case dict():
            return {
                name: f"{SECRET} {value}" if name in FREE and isinstance(value, str) and value else marked(value)
                for name, value in found.items()
            }
        case list():
            return [marked(one) for one in found]
        case _:
            return found


def the_year(wps: CommandLine, folder: Path) -> Iterator[tuple[object, ...]]:
    """What is typed, in order; ``given`` is the person's own, ``asked`` what was asked for in the clear."""
    given, asked, out = folder / "given", folder / "asked", folder / "out"
    for one in (given, asked, out, folder / "stores"):
        one.mkdir()
    ud, fd = folder / "stores" / "ud.wpsdesk", folder / "stores" / "fd.wpsdesk"
    example = json.loads(wps("fill", "--example", "--year", 2026).out)
    for entry in example["entries"]:
        entry["country"] = None
    (given / "svar.json").write_text(json.dumps(marked(example)), encoding="utf-8")
    (given / f"{SECRET} notat.txt").write_text(f"{SECRET} i notatet", encoding="utf-8")
    specimens = make_specimens(given, SECRET, Year(2026))
    at_fd, at_ud = ("--store", fd), ("--store", ud)
    yield "desk", "create", "--unit", "UD", *at_ud
    yield "desk", "create", "--unit", "FD", *at_fd
    yield "call", "create", "--year", 2026, "--deadline", "2027-03-01", out / "call.asice", *at_ud
    yield "call", "load", out / "call.asice", *at_fd
    yield "enrol", "request", out / "request.asice", *at_fd
    yield "enrol", "approve", out / "request.asice", out / "certificate.asice.cms", "--compared", *at_ud
    yield "enrol", "load", out / "certificate.asice.cms", *at_fd
    yield "fill", given / "svar.json", *at_fd
    yield "attach", "--commitment", 6, given / f"{SECRET} notat.txt", *specimens, *at_fd
    yield "measures", "--commitment", 6, "--add", f"{SECRET} kurs", "--owner", f"{SECRET} Kari", *at_fd
    yield "search", SECRET, *at_fd
    yield "export", out / "report.asice.cms", "--approved-by", f"{SECRET} Godkjenner", *at_fd
    yield "import", out / "report.asice.cms", *at_ud
    yield "review", "FD", "--return", 6, f"{SECRET} hvilket land?", *at_ud
    yield (
        "meeting",
        "add",
        "--date",
        "2027-01-20",
        "--kind",
        "review",
        "--subject",
        f"{SECRET} år",
        "--who",
        SECRET,
        *at_ud,
    )
    yield "reply", "FD", out / "reply.asice.cms", *at_ud
    yield "import", out / "reply.asice.cms", *at_fd
    yield "compile", "--year", 2026, "--lang", "nb", "--out", asked, *at_ud
    yield "archive", "--year", 2026, asked / "arkiv", *at_ud
    yield "desk", "backup", out / "fd.wpsbackup", *at_fd


def test_a_year_by_command_leaves_no_word_where_nobody_asked_for_it(
    wps: CommandLine, machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Watched.seen.clear()
    monkeypatch.setattr(own_process.subprocess, "Popen", Watched)
    folder = tmp_path / "år"
    folder.mkdir()
    for command in the_year(wps, folder):
        done = wps(*command)
        assert done.code == DONE, (command, done.err)
    clear = {folder / "given", folder / "asked"}
    made = [one for one in (*folder.rglob("*"), *machine.rglob("*")) if not clear & {one, *one.parents}]
    files = [one for one in made if one.is_file()]
    assert {".wpsdesk", ".wpskeys", ".cms", ".asice", ".wpsbackup"} <= {one.suffix for one in files}
    assert found_in(made, (SECRET,)) == []
    assert {oct(one.stat().st_mode & 0o777) for one in (*files, *_files(folder / "asked"))} == {"0o600"}
    assert Watched.seen, "evidence is looked into by a process of its own"
    assert not [one for one in Watched.seen if SECRET.encode() in one]


def _files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]
