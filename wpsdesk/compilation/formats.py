"""The kinds of file that the report is written as; a writer is loaded when its kind is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import BinaryIO, Final

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.tree import Document


class Format(StrEnum):
    """A kind of file; its value is the ending of the file's name."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"


_WRITERS: Final = MappingProxyType(
    {
        Format.PDF: ("pdf", "write_pdf"),
        Format.HTML: ("web", "write_html"),
        Format.DOCX: ("word", "write_docx"),
        Format.XLSX: ("sheets", "write_xlsx"),
        Format.JSON: ("data", "write_json"),
    }
)


def write(document: Document, form: Format, out: BinaryIO, *, progress: Progress = unwatched) -> None:
    """The report as one kind of file; ``out`` is left open. Raises Cancelled where ``progress`` does."""
    room, verb = _WRITERS[form]
    writer: Callable[..., None] = getattr(import_module(f"wpsdesk.compilation.{room}"), verb)
    writer(document, out, progress=progress)
