"""The container's bytes, to be read at any place, wherever they lie: in memory, in a bare file, or sealed in one.

Nothing is ever unsealed onto a disk. A sealed file's view deciphers what is asked for, each time anew; it
may be used only after the seal's tag has been found right over the whole file, and what it serves is
believed only because every digest is checked as well: GCM's stream alone would let single bits be turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from wpsdesk.base.errors import from_os
from wpsdesk.bundle.errors import Altered
from wpsdesk.bundle.limits import CHUNK

_BLOCK = 16
_FIRST_BLOCK = 2  # SP 800-38D: with a 12-byte nonce block 1 makes the tag, the text starts at block 2


class Plaintext(Protocol):
    """Bytes that can be read at any place."""

    @property
    def size(self) -> int:
        """How many bytes there are."""
        ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly ``length`` bytes from ``offset``; fewer only at the end.

        Raises FileUnreadable, and Altered where the file has become shorter since it was opened.
        """
        ...


class InMemory:
    """A container that is small enough to be held."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self._data)

    def read_at(self, offset: int, length: int) -> bytes:
        """See :class:`Plaintext`."""
        return self._data[offset : offset + length]


class InFile:
    """A container that lies open in ``stream``, from ``start`` on."""

    __slots__ = ("_path", "_size", "_start", "_stream")

    def __init__(self, stream: BinaryIO, path: Path, *, start: int, size: int) -> None:
        self._stream, self._path, self._start, self._size = stream, path, start, size

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._size

    def read_at(self, offset: int, length: int) -> bytes:
        """See :class:`Plaintext`."""
        length = max(0, min(length, self._size - offset))
        try:
            self._stream.seek(self._start + offset)
            found = self._stream.read(length)
        except OSError as error:
            raise from_os(error, self._path) from error
        if len(found) != length:
            raise Altered(where="container")
        return found


class Sealed:
    """A container sealed with AES-256-GCM, deciphered at the place that is asked for."""

    __slots__ = ("_cipher", "_key", "_next", "_nonce", "_sealed")

    def __init__(self, sealed: InFile, *, key: bytes, nonce: bytes) -> None:
        self._sealed, self._key, self._nonce = sealed, key, nonce
        self._next, self._cipher = 0, self._cipher_at(0)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._sealed.size

    def _cipher_at(self, offset: int) -> CipherContext:
        counter = _FIRST_BLOCK + offset // _BLOCK
        cipher = Cipher(AES(self._key), CTR(self._nonce + counter.to_bytes(4, "big"))).decryptor()
        cipher.update(bytes(offset % _BLOCK))
        return cipher

    def read_at(self, offset: int, length: int) -> bytes:
        """See :class:`Plaintext`."""
        hidden = self._sealed.read_at(offset, length)
        if offset != self._next:
            self._cipher = self._cipher_at(offset)
        self._next = offset + len(hidden)
        return self._cipher.update(hidden)


def pieces(plaintext: Plaintext, offset: int, length: int) -> Iterator[bytes]:
    """The bytes from ``offset``, a chunk at a time. Raises what ``read_at`` raises."""
    end = offset + length
    while offset < end:
        piece = plaintext.read_at(offset, min(CHUNK, end - offset))
        if not piece:
            raise Altered(where="container")
        offset += len(piece)
        yield piece
