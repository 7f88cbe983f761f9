"""What UD is told about a report: its languages, and what the public edition withholds."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl

from tests.compilation.kit import AMMAN, COMPILED, FD, document, entry, evidence, rich_entry, said, source
from wpsdesk.compilation.languages import Shares, shares
from wpsdesk.compilation.sheets.withholding import write_withheld
from wpsdesk.compilation.withheld import BasisCount, What, Withheld, by_basis, withheld
from wpsdesk.i18n import catalogue
from wpsdesk.report.model import Access, AccessScope, LegalBasis

PART = Access(scope=AccessScope.PART, basis=LegalBasis.P20, reason="MARKER")
WHOLE = replace(PART, scope=AccessScope.WHOLE, basis=LegalBasis.P24_3, ends_on=date(2030, 1, 1))


def test_every_word_counts_in_the_language_of_its_passage() -> None:
    few = document(source(AMMAN, entry(5, challenges=said(""))))
    more = document(source(AMMAN, entry(5, challenges=said("Fem ord på nynorsk no – 12.", "nn"))))
    before, after = dict(shares(few).words), dict(shares(more).words)
    assert after["nn"] - before["nn"] == 5
    assert after["en"] == before["en"] == 7


def test_less_than_a_quarter_of_either_norwegian_is_told_and_english_does_not_count() -> None:
    assert Shares(words=(("nb", 75), ("nn", 25), ("en", 900))).too_little == ()
    assert Shares(words=(("nb", 76), ("nn", 24), ("en", 0))).too_little == ("nn",)
    assert Shares(words=(("nb", 0), ("nn", 9), ("en", 0))).too_little == ("nb",)
    assert Shares(words=(("nb", 0), ("nn", 0), ("en", 9))).too_little == ()


def places() -> tuple[Withheld, ...]:
    sources = (
        source(FD, entry(1, access=PART, evidence=(evidence("MARKER a"), evidence("MARKER b")))),
        source(AMMAN, entry(5, "SY", access=WHOLE), rich_entry(33, "SY", evidence=(evidence("MARKER c", WHOLE),))),
    )
    return withheld(sources, COMPILED.date(), catalogue("nb", "document"), "nb")


def test_what_is_withheld_is_counted_by_legal_basis() -> None:
    assert by_basis(places()) == (
        BasisCount(basis="offl. § 20", answers=0, parts=1, files=2, names=0),
        BasisCount(basis="offl. § 24 tredje ledd", answers=1, parts=0, files=1, names=0),
        BasisCount(basis="skal ikke navngis offentlig", answers=0, parts=0, files=0, names=1),
    )


def test_the_list_of_what_is_withheld_names_places_and_not_a_word_of_them() -> None:
    assert "MARKER" not in repr(places())
    assert [(p.unit, p.commitment, p.country, p.what, p.until) for p in places()] == [
        ("FD", 1, None, What.PART, None),
        ("AMMAN", 5, "SY", What.WHOLE, date(2030, 1, 1)),
        ("AMMAN", 33, "SY", What.EVIDENCE, date(2030, 1, 1)),
        ("AMMAN", 33, "SY", What.PARTNERS, None),
    ]


def test_the_list_is_a_spreadsheet_with_both_tables() -> None:
    out = io.BytesIO()
    write_withheld(places(), out, language="nb", year=2026, made=COMPILED)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Om", "Etter hjemmel", "Hvert sted"]
    assert [row[0].value for row in book["Etter hjemmel"].iter_rows(min_row=2)] == [b.basis for b in by_basis(places())]
    assert len(list(book["Hvert sted"].iter_rows(min_row=2))) == len(places())
