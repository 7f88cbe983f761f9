"""Two desks of one unit in the window: card, handover, both texts side by side, a choice for each field, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit import YEAR, Office, answer
from tests.ui.driving import Person
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.answers.handing_over import hand_over, load_handover, write_card
from wpsdesk.desk.answers.merging import settled, waiting
from wpsdesk.desk.model import Desk
from wpsdesk.report.model import Passage
from wpsdesk.report.sides import Side
from wpsdesk.store import drafts
from wpsdesk.ui.reporter.comparing import differing_words
from wpsdesk.ui.reporter.setup_page import SetupPage

KEY = answer(1).key


@pytest.fixture
def two(office: Office) -> tuple[Desk, Desk]:
    """Two desks of a ministry that have changed the same answer since they last met."""
    ud = office.ud()
    first, second = office.enrolled(ud, "FD"), office.enrolled(ud, "FD")
    office.answered(first, answer(1))
    card = write_card(second, office.folder / "fd.wpscard")
    load_handover(second, hand_over(first, card.path, office.folder / "a.asice.cms", YEAR).path)
    for desk, text, result in (
        (first, "Vi støttet tre møter.", "Et resultat."),
        (second, "Vi støttet to møter.", "Avtale."),
    ):
        office.clock.wind(hours=1)
        save(
            desk,
            YEAR,
            replace(entry(desk, YEAR, KEY), effort=Passage(text=text), results=Passage(text=result)),
            who="Kari",
        )
    return first, second


def both_changed(person: Person, two: tuple[Desk, Desk]) -> SetupPage:
    """The second desk in the window, with the first one's handover loaded there by hand."""
    first, second = two
    path = hand_over(first, person.folder / "fd.wpscard", person.folder / "b.asice.cms", YEAR).path
    person.sits_down_at(second)
    page = person.turns_to("setup", SetupPage)
    person.presses(page.segments.word("handover"))
    person.points_at(path, lambda: person.presses(page.handover.load_button))
    person.settles()
    person.waits(lambda: page.handover.lines.rows.values)
    return page


def versions(desk: Desk) -> set[str]:
    with desk.store.read() as tx:
        found = drafts.history(tx, YEAR, KEY, desk.plan)
    return {change.entry.effort.text for change in found if change.entry is not None}


def test_the_card_and_the_handover_are_made_with_the_window_alone(person: Person, two: tuple[Desk, Desk]) -> None:
    first, _ = two
    person.sits_down_at(first)
    page = person.turns_to("setup", SetupPage)
    person.presses(page.segments.word("handover"))
    person.points_at(person.folder / "min.wpscard", lambda: person.presses(page.handover.card_button))
    person.settles()
    assert (person.folder / "min.wpscard").is_file()
    assert "min.wpscard" in person.is_told()


def test_where_both_have_changed_an_answer_nobody_wins_until_each_field_is_chosen(
    person: Person, two: tuple[Desk, Desk]
) -> None:
    page = both_changed(person, two)
    assert page.segments.word("handover").text().endswith("1")
    assert person.on_the_disk(1).effort.text == "Vi støttet to møter."
    person.presses(page.handover.choose_button)
    panel = page.handover.panel
    assert [each.field.name for each in panel.choices] == ["effort", "results"]
    effort, results = panel.choices
    assert (effort.mine.toPlainText(), effort.other.toPlainText()) == ("Vi støttet to møter.", "Vi støttet tre møter.")
    assert not panel.save_button.isEnabled()
    person.presses(effort.sides.buttons[Side.BOTH])
    assert not panel.save_button.isEnabled()
    person.presses(results.sides.buttons[Side.THEIRS])
    person.presses(panel.save_button)
    stands = person.on_the_disk(1)
    assert stands.effort.text == "Vi støttet to møter.\n\nVi støttet tre møter."
    assert stands.results.text == "Et resultat."
    assert not stands.is_marked_ready
    assert {"Vi støttet to møter.", "Vi støttet tre møter."} <= versions(person.desk)
    assert waiting(person.desk, YEAR) == ()
    assert panel.isHidden()


def test_a_choice_is_taken_back_and_both_wait_again(person: Person, two: tuple[Desk, Desk]) -> None:
    page = both_changed(person, two)
    person.presses(page.handover.choose_button)
    person.presses(page.handover.panel.theirs_button)
    person.presses(page.handover.panel.save_button)
    assert person.on_the_disk(1).effort.text == "Vi støttet tre møter."
    (undo,) = page.handover.undo_buttons
    person.presses(undo)  # type: ignore[arg-type]
    assert person.on_the_disk(1).effort.text == "Vi støttet to møter."
    assert len(waiting(person.desk, YEAR)) == 1
    assert settled(person.desk, YEAR) == ()


def test_a_choice_can_wait_and_nothing_is_changed(person: Person, two: tuple[Desk, Desk]) -> None:
    page = both_changed(person, two)
    person.presses(page.handover.choose_button)
    person.presses(page.handover.panel.back_button)
    assert len(waiting(person.desk, YEAR)) == 1
    assert page.handover.choose_button.isVisible()


def test_the_words_that_differ_are_marked_and_no_others() -> None:
    assert differing_words("Vi støttet to møter.", "Vi støttet tre møter.") == ((11, 13),)
    assert differing_words("likt", "likt") == ()
    assert differing_words("😀 a b", "😀 a c") == ((5, 6),)
