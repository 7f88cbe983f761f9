"""An open desk in the window: top line, rail, pages, and below them work under way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.agencies.beginning import has_begun
from wpsdesk.desk.arrivals.receiving import SUFFIXES
from wpsdesk.ui import arrivals, style
from wpsdesk.ui.bars import JobStrip, MessageBar
from wpsdesk.ui.context import Context
from wpsdesk.ui.made_up_band import MadeUpBand
from wpsdesk.ui.page import Page, PageEntry
from wpsdesk.ui.rail import Rail
from wpsdesk.ui.searching import Searching
from wpsdesk.ui.topline import TopLine

if TYPE_CHECKING:
    from wpsdesk.desk.arrivals.habits import Sighting
    from wpsdesk.i18n import Catalogue
    from wpsdesk.report.call import Call
    from wpsdesk.ui.authority.folder_watch import FolderWatch


def entries_for(context: Context) -> tuple[PageEntry, ...]:
    """The pages of this desk: UD's or a reporter's, then what both have."""
    from wpsdesk.ui import preferences
    from wpsdesk.ui.trust import look_page

    if context.desk.is_authority:
        from wpsdesk.ui import authority

        own = authority.pages(context)
    else:
        from wpsdesk.ui import reporter

        own = reporter.pages(context)
    return (*own, *look_page.pages(context), *preferences.pages(context))


def facts(call: Call | None, today: date, say: Catalogue, deadline: date | None = None) -> str:
    """Year, deadline and days left in one line; ``deadline`` is the later day that the unit has got."""
    if call is None:
        return say("No call for reports yet")
    until = deadline or call.deadline
    rest = _left(until, today, say)
    return say("Report for {year} · deadline {day}, {left}", year=call.year, day=say.date(until), left=rest)


def facts_in_short(call: Call | None, today: date, say: Catalogue, deadline: date | None = None) -> tuple[str, ...]:
    """The same where there is less room, longest first: without the year, then how long is left alone."""
    if call is None:
        return ()
    until = deadline or call.deadline
    rest = _left(until, today, say)
    return say("Deadline {day}, {left}", day=say.date(until), left=rest), rest


def _left(until: date, today: date, say: Catalogue) -> str:
    left = (until - today).days
    if left > 0:
        return say.plural("{n} day left", "{n} days left", left)
    if left == 0:
        return say("the deadline is today")
    return say.plural("{n} day past the deadline", "{n} days past the deadline", -left)


class DeskView(QWidget):
    """The pages of one open desk. Pages are built when they are first shown."""

    lock_asked = Signal()

    throw_asked = Signal()
    """Throw the made-up desk away."""

    def __init__(self, context: Context, *, is_made_up: bool = False) -> None:
        super().__init__()
        self.context = context
        self.entries = entries_for(context)
        self._pages: dict[str, Page] = {}
        self._name = ""
        say = context.say
        self.topline = TopLine(
            say,
            speak=lambda code: context.wears.emit("language", code),
            lock=self.lock_asked.emit,
            back_up=self._go_to_backups,
        )
        self.bar = MessageBar(say)
        self.rail = Rail(self.entries, say("Pages"))
        self.stack = QStackedWidget()
        self.strip = JobStrip(context.jobs, say)
        self.band = MadeUpBand(say) if is_made_up else None
        self._lay_out()
        self.rail.chosen.connect(self._go_to)
        # Methods, not lambdas: the context outlives this view, and only a method is let go with its object.
        context.asked.connect(self.go)
        context.told.connect(self._tell)
        context.quieted.connect(self.bar.clear)
        context.saved.connect(self.topline.show_saved)
        context.changed.connect(self._on_change)
        self.searching = Searching(context, self)
        self.topline.search.clicked.connect(self.searching.open)
        self.refresh_frame()
        self._remind_of_backup()
        self.go(self.entries[0].name)
        self.watching: FolderWatch | None = None
        self._watch_a_folder()

    def _watch_a_folder(self) -> None:
        """What comes to the folder that UD, or who else gathers, watches is taken in, whichever page is shown."""
        if self.watching is None and (context := self._receiving()) is not None:
            from wpsdesk.ui.authority.folder_watch import FolderWatch

            self.watching = FolderWatch(context, self)
            self.watching.came.connect(self._take_watched)
            self.watching.lost.connect(self._tell_lost)
        if self.watching is not None:
            self.watching.begin()

    def _receiving(self) -> Context | None:
        """Where reports come in: UD's desk, the gathering side of another, or nowhere."""
        desk = self.context.desk
        if desk.is_authority:
            return self.context
        if not has_begun(desk):
            return None
        from wpsdesk.ui.agencies.side_context import side_of

        return side_of(self.context)

    def _take_watched(self, found: tuple[Sighting, ...]) -> None:
        from wpsdesk.ui.authority.inbox import InboxPage

        if self.context.desk.is_authority:
            page = self._built("inbox")
        else:
            from wpsdesk.ui.agencies.gathering_page import GatheringPage

            gathering = self._built("agencies")
            assert isinstance(gathering, GatheringPage)
            page = gathering.built("inbox")
        assert isinstance(page, InboxPage)
        assert self.watching is not None
        page.take_watched(found, self.watching.took)

    def _tell_lost(self, fault: WpsError) -> None:
        say = self.context.say
        told = messages.sentence(fault, say)
        do = say("The watched folder is looked at again every minute.")
        self._tell(messages.Sentence(what=told.what, kept="", do=do), "warning")

    def _lay_out(self) -> None:
        look = style.current()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        message = QVBoxLayout()
        message.setContentsMargins(look.px(16), look.px(8), look.px(16), 0)
        message.addWidget(self.bar)
        self._message = QWidget()
        self._message.setLayout(message)
        self._message.setObjectName("surface")
        self._message.setVisible(False)
        self.bar.closed.connect(self._message.hide)
        right.addWidget(self._message)
        right.addWidget(self.stack, 1)
        right.addWidget(self.strip)
        lower = QHBoxLayout()
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        lower.addWidget(self.rail)
        lower.addLayout(right, 1)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        if self.band is not None:
            frame.addWidget(self.band)
            self.band.throw_button.clicked.connect(self.throw_asked)
            self.topline.lock.hide()  # there is nothing to hide
        frame.addWidget(self.topline)
        frame.addLayout(lower, 1)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._name]

    @property
    def name(self) -> str:
        """The name of the page that is shown."""
        return self._name

    def _go_to(self, name: str) -> None:
        self.go(name)

    def go(self, name: str, thing: object = None) -> None:
        """Show the page ``name`` and open ``thing`` there. What was typed on the other page is kept first.

        Where the desk cannot be read, as when its server has gone away, the window says so and stays usable.
        """
        if name not in {entry.name for entry in self.entries}:
            return
        before = self._name
        try:
            if self._name and self._name != name:
                self.page.leave()
                self.bar.clear()
            self._show_page(name, thing)
        except WpsError as fault:
            if not before:
                raise
            self._name = before
            self.rail.show_chosen(before)
            self.stack.setCurrentWidget(self.page)
            self._tell(messages.sentence(fault, self.context.say), "danger")

    def _show_page(self, name: str, thing: object) -> None:
        self._built(name)
        self._name = name
        self.rail.show_chosen(name)
        self.stack.setCurrentWidget(self.page)
        self.page.refresh()
        if thing is not None:
            self.page.open_thing(thing)

    def _built(self, name: str) -> Page:
        if name not in self._pages:
            entry = next(e for e in self.entries if e.name == name)
            self._pages[name] = entry.factory(self.context)
            self.stack.addWidget(self._pages[name])
        return self._pages[name]

    def _tell(self, sentence: messages.Sentence, kind: str) -> None:
        self._message.setVisible(True)
        self.bar.show_sentence(sentence, kind)

    def _on_change(self, what: str) -> None:
        try:
            self._follow(what)
        except WpsError as fault:
            self._tell(messages.sentence(fault, self.context.say), "danger")

    def _follow(self, what: str) -> None:
        if what == "call" and self._meets_new_countries():
            return
        self.refresh_frame()
        if what == "backups":
            self._remind_of_backup()
        elif what == "habits":
            self._watch_a_folder()

    def _meets_new_countries(self) -> bool:
        """Whether a call has brought countries that no page knows: then all are built anew, each at its place."""
        from wpsdesk.desk.call.countries import with_known_countries

        context = self.context
        fresh = with_known_countries(context.desk)
        if fresh is context.desk:
            return False
        context.desk = fresh
        context.wears.emit("language", context.say.language)
        return True

    def _go_to_backups(self) -> None:
        """One press: straight to the stick where one is remembered, else to where one is chosen."""
        from wpsdesk.ui.safety import SafetyPage

        self.go("safety")
        if isinstance(self.page, SafetyPage) and self.context.settings.backup_folder is not None:
            self.page.backups.back_up()

    def _remind_of_backup(self) -> None:
        from wpsdesk.desk.safety.backing_up import standing
        from wpsdesk.ui.safety.backups import standing_words

        found = standing(self.context.desk, after_days=self.context.settings.backup_days)
        self.topline.show_backup(standing_words(found, self.context.say) if found.is_due else "")

    def refresh_frame(self) -> None:
        """Top line and counts, from what the desk holds now."""
        from wpsdesk.desk.call import calling
        from wpsdesk.desk.call.extending import deadline_of

        context, desk = self.context, self.context.desk
        call = calling.current_call(desk)
        today = desk.clock().astimezone().date()
        until = None if call is None else deadline_of(desk, call)
        self.topline.show_desk(
            desk.unit.names[context.language],
            facts(call, today, context.say, until),
            *facts_in_short(call, today, context.say, until),
        )
        for entry in self.entries:
            if entry.count is not None:
                self.rail.show_count(entry.name, entry.count(context))

    def leave(self) -> bool:
        """Keep what has been typed; whether all of it is kept."""
        return not self._name or self.page.leave()

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Files dropped on the window: bundles are received, others go to the page that is shown.

        On UD's desk the page that is shown is asked first; what it leaves goes to the inbox. A page for looking
        at files looks, on any desk.
        """
        if self.name == "look" and self.page.accept_file_drop([str(path) for path in paths]):
            return
        if self.context.desk.is_authority:
            if not self.page.accept_file_drop([str(path) for path in paths]):
                self.go("inbox", paths)
            return
        bundles = tuple(path for path in paths if path.suffix.lower() in SUFFIXES or path.is_dir())
        others = [str(path) for path in paths if path not in bundles]
        if bundles:
            arrivals.receive(self.context, self, bundles)
        if others and not self.page.accept_file_drop(others):
            say = self.context.say
            what = say("Files can be dropped on an answer under Report, where they become evidence.")
            self.context.told.emit(messages.Sentence(what=what, kept="", do=""), "info")

    def place(self) -> tuple[str, object]:
        """The page and the place on it."""
        return self._name, self.page.place()

    def return_to(self, place: tuple[str, object]) -> None:
        """Go back to a :meth:`place`."""
        name, inner = place
        self.go(name)
        self.page.return_to(inner)
