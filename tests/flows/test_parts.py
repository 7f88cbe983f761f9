"""A report in parts: the report first, the evidence after; any order, renamed, twice, damaged, lost, sent again."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.errors import FileExistsAlready
from wpsdesk.bundle.errors import NotABundle, PartDamaged, PartMalformed, PartSizeRefused
from wpsdesk.desk.arrivals import assembling
from wpsdesk.desk.arrivals.assembling import forget, incomplete_sets
from wpsdesk.desk.arrivals.inbox import inbox, missing_evidence
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import PartTaken, Refused, receive, receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call
from wpsdesk.desk.errors import (
    AlreadyReceived,
    NoSuchPart,
    NoSuchSet,
    NotAskedFor,
    OnlyTheAuthority,
    PartsDiffer,
    TooManySets,
)
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import sources
from wpsdesk.desk.review.replying import ReplyLoaded, reply
from wpsdesk.desk.submission.dividing import Cut, ExportedSet, export_in_parts, resend
from wpsdesk.desk.submission.sending import export
from wpsdesk.intake.relations import Relation
from wpsdesk.report.call import Asked
from wpsdesk.report.reply import MissingParts, Receipt
from wpsdesk.store.evidence import prune

SIZE = 16 << 10
EVIDENCE = 70_000


def picture(folder: Path, *, seed: int = 1) -> Path:
    """Something that no packing makes smaller."""
    path = folder / f"Bilde {seed}.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(seed).randbytes(EVIDENCE))
    return path


@pytest.fixture
def desks(office: Office, tmp_path: Path) -> tuple[Desk, Desk]:
    """UD, and FD with an answer that has a picture."""
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    attach(fd, YEAR, answer(1).key, [picture(tmp_path)])
    return ud, fd


@pytest.fixture
def cut(desks: tuple[Desk, Desk], tmp_path: Path) -> ExportedSet:
    """FD's report in parts."""
    return export_in_parts(desks[1], YEAR, tmp_path / "parts", Cut(part_size=SIZE, with_parity=True))


def paths(cut: ExportedSet) -> dict[int, Path]:
    return {part.number: part.path for part in cut.parts}


def taken(ud: Desk, path: Path) -> PartTaken:
    got = receive_one(ud, path)
    assert isinstance(got, PartTaken), got
    return got


def came(ud: Desk, order: list[Path]) -> list[Received]:
    """The reports that were received as the parts came."""
    outcomes = [file.outcome for path in order for file in taken(ud, path).files]
    assert all(isinstance(outcome, Received) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Received)]


def test_the_set_carries_the_report_alone_and_then_with_its_evidence(cut: ExportedSet) -> None:
    assert [(b.seq, b.entries, b.files) for b in cut.bundles] == [(1, 2, 0), (2, 2, 1)]
    assert cut.count == 6
    assert sorted(paths(cut)) == list(range(7))
    assert {p.name for p in paths(cut).values()} == {
        f"{cut.set_id[:12]}.parity.wpspart",
        *(f"{cut.set_id[:12]}.part{n:03d}of006.wpspart" for n in range(1, 7)),
    }
    assert [p.name for p in cut.parts[0].path.parent.iterdir() if not p.name.endswith(".wpspart")] == []


def test_the_report_is_read_and_compiled_before_the_evidence_has_come(
    desks: tuple[Desk, Desk], cut: ExportedSet
) -> None:
    ud, _ = desks
    (got,) = came(ud, [paths(cut)[1]])
    assert (got.relation, got.seq, got.files, [e.name for e in got.missing]) == (Relation.NEW, 1, 0, ["Bilde 1.png"])
    (source,) = sources(ud, YEAR)
    assert len(source.report.entries) == 2
    assert [e.name for e in missing_evidence(ud, got.digest)] == ["Bilde 1.png"]
    (one,) = incomplete_sets(ud)
    assert (one.missing, one.unit, one.taken) == ((2, 3, 4, 5, 6), "FD", ("fd_20261201_1.asice.cms",))
    (rest,) = came(ud, [paths(cut)[n] for n in range(2, 7)])
    assert (rest.relation, rest.seq, rest.files, rest.missing) == (Relation.SUPERSEDES, 2, 1, ())
    assert incomplete_sets(ud) == ()
    assert missing_evidence(ud, rest.digest) == ()


@pytest.mark.parametrize("seed", range(4))
def test_parts_come_in_any_order_under_any_name(
    desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path, seed: int
) -> None:
    ud, _ = desks
    order = [path for number, path in paths(cut).items() if number]
    random.Random(seed).shuffle(order)
    renamed = [Path(shutil.copy(path, tmp_path / f"vedlegg ({n}).bin")) for n, path in enumerate(order)]
    assert {r.seq for r in came(ud, renamed)} == {1, 2}
    assert max(row.seq for row in inbox(ud)) == 2
    assert sources(ud, YEAR)[0].seq == 2
    assert incomplete_sets(ud) == ()


def test_a_folder_of_parts_is_taken_in_as_one(desks: tuple[Desk, Desk], cut: ExportedSet) -> None:
    arrivals = receive(desks[0], [cut.parts[0].path.parent])
    assert len(arrivals) == 7
    assert not any(isinstance(a.outcome, Refused) for a in arrivals)
    assert sources(desks[0], YEAR)[0].seq == 2


def test_the_same_part_twice_changes_nothing(desks: tuple[Desk, Desk], cut: ExportedSet) -> None:
    ud, _ = desks
    assert taken(ud, paths(cut)[3]).part.is_new
    again = taken(ud, paths(cut)[3]).part
    assert (again.is_new, again.missing) == (False, (1, 2, 4, 5, 6))
    came(ud, [paths(cut)[n] for n in range(1, 7) if n != 3])
    late = taken(ud, paths(cut)[5])
    assert (late.part.is_new, late.part.missing, late.files) == (False, (), ())


@pytest.mark.parametrize("lost", range(1, 7))
def test_any_one_part_can_be_the_lost_one(desks: tuple[Desk, Desk], cut: ExportedSet, lost: int) -> None:
    ud, _ = desks
    assert {r.seq for r in came(ud, [path for n, path in paths(cut).items() if n != lost])} == {1, 2}
    assert incomplete_sets(ud) == ()


def test_a_damaged_part_is_refused_and_the_others_stay(
    desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path
) -> None:
    ud, _ = desks
    data = paths(cut)[3].read_bytes()
    changed, short, longer = tmp_path / "changed.wpspart", tmp_path / "short.wpspart", tmp_path / "longer.wpspart"
    changed.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
    short.write_bytes(data[: len(data) // 2])
    longer.write_bytes(data + b"x")
    came(ud, [paths(cut)[2]])
    for path, kind in ((changed, PartDamaged), (short, PartDamaged), (longer, PartMalformed)):
        (arrival,) = receive(ud, [path])
        assert isinstance(arrival.outcome, Refused)
        assert isinstance(arrival.outcome.error, kind), path
    assert incomplete_sets(ud)[0].missing == (1, 3, 4, 5, 6)


def test_what_is_missing_travels_in_the_reply_and_only_that_is_sent_again(
    office: Office, desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path
) -> None:
    ud, fd = desks
    came(ud, [paths(cut)[n] for n in (1, 2, 4)])
    written = reply(ud, fd.unit.code, YEAR, office.folder)
    got = receive_one(fd, written.path)
    assert isinstance(got, ReplyLoaded)
    assert got.reply.missing_parts == (MissingParts(set_id=cut.set_id, numbers=(3, 5, 6)),)
    assert len(got.reply.missing_evidence) == 1
    again = resend(fd, got.reply.missing_parts[0].numbers, tmp_path / "again", set_id=cut.set_id[:12])
    assert [part.number for part in again.parts] == [3, 5, 6]
    for part in again.parts:
        assert part.path.read_bytes() == paths(cut)[part.number].read_bytes()
    (rest,) = came(ud, [part.path for part in again.parts])
    assert (rest.seq, rest.missing) == (2, ())
    assert receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder).path).reply.missing_parts == ()
    assert export(fd, YEAR, office.folder).files == 0


def test_a_reply_asks_for_parts_also_where_the_report_itself_is_lost(
    office: Office, desks: tuple[Desk, Desk], cut: ExportedSet
) -> None:
    ud, fd = desks
    came(ud, [paths(cut)[3]])
    got = receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder).path)
    assert isinstance(got, ReplyLoaded)
    assert (got.reply.receipt, got.reply.about) == (Receipt.WARNING, None)
    assert got.reply.missing_parts == (MissingParts(set_id=cut.set_id, numbers=(1, 2, 4, 5, 6)),)


def test_parity_can_be_sent_again_too(desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path) -> None:
    (part,) = resend(desks[1], (0,), tmp_path / "again").parts
    assert part.path.read_bytes() == paths(cut)[0].read_bytes()


def test_a_part_that_never_was_and_a_set_that_never_was(
    desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path
) -> None:
    with pytest.raises(NoSuchPart):
        resend(desks[1], (7,), tmp_path / "again")
    with pytest.raises(NoSuchSet):
        resend(desks[1], (1,), tmp_path / "again", set_id="ffffffffffff" if cut.set_id[0] != "f" else "000000000000")


def test_parts_whose_evidence_is_gone_cannot_be_made_again_and_the_report_can(
    desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path
) -> None:
    fd = desks[1]
    with fd.store.write() as tx:
        assert prune(tx) == (), "what was sent is kept"
        tx.run(text("UPDATE evidence_chunks SET data = zeroblob(length(data))"))
    with pytest.raises(PartsDiffer):
        resend(fd, (3,), tmp_path / "again")
    assert list((tmp_path / "again").iterdir()) == []
    (part,) = resend(fd, (1,), tmp_path / "again").parts
    assert part.path.read_bytes() == paths(cut)[1].read_bytes()
    assert resend(fd, (1,), tmp_path / "again").parts == (part,), "where it lies already, whole, it is left"
    part.path.write_bytes(b"another")
    with pytest.raises(FileExistsAlready):
        resend(fd, (1,), tmp_path / "again")
    assert part.path.read_bytes() == b"another"


def test_without_evidence_one_file_is_cut(office: Office, tmp_path: Path) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    cut = export_in_parts(fd, YEAR, tmp_path / "parts", Cut(part_size=SIZE, with_parity=True))
    assert (len(cut.bundles), len(cut.parts)) == (1, 1)  # a spare for a single part would be that part over again
    (got,) = came(ud, [cut.parts[0].path])
    assert (got.seq, got.missing) == (1, ())


def test_changes_go_in_parts_too(office: Office, desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path) -> None:
    ud, fd = desks
    came(ud, [path for number, path in paths(cut).items() if number])
    receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder).path)
    attach(fd, YEAR, answer(2).key, [picture(tmp_path, seed=2)])
    again = export_in_parts(fd, YEAR, tmp_path / "more", Cut(part_size=SIZE), only_changes=True)
    assert [(b.seq, b.is_delta, b.files) for b in again.bundles] == [(3, True, 0), (4, False, 1)]
    (first,) = came(ud, [again.parts[0].path])
    assert (first.relation, first.is_delta, [e.name for e in first.missing]) == (
        Relation.SUPERSEDES, True, ["Bilde 2.png"],
    )  # fmt: skip
    (second,) = came(ud, [part.path for part in again.parts[1:]])
    assert (second.relation, second.missing) == (Relation.SUPERSEDES, ())


def test_a_delta_on_the_first_file_is_good_when_the_second_has_come(
    office: Office, desks: tuple[Desk, Desk], cut: ExportedSet
) -> None:
    ud, fd = desks
    came(ud, [paths(cut)[1]])
    receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder).path)
    office.answered(fd, answer(3))
    delta = export(fd, YEAR, office.folder, only_changes=True)
    came(ud, [paths(cut)[n] for n in range(2, 7)])
    got = receive_one(ud, delta.path)
    assert isinstance(got, Received)
    assert (got.relation, got.entries, got.missing) == (Relation.SUPERSEDES, 3, ())


def test_evidence_that_comes_after_a_later_report_is_held_for_it(
    office: Office, desks: tuple[Desk, Desk], cut: ExportedSet
) -> None:
    ud, fd = desks
    came(ud, [paths(cut)[1]])
    receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder).path)
    office.answered(fd, answer(3))
    receive_one(ud, export(fd, YEAR, office.folder, only_changes=True).path)
    (late,) = came(ud, [paths(cut)[n] for n in range(2, 7)])
    assert late.relation is Relation.STALE
    (source,) = sources(ud, YEAR)
    assert (source.seq, len(source.report.entries)) == (3, 3)
    assert missing_evidence(ud, source.digest) == ()
    receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder).path)
    assert export(fd, YEAR, office.folder).files == 0


def test_a_whole_file_that_had_come_by_another_way_lets_go_of_its_parts(
    office: Office, desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path
) -> None:
    ud, _ = desks
    by_hand = joined_by_hand(cut, tmp_path, range(2, 7))
    assert isinstance(receive_one(ud, by_hand), Received)
    found = [taken(ud, path) for number, path in paths(cut).items() if number]
    errors = [f.outcome.error for t in found for f in t.files if isinstance(f.outcome, Refused)]
    assert [type(e) for e in errors] == [AlreadyReceived]
    assert incomplete_sets(ud) == ()


def test_a_file_that_is_refused_keeps_its_parts_until_the_reason_has_passed(office: Office, tmp_path: Path) -> None:
    embassy = mission()
    ud = office.ud(embassy)
    desk = office.answered(office.enrolled(ud, embassy), answer(5, "SO"))
    cut = export_in_parts(desk, YEAR, tmp_path / "parts", Cut(part_size=SIZE))
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1)))  # asks the ministries alone
    (refused,) = taken(ud, cut.parts[0].path).files
    assert isinstance(refused.outcome, Refused)
    assert isinstance(refused.outcome.error, NotAskedFor)
    assert [one.missing for one in incomplete_sets(ud)] == [()]
    numbers = tuple(c.number for c in ud.plan.commitments)
    asked = (Asked(unit=embassy, commitments=numbers),)
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1), asked=asked))
    assert [r.unit for r in came(ud, [cut.parts[0].path])] == ["NAIR"]
    assert incomplete_sets(ud) == ()


def test_a_set_that_will_never_be_whole_can_be_thrown_away(desks: tuple[Desk, Desk], cut: ExportedSet) -> None:
    ud, _ = desks
    came(ud, [paths(cut)[3]])
    with pytest.raises(NoSuchSet):
        forget(ud, "")
    assert forget(ud, cut.set_id[:12]).set_id == cut.set_id
    assert incomplete_sets(ud) == ()
    assert taken(ud, paths(cut)[3]).part.is_new


def test_only_ud_takes_parts(desks: tuple[Desk, Desk], cut: ExportedSet) -> None:
    with pytest.raises(OnlyTheAuthority):
        receive_one(desks[1], paths(cut)[1])


def test_a_zip_that_is_no_part_is_no_bundle(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.wpspart", "w") as out:
        out.writestr("noe annet.json", b"{}")
    with pytest.raises(NotABundle):
        receive_one(desks[0], tmp_path / "x.wpspart")


@pytest.mark.parametrize("size", [1, 16_383, 65 << 20])
def test_parts_that_are_too_small_or_too_large_are_refused(desks: tuple[Desk, Desk], tmp_path: Path, size: int) -> None:
    with pytest.raises(PartSizeRefused):
        export_in_parts(desks[1], YEAR, tmp_path / "parts", Cut(part_size=size))
    assert not (tmp_path / "parts").exists()


def test_parts_are_written_all_or_none(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    from wpsdesk.base.errors import Cancelled

    def stop(done: int, total: int) -> None:
        if total and done > total / 2:  # some of the parts lie in the folder
            raise Cancelled

    with pytest.raises(Cancelled):
        export_in_parts(desks[1], YEAR, tmp_path / "parts", Cut(part_size=SIZE), progress=stop)
    assert list((tmp_path / "parts").iterdir()) == []
    assert export(desks[1], YEAR, tmp_path).seq == 1, "nothing was recorded as sent"


# -- by hand ---------------------------------------------------------------------------------------


def joined_by_hand(cut: ExportedSet, folder: Path, numbers: range) -> Path:
    """``for f in *.wpspart; do unzip -p $f data; done > file``, by the real programs."""
    out = folder / "by-hand.asice.cms"
    chosen = [str(paths(cut)[n]) for n in numbers]
    script = 'for part in "$@"; do unzip -p "$part" data | cat; done'
    done = subprocess.run(["sh", "-c", script, "sh", *chosen], capture_output=True, check=True)
    assert done.stderr == b""
    out.write_bytes(done.stdout)
    return out


def test_parts_rebuild_by_hand_with_unzip_and_cat(desks: tuple[Desk, Desk], cut: ExportedSet, tmp_path: Path) -> None:
    for path in paths(cut).values():
        assert subprocess.run(["unzip", "-tqq", str(path)], check=False).returncode == 0
        names = subprocess.run(["unzip", "-Z1", str(path)], capture_output=True, check=True).stdout
        assert names == b"index.json\ndata\n"
    listing = subprocess.run(["unzip", "-p", str(paths(cut)[1]), "index.json"], capture_output=True, check=True).stdout
    assert hashlib.sha256(listing).hexdigest() == cut.set_id
    for file in json.loads(listing)["files"]:
        made = joined_by_hand(cut, tmp_path, range(file["first"], file["first"] + file["count"]))
        assert hashlib.sha256(made.read_bytes()).hexdigest() == file["sha256"]
        assert isinstance(receive_one(desks[0], made), Received)


def test_only_so_many_sets_wait_at_a_time(
    desks: tuple[Desk, Desk], cut: ExportedSet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ud, fd = desks
    monkeypatch.setattr(assembling, "MOST_SETS", 1)
    came(ud, [paths(cut)[3]])
    other = export_in_parts(fd, YEAR, tmp_path / "other", Cut(part_size=SIZE))
    (arrival,) = receive(ud, [other.parts[0].path])
    assert isinstance(arrival.outcome, Refused)
    assert isinstance(arrival.outcome.error, TooManySets)
    assert taken(ud, paths(cut)[4]).part.is_new, "of a set that is here already more is taken"
