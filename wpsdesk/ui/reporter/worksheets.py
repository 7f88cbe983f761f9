"""Answers from a file in the window: worksheets written for colleagues, and files that are looked at first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.files import read_file
from wpsdesk.base.progress import Progress
from wpsdesk.desk.answers import proposing, worksheets
from wpsdesk.desk.answers.proposing import Proposal
from wpsdesk.desk.answers.worksheets import WorksheetWritten
from wpsdesk.desk.call import calling
from wpsdesk.report.answers import MAX_BYTES
from wpsdesk.ui import choosing
from wpsdesk.ui.context import Context
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.reporter.changes import ChangesDialog

T = TypeVar("T")


def write(context: Context, owner: QWidget) -> None:
    """Ask where it is to lie, and write a worksheet with all that is asked."""
    say, desk = context.say, context.desk
    call = calling.current_call(desk)
    if call is None:
        return
    start = (context.settings.last_folder or Path.home()) / f"wps-{desk.unit.code.lower()}-{call.year}.xlsx"
    path = choosing.new_file(owner, say("Write a worksheet"), start, kinds="XLSX (*.xlsx)")
    if path is None:
        return
    language, word = context.language, partial(messages.word, say=say)

    def work(_progress: Progress) -> WorksheetWritten:
        return worksheets.write_worksheet(desk, path, word=word, language=language)

    def done(written: WorksheetWritten) -> None:
        count = len(written.keys)
        what = say.plural("A worksheet with {n} sheet is written.", "A worksheet with {n} sheets is written.", count)
        do = say("The file is not encrypted. Send it only as you would send the text itself.")
        context.told.emit(messages.Sentence(what=what, kept="", do=do), "warning" if written.restricted else "success")

    _start(context, owner, work, done, say("Writing the worksheet"))


def choose(context: Context, owner: QWidget) -> None:
    """Ask for a file of answers, and show what it would change."""
    title, kinds = context.say("Load answers from a file"), "XLSX, JSON (*.xlsx *.json)"
    found = choosing.open_files(owner, title, context.settings.last_folder, kinds=kinds, many=False)
    if found:
        context.remember(last_folder=found[0].parent)
        load(context, owner, found[0])


def load(context: Context, owner: QWidget, path: Path) -> None:
    """Read a file of answers and show what it would change."""
    desk = context.desk

    def work(_progress: Progress) -> Proposal:
        return proposing.propose(desk, read_file(path, limit=MAX_BYTES))

    def done(proposal: Proposal) -> None:
        show_over(ChangesDialog(context, owner, proposal))

    _start(context, owner, work, done, context.say("Reading the answers"))


def _start(
    context: Context, owner: QWidget, work: Callable[[Progress], T], done: Callable[[T], None], title: str
) -> None:
    def failed(fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            context.told.emit(messages.sentence(fault, context.say), "danger")

    context.jobs.start(work, owner=owner, title=title, done=done, failed=failed)
