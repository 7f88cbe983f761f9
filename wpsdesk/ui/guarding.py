"""What keeps an open desk from other eyes: the title, the lock, the wipe. The window itself is built on this."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.settings import Language, Settings
from wpsdesk.ui import wiping
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.unlock import Tries, UnlockView
from wpsdesk.ui.watching import Watch

if TYPE_CHECKING:
    from wpsdesk.desk.looking_around import MadeUp
    from wpsdesk.desk.model import Desk
    from wpsdesk.ui.context import Context
    from wpsdesk.ui.errands import Errand
    from wpsdesk.ui.shell import DeskView


class GuardedWindow(QMainWindow):
    """One view at a time: those before a desk is open, the desk, or a view that hides it."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__()
        self.settings = settings
        self._clock = clock
        self.jobs = Jobs(self)
        self.context: Context | None = None
        self.desk_view: DeskView | None = None
        self.gate: GateView | None = None
        self._views = QStackedWidget()
        self.setCentralWidget(self._views)
        self.settings_before = settings  # a made-up desk was opened
        self.made_up: MadeUp | None = None  # the desk that is open is one to look around in
        self.tries = Tries()
        self._is_locked = False  # what could not be saved is kept behind a view that asks for the passphrase
        self._left: tuple[Path, tuple[str, object]] | None = None  # where one was when the desk was locked
        self.watch = Watch(self._idle_minutes, self)
        self.watch.left.connect(self.lock_at_once)

    @property
    def say(self) -> Catalogue:
        """The texts in the window's language."""
        return catalogue(self.settings.language)

    # -- what the window itself does ---------------------------------------------------------------

    def show_unlock(self, store: Path | None = None) -> None:
        """Show the view that opens a desk."""
        raise NotImplementedError

    def open_desk(self, desk: Desk) -> None:
        """Show an open desk."""
        raise NotImplementedError

    def _speak(self, language: Language) -> None:
        raise NotImplementedError

    def _take_waiting(self) -> None:
        """Take in the files that came while nobody could."""
        raise NotImplementedError

    # -- one view at a time ------------------------------------------------------------------------

    def _show(self, view: QWidget) -> None:
        old = self._views.currentWidget()
        self._views.addWidget(view)
        self._views.setCurrentWidget(view)
        if old is not None:
            self._views.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _show_gate(self, view: GateView) -> None:
        self.gate = view
        self._retitle()
        view.spoke.connect(self._speak)
        self._show(view)
        view.begin()

    def _retitle(self) -> None:
        """The title: the program and the unit's code, never what is in the desk; less where that is wanted."""
        if self.settings.hides_title:
            self.setWindowTitle(self.say("Window"))
        elif self.context is None or self.is_covered:
            self.setWindowTitle("WPS Desk")
        else:
            self.setWindowTitle(f"WPS Desk – {self.context.desk.unit.code}")

    # -- locking -----------------------------------------------------------------------------------

    @property
    def is_covered(self) -> bool:
        """Whether a desk is open behind a view that hides it."""
        return self.gate is not None and self.desk_view is not None

    def _idle_minutes(self) -> int:
        return self.settings.idle_minutes

    def lock(self) -> None:
        """Keep what was typed, close the store, ask for the passphrase again; the place is come back to.

        What cannot be saved stays in the window's memory behind a view that asks for the passphrase as well. A
        made-up desk has nothing to hide, and is left open.
        """
        if self.context is None or self.desk_view is None or self._is_locked or self.made_up is not None:
            return
        path, place = self.context.desk.store.path, self.desk_view.place()
        if self._close_desk():
            self._left = (path, place)
            self.show_unlock(path)
        else:
            self._cover()

    def lock_at_once(self) -> None:
        """Lock when nobody is there: whatever asks something is given up first."""
        if self.made_up is None:
            self._give_up_dialogs()
            QTimer.singleShot(0, self, self.lock)

    def _give_up_dialogs(self) -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                one.reject()

    def _cover(self) -> None:
        """Hide the desk behind a view that wants its passphrase, and opens nothing else."""
        assert self.context is not None
        desk = self.context.desk
        view = UnlockView(self.say, self.jobs, self._clock, desk.store.path, tries=self.tries, behind=desk)
        view.opened.connect(self._uncover)
        view.bar.show_words(
            self.say("What was typed last could not be saved."),
            self.say("It is kept behind the lock. Open the desk and make room on the disk."),
            kind="warning",
        )
        self._is_locked = True
        self._put_over(view)

    def _put_over(self, view: GateView) -> None:
        old, self.gate = self.gate, view
        self._views.addWidget(view)
        self._views.setCurrentWidget(view)
        if old is not None:
            self._drop(old)
        self._retitle()
        view.begin()

    def _drop(self, view: QWidget) -> None:
        self._views.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _uncover(self) -> None:
        """Show the open desk again."""
        assert self.desk_view is not None
        old, self.gate, self._is_locked = self.gate, None, False
        self._views.setCurrentWidget(self.desk_view)
        if old is not None:
            self._drop(old)
        self._retitle()
        self.watch.begin()
        self.desk_view.rail.button(self.desk_view.name).setFocus()
        self._take_waiting()

    def _close_desk(self) -> bool:
        """Whether the desk is closed now; it stays open where what was typed could not be saved."""
        if self.context is None or self.desk_view is None:
            return True
        self.jobs.stop()
        if not self.desk_view.leave():
            return False
        self._let_go(self.context.desk)
        return True

    def _let_go(self, desk: Desk) -> None:
        """Close the store and drop all that was shown of it."""
        from wpsdesk.desk.opening import close_desk

        assert self.context is not None
        assert self.desk_view is not None
        self.watch.end()
        self.jobs.stop()
        self.settings = self._settings_left(self.context.settings)
        self._drop(self.desk_view)
        close_desk(desk)
        self.context, self.desk_view, self._is_locked = None, None, False
        if self.made_up is not None:
            from wpsdesk.desk.looking_around import throw_away

            made, self.made_up = self.made_up, None
            throw_away(made)

    def _settings_left(self, now: Settings) -> Settings:
        """What is set when a desk closes: of what was set on a made-up one only how the window looks and speaks."""
        if self.made_up is None:
            return now
        looks = {"language": now.language, "scheme": now.scheme, "text_size": now.text_size}
        return replace(self.settings_before, **looks)  # type: ignore[arg-type]  # the names are our own

    # -- wiping, and encrypting anew ---------------------------------------------------------------

    def show_wipe(self) -> None:
        """The view that wipes the open desk, or the one that was to be opened."""
        path = self.settings.last_store
        if self.context is not None:
            path = self.context.desk.store.path
        elif isinstance(self.gate, UnlockView):
            path = self.gate.store.path
        if path is None or isinstance(self.gate, wiping.WipeView):
            return
        self._give_up_dialogs()
        view = wiping.WipeView(self.say, path)
        view.given_up.connect(self._give_up_wipe)
        view.meant.connect(self._wipe)
        self._look_for_backups(view)
        if self.desk_view is None:
            self._show_gate(view)
            return
        self.desk_view.leave()
        self._put_over(view)

    def _look_for_backups(self, view: wiping.WipeView) -> None:
        """On a worker of its own: neither the hands that type nor an answer to be saved waits for a slow stick."""
        from wpsdesk.desk.safety.wiping import backups_known, backups_listed

        path, listed = view.path, backups_listed(None if self.context is None else self.context.desk)
        Jobs(view).start(
            lambda _progress: backups_known(path, listed), owner=view, done=view.show_backups, failed=_let_be
        )

    def _give_up_wipe(self) -> None:
        assert isinstance(self.gate, wiping.WipeView)
        if self.desk_view is None:
            self.show_unlock(self.gate.path)
        elif self._is_locked:
            self._cover()
        else:
            self._uncover()

    def _wipe(self) -> None:
        from wpsdesk import messages
        from wpsdesk.desk.safety.wiping import wipe

        assert isinstance(self.gate, wiping.WipeView)
        if self.made_up is not None:
            self._let_go(self.made_up.desk)
            self.show_unlock()
            return
        path, say, fault = self.gate.path, self.say, None
        self.jobs.cancel_all()
        try:
            done = wipe(path, desk=None if self.context is None else self.context.desk, close=self._let_go)
        except WpsError as found:
            fault = found
        else:
            self.settings = replace(done.settings, language=self.settings.language)
        self.show_unlock()
        assert self.gate is not None
        if fault is not None:
            self.gate.bar.show_sentence(messages.sentence(fault, say))
            return
        known = say.listing(str(one) for one in done.backups)
        rest = say("These backups still open with their passphrase: {files}.", files=known) if known else ""
        self.gate.bar.show_words(say("The desk {file} is wiped.", file=path), rest, kind="success")

    def _run_errand(self, errand: Errand) -> None:
        from wpsdesk.ui.errands import ErrandView, no_errand

        assert self.context is not None
        if self.made_up is not None:
            self.context.told.emit(no_errand(self.say), "info")
            return
        path = self.context.desk.store.path
        if self._close_desk():
            view = ErrandView(self.say, self.jobs, self._clock, path=path, errand=errand)
            view.opened.connect(self._end_errand)
            view.given_up.connect(self._give_up_errand)
            self._show_gate(view)
            view.start()

    def _end_errand(self, desk: Desk) -> None:
        from wpsdesk.messages import Sentence
        from wpsdesk.ui.errands import ErrandView

        assert isinstance(self.gate, ErrandView)
        errand = self.gate.errand
        self.open_desk(desk)
        assert self.context is not None
        self.context.told.emit(Sentence(what=errand.done, kept="", do=errand.advice), "success")

    def _give_up_errand(self) -> None:
        self.show_unlock()


def _let_be(_fault: WpsError) -> None:
    """Nothing to say."""
