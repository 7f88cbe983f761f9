"""What has become of an answer: every change of a field, who made it and when, and any version brought back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.drafting import part_of
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import save_entry, still_ready
from wpsdesk.report.form import FORM
from wpsdesk.report.model import Entry, EntryKey, Evidence
from wpsdesk.store import drafts
from wpsdesk.store import evidence as files
from wpsdesk.store.drafts import Change
from wpsdesk.store.errors import NoSuchVersion
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

WHOLE = ""
"""In the place of a field: the answer as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of an answer, as it was before and after somebody changed it.

    The values are those of :class:`~wpsdesk.report.model.Entry`; ``version`` is the one that holds ``after``.
    """

    version: int
    when: datetime  # UTC
    who: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """An answer after a version has been brought back."""

    entry: Entry
    lost: tuple[Evidence, ...]  # files the version named, which the desk no longer has


def history(desk: Desk, year: Year, key: EntryKey, field: str = WHOLE) -> tuple[FieldChange, ...]:
    """Every change of the answer, or of one field of it, the newest first; in a version in the form's order."""
    versions = _versions(desk, year, key)
    found: list[FieldChange] = []
    for place, now in enumerate(versions):
        before = versions[place + 1].entry if place + 1 < len(versions) else None
        found += changed_fields(now, before or _empty(desk, key), now.entry or _empty(desk, key))
    return tuple(change for change in found if field in (WHOLE, change.field))


def changed_fields(version: Change, before: Entry, after: Entry) -> list[FieldChange]:
    """The fields in which two entries differ, told as the change that made ``version``."""
    return [
        FieldChange(version=version.number, when=version.when, who=version.who, field=f.name, before=old, after=new)
        for f in FORM
        if (old := getattr(before, f.name)) != (new := getattr(after, f.name)) and not _is_silent(old, new)
    ]


def _is_silent(old: object, new: object) -> bool:
    """Whether only the language of an empty text differs, which says nothing."""
    return getattr(old, "text", None) == "" and getattr(new, "text", None) == ""


def restore_version(
    desk: Desk, year: Year, key: EntryKey, version: int, field: str = WHOLE, *, who: str = ""
) -> Restored:
    """Let the answer, or one field of it, say again what it said in a version.

    It is a change like any other: what stood there until now stays a version and can be brought back in its turn.
    Raises NoSuchVersion.
    """
    with desk.store.write() as tx:
        then = next((each for each in drafts.history(tx, year, key, desk.plan) if each.number == version), None)
        if then is None:
            raise NoSuchVersion(number=version)
        held = drafts.entry(tx, year, key, desk.plan) or _empty(desk, key)
        wanted, lost = _without_lost_files(tx, then.entry or _empty(desk, key))
        made = replace(held, **{name: getattr(wanted, name) for name in _members(field)})
        made = still_ready(tx, desk, year, made)
        drafts.keep_versions(tx, year)  # what stands now is never typed over
        save_entry(tx, desk, year, made, who)
        note(tx, "version-restored", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/{key.commitment}")
    return Restored(entry=made, lost=lost if field in (WHOLE, "evidence") else ())


def _members(field: str) -> tuple[str, ...]:
    """What of an entry is brought back with a field."""
    return (*(each.name for each in FORM), "unchanged_since") if field == WHOLE else (field,)


def _without_lost_files(tx: Tx, entry: Entry) -> tuple[Entry, tuple[Evidence, ...]]:
    lost = tuple(each for each in entry.evidence if not files.has(tx, each.digest))
    return replace(entry, evidence=tuple(each for each in entry.evidence if each not in lost)), lost


def _versions(desk: Desk, year: Year, key: EntryKey) -> tuple[Change, ...]:
    with desk.store.read() as tx:
        return drafts.history(tx, year, key, desk.plan)


def _empty(desk: Desk, key: EntryKey) -> Entry:
    return Entry(key=key, part=part_of(desk, desk.unit, key.commitment))
