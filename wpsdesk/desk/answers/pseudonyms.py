"""Pseudonyms: the desk's own table of names, and putting them in the place of the names all through a report.

The table never leaves the desk: it stands in no bundle, no handover and no export, only in the encrypted store and
its backups.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import Year, nfc
from wpsdesk.desk.answers.pseudonym_errors import BadPseudonym, NothingToTakeBack, PseudonymProblem
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.submission.course import save_entry, still_ready
from wpsdesk.report.checks import names_at_risk
from wpsdesk.report.codec import entry_from, entry_to_json
from wpsdesk.report.model import Entry, EntryKey
from wpsdesk.report.names import Pseudonym, Replacement, Table, replacements, stands_in, with_pseudonyms
from wpsdesk.store import drafts
from wpsdesk.store.documents import document, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

PSEUDONYMS: Final = "pseudonyms"
TABLE: Final = "table"
MOST: Final = 500
MOST_ENTRIES: Final = 10_000
LONGEST: Final = 100
"""Characters of a name or a pseudonym."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What a replacement has changed."""

    entries: tuple[Entry, ...]
    count: int  # names


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What undoing a replacement has changed back, and what had been written on since and was left."""

    entries: tuple[Entry, ...]
    left: tuple[EntryKey, ...]


def pseudonyms(desk: Desk) -> Table:
    """The desk's table, in the order it was written."""
    with desk.store.read() as tx:
        return table_of(tx)


def table_of(tx: Tx) -> Table:
    """The table as the store has it."""
    data = document(tx, PSEUDONYMS, TABLE)
    if data is None:
        return ()
    return load_json(data, limit=LIMIT).get("names").tuple_of(_row, at_most=MOST)


def _row(reader: Reader) -> Pseudonym:
    return Pseudonym(real=reader.get("real").line(at_most=LONGEST), alias=reader.get("alias").line(at_most=LONGEST))


def keep_pseudonyms(desk: Desk, table: Table, *, who: str = "") -> Table:
    """Keep another table instead; returns it as it is kept, tidied. Raises BadPseudonym, and keeps the old one then."""
    tidied = tuple(Pseudonym(real=_tidy(each.real), alias=_tidy(each.alias)) for each in table)
    check_table(tidied)
    rows = [{"real": each.real, "alias": each.alias} for each in tidied]
    with desk.store.write() as tx:
        put_document(tx, PSEUDONYMS, TABLE, canonical_json({"names": rows}))
        # How many, never which: the journal may be printed.
        note(tx, "pseudonyms", who=who or desk.unit.code, now=desk.clock(), details={"count": len(tidied)})
    return tidied


def check_table(table: Table) -> None:
    """Raise BadPseudonym for a table that could not be used."""
    if len(table) > MOST:
        raise BadPseudonym(name="", problem=PseudonymProblem.TOO_MANY)
    seen: set[str] = set()
    for each in table:
        if not each.real or not each.alias:
            raise BadPseudonym(name=each.real or each.alias, problem=PseudonymProblem.EMPTY)
        if len(each.real) > LONGEST or len(each.alias) > LONGEST:
            raise BadPseudonym(name=each.real, problem=PseudonymProblem.TOO_LONG)
        if each.real.casefold() in seen:
            raise BadPseudonym(name=each.real, problem=PseudonymProblem.TWICE)
        seen.add(each.real.casefold())
    for each in table:
        if any(stands_in(other.real, each.alias) for other in table):
            raise BadPseudonym(name=each.alias, problem=PseudonymProblem.HOLDS_A_NAME)


def _tidy(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in nfc(text)).split())


def suggested_names(desk: Desk, year: Year) -> tuple[str, ...]:
    """Names in the answers that identify a person at risk and that have no pseudonym yet."""
    with desk.store.read() as tx:
        table, entries = table_of(tx), drafts.marked_entries(tx, year, desk.plan)
    known = {each.real.casefold() for each in table}
    return tuple(name for name in names_at_risk(entries, desk.plan) if name.casefold() not in known)


def replacements_in(desk: Desk, year: Year) -> tuple[Replacement, ...]:
    """What replacing the names all through the report of a year would change; nothing is changed."""
    with desk.store.read() as tx:
        return replacements(drafts.entries(tx, year, desk.plan), table_of(tx))


def replace_names(desk: Desk, year: Year, *, who: str = "") -> Replaced:
    """Put the pseudonyms in the place of the names in every text of the year's report; can be taken back.

    Raises Malformed, with nothing changed, where a text would become too long to be kept.
    """
    undone, count, changed = [], 0, []
    with desk.store.write() as tx:
        table = table_of(tx)
        for held in drafts.entries(tx, year, desk.plan):
            made = with_pseudonyms(held, table)
            if made == held:
                continue
            count += sum(each.count for each in replacements([held], table))
            made = _as_kept(tx, desk, year, made)
            undone.append({"before": entry_to_json(held), "after": entry_to_json(made), "ready": held.is_marked_ready})
            save_entry(tx, desk, year, made, who)
            changed.append(made)
        if changed:
            put_document(tx, PSEUDONYMS, _undo(year), canonical_json({"entries": undone}))
            note(tx, "names-replaced", who=who or desk.unit.code, now=desk.clock(), about=str(year))
    return Replaced(entries=tuple(changed), count=count)


def _as_kept(tx: Tx, desk: Desk, year: Year, made: Entry) -> Entry:
    """The entry as it comes back from the store. Raises Malformed."""
    entry_from(load_json(canonical_json(entry_to_json(made)), limit=LIMIT), desk.plan)
    return still_ready(tx, desk, year, made)


def _undo(year: Year) -> str:
    return f"undo-{year}"


def can_take_back(desk: Desk, year: Year) -> bool:
    """Whether there is a replacement in this year's report to undo."""
    with desk.store.read() as tx:
        return document(tx, PSEUDONYMS, _undo(year)) is not None


def take_names_back(desk: Desk, year: Year, *, who: str = "") -> TakenBack:
    """Undo the last replacement; an answer that has been written on since is left. Raises NothingToTakeBack."""
    restored, left = [], []
    with desk.store.write() as tx:
        data = document(tx, PSEUDONYMS, _undo(year))
        if data is None:
            raise NothingToTakeBack
        for row in load_json(data, limit=LIMIT).get("entries").items(at_most=MOST_ENTRIES):
            before, after = entry_from(row.get("before"), desk.plan), entry_from(row.get("after"), desk.plan)
            now = drafts.entry(tx, year, before.key, desk.plan)
            if now is None or replace(now, is_marked_ready=False) != replace(after, is_marked_ready=False):
                left.append(before.key)
                continue
            back = replace(before, is_marked_ready=row.get("ready").flag())
            save_entry(tx, desk, year, back, who)
            restored.append(back)
        remove_document(tx, PSEUDONYMS, _undo(year))
        note(tx, "names-taken-back", who=who or desk.unit.code, now=desk.clock(), about=str(year))
    return TakenBack(entries=tuple(restored), left=tuple(left))
