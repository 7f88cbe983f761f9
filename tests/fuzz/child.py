"""One target in a process of its own, until its time is over or something is found; started by ``__main__``."""

from __future__ import annotations

import resource
import sys

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["wpsdesk"]):
    from tests.fuzz.mutating import mutated
    from tests.fuzz.targets import TARGETS

MEMORY = 2 << 30  # bytes of addresses; a reader that wants more has a finding


def main(name: str, *flags: str) -> None:
    """Fuzz; libFuzzer ends the process."""
    target = TARGETS[name]
    target.takes(b"")  # whatever is made once is made now
    for seed in target.seeds():
        target.takes(seed)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def one(data: bytes) -> None:
        target.takes(data)

    def other(data: bytes, limit: int, seed: int) -> bytes:
        found = mutated(data, seed) if target.is_json and seed % 8 else None
        return atheris.Mutate(data, limit) if found is None or len(found) > limit else found

    custom = {"custom_mutator": other} if target.is_json else {}
    atheris.Setup([sys.argv[0], *flags], one, **custom)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], *sys.argv[2:])
