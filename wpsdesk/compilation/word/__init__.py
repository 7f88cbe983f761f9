"""The report for Word. The library is loaded when the first report is written."""

from __future__ import annotations

from typing import BinaryIO

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.tree import Document


def write_docx(document: Document, out: BinaryIO, *, progress: Progress = unwatched) -> None:
    """The report as DOCX with styles, headings, contents and page numbers; the same document gives the same bytes.

    ``progress`` counts chapters. Raises Cancelled where ``progress`` does.
    """
    from wpsdesk.compilation.word.writer import whole

    out.write(whole(document, progress))
