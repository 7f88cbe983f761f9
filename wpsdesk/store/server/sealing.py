"""Bytes on their way to the server and back: sealed and opened by the connection itself, whatever table they are in.

Every value of the type bytea is ``0x01``, a nonce of 12 bytes, and AES-256-GCM's output under a key that is made from
the desk's (HKDF-SHA256), with the desk's salt as associated data. Whoever has the server, its disk or a copy of it has
no private key, no container, no report, no draft and no evidence. Names of units, decisions, times and the words for
the search are texts, and are not sealed: the database works with them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg import Binary, Connection, DataError, adapters
from psycopg.adapt import Buffer, Dumper, Loader
from psycopg.pq import Format
from psycopg.types.string import ByteaBinaryLoader, ByteaLoader

from wpsdesk.store.sqlcipher import StoreKey

_MARK: Final = b"\x01"
_NONCE: Final = 12
_PURPOSE: Final = b"wps-server/1 bytea"
_BYTEA: Final = adapters.types["bytea"].oid


class NotSealedByUs(DataError):
    """A value is none that the key of this desk has sealed."""


def seal_bytes(connection: Connection[tuple[object, ...]], key: StoreKey) -> None:
    """From now on whatever bytes go over this connection are sealed, and those that come are opened."""
    made = HKDF(algorithm=SHA256(), length=32, salt=key.salt, info=_PURPOSE).derive(key.secret)
    box, salt = AESGCM(made), key.salt

    def seal(data: Buffer) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return _MARK + nonce + box.encrypt(nonce, data, salt)

    def opened(sealed: Buffer) -> bytes:
        whole = bytes(sealed)
        if not whole.startswith(_MARK):
            raise NotSealedByUs
        try:
            return box.decrypt(whole[1 : 1 + _NONCE], whole[1 + _NONCE :], salt)
        except (InvalidTag, ValueError):
            raise NotSealedByUs from None

    dumper, loaders = _dumper(seal), _loaders(opened)
    for kind in (bytes, bytearray, memoryview, Binary):  # the last is what SQLAlchemy makes of the first
        connection.adapters.register_dumper(kind, dumper)
    for loader in loaders:
        connection.adapters.register_loader("bytea", loader)


def _dumper(seal: Callable[[Buffer], bytes]) -> type[Dumper]:
    class SealingDumper(Dumper):
        format = Format.BINARY
        oid = _BYTEA

        def dump(self, obj: Buffer | Binary) -> Buffer:
            return seal(obj.obj if isinstance(obj, Binary) else obj)

    return SealingDumper


def _loaders(opened: Callable[[Buffer], bytes]) -> tuple[type[Loader], type[Loader]]:
    class TextLoader(ByteaLoader):
        def load(self, data: Buffer) -> bytes:
            return opened(super().load(bytes(data)))

    class BinaryLoader(ByteaBinaryLoader):
        def load(self, data: Buffer) -> bytes:
            return opened(data)

    return TextLoader, BinaryLoader
