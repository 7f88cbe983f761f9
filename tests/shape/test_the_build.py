"""What the building of the program leaves behind is not missed by the program."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.shape.tree import ROOT

WITHOUT = """
import runpy, sys

left_behind = set(sys.argv.pop(1).split(","))

class NotThere:
    def find_spec(self, name, path=None, target=None):
        if name in left_behind:
            raise ModuleNotFoundError("left behind: " + name, name=name)
        return None

sys.meta_path.insert(0, NotThere())
sys.argv[0] = "wpsdesk"
runpy.run_module("wpsdesk", run_name="__main__", alter_sys=False)
"""


def left_behind() -> list[str]:
    """The modules that build.spec leaves out."""
    tree = ast.parse((ROOT / "build.spec").read_text("utf-8"))
    (found,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEVER_IMPORTED"
    ]
    names: list[str] = ast.literal_eval(found)
    return names


def test_the_whole_year_is_played_without_what_is_left_behind(tmp_path: Path) -> None:
    assert "sqlite3" in left_behind()
    state = tmp_path / "state"
    played = subprocess.run(
        [sys.executable, "-c", WITHOUT, ",".join(left_behind()), "demo", str(tmp_path / "demo")],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "XDG_STATE_HOME": str(state)},
    )
    assert played.returncode == 0, played.stderr
    assert played.stderr == ""
    assert not state.exists(), "a fault of the program was reported"
