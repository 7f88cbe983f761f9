"""Statements compiled once: from their second run on they go to the driver as text, with nothing worked out anew.

SQLAlchemy's own way from a statement to the driver costs more than most of our statements do. What is written for one
occasion only, with its values in it, goes that way all the same: it never comes a second time.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Executable
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import CompilerElement

from wpsdesk.store.sqlcipher import DriverConnection, DriverCursor

Values = Mapping[str, object] | Sequence[Mapping[str, object]]
Names = tuple[str, ...]


class Result(Protocol):
    """The rows that a statement found, to be gone through once; a row has its columns' names."""

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""
        ...

    def all(self) -> Sequence[Any]:
        """Every row."""
        ...

    def one_or_none(self) -> Any | None:  # noqa: ANN401
        """The only row, or None. Raises MultipleResultsFound."""
        ...

    def scalar_one(self) -> Any:  # noqa: ANN401 - it has the type of its column
        """The first column of the only row. Raises NoResultFound, MultipleResultsFound."""
        ...

    def scalar_one_or_none(self) -> Any | None:  # noqa: ANN401
        """The first column of the only row, or None. Raises MultipleResultsFound."""
        ...


class _Compiled(NamedTuple):
    text: str
    names: Names  # of the values that vary, in the order of their places
    fixed: tuple[object, ...] | None  # in each place what was written in the statement; None where nothing was

    def placed(self, values: Mapping[str, object]) -> tuple[object, ...]:
        if self.fixed is None:
            return tuple([values[name] for name in self.names])
        return tuple([values.get(name, kept) for name, kept in zip(self.names, self.fixed, strict=True)])


_compiled: Final[WeakKeyDictionary[Executable, dict[tuple[str, Names], _Compiled | None]]] = WeakKeyDictionary()
"""By statement, dialect and the names of its values; None where it has run once only."""

_OTHER_EACH_TIME: Final = _Compiled(text="", names=(), fixed=None)
"""What stands for a statement whose text hangs on its values, as a list of them does that is as long as it is."""


def run_prepared(
    connection: DriverConnection, dialect: Dialect, statement: Executable, values: Values | None
) -> Result | None:
    """Run a statement that has run before; None where it has not, or is another each time, and takes the long way."""
    several = values if isinstance(values, Sequence) else None
    first: Mapping[str, object] = (several[0] if several else {}) if several is not None else (values or {})  # type: ignore[assignment]
    names = tuple(first)
    known, key = _compiled.setdefault(statement, {}), (dialect.name, names)
    if key not in known:
        known[key] = None
        return None
    found = known[key]
    if found is None:
        found = known[key] = _compile(dialect, statement, names)
    if found is _OTHER_EACH_TIME:
        return None
    if several is not None:
        return _Rows(connection.executemany(found.text, [found.placed(each) for each in several]))
    return _Rows(connection.execute(found.text, found.placed(first)))


def _compile(dialect: Dialect, statement: Executable, names: Names) -> _Compiled:
    assert isinstance(statement, CompilerElement)
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    assert isinstance(compiled, SQLCompiler)
    if any(value.key in names for value in compiled.post_compile_params):
        return _OTHER_EACH_TIME
    whole = compiled.construct_expanded_state(dict.fromkeys(names))
    places = tuple(whole.positiontup or ())
    fixed = None if set(places) <= set(names) else tuple(whole.parameters[name] for name in places)
    return _Compiled(text=whole.statement, names=places, fixed=fixed)


class _Rows:
    """What the driver found."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: DriverCursor) -> None:
        self._cursor = cursor

    def _row_type(self) -> type[Any]:
        return _row_type(tuple(column[0] for column in self._cursor.description))

    def __iter__(self) -> Iterator[Any]:
        return map(self._row_type()._make, self._cursor)

    def all(self) -> Sequence[Any]:
        return list(self)

    def _only(self) -> tuple[Any, ...] | None:
        found: list[tuple[Any, ...]] = self._cursor.fetchmany(2)  # the second step ends the statement
        if len(found) > 1:
            raise MultipleResultsFound
        return found[0] if found else None

    def one_or_none(self) -> Any | None:  # noqa: ANN401
        found = self._only()
        return None if found is None else self._row_type()._make(found)

    def scalar_one(self) -> Any:  # noqa: ANN401
        found = self._only()
        if found is None:
            raise NoResultFound
        return found[0]

    def scalar_one_or_none(self) -> Any | None:  # noqa: ANN401
        found = self._only()
        return None if found is None else found[0]


_row_types: Final[dict[Names, type[Any]]] = {}


def _row_type(names: Names) -> type[Any]:
    found = _row_types.get(names)
    if found is None:
        found = _row_types[names] = namedtuple("Row", names, rename=True)  # noqa: PYI024 - its columns are known only now
    return found
