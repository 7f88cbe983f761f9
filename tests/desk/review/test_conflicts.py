"""Two desks of a unit went on from the same place: an officer chooses, nothing is lost, and the unit is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.compilation.figures import CellState
from wpsdesk.desk.arrivals.inbox import Stands, inbox
from wpsdesk.desk.arrivals.receiving import ReplyLoaded, receive_one
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.call.extending import deadline_of, extend
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.publication.compiling import coverage, sources
from wpsdesk.desk.review.choices import Pick
from wpsdesk.desk.review.conflict_errors import AnswersNotSettled, ConflictChanged, NoteMissing, NothingChosen
from wpsdesk.desk.review.conflicts import Conflict, choose, conflicts, undo_choice
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.review.review_errors import NoMoreTime
from wpsdesk.desk.review.reviewing import Judgement, decide, returned, review
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.model import EntryKey
from wpsdesk.report.sides import Side
from wpsdesk.report.states import Decision
from wpsdesk.store.submissions import container

FD = UnitCode("FD")


def key(number: int) -> EntryKey:
    return EntryKey(CommitmentNumber(number), None)


def sends(ud: Desk, fd: Desk, office: Office, name: str) -> None:
    receive_one(ud, export(fd, YEAR, office.folder / f"{name}.asice.cms", approved_by="Ola").path)


@pytest.fixture
def forked(office: Office) -> tuple[Desk, Desk]:
    """UD with report no. 1 of FD's in force and another no. 1, from a desk that was copied before, held."""
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(10, text="Fra den ene."))
    office.desks.remove(fd)
    close_desk(fd)
    copy = office.folder / "copy"
    copy.mkdir()
    for suffix in (".wpsdesk", ".wpskeys"):
        found = fd.store.path.with_suffix(suffix)
        (copy / found.name).write_bytes(found.read_bytes())
    fd, other = (open_desk(f / fd.store.path.name, PASSPHRASE, clock=office.clock) for f in (office.folder, copy))
    office.desks += [fd, other]
    sends(ud, fd, office, "one")
    office.answered(other, answer(10, text="Fra den andre."), answer(11, text="Bare her."))
    sends(ud, other, office, "two")
    return ud, fd


def open_conflict(ud: Desk) -> Conflict:
    (found,) = conflicts(ud, YEAR)
    return found


def texts(ud: Desk) -> dict[int, str]:
    (source,) = sources(ud, YEAR)
    return {e.key.commitment: e.effort.text for e in source.report.entries}


def test_a_conflict_is_told_answer_by_answer(forked: tuple[Desk, Desk]) -> None:
    ud, _ = forked
    found = open_conflict(ud)
    assert [(d.key.commitment, d.ours is None, d.theirs is None) for d in found.differences] == [
        (10, False, False),
        (11, True, False),
    ]
    assert Side.BOTH in found.differences[0].sides
    assert Side.BOTH not in found.differences[1].sides


def test_what_is_chosen_stands_in_compilation_coverage_and_review_and_both_reports_stay(
    forked: tuple[Desk, Desk],
) -> None:
    ud, _ = forked
    found = open_conflict(ud)
    before = [_bytes(ud, row.digest) for row in inbox(ud, YEAR)]
    decide(ud, FD, YEAR, tuple(Judgement(key=key(n), is_accepted=True) for n in (1, 10)), officer="Kari")
    picks = (Pick(key=key(10), side=Side.BOTH, note="Begge gjelder."), Pick(key=key(11), side=Side.THEIRS))
    choose(ud, found.theirs.digest, picks, officer="Kari", on=found.ours.digest)
    assert texts(ud) == {1: "Innsats i året.", 10: "Fra den ene.\n\nFra den andre.", 11: "Bare her."}
    assert coverage(ud, YEAR).cells[FD, CommitmentNumber(11)] is CellState.RECEIVED
    assert {e.key.commitment: e.decision for e in review(ud, FD, YEAR)} == {
        1: Decision.ACCEPTED,
        10: Decision.CHANGED,
        11: None,
    }
    assert conflicts(ud) == ()
    assert {row.stands for row in inbox(ud, YEAR)} == {Stands.IN_FORCE, Stands.SETTLED}
    assert [_bytes(ud, row.digest) for row in inbox(ud, YEAR)] == before


def test_the_unit_is_told_which_answers_came_from_where_and_then_it_stands(
    forked: tuple[Desk, Desk], tmp_path: Path
) -> None:
    ud, fd = forked
    found = open_conflict(ud)
    picks = (Pick(key=key(10), side=Side.THEIRS, note="Nyest."), Pick(key=key(11), side=Side.OURS))
    choose(ud, found.theirs.digest, picks, officer="Kari")
    loaded = receive_one(fd, reply(ud, FD, YEAR, tmp_path).path)
    assert isinstance(loaded, ReplyLoaded)
    told = {c.key.commitment: (c.sources, c.note) for c in loaded.reply.chosen}
    assert told == {10: ((found.theirs.digest,), "Nyest."), 11: ((found.ours.digest,), "")}
    with pytest.raises(NothingChosen):
        undo_choice(ud, FD, YEAR)


def test_a_choice_can_be_undone_until_then_and_the_conflict_is_back(forked: tuple[Desk, Desk]) -> None:
    ud, _ = forked
    found = open_conflict(ud)
    choose(ud, found.theirs.digest, (Pick(key=key(10), side=Side.THEIRS), Pick(key=key(11), side=Side.THEIRS)))
    undo_choice(ud, FD, YEAR, officer="Kari")
    assert texts(ud) == {1: "Innsats i året.", 10: "Fra den ene."}
    assert open_conflict(ud) == found


def test_a_new_whole_report_takes_the_choices_place(forked: tuple[Desk, Desk], office: Office) -> None:
    ud, fd = forked
    found = open_conflict(ud)
    choose(ud, found.theirs.digest, (Pick(key=key(10), side=Side.THEIRS), Pick(key=key(11), side=Side.THEIRS)))
    office.answered(fd, answer(10, text="Siste ord."))
    sends(ud, fd, office, "three")
    assert texts(ud) == {1: "Innsats i året.", 10: "Siste ord."}


def test_changes_alone_leave_the_choice_on_other_answers(
    forked: tuple[Desk, Desk], office: Office, tmp_path: Path
) -> None:
    ud, fd = forked
    found = open_conflict(ud)
    choose(ud, found.theirs.digest, (Pick(key=key(10), side=Side.THEIRS), Pick(key=key(11), side=Side.THEIRS)))
    receive_one(fd, reply(ud, FD, YEAR, tmp_path).path)
    office.answered(fd, answer(10, text="Rettet."))
    receive_one(ud, export(fd, YEAR, office.folder / "delta.asice.cms", approved_by="Ola", only_changes=True).path)
    assert texts(ud) == {1: "Innsats i året.", 10: "Rettet.", 11: "Bare her."}


def test_half_a_choice_both_without_a_note_and_a_changed_ground_are_refused(forked: tuple[Desk, Desk]) -> None:
    ud, _ = forked
    found = open_conflict(ud)
    ten = Pick(key=key(10), side=Side.BOTH)
    with pytest.raises(AnswersNotSettled):
        choose(ud, found.theirs.digest, (ten,))
    with pytest.raises(NoteMissing):
        choose(ud, found.theirs.digest, (ten, Pick(key=key(11), side=Side.OURS)))
    with pytest.raises(ConflictChanged):
        choose(ud, found.theirs.digest, (ten, Pick(key=key(11), side=Side.OURS)), on=found.theirs.digest)
    assert open_conflict(ud) == found


def test_more_time_is_told_to_the_unit_and_nothing_is_late_until_then(
    forked: tuple[Desk, Desk], office: Office, tmp_path: Path
) -> None:
    ud, fd = forked
    with pytest.raises(NoMoreTime):
        extend(ud, FD, YEAR, date(2027, 2, 1))
    by = Judgement(key=key(1), is_accepted=False, reason="?", answer_by=date(2027, 3, 2))
    decide(ud, FD, YEAR, (by,), officer="Kari")
    extend(ud, FD, YEAR, date(2027, 3, 20), reason="Sykdom", officer="Kari")
    receive_one(fd, reply(ud, FD, YEAR, tmp_path).path)
    call = require_call(fd, YEAR)
    assert deadline_of(fd, call) == date(2027, 3, 20)
    office.clock.wind(days=100)  # 11 March: past the call's deadline and the return's day
    cells = coverage(ud, YEAR).cells
    assert cells[FD, CommitmentNumber(12)] is CellState.MISSING
    assert CellState.LATE in cells.values(), "the others are late"
    assert [each.late for each in returned(ud, YEAR)] == [0]
    office.clock.wind(days=10)
    assert coverage(ud, YEAR).cells[FD, CommitmentNumber(12)] is CellState.LATE


def _bytes(ud: Desk, digest: str) -> bytes:
    with ud.store.read() as tx:
        return b"".join(container(tx, digest))  # type: ignore[arg-type]
