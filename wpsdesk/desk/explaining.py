"""The manual: read by whoever has a question, and written as a file to be handed on or printed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wpsdesk.assets import own_version
from wpsdesk.base.clock import Clock
from wpsdesk.base.files import new_file
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.manual.binding import bound
from wpsdesk.compilation.tree import Document

FORMS: Final = (Format.PDF, Format.HTML)


def manual(language: str, clock: Clock) -> Document:
    """The manual in a language; in English where it is not there in that one. Raises what reading its files raises."""
    return bound(language, version=own_version(), made=clock())


def write_manual(language: str, form: Format, out: Path, clock: Clock, *, progress: Progress = unwatched) -> Path:
    """Write the manual as a new file, one of FORMS, and return where it lies.

    Raises FileExistsAlready, what writing raises, and Cancelled where ``progress`` does.
    """
    with new_file(out) as stream:
        write(manual(language, clock), form, stream, progress=progress)
    return out
