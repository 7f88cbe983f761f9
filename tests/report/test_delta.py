"""A delta makes exactly the later report of the earlier one, and says nothing of what has not changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.strategies import entries, evidence
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import BundleId, CommitmentNumber, UnitCode, Year
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.codec import report_to_json
from wpsdesk.report.delta import Delta, delta_from, delta_to_json, difference, merged
from wpsdesk.report.model import Entry, EntryKey, Evidence, Report, in_order

PLAN = load_plan()
REPLY = BundleId("5f0c7a52-6b1e-4f0e-9d1c-0123456789ab")
BASE = sha256(b"base")


def report_with(found: list[Entry], follow_up: Evidence | None = None) -> Report:
    return Report(
        unit=UnitCode("AMM"), year=Year(2026), edition=PLAN.edition, entries=in_order(tuple(found)), follow_up=follow_up
    )


reports = st.builds(report_with, st.lists(entries, max_size=5, unique_by=lambda e: e.key), st.none() | evidence)


def between(base: Report, now: Report) -> Delta:
    return difference(base, now, reply=REPLY, digest=BASE)


@settings(max_examples=60)
@given(reports, reports, st.booleans())
def test_what_a_delta_makes_of_its_base_is_the_later_report(before: Report, extra: Report, keeps: bool) -> None:
    kept = [e for e in before.entries if not any(x.key == e.key for x in extra.entries)] if keeps else []
    now = report_with([*kept, *extra.entries], extra.follow_up)
    delta = between(before, now)
    read = delta_from(load_json(canonical_json(delta_to_json(delta)), limit=1 << 24), PLAN)
    assert report_to_json(merged(before, read)) == report_to_json(now)
    assert all(entry.key not in {e.key for e in kept} for entry in read.upserted)


@given(reports)
def test_between_two_equal_reports_there_is_nothing(found: Report) -> None:
    marked = report_with([replace(e, is_marked_ready=True) for e in found.entries], found.follow_up)
    assert between(found, marked).is_empty
    assert between(found, report_with([])).is_empty is (not found.entries and found.follow_up is None)


def test_a_delta_that_deletes_what_was_never_there_fits_on_nothing() -> None:
    one = Entry(key=EntryKey(CommitmentNumber(5)))
    delta = between(report_with([one]), report_with([]))
    with pytest.raises(ValueError, match="deletes"):
        merged(report_with([]), delta)


def test_a_delta_on_the_report_of_another_unit_is_a_mistake_of_ours() -> None:
    one = report_with([])
    for other in (replace(one, unit=UnitCode("ANK")), replace(one, year=Year(2025))):
        with pytest.raises(ValueError, match="unit"):
            between(one, other)
        with pytest.raises(ValueError, match="unit"):
            merged(other, between(one, one))
