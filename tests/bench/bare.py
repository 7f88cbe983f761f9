"""The floors: what has to be done in any case, with the same libraries and nothing around it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from wpsdesk.store.sqlcipher import PRAGMAS, DriverConnection, StoreKey, connect, empty_file


class BareStore:
    """One table in the same kind of store: SQLCipher with the same pragmas, one durable transaction a row."""

    def __init__(self, connection: DriverConnection) -> None:
        self._connection = connection

    def put(self, key: str, data: bytes) -> None:
        """One row, in place of the one with the same key, in one commit."""
        self.put_all([(key, data)])

    def put_all(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Several rows, each in place of the one with the same key, in one commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        for row in rows:
            self._connection.execute("INSERT OR REPLACE INTO kept (name, data) VALUES (?, ?)", row)
        self._connection.execute("COMMIT")


@contextmanager
def bare_store(path: Path) -> Iterator[BareStore]:
    """An open, empty store of that kind in the new file ``path``."""
    key = StoreKey(secret=secrets.token_bytes(32), salt=secrets.token_bytes(16))
    with empty_file(path), closing(connect(path, key)) as connection:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT")
        yield BareStore(connection)


class BareSigner:
    """A P-256 key that signs, and verifies what it has signed."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._public = self._key.public_key()

    def sign(self, digest: bytes) -> bytes:
        """ECDSA over a SHA-256 digest."""
        return self._key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))

    def verify(self, signature: bytes, digest: bytes) -> None:
        """Raises InvalidSignature."""
        self._public.verify(signature, digest, ec.ECDSA(Prehashed(hashes.SHA256())))


def copy_and_hash(source: Path, to: Path) -> None:
    """A copy that is on the disk when done, and the SHA-256 of the source; an earlier copy is replaced."""
    shutil.copyfile(source, to)
    with to.open("r+b") as stream:
        os.fsync(stream.fileno())
    with source.open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
