"""Writing a plain list of the desk's (the journal, points to follow up), or a pack to read, to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wpsdesk.base.files import new_file
from wpsdesk.compilation.pdf import write_pdf
from wpsdesk.compilation.plain_lists import PlainList, list_document, write_list_csv
from wpsdesk.compilation.plain_packs import Pack, pack_document
from wpsdesk.compilation.web import write_html
from wpsdesk.compilation.word import write_docx
from wpsdesk.desk.call.calling_errors import UnknownForm
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import Catalogue

LIST_FORMS: Final = (".pdf", ".csv")
PACK_FORMS: Final = (".pdf", ".html", ".docx")


def plain_list(
    desk: Desk,
    *,
    say: Catalogue,
    title: str,
    note: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
) -> PlainList:
    """A list of this desk's, made now, in the language of ``say``."""
    return PlainList(
        language=say.language,
        title=title,
        note=note,
        publisher=desk.unit.names[say.names_in],
        made=desk.clock(),
        heads=heads,
        rows=rows,
    )


def write_list(listed: PlainList, out: Path, *, replace: bool = False) -> None:
    """Write a list as PDF or CSV, whichever ``out`` ends in.

    Raises UnknownForm, FileExistsAlready, FileUnwritable, DiskFull.
    """
    form = out.suffix.lower()
    if form not in LIST_FORMS:
        raise UnknownForm(path=out, forms=LIST_FORMS)
    with new_file(out, replace=replace) as stream:
        if form == ".pdf":
            write_pdf(list_document(listed), stream)
        else:
            write_list_csv(listed, stream)


def write_pack(pack: Pack, out: Path, *, replace: bool = False) -> None:
    """Write a pack to read as PDF, HTML or DOCX, whichever ``out`` ends in.

    Raises UnknownForm, FileExistsAlready, FileUnwritable, DiskFull.
    """
    form = out.suffix.lower()
    if form not in PACK_FORMS:
        raise UnknownForm(path=out, forms=PACK_FORMS)
    document = pack_document(pack)
    with new_file(out, replace=replace) as stream:
        match form:
            case ".pdf":
                write_pdf(document, stream)
            case ".html":
                write_html(document, stream)
            case _:
                write_docx(document, stream)
