"""The one window: the views before a desk is open, then the desk; it remembers how and where it stood."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import catalogue
from wpsdesk.settings import Language, Settings, save_settings
from wpsdesk.ui import style, wiping
from wpsdesk.ui.guarding import GuardedWindow
from wpsdesk.ui.texts import speak
from wpsdesk.ui.unlock import UnlockView

if TYPE_CHECKING:
    from wpsdesk.desk.looking_around import MadeUp
    from wpsdesk.desk.model import Desk
    from wpsdesk.ui.context import Context
    from wpsdesk.ui.manual.helping import Helping


class Window(GuardedWindow):
    """Unlocking, making and restoring a desk, and the desk itself, one at a time in one window."""

    desk_shown = Signal(object, object)
    """A desk has been opened here: its file, and the marks by which files for it are known."""
    gone = Signal()
    """The window has been closed."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        _dress(settings)  # before there is anything that would have to change its clothes
        super().__init__(settings, clock)
        self.jobs.ended.connect(self._on_job_end, Qt.ConnectionType.QueuedConnection)
        self._is_to_dress = False
        self._helping: Helping | None = None
        self.marks: tuple[str, ...] = ()  # of the desk that is open
        self.waiting: tuple[Path, ...] = ()  # bundles to receive once a desk is open
        self._retitle()
        self.setAcceptDrops(True)
        self.resize(1366, 768)
        self.setMinimumSize(480, 360)
        if settings.geometry:
            self.restoreGeometry(settings.geometry)
        for keys, call in (("Ctrl+L", self.lock), ("F1", self.help), (wiping.KEYS, self.show_wipe)):
            QShortcut(QKeySequence(keys), self).activated.connect(call)
        self.show_unlock()

    # -- dress and language ------------------------------------------------------------------------

    def wear(self, what: str, value: object) -> None:
        """Another "language", "text_size" or "scheme": everything is built anew, place and text are kept.

        While work is under way, or something typed cannot be saved, it waits for the next job's end or change.
        """
        self._remember(**{what: value})
        if self.is_covered:
            self._is_to_dress = True
            return
        if self.desk_view is not None and not (self.desk_view.leave() and not self.jobs.is_busy):
            self._is_to_dress = True
            return
        self._wear_it()

    def _on_job_end(self) -> None:
        if (
            self._is_to_dress
            and not self.is_covered
            and (self.desk_view is None or (self.desk_view.leave() and not self.jobs.is_busy))
        ):
            self._wear_it()

    def _wear_it(self) -> None:
        self._is_to_dress = False
        _dress(self.settings)
        self.setLocale(QLocale())
        if self.context is not None and self.desk_view is not None:
            place = self.desk_view.place()
            self.context.speak(self.settings.language)
            self._show_desk_view(place)
        elif isinstance(self.gate, UnlockView):
            store, passphrase = self.gate.store.path, self.gate.passphrase.text
            self.show_unlock(store)
            self.gate.passphrase.line.setText(passphrase)
        elif self.gate is not None:
            again = {"CreateView": self.show_create, "AroundView": self.show_around}  # neither need be read in for this
            again.get(type(self.gate).__name__, self.show_restore)()
        if self._helping is not None:
            self._helping.dress()

    def _speak(self, language: Language) -> None:
        self.wear("language", language)

    # -- before a desk is open ---------------------------------------------------------------------

    def show_unlock(self, store: Path | None = None) -> None:
        """The view that opens a desk."""
        last = store or self.settings.last_store
        view = UnlockView(
            self.say, self.jobs, self._clock, last, recent=self.settings.recent,
            tries=self.tries,
        )  # fmt: skip
        view.opened.connect(self.open_desk)
        view.opened_by_code.connect(self._tell_of_code)
        view.forget_asked.connect(self._forget_desks)
        view.create_asked.connect(self.show_create)
        view.restore_asked.connect(self.show_restore)
        view.look_asked.connect(self.look_at_a_file)
        view.around_asked.connect(self.show_around)
        self._show_gate(view)
        self._take_waiting()

    def be_given(self, files: tuple[Path, ...]) -> None:
        """A desk to be opened, or bundles to take in: now where a desk is open, else as soon as one is."""
        for path in files:
            if path.suffix != ".wpsdesk":
                self.waiting += (path,)
            elif self.context is None:
                self.show_unlock(path)
        if self.waiting and self.context is None and isinstance(self.gate, UnlockView):
            self._turn_to_desk_of(self.waiting)
        self._take_waiting()

    def _turn_to_desk_of(self, files: tuple[Path, ...]) -> None:
        """Ask for the passphrase of the desk that the files are for, where their outside tells and it is known."""
        if not self.settings.marks or any(file.suffix not in (".asice", ".cms") for file in files):
            return
        from wpsdesk.desk.arrivals.addressing import marks_of

        found = self.settings.desk_for(frozenset(mark for file in files for mark in marks_of(file)))
        if found is not None and isinstance(self.gate, UnlockView) and self.gate.store.path != found:
            self.gate.store.show_path(found)
            self.gate.begin()

    def _take_waiting(self) -> None:
        if not self.waiting:
            return
        if self.made_up is not None and self.context is not None:
            self._tell_waiting(self.context)
        elif self.desk_view is not None and not self.is_covered:
            files, self.waiting = self.waiting, ()
            self.desk_view.take_files(files)
        elif self.gate is not None:
            names = ", ".join(path.name for path in self.waiting[:3])
            self.gate.bar.show_words(
                self.say.plural("{n} file waits: {names}", "{n} files wait: {names}", len(self.waiting), names=names),
                self.say("It is taken in when the desk has been opened."),
            )

    def _tell_waiting(self, context: Context) -> None:
        """That files wait for a desk of the person's own: they are not for one that is thrown away."""
        from wpsdesk.messages import Sentence

        say, names = self.say, ", ".join(path.name for path in self.waiting[:3])
        what = say.plural("{n} file waits: {names}", "{n} files wait: {names}", len(self.waiting), names=names)
        do = say("Throw the made-up desk away and open your own: it is taken in there.")
        context.told.emit(Sentence(what=what, kept="", do=do), "info")

    def _tell_of_code(self) -> None:
        """The passphrase is forgotten, most likely: where another is chosen."""
        from wpsdesk.messages import Sentence

        if self.context is not None:
            what = self.say("The desk was opened with the recovery code.")
            do = self.say("If the passphrase is forgotten, choose another under Safety, with the code instead of it.")
            self.context.told.emit(Sentence(what=what, kept="", do=do), "info")

    def look_at_a_file(self, path: Path | None = None) -> None:
        """What a file is, without any desk."""
        from wpsdesk.ui.modal import show_over
        from wpsdesk.ui.trust.look_page import LookDialog

        dialog = LookDialog(self, self.say, self.jobs, self._clock)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.helping.heed(dialog)
        show_over(dialog)
        if path is not None:
            dialog.panel.look_at(path)

    def show_create(self) -> None:
        """The wizard that makes a desk."""
        from wpsdesk.ui.create import CreateView

        view = CreateView(self.say, self.jobs, self._clock, self._desks_folder())
        view.created.connect(self.open_desk)
        view.given_up.connect(self.show_unlock)
        self._show_gate(view)

    def show_restore(self) -> None:
        """The view that restores a desk."""
        from wpsdesk.ui.restore import RestoreView

        view = RestoreView(self.say, self.jobs, self._clock, self._desks_folder())
        view.restored.connect(self.open_desk)
        view.opened_by_code.connect(self._tell_of_code)
        view.given_up.connect(self.show_unlock)
        self._show_gate(view)

    def show_around(self) -> None:
        """The view that offers a made-up desk."""
        from wpsdesk.ui.around import AroundView

        view = AroundView(self.say, self.jobs, self._clock)
        view.made.connect(self.open_made_up)
        view.given_up.connect(self.show_unlock)
        self._show_gate(view)

    def _forget_desks(self) -> None:
        self._remember(recent=(), last_store=None, marks=())
        self.show_unlock()

    def _desks_folder(self) -> Path:
        last = self.settings.last_store
        return last.parent if last is not None else Path.home() / "WPS Desk"

    # -- the desk ----------------------------------------------------------------------------------

    def open_desk(self, desk: Desk) -> None:
        """Show an open desk; it is this window's to close."""
        from wpsdesk.ui.context import Context

        self.marks = self._remember_desk(desk)
        is_made_up = self.made_up is not None
        context = Context(desk, self.jobs, self.settings, self.settings.language, is_made_up=is_made_up)
        context.manual_asked.connect(self.helping.open_beginning)
        context.wears.connect(self.wear, Qt.ConnectionType.QueuedConnection)
        context.remembered.connect(self._on_setting)
        context.wipe_asked.connect(self.show_wipe, Qt.ConnectionType.QueuedConnection)
        context.errand_asked.connect(self._run_errand, Qt.ConnectionType.QueuedConnection)
        self.context, self.gate = context, None
        left, self._left = self._left, None
        self._show_desk_view(left[1] if left is not None and left[0] == desk.store.path else None)
        self.watch.begin()
        context.changed.connect(self._on_change)
        self.desk_shown.emit(desk.store.path, self.marks)
        self._take_waiting()

    def _remember_desk(self, desk: Desk) -> tuple[str, ...]:
        """Keep where a desk lies and by what files for it are known; nothing of one that is made up."""
        from wpsdesk.desk.arrivals.addressing import marks_for

        if self.made_up is not None:
            return ()
        marks = marks_for(desk)
        settings = self.settings.with_desk(desk.store.path, marks)
        self._remember(last_store=settings.last_store, recent=settings.recent, marks=settings.marks)
        return marks

    def _on_change(self, what: str) -> None:
        """A certificate or a call brings files of its own."""
        if what in ("certificate", "call") and self.context is not None:
            desk = self.context.desk
            self.marks = self._remember_desk(desk)
            self.desk_shown.emit(desk.store.path, self.marks)

    def open_made_up(self, made: MadeUp) -> None:
        """Show a made-up desk; it is thrown away when it is closed."""
        self.made_up, self.settings_before = made, self.settings
        self.open_desk(made.desk)

    def throw_away(self) -> None:
        """Close the made-up desk, with all that was done in it."""
        if self._close_desk():
            self.show_unlock()
            assert self.gate is not None
            self.gate.bar.show_words(self.say("The made-up desk is thrown away."), kind="success")

    def _show_desk_view(self, place: tuple[str, object] | None) -> None:
        from wpsdesk.ui.shell import DeskView

        assert self.context is not None
        view = DeskView(self.context, is_made_up=self.made_up is not None)
        view.lock_asked.connect(self.lock)
        view.throw_asked.connect(self.throw_away, Qt.ConnectionType.QueuedConnection)
        self.desk_view = view
        self._show(view)
        self._retitle()
        if place is not None:
            view.return_to(place)
        if place is None or not view.page.isAncestorOf(self.focusWidget()):
            view.rail.button(view.name).setFocus()

    def _on_setting(self) -> None:
        assert self.context is not None
        self.settings = self.context.settings
        self._retitle()

    def help(self) -> None:
        """The manual at the place where one is, on F1."""
        self.helping.open()

    @property
    def helping(self) -> Helping:
        """What opens the manual; no first window waits for it to be read in."""
        if self._helping is None:
            from wpsdesk.ui.manual.helping import Helping

            self._helping = Helping(self, self._clock)
        return self._helping

    # -- what is dropped on the window -------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped: where no desk is open they are looked at."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A bundle is loaded, other files go to the page that is shown; before any desk is open it is looked at."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.is_covered:
            return
        if self.desk_view is not None and paths:
            event.acceptProposedAction()
            view = self.desk_view
            QTimer.singleShot(0, view, lambda: view.take_files(tuple(paths)))
        elif paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.look_at_a_file(paths[0]))

    # -- remembering -------------------------------------------------------------------------------

    def _remember(self, **changes: object) -> None:
        if self.context is not None:
            self.context.remember(**changes)
            self.settings = self.context.settings
            return
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # the names are our own
        with suppress(WpsError):  # preferences are not worth a message
            save_settings(self.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything typed is on the disk before the window goes."""
        if not self._close_desk():
            event.ignore()
            return
        self.jobs.stop()
        unclaimed = getattr(self.gate, "unclaimed", None)
        if unclaimed is not None and (made := unclaimed()) is not None:
            from wpsdesk.desk.opening import close_desk

            close_desk(made.desk)
        self._remember(geometry=bytes(self.saveGeometry().data()))
        if self._helping is not None:
            self._helping.close()
        event.accept()
        self.gone.emit()


def _dress(settings: Settings) -> None:
    """Let the application look and speak as the person wants it."""
    scheme = settings.scheme
    if scheme == "system":
        is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        scheme = "dark" if is_dark else "light"
    style.apply(style.look_for(scheme, settings.text_size))
    speak(catalogue(settings.language))
