"""Reading untrusted JSON into typed values, by small helpers whose errors carry the path.

A :class:`Reader` stands at one place of a document and knows its path. Every reading either returns
a value of the type asked for or raises :class:`Malformed` with ``path`` and ``problem``. Members that
nobody asked for are refused by :meth:`Reader.done`: an unknown member is a newer version or a mistake.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeVar

from wpsdesk.base.clock import from_rfc3339
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import nfc

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

PROBLEMS: Final = frozenset(
    {
        "not-json", "too-large", "too-deep", "duplicate-key", "missing", "unknown-member", "wrong-type",
        "not-allowed", "too-long", "too-short", "out-of-range", "not-a-date", "not-a-time", "not-a-number", "pattern",
        "twice", "control-character", "unknown-commitment", "unknown-country", "unknown-unit", "inconsistent",
    }
)  # fmt: skip

MAX_DEPTH: Final = 32
MAX_TEXT: Final = 200_000

_BRACKET = re.compile(r"[\[\]{}]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # tab and line feed are text
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def load_json(data: bytes, *, limit: int) -> Reader:
    """Parse ``data`` strictly: UTF-8, at most ``limit`` bytes and 32 levels, no key twice, no NaN.

    Raises :class:`Malformed`.
    """
    if len(data) > limit:
        raise Malformed(path="", problem="too-large")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed(path="", problem="not-json") from None
    _bound_depth(text)
    try:
        value = _DECODER.decode(text)
    except (json.JSONDecodeError, RecursionError, _Refused):
        raise Malformed(path="", problem="not-json") from None
    return Reader(value, "")


class _Refused(ValueError):
    pass


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed(path="", problem="duplicate-key")
    return found


def _no_constant(_word: str) -> object:
    raise _Refused


def _small_int(digits: str) -> int:
    if len(digits.removeprefix("-")) > 18:
        raise _Refused
    return int(digits)


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_small_int)


def _bound_depth(text: str) -> None:
    if "\\" in text:  # without them every mark begins or ends a string; one that nobody closes reaches to the end
        text = text.replace("\\\\", "").replace('\\"', "")
    outside = "".join(text.split('"')[::2])
    if outside.count("[") + outside.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for sign in _BRACKET.findall(outside):
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Malformed(path="", problem="too-deep")
        else:
            depth -= 1


class Reader:
    """One place in an untrusted document."""

    __slots__ = ("_above", "_place", "_seen", "value")

    def __init__(self, value: object, place: str | int, above: Reader | None = None) -> None:
        self.value: Final = value
        self._place: Final = place  # a member's name, or the position in a list
        self._above: Final = above
        self._seen: list[str] | None = None  # of the members that are there, those that were asked for

    @property
    def path(self) -> str:
        """``entries[3].effort.text``; "" for the whole document."""
        above, place = "" if self._above is None else self._above.path, self._place
        if isinstance(place, int):
            return f"{above}[{place}]"
        return f"{above}.{place}" if above else place

    def fail(self, problem: str) -> Malformed:
        """The error to raise here; ``problem`` is one of PROBLEMS."""
        assert problem in PROBLEMS, problem
        return Malformed(path=self.path, problem=problem)

    # -- members ---------------------------------------------------------------------------------

    def _members(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            raise self.fail("wrong-type")
        return self.value

    def _asked(self, name: str) -> object:
        """The member ``name``, which counts as asked for where it is there; None where it is not."""
        # This runs for every member that could be in a report, most of which are not in it.
        members = self.value
        if not isinstance(members, dict):
            raise self.fail("wrong-type")
        found: object = members.get(name)
        if found is None and name not in members:
            return None
        if self._seen is None:
            self._seen = [name]
        else:
            self._seen.append(name)
        return found

    def get(self, name: str) -> Reader:
        """The member ``name``, which must be there."""
        value = self._asked(name)
        place = Reader(value, name, self)
        if value is None and name not in self._members():
            raise place.fail("missing")
        return place

    def has(self, name: str) -> bool:
        """Whether the member ``name`` is there, null or not; it has yet to be asked for."""
        return name in self._members()

    def maybe(self, name: str, read: Callable[[Reader], T]) -> T | None:
        """``read`` of the member ``name``; None where it is absent or null."""
        value = self._asked(name)
        return None if value is None else read(Reader(value, name, self))

    def default(self, name: str, read: Callable[[Reader], T], default: T) -> T:
        """``read`` of the member ``name``; ``default`` where it is absent or null."""
        value = self._asked(name)
        if value is None:
            return default
        found = read(Reader(value, name, self))
        return default if found is None else found

    def done(self) -> None:
        """Refuse members that were never asked for."""
        members, seen = self._members(), self._seen or ()
        if len(seen) == len(members) == len(set(seen)):  # each is one that is there
            return
        for name in members:
            if name not in seen:
                raise Reader(None, name, self).fail("unknown-member")

    def members(self, known: Mapping[str, Callable[[Reader], object]]) -> dict[str, object]:
        """What ``known`` reads of each member that is there and not null; any other member is refused."""
        if not isinstance(self.value, dict):
            raise self.fail("wrong-type")
        found: dict[str, object] = {}
        for name, value in self.value.items():
            read = known.get(name)
            if read is None:
                raise Reader(None, name, self).fail("unknown-member")
            if value is not None:
                found[name] = read(Reader(value, name, self))
        return found

    def names(self) -> tuple[str, ...]:
        """The member names of an object that is a map; counts as having asked for all of them."""
        members = self._members()
        self._seen = list(members)
        return tuple(members)

    def items(self, *, at_most: int) -> Iterator[Reader]:
        """The elements of a list of at most ``at_most``."""
        if not isinstance(self.value, list):
            raise self.fail("wrong-type")
        if len(self.value) > at_most:
            raise self.fail("too-long")
        for position, element in enumerate(self.value):
            yield Reader(element, position, self)

    def tuple_of(self, read: Callable[[Reader], T], *, at_most: int) -> tuple[T, ...]:
        """``read`` of every element."""
        return tuple(read(element) for element in self.items(at_most=at_most))

    # -- leaves ----------------------------------------------------------------------------------

    def text(self, *, at_most: int = MAX_TEXT, at_least: int = 0) -> str:
        """A string in NFC without control characters other than tab and line feed."""
        if not isinstance(self.value, str):
            raise self.fail("wrong-type")
        found = self.value if self.value.isascii() else nfc(self.value)
        if len(found) > at_most:
            raise self.fail("too-long")
        if len(found) < at_least:
            raise self.fail("too-short" if found else "missing")
        if not found.isprintable() and _CONTROL.search(found):
            raise self.fail("control-character")
        return found

    def line(self, *, at_most: int = 500, at_least: int = 0) -> str:
        """A string on one line."""
        found = self.text(at_most=at_most, at_least=at_least)
        if "\n" in found or "\t" in found:
            raise self.fail("control-character")
        return found

    def matching(self, pattern: re.Pattern[str]) -> str:
        """A string that ``pattern`` matches from end to end."""
        found = self.line(at_most=1000)
        if not pattern.fullmatch(found):
            raise self.fail("pattern")
        return found

    def integer(self, low: int, high: int) -> int:
        """A whole number in ``low..high``; true and false are no numbers."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fail("wrong-type")
        if not low <= self.value <= high:
            raise self.fail("out-of-range")
        return self.value

    def flag(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            raise self.fail("wrong-type")
        return self.value

    def decimal(self) -> Decimal:
        """A decimal number, as a string (``"12.5"``) or a whole number; at most 18 digits, finite."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return Decimal(self.value)
        found = self.line(at_most=24)
        if not _DECIMAL.fullmatch(found):
            raise self.fail("not-a-number")
        try:
            return Decimal(found)
        except InvalidOperation:
            raise self.fail("not-a-number") from None

    def date(self) -> date:
        """``2026-12-31``."""
        found = self.line(at_most=10)
        try:
            if not _DATE.fullmatch(found):
                raise ValueError
            return date.fromisoformat(found)
        except ValueError:
            raise self.fail("not-a-date") from None

    def time(self) -> datetime:
        """RFC 3339 with an offset, returned in UTC."""
        found = self.line(at_most=40)
        try:
            return from_rfc3339(found)
        except (ValueError, OverflowError):
            raise self.fail("not-a-time") from None

    def choice(self, kind: type[E]) -> E:
        """One of the words of ``kind``."""
        known = kind._value2member_map_.get(self.value) if isinstance(self.value, str) else None
        if isinstance(known, kind):
            return known
        found = self.line(at_most=100)
        try:
            return kind(found)
        except ValueError:
            raise self.fail("not-allowed") from None
