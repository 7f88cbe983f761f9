"""Reading again what has just been written: from the disk, through the checks of whoever opens it."""

from __future__ import annotations

import os
from pathlib import Path

from wpsdesk.base.errors import from_os
from wpsdesk.base.ids import Digest
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.errors import Altered
from wpsdesk.bundle.opening import open_as_sealed, sealed_bundle
from wpsdesk.bundle.parts import PartIndex
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.bundle.parts_writing import WrittenPart
from wpsdesk.bundle.sealing import SealUsed


def reread(path: Path, used: SealUsed, digest: Digest, *, progress: Progress = unwatched) -> None:
    """Open a sealed file with the key that sealed it, and hold the container in it against its digest.

    ``progress`` counts bytes of the container. Raises Altered and what opening a bundle raises.
    """
    forget_cached(path)
    with sealed_bundle(path) as sealed:
        opened = open_as_sealed(sealed, used, progress=progress)
        if opened.digest != digest:
            raise Altered(where="container")


def reread_parts(index: PartIndex, parts: tuple[WrittenPart, ...], *, progress: Progress = unwatched) -> None:
    """Open every part and hold it against the index. ``progress`` counts bytes. Raises what opening a part raises."""
    total, done = sum(part.size for part in parts), 0
    for written in parts:
        forget_cached(written.path)
        with open_part(written.path) as part:
            if part.index.set_id != index.set_id or part.number != written.number:
                raise Altered(where="container")
        done += written.size
        progress(done, total)


def forget_cached(path: Path) -> None:
    """Let the next reading come from the disk and not from memory, where the system can be asked to."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            advise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)
    except OSError as error:
        raise from_os(error, path) from error
