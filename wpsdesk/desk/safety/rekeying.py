"""Other words for a desk: its passphrase, its recovery code, or a new key for the whole store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.clock import Clock
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import open_desk
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.store import rekeying
from wpsdesk.store.journal import note
from wpsdesk.store.keyfile import is_like_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """A desk whose store has a new key, open, and the recovery code that belongs to it; shown once."""

    desk: Desk
    recovery_code: str


def is_recovery_code(words: str) -> bool:
    """Whether what has opened a desk was its recovery code, by its form: no passphrase is likely to have that."""
    return is_like_code(words)


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Another passphrase for the open desk, by the old one or the recovery code, which stays as it is.

    Raises WeakPassphrase, WrongPassphrase, DiskFull, FileUnwritable: then the old one opens the desk as before.
    """
    check_passphrase(new)
    rekeying.change_passphrase(desk.store.path, old, new)
    with desk.store.write() as tx:
        note(tx, "passphrase-changed", who=desk.unit.code, now=desk.clock())


def renew_recovery_code(desk: Desk, passphrase: str) -> str:
    """A new recovery code, by the passphrase or the old code, which opens nothing from now on.

    Raises WrongPassphrase, DiskFull, FileUnwritable.
    """
    code = rekeying.renew_recovery_code(desk.store.path, passphrase)
    with desk.store.write() as tx:
        note(tx, "recovery-code-renewed", who=desk.unit.code, now=desk.clock())
    return code


def renew_key(path: Path, old: str, new: str, *, clock: Clock, progress: Progress = unwatched) -> Renewed:
    """Encrypt the whole store anew under a new key, with ``new`` as passphrase and another recovery code.

    The desk must be closed and is open afterwards. Raises WeakPassphrase, WrongPassphrase, StoreInUse, DiskFull,
    Cancelled and what opening a desk raises: then the old words open it as before.
    """
    check_passphrase(new)
    code = rekeying.renew_key(path, old, new, progress=progress)
    desk = open_desk(path, new, clock=clock)
    with desk.store.write() as tx:
        note(tx, "store-key-renewed", who=desk.unit.code, now=desk.clock())
    return Renewed(desk=desk, recovery_code=code)


def knows(path: Path, words: str) -> bool:
    """Whether these are the passphrase or the recovery code of the desk at ``path``, which may be open.

    Raises WrongPassphrase where they are not, and what reading the key file raises.
    """
    return rekeying.opens(path, words)
