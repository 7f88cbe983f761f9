"""A desk that several officers have open at once: where it is, moving one there and back, letting others in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.clock import Clock, rfc3339
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import make_folder
from wpsdesk.base.places import settings_folder
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.officers import plain_name
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.desk.safety.rekeying import Renewed
from wpsdesk.settings import load_settings
from wpsdesk.store.documents import documents, put_document, remove_document
from wpsdesk.store.identity import read_identity
from wpsdesk.store.journal import note
from wpsdesk.store.server.address import Address, address_from, is_address, is_at, moved_path
from wpsdesk.store.server.errors import KeyNotYetKnown, MovedNotOpened
from wpsdesk.store.transaction import Tx

__all__ = [
    "Address", "LetIn", "address_from", "address_of", "is_address", "is_shared", "let_in", "let_in_so_far",
    "make_place", "move_desk", "moved_path", "place_of", "shut_out",
]  # fmt: skip

_LET_IN: Final = "let-in"  # kind of document: who has been let in since the desk has its key


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """An officer who was given files of their own to the shared desk."""

    name: str
    at: datetime  # UTC


def place_of(address: Address) -> Path:
    """The small file that opens the desk at ``address`` on this machine; it need not be there yet.

    One among the desks that were opened before goes first; else it lies with the person's settings.
    """
    remembered = load_settings()
    for path in remembered.recent:
        if is_at(path, address):
            return path
    name = f"{address.database}-{address.schema}"
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)[:60]
    return settings_folder() / "shared" / f"{safe}-{sha256(str(address).encode())[:8]}.wpsdesk"


def make_place(path: Path) -> Path:
    """The same ``path``, with its folder there."""
    make_folder(path.parent)
    return path


def is_shared(desk: Desk) -> bool:
    """Whether the desk is on a server."""
    return desk.store.is_shared


def address_of(desk: Desk) -> Address | None:
    """Where the shared desk is; None of a desk in a file."""
    if not is_shared(desk):
        return None
    from wpsdesk.store.server.opening import ServerStore

    assert isinstance(desk.store, ServerStore)
    return desk.store.address


def move_desk(
    path: Path,
    passphrase: str,
    to: Path | Address,
    *,
    clock: Clock,
    password: str | None = None,
    progress: Progress = unwatched,
) -> Desk:
    """Move a closed desk to a server or from there to a file, with all that it holds, and open it where it is now.

    Passphrase and recovery code stay. Raises FileExistsAlready, DeskThereAlready, DiskFull, Cancelled and what opening
    a desk raises: then it is where it was. Raises MoveNotYetKnown and MovedNotOpened where the
    database went away in the last moment.
    """
    from wpsdesk.store.server.moving import move_to_file, move_to_server

    desk = open_desk(path, passphrase, clock=clock, password=password, progress=progress)
    close_desk(desk)
    told = _noting(desk)
    if isinstance(to, Path):
        move_to_file(path, passphrase, to, told, password=password, progress=progress)
    else:
        move_to_server(path, passphrase, to, told, password=password, progress=progress)
    there = to if isinstance(to, Path) else path
    try:
        return open_desk(there, passphrase, clock=clock, password=password)
    except WpsError as fault:
        raise MovedNotOpened(path=there) from fault


def _noting(desk: Desk) -> Callable[[Tx], None]:
    def told(tx: Tx) -> None:
        note(tx, "moved", who=desk.unit.code, now=desk.clock())

    return told


def let_in(desk: Desk, words: str, folder: Path, passphrase: str, *, officer: str = "") -> Path:
    """What another officer needs to open the shared desk, with a passphrase of their own, in ``folder``.

    ``words`` are your own passphrase; ``officer`` is whom it is for, which the desk remembers. Raises WeakPassphrase,
    WrongPassphrase, NotShared, FolderMissing, FileExistsAlready, FileUnwritable.
    """
    from wpsdesk.store.server import moving

    check_passphrase(passphrase)
    made, now, name = moving.let_in(desk.store.path, words, folder, passphrase), desk.clock(), plain_name(officer)
    with desk.store.write() as tx:
        note(tx, "let-in", who=desk.unit.code, about=name, now=now)
        if name:
            put_document(tx, _LET_IN, name, canonical_json({"at": rfc3339(now)}))
    return made


def let_in_so_far(desk: Desk) -> tuple[LetIn, ...]:
    """The officers who have been let in by name since the desk got its key, by name."""
    with desk.store.read() as tx:
        found = documents(tx, _LET_IN)
    return tuple(LetIn(name=name, at=load_json(data, limit=LIMIT).get("at").time()) for name, data in found)


def shut_out(
    path: Path,
    words: str,
    passphrase: str,
    *,
    clock: Clock,
    password: str | None = None,
    progress: Progress = unwatched,
) -> Renewed:
    """Give the shared desk that ``path`` opens a new key, so that nobody opens it but this machine with ``passphrase``.

    Those who stay are let in anew. Raises WeakPassphrase, WrongPassphrase, NotShared, Cancelled and what opening a
    desk raises: then everybody opens it as before. Raises KeyNotYetKnown where the database went away in the last
    moment.
    """
    from wpsdesk.store.server import shutting_out

    check_passphrase(passphrase)
    code = shutting_out.shut_out(path, words, passphrase, _forgetting(clock), password=password, progress=progress)
    try:
        desk = open_desk(path, passphrase, clock=clock, password=password)
    except WpsError as fault:
        raise KeyNotYetKnown(path=path) from fault
    return Renewed(desk=desk, recovery_code=code)


def _forgetting(clock: Clock) -> Callable[[Tx], None]:
    def forget(tx: Tx) -> None:
        for one in documents(tx, _LET_IN):
            remove_document(tx, _LET_IN, one.key)
        identity = read_identity(tx)
        note(tx, "others-shut-out", who="" if identity is None else identity.unit.code, now=clock())

    return forget
