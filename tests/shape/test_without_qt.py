"""The core lives without a screen: everything but the windows is imported and used where Qt cannot be."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.shape.tree import ROOT, modules

PRELUDE = """
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError("no Qt here: " + name, name=name)
        return None

sys.meta_path.insert(0, NoQt())

def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        raise RuntimeError("a connection: " + event)

sys.addaudithook(refuse)
"""

IMPORT_ALL = """
import json

failed = {}
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed[name] = repr(error)
print(json.dumps(failed))
"""

RUN = """
import runpy
sys.argv[0] = "wpsdesk"
runpy.run_module("wpsdesk", run_name="__main__", alter_sys=False)
"""


def without_qt(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh Python, warnings as errors, where Qt cannot be imported nor a connection made."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PRELUDE + program, *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def test_the_hook_refuses_qt() -> None:
    done = without_qt("import PySide6.QtCore")
    assert done.returncode == 1
    assert "no Qt here" in done.stderr


def test_the_hook_refuses_a_connection() -> None:
    done = without_qt("import socket; socket.create_connection(('127.0.0.1', 9), 1)")
    assert done.returncode == 1
    assert "a connection" in done.stderr


def test_every_module_but_the_windows_is_imported_without_qt() -> None:
    names = [m.name for m in modules() if m.room != "ui"]
    assert len(names) > 40
    done = without_qt(IMPORT_ALL, *names)
    assert done.returncode == 0, done.stderr
    failed = json.loads(done.stdout.splitlines()[-1])
    assert not failed, "\n" + "\n".join(f"{name}: {error}" for name, error in failed.items())


@pytest.mark.parametrize("command", [["plan", "--json"], ["--help"], ["fill", "--example"]])
def test_a_command_runs_without_qt(command: list[str]) -> None:
    done = without_qt(RUN, *command)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_window_without_qt_is_a_sentence_and_no_traceback() -> None:
    done = without_qt(RUN)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip() or done.stdout.strip()
