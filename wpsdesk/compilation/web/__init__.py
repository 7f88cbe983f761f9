"""The report for the web: one file that asks for nothing from anywhere."""

from __future__ import annotations

from typing import BinaryIO

from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.tree import Document


def write_html(document: Document, out: BinaryIO, *, progress: Progress = unwatched) -> None:
    """The report as one HTML file in UTF-8, made to WCAG 2.1 AA; the same document gives the same bytes.

    ``progress`` counts chapters. Raises Cancelled where ``progress`` does.
    """
    from wpsdesk.compilation.web.writer import whole

    out.write(whole(document, progress).encode())
