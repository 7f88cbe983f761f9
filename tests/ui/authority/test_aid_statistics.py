"""Aid statistics in the window: a file is looked into, mended, taken in, shown, joined to the plan, removed."""

from __future__ import annotations

from pathlib import Path

from tests.intake.aid_files import ACTIVITIES, WRONG, table
from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.compilation.aid_figures import AidBy
from wpsdesk.desk.publication.statistics import statistics
from wpsdesk.ui.authority.aid_statistics import AGREEMENTS, AidStatisticsPage


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_file_with_faults_says_where_and_a_mended_one_is_taken_in_shown_and_removed(
    office: Office, show: Show, choose, tmp_path: Path
) -> None:
    ud = office.ud()
    shown = show(ud, "en")
    page = shown.page("statistics")
    assert isinstance(page, AidStatisticsPage)
    assert not page.remove_button.isEnabled()
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_bytes(WRONG["words.csv"])
    good.write_bytes(table())

    choose(files=(bad,))
    page.load_button.click()
    shown.settle()
    cells = page.card.faults.rows
    faults = {cells.columns[0].text(one): cells.columns[1].text(one) for one in cells.values}
    assert faults.keys() >= {"A3", "B3", "D2", "E2", "F2"}
    assert "“yes” is not a gender marker" in faults["E2"]
    assert not page.take_button.isEnabled()

    assert page.accept_file_drop([str(good)])  # the mended one is dropped on the page
    shown.settle()
    assert "5 rows for 2026, NOK 4,200,000.5 in all" in _plain(page.card.told)
    assert {one.key: int(one.after) for one in page.card.changes.rows.values}["JO"] == 2_400_000
    page.take_button.click()
    assert page.card.source_field.error, "who the figures come from is asked for"
    assert statistics(ud, page.card.chosen_year) is None
    page.card.source.setText("Norad")
    page.take_button.click()
    shown.settle()

    assert shown.told[-1] == ("success", "The statistics for 2026 are taken in.")
    assert [row[0] for row in page.sums.rows.values][:2] == ["Jordan", "Somalia"]
    assert "Jordan: not screened 2,400,000" in _plain(page.picture.accessibleDescription())
    for by in AidBy:
        page.by.choose(by)
        page.by.activated.emit(0)
        assert page.sums.rows.values, by
        assert page.picture.heightForWidth(600) > 30, by

    page.remove_button.click()
    page.removing.remove_button.click()
    assert statistics(ud, page.card.chosen_year) is None
    assert page.load_button.isVisible()
    assert not page.remove_button.isEnabled()


def test_an_officer_puts_an_agreement_under_commitments_and_takes_it_back(
    office: Office, show: Show, tmp_path: Path
) -> None:
    ud = office.ud()
    shown = show(ud, "en")
    page = shown.page("statistics")
    assert isinstance(page, AidStatisticsPage)
    path = tmp_path / "aid.xml"
    path.write_bytes(ACTIVITIES)
    page.look_into(path)
    shown.settle()
    page.card.source.setText("Norad")
    page.take_button.click()
    shown.settle()

    def stands() -> list[str]:
        return [page.agreements.rows.columns[-1].text(one) for one in page.agreements.rows.values]

    page.by.choose(AGREEMENTS)
    page.by.activated.emit(0)
    assert set(stands()) == {"under no commitment"}
    page.join_button.click()
    page.joining.line.setText("8; tolv")
    page.joining.keep_button.click()
    assert page.joining.field.error
    page.joining.line.setText("99")
    page.joining.keep_button.click()
    assert "no commitment 99" in page.joining.field.error
    page.joining.line.setText("12, 8")
    assert page.joining.titles.text().startswith("8 ")
    page.joining.keep_button.click()
    assert stands() == ["8, 12 (the Ministry says so)", "under no commitment"]
    page.by.choose(AidBy.COMMITMENT)
    page.by.activated.emit(0)
    assert [row[0].split()[0] for row in page.sums.rows.values] == ["8", "12"]

    page.by.choose(AGREEMENTS)
    page.by.activated.emit(0)
    page.join_button.click()
    page.joining.line.clear()
    page.joining.keep_button.click()
    assert set(stands()) == {"under no commitment"}
