"""SIGKILL at any moment of any verb: ``python -m tests.holds.killing [--times 60] [--seed 1] [VERB...]``.

Each round works on a fresh copy of a desk, in a process of its own, which is killed after a random time, or at a random
change to its folder where most of the time goes into reckoning. Whatever the process had told of as done must be there
afterwards, the store must be sound, and no half-written file may bear a name that promises a whole one. The shared desk
on PostgreSQL is reviewed by an officer whose program is killed, and by one whose server loses a process in the middle,
which takes every line to it down; it is moved there and back, and given a new key, over and over.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path

import pikepdf
import psycopg

from tests.holds.moments import changes_in
from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer
from tests.kit.server import folder_of_server, fresh_address
from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle.opening import sealed_bundle
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.publication.compiling import compile_report
from wpsdesk.desk.review.reviewing import Judgement, decide, review
from wpsdesk.desk.safety.backing_up import backup
from wpsdesk.desk.sharing import move_desk
from wpsdesk.desk.submission.sending import export, sent_bundles
from wpsdesk.store import evidence
from wpsdesk.store.backup import KEYS, STORE, restore_store
from wpsdesk.store.errors import WrongPassphrase
from wpsdesk.store.keyfile import keys_path, read_keys, unlock
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.store.opening import integrity, open_store, renewed_path, salt_of
from wpsdesk.store.rekeying import renew_key
from wpsdesk.store.server.address import moved_path
from wpsdesk.store.server.errors import DatabaseAway, DeskNotThere
from wpsdesk.store.server.moving import move_to_file, move_to_server
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.server.shutting_out import shut_out
from wpsdesk.store.sqlcipher import connect, faults_in
from wpsdesk.store.transaction import Tx

OTHER = "tyttebær i skogen ved elva"
VECTORS = Path(__file__).parents[1] / "vectors" / "stores"
OLD = [path.stem.removeprefix("version-") for path in sorted(VECTORS.iterdir())]
Tell = Callable[[object], None]


@dataclass(frozen=True)
class Changes:
    """About how many changes a verb makes to its folder: of any kind, and of names alone, where the steps end."""

    of_any_kind: int
    of_names: int


@dataclass(frozen=True)
class Verb:
    """What the process does until it is killed, and what must hold afterwards, of what it had told as done."""

    desk: str  # whose store is copied: "fd", "ud", "server" (UD's on PostgreSQL) or one of an earlier version
    seconds: float  # after which it is killed at the latest, once it has begun
    work: Callable[[Path, Path, Tell], None]
    holds: Callable[[Path, Path, list[str]], None]
    kill: Callable[[int], None] | None = None  # what is killed instead of the process
    changes: Changes | None = None  # then it is killed at one of them, or at the latest as above
    stood: Callable[[Path, list[str]], str] | None = None  # how far it had come, by what lies there


def opened(store: Path, words: str = PASSPHRASE) -> Desk:
    return open_desk(store, words, clock=WoundClock())


# -- what is done, and what must hold --------------------------------------------------------------


def saving(store: Path, _folder: Path, tell: Tell) -> None:
    desk = opened(store)
    tell("")
    for number in count(1):
        save(desk, YEAR, answer(1 + number % 35, text=f"Innsats {number}. " * 40))
        tell(number)


def saved(store: Path, _folder: Path, told: list[str]) -> None:
    desk = opened(store)
    newest: dict[int, int] = {}
    for one in map(int, told):
        newest[1 + one % 35] = one
    for commitment, number in newest.items():
        effort = entry(desk, YEAR, answer(commitment).key).effort
        assert effort is not None
        assert f"Innsats {number}. " in effort.text or f"Innsats {number + 35}. " in effort.text, (commitment, number)
    close_desk(desk)


def attaching(store: Path, folder: Path, tell: Tell) -> None:
    desk = opened(store)
    tell("")
    for number in count(1):
        file = folder / f"{number}.bin"
        file.write_bytes(os.urandom(700_000))
        found = attach(desk, YEAR, answer(2).key, [file], keep_original=True)
        tell(found.evidence[-1].digest)


def attached(store: Path, _folder: Path, told: list[str]) -> None:
    desk = opened(store)
    held = {each.digest for each in entry(desk, YEAR, answer(2).key).evidence}
    assert set(told) <= held
    for digest in held:
        assert sum(map(len, evidence.read(desk.store, digest))) == 700_000
    close_desk(desk)


def exporting(store: Path, folder: Path, tell: Tell) -> None:
    desk = opened(store)
    tell("")
    for number in count(1):
        save(desk, YEAR, answer(3, text=f"Innsats {number}."))
        tell(export(desk, YEAR, folder, approved_by="Ola").path.name)


def exported(store: Path, folder: Path, told: list[str]) -> None:
    desk = opened(store)
    there = {path.name for path in folder.iterdir() if path.suffix == ".cms"}
    assert set(told) <= there
    for name in there:  # a name that promises a whole file keeps it: its length and head are those of a seal
        sealed_bundle(folder / name).close()
    assert len(sent_bundles(desk, YEAR)) >= len(told)
    close_desk(desk)


def importing(store: Path, folder: Path, tell: Tell) -> None:
    desk = opened(store)
    tell("")
    for file in sorted((folder.parent / "bundles").iterdir()):
        (arrival,) = receive(desk, [file])
        del arrival
        tell(file.name)
    receive(desk, sorted((folder.parent / "bundles").iterdir()))
    tell("")


def imported(store: Path, folder: Path, told: list[str]) -> None:
    desk = opened(store)
    before = len(inbox(desk))
    assert before >= len([one for one in told if one])
    receive(desk, sorted((folder.parent / "bundles").iterdir()))  # again: what is held is told as such, the rest comes
    assert len(inbox(desk)) == len(list((folder.parent / "bundles").iterdir()))
    close_desk(desk)


def reviewing(store: Path, folder: Path, tell: Tell) -> None:
    desk = opened(store)
    receive(desk, sorted((folder.parent / "bundles").iterdir())[:1])
    tell("")
    for number in count(1):
        for each in review(desk, UnitCode("FD"), YEAR):
            decide(
                desk,
                UnitCode("FD"),
                YEAR,
                [Judgement(key=each.key, is_accepted=bool((number + each.step) % 2), reason=f"Nr. {number}")],
            )
            tell(sum(one.step for one in review(desk, UnitCode("FD"), YEAR)))


def reviewed(store: Path, _folder: Path, told: list[str]) -> None:
    desk = opened(store)
    if told:
        steps = sum(each.step for each in review(desk, UnitCode("FD"), YEAR))
        assert int(told[-1]) <= steps <= int(told[-1]) + 1
    close_desk(desk)


def reviewing_until_the_line_is_cut(store: Path, folder: Path, tell: Tell) -> None:
    with suppress(DatabaseAway):  # anything else is no fault of the world: see _told_until_killed
        reviewing(store, folder, tell)


def kill_the_servers_process(_pid: int) -> None:
    """The process of the server that serves the desk, or waits for it: the server ends all of them and starts again."""
    line = psycopg.connect(host=str(folder_of_server()), user="postgres", dbname="postgres", autocommit=True)
    asked = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    found = [pid for (pid,) in line.execute(asked)]
    for pid in found[:1]:
        os.kill(pid, signal.SIGKILL)
    with suppress(psycopg.OperationalError):
        while found:  # until the server has seen it and taken this line down too
            line.execute("SELECT 1")
    line.close()
    _answers_again()


def _answers_again() -> None:
    for _ in range(600):
        with suppress(psycopg.OperationalError), psycopg.connect(host=str(folder_of_server()), user="postgres"):
            return
        time.sleep(0.1)
    raise AssertionError("the server has not come back")


def compiling(store: Path, folder: Path, tell: Tell) -> None:
    desk = opened(store)
    receive(desk, sorted((folder.parent / "bundles").iterdir())[:1])
    tell("")
    for _ in count():
        for file in compile_report(desk, YEAR, "nb", Edition.PUBLIC, folder).files:
            tell(file.path.name)


def compiled(_store: Path, folder: Path, told: list[str]) -> None:
    names = {path.name for path in folder.glob("*.pdf")}
    assert set(told) <= names
    for name in names:
        pikepdf.open(folder / name).close()


def backing_up(store: Path, folder: Path, tell: Tell) -> None:
    desk = opened(store)
    tell("")
    for number in count():
        tell(backup(desk, folder / f"{number}.wpsbackup").path.name)


def backed_up(_store: Path, folder: Path, told: list[str]) -> None:
    names = sorted(path.name for path in folder.glob("*.wpsbackup"))
    assert set(told) <= set(names)
    for name in names[-1:]:
        restore_store(folder / name, folder / "restored.wpsdesk", PASSPHRASE)


def migrating(store: Path, _folder: Path, tell: Tell) -> None:
    tell("")
    opened(store)
    tell("new")
    signal.pause()


def half_migrated(store: Path, told: list[str]) -> str:
    if told:
        return "done"
    copies = len(list(store.parent.glob("desk.before-*")))
    is_copying = any(store.parent.glob(".*.tmp"))
    return f"{copies} copies made, " + ("copying" if is_copying else "changing")


def migrated(store: Path, _folder: Path, _told: list[str]) -> None:
    desk = opened(store)
    assert entry(desk, YEAR, answer(1).key).effort == answer(1).effort
    close_desk(desk)
    copies = list(store.parent.glob("desk.before-*.wpsdesk"))
    key = unlock(read_keys(keys_path(store)), PASSPHRASE, store)
    assert copies
    for copy in copies:  # each bears the name of a whole one
        with closing(connect(copy, key)) as connection:
            assert faults_in(connection) == ()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        assert copy.name == f"desk.before-{version + 1}.wpsdesk"


def rekeying(store: Path, _folder: Path, tell: Tell) -> None:
    words = [PASSPHRASE, OTHER]
    tell("")
    for number in count():
        renew_key(store, words[number % 2], words[1 - number % 2])
        tell(number)


def half_rekeyed(store: Path, _told: list[str]) -> str:
    keys = read_keys(keys_path(store))
    if keys.coming is None:
        return "copying" if renewed_path(store).exists() else "before the copy"
    return "both keys, the old store" if salt_of(store) == keys.salt else "both keys, the new store"


def rekeyed(store: Path, _folder: Path, told: list[str]) -> None:
    now = len(told) % 2
    opening = []
    for words in (PASSPHRASE, OTHER):
        with suppress(WrongPassphrase), closing(open_store(store, words)) as again:
            assert integrity(again) == ()
            opening.append(words)
    assert len(opening) == 1
    if opening[0] != (PASSPHRASE, OTHER)[now]:  # done, and killed before it could be told
        assert opening[0] == (OTHER, PASSPHRASE)[now]
    assert not renewed_path(store).exists()
    assert read_keys(keys_path(store)).coming is None
    desk = opened(store, opening[0])
    for number in range(2, 36):
        assert entry(desk, YEAR, answer(number).key).effort == answer(number).effort
    close_desk(desk)


def moving(store: Path, _folder: Path, tell: Tell) -> None:
    words = [PASSPHRASE, OTHER]
    tell("")
    for number in count():
        move_to_server(store, words[number % 2], fresh_address(), nothing)
        open_store(store, words[number % 2]).close()
        shut_out(store, words[number % 2], words[1 - number % 2], nothing)
        tell(number)
        move_to_file(store, words[1 - number % 2], store, nothing)
        moved_path(store).unlink()


def nothing(_tx: Tx) -> None:
    """No line in the journal."""


def half_moved(store: Path, _told: list[str]) -> str:
    where = "the small file" if is_pointer(store) else "the file"
    keys = read_keys(keys_path(store))
    beside = ", and a file that came back" if _come_back(store).exists() else ""
    return f"{where}{' with both keys' if keys.coming is not None else ''}{beside}"


def _come_back(store: Path) -> Path:
    return store.with_name("desk.after-move.wpsdesk")


def moved(store: Path, _folder: Path, _told: list[str]) -> None:
    """One desk, with one way in, and from there it goes to a server as if nothing had been."""
    opening = []
    for words in (PASSPHRASE, OTHER):
        try:
            open_store(store, words).close()
        except WrongPassphrase:
            continue
        except DeskNotThere:  # it was closed there, and the file has not got its name yet
            _come_back(store).replace(store)
            keys_path(_come_back(store)).unlink()
        with closing(open_store(store, words)) as again:
            assert integrity(again) == ()
            opening.append(words)
    assert len(opening) == 1
    assert read_keys(keys_path(store)).coming is None
    if is_pointer(store):
        for one in (_come_back(store), keys_path(_come_back(store))):
            one.unlink(missing_ok=True)  # it was not closed there: the person is told to remove it
        move_to_file(store, opening[0], store, nothing)
    if moved_path(store).exists() and not moved_path(store).samefile(store):
        moved_path(store).unlink()
    move_to_server(store, opening[0], fresh_address(), nothing)
    desk = opened(store, opening[0])
    for number in range(2, 36):
        assert entry(desk, YEAR, answer(number).key).effort == answer(number).effort
    close_desk(desk)


def _migration_from(version: str) -> Verb:
    steps = len(MIGRATIONS) - int(version)
    return Verb(
        f"version-{version}", 3.0, migrating, migrated, changes=Changes(40 * steps, 7 * steps), stood=half_migrated
    )


VERBS = {
    "autosave": Verb("fd", 0.6, saving, saved),
    "attach": Verb("fd", 0.6, attaching, attached),
    "export": Verb("fd", 0.6, exporting, exported),
    "import": Verb("ud", 1.0, importing, imported),
    "review": Verb("ud", 0.8, reviewing, reviewed),
    "officer": Verb("server", 0.8, reviewing, reviewed),
    "database": Verb("server", 0.8, reviewing_until_the_line_is_cut, reviewed, kill_the_servers_process),
    "compile": Verb("ud", 6.0, compiling, compiled),
    "backup": Verb("fd", 0.6, backing_up, backed_up),
    **{f"migrate-{version}": _migration_from(version) for version in OLD},
    "move": Verb("fd", 8.0, moving, moved, changes=Changes(90, 60), stood=half_moved),
    "rekey": Verb("fd", 8.0, rekeying, rekeyed, changes=Changes(90, 26), stood=half_rekeyed),
}


# -- one round ---------------------------------------------------------------------------------------


@cache
def desks() -> Path:
    """A unit's desk with answers, UD's, stores of earlier versions, and thirty bundles on their way."""
    folder = Path(tempfile.mkdtemp(prefix="killing-"))
    office = Office(folder=folder / "office")
    office.folder.mkdir()
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), *(answer(number) for number in range(1, 36)))
    (folder / "bundles").mkdir()
    for number in range(30):
        save(fd, YEAR, answer(1, text=f"Utgave {number}."))
        export(fd, YEAR, folder / "bundles", approved_by="Ola")
        office.clock.wind(minutes=5)
    paths = {"fd": fd.store.path, "ud": ud.store.path}
    office.close()
    for name, path in paths.items():
        _lay(path, keys_path(path), folder / f"{name}.wpsdesk")
    for kept in VECTORS.iterdir():  # as they were: to restore them would migrate them
        with zipfile.ZipFile(kept) as archive:
            (folder / f"{kept.stem}.wpsdesk").write_bytes(archive.read(STORE))
            (folder / f"{kept.stem}.wpskeys").write_bytes(archive.read(KEYS))
    return folder


@cache
def on_server() -> None:
    """UD's desk once more, on a server: there is one of it, which all rounds change."""
    store = desks() / "server.wpsdesk"
    _lay(desks() / "ud.wpsdesk", desks() / "ud.wpskeys", store)
    close_desk(move_desk(store, PASSPHRASE, fresh_address(), clock=WoundClock()))


def _lay(store: Path, keys: Path, to: Path) -> None:
    shutil.copyfile(store, to)
    shutil.copyfile(keys, keys_path(to))


def remove_desks() -> None:
    """Take away what :func:`desks` has made."""
    shutil.rmtree(desks(), ignore_errors=True)
    desks.cache_clear()
    on_server.cache_clear()


def killed(verb: Verb, chance: random.Random) -> tuple[int, str]:
    """One process, killed; how much it had told as done, and how far the next had come. What must hold is asserted."""
    there = desks()
    if verb.desk == "server":
        on_server()
    if verb.work is moving:
        folder_of_server()  # it runs on when the process is killed that moves
    with tempfile.TemporaryDirectory(dir=there) as place:
        folder = Path(place) / "out"
        folder.mkdir()
        shutil.copytree(there / "bundles", Path(place) / "bundles")
        store = Path(place) / "desk.wpsdesk"
        _lay(there / f"{verb.desk}.wpsdesk", there / f"{verb.desk}.wpskeys", store)
        told = _told_until_killed(verb, store, folder, chance)
        stood = "" if verb.stood is None else verb.stood(store, told[1:])
        if verb.work in (rekeying, moving):  # which words open it is what is asked
            verb.holds(store, folder, told[1:])
        else:
            with closing(open_store(store, PASSPHRASE)) as again:
                assert integrity(again) == ()
            verb.holds(store, folder, told[1:])
        return len(told[1:]), stood


@contextmanager
def _moment(verb: Verb, folder: Path, chance: random.Random) -> Iterator[Callable[[], object]]:
    """What waits for the moment of the kill. The watch begins before the verb does."""
    if verb.changes is None:
        yield partial(time.sleep, chance.random() * verb.seconds)
        return
    of_names = chance.random() < 0.75  # the fewer, and the ones that matter
    number = chance.randint(1, verb.changes.of_names if of_names else verb.changes.of_any_kind)
    with changes_in(folder, of_names=of_names) as changes:
        yield partial(changes.wait_for, number, at_most=verb.seconds)


def _told_until_killed(verb: Verb, store: Path, folder: Path, chance: random.Random) -> list[str]:
    reading, writing = os.pipe()
    with _moment(verb, store.parent, chance) as wait:
        child = os.fork()
        if child == 0:
            os.close(reading)
            code = 9
            with suppress(BaseException):
                verb.work(store, folder, lambda what: void(os.write(writing, f"{what}\n".encode())))
                code = 0
            os._exit(code)
        os.close(writing)
        with os.fdopen(reading, "rb") as lines:
            first = lines.readline()  # it has begun: the clock runs from here
            wait()
            if verb.kill is not None:
                verb.kill(child)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"it failed by itself: {status}"
            rest = lines.read()
    return [line.decode() for line in (first + rest).split(b"\n")[:-1]]


def void(_: object) -> None:
    """Nothing."""


def main() -> int:
    """Kill, look, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("verbs", nargs="*", metavar="VERB", default=[])
    asked = parser.parse_args()
    total = 0
    try:
        for name in asked.verbs or VERBS:
            chance, begun, done = random.Random(f"{asked.seed} {name}"), time.monotonic(), 0
            stood: Counter[str] = Counter()
            for number in range(asked.times):
                try:
                    told, where = killed(VERBS[name], chance)
                    done += told
                    stood[where] += 1
                except BaseException:
                    sys.stderr.write(f"{name}, round {number} of seed {asked.seed}\n")
                    raise
            total += asked.times
            sys.stdout.write(
                f"{name:10} {asked.times} kills, {done} told as done and there, {time.monotonic() - begun:.0f} s\n"
            )
            for where, often in sorted(stood.items()):
                sys.stdout.write(f"{'':10} {often} {where}\n" if where else "")
            sys.stdout.flush()
    finally:
        remove_desks()
    sys.stdout.write(f"{total} kills: every store sound, everything told as done is there\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
