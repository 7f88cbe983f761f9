"""Reading a damaged database: row by row, past the pages that cannot be read, telling where something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeAlias

from wpsdesk.store.sqlcipher import DriverConnection, DriverError, StoreKey, connect

Value: TypeAlias = "int | str | bytes | None"
Row: TypeAlias = tuple[Value, ...]

_AT_A_TIME: Final = 32
_ONE_PAGE: Final = 12_000  # bytes of a row that surely lie on one page
_FURTHEST: Final = 1 << 40  # no table has so many rows


class Gap:
    """Rows that cannot be read stood here."""


class Damaged:
    """A damaged database. A page that cannot be decrypted spoils its connection, so each fault costs a new one."""

    def __init__(self, path: Path, key: StoreKey) -> None:
        self._path, self._key = path, key
        self._connection: DriverConnection = connect(path, key)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ask(self, query: str, values: Row = ()) -> list[Row] | None:
        """The rows that answer ``query``; None where a page on the way cannot be read."""
        try:
            found: list[Row] = self._connection.execute(query, values).fetchall()
        except (DriverError, OverflowError):
            with closing(self._connection):
                self._connection = connect(self._path, self._key)
            return None
        return found

    def _ask_for(self, table: str, query: str, values: Row) -> list[Row] | None:
        """As :meth:`ask`, for rows with their contents; those of files are held against their digests elsewhere."""
        found = self.ask(query, values)
        is_of_files = table.endswith("_chunks")
        return None if found and not is_of_files and any(map(_ends_in_nothing, found)) else found

    def rows(self, table: str) -> Iterator[Row | Gap]:
        """Every row that can be read, all of its columns, and a gap wherever something stood between two of them."""
        if self.ask(f'SELECT rowid FROM "{table}" WHERE 0') is not None:  # noqa: S608  a name out of the schema
            yield from self._by_number(table)
        else:
            yield from self._by_key(table)

    def _by_number(self, table: str) -> Iterator[Row | Gap]:
        full = f'SELECT rowid, * FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT ?'  # noqa: S608
        first = f'SELECT rowid FROM "{table}" WHERE rowid >= ? ORDER BY rowid LIMIT 1'  # noqa: S608
        last = 0
        while True:
            found = self._ask_for(table, full, (last, _AT_A_TIME))
            if found is None:
                found = self._ask_for(table, full, (last, 1))
            if found is not None:
                if not found:
                    return
                yield from (row[1:] for row in found)
                last = _number(found[-1])
                continue
            is_known, behind = self._next(first, last + 1)
            if behind is None:
                yield Gap()
                return
            # Where its number can be read and the rest cannot, one row is missing, else all up to this one.
            last = behind if is_known else behind - 1
            yield Gap()

    def _next(self, first: str, start: int) -> tuple[bool, int | None]:
        """The number of the next row from ``start`` on that can be found, and whether it is the very next one."""
        found = self.ask(first, (start,))
        if found is not None:
            return True, _number(found[0]) if found else None
        low, high = start, start + 1
        while (found := self.ask(first, (high,))) is None:
            low, high = high, start + 2 * (high - start)
            if high > _FURTHEST:
                return False, None
        while high - low > 1:
            middle = (low + high) // 2
            nearer = self.ask(first, (middle,))
            if nearer is None:
                low = middle
            else:
                high, found = middle, nearer
        return False, _number(found[0]) if found else None

    def _by_key(self, table: str) -> Iterator[Row | Gap]:
        """A table without numbers: from its beginning as far as it goes, then from its end."""
        columns = self.ask(f'PRAGMA table_info("{table}")') or []
        places = sorted(
            (place for place, row in enumerate(columns) if row[5]), key=lambda place: str(columns[place][5])
        )
        names = [str(columns[place][1]) for place in places]
        forward = list(self._walk(table, names, places, ">", ""))
        if forward and forward[-1] is None:
            yield from (row for row in forward if row is not None)
            return
        backward = [row for row in self._walk(table, names, places, "<", " DESC") if row is not None]
        yield from (row for row in forward if row is not None)
        yield Gap()
        yield from reversed(backward)

    def _walk(self, table: str, names: list[str], places: list[int], sign: str, order: str) -> Iterator[Row | None]:
        """The rows one after another; None at the end of the table, and nothing more where a page cannot be read."""
        sorted_by = ", ".join(f'"{name}"{order}' for name in names)
        keys, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
        last: Row = ()
        while True:
            where = f"WHERE ({keys}) {sign} ({marks})" if last else ""
            query = f'SELECT * FROM "{table}" {where} ORDER BY {sorted_by} LIMIT '  # noqa: S608
            found = self.ask(f"{query}{_AT_A_TIME}", last)
            if found is None:
                found = self.ask(f"{query}1", last)
            if found is None:
                return
            if not found:
                yield None
                return
            yield from found
            last = tuple(found[-1][place] for place in places)


def _ends_in_nothing(row: Row) -> bool:
    """Whether the last page of a long row was empty: SQLCipher gives one that it cannot decrypt as zeros, unsaid.

    Nothing of ours ends in a zero but a piece of a file.
    """
    size = sum(len(value) for value in row if isinstance(value, str | bytes))
    match row[-1:]:
        case (bytes() as last,):
            return size > _ONE_PAGE and last.endswith(b"\0")
        case (str() as last,):
            return size > _ONE_PAGE and last.endswith("\0")
        case _:
            return False


def _number(row: Row) -> int:
    assert isinstance(row[0], int)
    return row[0]
