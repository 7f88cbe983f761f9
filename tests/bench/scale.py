"""Scale: UD's desk after eight years, 10,000 submissions of 35 entries from 60 units.

The first of each of two units are real bundles, opened and verified; the others are kept by the store's own verbs, with
reports that are read back as real ones are, and containers of random bytes, which nothing here opens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from sqlalchemy import text

from tests.bench.importing import receive
from tests.bench.measuring import Benchmark, Work, ratio_of, seconds
from tests.bench.setting import office_in, prose
from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.proving import PROOF
from wpsdesk.desk.arrivals.submitted import rows_of
from wpsdesk.desk.call.calling import CallDraft, create_call, require_call
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import coverage
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.call import Asked
from wpsdesk.report.codec import report_to_json
from wpsdesk.report.model import Entry, Passage, Report
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.submissions import Arrived, record_submission, submissions
from wpsdesk.store.transaction import Tx

MANY: Final = 10_000
FEW: Final = 1_000
UNITS: Final = 60
ENTRIES: Final = 35
REAL: Final = ("FD", "JD")
AT_ONCE: Final = 500

INBOX: Final = text(
    "SELECT s.number, s.id, s.unit, s.year, s.seq, s.digest, s.signer, s.signed_at, s.received_at, s.size, s.file_name,"
    " t.standing FROM submissions s LEFT JOIN standings t ON t.digest = s.digest ORDER BY s.received_at DESC"
)
COVERAGE: Final = text(
    "SELECT s.unit, s.digest, e.commitment, e.country, e.status, e.state FROM submissions s"
    " JOIN submission_entries e ON e.submission = s.number WHERE s.number IN (SELECT number FROM"
    " (SELECT o.number, row_number() OVER (PARTITION BY o.unit ORDER BY o.seq DESC, o.number DESC) AS place"
    " FROM submissions o LEFT JOIN standings t ON t.digest = o.digest"
    " WHERE o.year = :year AND (t.standing IS NULL OR t.standing NOT IN ('held', 'base-missing', 'settled'))) AS ranked"
    " WHERE place = 1) ORDER BY s.unit, e.commitment, e.country"
)


@contextmanager
def grown(folder: Path, count: int) -> Iterator[Desk]:
    """UD's desk with so many submissions over all years of the plan."""
    folder.mkdir(exist_ok=True)
    with office_in(folder) as office:
        ud = office.ud()
        codes = _asked(ud)
        for code in REAL:
            desk = office.answered(office.enrolled(ud, code), *map(_entry, range(1, ENTRIES + 1)))
            receive(ud, export(desk, YEAR, folder, approved_by="Ola Godkjenner").path)
        _grow(office, ud, codes, count - len(REAL))
        yield ud


def _asked(ud: Desk) -> tuple[UnitCode, ...]:
    """Everybody whom every year's call asks."""
    numbers = tuple(c.number for c in ud.plan.commitments)
    own = [asked.unit.code for asked in require_call(ud, YEAR).asked]
    missions = [mission(f"M{number:02}") for number in range(UNITS - len(own))]
    more = tuple(Asked(unit=unit, commitments=numbers) for unit in missions)
    for year in range(ud.plan.first_year, ud.plan.last_year + 1):
        create_call(ud, CallDraft(year=year, deadline=date(2031, 3, 1), asked=more))
    return (*own, *(unit.code for unit in missions))


def _entry(number: int) -> Entry:
    told = answer(number, text=prose(number, 40))
    return replace(told, results=Passage(text=prose(100 + number, 20)))


def _grow(office: Office, ud: Desk, codes: tuple[UnitCode, ...], count: int) -> None:
    with ud.store.read() as tx:
        first = submissions(tx)[0]
        note = document(tx, PROOF, first.digest)
    assert note is not None
    entries = tuple(map(_entry, range(1, ENTRIES + 1)))
    years = range(ud.plan.first_year, ud.plan.last_year + 1)
    each = -(-count // (len(codes) * len(years)))  # submissions of a unit in a year
    places = [(code, Year(year), seq) for year in years for seq in range(2, each + 2) for code in codes][:count]
    for start in range(0, count, AT_ONCE):
        office.clock.wind(hours=1)
        with ud.store.write() as tx:
            for code, year, seq in places[start : start + AT_ONCE]:
                report = Report(unit=code, year=year, edition=ud.plan.edition, entries=entries)
                _keep(tx, replace(first, unit=code, year=year, seq=seq, received_at=office.clock()), report, note)


def _keep(tx: Tx, like: Arrived, report: Report, note: bytes) -> None:
    container = os.urandom(10_000)
    digest = Digest(sha256(container))
    name = f"{like.unit}-{like.year}-{like.seq}.asice.cms"
    bundle = BundleId(f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}")
    arrived = replace(like, id=bundle, digest=digest, size=len(container), file_name=name)
    data = canonical_json(report_to_json(report))
    record_submission(tx, arrived, (container,), rows_of(report), report=data)
    put_document(tx, PROOF, digest, note)


def _rounds(desk: Desk, unit: Work, query: Callable[[Tx], object], *, rounds: int) -> float:
    def floor() -> None:
        with desk.store.read() as tx:
            query(tx)

    unit()  # what is worked out once in the life of a window is worked out now
    floor()
    return ratio_of((unit, floor) for _ in range(rounds))


def measure_inbox(folder: Path, is_quick: bool) -> float:
    """Unit of work: the whole inbox, row by row. Floor: one query for the same columns."""
    with grown(folder, 100 if is_quick else MANY) as ud:
        return _rounds(ud, partial(inbox, ud), lambda tx: tx.run(INBOX).all(), rounds=3 if is_quick else 21)


def measure_coverage(folder: Path, is_quick: bool) -> float:
    """Unit of work: a year's coverage, every cell of it. Floor: one query for the rows that it is made of."""
    with grown(folder, 100 if is_quick else MANY) as ud:
        year = {"year": ud.plan.first_year}
        work = partial(coverage, ud, Year(ud.plan.first_year))
        return _rounds(ud, work, lambda tx: tx.run(COVERAGE, year).all(), rounds=3 if is_quick else 41)


def measure_growth(work: Callable[[Desk], object], folder: Path, is_quick: bool) -> float:
    """Unit of work: the same work with ten times as many submissions. Floor: ten times that with the fewer."""
    few, many = (20, 200) if is_quick else (FEW, MANY)
    with grown(folder / "few", few) as small:
        below = _usually(partial(work, small))
    with grown(folder / "many", many) as large:
        return _usually(partial(work, large)) / below / (many / few)


def measure_opening(folder: Path, is_quick: bool) -> float:
    """Unit of work: the report of a submission among 10,000. Floor: the same where it is one of two."""
    with grown(folder / "few", 2) as small, grown(folder / "many", 100 if is_quick else MANY) as large:
        newest = [row.digest for row in inbox(large)][:: 1 + MANY // 400]
        (one, *_) = (row.digest for row in inbox(small))

        def pairs() -> Iterator[tuple[Work, Work]]:
            for digest in newest:
                yield partial(received_report, large, digest), partial(received_report, small, one)

        return ratio_of(pairs())


def _usually(work: Work) -> float:
    work()
    return median(seconds(work) for _ in range(9))


BENCHMARKS = (
    Benchmark(
        name="inbox-10000",
        unit_of_work="UD's inbox with 10,000 submissions",
        floor="one query for the same columns",
        budget=2.0,
        measure=measure_inbox,
        is_long=True,
    ),
    Benchmark(
        name="coverage-10000",
        unit_of_work="a year's coverage in a store of 10,000 submissions",
        floor="one query for the rows that it is made of",
        budget=2.0,
        measure=measure_coverage,
        is_long=True,
    ),
    Benchmark(
        name="inbox-growth",
        unit_of_work="UD's inbox with 10,000 submissions",
        floor="ten times the time that it takes with 1,000",
        budget=1.25,
        measure=partial(measure_growth, inbox),
        is_long=True,
    ),
    Benchmark(
        name="open-10000",
        unit_of_work="the report of one of 10,000 submissions",
        floor="the report of one of two",
        budget=1.2,
        measure=measure_opening,
        is_long=True,
    ),
)
