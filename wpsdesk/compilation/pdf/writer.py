"""Sets the document tree in two rounds over one story, the first of which only counts the pages; then tags it."""

from __future__ import annotations

import io

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.pdf.layout import story
from wpsdesk.compilation.pdf.pages import Pages
from wpsdesk.compilation.pdf.structure import Structure
from wpsdesk.compilation.pdf.tagged import tagged
from wpsdesk.compilation.tree import Document


def whole(document: Document, progress: Progress) -> bytes:
    """The whole PDF, with its structure."""
    structure = Structure()
    return tagged(in_two_rounds(document, structure, progress), document, structure)


def in_two_rounds(document: Document, structure: Structure, progress: Progress) -> bytes:
    """The pages with their marks. Lines are broken in the first round and kept, so the second costs little."""
    flowables = story(document, structure.root)
    count = len(flowables)
    anchors: dict[str, int] = {}
    made = io.BytesIO()
    for round_number, is_rehearsal in enumerate((True, False)):
        made = io.BytesIO()
        steps = (round_number * count, (round_number + 1) * count, 2 * count)
        pages = Pages(
            document, made, anchors=anchors, structure=structure, is_rehearsal=is_rehearsal, progress=progress,
            steps=steps,
        )  # fmt: skip
        pages.build(list(flowables), canvasmaker=pages.sheet)
        for flowable in flowables:  # the library's note that it has once been moved to a next page
            flowable.__dict__.pop("_postponed", None)
    progress(2 * count, 2 * count)
    return made.getvalue()
