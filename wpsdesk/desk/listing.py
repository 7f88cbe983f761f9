"""Writing a plain list of the desk's (the journal, the meetings) to a file."""

from __future__ import annotations

from pathlib import Path

from wpsdesk.base.files import new_file
from wpsdesk.compilation.pdf import write_pdf
from wpsdesk.compilation.plain_lists import PlainList, list_document, write_list_csv
from wpsdesk.desk.call.calling_errors import UnknownForm
from wpsdesk.desk.model import Desk
from wpsdesk.plan.model import LanguageCode


def plain_list(
    desk: Desk,
    *,
    language: LanguageCode,
    title: str,
    note: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
) -> PlainList:
    """A list of this desk's, made now."""
    return PlainList(
        language=language,
        title=title,
        note=note,
        publisher=desk.unit.names[language],
        made=desk.clock(),
        heads=heads,
        rows=rows,
    )


def write_list(listed: PlainList, out: Path, *, replace: bool = False) -> None:
    """Write a list as PDF or CSV, whichever ``out`` ends in.

    Raises UnknownForm, FileExistsAlready, FileUnwritable, DiskFull.
    """
    form = out.suffix.lower()
    if form not in (".pdf", ".csv"):
        raise UnknownForm(path=out)
    with new_file(out, replace=replace) as stream:
        if form == ".pdf":
            write_pdf(list_document(listed), stream)
        else:
            write_list_csv(listed, stream)
