"""Aid statistics at UD's desk: look into a file and tell what it would change, take it in, show it, remove it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wpsdesk.base.files import read_file
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.aid_figures import AidChange, aid_changes
from wpsdesk.desk.model import Desk, require_gathering
from wpsdesk.intake.aid import LARGEST_FILE, AidFound, NothingForYear, StatisticsFaulty
from wpsdesk.intake.aid_activities import is_xml, read_aid_activities
from wpsdesk.intake.aid_table import read_aid_table
from wpsdesk.report.aid import AidStatistics, aid_from, aid_to_bytes
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note

KIND: Final = "aid-statistics"


@dataclass(frozen=True, slots=True, kw_only=True)
class AidProposal:
    """What a file would put in place of what is ``held``. With faults none of it can be taken in."""

    found: AidFound
    source: str
    digest: Digest
    held: AidStatistics | None

    @property
    def changes(self) -> tuple[AidChange, ...]:
        """Recipients whose sums would be others than now; in another currency, every one."""
        held = self.held.rows if self.held is not None and self.held.currency == self.found.currency else ()
        return aid_changes(held, self.found.rows)


def look_into(
    desk: Desk, path: Path, year: Year, source: str, *, currency: str = "", progress: Progress = unwatched
) -> AidProposal:
    """Read a file of statistics of ``year``; nothing is changed. ``currency`` where the file does not say.

    Raises OnlyTheAuthority, FileMissing and its kin, TooLarge, NotStatistics, UnsafeStatistics, ColumnsMissing,
    CurrencyUnknown, NothingForYear, Cancelled.
    """
    require_gathering(desk)
    data = read_file(path, limit=LARGEST_FILE)
    read = read_aid_activities if is_xml(data) else read_aid_table
    found = read(data, desk.plan, year, currency, progress=progress)
    if not found.rows and not found.faults:
        raise NothingForYear(year=year)
    digest = Digest(hashlib.sha256(data).hexdigest())
    return AidProposal(found=found, source=" ".join(source.split()), digest=digest, held=statistics(desk, year))


def take_in(desk: Desk, proposal: AidProposal) -> AidStatistics:
    """Keep the statistics in place of those of the same year. Raises OnlyTheAuthority, StatisticsFaulty."""
    require_gathering(desk)
    found = proposal.found
    if found.faults:
        raise StatisticsFaulty(places=len(found.faults))
    now = desk.clock()
    made = AidStatistics(
        year=found.year,
        currency=found.currency,
        source=proposal.source,
        shape=found.shape,
        digest=proposal.digest,
        loaded_at=now,
        rows=found.rows,
    )
    with desk.store.write() as tx:
        put_document(tx, KIND, str(found.year), aid_to_bytes(made))
        details = {"rows": str(len(found.rows)), "digest": proposal.digest[:12]}
        note(tx, "statistics-loaded", who=desk.unit.code, now=now, about=str(found.year), details=details)
    return made


def statistics(desk: Desk, year: Year) -> AidStatistics | None:
    """The statistics of a year, or None. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        data = document(tx, KIND, str(year))
    return None if data is None else aid_from(data)


def years_with_statistics(desk: Desk) -> tuple[Year, ...]:
    """The years that statistics are held for, the latest first. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return tuple(sorted((Year(int(key)) for key, _ in documents(tx, KIND)), reverse=True))


def remove_statistics(desk: Desk, year: Year) -> AidStatistics:
    """Remove the statistics of a year, and return what they were. Raises OnlyTheAuthority, NothingForYear."""
    held = statistics(desk, year)
    if held is None:
        raise NothingForYear(year=year)
    now = desk.clock()
    with desk.store.write() as tx:
        remove_document(tx, KIND, str(year))
        note(tx, "statistics-removed", who=desk.unit.code, now=now, about=str(year))
    return held
