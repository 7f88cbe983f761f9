"""Taking in entries from elsewhere: what is empty here is filled, and nothing that differs is written over.

The entries come from another desk of the unit (a handover) or from UD, which gives back what the unit had sent.
Where an entry has been changed on both sides both are kept: ours stands, the other waits beside it for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import Digest, Year
from wpsdesk.desk.errors import NothingWaits
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.review.choosing_errors import NotAllChosen, NothingSettled
from wpsdesk.desk.submission.course import save_entry, save_follow_up, still_ready
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import entry_from, entry_to_json
from wpsdesk.report.form import FORM
from wpsdesk.report.handover import Handed
from wpsdesk.report.model import Entry, EntryKey, Evidence
from wpsdesk.report.sides import Side, chosen, differing
from wpsdesk.report.states import is_empty
from wpsdesk.store import drafts
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.follow_ups import ASIDE, follow_up, put_follow_up
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

HANDED: Final = "handover"
"""The kind of document that holds an entry which waits beside ours."""

SETTLED: Final = "handover-settled"
"""The kind of document that holds both sides of an entry which a person has settled, so that it can be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What has come of the entries, by key."""

    taken: tuple[EntryKey, ...]  # they were empty here, or older
    same: tuple[EntryKey, ...]
    ours_is_newer: tuple[EntryKey, ...]
    both_kept: tuple[EntryKey, ...]  # changed on both sides: a person must choose


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry that came from elsewhere and differs from ours."""

    year: Year
    entry: Entry
    who: str
    when: datetime
    digest: Digest  # of the entry, which tells it from another that waits for the same key


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An entry for which a person has chosen, and can take it back."""

    key: EntryKey
    who: str  # who had written the other version
    when: datetime  # of the choice


def merge(tx: Tx, desk: Desk, year: Year, handed: tuple[Handed, ...]) -> Merged:
    """Take in entries, inside the caller's transaction.

    1. Nothing here: the entry is taken, with its history. 2. The same here: nothing is done. 3. Ours is a version
    that theirs came from: nobody has changed it here since, and theirs is taken. 4. Theirs is a version that ours
    came from: ours stays. 5. Both have been changed: ours stays, theirs waits beside it.
    """
    found: dict[str, list[EntryKey]] = {"taken": [], "same": [], "ours_is_newer": [], "both_kept": []}
    for each in handed:
        found[_merge_one(tx, desk, year, each)].append(each.entry.key)
    return Merged(**{name: tuple(keys) for name, keys in found.items()})


def _merge_one(tx: Tx, desk: Desk, year: Year, handed: Handed) -> str:
    key, theirs = handed.entry.key, _content(handed.entry)
    ours = drafts.entry(tx, year, key, desk.plan)
    if ours is None or is_empty(ours):
        _take(tx, desk, year, handed)
        return "taken"
    if _content(ours) == theirs:
        return "same"
    if _content(ours) in {_content(past.entry) for past in handed.history if past.entry is not None}:
        _take(tx, desk, year, handed)
        return "taken"
    history = drafts.history(tx, year, key, desk.plan)
    if theirs in {_content(past.entry) for past in history if past.entry is not None}:
        return "ours_is_newer"
    put_document(tx, HANDED, _place(year, key, theirs), canonical_json(_waiting_to_json(handed)))
    return "both_kept"


def _take(tx: Tx, desk: Desk, year: Year, handed: Handed) -> None:
    """Their history, then their entry as the newest version; what stood here stays among the versions."""
    drafts.keep_versions(tx, year)
    past = tuple(drafts.Change(when=v.when, who=v.who, entry=v.entry) for v in reversed(handed.history))
    drafts.add_history(tx, year, handed.entry.key, past, desk.plan)
    _save(tx, desk, year, handed.entry, handed.who)


def _save(tx: Tx, desk: Desk, year: Year, entry: Entry, who: str) -> None:
    save_entry(tx, desk, year, still_ready(tx, desk, year, entry), who)


def merge_follow_up(tx: Tx, desk: Desk, year: Year, theirs: Evidence | None) -> None:
    """Take in the follow-up document where none stands here; another one waits beside ours for a person."""
    ours = follow_up(tx, year)
    if theirs is None or (ours is not None and ours.digest == theirs.digest):
        return
    if ours is None:
        save_follow_up(tx, desk, year, theirs, "")
    else:
        put_follow_up(tx, year, theirs, ASIDE)


def _content(entry: Entry) -> bytes:
    """What an entry says; the writer's own ready mark is not part of it."""
    return canonical_json(entry_to_json(entry))


def _place(year: Year, key: EntryKey, content: bytes) -> str:
    return f"{year}/{key.commitment:02d}/{key.country or '-'}/{sha256(content)}"


# -- what waits ----------------------------------------------------------------------------------


def _waiting_to_json(handed: Handed) -> dict[str, object]:
    return {
        "who": handed.who,
        "when": rfc3339(handed.when),
        "ready": handed.entry.is_marked_ready,
        "entry": entry_to_json(handed.entry),
    }


def _waiting_from(reader: Reader, year: Year, digest: Digest, plan: Plan) -> Waiting:
    entry = replace(entry_from(reader.get("entry"), plan), is_marked_ready=reader.get("ready").flag())
    return Waiting(year=year, entry=entry, who=reader.get("who").line(), when=reader.get("when").time(), digest=digest)


def waiting(desk: Desk, year: Year) -> tuple[Waiting, ...]:
    """The entries of a year that wait beside ours, by commitment and country."""
    with desk.store.read() as tx:
        return _waiting(tx, desk, year)


def _waiting(tx: Tx, desk: Desk, year: Year) -> tuple[Waiting, ...]:
    found = []
    for key, data in documents(tx, HANDED):
        if key.startswith(f"{year}/"):
            digest = Digest(key.rsplit("/", 1)[1])
            found.append(_waiting_from(load_json(data, limit=LIMIT), year, digest, desk.plan))
    return tuple(found)


# -- choosing ------------------------------------------------------------------------------------


def choose(desk: Desk, year: Year, key: EntryKey, *, take_theirs: bool, who: str = "") -> Entry:
    """Settle an entry that was changed on both sides by one of the two as a whole; see :func:`settle`."""
    side = Side.THEIRS if take_theirs else Side.OURS
    return settle(desk, year, key, dict.fromkeys((field.name for field in FORM), side), who=who)


def settle(
    desk: Desk, year: Year, key: EntryKey, choices: Mapping[str, Side], *, digest: Digest | None = None, who: str = ""
) -> Entry:
    """Settle an entry that was changed on both sides, field by field, and return the one that stands.

    Both versions stay among the entry's versions, and :func:`unsettle` takes it back. Where more than one waits for
    the key, ``digest`` says which is meant; else the one that came last, and the others wait on.
    Raises NothingWaits, NotAllChosen.
    """
    now, by = desk.clock(), who or desk.unit.code
    with desk.store.write() as tx:
        mine = [each for each in _waiting(tx, desk, year) if each.entry.key == key and digest in (None, each.digest)]
        if not mine:
            raise NothingWaits(commitment=key.commitment, country=key.country)
        theirs = max(mine, key=lambda each: each.when)
        ours = drafts.entry(tx, year, key, desk.plan) or Entry(key=key)
        missing = [field.name for field in differing(ours, theirs.entry) if field.name not in choices]
        if missing:
            raise NotAllChosen(fields=tuple(missing))
        stands = chosen(ours, theirs.entry, choices)
        if stands is ours and is_empty(ours):
            stands = theirs.entry
        drafts.keep_versions(tx, year)
        if stands is theirs.entry:
            _save(tx, desk, year, stands, theirs.who)
        else:
            past = (drafts.Change(when=theirs.when, who=theirs.who, entry=theirs.entry),)
            drafts.add_history(tx, year, key, past, desk.plan)
            _save(tx, desk, year, stands, by)
        remove_document(tx, HANDED, _place(year, key, _content(theirs.entry)))
        put_document(tx, SETTLED, _short_place(year, key), canonical_json(_settled_to_json(ours, theirs, now)))
        note(tx, "handover-settled", who=by, now=now, about=f"{year}/{key.commitment}")
        return drafts.entry(tx, year, key, desk.plan) or stands


def unsettle(desk: Desk, year: Year, key: EntryKey, *, who: str = "") -> Entry:
    """Take a choice back: ours stands as it did before, and theirs waits beside it again.

    What was written after the choice stays among the entry's versions. Raises NothingSettled.
    """
    now, by = desk.clock(), who or desk.unit.code
    with desk.store.write() as tx:
        data = document(tx, SETTLED, _short_place(year, key))
        if data is None:
            raise NothingSettled(commitment=key.commitment, country=key.country)
        reader = load_json(data, limit=LIMIT)
        kept = _waiting_from(reader.get("theirs"), year, Digest(""), desk.plan)
        ours = replace(entry_from(reader.get("ours"), desk.plan), is_marked_ready=reader.get("ready").flag())
        drafts.keep_versions(tx, year)
        _save(tx, desk, year, ours, by)
        handed = Handed(entry=kept.entry, when=kept.when, who=kept.who)
        put_document(tx, HANDED, _place(year, key, _content(kept.entry)), canonical_json(_waiting_to_json(handed)))
        remove_document(tx, SETTLED, _short_place(year, key))
        note(tx, "handover-reopened", who=by, now=now, about=f"{year}/{key.commitment}")
        return drafts.entry(tx, year, key, desk.plan) or ours


def settled(desk: Desk, year: Year) -> tuple[Settled, ...]:
    """The choices of a year that can be taken back, the newest first."""
    found = []
    with desk.store.read() as tx:
        for place, data in documents(tx, SETTLED):
            if place.startswith(f"{year}/"):
                reader = load_json(data, limit=LIMIT)
                theirs = _waiting_from(reader.get("theirs"), year, Digest(""), desk.plan)
                found.append(Settled(key=theirs.entry.key, who=theirs.who, when=reader.get("when").time()))
    return tuple(sorted(found, key=lambda each: each.when, reverse=True))


def _settled_to_json(ours: Entry, theirs: Waiting, now: datetime) -> dict[str, object]:
    return {
        "when": rfc3339(now),
        "ours": entry_to_json(ours),
        "ready": ours.is_marked_ready,
        "theirs": _waiting_to_json(Handed(entry=theirs.entry, when=theirs.when, who=theirs.who)),
    }


def _short_place(year: Year, key: EntryKey) -> str:
    return f"{year}/{key.commitment:02d}/{key.country or '-'}"
