"""A desk that several officers have open at once: where it is, moving one there and back, and letting another in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wpsdesk.base.canonical import sha256
from wpsdesk.base.clock import Clock
from wpsdesk.base.files import make_folder
from wpsdesk.base.places import settings_folder
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.settings import load_settings
from wpsdesk.store.journal import note
from wpsdesk.store.server.address import Address, address_from, is_address, is_at, is_pointer, moved_path
from wpsdesk.store.transaction import Tx

__all__ = [
    "Address", "address_from", "is_address", "is_shared", "let_in", "make_place", "move_desk", "moved_path", "place_of",
]  # fmt: skip


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
    return is_pointer(desk.store.path)


def move_desk(path: Path, passphrase: str, to: Path | Address, *, clock: Clock, password: str | None = None) -> Desk:
    """Move a closed desk to a server or from there to a file, with all that it holds, and open it where it is now.

    Passphrase and recovery code stay. Raises FileExistsAlready, DeskThereAlready, DiskFull and what opening a desk
    raises: then it is where it was.
    """
    from wpsdesk.store.server.moving import move_to_file, move_to_server

    desk = open_desk(path, passphrase, clock=clock, password=password)
    close_desk(desk)
    told = _noting(desk)
    if isinstance(to, Path):
        move_to_file(path, passphrase, to, told, password=password)
        return open_desk(to, passphrase, clock=clock)
    move_to_server(path, passphrase, to, told, password=password)
    return open_desk(path, passphrase, clock=clock, password=password)


def _noting(desk: Desk) -> Callable[[Tx], None]:
    def told(tx: Tx) -> None:
        note(tx, "moved", who=desk.unit.code, now=desk.clock())

    return told


def let_in(desk: Desk, words: str, folder: Path, passphrase: str) -> Path:
    """What another officer needs to open the shared desk, with a passphrase of their own, in ``folder``.

    ``words`` are your own passphrase. Raises WeakPassphrase, WrongPassphrase, NotShared, FileExistsAlready,
    FileUnwritable.
    """
    from wpsdesk.store.server import moving

    check_passphrase(passphrase)
    made = moving.let_in(desk.store.path, words, folder, passphrase)
    with desk.store.write() as tx:
        note(tx, "let-in", who=desk.unit.code, now=desk.clock())
    return made
