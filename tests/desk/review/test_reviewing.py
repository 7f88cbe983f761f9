"""UD accepts and returns single answers; nobody's decision disappears without a word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kit import EITHER_STORE, YEAR, Office, answer
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.compilation.figures import CellState
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.errors import NothingReceivedFrom, OnlyTheAuthority
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import coverage
from wpsdesk.desk.review.replying import ReplyLoaded, reply
from wpsdesk.desk.review.review_errors import (
    NoSuchAnswer,
    NothingToWithdraw,
    ReasonMissing,
    ReviewedMeanwhile,
    UnderReview,
)
from wpsdesk.desk.review.reviewing import (
    Judgement,
    decide,
    history,
    lay_down,
    notes,
    returned,
    review,
    take_in_hand,
    withdraw,
    write_note,
)
from wpsdesk.desk.submission.sending import export
from wpsdesk.i18n import catalogue
from wpsdesk.messages import sentence
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import Decision

pytestmark = EITHER_STORE

FD = UnitCode("FD")


def key(number: int) -> EntryKey:
    return EntryKey(CommitmentNumber(number), None)


@pytest.fixture
def both(office: Office) -> tuple[Desk, Desk]:
    """UD with a report from FD in its inbox, and FD."""
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(10))
    receive_one(ud, export(fd, YEAR, office.folder, approved_by="Ola").path)
    return ud, fd


def decisions(ud: Desk) -> dict[int, Decision | None]:
    return {each.key.commitment: each.decision for each in review(ud, FD, YEAR)}


def test_what_is_decided_stands_in_the_coverage_and_goes_to_the_unit(
    both: tuple[Desk, Desk], office: Office, tmp_path: Path
) -> None:
    ud, fd = both
    by = date(2027, 4, 1)
    decide(
        ud,
        FD,
        YEAR,
        (
            Judgement(key=key(1), is_accepted=True),
            Judgement(key=key(10), is_accepted=False, reason="Hvilket land?", answer_by=by),
        ),
        officer="Kari",
    )
    cells = coverage(ud, YEAR).cells
    assert cells[FD, CommitmentNumber(1)] is CellState.ACCEPTED
    assert cells[FD, CommitmentNumber(10)] is CellState.RETURNED
    loaded = receive_one(fd, reply(ud, FD, YEAR, tmp_path).path)
    assert isinstance(loaded, ReplyLoaded)
    told = {v.key.commitment: (v.is_accepted, v.reason, v.answer_by) for v in loaded.reply.verdicts}
    assert told == {1: (True, "", None), 10: (False, "Hvilket land?", by)}


def test_a_decision_can_be_undone_until_the_unit_is_told(both: tuple[Desk, Desk], tmp_path: Path) -> None:
    ud, _ = both
    decide(ud, FD, YEAR, (Judgement(key=key(1), is_accepted=False, reason="?"),), officer="Kari")
    withdraw(ud, FD, YEAR, (key(1),), officer="Kari")
    assert decisions(ud) == {1: Decision.WITHDRAWN, 10: None}
    assert coverage(ud, YEAR).cells[FD, CommitmentNumber(1)] is CellState.RECEIVED
    decide(ud, FD, YEAR, (Judgement(key=key(1), is_accepted=True),), officer="Kari")
    reply(ud, FD, YEAR, tmp_path)
    with pytest.raises(NothingToWithdraw):
        withdraw(ud, FD, YEAR, (key(1),), officer="Kari")
    assert decisions(ud)[1] is Decision.ACCEPTED
    assert [step.decision for step in history(ud, FD, YEAR, key(1))] == ["returned", "withdrawn", "accepted"]


def test_a_new_answer_puts_the_decision_on_the_old_one_aside(both: tuple[Desk, Desk], office: Office) -> None:
    ud, fd = both
    judgements = tuple(Judgement(key=key(n), is_accepted=False, reason="Si mer") for n in (1, 10))
    decide(ud, FD, YEAR, judgements, officer="Kari")
    office.answered(fd, answer(10, text="Innsats i Somalia."))
    receive_one(ud, export(fd, YEAR, office.folder, approved_by="Ola").path)
    assert decisions(ud) == {1: Decision.RETURNED, 10: Decision.CHANGED}
    assert [each.key.commitment for each in returned(ud, YEAR)] == [1]
    assert coverage(ud, YEAR).cells[FD, CommitmentNumber(10)] is CellState.RECEIVED


def test_the_one_who_comes_second_sees_what_the_first_decided(both: tuple[Desk, Desk]) -> None:
    ud, _ = both
    seen = {each.key: each.step for each in review(ud, FD, YEAR)}
    decide(ud, FD, YEAR, (Judgement(key=key(1), is_accepted=True, seen=seen[key(1)]),), officer="Kari")
    late = Judgement(key=key(1), is_accepted=False, reason="Uklart", seen=seen[key(1)])
    fine = Judgement(key=key(10), is_accepted=True, seen=seen[key(10)])
    with pytest.raises(ReviewedMeanwhile) as caught:
        decide(ud, FD, YEAR, (fine, late), officer="Ola")
    assert (caught.value.officer, caught.value.decision) == ("Kari", "accepted")
    assert decisions(ud) == {1: Decision.ACCEPTED, 10: None}, "all of them or none"


def test_what_one_officer_has_in_hand_is_not_decided_by_another(both: tuple[Desk, Desk], office: Office) -> None:
    ud, _ = both
    take_in_hand(ud, FD, YEAR, key(1), officer="Kari")
    accept = (Judgement(key=key(1), is_accepted=True),)
    with pytest.raises(UnderReview) as caught:
        decide(ud, FD, YEAR, accept, officer="Ola")
    assert caught.value.officer == "Kari"
    assert next(r.in_hand for r in review(ud, FD, YEAR) if r.key == key(1)) is not None
    lay_down(ud, FD, YEAR, key(1), officer="Ola")  # not Ola's to lay down
    with pytest.raises(UnderReview):
        take_in_hand(ud, FD, YEAR, key(1), officer="Ola")
    office.clock.wind(minutes=31)
    decide(ud, FD, YEAR, accept, officer="Ola")
    assert decisions(ud)[1] is Decision.ACCEPTED


def test_a_return_without_a_reason_is_refused(both: tuple[Desk, Desk]) -> None:
    ud, _ = both
    with pytest.raises(ReasonMissing):
        decide(ud, FD, YEAR, (Judgement(key=key(1), is_accepted=False, reason="  "),))
    assert decisions(ud) == {1: None, 10: None}


def test_only_answers_that_have_come_can_be_decided(both: tuple[Desk, Desk]) -> None:
    ud, fd = both
    with pytest.raises(NoSuchAnswer):
        decide(ud, FD, YEAR, (Judgement(key=key(11), is_accepted=True),))
    with pytest.raises(NothingReceivedFrom) as nothing:
        review(ud, UnitCode("JD"), YEAR)
    assert f"fra JD for {YEAR}" in str(sentence(nothing.value, catalogue("nb")))
    with pytest.raises(OnlyTheAuthority):
        review(fd, FD, YEAR)


def test_a_note_stays_at_ud(both: tuple[Desk, Desk], tmp_path: Path) -> None:
    ud, fd = both
    write_note(ud, FD, YEAR, key(1), "Spør Ås først", officer="Kari")
    assert [(n.officer, n.text) for n in notes(ud, FD, YEAR)] == [("Kari", "Spør Ås først")]
    loaded = receive_one(fd, reply(ud, FD, YEAR, tmp_path).path)
    assert isinstance(loaded, ReplyLoaded)
    assert "Ås" not in repr(loaded.reply)


def test_what_was_returned_ages_until_it_comes_back(both: tuple[Desk, Desk], office: Office) -> None:
    ud, _ = both
    due = office.clock.now.date().replace(day=10)
    decide(ud, FD, YEAR, (Judgement(key=key(1), is_accepted=False, reason="Si mer", answer_by=due),))
    office.clock.wind(days=14)
    (one,) = returned(ud, YEAR)
    assert (one.days, one.late, one.is_told) == (14, 5, False)
