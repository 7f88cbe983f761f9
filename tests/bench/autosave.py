"""Autosave: what a person has typed reaches the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.bench.bare import bare_store
from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import long_answer, office_in
from tests.kit import YEAR
from wpsdesk.base.canonical import canonical_json
from wpsdesk.desk.answers.drafting import save
from wpsdesk.report.codec import entry_to_json


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: one save of a draft of 200 words of which some have changed, a second after the last one.

    Floor: the same bytes put in place of the last ones in a bare SQLCipher store, one durable commit.
    """
    with office_in(folder) as office, bare_store(folder / "bare.db") as bare:
        office.ud()
        desk = office.desk("FD")

        def pairs() -> Iterator[tuple[Work, Work]]:
            for number in range(20 if is_quick else 600):
                office.clock.wind(seconds=1)
                entry = replace(long_answer(1, edition=number), is_marked_ready=False)
                data = canonical_json(entry_to_json(entry))
                yield partial(save, desk, YEAR, entry), partial(bare.put, "1", data)

        return ratio_of(pairs())


BENCHMARKS = (
    Benchmark(
        name="autosave",
        unit_of_work="one save of a draft of 200 words, every second",
        floor="one bare commit of the same bytes in a SQLCipher store",
        budget=1.3,
        measure=measure,
    ),
)
