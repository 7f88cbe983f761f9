"""Opening a piece of evidence in the system's own program, from a private copy that goes with the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.evidence.opened_copies import Copy, open_copy
from wpsdesk.report.model import Evidence
from wpsdesk.ui.context import Context


def open_file(context: Context, owner: QObject, unit: UnitCode, evidence: Evidence) -> None:
    """Copy it on the worker, then open the copy."""
    desk, digest = context.desk, evidence.digest
    context.jobs.start(
        lambda progress: open_copy(desk, unit, digest, progress=progress),
        owner=owner, title=context.say("Opening the file"),
        done=partial(_opened, context), failed=partial(_on_fault, context),
    )  # fmt: skip


def _opened(context: Context, copy: Copy) -> None:
    say = context.say
    is_open = QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy.path)))
    what = say("A copy of the file is open.") if is_open else say("This machine has no program for the file.")
    kept = say("The copy is removed when the desk is locked or closed.")
    do = "" if is_open else say("It lies in {path} until then.", path=copy.path)
    context.told.emit(messages.Sentence(what=what, kept=kept, do=do), "info" if is_open else "warning")


def _on_fault(context: Context, fault: WpsError) -> None:
    context.told.emit(messages.sentence(fault, context.say), "danger")
