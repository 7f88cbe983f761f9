"""Filling in: drafts, states, answers from a file, evidence."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.errors import Cancelled, DiskFull, FileMissing, FileUnreadable
from wpsdesk.base.ids import CommitmentNumber, CountryCode
from wpsdesk.desk.answers.drafting import entry, entry_problems, fill, mark_ready, problems, report, rows, save, unmark
from wpsdesk.desk.errors import NoEvidence, NotReady
from wpsdesk.desk.evidence.attaching import attach, detach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export, parcel, sent_bundles
from wpsdesk.report.answers import Answers, answers_to_json
from wpsdesk.report.checks import Severity
from wpsdesk.report.model import Entry, EntryKey, Part, Passage, Status
from wpsdesk.report.states import EntryState


@pytest.fixture
def fd(office: Office) -> Desk:
    return office.enrolled(office.ud(), "FD")


def test_the_list_shows_what_is_asked_and_how_far_it_has_come(fd: Desk) -> None:
    assert len(rows(fd, YEAR)) == 16
    save(fd, YEAR, answer(1))
    save(fd, YEAR, replace(answer(2), is_marked_ready=False))
    save(fd, YEAR, answer(5))
    states = {row.key.commitment: (row.state, row.is_asked) for row in rows(fd, YEAR)}
    assert states[CommitmentNumber(1)] == (EntryState.READY, True)
    assert states[CommitmentNumber(2)] == (EntryState.DRAFT, True)
    assert states[CommitmentNumber(3)] == (EntryState.EMPTY, True)
    assert states[CommitmentNumber(5)] == (EntryState.READY, False)


def test_an_unwritten_entry_knows_the_units_part(fd: Desk) -> None:
    assert entry(fd, YEAR, EntryKey(CommitmentNumber(1))).part is Part.RESPONSIBLE
    assert entry(fd, YEAR, EntryKey(CommitmentNumber(5))).part is Part.CONTRIBUTOR


def test_an_entry_with_blockers_cannot_be_marked_ready_nor_stay_so(fd: Desk) -> None:
    key = EntryKey(CommitmentNumber(1))
    with pytest.raises(NotReady):
        mark_ready(fd, YEAR, key)
    save(fd, YEAR, replace(answer(1), is_marked_ready=False))
    assert mark_ready(fd, YEAR, key).is_marked_ready
    assert save(fd, YEAR, replace(entry(fd, YEAR, key), effort=Passage())) is EntryState.DRAFT
    assert not entry(fd, YEAR, key).is_marked_ready
    save(fd, YEAR, answer(1))
    assert not unmark(fd, YEAR, key).is_marked_ready


def test_what_is_missing_is_told_by_commitment(fd: Desk) -> None:
    save(fd, YEAR, answer(1))
    found = problems(fd, YEAR)
    assert {p.severity for p in found} == {Severity.MISSING}
    assert [p.key.commitment for p in found] == [2, 3, 4, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 30]
    assert entry_problems(fd, answer(1)) == ()


def test_a_file_of_answers_marks_ready_what_has_no_blocker(fd: Desk) -> None:
    half = replace(answer(2), results=Passage())
    told = Answers(unit="FD", year=YEAR, are_ready=True, entries=(answer(1), half))
    filled = fill(fd, canonical_json(answers_to_json(told)))
    assert (len(filled.keys), filled.ready, len(filled.problems)) == (2, 1, 1)
    assert parcel(fd, YEAR).entries == 1
    assert parcel(fd, YEAR).drafts_left == 1


def test_a_file_of_answers_keeps_the_evidence_that_is_there(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    attach(fd, YEAR, answer(1).key, [tmp_path / "a.txt"])
    told = Answers(unit=None, year=None, are_ready=True, entries=(answer(1),))
    fill(fd, canonical_json(answers_to_json(told)))
    assert [e.name for e in entry(fd, YEAR, answer(1).key).evidence] == ["a.txt"]


def test_the_same_file_is_attached_once(fd: Desk, tmp_path: Path) -> None:
    one, two = tmp_path / "én.txt", tmp_path / "to.txt"
    one.write_text("samme innhold")
    two.write_text("samme innhold")
    found = attach(fd, YEAR, answer(1).key, [one, two])
    assert [e.name for e in found.evidence] == ["én.txt"]
    assert [e.name for e in attach(fd, YEAR, answer(1).key, [two]).evidence] == ["én.txt"]


def test_evidence_can_be_taken_off_once(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (held,) = attach(fd, YEAR, answer(1).key, [tmp_path / "a.txt"]).evidence
    assert detach(fd, YEAR, answer(1).key, held.digest).evidence == ()
    with pytest.raises(NoEvidence):
        detach(fd, YEAR, answer(1).key, held.digest)


def test_evidence_that_has_vanished_changes_nothing(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(FileMissing):
        attach(fd, YEAR, answer(1).key, [tmp_path / "a.txt", tmp_path / "gone.txt"])
    with pytest.raises(FileUnreadable):
        attach(fd, YEAR, answer(1).key, [tmp_path])
    assert entry(fd, YEAR, answer(1).key).evidence == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_evidence_that_may_not_be_read_changes_nothing(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(FileUnreadable):
        attach(fd, YEAR, answer(1).key, [tmp_path / "a.txt"])


def test_attaching_can_be_stopped_and_then_nothing_is_attached(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * (3 << 20))

    def stop(done: int, _total: int) -> None:
        if done >= 1 << 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        attach(fd, YEAR, answer(1).key, [tmp_path / "big"], progress=stop)
    assert entry(fd, YEAR, answer(1).key).evidence == ()


def test_an_export_that_is_stopped_leaves_neither_file_nor_number(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(os.urandom(3 << 20))
    save(fd, YEAR, answer(1))
    attach(fd, YEAR, answer(1).key, [tmp_path / "big"])
    out = tmp_path / "out"
    out.mkdir()

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        export(fd, YEAR, out, progress=stop)
    assert list(out.iterdir()) == []
    assert sent_bundles(fd, YEAR) == ()
    assert export(fd, YEAR, out).seq == 1


def test_an_export_to_a_full_disk_leaves_neither_file_nor_number(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(os.urandom(1 << 20))
    save(fd, YEAR, answer(1))
    attach(fd, YEAR, answer(1).key, [tmp_path / "big"])
    stick = tmp_path / "stick"
    stick.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(stick)], check=False).returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        with pytest.raises(DiskFull):
            export(fd, YEAR, stick)
        assert list(stick.iterdir()) == []
    finally:
        subprocess.run(["umount", str(stick)], check=True)
    assert sent_bundles(fd, YEAR) == ()
    assert export(fd, YEAR, tmp_path).seq == 1


def test_a_mission_fills_in_by_country(office: Office) -> None:
    unit = mission("PRET", "ZA", "MZ")
    desk = office.enrolled(office.ud(unit), unit)
    assert len(rows(desk, YEAR)) == 70
    key = EntryKey(CommitmentNumber(5), CountryCode("MZ"))
    assert entry(desk, YEAR, key).part is Part.MISSION
    silent = Entry(key=key, status=Status.NOTHING_TO_REPORT, nothing_reason=Passage(text="Ingen aktivitet."))
    save(desk, YEAR, silent)
    assert mark_ready(desk, YEAR, key).is_marked_ready
    assert {r.state for r in rows(desk, YEAR) if r.key == key} == {EntryState.NOTHING}
    assert len(report(desk, YEAR).entries) == 1
