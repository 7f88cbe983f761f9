"""What a submission that is held says of itself: the header that was signed."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Digest
from wpsdesk.bundle import limits
from wpsdesk.bundle.model import HEADER_NAME, Header, header_from
from wpsdesk.bundle.plaintext import InMemory
from wpsdesk.bundle.zipform import LOCAL, ZipEntry
from wpsdesk.bundle.zipreading import FIRST_BYTES, whole
from wpsdesk.desk.errors import NothingHeld
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.store.submissions import container, submission
from wpsdesk.store.transaction import Tx

_ENOUGH: Final = limits.HEADER_JSON + 4096  # bytes; the header stands second in every container


def received_header(desk: Desk, digest: Digest) -> Header:
    """``bundle.json`` of a submission that is held; it passed every check when it came.

    Raises OnlyTheAuthority, NothingHeld, DamagedStore.
    """
    require_gathering(desk)
    with desk.store.read() as tx:
        if submission(tx, digest) is None:
            raise NothingHeld(digest=digest)
        start = InMemory(_start_of(tx, digest))
    offset = len(FIRST_BYTES)
    record = start.read_at(offset, LOCAL.size)
    _, _, _, method, _, _, crc, packed_size, size, _, _ = LOCAL.unpack(record)
    entry = ZipEntry(name=HEADER_NAME, method=method, crc=crc, packed_size=packed_size, size=size, offset=offset)
    return header_from(load_json(whole(start, entry), limit=limits.HEADER_JSON))


def _start_of(tx: Tx, digest: Digest) -> bytes:
    found = bytearray()
    for chunk in container(tx, digest):
        found += chunk
        if len(found) >= _ENOUGH:
            break
    return bytes(found)
