"""Two versions of one entry, field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit import answer
from wpsdesk.report.form import FORM
from wpsdesk.report.model import Partner, Passage, ResultKind, Status
from wpsdesk.report.sides import Side, chosen, differing, sides_for

OURS = answer(1, text="Vårt.")


def names(*args: object) -> list[str]:
    return [field.name for field in differing(*args)]  # type: ignore[arg-type]


def test_only_fields_that_differ_are_to_be_chosen() -> None:
    theirs = replace(OURS, effort=Passage(text="Deres."), status=Status.DONE, is_marked_ready=False)
    assert names(OURS, theirs) == ["status", "effort"]
    assert names(OURS, OURS) == []


def test_one_side_throughout_is_that_version_as_it_is() -> None:
    theirs = replace(OURS, effort=Passage(text="Deres."), results=Passage(text="Annet."))
    assert chosen(OURS, theirs, dict.fromkeys(("effort", "results"), Side.THEIRS)) is theirs
    assert chosen(OURS, theirs, dict.fromkeys(("effort", "results"), Side.OURS)) is OURS


def test_a_mixture_is_not_marked_ready_and_keeps_both_texts() -> None:
    theirs = replace(OURS, effort=Passage(text="Deres."), results=Passage(text="Annet."))
    found = chosen(OURS, theirs, {"effort": Side.BOTH, "results": Side.THEIRS})
    assert (found.effort.text, found.results.text) == ("Vårt.\n\nDeres.", "Annet.")
    assert not found.is_marked_ready


def test_lists_are_joined_without_doubles() -> None:
    un, nupi = Partner(name="UN Women"), Partner(name="NUPI")
    ours = replace(OURS, partners=(un,), result_kinds=(ResultKind.OUTPUT,))
    theirs = replace(OURS, partners=(un, nupi), result_kinds=(ResultKind.OUTCOME,))
    found = chosen(ours, theirs, {"partners": Side.BOTH, "result_kinds": Side.BOTH})
    assert found.partners == (un, nupi)
    assert found.result_kinds == (ResultKind.OUTPUT, ResultKind.OUTCOME)


def test_both_is_offered_only_where_both_can_stand() -> None:
    theirs = replace(OURS, effort=Passage(text=""), status=Status.DONE, results=Passage(text="Annet."))
    offered = {field.name: sides_for(field, OURS, theirs) for field in FORM}
    assert Side.BOTH not in offered["status"]
    assert Side.BOTH not in offered["effort"]
    assert Side.BOTH in offered["results"]


def test_a_field_without_a_choice_is_an_error() -> None:
    theirs = replace(OURS, effort=Passage(text="Deres."), results=Passage(text="Annet."))
    with pytest.raises(KeyError):
        chosen(OURS, theirs, {"effort": Side.OURS})
