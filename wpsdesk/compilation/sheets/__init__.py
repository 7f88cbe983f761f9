"""The report as a spreadsheet. The library is loaded when the first one is written."""

from __future__ import annotations

from typing import BinaryIO

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.tree import Document


def write_xlsx(document: Document, out: BinaryIO, *, progress: Progress = unwatched) -> None:
    """The report's values as XLSX, a table on a sheet for each kind of thing; figures and days are typed.

    ``progress`` counts sheets; the same document gives the same bytes. Raises Cancelled where ``progress`` does.
    """
    from wpsdesk.compilation.sheets.writer import whole

    out.write(whole(document, progress))
