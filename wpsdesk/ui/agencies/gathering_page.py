"""Gathering from agencies or organisations: beginning it, and then the pages that UD has, for one's own alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.desk.agencies.beginning import begin_gathering, has_begun
from wpsdesk.desk.arrivals.receiving import SUFFIXES
from wpsdesk.ui import style
from wpsdesk.ui.agencies.beginning_page import BeginningPage, title_of
from wpsdesk.ui.agencies.reporters_page import ReportersPage
from wpsdesk.ui.agencies.side_context import CONTRIBUTED, SideContext, side_of
from wpsdesk.ui.context import Context
from wpsdesk.ui.page import Page
from wpsdesk.ui.trust.segments import Segments

FIRST: Final = "who"


def _call(context: Context) -> Page:
    from wpsdesk.ui.authority.calling import CallPage

    return CallPage(context)


def _inbox(context: Context) -> Page:
    from wpsdesk.ui.authority.inbox import InboxPage

    return InboxPage(context)


def _review(context: Context) -> Page:
    from wpsdesk.ui.authority.reviewing import ReviewPage

    return ReviewPage(context)


def _coverage(context: Context) -> Page:
    from wpsdesk.ui.authority.coverage import CoveragePage

    return CoveragePage(context)


def _units(context: Context) -> Page:
    from wpsdesk.ui.authority.enrolling import UnitsPage

    return UnitsPage(context)


class GatheringPage(Page):
    """One part at a time, each built when it is first shown."""

    shows = ("call", CONTRIBUTED)

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        say = self.say
        self.title = title_of(context)
        self.setAccessibleName(self.title)
        self.side: SideContext = side_of(context)
        self.segments = Segments(self.title)
        self.stack = QStackedWidget()
        self._parts: dict[str, Page] = {}
        self._factories: dict[str, Callable[[Context], Page]] = {}
        parts: tuple[tuple[str, str, Callable[[Context], Page]], ...] = (
            (FIRST, say("Who reports"), ReportersPage),
            ("call", say("Call"), _call),
            ("inbox", say("Inbox"), _inbox),
            ("review", say("Review"), _review),
            ("coverage", say("Coverage"), _coverage),
            ("units", say("Units and keys"), _units),
        )
        for name, title, factory in parts:
            self._factories[name] = factory
            self.segments.add(name, title)
        self.beginning = BeginningPage(context)
        self.stack.addWidget(self.beginning)
        self._lay_out()
        self.beginning.asked.connect(self.begin)
        self.segments.chosen.connect(self._show_part)
        self.side.asked.connect(self.go)

    def _lay_out(self) -> None:
        look = style.current()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        head = QWidget()
        above = QVBoxLayout(head)
        above.setContentsMargins(look.px(24), look.px(8), look.px(24), 0)
        above.addWidget(self.segments)
        self.body.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.stack, 1)

    # -- showing -----------------------------------------------------------------------------------

    @property
    def part(self) -> Page | None:
        """The part that is shown; None before gathering has begun."""
        return self._parts.get(self.segments.current)

    def refresh(self) -> None:
        """The part that is shown, as the desk has it now."""
        begun = has_begun(self.context.desk)
        self.segments.setVisible(begun)
        if begun and self.part is None:
            self.segments.show_part(FIRST)
        elif self.part is not None:
            self.part.refresh()

    def begin(self) -> None:
        """Make the issuing authority for one's own, and show the call."""
        try:
            begin_gathering(self.context.desk)
        except WpsError as fault:
            self.tell(fault)
            return
        self.context.changed.emit(CONTRIBUTED)
        self.refresh()
        self.go("call")

    def go(self, name: str, thing: object = None) -> None:
        """Show a part and open ``thing`` there; another page of the desk where it is none of the parts."""
        if name not in self._factories:
            self.context.asked.emit(name, thing)
            return
        self.segments.show_part(name)
        if thing is not None and self.part is not None:
            self.part.open_thing(thing)

    def _show_part(self, name: str) -> None:
        shown = self.stack.currentWidget()
        if isinstance(shown, Page):
            shown.leave()
        self.stack.setCurrentWidget(self.built(name))
        self._parts[name].refresh()

    def built(self, name: str) -> Page:
        """A part, shown or not. Raises KeyError."""
        if name not in self._parts:
            self._parts[name] = self._factories[name](self.side)
            self.stack.addWidget(self._parts[name])
        return self._parts[name]

    # -- what the window asks ----------------------------------------------------------------------

    def leave(self) -> bool:
        """Keep what was typed in the part that is shown."""
        return self.part is None or self.part.leave()

    def open_thing(self, thing: object) -> None:
        """Go to a part by its name."""
        match thing:
            case str():
                self.go(thing)
            case (str() as name, inner):
                self.go(name, inner)
            case _:
                pass

    def place(self) -> object:
        """The part, and the place on it."""
        return None if self.part is None else (self.segments.current, self.part.place())

    def return_to(self, place: object) -> None:
        """Go back to a :meth:`place`."""
        match place:
            case (str() as name, inner):
                self.go(name)
                if self.part is not None:
                    self.part.return_to(inner)
            case _:
                pass

    def accept_file_drop(self, paths: list[str]) -> bool:
        """A table of units is for the call; bundles go where the window takes them."""
        others = [path for path in paths if Path(path).suffix.lower() not in SUFFIXES]
        return bool(others) and self.part is not None and self.part.accept_file_drop(others)
