"""Finding in what UD holds: reports of all years, in force or not, evidence, units, notes, meetings, the journal.

The words of a report are put in the index when somebody first looks for something after it came, so that receiving
a thousand bundles costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.answers.hits import MOST, Hit, Where, extract, holds
from wpsdesk.desk.arrivals.inbox import Stands
from wpsdesk.desk.call.calling import call_in
from wpsdesk.desk.evidence.held_files import evidence_of
from wpsdesk.desk.meetings.holding import KIND as MEETING
from wpsdesk.desk.model import CALL, LIMIT, Desk, require_gathering
from wpsdesk.evidence.words import LARGEST, has_words, words_in
from wpsdesk.plan.model import LanguageCode, Unit
from wpsdesk.report.codec import report_from
from wpsdesk.report.meetings import meeting_from
from wpsdesk.report.model import EntryKey, Evidence, Report
from wpsdesk.store.arrivals import all_come
from wpsdesk.store.documents import document, documents
from wpsdesk.store.journal import lines_about, whos_and_whats
from wpsdesk.store.reviews import all_notes
from wpsdesk.store.search import BEFORE, LONGEST, Searched, index_texts, keys_indexed, texts_said
from wpsdesk.store.submissions import Arrived, all_standings, latest, report_bytes, submission
from wpsdesk.store.transaction import Tx

REPORT: Final = "submission"
"""The kind of text that is of a report in force; its key is the submission's digest."""

FILE: Final = "received-file"
"""The kind of text that was read in a file of such a report; the first line is the file's title."""

_AT_ONCE: Final = 20  # reports in one transaction: others may want to write in between

LINES: Final = 200  # of the journal that are looked at, of those that hold the words


def make_findable(desk: Desk, *, progress: Progress = unwatched) -> int:
    """Put the words of every report in force in the index, and take out those of reports that are so no longer.

    Each in a transaction of its own. Returns how many were put in. Raises OnlyTheAuthority, Cancelled.
    """
    require_gathering(desk)
    with desk.store.read() as tx:
        standing = {arrived.digest: arrived for year in _years(tx) for arrived in latest(tx, year)}
        known = keys_indexed(tx, REPORT)
    for digest in sorted(known - standing.keys()):
        with desk.store.write() as tx:
            index_texts(tx, REPORT, digest, ())
            index_texts(tx, FILE, digest, ())
    new = [arrived for digest, arrived in standing.items() if digest not in known]
    for number, arrived in enumerate(new):
        progress(number, len(new))
        with desk.store.write() as tx:
            _index(tx, desk, arrived)
    progress(len(new), len(new))
    return len(new)


def make_others_findable(desk: Desk, *, at_most: int | None = None, progress: Progress = unwatched) -> int:
    """The same for reports that are not in force: superseded, held, passed over, or waiting for their base.

    The latest first, and no more than ``at_most`` (None: all), for they may be many. Returns how many are left.
    Raises OnlyTheAuthority, Cancelled.
    """
    require_gathering(desk)
    with desk.store.read() as tx:
        standing = {arrived.digest for year in _years(tx) for arrived in latest(tx, year)}
        others = {each.digest: each for each in all_come(tx) if each.digest not in standing}
        known = keys_indexed(tx, BEFORE)
    for digest in sorted(known - others.keys()):
        with desk.store.write() as tx:
            index_texts(tx, BEFORE, digest, ())
    every = [each for digest, each in others.items() if digest not in known][::-1]
    new = every[:at_most]
    for start in range(0, len(new), _AT_ONCE):
        progress(start, len(new))
        with desk.store.write() as tx:
            for each in new[start : start + _AT_ONCE]:
                data = report_bytes(tx, each.digest) or b"{}"
                known_again = Searched(BEFORE, each.digest, f"{each.unit} {each.file_name}", each.year)
                index_texts(tx, BEFORE, each.digest, (known_again, *texts_said(data, each.year)))
    progress(len(new), len(new))
    return len(every) - len(new)


def _years(tx: Tx) -> tuple[Year, ...]:
    """The years there is a call for, the latest first."""
    return tuple(sorted((Year(int(key)) for key, _ in documents(tx, CALL)), reverse=True))


def _index(tx: Tx, desk: Desk, arrived: Arrived) -> None:
    data = report_bytes(tx, arrived.digest)
    if data is None:
        return
    # The first row is always there, so that a report without a word is known again.
    rows = [Searched(REPORT, arrived.digest, f"{arrived.unit} {arrived.file_name}", arrived.year)]
    rows += texts_said(data, arrived.year)
    index_texts(tx, REPORT, arrived.digest, tuple(rows))
    report = report_from(load_json(data, limit=LIMIT), desk.plan)
    index_texts(tx, FILE, arrived.digest, tuple(_file_rows(tx, report, arrived)))


def _file_rows(tx: Tx, report: Report, arrived: Arrived) -> Iterator[Searched]:
    named: dict[Digest, list[tuple[EntryKey, Evidence]]] = {}
    for entry in report.entries:
        for each in entry.evidence:
            if has_words(each.media_type) and each.size <= LARGEST:
                named.setdefault(each.digest, []).append((entry.key, each))
    if not named:
        return
    for file in evidence_of(tx, report):
        places = named.get(file.digest, [])
        if not places:
            continue
        words = words_in(b"".join(file.read()), places[0][1].media_type, at_most=LONGEST)
        for key, each in places if words.strip() else ():
            text = f"{each.title or each.name}\n{words}"
            yield Searched(FILE, arrived.digest, text, arrived.year, key.commitment, key.country)


# -- what was found --------------------------------------------------------------------------------


def held_hits(tx: Tx, found: tuple[Searched, ...], wanted: tuple[str, ...]) -> Iterator[Hit]:
    """Answers, files and meetings among what the index has found."""
    for each in found:
        if each.kind == MEETING:
            yield from _meeting_hit(tx, each, wanted)
        elif each.kind in (REPORT, FILE) and each.commitment is not None:
            arrived = submission(tx, Digest(each.key))
            if arrived is None:
                continue
            title, _, text = each.text.partition("\n") if each.kind == FILE else ("", "", each.text)
            yield Hit(
                where=Where.ANSWER if each.kind == REPORT else Where.EVIDENCE,
                year=arrived.year,
                key=EntryKey(each.commitment, each.country),
                field="",
                title=title,
                extract=extract(text, wanted),
                text=text,
                unit=arrived.unit,
            )


def hits_before(tx: Tx, found: tuple[Searched, ...], wanted: tuple[str, ...]) -> Iterator[Hit]:
    """Answers in reports that are not in force, each with how its report stands."""
    stands = all_standings(tx)
    for each in found:
        arrived = None if each.commitment is None else submission(tx, Digest(each.key))
        if arrived is None or each.commitment is None:
            continue
        said = stands.get(arrived.digest, "")
        known = {str(one) for one in (Stands.HELD, Stands.SETTLED, Stands.BASE_MISSING)}
        yield Hit(
            where=Where.NOT_IN_FORCE,
            year=arrived.year,
            key=EntryKey(each.commitment, each.country),
            field=said if said in known else Stands.SUPERSEDED,
            title="",
            extract=extract(each.text, wanted),
            text=each.text,
            unit=arrived.unit,
            number=arrived.seq,
        )


def _meeting_hit(tx: Tx, each: Searched, wanted: tuple[str, ...]) -> Iterator[Hit]:
    data = document(tx, MEETING, each.key)
    if data is None:
        return
    held = meeting_from(load_json(data, limit=LIMIT))
    key = None if each.commitment is None else EntryKey(each.commitment, each.country)
    said = [held.subject, held.who] if key is None else []
    for point in held.points:
        if point.commitment == each.commitment and (key is None or point.country == each.country):
            said += [point.text, point.follow_up, point.owner, point.result]
    text = "\n".join(filter(None, said))
    yield Hit(
        where=Where.MEETING, year=held.year, key=key, field="", title=held.subject, text=text,
        extract=extract(text, wanted), number=held.number,
    )  # fmt: skip


def told_hits(tx: Tx, wanted: tuple[str, ...], language: LanguageCode) -> Iterator[Hit]:
    """Units, internal notes and lines of the journal that hold the words."""
    for unit in _units(tx):
        names = " ".join((unit.code, unit.names[language], *unit.covers))
        if holds(names, wanted):
            yield Hit(
                where=Where.UNIT, year=None, key=None, field="", title="", text=names, extract=extract(names, wanted),
                unit=unit.code,
            )  # fmt: skip
    for note in all_notes(tx):
        if holds(note.text, wanted):
            place = note.place
            yield Hit(
                where=Where.NOTE, year=place.year, key=EntryKey(place.commitment, place.country), field="",
                title=note.officer, text=note.text, extract=extract(note.text, wanted), unit=place.unit,
            )  # fmt: skip
    yield from _journal_hits(tx, wanted)


def _units(tx: Tx) -> Iterable[Unit]:
    found: dict[UnitCode, Unit] = {}
    for year in _years(tx):  # the newest first: a name of today goes before that of an earlier year
        call = call_in(tx, year)
        for asked in () if call is None else call.asked:
            found.setdefault(asked.unit.code, asked.unit)
    return found.values()


def _journal_hits(tx: Tx, wanted: tuple[str, ...]) -> Iterator[Hit]:
    whos, _ = whos_and_whats(tx)
    sought = [(word, tuple(who for who in whos if holds(who, (word,)))) for word in wanted]
    for count, line in enumerate(lines_about(tx, sought, limit=LINES)):
        text = f"{line.about.replace('/', ' ')} {line.who}"
        if count < MOST and holds(text, wanted):
            yield Hit(
                where=Where.JOURNAL, year=None, key=None, field=line.what, title="", text=text,
                extract=extract(text, wanted), number=line.number,
            )  # fmt: skip
