"""Taking over what an agency or an organisation says into the unit's own answer, with its source kept.

The text is copied, and then the unit's own to edit. Where it came from stays beside it: whose, which bundle, by its
digest. A file is passed on by its digest and is not kept twice. What is exempt there is exempt here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, cast

from wpsdesk.base.ids import CountryCode, Digest, UnitCode, Year
from wpsdesk.desk.agencies.agency_errors import NoSuchSource, NothingToTake
from wpsdesk.desk.agencies.beginning import has_begun
from wpsdesk.desk.answers.drafting import begun_in
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.evidence.held_files import lying_in
from wpsdesk.desk.model import Desk, gathering, reporting
from wpsdesk.desk.review.reviewing import decided
from wpsdesk.desk.review.standing import own_report_of, report_of
from wpsdesk.desk.submission.course import save_entry
from wpsdesk.plan.model import Unit
from wpsdesk.report.contributions import TakenFrom
from wpsdesk.report.model import (
    TAKEABLE,
    TAKEABLE_LISTS,
    TAKEABLE_TEXTS,
    Access,
    AccessScope,
    Entry,
    EntryKey,
    Evidence,
    Passage,
    Status,
)
from wpsdesk.report.states import Decision
from wpsdesk.store import evidence as files
from wpsdesk.store.evidence import Kept
from wpsdesk.store.journal import note
from wpsdesk.store.reviews import Place
from wpsdesk.store.submissions import Arrived, carriers, latest, submission
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What one unit says on a commitment, as it could be taken over."""

    unit: Unit
    entry: Entry
    seq: int
    digest: Digest  # of the signed container
    decision: Decision | None  # what has been decided of it here
    taken: TakenFrom | None  # what has been taken of it before
    is_newer: bool  # something was taken, and the unit has sent another report since

    @property
    def fields(self) -> tuple[str, ...]:
        """What there is to take."""
        return takeable_in(self.entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An answer with what has been taken over, a draft again."""

    entry: Entry
    fields: tuple[str, ...]
    other_language: tuple[str, ...]  # left where they are: the own text there is in another language
    files: int
    is_restricted: bool  # the answer is exempt from public access by what was taken


def takeable_in(entry: Entry) -> tuple[str, ...]:
    """What an answer has that could be taken over."""
    return tuple(
        name
        for name in TAKEABLE
        if (entry.passage(name).text.strip() if name in TAKEABLE_TEXTS else getattr(entry, name))
    )


def offered(desk: Desk, year: Year, key: EntryKey) -> tuple[Offered, ...]:
    """What the unit's agencies (Norad's organisations) say on a commitment, in the order of the call.

    For an answer that is not country-specific it is what they say of every country, else of the same one.
    """
    if desk.is_authority or not (desk.is_gathering or has_begun(desk)):
        return ()
    side, own = gathering(desk), reporting(desk)
    call = current_call(side, year)
    if call is None:
        return ()
    with own.store.read() as tx:
        mine = begun_in(tx, own, year, key)
    found = []
    with side.store.read() as tx:
        standing = decided(tx, year)
        tops = {each.unit: each for each in latest(tx, year)}
        for unit in (each.unit for each in call.asked if each.unit.code in tops):
            arrived = tops[unit.code]
            for entry in report_of(tx, side, arrived).entries:
                if entry.key.commitment != key.commitment or key.country not in (None, entry.key.country):
                    continue
                place = Place(unit=unit.code, year=year, commitment=key.commitment, country=entry.key.country)
                taken = _taken_of(mine, unit.code, entry.key.country)
                found.append(
                    Offered(
                        unit=unit,
                        entry=entry,
                        seq=arrived.seq,
                        digest=arrived.digest,
                        decision=standing.get(place),
                        taken=taken,
                        is_newer=taken is not None and taken.digest != arrived.digest,
                    )
                )
    return tuple(found)


def _taken_of(mine: Entry, unit: UnitCode, country: CountryCode | None) -> TakenFrom | None:
    return next((each for each in mine.taken if (each.unit, each.country) == (unit, country)), None)


def take_over(
    desk: Desk,
    year: Year,
    key: EntryKey,
    unit: UnitCode,
    *,
    country: CountryCode | None = None,
    fields: Collection[str] = TAKEABLE,
    who: str = "",
) -> Taken:
    """Take what ``unit`` says on ``key``'s commitment (about ``country`` there) over into the own answer.

    1. A text goes where the own is empty, below it where it is not, and in the place of what was taken of it before.
    2. Lists and files are added to; a file is passed on by its digest. 3. What is exempt there, or identifies a
    person at risk, makes the own answer so. 4. The answer is a draft again. Raises OnlyTheAuthority, NothingToTake.
    """
    side, own = gathering(desk), reporting(desk)
    with side.store.read() as tx:
        arrived = next((each for each in latest(tx, year) if each.unit == unit), None)
        theirs = None if arrived is None else _said(tx, side, arrived, EntryKey(key.commitment, country))
        wanted = () if theirs is None else tuple(name for name in takeable_in(theirs) if name in fields)
        if arrived is None or theirs is None or not wanted or theirs.status is Status.NOTHING_TO_REPORT:
            raise NothingToTake(unit=unit, year=year)
    with own.store.write() as tx:
        mine = begun_in(tx, own, year, key)
        taken = _taken_into(tx, own, mine, theirs, _From(arrived=arrived, wanted=wanted))
        save_entry(tx, own, year, taken.entry, who)
        about = f"{unit}/{year}/{key.commitment}"
        note(tx, "taken-over", who=who or own.unit.code, now=own.clock(), about=about, details={"files": taken.files})
    return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _From:
    arrived: Arrived
    wanted: tuple[str, ...]  # of TAKEABLE


def _taken_into(tx: Tx, own: Desk, mine: Entry, theirs: Entry, given: _From) -> Taken:
    unit, wanted = given.arrived.unit, given.wanted
    texts, left = _with_texts(mine, theirs, wanted, _earlier(tx, own, mine, theirs, unit))
    lists = {name: _joined(getattr(mine, name), getattr(theirs, name)) for name in TAKEABLE_LISTS if name in wanted}
    passed = _passed_on(tx, unit, mine, theirs) if "evidence" in wanted else ()
    fields = tuple(name for name in wanted if name not in left)
    merged = replace(
        mine,
        **cast("dict[str, Any]", {**texts, **lists}),
        evidence=(*mine.evidence, *passed),
        status=mine.status or theirs.status,
        access=theirs.access if _is_open(mine.access) and not _is_open(theirs.access) else mine.access,
        identifies_person_at_risk=mine.identifies_person_at_risk or theirs.identifies_person_at_risk,
        taken=_with_source(mine, given.arrived, theirs, fields),
        unchanged_since=tuple(each for each in mine.unchanged_since if each[0] not in fields),
        is_marked_ready=False,
    )
    is_restricted = merged.access != mine.access
    return Taken(entry=merged, fields=fields, other_language=left, files=len(passed), is_restricted=is_restricted)


def drop_source(desk: Desk, year: Year, key: EntryKey, unit: UnitCode, *, who: str = "") -> Entry:
    """Say no longer that the answer holds anything of ``unit``'s; its text stays as it is. Raises NoSuchSource."""
    own = reporting(desk)
    with own.store.write() as tx:
        mine = begun_in(tx, own, year, key)
        kept = tuple(each for each in mine.taken if each.unit != unit)
        if kept == mine.taken:
            raise NoSuchSource(unit=unit)
        dropped = replace(mine, taken=kept, is_marked_ready=False)
        save_entry(tx, own, year, dropped, who)
        about = f"{unit}/{year}/{key.commitment}"
        note(tx, "source-dropped", who=who or own.unit.code, now=own.clock(), about=about)
    return dropped


def _said(tx: Tx, side: Desk, arrived: Arrived, key: EntryKey) -> Entry | None:
    return report_of(tx, side, arrived).entry(key)


def _earlier(tx: Tx, desk: Desk, mine: Entry, theirs: Entry, unit: UnitCode) -> Entry | None:
    """The unit's answer as it was when something was taken of it last; None where nothing was."""
    taken = _taken_of(mine, unit, theirs.key.country)
    before = None if taken is None else submission(tx, taken.digest)
    return None if before is None else own_report_of(tx, desk, before).entry(theirs.key)


def _is_open(access: Access) -> bool:
    return access.scope is AccessScope.OPEN and access.delayed_until is None


def _with_texts(
    mine: Entry, theirs: Entry, wanted: tuple[str, ...], earlier: Entry | None
) -> tuple[dict[str, Passage], tuple[str, ...]]:
    """The own answer's texts with theirs, and the fields that were left for being in another language."""
    left: list[str] = []
    found: dict[str, Passage] = {}
    for name in (name for name in TAKEABLE_TEXTS if name in wanted):
        old, new = mine.passage(name), theirs.passage(name)
        if old.text.strip() and old.language != new.language:
            left.append(name)
        else:
            found[name] = _below(old, new, None if earlier is None else earlier.passage(name))
    return found, tuple(left)


def _below(old: Passage, new: Passage, earlier: Passage | None) -> Passage:
    if new.text.strip() in old.text:
        return old
    if earlier is not None and earlier.text.strip() and earlier.text.strip() in old.text:
        return replace(old, text=old.text.replace(earlier.text.strip(), new.text.strip(), 1))
    return new if not old.text.strip() else replace(old, text=f"{old.text.rstrip()}\n\n{new.text.strip()}")


def _joined(old: tuple[object, ...], new: tuple[object, ...]) -> tuple[object, ...]:
    return (*old, *(each for each in new if each not in old))


def _passed_on(tx: Tx, unit: UnitCode, mine: Entry, theirs: Entry) -> tuple[Evidence, ...]:
    """The files that have come and are not at the answer yet, known by where they lie."""
    there, came = {each.digest for each in mine.evidence}, carriers(tx, unit)
    found = []
    for file in theirs.evidence:
        if file.digest in there or file.digest not in came:
            continue
        where = lying_in(tx, came[file.digest], file.digest)
        if where is None:
            continue
        listed, lying, crc = where
        files.keep_lying(tx, Kept(digest=file.digest, size=listed.size), crc, lying)
        found.append(file if file.source else replace(file, source=unit))
    return tuple(found)


def _with_source(mine: Entry, arrived: Arrived, theirs: Entry, fields: tuple[str, ...]) -> tuple[TakenFrom, ...]:
    before = _taken_of(mine, arrived.unit, theirs.key.country)
    known = () if before is None else before.fields
    source = TakenFrom(
        unit=arrived.unit,
        bundle=arrived.id,
        digest=arrived.digest,
        country=theirs.key.country,
        fields=tuple(name for name in TAKEABLE if name in fields or name in known),
    )
    return (*(each for each in mine.taken if each is not before), source)
