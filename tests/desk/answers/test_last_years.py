"""Last year's answer stands beside this year's, from the commitments that it was given on when the plan was another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit import YEAR, Office, answer
from tests.plan.succession_files import later_plan, succession
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.desk.answers import last_years as room
from wpsdesk.desk.answers.drafting import begun, save
from wpsdesk.desk.answers.last_years import last_years
from wpsdesk.desk.answers.measures import measures
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import catalogue
from wpsdesk.messages.moved import moved_words
from wpsdesk.report.model import EntryKey, Measure

NEXT = Year(YEAR + 1)


@pytest.fixture
def turned(office: Office, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answered under the first edition, and stands under one that is made up (succession_files)."""
    fd = office.enrolled(office.ud(), "FD")
    for number in (8, 9, 10, 11, 12):
        planned = Measure(title=f"Tiltaksplan {number}")
        save(fd, YEAR, replace(answer(number, text=f"Fra {number}."), measures=(planned,)))
    monkeypatch.setattr(room, "load_chain", lambda _edition: (succession(),))
    return replace(fd, plan=later_plan())


def key(number: int) -> EntryKey:
    return EntryKey(CommitmentNumber(number), None)


def told(desk: Desk, number: int) -> tuple[str, str]:
    found = last_years(desk, NEXT, key(number))
    assert found is not None
    return found.entry.effort.text, moved_words(found.origins, CommitmentNumber(number), YEAR, catalogue("nb"))


def test_a_commitment_that_was_split_merged_reworded_or_renumbered_has_its_earlier_answer_and_says_so(
    turned: Desk,
) -> None:
    assert told(turned, 9)[0] == "Fra 8."
    assert "en del av tiltak 8 i planen 2023-2030, som er delt" in told(turned, 9)[1]
    text, words = told(turned, 10)
    assert text == "Fra 9.\n\nFra 10."
    assert "tiltakene 9 og 10" in words
    assert told(turned, 11)[0] == "Fra 12.", "and not that of the dropped 11"
    assert "omformulert" in told(turned, 11)[1]
    assert last_years(turned, NEXT, key(12)) is None, "nothing was answered on what it was, 13"


def test_a_measure_goes_on_in_one_place_also_where_its_commitment_was_split(turned: Desk) -> None:
    listed = [(line.key.commitment, line.measure.title) for line in measures(turned, NEXT)]
    assert listed == [
        (8, "Tiltaksplan 8"), (10, "Tiltaksplan 9"), (10, "Tiltaksplan 10"), (11, "Tiltaksplan 12"),
    ]  # fmt: skip
    assert begun(turned, NEXT, key(9)).measures == ()


def test_under_the_same_plan_nothing_is_said_of_it(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"), answer(1, text="I fjor."))
    found = last_years(fd, NEXT, key(1))
    assert found is not None
    assert (found.entry.effort.text, found.origins) == ("I fjor.", ())
