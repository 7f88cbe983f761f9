"""A benchmark: a piece of the program's work, held against the least that any program would have to do for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One line of the table; milliseconds of one machine say little, a ratio within one run says the same anywhere.

    ``measure`` is given an empty folder and whether it should be quick; it returns the ratio of the unit of work to
    its floor. ``budget`` is the highest ratio that is wanted, None where none is fixed. ``is_long``: measured only
    with ``--long``, or when it is asked for by name.
    """

    name: str
    unit_of_work: str
    floor: str
    budget: float | None
    measure: Callable[[Path, bool], float]
    is_long: bool = False


def ratio_of(pairs: Iterable[tuple[Work, Work]]) -> float:
    """The median over pairs of (unit of work, floor), which run by turns in either order; making a pair is not timed.

    A neighbour who comes and goes slows both halves of a pair, so pairs are compared and not sums.
    """
    ratios = []
    for number, (unit, floor) in enumerate(pairs):
        if number % 2:
            below = seconds(floor)
            ratios.append(seconds(unit) / below)
        else:
            above = seconds(unit)
            ratios.append(above / seconds(floor))
    return median(ratios)


def seconds(work: Work) -> float:
    """How long it takes, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
