"""Taking an archive of a year into a desk of UD's that has nothing of that year: all of it, or nothing.

What an archive cannot hold does not come back by it: private keys, passphrases, drafts. The desk keeps the root that it
was made with; the archive's own is kept beside it, so that what was signed under it can be shown and archived again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, staged, unwatched
from wpsdesk.desk.arrivals.keeping import keep_again
from wpsdesk.desk.call.calling import call_in
from wpsdesk.desk.call.countries import known_countries, learn_countries
from wpsdesk.desk.model import CALL, LIMIT, Desk, require_authority, require_trust
from wpsdesk.desk.publication.archive_errors import ArchivePieceFails, ArchiveRootUnknown, YearHeldAlready
from wpsdesk.desk.publication.archive_reading import ReadArchive, read_archive
from wpsdesk.desk.publication.archived_bundles import one_sent, one_submission, piece, sent_in
from wpsdesk.desk.publication.archiving import CONTENTS, PAPERS, contents_of
from wpsdesk.desk.publication.earlier_roots import earlier_roots, keep_earlier_root
from wpsdesk.desk.publication.filing import JOURNAL, RELEASE, REPORT
from wpsdesk.desk.publication.own_papers import LIMIT as PAPERS_LIMIT
from wpsdesk.desk.publication.own_papers import Papers, keep_papers, papers_from, require_readable
from wpsdesk.desk.publication.released import digest_of, keep_release, released_from, releases_in
from wpsdesk.plan.loading import load_plan
from wpsdesk.store import evidence
from wpsdesk.store.documents import document
from wpsdesk.store.journal import Line, add_line, line_from, lines, note
from wpsdesk.store.sent import record_told, sent
from wpsdesk.store.submissions import submissions
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.fingerprints import require_same_fingerprint

_LARGE: Final = 1 << 30  # bytes of a file of a release, or of the journal
_LINES: Final = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLoaded:
    """What has come back out of an archive."""

    year: Year
    made: datetime  # UTC, when the archive was written
    submissions: int
    sent: int  # calls and replies
    releases: int
    lines: int  # of the journal, that were not there
    root_fingerprint: str
    is_own_root: bool  # whether the desk that wrote it had the keys that this one has


def is_root_known(desk: Desk, found: ReadArchive) -> bool:
    """Whether the archive was signed under this desk's own root, or one whose digits were compared before."""
    with desk.store.read() as tx:
        return found.trust.root in {require_trust(tx).root, *(each.root for each in earlier_roots(tx))}


def load_archive(
    desk: Desk, path: Path, fingerprint: str | None = None, *, progress: Progress = unwatched
) -> ArchiveLoaded:
    """Take in the archive of a year of which the desk has nothing. ``fingerprint``: UD's digits, had from elsewhere.

    Every bundle is checked by the day on which it came or went, and kept byte for byte. Raises OnlyTheAuthority,
    YearHeldAlready, ArchiveRootUnknown, FingerprintMismatch, ArchivePieceFails, what :func:`read_archive` raises,
    DiskFull, Cancelled; then nothing has changed.
    """
    require_authority(desk)
    found = read_archive(path, progress=staged(progress, 0, 2))
    if fingerprint is not None:
        require_same_fingerprint(expected=found.trust.root_fingerprint, given=fingerprint)
    elif not is_root_known(desk, found):
        raise ArchiveRootUnknown(fingerprint=found.trust.root_fingerprint)
    with desk.store.write() as tx:
        if _has_anything(tx, found.year):
            raise YearHeldAlready(year=found.year)
        return _taken(tx, desk, found, staged(progress, 1, 2))


def _has_anything(tx: Tx, year: Year) -> bool:
    held = (submissions(tx, year), sent(tx, year), releases_in(tx, year))
    return any(held) or document(tx, CALL, str(year)) is not None


def _taken(tx: Tx, desk: Desk, found: ReadArchive, progress: Progress) -> ArchiveLoaded:
    """1. UD's own papers, the call above all. 2. What UD sent. 3. What came. 4. The releases. 5. Journal and root."""
    with piece(PAPERS):
        papers = papers_from(found.data(PAPERS, limit=PAPERS_LIMIT))
        reading = _with_papers(tx, desk, found, papers)
    gone = sent_in(found)
    for name in gone:
        with one_sent(found, reading.plan, name) as (one, verified):
            for file in verified.header.files:
                evidence.keep(tx, verified.read(file.name))
            record_told(tx, one)
    for number, each in enumerate(found.submissions):
        progress(number, len(found.submissions))
        named = papers.names.get(each.digest, f"{each.folder}.asice")
        with one_submission(found, reading.plan, each, named) as (come, before):
            keep_again(tx, reading, come, before)
    if contents_of(tx, submissions(tx, found.year)) != found.data(CONTENTS, limit=_LARGE):
        raise ArchivePieceFails(name=CONTENTS)
    releases = _keep_releases(tx, found)
    added = _keep_journal(tx, found)
    _keep_roots(tx, found)
    note(tx, "archive-loaded", who=desk.unit.code, now=desk.clock(), about=str(found.year))
    return ArchiveLoaded(
        year=found.year,
        made=found.made,
        submissions=len(found.submissions),
        sent=len(gone),
        releases=releases,
        lines=added,
        root_fingerprint=found.trust.root_fingerprint,
        is_own_root=found.trust.root == require_trust(tx).root,
    )


def _with_papers(tx: Tx, desk: Desk, found: ReadArchive, papers: Papers) -> Desk:
    """Keep UD's own papers; the desk as the year's bundles are to be read: by the call's edition and its countries."""
    keep_papers(tx, papers)
    call = call_in(tx, found.year)
    if call is None or papers.year != found.year:
        raise ArchivePieceFails(name=PAPERS)
    learn_countries(tx, desk.plan, call.focus_countries)
    plan = load_plan(call.edition).with_countries(known_countries(tx))
    require_readable(tx, papers, plan)
    return replace(desk, plan=plan)


def _keep_releases(tx: Tx, found: ReadArchive) -> int:
    """Every release with its files, byte for byte; how many."""
    numbers = sorted({int(part) for part in _parts(found) if part.isdecimal()})
    if {str(number) for number in numbers} != _parts(found):
        raise ArchivePieceFails(name=REPORT)
    for number in numbers:
        folder = f"{REPORT}/{number}"
        with piece(f"{folder}/{RELEASE}"):
            told = released_from(load_json(found.data(f"{folder}/{RELEASE}", limit=LIMIT), limit=LIMIT))
            names = {f"{folder}/{file.name}" for file in told.files} | {f"{folder}/{RELEASE}"}
            there = {name for name in found.files if name.startswith(f"{folder}/")}
            if (told.year, told.number, names) != (found.year, number, there) or digest_of(told.files) != told.digest:
                raise ArchivePieceFails(name=f"{folder}/{RELEASE}")
            made = [(file, found.data(f"{folder}/{file.name}", limit=_LARGE)) for file in told.files]
            if any(found.files[f"{folder}/{file.name}"] != file.digest for file in told.files):
                raise ArchivePieceFails(name=f"{folder}/{RELEASE}")
        keep_release(tx, told, made)
    return len(numbers)


def _parts(found: ReadArchive) -> set[str]:
    return {name.split("/")[1] for name in found.files if name.startswith(f"{REPORT}/")}


def _keep_journal(tx: Tx, found: ReadArchive) -> int:
    """The lines that are not here already, as an archive of another year has brought most of them; how many."""
    with piece(JOURNAL):
        told = load_json(found.data(JOURNAL, limit=_LARGE), limit=_LARGE).tuple_of(line_from, at_most=_LINES)
    held = Counter(map(_said, lines(tx, _LINES)))
    added = 0
    for line in told:
        if held[_said(line)] > 0:
            held[_said(line)] -= 1
        else:
            add_line(tx, line)
            added += 1
    return added


def _said(line: Line) -> tuple[object, ...]:
    return line.at, line.what, line.who, line.about, line.details


def _keep_roots(tx: Tx, found: ReadArchive) -> None:
    own = require_trust(tx).root
    for each in (found.trust, *found.earlier):
        if each.root != own:
            keep_earlier_root(tx, each)
