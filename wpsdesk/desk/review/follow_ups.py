"""The units' own follow-up documents as UD holds them: one a unit, of the report that stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.files import make_folder, new_file
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.restriction import restriction_of
from wpsdesk.desk.evidence.held_files import evidence_of
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.desk.review.standing import report_of
from wpsdesk.evidence.sniffing import ending_of
from wpsdesk.report.model import AccessScope, Evidence
from wpsdesk.store.submissions import Arrived, latest, report_bytes
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsDocument:
    """What a unit that has reported has sent of its follow-up."""

    unit: UnitCode
    document: Evidence | None
    is_held: bool  # the file itself has come


def follow_ups(desk: Desk, year: Year) -> tuple[UnitsDocument, ...]:
    """The document of each unit whose report is here, by unit. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return tuple(_of(tx, desk, arrived) for arrived in _readable(tx, year))


def _readable(tx: Tx, year: Year) -> list[Arrived]:
    """The submissions in force that stand for a whole report, by unit."""
    return sorted((a for a in latest(tx, year) if report_bytes(tx, a.digest) is not None), key=lambda a: a.unit)


def _of(tx: Tx, desk: Desk, arrived: Arrived) -> UnitsDocument:
    report = report_of(tx, desk, arrived)
    held = {file.digest for file in evidence_of(tx, report)}
    document = report.follow_up
    return UnitsDocument(unit=arrived.unit, document=document, is_held=document is not None and document.digest in held)


def write_follow_ups(desk: Desk, year: Year, folder: Path, *, progress: Progress = unwatched) -> tuple[Path, ...]:
    """Write every document that is open to the public and has come into ``folder``: ``fd-2026-follow-up.pdf``.

    A name says nothing of what the file holds, and ends as its content is. One that is restricted is not written:
    it is read at the unit's report. Raises OnlyTheAuthority, FileExistsAlready, DiskFull, FileUnwritable, Cancelled.
    """
    require_gathering(desk)
    make_folder(folder)
    written: list[Path] = []
    today = desk.clock().date()
    with desk.store.read() as tx:
        arrived = _readable(tx, year)
        for place, each in enumerate(arrived):
            progress(place, len(arrived))
            report = report_of(tx, desk, each)
            document = report.follow_up
            if document is None or restriction_of(document.access, today)[0] is not AccessScope.OPEN:
                continue
            file = next((f for f in evidence_of(tx, report) if f.digest == document.digest), None)
            if file is None:
                continue
            path = folder / f"{each.unit.lower()}-{year}-follow-up.{ending_of(document.media_type)}"
            with new_file(path) as stream:
                for piece in file.read():
                    stream.write(piece)
            written.append(path)
    return tuple(written)
