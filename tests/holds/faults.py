"""What a machine does to every verb: ``python -m tests.holds.faults [--times 3] [--seed 1] [--fault F] [VERB...]``.

The desk lies on one real disk and what it writes for others on a second. One of them is full, write-protected, pulled
out in the middle or at once when the verb has told that it is done, or slow; the clock jumps back a year; another
program has the desk. Whatever the verb then says must be a sentence of ours, what the desk held must still be there, no
half-written file may bear a name, and when the fault is gone the same verb must do its work.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import select

from tests.holds.closed import CLOSED, ClosedVerb, held_by_another, is_whole, lay, opened
from tests.holds.disks import MIB, Disk, disks, remove_blanks
from tests.holds.verbs import VERBS, Place, Verb, clock, prepared, remove_prepared
from tests.kit import WoundClock
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk
from wpsdesk.i18n import catalogue
from wpsdesk.messages import sentence
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.tables import METADATA

HALF_WRITTEN: Final = re.compile(r"\..*\.tmp.*|\.wps-.*")
Contents = Mapping[str, frozenset[tuple[object, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where one verb meets one fault."""

    store_disk: Disk
    out_disk: Disk
    clock: WoundClock

    @property
    def store(self) -> Path:
        """The desk's file."""
        return self.store_disk.folder / "desk.wpsdesk"

    @property
    def out(self) -> Path:
        """Where the verb leaves what is for others."""
        return self.out_disk.folder / "out"

    def was_going_at(self, when: float) -> bool:
        """Whether a disk was on its way out then: the system itself tells of writes as synced that it then drops."""
        found = (self.store_disk.pulled, self.out_disk.pulled)
        return any(pulled is not None and pulled[0] <= when <= pulled[1] for pulled in found)

    def settle(self) -> None:
        """Let everything so far be on both disks for good."""
        self.store_disk.settle()
        self.out_disk.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that happens to a machine. ``begin`` gives what ends it."""

    begin: Callable[[Machine, random.Random, float], Callable[[], None]]
    pulls: str = ""  # "store" or "out": the disk that is gone in the middle and comes back


def _nothing(_machine: Machine, _chance: random.Random, _usual: float) -> Callable[[], None]:
    return lambda: None


def _full(which: str, machine: Machine, chance: random.Random, _usual: float) -> Callable[[], None]:
    disk: Disk = getattr(machine, f"{which}_disk")
    disk.fill(but_for=chance.choice((0, 5_000, 20_000, 70_000, 200_000, 500_000, MIB)))
    return disk.empty


def _protected(machine: Machine, _chance: random.Random, _usual: float) -> Callable[[], None]:
    machine.out_disk.write_protect()
    return machine.out_disk.unprotect


def _later(work: Callable[[], None], seconds: float) -> Callable[[], None]:
    timer = threading.Timer(seconds, work)
    timer.start()
    return timer.join


def _pulled(which: str, machine: Machine, chance: random.Random, usual: float) -> Callable[[], None]:
    disk: Disk = getattr(machine, f"{which}_disk")
    return _later(disk.pull, chance.choice((0.0, chance.random() * usual, chance.random() * usual)))


def _pulled_after(which: str, machine: Machine, _chance: random.Random, _usual: float) -> Callable[[], None]:
    disk: Disk = getattr(machine, f"{which}_disk")
    return disk.pull


def _slow(which: str, machine: Machine, chance: random.Random, usual: float) -> Callable[[], None]:
    disk: Disk = getattr(machine, f"{which}_disk")
    froze = _later(disk.freeze, chance.random() * usual / 2)
    thawed = _later(disk.thaw, usual / 2 + 0.3)

    def end() -> None:
        froze()
        thawed()

    return end


def _clock_back(machine: Machine, _chance: random.Random, _usual: float) -> Callable[[], None]:
    machine.clock.wind(days=-365)
    return lambda: machine.clock.wind(days=365)


def of(work: Callable[..., Callable[[], None]], which: str) -> Callable[..., Callable[[], None]]:
    """The same on one of the two disks."""
    return lambda *more: work(which, *more)


FAULTS: Final[dict[str, Fault]] = {
    "none": Fault(begin=_nothing),
    "full-store": Fault(begin=of(_full, "store")),
    "full-out": Fault(begin=of(_full, "out")),
    "protected-out": Fault(begin=_protected),
    "pulled-store": Fault(begin=of(_pulled, "store"), pulls="store"),
    "pulled-out": Fault(begin=of(_pulled, "out"), pulls="out"),
    "pulled-store-after": Fault(begin=of(_pulled_after, "store"), pulls="store"),
    "pulled-out-after": Fault(begin=of(_pulled_after, "out"), pulls="out"),
    "slow-store": Fault(begin=of(_slow, "store")),
    "slow-out": Fault(begin=of(_slow, "out")),
    "clock-back": Fault(begin=_clock_back),
}
TWO: Final = "two-programs"


# -- one verb under one fault --------------------------------------------------------------------------


def tried(verb: Verb, fault: Fault, chance: random.Random, usual: float = 0.1) -> str:
    """What the verb said: "done", or the name of its error. What must hold is asserted."""
    with machine_with(verb.whose) as machine:
        desk = opened(machine.store, machine.clock)
        place = Place(desk=desk, given=prepared() / "given", out=machine.out)
        before = contents(desk)
        end = fault.begin(machine, chance, usual)
        said, when = _said(partial(verb.work, place)), time.monotonic()
        end()
        if said == "done" and machine.was_going_at(when):
            said = "done as the disk went"
        if fault.pulls:
            place = _put_back(machine, place, fault)
        _holds(verb, place, said, before, fault)
        if said != "done" or not verb.is_done(place):
            _goes_on(verb, place, fault)
        close_desk(place.desk)
        is_whole(machine.store, machine.clock)
        _nothing_half_written(machine, fault)
        return said


def tried_closed(verb: ClosedVerb, fault: Fault, chance: random.Random, usual: float = 0.3) -> str:
    """The same for a verb that works on a closed desk."""
    with machine_with() as machine:
        laid = lay(verb, machine.store, machine.out, machine.clock)
        machine.settle()
        end = fault.begin(machine, chance, usual)
        said = _said(partial(verb.work, laid))
        end()
        if fault.pulls:
            getattr(machine, f"{fault.pulls}_disk").put_back()
            machine.out.mkdir(exist_ok=True)
        if said != "done" or not verb.moves:
            is_whole(machine.store, machine.clock)  # whatever happened
        if said != "done":
            again = _said(partial(verb.work, laid))
            assert again == "done" or (fault.pulls and verb.made(laid).exists()), f"the fault is gone: {again}"
        is_whole(verb.made(laid), machine.clock, is_new=verb.made(laid) != machine.store)
        _nothing_half_written(machine, fault)
        return said


def tried_by_two(verb: ClosedVerb) -> str:
    """The same while another program has the desk open, and once more when it has closed it."""
    with machine_with() as machine:
        laid = lay(replace(verb, is_old=False), machine.store, machine.out, machine.clock)
        with held_by_another(machine.store):
            before = (machine.store.read_bytes(), keys_path(machine.store).read_bytes())
            said = _said(partial(verb.work, laid))
            assert (said == "StoreInUse") is verb.needs_it_alone, said
            assert (machine.store.read_bytes(), keys_path(machine.store).read_bytes()) == before
        if said != "done":
            verb.work(laid)
        is_whole(verb.made(laid), machine.clock, is_new=verb.made(laid) != machine.store)
        return said


@contextmanager
def machine_with(whose: str = "") -> Iterator[Machine]:
    """Two fresh disks, the desk on one of them, and settings and reports of bugs on the other."""
    with disks("store", "out") as (store_disk, out_disk):
        machine = Machine(store_disk=store_disk, out_disk=out_disk, clock=clock())
        if whose:
            shutil.copyfile(prepared() / f"{whose}.wpsdesk", machine.store)
            shutil.copyfile(prepared() / f"{whose}.wpskeys", keys_path(machine.store))
        machine.out.mkdir()
        machine.settle()
        names = {"XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state"}
        before = {name: os.environ.get(name) for name in names}
        os.environ.update({name: str(machine.out_disk.folder / folder) for name, folder in names.items()})
        try:
            yield machine
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def contents(desk: Desk) -> Contents:
    """Every row of every table."""
    with desk.store.read() as tx:
        return {table.name: frozenset(map(tuple, tx.run(select(table)).all())) for table in METADATA.sorted_tables}


def _said(work: Callable[[], object]) -> str:
    try:
        work()
    except WpsError as error:
        for language in ("nb", "nn", "en"):
            assert len(str(sentence(error, catalogue(language)))) > 30
        return type(error).__name__
    return "done"


def _put_back(machine: Machine, place: Place, fault: Fault) -> Place:
    """The desk is closed, which no fault may prevent, and opened again when the disk is back."""
    close_desk(place.desk)
    getattr(machine, f"{fault.pulls}_disk").put_back()
    machine.out.mkdir(exist_ok=True)
    return replace(place, desk=opened(machine.store, machine.clock))


def _holds(verb: Verb, place: Place, said: str, before: Contents, fault: Fault) -> None:
    after = contents(place.desk)
    for name in ("submissions", "sent", "journal", "submission_chunks"):
        assert before[name] <= after[name], f"rows of {name} are gone"
    if said.startswith("done"):
        assert said != "done" or verb.is_done(place), "it was told as done, and is not there"
    elif not verb.in_steps and not fault.pulls:
        changed = [name for name, rows in after.items() if rows != before[name]]
        assert changed == [], f"it was refused with {said}, and has changed {changed}"


def _goes_on(verb: Verb, place: Place, fault: Fault) -> None:
    try:
        verb.work(place)
    except WpsError as error:
        if not fault.pulls:  # what was done before the disk went and could not be told is refused a second time
            raise AssertionError(f"the fault is gone, and it says {type(error).__name__}") from error
    assert verb.is_done(place), "the fault is gone, and it is not done"


def _nothing_half_written(machine: Machine, fault: Fault) -> None:
    if fault.pulls:  # from a disk that is gone nothing can be removed
        return
    left = [one for disk in (machine.store_disk, machine.out_disk) for one in disk.folder.rglob("*")]
    assert [str(one) for one in left if HALF_WRITTEN.fullmatch(one.name)] == []


def _one(name: str, kind: str, chance: random.Random) -> str:
    if kind == TWO:
        return tried_by_two(CLOSED[name])
    if name in CLOSED:
        return tried_closed(CLOSED[name], FAULTS[kind], chance)
    return tried(VERBS[name], FAULTS[kind], chance)


def main() -> int:
    """Try, look, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", action="append", choices=(*FAULTS, TWO), metavar="FAULT", help=", ".join(FAULTS))
    parser.add_argument("--keep-going", action="store_true", help="tell what does not hold, and go on")
    parser.add_argument("verbs", nargs="*", metavar="VERB", default=[])
    asked = parser.parse_args()
    total, failed = 0, 0
    try:
        for name in asked.verbs or (*VERBS, *CLOSED):
            begun, told = time.monotonic(), []
            for kind in asked.fault or (*FAULTS, TWO):
                if kind == TWO and name not in CLOSED:
                    continue
                said: Counter[str] = Counter()
                for number in range(asked.times):
                    chance = random.Random(f"{asked.seed} {name} {kind} {number}")
                    try:
                        said[_one(name, kind, chance)] += 1
                    except Exception as error:
                        sys.stderr.write(f"{name} {kind}, round {number} of seed {asked.seed}: {error!r}\n")
                        failed += 1
                        if not asked.keep_going:
                            raise
                    total += 1
                told.append(f"{kind}: " + ", ".join(f"{what} {count}" for what, count in said.items()))
            sys.stdout.write(f"{name} ({time.monotonic() - begun:.0f} s)\n  " + "\n  ".join(told) + "\n")
            sys.stdout.flush()
    finally:
        remove_prepared()
        remove_blanks()
    sys.stdout.write(f"{total} tries, {failed} of them wrong\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
