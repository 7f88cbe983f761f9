"""Real reports, calls and sources to compile, and ways to look into what came out."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pikepdf
import pytest

from wpsdesk.base.ids import BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.pdf import write_pdf
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.compilation.tree import Document
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import LanguageCode, Names, Unit, UnitKind
from wpsdesk.report.call import Asked, Call
from wpsdesk.report.model import (
    Access,
    Entry,
    EntryKey,
    Evidence,
    EvidenceKind,
    Indicator,
    Money,
    Partner,
    Passage,
    Report,
    Status,
    in_order,
)

PLAN = load_plan()
YEAR = Year(2026)
COMPILED = datetime(2027, 6, 1, 10, tzinfo=UTC)


def unit(code: str, name: str, kind: UnitKind = UnitKind.MISSION, covers: tuple[str, ...] = ()) -> Unit:
    countries = tuple(CountryCode(country) for country in covers)
    return Unit(code=UnitCode(code), kind=kind, names=Names(nb=name, nn=name, en=name), covers=countries)


FD = next(unit for unit in PLAN.units if unit.code == "FD")
AMMAN = unit("AMMAN", "Ambassaden i Amman", covers=("JO", "SY"))
JUBA = unit("JUBA", "Ambassaden i Juba", covers=("SS",))


def call(*asked: tuple[Unit, tuple[int, ...]]) -> Call:
    return Call(
        edition=PLAN.edition,
        year=YEAR,
        number=1,
        deadline=date(2027, 3, 1),
        issued=datetime(2026, 12, 1, 9, tzinfo=UTC),
        guidance=(),
        asked=tuple(Asked(unit=who, commitments=tuple(CommitmentNumber(n) for n in what)) for who, what in asked),
        focus_countries=PLAN.focus_countries,
    )


def key(number: int, country: str | None = None) -> EntryKey:
    return EntryKey(CommitmentNumber(number), None if country is None else CountryCode(country))


def said(text: str, language: LanguageCode = "nb") -> Passage:
    return Passage(text=text, language=language)


def evidence(title: str, access: Access | None = None) -> Evidence:
    return Evidence(
        digest=Digest(hashlib.sha256(title.encode()).hexdigest()),
        name=f"{title}.pdf",
        media_type="application/pdf",
        size=1200,
        title=title,
        kind=EvidenceKind.MINUTES,
        dated=date(2026, 5, 17),
        access=Access() if access is None else access,
    )


def entry(number: int, country: str | None = None, **more: object) -> Entry:
    fields: dict[str, object] = {
        "status": Status.UNDER_WAY,
        "effort": said("Ambassaden har støttet fire samlinger for kvinnelige meklere."),
        "results": said("Two agreements were signed with women present.", "en"),
        "challenges": said("Reiser utanfor hovudstaden var avgrensa.", "nn"),
    }
    return Entry(key=key(number, country), **{**fields, **more})  # type: ignore[arg-type]


def rich_entry(number: int, country: str | None = None, **more: object) -> Entry:
    """An answer in which every part of the form is used."""
    fields: dict[str, object] = {
        "lessons": said("Samlingene fortsetter i 2027."),
        "context": said("Våpenhvilen holdt i tolv måneder."),
        "indicators": (
            Indicator(
                name="Deltakere",
                measure="personer på deltakerlisten",
                value=Decimal("1480.25"),
                unit="personer",
                women=96,
                men=50,
                baseline=Decimal(104),
                baseline_year=2025,
                measured_on=date(2026, 11, 30),
                source="Arrangørens lister",
            ),
        ),
        "partners": (Partner(name="UN Women", may_be_named=True), Partner(name="Navnløs partner")),
        "money": (Money(agreement="JOR-26/0014", amount_nok=6_000_000, disbursed_nok=2_400_000, dac_sector="15220"),),
        "evidence": (evidence("Referat fra samlingen i Irbid"),),
    }
    return entry(number, country, **{**fields, **more})


def source(who: Unit, *entries: Entry, year: Year = YEAR) -> Source:
    report = Report(unit=who.code, year=year, edition=PLAN.edition, entries=in_order(entries))
    return Source(
        unit=who,
        report=report,
        bundle=BundleId("9c1e4f7a-3f1c-4b7e-9d53-0d6f4a2b11c7"),
        digest=Digest(hashlib.sha256(who.code.encode()).hexdigest()),
        seq=2,
        signed_by=f"{who.code} signing",
        signed_at=datetime(2027, 2, 20, 12, tzinfo=UTC),
        received_at=datetime(2027, 2, 21, 8, tzinfo=UTC),
    )


def document(
    *sources: Source,
    edition: Edition = Edition.PUBLIC,
    language: LanguageCode = "nb",
    asking: Call | None = None,
    compiled: datetime = COMPILED,
) -> Document:
    asked = asking or call(*((one.unit, tuple(e.key.commitment for e in one.report.entries)) for one in sources))
    return annual_report(PLAN, asked, sources, year=YEAR, edition=edition, language=language, compiled=compiled)


# -- looking into it -------------------------------------------------------------------------------


def strings(value: object) -> Iterator[str]:
    """Every string anywhere in a tree of dataclasses."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from strings(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def text_of(tree: Document) -> str:
    """All words of a tree, for looking something up in."""
    return "\n".join(strings(tree)).replace("\u00a0", " ")


def pdf(tree: Document) -> bytes:
    out = io.BytesIO()
    write_pdf(tree, out)
    return out.getvalue()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pdf_text(data: bytes, folder: Path, *options: str) -> str:
    """The text as another program (poppler's pdftotext) reads it out of the PDF."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not there (package poppler-utils): the text of the PDF could not be checked")
    place = folder / "report.pdf"
    place.write_bytes(data)
    found = subprocess.run([program, *options, "-enc", "UTF-8", str(place), "-"], check=True, capture_output=True)
    return found.stdout.decode().replace("\u00a0", " ")
