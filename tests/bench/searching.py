"""Searching: what a person gets for a word typed, against the bare query of the full-text index."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bench.measuring import Benchmark, ratio_of
from tests.bench.setting import office_in
from tests.bench.switching import COUNTRIES, fill
from tests.kit import YEAR, mission
from wpsdesk.desk.answers import searching
from wpsdesk.desk.answers.hits import MOST
from wpsdesk.store.search import search as bare

WORDS: Final = ("kvinner", "fred sikk", "forhandl", "ambassade kvinn", "avtale")
"""What is looked for: words that stand in most answers, in several fields, and beginnings of words."""


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: five searches told as the dialog tells them; floor: the bare queries, of the same 200 hits."""
    with office_in(folder) as office:
        unit = mission("FULL", *COUNTRIES)
        desk = office.enrolled(office.ud(unit), unit)
        fill(desk, 1)

        def found() -> None:
            for words in WORDS:
                assert searching.search(desk, words)

        def floor() -> None:
            with desk.store.read() as tx:
                for words in WORDS:
                    assert bare(tx, words, year=YEAR, limit=2 * MOST)
                    assert bare(tx, words, limit=4 * MOST)

        found()
        floor()
        return ratio_of((found, floor) for _ in range(3 if is_quick else 21))


BENCHMARKS = (
    Benchmark(
        name="searching",
        unit_of_work="five searches, 35 commitments x 4 countries x 8 years in the store, read and marked",
        floor="the bare full-text queries",
        budget=None,
        measure=measure,
    ),
)
