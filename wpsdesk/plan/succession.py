"""From one edition of the plan to the next: what became of each commitment, as data, so that years can stand together.

The file ``EARLIER--LATER.json`` beside the two editions tells it. It is read as strictly as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Final

from wpsdesk.assets import resource
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import CommitmentNumber, EditionId
from wpsdesk.plan.checking import require
from wpsdesk.plan.loading import EDITIONS, load_plan
from wpsdesk.plan.model import Plan

FORMAT: Final = "wps-plan-succession/1"

_FORMAT: Final = re.compile(re.escape(FORMAT))
_LIMIT: Final = 200_000  # bytes
_EDITION: Final = re.compile(r"20[0-9]{2}-20[0-9]{2}")


class Fate(StrEnum):
    """What became of a commitment in the next edition."""

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One commitment of the earlier edition, and where it stands in the later one; nowhere where it is dropped."""

    number: CommitmentNumber
    fate: Fate
    to: tuple[CommitmentNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """From one edition to the next; a move for each commitment of the earlier one, in its order."""

    earlier: EditionId
    later: EditionId
    moves: tuple[Move, ...]


Chain = tuple[Succession, ...]
"""From an edition to a later one, step by step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a commitment was in an earlier edition, and what became of it on the way to the next."""

    edition: EditionId
    number: CommitmentNumber
    fate: Fate


def carried(chain: Chain, edition: EditionId, number: CommitmentNumber) -> tuple[CommitmentNumber, ...]:
    """Where a commitment of ``edition`` stands at the chain's end: several where it was split, none where dropped."""
    numbers: tuple[CommitmentNumber, ...] = (number,)
    for step in _from(chain, edition):
        moves = {move.number: move.to for move in step.moves}
        numbers = tuple(dict.fromkeys(to for one in numbers for to in moves[one]))
    return numbers


def origins(chain: Chain, number: CommitmentNumber) -> tuple[Origin, ...]:
    """What a commitment of the chain's end was before, the nearest edition first."""
    found: list[Origin] = []
    numbers = {number}
    for step in reversed(chain):
        before = [move for move in step.moves if numbers & set(move.to)]
        found += [Origin(edition=step.earlier, number=move.number, fate=move.fate) for move in before]
        numbers = {move.number for move in before}
    return tuple(found)


def _from(chain: Chain, edition: EditionId) -> Chain:
    at = next((place for place, step in enumerate(chain) if step.earlier == edition), len(chain))
    return chain[at:]


@cache
def load_chain(last: EditionId) -> Chain:
    """Every step from the first edition to ``last``. Raises UnknownEdition, FileMissing, Malformed."""
    known = EDITIONS[: EDITIONS.index(last) + 1] if last in EDITIONS else (last,)
    return tuple(load_succession(load_plan(earlier), load_plan(later)) for earlier, later in pairwise(known))


def load_succession(earlier: Plan, later: Plan) -> Succession:
    """The checked step from one edition to the next. Raises FileMissing, Malformed."""
    name = f"{earlier.edition}--{later.edition}.json"
    return succession_of(read_file(resource("plan", name), limit=_LIMIT), earlier, later)


def succession_of(data: bytes, earlier: Plan, later: Plan) -> Succession:
    """The checked step in the bytes of its file. Raises Malformed."""
    reader = load_json(data, limit=_LIMIT)
    reader.get("format").matching(_FORMAT)
    found = Succession(
        earlier=EditionId(reader.get("earlier").matching(_EDITION)),
        later=EditionId(reader.get("later").matching(_EDITION)),
        moves=reader.get("moves").tuple_of(_move_from, at_most=500),
    )
    reader.done()
    _check(found, earlier, later)
    return found


def _move_from(reader: Reader) -> Move:
    move = Move(
        number=_number(reader.get("number")),
        fate=reader.get("fate").choice(Fate),
        to=reader.get("to").tuple_of(_number, at_most=50),
    )
    reader.done()
    return move


def _number(reader: Reader) -> CommitmentNumber:
    return CommitmentNumber(reader.integer(1, 999))


def _check(found: Succession, earlier: Plan, later: Plan) -> None:
    """Every commitment of the earlier edition has one move, and every move leads where its fate says."""
    require(found.earlier == earlier.edition, "earlier", "inconsistent")
    require(found.later == later.edition, "later", "inconsistent")
    numbers = [move.number for move in found.moves]
    require(numbers == [one.number for one in earlier.commitments], "moves", "inconsistent")
    known = {one.number for one in later.commitments}
    sources = Counter(to for move in found.moves for to in move.to)
    for place, move in enumerate(found.moves):
        here = f"moves[{place}].to"
        require(set(move.to) <= known and len(set(move.to)) == len(move.to), here, "inconsistent")
        alone = all(sources[to] == 1 for to in move.to)
        match move.fate:
            case Fate.SAME | Fate.REWORDED:
                is_right = len(move.to) == 1 and alone
            case Fate.SPLIT:
                is_right = len(move.to) > 1 and alone
            case Fate.MERGED:
                is_right = len(move.to) == 1 and not alone
            case Fate.DROPPED:
                is_right = not move.to
        require(is_right, here, "inconsistent")
