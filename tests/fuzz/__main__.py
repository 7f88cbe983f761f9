"""``python -m tests.fuzz [TARGET ...] [--seconds N] [--json]``: every reader fuzzed for so long, one after another.

It begins with the vectors. Whatever a reader answers with anything but a fault of ours, takes though it was changed,
or wants too much memory or time for, is kept in tests/vectors/findings and read again by the ordinary tests for ever.
Needs the group of dependencies that is called ``fuzz``: ``uv sync --group fuzz``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fuzz.targets import TARGETS
from tests.vectors.making import FOLDER

FINDINGS = FOLDER / "findings"
RSS_MIB = 512  # resident; what a reader may take at most, with Python and the plan
LONGEST = 1 << 16  # bytes of one input
SLOWEST = 10  # seconds for one input


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run went. ``edges`` and ``features`` are libFuzzer's coverage."""

    target: str
    seconds: int
    executions: int
    edges: int
    features: int
    peak_mib: int
    findings: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and tell; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    if unknown := set(args.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    outcomes = []
    for name in args.targets or TARGETS:
        outcomes.append(fuzz(name, args.seconds))
        if not args.json:
            print(_line(outcomes[-1]), flush=True)
    if args.json:
        print(json.dumps([asdict(each) for each in outcomes], indent=1))
    return 1 if any(each.findings for each in outcomes) else 0


def _line(one: Outcome) -> str:
    found = f"FOUND {' '.join(one.findings)}" if one.findings else ""
    counts = f"{one.executions:>9} runs {one.edges:>6} edges {one.features:>6} features {one.peak_mib:>4} MiB"
    return f"{one.target:<13}{counts}  {found}"


def fuzz(name: str, seconds: int) -> Outcome:
    """One target for so many seconds, in a child process."""
    with tempfile.TemporaryDirectory(prefix="wps-fuzz-") as scratch:
        corpus, crashes = Path(scratch, "corpus"), Path(scratch, "crashes")
        corpus.mkdir()
        crashes.mkdir()
        for seed in TARGETS[name].seeds():
            (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
        done = subprocess.run(
            [
                sys.executable, "-m", "tests.fuzz.child", name, f"-max_total_time={seconds}", "-print_final_stats=1",
                f"-artifact_prefix={crashes}/", f"-rss_limit_mb={RSS_MIB}", f"-timeout={SLOWEST}",
                f"-max_len={LONGEST}", str(corpus),
            ],
            capture_output=True, check=False, env={**os.environ, "TMPDIR": scratch},
        )  # fmt: skip
        told = done.stderr.decode("utf-8", "replace")
        findings = tuple(_keep(name, path) for path in sorted(crashes.iterdir()))
    if done.returncode and not findings:
        raise RuntimeError(told[-4000:])
    if findings:
        sys.stderr.write(told[-4000:])
    covered = re.findall(r"cov: (\d+) ft: (\d+)", told)
    edges, features = covered[-1] if covered else (0, 0)
    return Outcome(
        target=name,
        seconds=seconds,
        executions=_stat(told, "number_of_executed_units"),
        edges=int(edges),
        features=int(features),
        peak_mib=_stat(told, "peak_rss_mb"),
        findings=findings,
    )


def _stat(told: str, name: str) -> int:
    found = re.search(rf"stat::{name}:\s+(\d+)", told)
    return int(found[1]) if found else 0


def _keep(target: str, path: Path) -> str:
    """Under a name that says which reader it is for."""
    FINDINGS.mkdir(exist_ok=True)
    data = path.read_bytes()
    kept = FINDINGS / f"{target}-{hashlib.sha256(data).hexdigest()[:16]}"
    kept.write_bytes(data)
    return kept.name


if __name__ == "__main__":
    sys.exit(main())
