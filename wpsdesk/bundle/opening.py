"""Opening: from a file of unknown origin to a container whose form is right. Checks 1 to 4.

Nothing here says who made it; :mod:`wpsdesk.bundle.verifying` does. The file is opened once and read only.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from wpsdesk.base.canonical import sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.base.digesting import Digesting
from wpsdesk.base.errors import Malformed, from_os
from wpsdesk.base.files import held_open
from wpsdesk.base.ids import Digest
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle import limits
from wpsdesk.bundle.der import NotDer, length_at
from wpsdesk.bundle.errors import (
    Altered,
    Bomb,
    BundleTooLarge,
    NewerBundle,
    NotABundle,
    NotForThisDesk,
    Truncated,
)
from wpsdesk.bundle.layout import Layout, layout_of
from wpsdesk.bundle.model import HEADER_NAME, newer_format_in
from wpsdesk.bundle.plaintext import InFile, InMemory, Plaintext, Sealed, pieces
from wpsdesk.bundle.sealing import (
    CONTENT_TYPE,
    TAG_SIZE,
    Seal,
    SealUsed,
    Transport,
    content_key,
    names_of,
    read_seal,
    unsealed_pieces,
)
from wpsdesk.bundle.signing import issuer_and_serial
from wpsdesk.bundle.zipform import LOCAL, LOCAL_SIGN, ZipEntry
from wpsdesk.bundle.zipreading import FIRST_BYTES, directory_of, whole
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import PrivateKey

_SEQUENCE: Final = 0x30
_ENOUGH_TO_TELL: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningKey:
    """A key that bundles may be sealed to.

    Without a certificate it is tried on every recipient: the reply that brings the certificate must be opened
    before it is known.
    """

    key: PrivateKey
    certificate: Certificate | None


class SealedBundle:
    """A file that looks like a bundle, opened; ``seal`` is None where it is not sealed.

    Closes the file at the end of a ``with`` block, and with it everything that was made of it.
    """

    __slots__ = ("_stream", "path", "seal", "size")

    def __init__(self, path: Path, stream: BinaryIO, size: int, seal: Seal | None) -> None:
        self.path: Final = path
        self.size: Final = size
        self.seal: Final = seal
        self._stream = stream

    @property
    def is_sealed(self) -> bool:
        """Whether it must be opened with a key."""
        return self.seal is not None

    def bytes_at(self, start: int, size: int) -> InFile:
        """A part of the file."""
        return InFile(self._stream, self.path, start=start, size=size)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBundle:
    """A container of the right form, by nobody knows whom. Lives as long as its SealedBundle is open."""

    sealed: SealedBundle
    plaintext: Plaintext
    layout: Layout
    digest: Digest  # of the container
    container_size: int

    def container(self) -> Iterator[bytes]:
        """The signed container, byte for byte. Raises Altered at the end where it was not what had been opened."""
        seen = Digesting()
        for piece in self.unchecked():
            seen.update(piece)
            yield piece
        if seen.digest() != self.digest:
            raise Altered(where="container")

    def unchecked(self) -> Iterator[bytes]:
        """The container's bytes as they are now, for whoever holds them against ``digest`` themselves."""
        return pieces(self.plaintext, 0, self.container_size)


def sealed_bundle(path: Path) -> SealedBundle:
    """Open a file and look what it is: check 1 without the tag.

    Raises NotABundle, BundleTooLarge, Truncated, SealMalformed, SealUnknown, FileMissing, FileUnreadable.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            raise NotABundle
    except OSError as error:
        raise from_os(error, path) from error
    return held_open(path, lambda stream: _looked_at(path, stream))


def _looked_at(path: Path, stream: BinaryIO) -> SealedBundle:
    # 1: the size, of the file that is open and not of whatever has its name by now.
    size = os.fstat(stream.fileno()).st_size
    view = InFile(stream, path, start=0, size=size)
    start = view.read_at(0, _ENOUGH_TO_TELL)
    is_seal = _is_seal(start)
    if not is_seal and not _is_container(view.read_at(0, len(FIRST_BYTES))):
        raise NotABundle
    limit = limits.CONTAINER + (limits.SEAL_HEADER if is_seal else 0)
    if size > limit:
        raise BundleTooLarge(size=size, limit=limit)
    seal = read_seal(view.read_at(0, limits.SEAL_HEADER), view.read_at, size) if is_seal else None
    if seal is None and size <= len(FIRST_BYTES):
        raise Truncated(size=size, expected=None)
    return SealedBundle(path, stream, size, seal)


def _is_seal(start: bytes) -> bool:
    """Whether it starts as our seals do, as far as it goes."""
    if len(start) < 2 or start[0] != _SEQUENCE:
        return False
    try:
        _, at = length_at(start, 1)
    except NotDer:
        return False
    return CONTENT_TYPE.startswith(start[at : at + len(CONTENT_TYPE)])


def _is_container(start: bytes) -> bool:
    """Whether it starts as our containers do, as far as it goes."""
    return len(start) >= len(LOCAL_SIGN) and FIRST_BYTES.startswith(start)


def open_bundle(sealed: SealedBundle, keys: tuple[OpeningKey, ...], *, progress: Progress = unwatched) -> OpenedBundle:
    """Unseal where it is sealed, and check the container's form. ``progress`` counts bytes of the container.

    Raises NotForThisDesk, Altered, NewerBundle, ZipMalformed, EntryRefused, Bomb, Truncated,
    FileUnreadable, Cancelled.
    """
    # 1: the tag, before anything that it vouches for is used.
    plaintext, digest = _unsealed(sealed, keys, progress)
    # The format, before anything else is interpreted.
    _refuse_newer(plaintext)
    # 2, 3, 4: see there.
    layout = layout_of(directory_of(plaintext))
    return OpenedBundle(sealed=sealed, plaintext=plaintext, layout=layout, digest=digest, container_size=plaintext.size)


def open_as_sealed(sealed: SealedBundle, used: SealUsed, *, progress: Progress = unwatched) -> OpenedBundle:
    """Open what has just been sealed here, with the key that sealed it. Raises Altered, and what opening raises."""
    seal = sealed.seal
    if seal is None or sealed.bytes_at(0, seal.text_offset).read_at(0, seal.text_offset) != used.header:
        raise Altered(where="seal")
    plaintext, digest = _with_key(sealed, seal, used.key, progress)
    layout = layout_of(directory_of(plaintext))
    return OpenedBundle(sealed=sealed, plaintext=plaintext, layout=layout, digest=digest, container_size=plaintext.size)


def _unsealed(sealed: SealedBundle, keys: tuple[OpeningKey, ...], progress: Progress) -> tuple[Plaintext, Digest]:
    seal = sealed.seal
    if seal is None:
        bare = sealed.bytes_at(0, sealed.size)
        return bare, _digest_of(pieces(bare, 0, bare.size), bare.size, progress)
    return _with_key(sealed, seal, _key_for(seal, keys), progress)


def _with_key(sealed: SealedBundle, seal: Seal, key: bytes, progress: Progress) -> tuple[Plaintext, Digest]:
    text = sealed.bytes_at(seal.text_offset, seal.text_size)
    tag = sealed.bytes_at(seal.tag_offset, TAG_SIZE).read_at(0, TAG_SIZE)
    opened = unsealed_pieces(seal, key, pieces(text, 0, text.size), tag)
    if text.size <= limits.IN_MEMORY:
        data = b"".join(opened)
        progress(len(data), len(data))
        return InMemory(data), sha256(data)
    digest = _digest_of(opened, text.size, progress)
    return Sealed(text, key=key, nonce=seal.nonce), digest


def _digest_of(found: Iterator[bytes], total: int, progress: Progress) -> Digest:
    seen, done = Digesting(), 0
    for piece in found:
        seen.update(piece)
        done += len(piece)
        progress(done, total)
    return seen.digest()


def _key_for(seal: Seal, keys: tuple[OpeningKey, ...]) -> bytes:
    """The content key. Every recipient that is ours must yield the same one."""
    found: bytes | None = None
    for recipient in seal.recipients:
        if isinstance(recipient, Transport):
            continue
        for opening in keys:
            certificate = opening.certificate
            if certificate is not None and issuer_and_serial(certificate) != recipient.issuer_and_serial:
                continue
            key = content_key(recipient, opening.key)
            if (key is None and certificate is not None) or (key is not None and found not in (None, key)):
                raise Altered(where="key")
            found = found if key is None else key
    if found is None:
        raise NotForThisDesk(recipients=tuple(names_of(recipient)[1] for recipient in seal.recipients))
    return found


def _refuse_newer(plaintext: Plaintext) -> None:
    """Raise NewerBundle where ``bundle.json``, at its place, says so. Anything odd is left for the checks."""
    offset = len(FIRST_BYTES)
    record = plaintext.read_at(offset, LOCAL.size + len(HEADER_NAME))
    if len(record) < LOCAL.size or not record.startswith(LOCAL_SIGN) or record[LOCAL.size :] != HEADER_NAME.encode():
        return
    _, _, _, method, _, _, crc, packed_size, size, name_size, extra_size = LOCAL.unpack_from(record)
    entry = ZipEntry(name=HEADER_NAME, method=method, crc=crc, packed_size=packed_size, size=size, offset=offset)
    if (name_size, extra_size) != (len(HEADER_NAME), 0) or size > limits.HEADER_JSON or entry.end > plaintext.size:
        return
    with suppress(Altered, Bomb, Malformed):
        version = newer_format_in(load_json(whole(plaintext, entry), limit=limits.HEADER_JSON))
        if version is not None:
            raise NewerBundle(version=version)
