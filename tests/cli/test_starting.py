"""From the shell to the right face: window or command, light, quiet when a pipe breaks, honest about a bug."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World
from wpsdesk import __main__ as program
from wpsdesk.base.errors import Cancelled
from wpsdesk.base.places import logs_folder
from wpsdesk.cli import planning
from wpsdesk.cli.main import DONE, REFUSED


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "wpsdesk", *map(str, arguments)],
        capture_output=True, check=False, text=True, timeout=60,
        env={k: v for k, v in {**os.environ, **environment}.items() if v},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        ([], ()),
        (["--lang", "nn"], ()),
        (["--lang=en"], ()),
        (["kontor.wpsdesk"], (Path("kontor.wpsdesk"),)),
        (["--lang", "nn", "FD_20270301_1.ASICE.CMS"], (Path("FD_20270301_1.ASICE.CMS"),)),
        (["kvittering.asice.cms", "del.wpspart"], (Path("kvittering.asice.cms"), Path("del.wpspart"))),
        (["plan"], None),
        (["--help"], None),
        (["verify", "fil.asice"], None),
        (["tull"], None),
    ],
    ids=repr,
)
def test_the_window_is_wished_for_without_a_command(arguments: list[str], files: tuple[Path, ...] | None) -> None:
    assert program.wish_for_a_window(arguments) == files


def test_a_missing_system_library_is_told_with_the_line_that_installs_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "NEEDED", (*program.NEEDED, "libfinnes-ikke.so.9"))
    assert program.main([]) == REFUSED
    said = capsys.readouterr().err
    assert "libfinnes-ikke.so.9" in said
    assert program.DEBIAN in said


def test_without_a_screen_the_window_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not program.has_a_screen()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=1366x768")
    assert program.has_a_screen()
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert program.has_a_screen()


def test_without_a_screen_the_program_ends_with_a_sentence() -> None:
    ended = run(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert ended.returncode == REFUSED
    assert "Vinduet kan ikke åpnes" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_pyside_the_window_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "missing_libraries", lambda: ())
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)  # importing it fails, as where it is not installed
    monkeypatch.delitem(sys.modules, "wpsdesk.ui.main", raising=False)
    assert program.main(["--lang", "nn"]) == REFUSED
    assert "PySide6" in capsys.readouterr().err


def test_a_bug_while_the_window_opens_is_told_with_its_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_files: object, _terminal: object) -> int:
        raise ValueError("hemmelig innhold")

    monkeypatch.setattr(program, "missing_libraries", lambda: ())
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(program, "_opened", broken)
    assert program.main([]) == REFUSED
    (report,) = logs_folder().iterdir()
    assert str(report) in capsys.readouterr().err


def test_other_systems_are_not_asked_for_linux_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert program.missing_libraries() == ()
    assert program.has_a_screen()


LIGHT = """
import json, sys
from wpsdesk.__main__ import main
code = main(sys.argv[1:])
heavy = ("sqlalchemy", "sqlcipher3", "argon2", "reportlab", "fontTools", "PIL", "PySide6")
print(json.dumps([code, [name for name in heavy if name in sys.modules]]), file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["verify", "plan", "--help"])
def test_looking_at_a_file_does_not_wait_for_a_database_or_a_typesetter(command: str, world: World) -> None:
    words = [command, world.folder / "good.asice"] if command == "verify" else [command]
    ended = subprocess.run(
        [sys.executable, "-c", LIGHT, *map(str, words)], capture_output=True, check=False, text=True, timeout=60
    )
    code, heavy = json.loads(ended.stderr.splitlines()[-1])
    assert (code, heavy) == (DONE, [])


def test_a_reader_that_has_gone_is_no_bug() -> None:
    command = f"{sys.executable} -m wpsdesk plan --json | head -c 20"
    ended = subprocess.run(command, shell=True, capture_output=True, check=False, text=True, timeout=60)
    assert len(ended.stdout) == 20
    assert ended.stderr == ""
    assert not logs_folder().exists()


def test_a_terminal_that_lacks_letters_does_not_stop_the_work() -> None:
    ended = run("plan", PYTHONIOENCODING="ascii")
    assert ended.returncode == DONE
    assert r"tilt" in ended.stdout.casefold()


def test_a_bug_is_told_with_its_report_which_holds_no_words(wps: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_args: object, _terminal: object) -> int:
        raise ValueError("hemmelig innhold")

    monkeypatch.setattr(planning, "show", broken)
    result = wps("plan")
    assert result.code == REFUSED
    assert "Noe gikk galt i selve programmet" in result.err
    (report,) = logs_folder().iterdir()
    assert str(report) in result.err
    assert "hemmelig" not in report.read_text(encoding="utf-8")
    assert "hemmelig" not in result.err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled])
def test_stopping_is_a_sentence(wps: CommandLine, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]) -> None:
    def stopped(_args: object, _terminal: object) -> int:
        raise stop

    monkeypatch.setattr(planning, "show", stopped)
    result = wps("plan", "--lang", "nn")
    assert (result.code, "Du avbraut arbeidet." in result.err) == (REFUSED, True)
    assert not logs_folder().exists()


def test_nothing_is_left_in_the_process_by_a_command(wps: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    wps("plan", "--lang", "nn")
    assert os.environ["LANGUAGE"] == "de"
    monkeypatch.delenv("LANGUAGE")
    wps("tull", "--lang", "nn")
    assert "LANGUAGE" not in os.environ
