"""What one desk hands to another says the same before and after it has been JSON, and nothing else gets in."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.base.test_decoding import ANY_JSON
from tests.kit import YEAR, answer
from tests.report.strategies import entries
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import BundleId, Digest, EditionId, UnitCode
from wpsdesk.plan.loading import load_plan
from wpsdesk.report.handover import (
    Answered,
    Dispatch,
    GivenBack,
    Handed,
    Handover,
    Version,
    given_back_from,
    given_back_to_json,
    handover_from,
    handover_to_json,
)
from wpsdesk.report.model import Entry, Report, in_order
from wpsdesk.report.reply import Receipt, Reply

PLAN = load_plan()
WHEN = datetime(2027, 1, 5, 10, 30, tzinfo=UTC)
ID = BundleId("0b5e9f1c-4a3d-4a3e-9b52-2d6f0a7c1e11")
FD = UnitCode("FD")
EDITION = EditionId("2023-2030")


def dispatch() -> Dispatch:
    return Dispatch(
        id=ID, seq=3, digest=Digest("ab" * 32), created=WHEN, size=4000, header=b'{"a":1}\n', payload=b"{}\n",
        manifest="<æ/>".encode(), signature=b"\x30\x00\xff",
    )  # fmt: skip


def handover(*found: Entry) -> Handover:
    handed = tuple(
        Handed(
            entry=entry,
            when=WHEN,
            who="Kari Test",
            history=(Version(when=WHEN, who="Ola", entry=None), Version(when=WHEN, who="", entry=entry)),
        )
        for entry in found
    )
    told = Answered(bundle=ID, reply=Reply(unit=FD, year=YEAR, receipt=Receipt.OK))
    return Handover(unit=FD, year=YEAR, edition=EDITION, entries=handed, sent=(dispatch(),), answered=(told,))


def again(one: Handover) -> Handover:
    return handover_from(load_json(canonical_json(handover_to_json(one)), limit=1 << 24), PLAN)


@given(st.lists(entries, max_size=3, unique_by=lambda e: e.key), st.booleans())
@settings(max_examples=20)
def test_a_handover_is_the_same_after_the_journey(found: list[Entry], is_ready: bool) -> None:
    one = handover(*(replace(entry, is_marked_ready=is_ready) for entry in found))
    assert again(one) == one


@given(st.lists(entries, max_size=3, unique_by=lambda e: e.key))
@settings(max_examples=20)
def test_so_is_what_ud_gives_back(found: list[Entry]) -> None:
    report = Report(unit=FD, year=YEAR, edition=EDITION, entries=in_order(tuple(found)))
    one = GivenBack(sent=dispatch(), report=report)
    data = canonical_json(given_back_to_json(one))
    assert given_back_from(load_json(data, limit=1 << 24), PLAN) == one


@given(ANY_JSON)
@settings(max_examples=60)
def test_any_other_json_is_refused_with_its_place(value: object) -> None:
    with pytest.raises(Malformed):
        handover_from(load_json(canonical_json(value), limit=1 << 24), PLAN)


Told = dict[str, Any]


def of_another_format(told: Told) -> None:
    told["format"] = "wps-handover/2"


def of_another_plan(told: Told) -> None:
    told["plan"] = "2031-2038"


def twice(told: Told) -> None:
    told["entries"] *= 2


def history_of_another(told: Told) -> None:
    told["entries"][0]["history"][1]["entry"]["commitment"] = 9


def without_an_entry(told: Told) -> None:
    told["entries"][0]["entry"] = None


def sent_twice(told: Told) -> None:
    told["sent"] *= 2


def base64_with_spare_bits(told: Told) -> None:
    told["sent"][0]["payload"] = "e31="


def no_base64(told: Told) -> None:
    told["sent"][0]["manifest"] = "<x/>"


def unknown_member(told: Told) -> None:
    told["sent"][0]["more"] = 1


@pytest.mark.parametrize(
    ("spoil", "path", "problem"),
    [
        (of_another_format, "format", "not-allowed"),
        (of_another_plan, "plan", "not-allowed"),
        (twice, "entries", "twice"),
        (history_of_another, "entries[0].history", "inconsistent"),
        (without_an_entry, "entries[0].entry", "missing"),
        (sent_twice, "sent", "twice"),
        (base64_with_spare_bits, "sent[0].payload", "pattern"),
        (no_base64, "sent[0].manifest", "pattern"),
        (unknown_member, "sent[0].more", "unknown-member"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(spoil: Callable[[Told], None], path: str, problem: str) -> None:
    told = deepcopy(handover_to_json(handover(answer(1))))
    spoil(told)
    with pytest.raises(Malformed) as caught:
        handover_from(load_json(canonical_json(told), limit=1 << 24), PLAN)
    assert (caught.value.path, caught.value.problem) == (path, problem)
