"""As much of DER as the signature and the seal need: tag, length, value."""

from __future__ import annotations

from typing import Final

SEQUENCE: Final = 0x30
SET: Final = 0x31
INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
UTC_TIME: Final = 0x17


class NotDer(ValueError):
    """The bytes at hand are not the element that was looked for."""


def head(tag: int, length: int) -> bytes:
    """Tag and length of an element whose value of ``length`` bytes follows from elsewhere."""
    if length < 0x80:
        return bytes((tag, length))
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits


def tlv(tag: int, *values: bytes) -> bytes:
    """The element with the concatenated ``values``."""
    value = b"".join(values)
    return head(tag, len(value)) + value


def integer(number: int) -> bytes:
    """A non-negative INTEGER."""
    return tlv(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def object_id(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    value = bytearray()
    for arc in (first * 40 + second, *rest):
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(0x80 | arc & 0x7F)
        value += bytes(reversed(septets))
    return tlv(0x06, bytes(value))


def length_at(data: bytes, position: int) -> tuple[int, int]:
    """The value's length and where the value starts, for the length octets at ``position``. Raises NotDer."""
    if position >= len(data):
        raise NotDer
    first = data[position]
    if first < 0x80:
        return first, position + 1
    start = position + 1 + (first & 0x7F)
    if not 1 <= first & 0x7F <= 8 or start > len(data):  # 0: indefinite, BER only
        raise NotDer
    return int.from_bytes(data[position + 1 : start], "big"), start


class Elements:
    """The elements of a value, one after the other.

    What is read is not yet canonical: whoever reads writes it anew and compares.
    """

    __slots__ = ("_data", "_end", "_position")

    def __init__(self, data: bytes, position: int = 0, end: int | None = None) -> None:
        self._data, self._position = data, position
        self._end = len(data) if end is None else end

    @property
    def is_at_end(self) -> bool:
        """Whether every byte has been read."""
        return self._position == self._end

    @property
    def next_tag(self) -> int:
        """The next element's tag. Raises NotDer at the end."""
        if self._position >= self._end:
            raise NotDer
        return self._data[self._position]

    def _next(self, tag: int) -> tuple[int, int]:
        if self.next_tag != tag:
            raise NotDer
        length, start = length_at(self._data, self._position + 1)
        if start + length > self._end:
            raise NotDer
        return start, start + length

    def value(self, tag: int) -> bytes:
        """The value of the next element, which must have ``tag``. Raises NotDer."""
        start, end = self._next(tag)
        self._position = end
        return self._data[start:end]

    def whole(self, tag: int) -> bytes:
        """The next element with its tag and length. Raises NotDer."""
        begin, (_, end) = self._position, self._next(tag)
        self._position = end
        return self._data[begin:end]

    def inside(self, tag: int) -> Elements:
        """The elements of the next element. Raises NotDer."""
        start, end = self._next(tag)
        self._position = end
        return Elements(self._data, start, end)

    def expect(self, *constants: bytes) -> None:
        """Pass over fixed bytes. Raises NotDer where others stand here."""
        for constant in constants:
            if not self._data.startswith(constant, self._position) or self._position + len(constant) > self._end:
                raise NotDer
            self._position += len(constant)
