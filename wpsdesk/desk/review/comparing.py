"""What an answer is held against when it is read: its version that UD decided about, last year's, and other units'."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.desk.review.standing import report_of
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.codec import report_from
from wpsdesk.report.model import NARRATIVE, Entry, EntryKey, Report
from wpsdesk.report.states import Decision
from wpsdesk.store.reviews import Place, steps
from wpsdesk.store.submissions import coverage_rows, latest, report_bytes, submission
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An answer as it stood in another report of the same unit."""

    entry: Entry
    year: Year
    seq: int
    decision: Decision | None  # what UD decided of it, None of last year's
    at: datetime  # UTC: when UD decided, or when the report came


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAnother:
    """What another unit says on the same commitment and country."""

    unit: UnitCode
    seq: int
    entry: Entry


def decided_version(desk: Desk, unit: UnitCode, year: Year, key: EntryKey) -> Version | None:
    """The answer as UD accepted it last; where it never was, as UD returned it last. Raises OnlyTheAuthority."""
    require_gathering(desk)
    place = Place(unit=unit, year=year, commitment=key.commitment, country=key.country)
    with desk.store.read() as tx:
        found = steps(tx, place)
        for wanted in (Decision.ACCEPTED, Decision.RETURNED):
            for step in reversed(found):
                if step.decision == wanted and (version := _version(tx, desk, step.submission, key)) is not None:
                    entry, seq = version
                    return Version(entry=entry, year=year, seq=seq, decision=wanted, at=step.at)
    return None


def last_years_version(desk: Desk, unit: UnitCode, year: Year, key: EntryKey) -> Version | None:
    """The unit's answer in the report that stood for it a year before. Raises OnlyTheAuthority."""
    require_gathering(desk)
    before = Year(year - 1)
    with desk.store.read() as tx:
        arrived = next((a for a in latest(tx, before) if a.unit == unit), None)
        report = None if arrived is None else report_of(tx, desk, arrived)
    entry = None if report is None else report.entry(key)
    if arrived is None or entry is None:
        return None
    return Version(entry=entry, year=before, seq=arrived.seq, decision=None, at=arrived.received_at)


def of_others(
    desk: Desk, unit: UnitCode, year: Year, key: EntryKey, *, progress: Progress = unwatched
) -> tuple[OfAnother, ...]:
    """What the other units say on the same commitment and country, by unit. Raises OnlyTheAuthority, Cancelled."""
    require_gathering(desk)
    found: list[OfAnother] = []
    with desk.store.read() as tx:
        rows = [r for r in coverage_rows(tx, year) if (r.commitment, r.country) == (key.commitment, key.country)]
        wanted = {r.unit for r in rows} - {unit}
        arrivals = [a for a in latest(tx, year) if a.unit in wanted]
        for done, arrived in enumerate(arrivals):
            progress(done, len(arrivals))
            entry = report_of(tx, desk, arrived).entry(key)
            if entry is not None:
                found.append(OfAnother(unit=arrived.unit, seq=arrived.seq, entry=entry))
    return tuple(found)


def language_written(report: Report) -> LanguageCode:
    """The language in which a unit writes: the one with most letters in its report, bokmål where it says nothing."""
    counted: Counter[LanguageCode] = Counter()
    for entry in report.entries:
        for field in NARRATIVE:
            passage = entry.passage(field)
            counted[passage.language] += len(passage.text)
    most = counted.most_common(1)
    return most[0][0] if most and most[0][1] else "nb"


def _version(tx: Tx, desk: Desk, digest: Digest, key: EntryKey) -> tuple[Entry, int] | None:
    data, arrived = report_bytes(tx, digest), submission(tx, digest)
    if data is None or arrived is None:
        return None
    entry = report_from(load_json(data, limit=LIMIT), desk.plan).entry(key)
    return None if entry is None else (entry, arrived.seq)
