"""An archive is read back into an empty desk without loss, and nothing of it is believed before it holds."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.bundle.signing import sign_manifest
from wpsdesk.compilation.formats import Format
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.arrivals.waiting import take_waiting
from wpsdesk.desk.call.calling import load_call, require_call
from wpsdesk.desk.call.extending import extend, extensions
from wpsdesk.desk.errors import SignerWaits
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import approve, revoke
from wpsdesk.desk.keys.introducing import introduce
from wpsdesk.desk.meetings.holding import About, hold, meetings
from wpsdesk.desk.model import Desk, signer_of
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.publication.archive_errors import (
    ArchiveAltered,
    ArchiveHasMore,
    ArchiveLacks,
    ArchiveNotSigned,
    ArchivePieceFails,
    ArchiveRootUnknown,
    NotAnArchive,
    YearHeldAlready,
)
from wpsdesk.desk.publication.archive_loading import load_archive
from wpsdesk.desk.publication.archiving import Archived, archive
from wpsdesk.desk.publication.compiling import coverage, sources
from wpsdesk.desk.publication.editing import work, write_frame
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.releasing import release, releases
from wpsdesk.desk.remembering import journal
from wpsdesk.desk.review.choices import Pick
from wpsdesk.desk.review.conflicts import choose, conflicts
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.review.reviewing import Judgement, decide, notes, review, write_note
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.meetings import MeetingKind
from wpsdesk.report.model import EntryKey
from wpsdesk.report.sides import Side
from wpsdesk.store.documents import documents
from wpsdesk.trust.errors import FingerprintMismatch

FD = UnitCode("FD")
MADE_ANEW = {"sha256.txt", "sha256.p7s", "root.pem", "trust.pem"}  # by the desk that archives, with its own key
TOLD_AGAIN = {"journal.json"}  # with what has been done since; the case files would bear another day, had it come


@dataclass(frozen=True, kw_only=True)
class First:
    """UD's first desk at the end of the year, and the archive it has written."""

    office: Office
    ud: Desk
    made: Archived


def key(number: int) -> EntryKey:
    return EntryKey(CommitmentNumber(number), None)


def sends(ud: Desk, unit: Desk, office: Office, name: str, *, only_changes: bool = False) -> None:
    out = office.folder / f"{name}.asice.cms"
    receive_one(ud, export(unit, YEAR, out, approved_by="Ola", only_changes=only_changes).path)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[First]:
    """FD from two copies of its desk, with a choice between them and a change after it; JD, revoked later; AID, whose
    report came before its certificate.
    """
    office = Office(folder=tmp_path_factory.mktemp("first"))
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(10, text="Fra den ene."))
    (office.folder / "Møte på Ås.txt").write_text("Referat", encoding="utf-8")
    attach(fd, YEAR, key(1), [office.folder / "Møte på Ås.txt"])
    fd, other = copied(office, fd)
    sends(ud, fd, office, "fd1")
    sends(ud, office.answered(other, answer(10, text="Fra den andre.")), office, "fd1-other")
    (found,) = conflicts(ud, YEAR)
    choose(ud, found.theirs.digest, (Pick(key=key(10), side=Side.BOTH, note="Begge."),), officer="Kari")
    jd = office.answered(office.enrolled(ud, "JD"), answer(3))
    sends(ud, jd, office, "jd1")
    aid = office.desk("AID")
    load_call(aid, office.call_file)
    early = introduce(office.answered(aid, answer(2)), YEAR, office.folder, "Kari Test")
    with pytest.raises(SignerWaits):
        receive_one(ud, early.sent.path)
    approve(ud, early.sent.path, early.fingerprint, office.folder / "aid.asice.cms")
    take_waiting(ud)
    office.clock.wind(days=3)
    judged = (Judgement(key=key(1), is_accepted=True), Judgement(key=key(10), is_accepted=False, reason="Hvor?"))
    decide(ud, FD, YEAR, judged, officer="Kari")
    write_note(ud, FD, YEAR, key(1), "Ring dem.", officer="Kari")
    extend(ud, FD, YEAR, date(2027, 4, 20), reason="Sykdom", officer="Kari")
    receive_one(fd, reply(ud, FD, YEAR, office.folder / "reply.asice.cms").path)
    sends(ud, office.answered(fd, answer(1, text="Skrevet om.")), office, "fd2", only_changes=True)
    hold(ud, YEAR, About(day=date(2027, 2, 1), kind=MeetingKind.MINISTRIES, subject="Årlig møte"))
    write_frame(ud, YEAR, "foreword", "Et forord.", "nb", officer="Kari")
    release(ud, YEAR, accept=tuple(Point), languages=("nb",), formats=(Format.JSON,), officer="Kari")
    revoke(ud, jd.unit.code)
    office.clock.wind(days=100)
    yield First(office=office, ud=ud, made=archive(ud, YEAR, office.folder / "archive"))
    office.close()


def copied(office: Office, desk: Desk) -> tuple[Desk, Desk]:
    """The desk, and a copy of its files opened beside it."""
    office.desks.remove(desk)
    close_desk(desk)
    (office.folder / "copy").mkdir()
    for suffix in (".wpsdesk", ".wpskeys"):
        found = desk.store.path.with_suffix(suffix)
        shutil.copy(found, office.folder / "copy" / found.name)
    places = (office.folder, office.folder / "copy")
    opened = [open_desk(place / desk.store.path.name, PASSPHRASE, clock=office.clock) for place in places]
    office.desks += opened
    return opened[0], opened[1]


@pytest.fixture(scope="module")
def second(first: First) -> Desk:
    """A new desk of UD's, with keys of its own, into which the archive has been loaded."""
    empty = first.office.desk("UD")
    load_archive(empty, first.made.path, first.made.root_fingerprint)
    return empty


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def empty(first: First) -> Desk:
    """Another, into which nothing can be loaded."""
    return first.office.desk("UD")


def test_what_was_loaded_is_archived_again_file_by_file(first: First, second: Desk) -> None:
    again = archive(second, YEAR, first.office.folder / "again")
    before, after = files(first.made.path), files(again.path)
    (earlier,) = (name for name in after if name.startswith("earlier/"))
    assert after.keys() - before.keys() == {earlier}
    assert after[earlier] == before["trust.pem"]
    assert before.keys() <= after.keys()
    other = {name for name in before if before[name] != after[name]}
    assert other == MADE_ANEW | TOLD_AGAIN
    was, now = ([{**line, "number": 0} for line in json.loads(each["journal.json"])] for each in (before, after))
    assert [line for line in now if line in was] == was
    assert [line["what"] for line in now if line not in was] == ["store-created", "desk-created", "archive-loaded"]
    script = ["sh", str(again.path / "verify-all.sh"), str(again.path / "root.pem")]
    checked = subprocess.run(script, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count("OK   submissions/") == 5


def test_the_desk_knows_what_the_first_one_knew(first: First, second: Desk) -> None:
    for known in (
        lambda desk: require_call(desk, YEAR),
        lambda desk: inbox(desk, YEAR),
        lambda desk: coverage(desk, YEAR).cells,
        lambda desk: sources(desk, YEAR),
        lambda desk: conflicts(desk, YEAR),
        lambda desk: review(desk, FD, YEAR),
        lambda desk: notes(desk, FD, YEAR),
        lambda desk: extensions(desk, YEAR),
        lambda desk: meetings(desk, YEAR),
        lambda desk: work(desk, YEAR),
        lambda desk: releases(desk, YEAR),
    ):
        assert known(second) == known(first.ud)
    assert releases(second, YEAR)[0].by == "Kari"
    assert sum(line.what == "received" for line in journal(second)) == 5


def test_a_year_is_loaded_once(first: First, second: Desk) -> None:
    with pytest.raises(YearHeldAlready):
        load_archive(second, first.made.path)


def test_the_root_is_compared_by_a_person(first: First, empty: Desk) -> None:
    with pytest.raises(ArchiveRootUnknown) as refused:
        load_archive(empty, first.made.path)
    assert refused.value.fingerprint == first.made.root_fingerprint
    with pytest.raises(FingerprintMismatch):
        load_archive(empty, first.made.path, "12345 " * 8)
    assert_empty(empty)


# -- what does not hold ------------------------------------------------------------------------------


def turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def a_submission(folder: Path) -> None:
    turned(min(folder.glob("submissions/fd*/submission.asice")))


def a_release(folder: Path) -> None:
    turned(next(folder.glob("report/1/*.json")))


def the_list(folder: Path) -> None:
    turned(folder / "sha256.txt")


def one_lost(folder: Path) -> None:
    next(folder.glob("sent/call_*")).unlink()


def one_more(folder: Path) -> None:
    (folder / "sent" / "more.asice").write_bytes(b"x")


def a_link(folder: Path) -> None:
    (folder / "journal.json").rename(folder / "other")
    (folder / "journal.json").symlink_to(folder / "other")


def no_list(folder: Path) -> None:
    (folder / "sha256.p7s").unlink()


@pytest.mark.parametrize(
    ("spoil", "refused", "named"),
    [
        (a_submission, ArchiveAltered, "submission.asice"),
        (a_release, ArchiveAltered, "report/1/"),
        (the_list, ArchiveNotSigned, ""),
        (one_lost, ArchiveLacks, "sent/call_"),
        (one_more, ArchiveHasMore, "sent/more.asice"),
        (a_link, ArchiveHasMore, "journal.json"),
        (no_list, NotAnArchive, "sha256.p7s"),
    ],
)
def test_what_is_altered_lost_or_added_is_named_and_nothing_is_taken_in(
    first: First, tmp_path: Path, empty: Desk, spoil: Callable[[Path], None], refused: type[WpsError], named: str
) -> None:
    shutil.copytree(first.made.path, tmp_path / "archive")
    spoil(tmp_path / "archive")
    with pytest.raises(refused) as fault:
        load_archive(empty, tmp_path / "archive", first.made.root_fingerprint)
    assert named in getattr(fault.value, "name", "")
    assert_empty(empty)


def assert_empty(desk: Desk) -> None:
    assert {line.what for line in journal(desk)} == {"store-created", "desk-created"}
    assert inbox(desk, YEAR) == ()
    with desk.store.read() as tx:
        assert not any(documents(tx, kind) for kind in ("call", "proof", "release", "earlier-root"))


@pytest.mark.parametrize("name", ["receipt.asice", "submission.asice", "trust.pem"])
def test_what_uds_own_key_has_listed_must_still_hold_by_itself(
    first: First, empty: Desk, tmp_path: Path, name: str
) -> None:
    """Whoever has UD's key can sign a list over anything: another's bundle in the place of this one is refused."""
    folder = tmp_path / "archive"
    shutil.copytree(first.made.path, folder)
    one, two = (folder / "submissions" / each for each in folders(folder, "fd", "jd"))
    shutil.copy(two / name, one / name)
    listed_anew(first.ud, folder)
    with pytest.raises(ArchivePieceFails) as fault:
        load_archive(empty, folder, first.made.root_fingerprint)
    assert fault.value.name.startswith(one.relative_to(folder).as_posix())
    assert_empty(empty)


def folders(folder: Path, *units: str) -> list[str]:
    return [min(path.name for path in (folder / "submissions").glob(f"{unit}_*")) for unit in units]


def listed_anew(ud: Desk, folder: Path) -> None:
    """Sign the list of the files as they are now."""
    lines = (folder / "sha256.txt").read_text("ascii").splitlines()
    names = [line.split("  ", 1)[1] for line in lines[1:]]
    told = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in names]
    listing = "\n".join([lines[0], *told, ""]).encode("ascii")
    with ud.store.read() as tx:
        signature = sign_manifest(listing, signer_of(tx), ud.clock())
    (folder / "sha256.txt").write_bytes(listing)
    (folder / "sha256.p7s").write_bytes(signature)
