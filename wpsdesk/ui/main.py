"""Opens the window: the unlock view is painted first, what is heavy is imported after."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from wpsdesk.base.clock import system_now
from wpsdesk.base.errors import WpsError
from wpsdesk.settings import load_settings
from wpsdesk.ui import style
from wpsdesk.ui.window import Window

HEAVY = (
    "inspect",
    "asyncio",
    "importlib.metadata",
    "sqlalchemy",
    "cryptography.x509",
    "wpsdesk.bundle.opening",
    "wpsdesk.report.codec",
    "wpsdesk.store.search",
    "wpsdesk.desk.opening",
    "wpsdesk.messages",
    "wpsdesk.desk.arrivals.keeping",
    "wpsdesk.desk.arrivals.receiving",
    "wpsdesk.ui.arrivals",
    "wpsdesk.ui.shell",
    "wpsdesk.desk.review.reminder_days",
    "wpsdesk.desk.evidence.attaching",
    "wpsdesk.ui.reporter",
    "wpsdesk.ui.authority",
)
"""What an open desk needs, imported while the person writes the passphrase.

In pieces, what stands below before what stands upon it: the window does not answer while one is read in.
"""


def run(arguments: list[str]) -> int:
    """Open the window; ``arguments`` may name a desk's file, or a bundle to load once the desk is open.

    Returns the exit code.
    """
    # Fusion by name: to ask for the style in use would read in everything the binding knows of styles.
    application = QApplication.instance() or QApplication(["wpsdesk", "-style", "fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("WPS Desk")
    style.register_fonts()
    window = Window(load_settings(), system_now)
    window.be_given(tuple(map(Path, arguments)))
    sys.excepthook = lambda kind, bug, _trace: _on_bug(window, kind, bug)
    window.show()
    _OncePainted(window, lambda: _settle(window))
    return application.exec()


class _OncePainted(QObject):
    """Calls when the window has been painted for the first time; a timer alone may come before that."""

    def __init__(self, window: Window, call: Callable[[], None]) -> None:
        super().__init__(window)
        self._call = call
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._call)
        return False


def _settle(window: Window) -> None:
    """What the first painting need not wait for: later starts find this window, and the rest is read in."""
    from wpsdesk.ui.callers import Callers

    Callers(window)
    _import_the_rest(window)


def _import_the_rest(window: Window, names: tuple[str, ...] = HEAVY) -> None:
    """One at a time, so that what the person types meanwhile is taken in between."""
    from importlib import import_module

    if names:
        import_module(names[0])
        QTimer.singleShot(0, window, lambda: _import_the_rest(window, names[1:]))
    else:
        style.register_arabic()
        _clear_away()
        gc.freeze()  # what has been read in stays: looking through it again and again would hold up who types
        gc.enable()


def _clear_away() -> None:
    """Made-up desks that were open when the program was ended from outside."""
    from wpsdesk.desk.looking_around import clear_away

    clear_away()


def _on_bug(window: Window, kind: type[BaseException], bug: BaseException) -> None:
    """A fault of ours: keep a report without a word of what anyone wrote, and say where it lies."""
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    if isinstance(bug, WpsError) and window.context is not None:  # the world's fault, met where nobody waited for it
        from wpsdesk.messages import sentence

        window.context.told.emit(sentence(bug, window.context.say), "danger")
        return
    from PySide6.QtWidgets import QMessageBox

    from wpsdesk.logs import report_bug

    # Nothing on stderr: a desktop keeps it in a file, and the words of an error may be the person's own.
    say = window.say
    path = None
    with suppress(Exception):
        path = report_bug(bug, system_now())
    lies = say("A report lies at {path}. It holds nothing that you have written.", path=path) if path else ""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(say("Something went wrong in the program itself."))
    box.setInformativeText(f"{say('What you had written until a second ago is saved.')} {lies}".strip())
    box.open()
