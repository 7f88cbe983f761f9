"""What must not be shown is absent before the tree is built, and so from every file made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from tests.compilation.kit import (
    AMMAN,
    FD,
    call,
    document,
    entry,
    evidence,
    opened,
    pdf,
    rich_entry,
    said,
    source,
    text_of,
)
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.restriction import internal_view, public_view
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.compilation.tree import Chart, Matrix
from wpsdesk.report.model import (
    NARRATIVE,
    Access,
    AccessScope,
    Entry,
    Indicator,
    LegalBasis,
    Money,
    Partner,
    Status,
)  # fmt: skip

DAY = date(2027, 6, 1)
PART = Access(
    scope=AccessScope.PART, basis=LegalBasis.P20, reason="MARKER-reason", wider_access_refusal="MARKER-refusal"
)
WHOLE = replace(PART, scope=AccessScope.WHOLE)


def marked(access: Access) -> Entry:
    """An entry in which everything that could leak carries a marker."""
    return Entry(
        key=entry(33, "SY").key,
        status=Status.STOPPED,
        **{field: said(f"MARKER-{field}") for field in NARRATIVE},
        indicators=(Indicator(name="MARKER-indicator", measure="MARKER-measure", source="MARKER-source", women=77123),),
        partners=(Partner(name="MARKER-partner", may_be_named=True), Partner(name="MARKER-hidden-partner")),
        money=(Money(agreement="MARKER-agreement", amount_nok=98_765_432),),
        evidence=(evidence("MARKER-evidence"), evidence("MARKER-closed-evidence", WHOLE)),
        graded_annex="MARKER-annex",
        identifies_person_at_risk=True,
        access=access,
    )


def streams(data: bytes) -> bytes:
    """Every stream of a PDF, unpacked."""
    with opened(data) as found:
        parts = [one.read_bytes() for one in found.objects if isinstance(one, pikepdf.Stream)]
        return b"\n".join([*parts, repr(found.docinfo).encode()])


@pytest.mark.parametrize("scope", [PART, WHOLE], ids=["in part", "as a whole"])
def test_a_restricted_answer_leaves_no_marker_in_the_public_tree_or_file(scope: Access) -> None:
    tree = document(source(AMMAN, marked(scope)))
    assert "MARKER" not in text_of(tree)
    assert "98 765 432" not in text_of(tree)
    assert "77 123" not in text_of(tree)
    assert evidence("MARKER-evidence").digest[:12] not in text_of(tree)
    assert b"MARKER" not in streams(pdf(tree))


def test_the_internal_edition_shows_every_marker_with_its_legal_basis() -> None:
    text = text_of(document(source(AMMAN, marked(PART)), edition=Edition.INTERNAL))
    for field in (*NARRATIVE, "indicator", "measure", "source", "partner", "hidden-partner", "agreement", "annex"):
        assert f"MARKER-{field}" in text, field
    assert "MARKER-evidence" in text
    assert "MARKER-closed-evidence" in text
    assert "MARKER-reason" in text
    assert "offl. § 20" in text


def test_a_marker_in_a_file_would_be_found() -> None:
    assert b"MARKER" in streams(pdf(document(source(AMMAN, marked(PART)), edition=Edition.INTERNAL)))


def test_no_public_value_can_reach_the_restricted_report() -> None:
    found = repr(public_view(source(AMMAN, marked(WHOLE)), DAY))
    assert "MARKER" not in found
    assert "MARKER" in repr(internal_view(source(AMMAN, marked(WHOLE)), DAY))


def test_a_part_restricted_answer_is_told_in_its_public_wording_with_the_legal_basis() -> None:
    access = replace(PART, public=(("effort", said("Det er gitt støtte til beskyttelse.")),))
    text = text_of(document(source(AMMAN, marked(access))))
    assert "Det er gitt støtte til beskyttelse." in text
    assert "Deler av svaret er unntatt offentlighet, offl. § 20. Teksten under er den offentlige ordlyden." in text
    assert "Stanset" in text
    assert "Syria" in text
    assert "MARKER" not in text


def test_of_a_wholly_restricted_answer_neither_status_nor_country_is_told() -> None:
    tree = document(source(AMMAN, marked(WHOLE), entry(33, "JO", access=WHOLE)))
    text = text_of(tree)
    assert text.count("Svaret er unntatt offentlighet, offl. § 20.") == 1
    assert "Ambassaden i Amman – Syria" not in text
    chart = next(block for block in tree.blocks() if isinstance(block, Chart))
    counts = {bar.label: bar.value for bar in chart.bars}
    assert counts["Stanset"] == 0
    assert counts["Unntatt offentlighet"] == 1


def test_the_coverage_does_not_tell_that_a_restricted_answer_says_nothing_to_report() -> None:
    hidden = entry(33, status=Status.NOTHING_TO_REPORT, nothing_reason=said("MARKER"), access=WHOLE)
    tree = document(source(AMMAN, hidden))
    matrix = next(block for block in tree.blocks() if isinstance(block, Matrix))
    assert [row.states[32] for row in matrix.rows] == [CellState.RECEIVED]


@pytest.mark.parametrize(
    ("access", "words"),
    [
        (replace(WHOLE, basis=LegalBasis.P24_3), "offl. § 24 tredje ledd"),
        (replace(WHOLE, basis=LegalBasis.OTHER, basis_text="utlendingsloven § 98"), "utlendingsloven § 98"),
        (replace(WHOLE, basis=None), "hjemmel ikke oppgitt"),
        (Access(delayed_until=date(2027, 9, 1)), "innsyn utsatt til 1. september 2027, offl. § 5"),
    ],
)
def test_the_legal_basis_is_cited_in_words(access: Access, words: str) -> None:
    text = text_of(document(source(AMMAN, marked(access))))
    assert f"unntatt offentlighet, {words}." in text
    assert "MARKER" not in text


def test_a_delay_that_is_over_opens_the_answer() -> None:
    waiting = entry(5, access=Access(delayed_until=date(2027, 6, 1)), effort=said("Nå åpent."))
    assert "Nå åpent." in text_of(document(source(AMMAN, waiting)))


def test_an_end_date_that_has_passed_opens_nothing_by_itself() -> None:
    ended = entry(5, access=replace(WHOLE, ends_on=date(2027, 1, 1)), effort=said("MARKER"))
    assert "MARKER" not in text_of(document(source(AMMAN, ended)))


def test_a_partner_that_may_not_be_named_is_never_named_in_public() -> None:
    open_answer = rich_entry(5)
    text = text_of(document(source(AMMAN, open_answer)))
    assert "UN Women. Andre navngis ikke." in text
    assert "Navnløs partner" not in text
    internal = text_of(document(source(AMMAN, open_answer), edition=Edition.INTERNAL))
    assert "Navnløs partner (skal ikke navngis offentlig)" in internal


def test_restricted_evidence_of_an_open_answer_is_absent_with_title_and_checksum() -> None:
    closed, partly = evidence("MARKER-title", WHOLE), evidence("Delvis åpent referat", PART)
    text = text_of(document(source(AMMAN, entry(5, evidence=(closed, partly)))))
    assert "MARKER" not in text
    assert closed.digest[:12] not in text
    assert "Dokumentasjon er unntatt offentlighet, offl. § 20." in text
    assert "Delvis åpent referat" in text
    assert "(delvis unntatt offentlighet, offl. § 20)" in text


def test_the_graded_annex_and_the_person_at_risk_are_internal_matters() -> None:
    answer = entry(5, graded_annex="MARKER 2026/17", identifies_person_at_risk=True)
    public = text_of(document(source(FD, answer)))
    assert "MARKER" not in public
    assert "i fare" not in public
    internal = text_of(document(source(FD, answer), edition=Edition.INTERNAL))
    assert "MARKER 2026/17" in internal
    assert "Svaret kan identifisere en person som er i fare." in internal


def test_a_public_wording_left_behind_on_an_open_answer_is_not_shown() -> None:
    access = Access(public=(("effort", said("Gammel ordlyd.")),))
    assert "Gammel ordlyd." not in text_of(document(source(AMMAN, entry(5, access=access))))


def test_a_report_of_another_year_is_left_out() -> None:
    old: Source = source(AMMAN, entry(5, effort=said("MARKER")), year=2025)  # type: ignore[arg-type]
    assert "MARKER" not in text_of(document(old, asking=call((AMMAN, (5,)))))
