"""A new focus country, and the end of one, by the call alone: without a new edition of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, answer, mission
from wpsdesk.base.ids import CountryCode
from wpsdesk.desk.answers.drafting import rows, save
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, draft_from_last, load_call
from wpsdesk.desk.call.calling_errors import EndsBeforeItBegins
from wpsdesk.desk.call.countries import with_known_countries
from wpsdesk.desk.call.listing_units import add_country, end_country
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import FocusCountry, Names
from wpsdesk.report.call import Asked

NIGER = FocusCountry(
    code=CountryCode("NE"), names=Names(nb="Niger", nn="Niger", en="Niger"), valid_from=date(2026, 1, 1), valid_to=None
)


def reopened(office: Office, desk: Desk) -> Desk:
    office.desks.remove(desk)
    path = desk.store.path
    close_desk(desk)
    again = open_desk(path, PASSPHRASE, clock=office.clock)
    office.desks.append(again)
    return again


def test_a_country_that_a_call_brings_is_asked_about_answered_sent_and_read(office: Office) -> None:
    unit = mission("NAIR", "SO")
    ud = office.ud(unit)
    nairobi = office.enrolled(ud, unit)
    add_country(ud, NIGER)
    covering = Asked(unit=replace(unit, covers=(CountryCode("SO"), CountryCode("NE"))), commitments=(answer(5).key[0],))
    draft = replace(draft_from_last(ud, YEAR, date(2027, 3, 1)), asked=(covering,))
    office.call_file.unlink()
    create_call(ud, draft, office.call_file)
    load_call(nairobi, office.call_file)
    nairobi = with_known_countries(nairobi)
    assert [row.key.country for row in rows(nairobi, YEAR)] == ["NE", "SO"]
    save(nairobi, YEAR, answer(5, "NE"))
    sent = export(nairobi, YEAR, office.folder, approved_by="Kari")
    ud = reopened(office, ud)
    receive_one(ud, sent.path)
    (row,) = inbox(ud, YEAR)
    assert received_report(ud, row.digest).entries[0].key.country == "NE"


def test_a_country_that_has_ended_before_the_year_is_not_asked_about(office: Office) -> None:
    ud = office.ud(mission("NAIR", "SO", "SS"))
    end_country(ud, CountryCode("SS"), date(2025, 12, 31))
    call = create_call(ud, draft_from_last(ud, YEAR, date(2027, 3, 1)))
    (asked,) = (each for each in call.asked if each.unit.code == "NAIR")
    assert asked.unit.covers == ("SO",)
    earlier = create_call(
        ud, CallDraft(year=2025, deadline=date(2027, 3, 1), asked=(replace(asked, unit=mission("NAIR", "SS")),))
    )
    assert next(each for each in earlier.asked if each.unit.code == "NAIR").unit.covers == ("SS",)
    with pytest.raises(EndsBeforeItBegins):
        end_country(ud, CountryCode("SO"), date(2020, 1, 1))
