"""The units' follow-up documents and the agencies behind an answer: named where they may be, in every form."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date

import openpyxl

from tests.compilation.kit import AMMAN, COMPILED, FD, PLAN, call, entry, source, text_of, unit
from wpsdesk.base.ids import BundleId, Digest
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.compilation.tree import Document
from wpsdesk.compilation.withheld import What, withheld
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.contributions import Contributor, TakenFrom
from wpsdesk.report.model import OPEN, Access, AccessScope, Evidence, LegalBasis

CLOSED = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20, reason="Navngir kilder")
FFI = unit("FFI", "Forsvarets forskningsinstitutt", UnitKind.AGENCY)
HIDDEN = unit("NGO", "Skjult organisasjon", UnitKind.CIVIL_SOCIETY)


def with_document(told: Source, title: str, access: Access = OPEN) -> Source:
    document = Evidence(
        digest=Digest("cd" * 32), name="plan.pdf", media_type="application/pdf", size=9, title=title, access=access,
        dated=date(2026, 11, 3),
    )  # fmt: skip
    return replace(told, report=replace(told.report, follow_up=document))


def report(edition: Edition, *sources: Source) -> Document:
    asked = call(*((one.unit, tuple(e.key.commitment for e in one.report.entries)) for one in sources))
    return annual_report(
        PLAN, asked, sources, year=sources[0].report.year, edition=edition, language="nb", compiled=COMPILED
    )


def as_data(tree: Document) -> dict[str, list[dict[str, object]]]:
    out = io.BytesIO()
    write(tree, Format.JSON, out)
    found: dict[str, list[dict[str, object]]] = json.loads(out.getvalue())
    return found


def sheets(tree: Document) -> openpyxl.Workbook:
    out = io.BytesIO()
    write(tree, Format.XLSX, out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_an_open_document_is_named_and_one_that_is_exempt_leaves_only_its_legal_basis() -> None:
    told = (
        with_document(source(FD, entry(10)), "Oppfølging i forsvarssektoren"),
        with_document(source(AMMAN, entry(7, "JO")), "Kildene våre", CLOSED),
    )
    public = report(Edition.PUBLIC, *told)
    assert "Oppfølging i forsvarssektoren" in text_of(public)
    assert "offl. § 20" in text_of(public)
    data = as_data(public)
    assert "Kildene" not in text_of(public) + json.dumps(data, ensure_ascii=False)
    assert [(one["unit"], one["title"], one["scope"]) for one in data["follow_ups"]] == [
        ("FD", "Oppfølging i forsvarssektoren", "open"), ("AMMAN", None, "whole"),
    ]  # fmt: skip
    assert "Kildene våre" in text_of(report(Edition.INTERNAL, *told))
    (place,) = withheld(told, COMPILED.astimezone(UTC).date(), catalogue("nb", "document"), "nb")
    assert (place.what, place.unit, place.commitment, place.files) == (What.FOLLOW_UP, "AMMAN", None, 1)


def test_spreadsheet_and_data_list_the_agencies_that_an_answer_is_taken_from() -> None:
    bundle = BundleId("9c1e4f7a-3f1c-4b7e-9d53-0d6f4a2b11c8")
    taken = tuple(TakenFrom(unit=one.code, bundle=bundle, digest=Digest("ef" * 32)) for one in (FFI, HIDDEN))
    told = source(FD, entry(10, taken=taken))
    contributors = tuple(
        Contributor(unit=one, answers=1, bundle=bundle, digest=Digest("ef" * 32), may_be_named=one is FFI)
        for one in (FFI, HIDDEN)
    )
    told = replace(told, report=replace(told.report, contributors=contributors))
    tree = report(Edition.PUBLIC, told)
    (answer,) = as_data(tree)["answers"]
    assert [one["unit"] for one in answer["taken"]] == ["FFI"]  # type: ignore[attr-defined]
    assert answer["has_unnamed_sources"] is True
    sheet = sheets(tree)["Etater og organisasjoner"]
    names = [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == ["Forsvarets forskningsinstitutt", "ikke navngitt"]
