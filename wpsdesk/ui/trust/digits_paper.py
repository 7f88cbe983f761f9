"""Digits on paper: one page that lies beside the telephone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import write_file
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing, paper
from wpsdesk.ui.context import Context
from wpsdesk.ui.paper import Paragraph
from wpsdesk.ui.trust.digits import COLUMNS


def page(title: str, whose: str, fingerprint: str, words: str) -> bytes:
    """The page as PDF: whose digits, the groups in large type four on a line, and what they are for."""
    groups = fingerprint.split()
    lines = ["   ".join(groups[start : start + COLUMNS]) for start in range(0, len(groups), COLUMNS)]
    return paper.page(
        title,
        (
            Paragraph(20.0, 600, title),
            Paragraph(13.0, 400, whose),
            Paragraph(26.0, 600, "\n".join(lines)),
            Paragraph(11.0, 400, words),
        ),
    )


def write_page(context: Context, parent: QWidget, whose: str, fingerprint: str) -> None:
    """Ask where the page is to lie, and write it."""
    say, last = context.say, context.settings.last_folder
    place = (last or Path.home()) / "sifre.pdf"
    out = choosing.new_file(parent, say("Print the digits"), place, kinds=say("PDF ({pattern})", pattern="*.pdf"))
    if out is None:
        return
    words = say("Read the groups out slowly, in this order. The other side ticks each of them, or types it.")
    try:
        write_file(out, page(say("Digits to compare over the telephone"), whose, fingerprint, words))
    except WpsError as fault:
        context.told.emit(messages.sentence(fault, say), "danger")
        return
    context.remember(last_folder=out.parent)
    what = say("The page is written to {file}.", file=out)
    context.told.emit(Sentence(what=what, kept="", do=say("Open it to print it.")), "success")
