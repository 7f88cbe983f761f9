"""Changes documents as documents: bytes turned at random are seldom JSON any more, and say little about a reader."""

from __future__ import annotations

import base64
import binascii
import json
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from wpsdesk.base.canonical import canonical_json

ODD: Final[tuple[object, ...]] = (
    None, True, False, 0, 1, -1, 35, 36, 2026, 10**12, -(10**12), 10**17, "", " ", "a", "UD", "nb", "0" * 64,
    "2026-12-31", "9999-12-31", "0001-01-01T00:00:00Z", "2027-03-01T12:00:00.999999999Z", "9999-12-31T23:59:59-23:59",
    "1e9", "-0", "å" * 300, "a\u030a", "\u202e", "\x00", "\ud800", "../x", "CON", "part",
    "wps-bundle/2", [], {}, [[]], [None],
    {"": ""}, "MAA=", 1.5,
)  # fmt: skip


def mutated(data: bytes, seed: int) -> bytes | None:
    """Another document, canonical again most of the time; None where ``data`` is no JSON. The same for one seed."""
    chance = random.Random(seed)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    for _ in range(chance.randint(1, 3)):
        value = _changed(value, chance)
    if chance.random() < 0.9:
        try:
            return canonical_json(value)
        except (TypeError, ValueError, UnicodeEncodeError):
            pass
        except RecursionError:  # deeper than anything may be; bytes turned at random do that better
            return None
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(value: object, chance: random.Random) -> object:
    places: list[tuple[object, object]] = []
    _walk(value, places)
    if not places:
        return deepcopy(chance.choice(ODD))
    holder, key = chance.choice(places)
    chance.choice(_CHANGES)(holder, key, chance, places)
    return value


def _walk(value: object, places: list[tuple[object, object]], depth: int = 0) -> None:
    if depth > 40:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            places.append((value, key))
            _walk(inner, places, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            places.append((value, number))
            _walk(inner, places, depth + 1)


Change = Callable[[object, object, random.Random, list[tuple[object, object]]], None]


def _odd(holder: object, key: object, chance: random.Random, _places: object) -> None:
    holder[key] = deepcopy(chance.choice(ODD))  # type: ignore[index]


def _gone(holder: object, key: object, _chance: random.Random, _places: object) -> None:
    del holder[key]  # type: ignore[attr-defined]


def _copied(holder: object, key: object, chance: random.Random, places: list[tuple[object, object]]) -> None:
    other, place = chance.choice(places)
    held = other.get(place) if isinstance(other, dict) else other[place] if place < len(other) else None  # type: ignore[index,operator,arg-type]
    holder[key] = deepcopy(held)  # type: ignore[index]


def _doubled(holder: object, key: object, chance: random.Random, _places: object) -> None:
    if isinstance(holder, list) and isinstance(key, int):
        holder.insert(key, deepcopy(holder[key]))
    elif isinstance(holder, dict):
        holder[chance.choice(["extra", "unit", "format", "base", "country", "public", ""])] = deepcopy(holder[key])


def _turned(holder: object, key: object, chance: random.Random, _places: object) -> None:
    """One sign of a text, one bit inside base64, or one more or less."""
    held = holder[key]  # type: ignore[index]
    if isinstance(held, str) and len(held) > 60 and _turned_inside(holder, key, held, chance):
        return
    if isinstance(held, str) and held:
        at = chance.randrange(len(held))
        new = held[:at] + chance.choice(["", "x", "0", "A", "\n", "\t", "\u0301", "-", "."]) + held[at + 1 :]
        holder[key] = new  # type: ignore[index]
    elif isinstance(held, int) and not isinstance(held, bool):
        holder[key] = held + chance.choice([-1, 1, 1000])  # type: ignore[index]


def _turned_inside(holder: object, key: object, held: str, chance: random.Random) -> bool:
    try:
        inner = bytearray(base64.b64decode(held, validate=True))
    except (binascii.Error, ValueError):
        return False
    if not inner:
        return False
    at = chance.randrange(len(inner))
    match chance.randrange(3):
        case 0:
            inner[at] ^= 1 << chance.randrange(8)
        case 1:
            del inner[at : at + chance.randint(1, 4)]
        case _:
            inner[at:at] = chance.randbytes(chance.randint(1, 4))
    holder[key] = base64.b64encode(bytes(inner)).decode("ascii")  # type: ignore[index]
    return True


_CHANGES: Final[tuple[Change, ...]] = (_odd, _odd, _gone, _copied, _doubled, _turned, _turned, _turned)
