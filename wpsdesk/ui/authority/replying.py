"""Writing replies: for the unit that is read, or for all of which something has been decided and not told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.review.replying import Replied, reply
from wpsdesk.desk.review.replying_to_all import NotReplied, reply_to_all, untold
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import MenuButton


class Replying(QObject):
    """A button with both choices; it says how many units wait for a reply."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._year: Year | None = None
        self._unit: UnitCode | None = None
        self.menu = MenuButton(context.say("Write replies"))

    def show_year(self, year: Year | None, unit: UnitCode | None) -> None:
        """Which year and unit are read now."""
        say = self._context.say
        self._year, self._unit = year, unit
        waiting = () if year is None else untold(self._context.desk, year)
        name = say("Write replies")
        self.menu.setText(f"{name}  {len(waiting)}" if waiting else name)
        told = say.plural("{n} unit waits for a reply.", "{n} units wait for a reply.", len(waiting))
        self.menu.setAccessibleDescription(told)
        self.menu.setToolTip(told)
        choices = [] if unit is None else [(say("To {unit}", unit=unit), self.to_the_unit)]
        if waiting:
            text = say.plural("To {n} unit with decisions", "To all {n} units with decisions", len(waiting))
            choices.append((text, self.to_all))
        self.menu.choices(choices)
        self.menu.setEnabled(bool(choices))

    def to_the_unit(self) -> None:
        """Ask for a folder, and write the reply into it; its name is made."""
        unit, year = self._unit, self._year
        folder = self._folder()
        if folder is None or unit is None or year is None:
            return
        desk, context = self._context.desk, self._context
        context.jobs.start(
            lambda _progress: (reply(desk, unit, year, folder),),
            owner=self, title=context.say("Writing the reply"), done=self._on_done, failed=self._on_fault,
        )  # fmt: skip

    def to_all(self) -> None:
        """Ask for a folder, and write a reply for every unit that waits for one."""
        year, folder = self._year, self._folder()
        if folder is None or year is None:
            return
        desk, context = self._context.desk, self._context
        context.jobs.start(
            lambda progress: reply_to_all(desk, year, folder, progress=progress),
            owner=self, title=context.say("Writing the replies"), done=self._on_done, failed=self._on_fault,
        )  # fmt: skip

    def _folder(self) -> Path | None:
        say, context = self._context.say, self._context
        found = choosing.folder(self._page, say("Where the replies are to lie"), folder_of(context))
        if found is not None:
            remember(context, found)
        context.quieted.emit()
        return found

    def _on_done(self, done: tuple[Replied | NotReplied, ...]) -> None:
        say, context = self._context.say, self._context
        written = [each for each in done if isinstance(each, Replied)]
        failed = [each for each in done if isinstance(each, NotReplied)]
        names = say.listing(each.path.name for each in written[:5])
        what = say.plural("{n} reply is written.", "{n} replies are written.", len(written))
        kept = ""
        if written:
            kept = say("In {folder}: {names}.", folder=written[0].path.parent, names=names)
            if len(written) > 5:
                kept += " " + say.plural("and {n} more", "and {n} more", len(written) - 5) + "."
        do = say("Send each file to its unit.") if written else ""
        for each in failed:
            do += f" {each.unit}: {messages.sentence(each.error, say)}"
        context.told.emit(Sentence(what=what, kept=kept, do=do.strip()), "warning" if failed else "success")
        context.changed.emit("replies")

    def _on_fault(self, fault: WpsError) -> None:
        context, say = self._context, self._context.say
        if isinstance(fault, Cancelled):
            kept = say("Those that were written stay, and their units are not written to again.")
            context.told.emit(Sentence(what=say("The writing of replies was stopped."), kept=kept, do=""), "info")
        else:
            context.told.emit(messages.sentence(fault, say), "danger")
        context.changed.emit("replies")
