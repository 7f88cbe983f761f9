"""Where a file that is written comes to lie."""

from __future__ import annotations

from pathlib import Path


def destination(out: Path, name: str) -> Path:
    """``out`` itself, or ``name`` inside it where it is a folder."""
    return out / name if out.is_dir() else out
