"""A process of our own beside this one: the same program, started with one word, and nothing of our surroundings."""

from __future__ import annotations

import os
import subprocess
import sys


def command(word: str, module: str) -> list[str]:
    """How the process is started."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, word] if frozen else [sys.executable, "-I", "-m", module]


def start(word: str, module: str, *, pipe: int = -1) -> subprocess.Popen[bytes]:
    """Start the frozen program with ``word``, or else Python with ``module``; its input and output are pipes.

    ``pipe``: how many bytes each of them holds where that can be chosen, which is on Linux; -1 for the system's own.
    Raises OSError where the system starts no process.
    """
    # Nothing of our own environment goes along but what a process needs to start at all.
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "LD_LIBRARY_PATH") if sys.platform == "win32" else ("LD_LIBRARY_PATH",)
    return subprocess.Popen(  # noqa: S603 - our own program, without a shell
        command(word, module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=pipe,
        env={name: os.environ[name] for name in kept if name in os.environ},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
