"""Reports of our own bugs: which kind of error, in which function, on which line; never a value, never a text.

A report may be sent to whoever mends the program, so it must not be able to hold anything a person wrote.
Faults of the world (WpsError) are no bugs and leave no report.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Final

import wpsdesk
from wpsdesk.base.clock import Clock, rfc3339
from wpsdesk.base.errors import WpsError
from wpsdesk.base.places import logs_folder

KEPT: Final = 20
"""How many reports are kept; the oldest go."""

_PACKAGE: Final = Path(wpsdesk.__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A place where bugs of ours end; see :func:`guard`."""

    tell: Callable[[Path | None], None]
    clock: Clock

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """True, which ends the error here, for a bug only."""
        if not isinstance(error, Exception) or isinstance(error, WpsError):
            return False
        self.tell(report_bug(error, self.clock()))
        return True


def guard(tell: Callable[[Path | None], None], *, clock: Clock) -> Guard:
    """A context in which a bug of ours leaves a report, and ``tell`` gets its path (None where none could be written).

    The bug ends there. Faults of the world, Ctrl-C and a wish to leave the program pass through.
    """
    return Guard(tell=tell, clock=clock)


def report_bug(bug: BaseException, when: datetime) -> Path | None:
    """Write a report of ``bug`` and return where it lies, or None where it could not be written."""
    import secrets

    from wpsdesk.base.canonical import canonical_json
    from wpsdesk.base.files import make_folder, write_file

    folder = logs_folder()
    path = folder / f"{when:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.json"
    try:
        make_folder(folder)
        write_file(path, canonical_json(described(bug, when)))
    except WpsError:
        return None
    for old in sorted(folder.glob("*-*-*.json"))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return path


def described(bug: BaseException, when: datetime) -> dict[str, object]:
    """What a report says: the time, the machine's kind, and for each error in the chain its type and its frames."""
    import platform

    return {
        "when": rfc3339(when),
        "python": platform.python_version(),
        "system": platform.system(),
        "errors": [_error(error) for error in _chain(bug)],
    }


def _chain(bug: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    error: BaseException | None = bug
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _error(error: BaseException) -> dict[str, object]:
    from traceback import walk_tb  # every start reads this module, and hardly any comes here

    frames = [
        {
            "file": _file(frame.f_code.co_filename),
            "function": frame.f_code.co_qualname,
            "line": line,
        }
        for frame, line in walk_tb(error.__traceback__)
    ]
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "frames": frames,
    }


def _file(name: str) -> str:
    """A source file's name without the folders above our package or above another's: those name a person."""
    path = PurePath(name)
    with suppress(ValueError):
        return path.relative_to(_PACKAGE.parent).as_posix()
    return "/".join(path.parts[-2:]) if "site-packages" in path.parts else path.name
