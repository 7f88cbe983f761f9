"""A part of a page that is shown alone: what such parts have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.messages import Sentence
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import card, label
from wpsdesk.ui.modal import is_accepted

T = TypeVar("T")


class Section(QWidget):
    """A part with its own column of cards; the page calls :meth:`refresh` when it is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.say = context, context.say
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(style.current().px(12))
        self.inside.setAlignment(Qt.AlignmentFlag.AlignTop)

    def refresh(self) -> None:
        """Show what the desk holds now."""

    def headed(self, head: str, words: str, *widgets: QWidget) -> QWidget:
        """A card with a head, a sentence and what belongs to them."""
        frame, inside = card()
        inside.addWidget(label(head, type="head", wraps=True))
        if words:
            inside.addWidget(label(words, tone="muted", wraps=True))
        for widget in widgets:
            inside.addWidget(widget)
        return frame

    def run(
        self,
        work: Callable[[Progress], T],
        title: str,
        done: Callable[[T], None],
        failed: Callable[[WpsError], None] | None = None,
    ) -> None:
        """Do slow work on the worker."""
        self.context.quieted.emit()
        self.context.jobs.start(work, owner=self, title=title, done=done, failed=failed or self.tell)

    def tell(self, fault: WpsError) -> None:
        """Say what stood in the way; that the person stopped it needs no word."""
        if not isinstance(fault, Cancelled):
            self.context.told.emit(messages.sentence(fault, self.say), "danger")

    def succeed(self, what: str, *, kept: str = "", do: str = "") -> None:
        """Say that it went well, and what is next."""
        self.context.told.emit(Sentence(what=what, kept=kept, do=do), "success")

    def asked(self, dialog: QDialog) -> bool:
        """Show a dialog; whether it was answered."""
        return is_accepted(dialog)

    @property
    def folder(self) -> Path:
        """Where files were last read or written."""
        last = self.context.settings.last_folder
        return last if last is not None and last.is_dir() else Path.home()

    def remember(self, path: Path) -> None:
        """Begin at this file's folder the next time."""
        self.context.remember(last_folder=path.parent)
