"""A folder of bundles: what shares a commit or is read apart stands or falls file by file, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer
from wpsdesk.base import own_process
from wpsdesk.base.errors import Cancelled, DiskFull
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.reading_ahead import Ahead
from wpsdesk.desk.arrivals.reading_apart import READY, WORD, Judging
from wpsdesk.desk.arrivals.receiving import Arrival, Refused, receive
from wpsdesk.desk.arrivals.submitted import Submitted
from wpsdesk.desk.errors import AlreadyReceived
from wpsdesk.desk.model import Desk, opening_keys, trust_of
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.store.opening import integrity
from wpsdesk.store.submissions import container, report_bytes, submission

IMPORTER = """
import sys
from pathlib import Path
from tests.kit import PASSPHRASE, WoundClock
from wpsdesk.desk.arrivals import receiving
from wpsdesk.desk.opening import open_desk

receiving.AT_ONCE = 2
desk = open_desk(Path(sys.argv[1]), PASSPHRASE, clock=WoundClock())
receiving.receive(desk, [Path(sys.argv[2])], progress=lambda done, _of: print(done, flush=True))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """UD's desk, and a folder with five bundles of one unit that it has not seen."""

    ud: Desk
    folder: Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """UD's store that nobody has open, and a folder ``post``."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "post").mkdir()
    office = Office(folder=folder)
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    for number in range(5):
        save(fd, YEAR, answer(1, text=os.urandom(3500).hex()))
        export(fd, YEAR, folder / "post" / f"{number:03}.asice.cms", approved_by="Ola Godkjenner")
    office.close()
    return folder


@pytest.fixture
def post(written: Path, tmp_path: Path) -> Iterator[Post]:
    """A copy of it for one test."""
    shutil.copytree(written, tmp_path / "all")
    (store,) = (tmp_path / "all").glob("ud-*.wpsdesk")
    ud = open_desk(store, PASSPHRASE, clock=WoundClock())
    yield Post(ud=ud, folder=tmp_path / "all" / "post")
    close_desk(ud)


class Watched(Ahead):
    """Waits for the process apart, and counts what it has read."""

    read = 0
    dies_at: int | None = None

    def of(self, place: int, judging: Judging) -> Submitted | None:
        if place == self.dies_at:
            self.close()
        found = super().of(place, judging)
        if place == 0:
            while not self.is_reading and not self.has_ended:
                pass
            found = super().of(place, judging)  # from here on it is asked for those after it
        Watched.read += found is not None
        return found


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> type[Watched]:
    """Every import reads ahead from its second file on."""
    monkeypatch.setattr("wpsdesk.desk.arrivals.reading_ahead.FEWEST", 1)
    monkeypatch.setattr("wpsdesk.desk.arrivals.receiving.Ahead", Watched)
    monkeypatch.setattr(Watched, "read", 0)
    return Watched


def held(ud: Desk) -> list[int]:
    return sorted(row.seq for row in inbox(ud, YEAR))


def test_what_comes_together_is_taken_or_refused_file_by_file(post: Post) -> None:
    ud, folder = post.ud, post.folder
    (folder / "000b.asice.cms").write_bytes(b"no bundle")
    shutil.copy(folder / "001.asice.cms", folder / "001b.asice.cms")
    outcomes = [arrival.outcome for arrival in receive(ud, [folder])]
    assert [type(each) for each in outcomes] == [Received, Refused, Received, Refused, *[Received] * 3]
    twice = outcomes[3]
    assert isinstance(twice, Refused)  # the first has not even reached the disk when the second comes
    assert isinstance(twice.error, AlreadyReceived)
    assert held(ud) == [1, 2, 3, 4, 5]


def test_what_is_read_apart_is_taken_or_refused_just_as_what_is_read_here(
    post: Post, watched: type[Watched], tmp_path: Path, written: Path
) -> None:
    for name, data in (("000b", b"no bundle"), ("001b", (post.folder / "001.asice.cms").read_bytes())):
        (post.folder / f"{name}.asice.cms").write_bytes(data)
    shutil.copytree(written, tmp_path / "other")
    (store,) = (tmp_path / "other").glob("ud-*.wpsdesk")
    other = open_desk(store, PASSPHRASE, clock=WoundClock())
    here = [_taken_as(other, receive_here(other, path)) for path in sorted(post.folder.iterdir())]
    close_desk(other)
    apart = [_taken_as(post.ud, arrival) for arrival in receive(post.ud, [post.folder])]
    assert apart == here
    assert watched.read == 5  # the first is read here, and nothing good is said of the one that is no bundle


def receive_here(desk: Desk, path: Path) -> Arrival:
    """One file is never read apart."""
    (arrival,) = receive(desk, [path])
    return arrival


def _taken_as(desk: Desk, arrival: Arrival) -> object:
    match arrival.outcome:
        case Received() as got:
            with desk.store.read() as tx:
                kept = b"".join(container(tx, got.digest)), report_bytes(tx, got.digest), submission(tx, got.digest)
            return got, kept
        case Refused(error=error):
            return str(error)
        case _:
            raise AssertionError


def test_when_the_process_apart_ends_everything_is_read_here(
    post: Post, watched: type[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched, "dies_at", 2)
    receive(post.ud, [post.folder])
    assert held(post.ud) == [1, 2, 3, 4, 5]
    assert watched.read == 1


def test_where_no_process_can_be_started_everything_is_read_here(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wpsdesk.desk.arrivals.reading_ahead.FEWEST", 1)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    receive(post.ud, [post.folder])
    assert held(post.ud) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "says", ["b'\\n'", "b'\\n' + bytes(range(12)) * 9", "b'\\n' + b'\\0\\0\\0\\3' * 3 + b'{}}' * 30"]
)
def test_whatever_the_process_says_every_file_is_taken(
    says: str, post: Post, watched: type[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = f"import sys, time; sys.stdout.buffer.write({says}); sys.stdout.buffer.flush(); time.sleep(600)"
    monkeypatch.setattr(own_process, "command", lambda _word, _module: [sys.executable, "-c", liar])
    monkeypatch.setattr("wpsdesk.desk.arrivals.reading_ahead.SECONDS", 0.1)
    receive(post.ud, [post.folder])
    assert held(post.ud) == [1, 2, 3, 4, 5]
    assert watched.read == 0


def test_what_was_read_by_what_is_believed_no_longer_is_read_again(post: Post) -> None:
    paths = sorted(post.folder.iterdir())
    with post.ud.store.read() as tx:
        trust, keys = trust_of(tx), opening_keys(tx)
    assert trust is not None
    judging = Judging(unit=post.ud.unit.code, callers=frozenset(), trust=trust, keys=keys, plan=post.ud.plan)
    with Watched(paths * 20, post.ud.clock) as ahead:
        ahead.of(0, judging)
        assert ahead.of(1, replace(judging)) is not None  # the same in other words
        assert ahead.of(2, replace(judging, callers=frozenset({post.ud.unit.code}))) is None
        assert ahead.of(3, judging) is None


def test_the_program_that_is_started_without_python_starts_the_same_process() -> None:
    apart = subprocess.run([sys.executable, "-m", "wpsdesk", WORD], input=b"", capture_output=True, check=True)
    assert apart.stdout == READY


def test_whoever_stops_an_import_keeps_what_was_told_of(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wpsdesk.desk.arrivals.receiving.AT_ONCE", 2)
    ud, folder, told = post.ud, post.folder, list[int]()

    def progress(done: int, _of: int) -> None:
        told.append(done)
        if done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        receive(ud, [folder], progress=progress)
    assert len(held(ud)) == told[-1] >= 4


def test_an_import_that_is_killed_loses_nothing_it_told_of_and_is_done_again_without_harm(post: Post) -> None:
    store, folder = post.ud.store.path, post.folder
    close_desk(post.ud)
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(store), str(folder)], stdout=subprocess.PIPE, text=True
    ) as importer:
        assert importer.stdout is not None
        told = [int(importer.stdout.readline()) for _ in range(2)]
        importer.kill()
        told += [int(line) for line in importer.stdout if line.endswith("\n")]
    again = open_desk(store, PASSPHRASE, clock=post.ud.clock)
    try:
        assert len(held(again)) >= told[-1] >= 1
        receive(again, [folder])
        assert held(again) == [1, 2, 3, 4, 5]
        assert integrity(again.store) == ()
    finally:
        close_desk(again)


def test_when_the_disk_fills_up_each_file_is_told_of_as_it_is(post: Post) -> None:
    ud, folder = post.ud, post.folder
    with ud.store.read() as tx:
        pages = tx.run(text("PRAGMA page_count")).scalar_one()
        tx.run(text(f"PRAGMA max_page_count={pages + 2}"))
    arrivals = receive(ud, [folder])
    taken = [a for a in arrivals if isinstance(a.outcome, Received)]
    refused = [a.outcome.error for a in arrivals if isinstance(a.outcome, Refused)]
    assert len(held(ud)) == len(taken) > 0
    assert len(refused) == 5 - len(taken) > 0
    assert all(isinstance(error, DiskFull) for error in refused)
    with ud.store.read() as tx:
        tx.run(text(f"PRAGMA max_page_count={pages + 10_000}"))
    receive(ud, [folder])
    assert held(ud) == [1, 2, 3, 4, 5]


def test_a_file_that_cannot_be_looked_at_is_refused_and_the_rest_taken(post: Post) -> None:
    ud, folder = post.ud, post.folder
    os.mkfifo(folder / "0.asice.cms")
    (folder / "000a.asice.cms").symlink_to(folder / "gone")
    outcomes = [a.outcome for a in receive(ud, [*sorted(folder.iterdir())])]
    assert [type(each) for each in outcomes] == [Refused, Received, Refused, *[Received] * 4]
