"""The report as PDF. The PDF library is loaded when the first report is written, not when the program starts."""

from __future__ import annotations

from typing import BinaryIO

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.tree import Document


def write_pdf(document: Document, out: BinaryIO, *, progress: Progress = unwatched) -> None:
    """The report as tagged PDF, made to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2); ``out`` is left open.

    The same document gives the same bytes. ``progress`` counts what has been set.
    Raises Cancelled where ``progress`` does; nothing has been written to ``out`` then.
    """
    from wpsdesk.compilation.pdf.writer import whole

    out.write(whole(document, progress))
