"""Where files were last read or written, so that one need not look for the folder again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wpsdesk.ui.context import Context


def folder_of(context: Context) -> Path:
    """The folder that was last used, or the person's own."""
    last = context.settings.last_folder
    return last if last is not None and last.is_dir() else Path.home()


def remember(context: Context, folder: Path) -> None:
    """Begin in this folder the next time."""
    context.settings = replace(context.settings, last_folder=folder)
