"""The program: with a command the command line, else the window; the only importer of both."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import system_now
from wpsdesk.base.secrecy import forbid_core_dumps
from wpsdesk.cli.language import language_of
from wpsdesk.logs import guard

if TYPE_CHECKING:
    from wpsdesk.cli.terminal import Terminal
    from wpsdesk.settings import Language

DEBIAN: Final = (
    "apt-get install libglib2.0-0 libegl1 libgl1 libx11-6 libxkbcommon0 libfreetype6 libfontconfig1 libdbus-1-3 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
)

# What Qt's own libraries are linked against, and what its plugin for X11 is. Qt says only one of them at a time,
# and stops the process while doing so, hence we look first.
NEEDED: Final = (
    "libglib-2.0.so.0", "libEGL.so.1", "libGL.so.1", "libX11.so.6", "libxkbcommon.so.0", "libfreetype.so.6",
    "libfontconfig.so.1", "libdbus-1.so.3",
)  # fmt: skip
NEEDED_ON_X11: Final = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0", "libxkbcommon-x11.so.0",
)  # fmt: skip

SUFFIXES: Final = (".wpsdesk", ".asice", ".cms", ".wpspart")
"""How the names of stores, bundles and parts end; no command is named like that."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 refused with a reason, 2 wrong usage."""
    forbid_core_dumps()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--confined"]:  # evidence/apart.py starts the frozen program so
        from wpsdesk.evidence.confined import main as confined

        return confined()
    if given == ["--reading"]:  # and desk/arrivals/reading_ahead.py so
        from wpsdesk.desk.arrivals.reading_apart import main as reading

        return reading()
    if (files := wish_for_a_window(given)) is not None:
        return window(files, given)
    from wpsdesk.cli.main import main as command_line

    return command_line(given)


def wish_for_a_window(arguments: Sequence[str]) -> tuple[Path, ...] | None:
    """With no word, or words named like stores and bundles alone, the window is wished for; None: it is not."""
    words = list(arguments)
    if words[:1] == ["--lang"]:
        words = words[2:]
    elif words and words[0].startswith("--lang="):
        words = words[1:]
    match words:
        case []:
            return ()
        case files if all(Path(one).suffix.lower() in SUFFIXES for one in files):
            return tuple(map(Path, files))
        case _:
            return None


def window(files: Sequence[Path], arguments: Sequence[str]) -> int:
    """Open the window; where it cannot open, say why in a sentence and return 1."""
    language = language_of(arguments)
    if missing := missing_libraries():
        terminal = _terminal(language)
        say, names = terminal.say, ", ".join(missing)
        terminal.complain(say("The window cannot open: system libraries are missing ({names}).", names=names))
        terminal.complain(say("On Debian and Ubuntu this installs them: {line}", line=DEBIAN))
        return 1
    if not has_a_screen():
        terminal = _terminal(language)
        say = terminal.say
        terminal.complain(
            say("The window cannot open: there is no screen here. The commands work without one: wpsdesk --help")
        )
        return 1
    from wpsdesk.base.running import hand_over  # no command has need of it

    marks, desk = known_outside(files)
    if hand_over(files, marks=marks, desk=desk):
        return 0
    os.environ["WPSDESK_LANG"] = language
    gc.disable()  # until all is read in that lasts as long as the program: nothing of it can be let go
    with guard(lambda report: _tell_bug(report, _terminal(language)), clock=system_now):
        return _opened(files, language)
    return 1


def known_outside(files: Sequence[Path]) -> tuple[frozenset[str], Path | None]:
    """What the outside of bundles tells of whom they are for: their marks, and the desk here that has one of them."""
    bundles = [file for file in files if file.suffix in (".asice", ".cms")]
    if not bundles:
        return frozenset(), None
    from wpsdesk.desk.arrivals.addressing import marks_of
    from wpsdesk.settings import load_settings

    marks = frozenset(mark for file in bundles for mark in marks_of(file))
    return marks, load_settings().desk_for(marks)


def _terminal(language: Language) -> Terminal:
    """Where trouble is told; read in only then, for a window that opens has no need of it."""
    from wpsdesk.cli.terminal import stdio
    from wpsdesk.i18n import catalogue

    return stdio(catalogue(language))


def _opened(files: Sequence[Path], language: Language) -> int:
    try:
        from wpsdesk.ui.main import run
    except ImportError as error:
        if not (error.name or "").startswith(("PySide6", "shiboken6")):
            raise
        terminal = _terminal(language)
        say = terminal.say
        terminal.complain(say("The window cannot open: PySide6, which draws it, is not installed or cannot load."))
        terminal.complain(say("On Debian and Ubuntu this installs what it needs: {line}", line=DEBIAN))
        return 1
    return run([str(file) for file in files])


def _tell_bug(report: Path | None, terminal: Terminal) -> None:
    from wpsdesk.messages import bug_sentence

    terminal.complain(bug_sentence(report, terminal.say))


def missing_libraries() -> tuple[str, ...]:
    """The system libraries that Qt needs on Linux and that are not here."""
    if sys.platform != "linux":
        return ()
    wanted = NEEDED if _is_offscreen() or not os.environ.get("DISPLAY") else NEEDED + NEEDED_ON_X11
    return tuple(name for name in wanted if not _can_load(name))


def _can_load(name: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _is_offscreen() -> bool:
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal", "vnc"}


def has_a_screen() -> bool:
    """Whether there is anything to draw on: without it Qt would stop the process."""
    if sys.platform != "linux" or _is_offscreen():
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
