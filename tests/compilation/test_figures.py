"""Who has answered what: the same figures for report, window and command line."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from tests.compilation.kit import AMMAN, FD, JUBA, PLAN, call
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.compilation.figures import SIGNS, CellState, Coverage, CoverageRow, coverage
from wpsdesk.compilation.terms import STATE

CALL = call((AMMAN, (5, 6, 33)), (FD, (1, 5)), (JUBA, (5,)))


def row(unit: str, number: int, state: CellState, country: str | None = None) -> CoverageRow:
    code = None if country is None else CountryCode(country)
    return CoverageRow(unit=UnitCode(unit), commitment=CommitmentNumber(number), country=code, state=state)


def cells(rows: Iterable[CoverageRow]) -> Coverage:
    return coverage(PLAN, CALL, tuple(rows))


def test_what_was_asked_and_has_not_come_is_missing_and_the_rest_is_not_asked() -> None:
    found = cells([])
    assert found.cell(AMMAN.code, CommitmentNumber(6)) is CellState.MISSING
    assert found.cell(AMMAN.code, CommitmentNumber(7)) is CellState.NOT_ASKED
    assert found.counts()[CellState.MISSING] == 6
    assert found.silent == found.units


def test_ministries_stand_before_missions() -> None:
    assert [unit.code for unit in cells([]).units] == ["FD", "AMMAN", "JUBA"]


def test_of_several_countries_the_state_that_asks_most_of_somebody_is_shown() -> None:
    states = [CellState.ACCEPTED, CellState.RETURNED, CellState.NOTHING]
    found = cells(row("AMMAN", 33, state, country) for state, country in zip(states, ("JO", "SY", "IQ"), strict=True))
    assert found.cell(AMMAN.code, CommitmentNumber(33)) is CellState.RETURNED


def test_an_answer_is_shown_although_another_country_says_nothing_to_report() -> None:
    found = cells([row("AMMAN", 33, CellState.NOTHING, "JO"), row("AMMAN", 33, CellState.RECEIVED, "SY")])
    assert found.cell(AMMAN.code, CommitmentNumber(33)) is CellState.RECEIVED


def test_a_unit_that_answers_unasked_stands_among_the_others() -> None:
    found = cells([row("KLD", 21, CellState.RECEIVED), row("XYZ", 2, CellState.RECEIVED)])
    assert [unit.code for unit in found.units] == ["FD", "KLD", "XYZ", "AMMAN", "JUBA"]
    assert [unit.code for unit in found.reporting] == ["KLD", "XYZ"]


def test_a_row_about_a_commitment_that_the_plan_lacks_is_left_out() -> None:
    assert cells([row("FD", 36, CellState.RECEIVED), row("FD", 0, CellState.RECEIVED)]).reporting == ()


def test_every_state_has_its_own_sign_and_its_own_word() -> None:
    assert set(SIGNS) == set(STATE) == set(CellState)
    assert len(set(SIGNS.values())) == len(set(STATE.values())) == len(CellState)
    assert [SIGNS[s] for s in (CellState.ACCEPTED, CellState.RECEIVED, CellState.RETURNED)] == ["✓", "●", "!"]
    assert [SIGNS[s] for s in (CellState.NOTHING, CellState.MISSING, CellState.NOT_ASKED)] == ["–", "☐", ""]


rows = st.lists(
    st.builds(
        row,
        st.sampled_from(["FD", "AMMAN", "JUBA", "KLD"]),
        st.integers(1, 35),
        st.sampled_from([s for s in CellState if s is not CellState.NOT_ASKED]),
        st.sampled_from([None, "JO", "SY"]),
    )
)


@given(rows)
def test_the_order_of_the_rows_changes_nothing(found: list[CoverageRow]) -> None:
    assert cells(found) == cells(reversed(found))


@given(rows)
def test_every_cell_is_counted_once(found: list[CoverageRow]) -> None:
    figures = cells(found)
    shown = [figures.cell(u.code, n) for u in figures.units for n in figures.commitments]
    assert sum(figures.counts().values()) == sum(state is not CellState.NOT_ASKED for state in shown)
    assert set(figures.reporting) | set(figures.silent) == set(figures.units)
