"""What a person gives to be attached: a file, or a picture that was pasted and lies in no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from wpsdesk.base.errors import FileTooLarge, FileUnreadable, from_os
from wpsdesk.base.files import CHUNK, read_file
from wpsdesk.evidence.sniffing import HEAD

LARGEST: Final = 1 << 30
"""A bundle holds 1 GiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A picture from the clipboard, kept in memory until it is in the store."""

    name: str
    data: bytes


Given: TypeAlias = Path | Pasted


def size_of(given: Given) -> int:
    """Bytes. Raises FileMissing, FileUnreadable, FileTooLarge."""
    if isinstance(given, Pasted):
        return len(given.data)
    try:
        size = given.stat().st_size
        if not given.is_file():
            raise FileUnreadable(path=given)
    except OSError as error:
        raise from_os(error, given) from error
    if size > LARGEST:
        raise FileTooLarge(path=given)
    return size


def ends_of(given: Given) -> tuple[bytes, bytes]:
    """The first and the last bytes, as much as tells what it is. Raises FileMissing, FileUnreadable."""
    if isinstance(given, Pasted):
        return given.data[:HEAD], given.data[-16 * HEAD :]
    try:
        with given.open("rb") as stream:
            head = stream.read(HEAD)
            size = stream.seek(0, 2)
            stream.seek(max(0, size - 16 * HEAD))
            return head, stream.read()
    except OSError as error:
        raise from_os(error, given) from error


def whole_of(given: Given) -> bytes:
    """All of its bytes. Raises FileMissing, FileUnreadable, FileTooLarge."""
    return given.data if isinstance(given, Pasted) else read_file(given, limit=LARGEST)


def chunks_of(given: Given, watched: Callable[[int], None]) -> Iterator[bytes]:
    """Its bytes in pieces; ``watched`` is told the size of each. Raises FileMissing, FileUnreadable."""
    if isinstance(given, Pasted):
        yield from in_pieces(given.data, len(given.data), watched)
        return
    try:
        with given.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
                watched(len(chunk))
    except OSError as error:
        raise from_os(error, given) from error


def in_pieces(data: bytes, size: int, watched: Callable[[int], None]) -> Iterator[bytes]:
    """Bytes that are held, in pieces; at the end ``watched`` is told ``size``."""
    for at in range(0, len(data), CHUNK):
        yield data[at : at + CHUNK]
    watched(size)
