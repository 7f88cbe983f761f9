"""The report as JSON, for programs: resources/report/annual-report.schema.json says what stands in it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import BinaryIO, Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.readable import readable
from wpsdesk.compilation.tree import Document

VERSION: Final = 1
SCHEMA: Final = "annual-report.schema.json"


def write_json(document: Document, out: BinaryIO, *, progress: Progress = unwatched) -> None:
    """The report's values in UTF-8; the same document gives the same bytes. Figures keep every decimal, as text."""
    told = {
        "$schema": SCHEMA,
        "version": VERSION,
        "title": document.title,
        "language": document.language,
        "edition": document.edition.value,
        "compiled": rfc3339(document.compiled),
        "publisher": document.publisher,
        "is_draft": document.is_draft,
        "release": None if document.release is None else _plain(document.release),
        **(_plain(document.records) if document.records is not None else {}),
    }
    progress(1, 2)
    out.write(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
    progress(2, 2)


def _plain(value: object) -> dict[str, object]:
    assert is_dataclass(value)
    return {field.name: _value(getattr(value, field.name)) for field in fields(value)}


def _value(value: object) -> object:
    told: object
    match value:
        case Enum():
            told = value.value
        case bool() | int() | None:
            told = value
        case str():
            told = readable(value)
        case Decimal():
            told = format(value, "f")
        case datetime():
            told = rfc3339(value)
        case date():
            told = value.isoformat()
        case tuple():
            told = [_value(one) for one in value]
        case _:
            told = _plain(value)
    return told
