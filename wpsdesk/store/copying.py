"""Everything that one store holds into another, empty one of either kind: row by row, and the words for the search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, bindparam, func, insert, select, text, tuple_

from wpsdesk.base.decoding import load_json
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.codec import entry_from
from wpsdesk.store.append_only import written_before
from wpsdesk.store.dialects import POSTGRESQL
from wpsdesk.store.drafts import LIMIT
from wpsdesk.store.identity import read_identity
from wpsdesk.store.migrations import upgrade
from wpsdesk.store.search import index_draft, index_words
from wpsdesk.store.sqlcipher import StoreKey, empty_file, engine_at
from wpsdesk.store.tables import METADATA, draft_versions, drafts, searched
from wpsdesk.store.transaction import Connections, Tx, faults_of, transaction

_ROWS: Final = 500
_CHUNKS: Final = 16  # of 256 KiB

_DRAFTS: Final = select(drafts.c.number, draft_versions.c.data).join_from(
    drafts, draft_versions, draft_versions.c.number == drafts.c.version
)
_SEARCHED: Final = select(searched.c.number, searched.c.text)


def copy_to_file(source: Tx, to: Path, key: StoreKey, *, progress: Progress = unwatched) -> None:
    """All that ``source`` sees, as the new encrypted file ``to`` under ``key``; its key file is the caller's matter.

    Raises FileExistsAlready, DiskFull, FileUnwritable, Cancelled.
    """
    with faults_of(to), empty_file(to), engine_at(to, key) as engine:
        upgrade(engine, copy_before=lambda _number: None)
        with transaction(Connections(engine, keep=0), to, is_writing=True) as target:
            copy_everything(source, target, progress=progress)


def copy_everything(source: Tx, target: Tx, *, progress: Progress = unwatched) -> None:
    """Every row of every table, with the numbers that they have, into an empty store. Raises Cancelled."""
    tables = tables_in_order()
    total = sum(source.run(select(func.count()).select_from(table)).scalar_one() for table in tables)
    done = 0
    for table in tables:
        adding = insert(table)
        for rows in _pages(source, table):
            progress(done, total)
            target.run(adding, rows)
            done += len(rows)
    progress(total, total)
    if target.dialect == POSTGRESQL:
        for table in METADATA.sorted_tables:
            _go_on_counting(target, table)
    _index(target)


def tables_in_order() -> tuple[Table, ...]:
    """Every table: what others refer to first, but what is sealed by a row of another before that row."""
    by_name = METADATA.tables
    sealed = tuple(by_name[name] for name in written_before())
    others = [table for table in METADATA.sorted_tables if table not in sealed]
    after = [table for table in others if any(key.column.table in sealed for key in table.foreign_keys)]
    return (*(table for table in others if table not in after), *sealed, *after)


def _pages(source: Tx, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows by their keys, some at a time: a file of evidence is never in memory as a whole."""
    key = tuple(table.primary_key.columns)
    at_once = _CHUNKS if table.name.endswith("_chunks") else _ROWS
    query = select(table).order_by(*key).limit(at_once)
    places = tuple_(*(bindparam(f"after_{column.name}", type_=column.type) for column in key))
    further = query.where(tuple_(*key) > places)
    names = [column.name for column in table.columns]
    rows = source.run(query).all()
    while rows:
        yield [dict(zip(names, row, strict=True)) for row in rows]
        last = dict(zip(names, rows[-1], strict=True))
        rows = source.run(further, {f"after_{column.name}": last[column.name] for column in key}).all()


def _go_on_counting(target: Tx, table: Table) -> None:
    counted = table.autoincrement_column
    if counted is not None and counted.name == "number":
        highest = target.run(select(func.max(counted))).scalar_one()
        if highest is not None:
            words = "SELECT setval(pg_get_serial_sequence(:table, 'number'), CAST(:highest AS bigint))"
            target.run(text(words), {"table": table.name, "highest": highest})


def _index(target: Tx) -> None:
    identity = read_identity(target)
    if identity is None:
        return
    plan = load_plan(identity.edition)
    for number, data in target.run(_DRAFTS).all():
        if data is not None:
            index_draft(target, number, entry_from(load_json(data, limit=LIMIT), plan))
    for number, said in target.run(_SEARCHED).all():
        index_words(target, number, said)
