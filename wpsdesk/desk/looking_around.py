"""A made-up desk to look around in: made in a private folder of its own, and thrown away with all that is in it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import from_os
from wpsdesk.base.files import make_folder
from wpsdesk.base.locking import FileLock
from wpsdesk.base.places import made_up_folder
from wpsdesk.base.progress import Progress
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.plan.loading import load_plan

if TYPE_CHECKING:
    from wpsdesk.desk.demonstrating import Step

PASSPHRASE: Final = "fjell havn lykt"  # noqa: S105 - no secret
"""Of every made-up desk, for all to see: what is in it is invented."""

MISSION: Final = "PRET"
_HEARD: Final = ("FD", "NAIR", "PRET")
_JUDGED: Final = ("FD",)
_STEPS_OF_A_UNIT: Final = 5  # its desk, its certificate, its answers, its report, the receipt of UD's import
_LOCK: Final = ".lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """A made-up desk, open. Its folder is held for as long as it is there, so that nobody else clears it away."""

    desk: Desk
    folder: Path
    hold: FileLock


def make_up(clock: Clock, progress: Progress, *, is_authority: bool) -> MadeUp:
    """A desk in the middle of a made-up year: UD's, or that of an embassy which has been returned an answer.

    What others have left behind is cleared away first. Raises Cancelled, FileUnwritable, DiskFull.
    """
    clear_away()
    name = secrets.token_hex(8)
    home = made_up_folder()
    make_folder(home)
    try:
        hold = FileLock(home / f"{name}{_LOCK}")  # before the folder is there: nobody finds one that is not held
    except OSError as error:
        raise from_os(error, home, writing=True) from error
    folder = home / name
    try:
        return MadeUp(desk=_desk(folder, clock, progress, is_authority=is_authority), folder=folder, hold=hold)
    except BaseException:
        _remove(folder, hold)
        raise


def _desk(folder: Path, clock: Clock, progress: Progress, *, is_authority: bool) -> Desk:
    from wpsdesk.desk.demonstrating import Play  # the whole year with its report: every start reads this module

    units: Sequence[str] = _HEARD if is_authority else (MISSION,)
    judged = _JUDGED if is_authority else units
    steps, done = 3 + _STEPS_OF_A_UNIT * len(units) + len(judged), count(1)

    def tell(_step: Step) -> None:
        progress(min(next(done), steps), steps)

    progress(0, steps)
    authority = Play(folder=folder, clock=clock, tell=tell, plan=load_plan()).midyear(units, judged, PASSPHRASE)
    progress(steps - 1, steps)
    own = authority if is_authority else authority.with_name(f"{MISSION.lower()}.wpsdesk")
    desk = open_desk(own, PASSPHRASE, clock=clock)
    try:
        progress(steps, steps)
    except BaseException:  # given up in the last moment
        close_desk(desk)
        raise
    return desk


def throw_away(made: MadeUp) -> None:
    """Close a made-up desk and remove its folder with everything in it. One that is closed already only goes."""
    close_desk(made.desk)
    _remove(made.folder, made.hold)


def clear_away() -> None:
    """Remove what programs that were ended from outside have left behind; what is held by others stays."""
    with suppress(OSError):
        for lock in made_up_folder().glob(f"*{_LOCK}"):
            with suppress(OSError):  # held: BlockingIOError
                _remove(lock.with_suffix(""), FileLock(lock))


def _remove(folder: Path, hold: FileLock) -> None:
    rmtree(folder, ignore_errors=True)
    hold.release()
    with suppress(OSError):
        folder.with_name(f"{folder.name}{_LOCK}").unlink()
