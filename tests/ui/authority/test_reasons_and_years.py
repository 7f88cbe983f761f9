"""Standard reasons in three languages, and years side by side, in UD's window."""

from __future__ import annotations

from datetime import date

from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.desk.call.calling import CallDraft, create_call
from wpsdesk.desk.review.reasons import reasons
from wpsdesk.plan.model import Names
from wpsdesk.ui.authority.coverage import CoveragePage
from wpsdesk.ui.authority.reasons_dialog import ReasonsDialog


def own(desk) -> list[Names]:
    return [each.texts for each in reasons(desk) if each.number is not None]


def test_a_standard_reason_is_added_changed_and_taken_away_in_three_languages(office: Office, show: Show) -> None:
    shown = show(office.ud())
    ud = shown.context.desk
    written = Names(nb="Hvem?", nn="", en="")
    dialog = ReasonsDialog(shown.view, ud, shown.context.say, "nb", written)
    dialog.keep()
    assert not own(ud), "two languages are missing"
    texts = Names(nb="Hvem?", nn="Kven?", en="Who?")
    dialog.words.show_texts(texts)
    dialog.keep()
    assert own(ud) == [texts]
    dialog.list.table.setCurrentIndex(dialog.list.rows.index(0, 0))
    dialog.edit()
    dialog.words.show_texts(Names(nb="Hvem da?", nn="Kven då?", en="Who then?"))
    dialog.keep()
    assert own(ud) == [Names(nb="Hvem da?", nn="Kven då?", en="Who then?")]


def test_years_stand_side_by_side_and_can_be_narrowed_to_what_was_never_reported(office: Office, show: Show) -> None:
    ud = office.ud()
    create_call(ud, CallDraft(year=2025, deadline=date(2027, 3, 1)))
    shown = show(ud)
    page = shown.page("coverage")
    assert isinstance(page, CoveragePage)
    page.compare_button.click()
    shown.settle()
    dialog = page.side_by_side
    whole = len(dialog.table.rows.values)
    assert whole > 50
    assert dialog._grid.heads == ("2025", "2026")
    dialog.never.setChecked(True)
    assert len(dialog.table.rows.values) == whole, "nobody has reported anything yet"
    assert dialog.table.rows.values[0].remark == "aldri rapportert"
