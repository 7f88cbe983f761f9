"""What can go wrong with a store and its key file."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import FileFault, WpsError
from wpsdesk.base.ids import Digest


class WrongPassphrase(FileFault):
    """Neither a passphrase nor the recovery code that opens the store at ``path``."""


class KeyFileMissing(FileFault):
    """The key file at ``path`` is gone; without it the store beside it cannot be read by anyone."""


class KeyFileDamaged(FileFault):
    """The key file at ``path`` cannot be read as one."""


class NotAStore(FileFault):
    """The file at ``path`` is no store, or not the one that the key file beside it belongs to."""


class DamagedStore(FileFault):
    """Bytes of the store at ``path`` are not the ones that were written."""


@dataclass(eq=False, kw_only=True)
class NewerStore(FileFault):
    """The store (or key file) at ``path`` was made by a newer program: its ``version`` is above ``known``."""

    version: int
    known: int


class StoreInUse(FileFault):
    """Another desk has the store at ``path`` open."""


class NotABackup(FileFault):
    """The file at ``path`` is no backup of a store."""


class DamagedBackup(FileFault):
    """The backup at ``path`` does not hold the bytes that were put into it."""


@dataclass(eq=False, kw_only=True)
class ContainerChanged(WpsError):
    """The container's bytes were not those that had been verified as ``digest``; nothing of it was kept."""

    digest: Digest


@dataclass(eq=False, kw_only=True)
class EvidenceMissing(WpsError):
    """No evidence with this ``digest`` is in the store."""

    digest: Digest


class BrokenRule(RuntimeError):
    """A bug of ours: the program asked for something that the store's own rules forbid.

    Carries the database's words for it (``SQLITE_CONSTRAINT_TRIGGER: sent is append only``) and never a value.
    """


class TogetherLost(Exception):
    """A transaction that several had shared is gone; nothing of it was kept, and each must be done again by itself."""


@dataclass(eq=False, kw_only=True)
class NoSuchVersion(WpsError):
    """An entry has no version with this number."""

    number: int
