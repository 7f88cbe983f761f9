"""The page: title above, content that scrolls, and below it the way on, always in the same place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import label
from wpsdesk.ui.flow import flow, headed_line
from wpsdesk.ui.scrolling import Content, Scroller


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A page in the rail: ``name`` is its key for :attr:`Context.asked`, ``title`` the word in the rail.

    ``count`` gives the small figure beside the word (what waits), 0 for none. ``is_last`` puts it at the foot.
    """

    name: str
    title: str
    factory: Callable[[Context], Page]
    count: Callable[[Context], int] | None = None
    is_last: bool = False


class Page(QWidget):
    """One page of an open desk. Subclasses fill ``self.body`` and override :meth:`refresh`.

    Texts are taken from ``self.say`` when the page is built: at a change of language the window builds the
    pages anew and hands over :meth:`place`.
    """

    title: str = ""
    shows: tuple[str, ...] = ()
    """The kinds of :attr:`Context.changed` after which the page refreshes itself."""

    def __init__(self, context: Context, *, scrolls: bool = True) -> None:
        super().__init__()
        self.context = context
        self.say: Catalogue = context.say
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = style.current()
        self.frame = QVBoxLayout(self)
        self.frame.setContentsMargins(0, 0, 0, 0)
        self.frame.setSpacing(0)
        content = Content()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        self.body.setSpacing(look.px(12))
        if scrolls:
            self.scroller = Scroller(content)
            self.frame.addWidget(self.scroller, 1)
        else:
            self.frame.addWidget(content, 1)
        context.changed.connect(self._on_change)

    # -- what subclasses use -----------------------------------------------------------------------

    def header(self, title: str, *actions: QPushButton) -> QLabel:
        """The page's title with its buttons at the right; call it first."""
        self.title = title
        heading = label(title, type="title")
        self.body.addLayout(headed_line(heading, *actions, spacing=10))
        self.setAccessibleName(title)
        return heading

    def footer(self, *actions: QPushButton, left: QWidget | None = None, under: QVBoxLayout | None = None) -> None:
        """The line at the foot: ``left`` for what is missing, buttons at the right, the primary one last.

        It stands at the foot of the page, or of ``under`` where only a part of the page has a foot.
        """
        look = style.current()
        holder = QWidget()
        holder.setObjectName("footer")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if look.is_large else QBoxLayout.Direction.LeftToRight, holder
        )
        side = look.px(12 if look.is_large else 24)
        line.setContentsMargins(side, look.px(8), side, look.px(8))
        line.setSpacing(look.px(6))
        if left is not None:
            line.addWidget(left, 1, Qt.AlignmentFlag.AlignVCenter)
        elif not look.is_large:
            line.addStretch(1)
        if look.is_large:
            line.addWidget(flow(*actions, spacing=6, is_right=True))
        else:
            for action in actions:
                line.addWidget(action)
        (under or self.frame).addWidget(holder)

    def tell(self, fault: WpsError) -> None:
        """Show the sentence of a fault at the head of the window."""
        from wpsdesk import messages

        self.context.told.emit(messages.sentence(fault, self.say), "danger")

    def refresh_or_tell(self) -> None:
        """Show what the desk holds now or, where it cannot be read (its server may have gone away), say so."""
        try:
            self.refresh()
        except WpsError as fault:
            self.tell(fault)

    # -- what the window asks ----------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the desk holds now. Called when the page is shown and when something of ``shows`` changes."""

    def leave(self) -> bool:
        """Keep what has been typed: another page comes, the desk is locked, the window closes.

        Returns whether all of it is kept; where it is not, the desk stays open.
        """
        return True

    def open_thing(self, thing: object) -> None:
        """Go to one thing on this page."""

    def place(self) -> object:
        """Where one is on this page, for :meth:`return_to` on the page that replaces it."""
        return None

    def return_to(self, place: object) -> None:
        """Go back to a :meth:`place`."""

    def accept_file_drop(self, paths: list[str]) -> bool:  # noqa: ARG002 - for subclasses
        """Take files dropped on the window; False leaves them to the window."""
        return False

    def _on_change(self, what: str) -> None:
        if what in self.shows and self.isVisible():
            self.refresh_or_tell()
