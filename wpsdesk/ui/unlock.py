"""The first thing a person sees: open a desk with its passphrase. Nothing heavy is imported to paint it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import Cancelled, FileMissing, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing, style
from wpsdesk.ui.bars import JobStrip
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.desk_field import DeskField
from wpsdesk.ui.flow import flow
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.passphrases import PassphraseField
from wpsdesk.ui.topline import ElidedLabel

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk

FREE = 3
"""Wrong passphrases after which the next has to wait."""

LONGEST = 30
"""Seconds of the longest wait."""


class Tries:
    """How often a wrong passphrase has been written; each makes the next wait longer, none locks anyone out."""

    def __init__(self, wrong: int = 0) -> None:
        self.wrong = wrong

    @property
    def seconds(self) -> int:
        """How long to wait before the next try: nothing for the first three, then 1, 2, 4 and at most 30 seconds."""
        return min(2 ** (self.wrong - FREE), LONGEST) if self.wrong >= FREE else 0


class UnlockView(GateView):
    """Which desk, and its passphrase."""

    opened = Signal(object)
    """The desk is open: the Desk."""

    opened_by_code = Signal()
    """It was opened with the recovery code; comes after :attr:`opened`."""

    create_asked = Signal()
    restore_asked = Signal()
    look_asked = Signal()

    around_asked = Signal()
    """Look around in a made-up desk."""

    forget_asked = Signal()
    """Clear the list of desks."""

    def __init__(
        self,
        say: Catalogue,
        jobs: Jobs,
        clock: Clock,
        last: Path | None,
        *,
        recent: tuple[Path, ...] = (),
        tries: Tries | None = None,
        behind: Desk | None = None,
    ) -> None:
        """``behind``: the desk that is open behind this view, which then opens nothing else."""
        super().__init__(say)
        self._jobs, self._clock, self._behind = jobs, clock, behind
        self._tries = tries or Tries()
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.timeout.connect(self._end_pause)
        self.store = DeskField(
            say, say("Desk"), self._browse,
            hint=say("The desk's file ends in .wpsdesk. UD's shared database can be opened by its address too."),
        )  # fmt: skip
        self.passphrase = PassphraseField(
            say, say("Passphrase"), hint=say("If it is forgotten: write the recovery code from the paper instead.")
        )
        self.login = PassphraseField(say, say("The database's password"), can_show=False)
        self.login.setVisible(False)  # until the database asks
        self.open_button = button(say("Open the desk"), self.open, role="primary")
        self.create_link = button(say("Make a new desk"), self.create_asked.emit, role="link")
        self.restore_link = button(say("Restore from a backup"), self.restore_asked.emit, role="link")
        self.look_link = button(say("Look at a file"), self.look_asked.emit, role="link")
        self.around_link = button(say("Look around in a made-up desk"), self.around_asked.emit, role="link")
        self.links = (self.create_link, self.restore_link, self.look_link, self.around_link)
        self.recent_links: list[QPushButton] = []
        self.forget_link = button(say("Clear the list"), self.forget_asked.emit, role="link")
        self._lay_out(tuple(path for path in recent if path != last) if behind is None else ())
        if last is not None:
            self.store.show_path(last)
        if behind is not None:
            for widget in (self.store, self.languages, *self.links):
                widget.setEnabled(False)

    def _lay_out(self, others: tuple[Path, ...]) -> None:
        say, column = self.say, self.column
        self.strip = JobStrip(self._jobs, say)  # where a shared database lets one wait
        self.stays = label("", tone="muted", wraps=True)
        self.store.line.textChanged.connect(self._tell_where)
        self._tell_where()
        column.addStretch(1)
        column.addWidget(label(say("Open the desk"), type="title"))
        column.addWidget(self.stays)
        column.addWidget(self.bar)
        column.addWidget(self.store)
        column.addWidget(self.passphrase)
        column.addWidget(self.login)
        column.addWidget(self.strip)
        column.addLayout(row(None, self.open_button))
        column.addSpacing(self.open_button.sizeHint().height() // 2)
        column.addWidget(flow(*self.links, spacing=16))
        column.addWidget(self._others(others))
        column.addStretch(2)

    def _others(self, paths: tuple[Path, ...]) -> QWidget:
        """The desks that were open before, by their files."""
        holder = QWidget(self)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        inside.addWidget(label(self.say("Other desks on this machine"), type="strong"))
        for path in paths:
            link = button(path.name, partial(self._choose, path), role="link")
            link.setAccessibleDescription(str(path))
            link.setToolTip(str(path))
            self.recent_links.append(link)
            inside.addLayout(row(link, ElidedLabel(str(path.parent))))
        inside.addLayout(row(self.forget_link, None))
        holder.setVisible(bool(paths))
        return holder

    def _choose(self, path: Path) -> None:
        self.store.show_path(path)
        self.store.show_error("" if path.is_file() else self._moved())
        self.begin()

    def _moved(self) -> str:
        return self.say("There is no desk at this place any more. If it was moved, browse to where it lies now.")

    def _tell_where(self) -> None:
        """Where what is written stays: that must be true of the desk that is chosen."""
        say = self.say
        if self.store.is_shared:
            words = say("Reporting on Women, Peace and Security. This desk is in UD's shared database.")
        else:
            words = say("Reporting on Women, Peace and Security. Everything stays on this machine.")
        self.stays.setText(words)

    def _not_let_in(self) -> str:
        return self.say(
            "This machine has no key to that desk yet. Another officer can let you in, under Safety or with the "
            "command wpsdesk desk let-in; then open the file that ends in .wpsdesk."
        )

    def _browse(self) -> Path | None:
        start = self.store.path.parent if self.store.path else None
        kinds = self.say("Desks ({pattern})", pattern=choosing.STORES)
        return next(iter(choosing.open_files(self, self.say("Choose a desk"), start, kinds=kinds, many=False)), None)

    def begin(self) -> None:
        """Straight to the passphrase where the desk is known."""
        (self.passphrase if self.store.path else self.store).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)

    def open(self) -> None:
        """Try the passphrase; the work is done on the worker, deriving the key takes its time on purpose."""
        path, passphrase, clock = self.store.path, self.passphrase.text, self._clock
        login, wrong = self.login.text or None, self.store.fault()
        self.bar.clear()
        missing = self.say("Choose which desk to open, or make a new one.") if wrong is None else self.words_of(wrong)
        self.store.show_error("" if path else missing)
        self.passphrase.show_error("" if passphrase or not path else self.say("Write the passphrase."))
        if not path or not passphrase or not self.open_button.isEnabled():
            return
        self.passphrase.setFocus()  # else it goes from the button to the next one, which makes a desk
        self.open_button.setEnabled(False)
        behind = self._behind

        def work(progress: Progress) -> Desk:
            from wpsdesk.desk.opening import open_desk
            from wpsdesk.desk.safety.rekeying import knows

            if behind is not None and knows(behind.store.path, passphrase):
                return behind
            return open_desk(path, passphrase, clock=clock, password=login, progress=progress)

        self._jobs.start(work, owner=self, title=self.say("Opening the desk"), done=self._opened, failed=self._refused)

    def _opened(self, desk: Desk) -> None:
        self._tries.wrong = 0
        self.open_button.setEnabled(True)
        words = self.passphrase.text
        self.passphrase.clear()
        self.login.clear()
        self.opened.emit(desk)
        if _is_code(words):
            self.opened_by_code.emit()

    def _refused(self, fault: WpsError) -> None:
        from wpsdesk.store.errors import KeyFileMissing, WrongPassphrase
        from wpsdesk.store.server.errors import LoginWanted

        self.open_button.setEnabled(True)
        if isinstance(fault, Cancelled):
            self.begin()
        elif isinstance(fault, WrongPassphrase):
            self._tries.wrong += 1
            self.passphrase.show_error(self.words_of(fault))
            self.passphrase.line.selectAll()
            self.passphrase.setFocus()
            if self._tries.seconds:
                self._begin_pause(fault)
        elif isinstance(fault, LoginWanted):
            self.login.setVisible(True)
            self.login.show_error(self.say("The database wants a password of its own; it is not kept."))
            self.login.setFocus()
        elif isinstance(fault, FileMissing) and not isinstance(fault, KeyFileMissing):
            self.store.show_error(self._not_let_in() if self.store.is_address else self._moved())
        else:
            self.tell(fault)

    def _begin_pause(self, fault: WpsError) -> None:
        seconds = self._tries.seconds
        wait = self.say.plural("Wait {n} second before the next try.", "Wait {n} seconds before the next try.", seconds)
        self.passphrase.show_error(f"{self.words_of(fault)} {wait}")
        self.open_button.setEnabled(False)
        self.pause.start(seconds * 1000)

    def _end_pause(self) -> None:
        self.open_button.setEnabled(True)
        self.passphrase.show_error("")


def _is_code(words: str) -> bool:
    from wpsdesk.desk.safety.rekeying import is_recovery_code

    return is_recovery_code(words)
