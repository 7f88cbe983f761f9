"""The verbs that work on a closed desk, each once: opening it, bringing it up to date, another key, a copy, a move."""

from __future__ import annotations

import os
import shutil
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.holds.verbs import OTHER, prepared
from tests.kit import PASSPHRASE, YEAR, WoundClock, answer
from tests.kit.server import fresh_address
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, create_desk, known_unit, open_desk, restore
from wpsdesk.desk.safety.backing_up import backup
from wpsdesk.desk.safety.rekeying import renew_key
from wpsdesk.desk.safety.repairing import repair
from wpsdesk.desk.sharing import move_desk
from wpsdesk.plan.loading import load_plan
from wpsdesk.store.backup import KEYS, STORE
from wpsdesk.store.errors import WrongPassphrase
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.opening import integrity
from wpsdesk.store.server.address import moved_path

FIRST: Final = Path(__file__).parents[1] / "vectors" / "stores" / "version-1.wpsbackup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A closed desk at ``store``, a backup of it elsewhere, and a folder for what is made."""

    store: Path
    backup: Path
    out: Path
    clock: WoundClock


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedVerb:
    """``work`` leaves nothing open; ``made`` is the desk that is there afterwards."""

    work: Callable[[Laid], None]
    made: Callable[[Laid], Path]
    is_old: bool = False  # on a store of the first version
    needs_it_alone: bool = True  # refused while another program has the desk
    moves: bool = False  # the desk is another afterwards, and the old one closed for good


def _open(laid: Laid) -> None:
    close_desk(open_desk(laid.store, PASSPHRASE, clock=laid.clock))


def _renew(laid: Laid) -> None:
    words = PASSPHRASE if opens(laid, PASSPHRASE) else OTHER
    close_desk(renew_key(laid.store, words, OTHER, clock=laid.clock).desk)


def _restore(laid: Laid) -> None:
    close_desk(restore(laid.backup, laid.out / "restored.wpsdesk", PASSPHRASE, clock=laid.clock))


def _repair(laid: Laid) -> None:
    repair(laid.store, laid.out / "repaired.wpsdesk", PASSPHRASE, PASSPHRASE, clock=laid.clock)


def _create(laid: Laid) -> None:
    unit = known_unit(load_plan(), "FD")
    close_desk(create_desk(laid.out / "new.wpsdesk", unit, PASSPHRASE, clock=laid.clock).desk)


def _to_server(laid: Laid) -> None:
    close_desk(move_desk(laid.store, PASSPHRASE, fresh_address(), clock=laid.clock))


def _there_and_back(laid: Laid) -> None:
    if not moved_path(laid.store).exists():
        _to_server(laid)
    close_desk(move_desk(laid.store, PASSPHRASE, laid.out / "back.wpsdesk", clock=laid.clock))


def _itself(laid: Laid) -> Path:
    return laid.store


CLOSED: Final[dict[str, ClosedVerb]] = {
    "opening": ClosedVerb(work=_open, made=_itself),
    "upgrade": ClosedVerb(work=_open, made=_itself, is_old=True),
    "rekey": ClosedVerb(work=_renew, made=_itself),
    "restore": ClosedVerb(work=_restore, made=lambda laid: laid.out / "restored.wpsdesk", needs_it_alone=False),
    "repair": ClosedVerb(work=_repair, made=lambda laid: laid.out / "repaired.wpsdesk"),
    "create": ClosedVerb(work=_create, made=lambda laid: laid.out / "new.wpsdesk", needs_it_alone=False),
    "to-server": ClosedVerb(work=_to_server, made=_itself),
    "to-file": ClosedVerb(work=_there_and_back, made=lambda laid: laid.out / "back.wpsdesk", moves=True),
}


def lay(verb: ClosedVerb, store: Path, out: Path, clock: WoundClock) -> Laid:
    """The desk that the verb is for, with its key file, at ``store``."""
    if verb.is_old:
        with zipfile.ZipFile(FIRST) as archive:
            store.write_bytes(archive.read(STORE))
            keys_path(store).write_bytes(archive.read(KEYS))
    else:
        shutil.copyfile(prepared() / "fd.wpsdesk", store)
        shutil.copyfile(prepared() / "fd.wpskeys", keys_path(store))
    return Laid(store=store, backup=_backup(), out=out, clock=clock)


@cache
def _backup() -> Path:
    found = prepared() / "fd.wpsbackup"
    desk = open_desk(prepared() / "fd.wpsdesk", PASSPHRASE, clock=WoundClock())
    backup(desk, found)
    close_desk(desk)
    return found


def opened(path: Path, clock: WoundClock) -> Desk:
    """The desk with the old words or the new."""
    with suppress(WrongPassphrase):
        return open_desk(path, PASSPHRASE, clock=clock)
    return open_desk(path, OTHER, clock=clock)


def opens(laid: Laid, words: str) -> bool:
    """Whether the words open the desk."""
    try:
        close_desk(open_desk(laid.store, words, clock=laid.clock))
    except WrongPassphrase:
        return False
    return True


def is_whole(path: Path, clock: WoundClock, *, is_new: bool = False) -> None:
    """Assert that the desk at ``path`` opens, is sound, and has what it had."""
    desk = opened(path, clock)
    try:
        assert integrity(desk.store) == ()
        assert is_new or entry(desk, YEAR, answer(1).key).effort is not None
    finally:
        close_desk(desk)


@contextmanager
def held_by_another(store: Path) -> Iterator[None]:
    """Another program has the desk open."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException), closing(open_desk(store, PASSPHRASE, clock=WoundClock()).store):
            os.write(writing, b"x")
            signal.pause()
        os._exit(0)
    try:
        assert os.read(reading, 1) == b"x"
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
