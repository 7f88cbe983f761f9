"""``python -m tests.bench [--json] [--quick] [--long] [--only NAME]``: every benchmark, its ratio and its budget."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import (
    autosave,
    compiling,
    evidence,
    first_paint,
    folder,
    heartbeat,
    importing,
    memory,
    others,
    scale,
    sealing,
    searching,
    switching,
    verifying,
)
from tests.bench.measuring import Benchmark
from tests.kit.housing import at_home_in

BENCHMARKS = {
    benchmark.name: benchmark
    for room in (
        first_paint,
        importing,
        folder,
        others,
        evidence,
        sealing,
        autosave,
        compiling,
        verifying,
        switching,
        searching,
        scale,
        heartbeat,
        memory,
    )
    for benchmark in room.BENCHMARKS
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print a list instead of a table")
    parser.add_argument("--quick", action="store_true", help="few rounds of less work: to see that it runs")
    parser.add_argument("--long", action="store_true", help="also what takes a GiB and many minutes")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS))
    args = parser.parse_args(arguments)
    found = []
    usual = [name for name, benchmark in BENCHMARKS.items() if args.long or not benchmark.is_long]
    for name in args.only or usual:
        ratio = _measured(BENCHMARKS[name], args.quick)
        found.append((BENCHMARKS[name], ratio))
        if not args.json:
            print(_line(BENCHMARKS[name], ratio), flush=True)
    if args.json:
        json.dump([_told(benchmark, ratio) for benchmark, ratio in found], sys.stdout, indent=1)
        print()
    return 0


def _measured(benchmark: Benchmark, is_quick: bool) -> float:
    with tempfile.TemporaryDirectory(prefix="wps-bench-") as folder, at_home_in(Path(folder)):
        return benchmark.measure(Path(folder), is_quick)


def _line(benchmark: Benchmark, ratio: float) -> str:
    budget = "" if benchmark.budget is None else f"{benchmark.budget:.2f}"
    mark = "over" if benchmark.budget is not None and ratio > benchmark.budget else ""
    return f"{benchmark.name:<21}{ratio:7.2f}  {budget:>5}  {mark:<5} {benchmark.unit_of_work} : {benchmark.floor}"


def _told(benchmark: Benchmark, ratio: float) -> dict[str, object]:
    return {
        "name": benchmark.name,
        "ratio": round(ratio, 3),
        "budget": benchmark.budget,
        "unit_of_work": benchmark.unit_of_work,
        "floor": benchmark.floor,
    }


if __name__ == "__main__":
    sys.exit(main())
