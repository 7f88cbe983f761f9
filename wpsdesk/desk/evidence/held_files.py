"""The files in a submission that UD holds, read straight out of its container in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Digest
from wpsdesk.bundle import limits
from wpsdesk.bundle.layout import Layout, layout_of
from wpsdesk.bundle.model import Attachment, FileEntry, Header, as_listed, header_from
from wpsdesk.bundle.zipform import DEFLATED, ZipEntry
from wpsdesk.bundle.zipreading import directory_of, unpacked, whole
from wpsdesk.report.model import Report
from wpsdesk.store.errors import DamagedStore
from wpsdesk.store.lying import Lying
from wpsdesk.store.submissions import Arrived, carriers, container_part, submission
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True)
class Held:
    """A container in the store as bytes that can be read at any place."""

    tx: Tx
    arrived: Arrived

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.arrived.size

    def read_at(self, offset: int, length: int) -> bytes:
        """``length`` bytes from ``offset``; fewer only at the end."""
        return container_part(self.tx, self.arrived.digest, offset, max(0, min(length, self.size - offset)))


def header_of(held: Held, layout: Layout) -> Header:
    """``bundle.json``; it passed every check when it came."""
    return header_from(load_json(whole(held, layout.header), limit=limits.HEADER_JSON))


def files_in(tx: Tx, arrived: Arrived) -> tuple[Attachment, ...]:
    """The evidence of one submission; ``read`` works as long as the transaction does."""
    held = Held(tx, arrived)
    layout = layout_of(directory_of(held))
    entries = {entry.name: entry for entry in layout.evidence}
    return tuple(_attachment(held, file, entries[file.name]) for file in header_of(held, layout).files)


def _attachment(held: Held, file: FileEntry, entry: ZipEntry) -> Attachment:
    def read() -> Iterator[bytes]:
        seen = hashlib.sha256()
        for piece in unpacked(held, entry):
            seen.update(piece)
            yield piece
        if seen.hexdigest() != file.digest:
            raise DamagedStore(path=held.tx.path)

    return as_listed(file, read)


def lying_in(tx: Tx, container: Digest, digest: Digest) -> tuple[FileEntry, Lying, int] | None:
    """A file by its digest: how the container lists it, where it lies there, and its CRC-32. None where it is not."""
    arrived = submission(tx, container)
    if arrived is None:
        return None
    held = Held(tx, arrived)
    layout = layout_of(directory_of(held))
    file = next((each for each in header_of(held, layout).files if each.digest == digest), None)
    entry = next((each for each in layout.evidence if file is not None and each.name == file.name), None)
    if file is None or entry is None:
        return None
    lying = Lying(
        container=container, offset=entry.data_offset, packed=entry.packed_size, is_deflated=entry.method == DEFLATED
    )
    return file, lying, entry.crc


def evidence_of(tx: Tx, report: Report) -> tuple[Attachment, ...]:
    """Every file that a report names and that is held, whichever of the unit's submissions brought it."""
    came, named = carriers(tx, report.unit), [each.digest for each in report.files]
    opened = {container: _files_of(tx, container) for container in {came[d] for d in named if d in came}}
    return tuple(opened[came[digest]][digest] for digest in dict.fromkeys(named) if digest in came)


def _files_of(tx: Tx, container: Digest) -> dict[Digest, Attachment]:
    arrived = submission(tx, container)
    assert arrived is not None, "a file is listed together with the container that brought it"
    return {file.digest: file for file in files_in(tx, arrived)}
