"""Packs for meetings and the review: what is open, for whom; what recurs over the years, and what never moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.compilation.kit import AMMAN, COMPILED, PLAN, call, entry, source, text_of
from tests.kit import YEAR, Office, answer, mission
from tests.plan.succession_files import later_plan, succession
from wpsdesk.base.ids import Year
from wpsdesk.compilation.annual import setting_of
from wpsdesk.compilation.editing import UNEDITED
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.publishing import views
from wpsdesk.compilation.review_report import OfYear, review_report
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Document, Heading, Table
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.meetings.holding import About, Told, hold, raise_point
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import compile_report
from wpsdesk.desk.publication.editing_errors import NoSuchAudience
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.review.reviewing import Judgement, decide
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import Plan
from wpsdesk.report.meetings import MeetingKind
from wpsdesk.report.model import ChallengeKind, Entry, Status


@pytest.fixture
def ud(office: Office) -> Desk:
    """UD with answers of FD and of a mission, one of FD's returned and told, and a point from each kind of meeting."""
    unit = mission("NAIR", "SO")
    ud = office.ud(unit)
    hard = replace(answer(10), challenge_kinds=(ChallengeKind.FUNDING,), status=Status.STOPPED)
    for who, said in (("FD", (hard, answer(11))), (unit, (answer(7, "SO"),))):
        desk = office.answered(office.enrolled(ud, who), *said)
        receive_one(ud, export(desk, YEAR, office.folder, approved_by="Ola").path)
    fd = next(one.unit for one in office.desks if one.unit.code == "FD").code
    judged = Judgement(key=answer(11).key, is_accepted=False, reason="Hvilke øvelser?")
    decide(ud, fd, YEAR, [judged], officer="Kari")
    reply(ud, fd, YEAR, office.folder / "svar.asice.cms")
    for kind, text in ((MeetingKind.MINISTRIES, "Rådgivere"), (MeetingKind.CIVIL_SOCIETY, "Støtteordning")):
        held = hold(ud, YEAR, About(day=date(2026, 11, 1), kind=kind))
        raise_point(ud, YEAR, held.number, Told(text=text, commitment=10))
    return ud


def pack(ud: Desk, audience: str, office: Office) -> str:
    folder = office.folder / "pakker"
    made = compile_report(ud, YEAR, "nb", Edition.MEETING, folder, formats=(Format.HTML,), audience=audience)
    return made.path.read_text("utf-8")


def test_a_pack_holds_what_is_open_for_those_it_is_for_and_nothing_said_to_others(ud: Desk, office: Office) -> None:
    ministry = pack(ud, "FD", office)
    assert "Hvilke øvelser?" in ministry
    assert "Rådgivere" in ministry
    assert "Ambassaden NAIR" not in ministry
    assert "«Finansiering» er nevnt som utfordring i 1 svar." in ministry
    everybody = pack(ud, "civil-society", office)
    assert "Støtteordning" in everybody
    assert "Ambassaden NAIR" in everybody
    for said in ("Hvilke øvelser?", "Rådgivere", "INTERN"):
        assert said not in everybody
    assert "Hvilke øvelser?" not in pack(ud, "KLD", office)
    with pytest.raises(NoSuchAudience):
        pack(ud, "NAIR", office)


# -- the review ----------------------------------------------------------------------------------------


def table(tree: Document, anchor: str) -> list[tuple[str, ...]]:
    """The cells of the table under a heading."""
    blocks = list(tree.blocks())
    start = next(i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == anchor)
    found = next(block for block in blocks[start:] if isinstance(block, Table))
    return [tuple(cell.words.text for cell in row) for row in found.rows]


def test_the_review_shows_status_over_the_years_what_recurs_and_what_never_moved() -> None:
    asked = call((AMMAN, (5, 6, 7)))
    kinds = (ChallengeKind.SECURITY,)

    def of(year: int, *entries: object) -> OfYear:
        come = (source(AMMAN, *entries, year=Year(year)),)  # type: ignore[arg-type]
        return OfYear(year=Year(year), views=views(come, Edition.REVIEW, COMPILED.date(), UNEDITED, "nb"), plan=PLAN)

    still = entry(5, "JO", status=Status.UNDER_WAY, challenge_kinds=kinds)
    years = (
        of(2025, still, entry(6, status=Status.NOT_STARTED, challenge_kinds=kinds)),
        of(2026, still, entry(6, status=Status.DONE)),
    )
    setting = setting_of(
        PLAN, asked, (source(AMMAN, still),), year=Year(2026), edition=Edition.REVIEW, language="nb", compiled=COMPILED
    )
    tree = review_report(setting, years)
    never = table(tree, "never-moved")
    assert ("Ambassaden i Amman – Jordan", "I gang, 2025 og 2026") in [row[1:] for row in never]
    assert not [row for row in never if row[0].startswith("6 ")]
    assert any(row[0].startswith("7 ") and row[2] == "Aldri besvart" for row in never)
    assert [row[1:] for row in table(tree, "recurring")] == [("Sikkerhet", "2025 og 2026")]
    assert table(tree, "commitment-6") == [("Ambassaden i Amman", "Ikke startet", "Gjennomført")]
    assert tree.records is not None
    assert len(tree.records.tables) >= 4
    assert "UTKAST" in text_of(tree)


def test_years_of_two_editions_stand_in_one_table_where_commitments_were_split_merged_and_dropped() -> None:
    later, chain = later_plan(), (succession(),)

    def of(plan: Plan, year: int, *entries: Entry) -> OfYear:
        come = (source(AMMAN, *entries, year=Year(year)),)
        return OfYear(year=Year(year), views=views(come, Edition.REVIEW, COMPILED.date(), UNEDITED, "nb"), plan=plan)

    before = of(
        PLAN, 2027, entry(8, status=Status.STOPPED), entry(9, status=Status.DONE), entry(10, status=Status.UNDER_WAY),
        entry(11, status=Status.UNDER_WAY), entry(13, status=Status.NOT_STARTED),
    )  # fmt: skip
    now = (entry(9, status=Status.DONE), entry(10, status=Status.DONE), entry(12, status=Status.NOT_STARTED))
    setting = setting_of(
        later, replace(call((AMMAN, (9, 10, 12))), edition=later.edition), (source(AMMAN, *now, year=Year(2028)),),
        year=Year(2028), edition=Edition.REVIEW, language="nb", compiled=COMPILED,
    )  # fmt: skip
    tree = review_report(setting, (before, of(later, 2028, *now)), chain)
    unit = "Ambassaden i Amman"
    assert table(tree, "commitment-8") == [(unit, "Stanset", "–")], "split: stands under each part"
    assert table(tree, "commitment-9") == [(unit, "Stanset", "Gjennomført")]
    assert table(tree, "commitment-10") == [(unit, "Gjennomført; I gang", "Gjennomført")], "merged"
    assert table(tree, "commitment-12") == [(unit, "Ikke startet", "Ikke startet")], "the same under another number"
    assert (unit, "Ikke startet, 2027 og 2028") in [row[1:] for row in table(tree, "never-moved")]
    assert table(tree, "dropped-2023-2030-11") == [(unit, "I gang", "–")]
    assert "slått sammen siden" in text_of(tree)
