"""A commitment as the public report will have it, shown as pages over the window."""

from __future__ import annotations

from pathlib import Path

from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import write_file
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.publication.previewing import preview_commitment
from wpsdesk.messages import Sentence
from wpsdesk.plan.model import language_code
from wpsdesk.ui.context import Context
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page


def show_commitment(page: Page, context: Context, year: Year, number: CommitmentNumber) -> None:
    """Lay the commitment out, in the language of the window, and show its pages."""
    desk, say, language = context.desk, context.say, language_code(context.language)

    def work(progress: Progress) -> bytes:
        return preview_commitment(desk, year, number, language, progress=progress)

    def done(pdf: bytes) -> None:
        from wpsdesk.ui.reporter.preview import PreviewDialog

        def save(path: Path) -> None:
            try:
                write_file(path, pdf)
            except WpsError as fault:
                page.tell(fault)
                return
            what = say("{file} is written ({size}).", file=path, size=say.size(len(pdf)))
            context.told.emit(Sentence(what=what, kept="", do=""), "success")

        title = say("Commitment {number} as the public report will have it", number=number)
        dialog = PreviewDialog(context, page, pdf, save, title)
        show_over(dialog)
        dialog.draw()

    context.jobs.start(work, owner=page, title=say("Laying out the pages"), done=done, failed=page.tell)
