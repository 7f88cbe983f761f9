"""Where the operating system wants a program to keep its settings and its logs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_NAME: Final = "wpsdesk"


def settings_folder() -> Path:
    """The folder for this person's settings on this machine; it may not be there yet.

    ``XDG_CONFIG_HOME`` is honoured wherever it is set, so that a test or a stick can have its own.
    """
    return _folder(
        "XDG_CONFIG_HOME",
        windows="APPDATA",
        mac="Library/Application Support",
        other=".config",
    )


def logs_folder() -> Path:
    """The folder for reports of our own bugs; it may not be there yet."""
    return _folder(
        "XDG_STATE_HOME",
        windows="LOCALAPPDATA",
        mac="Library/Logs",
        other=".local/state",
    )


def made_up_folder() -> Path:
    """The folder for desks that are made up to be looked at and thrown away; it may not be there yet."""
    return logs_folder() / "made-up"


def running_folder() -> Path:
    """The folder in which open windows are known; it may not be there yet. In memory where the system has such one."""
    return (
        _folder(
            "XDG_RUNTIME_DIR",
            windows="LOCALAPPDATA",
            mac="Library/Caches",
            other=".local/state",
        )
        / "running"
    )


def _folder(variable: str, *, windows: str, mac: str, other: str) -> Path:
    chosen = os.environ.get(variable, "")
    if Path(chosen).is_absolute():  # the XDG rule: a relative path is no path
        return Path(chosen) / _NAME
    if sys.platform == "win32":
        return Path(os.environ.get(windows, "") or Path.home() / "AppData" / "Roaming") / _NAME
    return Path.home() / (mac if sys.platform == "darwin" else other) / _NAME
