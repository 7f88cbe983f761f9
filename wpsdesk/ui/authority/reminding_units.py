"""Reminders from the coverage: one in the clipboard, or a text for every unit that owes something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.review import reminding
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.page import Page


def copy_reminder(page: Page, unit: UnitCode, year: Year) -> None:
    """Put a reminder to a unit in the clipboard, ready to be mailed."""
    say, context = page.say, page.context
    try:
        found = reminding.reminders(context.desk, year, [unit])
    except WpsError as fault:
        page.tell(fault)
        return
    if not found:
        context.told.emit(Sentence(what=say("{unit} owes nothing.", unit=unit), kept="", do=""), "info")
        return
    QGuiApplication.clipboard().setText(f"{found[0].subject}\n\n{found[0].text}\n")
    told = Sentence(what=say("A reminder to {unit} is copied.", unit=unit), kept="", do=say("Paste it in a mail."))
    context.told.emit(told, "success")


def write_reminders(page: Page, year: Year, done: Callable[[], None]) -> None:
    """Ask for a folder, and write a reminder to every unit that owes something; then call ``done``."""
    say, context = page.say, page.context
    desk, folder = context.desk, choosing.folder(page, say("Write reminders"), folder_of(context))
    if folder is None:
        return

    def written(paths: tuple[Path, ...]) -> None:
        remember(context, folder)
        what = say.plural("{n} reminder is written.", "{n} reminders are written.", len(paths))
        kept = say("They lie in {folder}, a text for each unit.", folder=folder) if paths else ""
        context.told.emit(Sentence(what=what, kept=kept, do=""), "success")
        context.changed.emit("journal")
        done()

    context.jobs.start(
        lambda _progress: reminding.write_reminders(desk, year, reminding.reminders(desk, year), folder),
        owner=page, title=say("Writing"), done=written, failed=page.tell,
    )  # fmt: skip
