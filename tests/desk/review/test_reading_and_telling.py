"""UD's officer at work: who it is, standard reasons, what an answer is held against, and replies to all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.model import Desk
from wpsdesk.desk.officers import officer_of, sign_in
from wpsdesk.desk.review.comparing import decided_version, language_written, of_others
from wpsdesk.desk.review.reasons import add_reason, reasons, remove_reason
from wpsdesk.desk.review.replying import Replied
from wpsdesk.desk.review.replying_to_all import reply_to_all, untold
from wpsdesk.desk.review.review_errors import AnsweredMeanwhile, NoSuchReason
from wpsdesk.desk.review.reviewing import Judgement, decide, review
from wpsdesk.desk.review.standing import standing_report
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import Decision

FD, JD = UnitCode("FD"), UnitCode("JD")
TEN = EntryKey(CommitmentNumber(10), None)


@pytest.fixture
def both(office: Office) -> tuple[Desk, Desk]:
    """UD with reports from FD and JD in its inbox, and FD."""
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(10))
    jd = office.answered(office.enrolled(ud, "JD"), answer(10, text="Politiet trente."))
    for desk, name in ((fd, "fd"), (jd, "jd")):
        receive_one(ud, export(desk, YEAR, office.folder / f"{name}.asice.cms", approved_by="Ola").path)
    return ud, fd


def sends_again(ud: Desk, fd: Desk, office: Office, text: str) -> None:
    office.answered(fd, answer(10, text=text))
    receive_one(ud, export(fd, YEAR, office.folder / f"{len(text)}.asice.cms", approved_by="Ola").path)


def test_the_officers_name_is_remembered_on_the_desk_alone(both: tuple[Desk, Desk]) -> None:
    ud, _ = both
    assert officer_of(ud) == ""
    assert sign_in(ud, "  Kari \n Nordmann ") == "Kari Nordmann"
    assert officer_of(ud) == "Kari Nordmann"


def test_an_answer_that_came_while_another_was_read_is_not_decided_unread(
    both: tuple[Desk, Desk], office: Office
) -> None:
    ud, fd = both
    read = {each.key: each for each in review(ud, FD, YEAR)}
    sends_again(ud, fd, office, "Noe ganske annet.")
    with pytest.raises(AnsweredMeanwhile):
        decide(ud, FD, YEAR, (Judgement(key=TEN, is_accepted=True, seen=0, read=read[TEN].said),), officer="Kari")
    one = EntryKey(CommitmentNumber(1), None)  # says what it said: the decision holds of the new report too
    decide(ud, FD, YEAR, (Judgement(key=one, is_accepted=True, seen=0, read=read[one].said),), officer="Kari")
    assert {each.key: each.decision for each in review(ud, FD, YEAR)} == {TEN: None, one: Decision.ACCEPTED}


def test_a_new_answer_is_held_against_the_accepted_one_and_not_against_the_returned_one(
    both: tuple[Desk, Desk], office: Office
) -> None:
    ud, fd = both
    assert decided_version(ud, FD, YEAR, TEN) is None
    decide(ud, FD, YEAR, (Judgement(key=TEN, is_accepted=True),), officer="Kari")
    sends_again(ud, fd, office, "Annen innsats.")
    decide(ud, FD, YEAR, (Judgement(key=TEN, is_accepted=False, reason="Hvor?"),), officer="Kari")
    sends_again(ud, fd, office, "Tredje innsats i Somalia.")
    found = decided_version(ud, FD, YEAR, TEN)
    assert found is not None
    assert (found.entry.effort.text, found.seq, found.decision) == ("Innsats i året.", 1, Decision.ACCEPTED)


def test_what_others_say_on_the_same_commitment_stands_beside(both: tuple[Desk, Desk]) -> None:
    ud, _ = both
    assert [(o.unit, o.entry.effort.text) for o in of_others(ud, FD, YEAR, TEN)] == [("JD", "Politiet trente.")]
    assert of_others(ud, FD, YEAR, EntryKey(CommitmentNumber(1), None)) == ()
    assert language_written(standing_report(ud, FD, YEAR).report) == "nb"


def test_all_that_have_something_coming_get_a_file_each_and_nobody_twice(
    both: tuple[Desk, Desk], tmp_path: Path
) -> None:
    ud, _ = both
    for unit in (FD, JD):
        decide(ud, unit, YEAR, (Judgement(key=TEN, is_accepted=True),), officer="Kari")
    assert untold(ud, YEAR) == (FD, JD)
    done = reply_to_all(ud, YEAR, tmp_path / "svar")
    assert all(isinstance(one, Replied) and one.path.exists() for one in done)
    assert len({one.path for one in done if isinstance(one, Replied)}) == 2
    assert untold(ud, YEAR) == ()
    assert reply_to_all(ud, YEAR, tmp_path / "svar") == ()


def test_uds_own_reasons_stand_after_the_programs_and_only_they_can_go(both: tuple[Desk, Desk]) -> None:
    ud, _ = both
    shipped = reasons(ud)
    assert all(all((r.texts.nb, r.texts.nn, r.texts.en)) for r in shipped)
    assert len(shipped) >= 5
    own = add_reason(ud, nb="Se brevet.", nn="", en="See the letter.")
    assert reasons(ud)[-1].text("nn") == "Se brevet."
    assert own.number is not None
    remove_reason(ud, own.number)
    assert reasons(ud) == shipped
    with pytest.raises(NoSuchReason):
        remove_reason(ud, own.number)
