"""Private copies of evidence that an officer has asked to see: readable by nobody else, and gone with the desk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.errors import from_os
from wpsdesk.base.files import make_folder, new_file
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.errors import NoEvidence
from wpsdesk.desk.evidence.copies import copies_folder
from wpsdesk.desk.evidence.held_files import files_in
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.evidence.sniffing import HEAD, ending_of, media_type
from wpsdesk.store.submissions import carriers, submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy on the disk."""

    path: Path
    media_type: str  # by content


def open_copy(desk: Desk, unit: UnitCode, digest: Digest, *, progress: Progress = unwatched) -> Copy:
    """Write a piece of evidence from a unit where a program can open it; one that is there is used again.

    The file has mode 0600 in a folder of mode 0700. Its name says nothing of what it holds, and ends as its content
    is, so that what poses as a document is never run. :func:`~wpsdesk.desk.evidence.copies.remove_copies` takes it
    away.

    Raises OnlyTheAuthority, NoEvidence, DiskFull, FileUnwritable, Cancelled.
    """
    require_gathering(desk)
    folder = copies_folder(desk.store.path)
    make_folder(folder.parent)
    make_folder(folder)
    if os.name == "posix":
        folder.chmod(0o700)
    with desk.store.read() as tx:
        arrived = submission(tx, carriers(tx, unit).get(digest, Digest("")))
        file = None if arrived is None else next((f for f in files_in(tx, arrived) if f.digest == digest), None)
        if file is None:
            raise NoEvidence
        whole, head, tail, written = folder / digest[:16], b"", b"", 0
        with new_file(whole, replace=True) as stream:
            for piece in file.read():
                stream.write(piece)
                head, tail, written = (head + piece)[:HEAD], (tail + piece)[-HEAD:], written + len(piece)
                progress(written, file.size)
    kind = media_type(head, tail)
    path = whole.with_suffix(f".{ending_of(kind)}")
    try:
        whole.replace(path)
    except OSError as error:
        raise from_os(error, path, writing=True) from error
    return Copy(path=path, media_type=kind)
