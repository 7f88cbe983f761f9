"""More time from UD: what it is, and one button that passes it on to one's own; nothing moves by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wpsdesk.base.progress import Progress
from wpsdesk.desk.agencies.more_time import MoreTime, give_more_time, more_time
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.report.call import Call
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.days import day_field, day_in
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page
from wpsdesk.ui.trust.asking import Asking


class MoreTimeCard(QFrame):
    """Shown where UD has given more time than the call to one's own has in it."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self.context, say = context, context.say
        self.setObjectName("card")
        self.words = label("", wraps=True)
        self.button = button(say("Give them more time"), self.give)
        look = style.current()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.addWidget(self.words)
        inside.addLayout(row(self.button, None))

    def refresh(self) -> None:
        """Whether there is time to pass on."""
        say, found = self.context.say, more_time(self.context.desk)
        self.setVisible(found is not None)
        if found is not None:
            words = say(
                "UD has given you until {ours}. Your own call still says {theirs}, and nothing moves it but you.",
                ours=say.date(found.ours),
                theirs=say.date(found.theirs),
            )
            self.words.setText(words)

    def give(self) -> None:
        """Ask for the day and the file, and make the amended call."""
        context, say, found = self.context, self.context.say, more_time(self.context.desk)
        if found is None:
            return
        desk, dialog = context.desk, MoreTimeDialog(self, say, found, folder_of(context))

        def work(_progress: Progress) -> Call:
            return give_more_time(desk, dialog.until, dialog.out, found.year)

        dialog.works(context.jobs, work)
        if is_accepted(dialog):
            remember(context, dialog.out.parent)
            what = say("The amended call gives them until {date}.", date=say.date(dialog.until))
            do = say("Send {file} to all of them.", file=dialog.out)
            context.told.emit(Sentence(what=what, kept="", do=do), "success")
            context.changed.emit("call")
            context.changed.emit("journal")
            self.refresh()


class MoreTimeDialog(Asking):
    """The new day, and where the amended call is to lie."""

    def __init__(self, parent: QWidget, say: Catalogue, found: MoreTime, folder: Path) -> None:
        text = say(
            "The call is made once more with this day, all else as it was. It must leave you time before {ours}.",
            ours=say.date(found.ours),
        )
        super().__init__(parent, say, say("Give them more time"), text, say("Make an amended call"))
        self.day = day_field(say, say("New deadline"), found.proposed)
        self.file = PathField(say, say("Where the file is to lie"), self._browse)
        self.file.show_path(folder / f"{found.year}-{found.proposed.isoformat()}.asice")
        self.add(Field(say("New deadline"), self.day), self.file)

    def _browse(self) -> Path | None:
        suggestion = self.file.path or Path.home()
        return choosing.new_file(self, self.say("Where the file is to lie"), suggestion, kinds="*.asice")

    def is_answered(self) -> bool:
        """A place for the file."""
        self.file.show_error("" if self.file.path else self.say("Choose where the file is to lie."))
        return self.file.path is not None

    @property
    def until(self) -> date:
        """The new deadline."""
        return day_in(self.day)

    @property
    def out(self) -> Path:
        """The file, once :meth:`is_answered`."""
        assert self.file.path is not None
        return self.file.path
