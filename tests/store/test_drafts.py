"""Entries under way: what is typed is kept, and every version that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.conftest import NOW
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Plan
from wpsdesk.report.model import Access, AccessScope, Entry, EntryKey, Evidence, Passage, Status
from wpsdesk.report.states import EntryState
from wpsdesk.store.drafts import (
    COALESCED,
    entries,
    entry,
    history,
    index_words_typed,
    remove_entry,
    save_entry,
    states,
)
from wpsdesk.store.search import search
from wpsdesk.store.sent import Sent, next_seq, record_sent, sent, sent_by_id
from wpsdesk.store.store import Store

YEAR = Year(2026)
KEY = EntryKey(CommitmentNumber(7), CountryCode("UA"))
SECOND = timedelta(seconds=1)
EVIDENCE = Evidence(
    digest=Digest("ab" * 32), name="møte.pdf", media_type="application/pdf", size=3, title="Referat fra Beirut"
)
FIRST = Entry(
    key=KEY,
    status=Status.UNDER_WAY,
    effort=Passage(text="Støttet forhandlinger på bakken.", language="nb"),
    access=Access(scope=AccessScope.PART, public=(("effort", Passage(text="Støttet arbeid.")),)),
    evidence=(EVIDENCE,),
)


def typed(text: str) -> Entry:
    return replace(FIRST, results=Passage(text=text))


def save(store: Store, plan: Plan, what: Entry, *, after: timedelta = timedelta(), who: str = "Kari") -> EntryState:
    with store.write() as tx:
        return save_entry(tx, YEAR, what, who=who, now=NOW + after, plan=plan)


def versions(store: Store, plan: Plan) -> list[str | None]:
    with store.read() as tx:
        found = history(tx, YEAR, KEY, plan)
    return [None if change.entry is None else change.entry.results.text for change in found]


def found(store: Store, words: str, year: Year | None = None) -> list[EntryKey]:
    with store.write() as tx:
        index_words_typed(tx, load_plan())
    with store.read() as tx:
        return [hit.key for hit in search(tx, words, year=year)]


def sending(seq: int = 1, year: Year | None = YEAR) -> Sent:
    return Sent(
        id=BundleId(f"00000000-0000-4000-8000-00000000000{seq}"), kind="submission", to=UnitCode("UD"), year=year,
        seq=seq, digest=Digest("cd" * 32), created=NOW, header=b"{}", payload=b"[]", manifest=b"<x/>", signature=b"0",
        size=9,
    )  # fmt: skip


def test_an_entry_comes_back_as_it_was_saved(store: Store, plan: Plan) -> None:
    assert save(store, plan, FIRST) is EntryState.DRAFT
    with store.read() as tx:
        assert entry(tx, YEAR, KEY, plan) == FIRST
        assert entry(tx, YEAR, EntryKey(KEY.commitment), plan) is None
        assert entry(tx, Year(2025), KEY, plan) is None


def test_the_ready_mark_comes_back_too(store: Store, plan: Plan) -> None:
    ready = replace(FIRST, is_marked_ready=True)
    assert save(store, plan, ready) is EntryState.READY
    with store.read() as tx:
        assert entry(tx, YEAR, KEY, plan) == ready
        assert states(tx, YEAR)[KEY].state is EntryState.READY


def test_nothing_to_report_is_a_state_of_its_own(store: Store, plan: Plan) -> None:
    nothing = Entry(key=KEY, status=Status.NOTHING_TO_REPORT, is_marked_ready=True)
    assert save(store, plan, nothing) is EntryState.NOTHING
    with store.read() as tx:
        assert entry(tx, YEAR, KEY, plan) == nothing


def test_entries_come_in_the_reports_order(store: Store, plan: Plan) -> None:
    keys = [EntryKey(CommitmentNumber(n), c) for n, c in ((7, CountryCode("UA")), (7, None), (2, None))]
    for key in keys:
        save(store, plan, replace(FIRST, key=key))
    with store.read() as tx:
        assert [e.key for e in entries(tx, YEAR, plan)] == keys[::-1]
        assert list(states(tx, YEAR)) == keys[::-1]


def test_an_entry_that_could_not_be_read_again_is_refused_and_the_old_one_stays(store: Store, plan: Plan) -> None:
    save(store, plan, FIRST)
    with pytest.raises(Malformed) as caught:
        save(store, plan, typed("x" * 1_000_000))
    assert caught.value.path == "results.text"
    with store.read() as tx:
        assert entry(tx, YEAR, KEY, plan) == FIRST


def test_a_minute_of_typing_is_one_version(store: Store, plan: Plan) -> None:
    for second in range(59):
        save(store, plan, typed(f"{second}"), after=second * SECOND)
    assert versions(store, plan) == ["58"]


def test_an_hour_of_typing_is_a_version_a_minute(store: Store, plan: Plan) -> None:
    for minute in range(60):
        save(store, plan, typed(f"{minute}"), after=minute * COALESCED)
        save(store, plan, typed(f"{minute} and a half"), after=minute * COALESCED + COALESCED / 2)
    assert len(versions(store, plan)) == 60


def test_saving_what_has_not_changed_makes_no_version(store: Store, plan: Plan) -> None:
    save(store, plan, typed("a"))
    save(store, plan, typed("a"), after=2 * COALESCED, who="Ola")
    with store.read() as tx:
        (change,) = history(tx, YEAR, KEY, plan)
    assert (change.who, change.when) == ("Kari", NOW)


def test_two_people_have_a_version_each(store: Store, plan: Plan) -> None:
    save(store, plan, typed("a"), who="Kari")
    save(store, plan, typed("b"), after=SECOND, who="Ola")
    assert versions(store, plan) == ["b", "a"]


def test_what_was_marked_ready_is_never_typed_over(store: Store, plan: Plan) -> None:
    save(store, plan, replace(typed("ready"), is_marked_ready=True))
    save(store, plan, typed("on"), after=SECOND)
    save(store, plan, typed("and on"), after=2 * SECOND)
    assert versions(store, plan) == ["and on", "ready"]


def test_what_was_sent_is_never_typed_over(store: Store, plan: Plan) -> None:
    save(store, plan, typed("sent"))
    with store.write() as tx:
        record_sent(tx, sending())
    save(store, plan, typed("on"), after=SECOND)
    assert versions(store, plan) == ["on", "sent"]


def test_a_clock_set_back_types_over_nothing(store: Store, plan: Plan) -> None:
    save(store, plan, typed("a"))
    save(store, plan, typed("b"), after=-SECOND)
    assert versions(store, plan) == ["b", "a"]


def test_a_removed_entry_is_gone_and_its_versions_stay(store: Store, plan: Plan) -> None:
    save(store, plan, typed("a"))
    with store.write() as tx:
        remove_entry(tx, YEAR, KEY, who="Ola", now=NOW + SECOND)
        remove_entry(tx, YEAR, KEY, who="Ola", now=NOW + SECOND)
        assert entries(tx, YEAR, plan) == ()
    assert versions(store, plan) == [None, "a"]
    assert found(store, "bakken") == []
    save(store, plan, typed("b"), after=2 * SECOND, who="Ola")
    assert versions(store, plan) == ["b", None, "a"]


@pytest.mark.parametrize("words", ["støttet", "STØTTET bakken", "forhandl", "Beirut", "møte", "arbeid"])
def test_an_entry_is_found_by_its_words_and_its_evidence(store: Store, plan: Plan, words: str) -> None:
    save(store, plan, FIRST)
    assert found(store, words) == [KEY]


@pytest.mark.parametrize("words", ["", "   ", "stottet", "støttet Oslo", '"', "bakken* OR x", "NEAR(", "effort:bakken"])
def test_what_does_not_stand_there_is_not_found(store: Store, plan: Plan, words: str) -> None:
    save(store, plan, FIRST)
    assert found(store, words) == []


def test_words_that_were_deleted_are_no_longer_found(store: Store, plan: Plan) -> None:
    save(store, plan, typed("flyktninger"))
    save(store, plan, typed("kvinner"), after=SECOND)
    assert found(store, "flyktninger") == []
    assert found(store, "kvinner") == [KEY]


def test_a_search_can_be_kept_to_a_year(store: Store, plan: Plan) -> None:
    save(store, plan, FIRST)
    assert found(store, "bakken", YEAR) == [KEY]
    assert found(store, "bakken", Year(2025)) == []


def test_what_was_sent_comes_back_and_the_numbers_go_on(store: Store) -> None:
    with store.write() as tx:
        assert next_seq(tx, YEAR) == 1
        record_sent(tx, sending(1))
        record_sent(tx, sending(4))
        record_sent(tx, sending(7, year=None))
        assert sent(tx, YEAR) == (sending(1), sending(4))
        assert len(sent(tx)) == 3
        assert sent_by_id(tx, sending(4).id) == sending(4)
        assert sent_by_id(tx, BundleId("none")) is None
        assert next_seq(tx, YEAR) == next_seq(tx, YEAR, kind="submission") == 5
        assert next_seq(tx, YEAR, kind="reply") == 1
        assert next_seq(tx, None) == 8
