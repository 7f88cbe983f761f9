"""Compiling: the annual report of twenty-four units that have each answered on all thirty-five commitments."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Drawn
from reportlab.platypus import SimpleDocTemplate

from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import long_answer, office_in
from tests.kit import PASSPHRASE, YEAR, Office, mission
from wpsdesk.base.ids import CountryCode
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.pdf import writer
from wpsdesk.compilation.pdf.fonts import faces
from wpsdesk.compilation.pdf.marking import MarkedCanvas
from wpsdesk.compilation.sources import Edition
from wpsdesk.compilation.tree import Block, Bullets, Chart, Heading, Matrix, Paragraph, Screen, Stack, Table, Tiles
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import compile_report, sources
from wpsdesk.desk.publication.previewing import preview_commitment
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import Unit
from wpsdesk.report.model import Entry

MINISTRIES: Final = ("FD", "JD", "KUD", "AID", "KLD", "NORAD")
MISSIONS: Final = 18
COUNTRY: Final = CountryCode("SO")
WANTED: Final = 150_000_000  # bytes


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: the verb itself, from UD's store to a PDF on the disk, all commitments answered by all units.

    Floor: every text of the same report in plain paragraphs of the same typeface, drawn once, in memory.
    """
    with office_in(folder) as office:
        ud = _received(office, ministries=1, missions=1) if is_quick else _received(office, len(MINISTRIES), MISSIONS)

        def unit() -> None:
            compile_report(ud, YEAR, "nb", Edition.PUBLIC, folder / "reports")

        unit()  # the typeface has been made from here on
        told = tuple(_texts_of_the_report(ud))

        def pairs() -> Iterator[tuple[Work, Work]]:
            for _ in range(1 if is_quick else 5):
                yield unit, lambda: _draw(told)

        return ratio_of(pairs())


def _received(office: Office, ministries: int, missions: int) -> Desk:
    abroad = [mission(f"M{number:02}", COUNTRY) for number in range(missions)]
    ud = office.ud(*abroad)
    asked: list[Unit | str] = [*MINISTRIES[:ministries], *abroad]
    for number, unit in enumerate(asked):
        desk = office.enrolled(ud, unit)
        office.answered(desk, *_answers(ud, unit, number))
        receive_one(ud, export(desk, YEAR, office.folder, approved_by="Ola Godkjenner").path)
    return ud


def _answers(ud: Desk, unit: Unit | str, edition: int) -> Iterator[Entry]:
    for commitment in ud.plan.commitments:
        told = long_answer(commitment.number, edition=edition)
        yield replace(told, key=told.key._replace(country=COUNTRY)) if isinstance(unit, Unit) else told


def _texts_of_the_report(ud: Desk) -> Iterator[str]:
    call, found = require_call(ud, YEAR), sources(ud, YEAR)
    report = annual_report(ud.plan, call, found, year=YEAR, edition=Edition.PUBLIC, language="nb", compiled=ud.clock())
    assert sum(len(source.report.entries) for source in found) == len(found) * len(ud.plan.commitments)
    for block in report.blocks():
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words=words, label=label):
            yield f"{label} {words.text}"
        case Bullets(items=items):
            yield from (item.text for item in items)
        case Heading(words=words, number=number, aside=aside):
            yield f"{number} {words.text} {aside}"
        case Table(caption=caption, columns=columns, rows=rows):
            yield from (caption, *(column.head for column in columns))
            yield from (" ".join([cell.words.text, *(s.text for s in cell.small)]) for row in rows for cell in row)
        case Chart(caption=caption, bars=bars, said=said):
            yield from (caption, said, *(f"{bar.label} {bar.shown}" for bar in bars))
        case Stack(caption=caption, said=said, table=table) | Tiles(caption=caption, said=said, table=table):
            yield from (caption, said, *_texts(table))
        case Screen(said=said):
            yield said
        case Matrix(caption=caption, heads=heads, rows=rows):
            yield from (caption, *heads)
            yield from (" ".join([row.name, *(state[:1] for state in row.states)]) for row in rows)


def _draw(told: tuple[str, ...]) -> None:
    style = ParagraphStyle("plain", fontName=faces().regular.main, fontSize=10, leading=14)
    SimpleDocTemplate(io.BytesIO()).build([Drawn(escape(text), style) for text in told])


def measure_tagging(folder: Path, is_quick: bool) -> float:
    """Unit of work: the report as PDF, in memory. Floor: the same pages with no marks and no structure in the file."""
    with office_in(folder) as office:
        ud = _received(office, ministries=1, missions=1) if is_quick else _received(office, len(MINISTRIES), MISSIONS)
        call, found = require_call(ud, YEAR), sources(ud, YEAR)
        tree = annual_report(
            ud.plan, call, found, year=YEAR, edition=Edition.PUBLIC, language="nb", compiled=ud.clock()
        )  # fmt: skip

        def tagged() -> None:
            write(tree, Format.PDF, io.BytesIO())

        def untagged() -> None:
            with pytest.MonkeyPatch.context() as changed:
                for mark in ("marked", "decoration"):
                    changed.setattr(MarkedCanvas, mark, lambda *_: nullcontext())
                changed.setattr(writer, "tagged", lambda data, *_: data)
                tagged()

        tagged()  # the typefaces have been made from here on
        return ratio_of((tagged, untagged) for _ in range(1 if is_quick else 5))


def measure_forms(folder: Path, is_quick: bool) -> float:
    """Unit of work: the same tree as PDF, HTML, DOCX, XLSX and JSON. Floor: as PDF alone. Both in memory."""
    with office_in(folder) as office:
        ud = _received(office, ministries=1, missions=1) if is_quick else _received(office, len(MINISTRIES), MISSIONS)
        call, found = require_call(ud, YEAR), sources(ud, YEAR)
        tree = annual_report(
            ud.plan, call, found, year=YEAR, edition=Edition.PUBLIC, language="nb", compiled=ud.clock()
        )  # fmt: skip

        def written(*formats: Format) -> Work:
            def work() -> None:
                for form in formats:
                    write(tree, form, io.BytesIO())

            return work

        written(*Format)()  # the typefaces have been made from here on
        return ratio_of((written(*Format), written(Format.PDF)) for _ in range(1 if is_quick else 3))


def measure_preview(folder: Path, is_quick: bool) -> float:
    """Unit of work: one commitment as PDF, from the store, as the window shows it. Floor: the whole report so."""
    with office_in(folder) as office:
        ud = _received(office, ministries=1, missions=1) if is_quick else _received(office, len(MINISTRIES), MISSIONS)
        one = ud.plan.commitments[0].number

        def preview() -> None:
            preview_commitment(ud, YEAR, one, "nb")

        def whole() -> None:
            compile_report(ud, YEAR, "nb", Edition.PUBLIC, folder / "reports")

        preview()  # the typefaces have been made from here on
        return ratio_of((preview, whole) for _ in range(1 if is_quick else 5))


def measure_memory(formats: str, folder: Path, is_quick: bool) -> float:
    """Unit of work: the peak of the command, from its start, in a process of its own. Floor: 150 MB."""
    with office_in(folder) as office:
        ud = _received(office, ministries=1, missions=1) if is_quick else _received(office, len(MINISTRIES), MISSIONS)
        store = ud.store.path
    line = [
        sys.executable,
        "-c",
        _COMMAND,
        "--format",
        formats,
        "--store",
        str(store),
        "--out",
        str(folder / "reports"),
    ]
    with_passphrase = os.environ | {"WPSDESK_PASSPHRASE": PASSPHRASE}
    told = subprocess.run(line, check=True, capture_output=True, text=True, env=with_passphrase).stdout
    return int(told.split()[-1]) * 1024 / WANTED


_COMMAND: Final = f"""
import re, sys
from wpsdesk.__main__ import main
assert main(["compile", "--year", "{YEAR}", "--lang", "nb", *sys.argv[1:]]) == 0
with open("/proc/self/status", encoding="ascii") as status:
    print(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
"""


BENCHMARKS = (
    Benchmark(
        name="memory-compile",
        unit_of_work="peak memory of the whole program while it writes the annual report as PDF, 24 units on all 35",
        floor="150 MB",
        budget=1.0,
        measure=partial(measure_memory, "pdf"),
    ),
    Benchmark(
        name="memory-forms",
        unit_of_work="the same as PDF, HTML, DOCX, XLSX and JSON",
        floor="150 MB",
        budget=None,  # one is fixed for the report as PDF
        measure=partial(measure_memory, ",".join(Format)),
    ),
    Benchmark(
        name="forms",
        unit_of_work="the annual report as PDF, HTML, DOCX, XLSX and JSON, 24 units on all 35 commitments, in memory",
        floor="the same report as PDF alone",
        budget=2.0,
        measure=measure_forms,
    ),
    Benchmark(
        name="preview",
        unit_of_work="one commitment of the report as PDF, from the store",
        floor="the whole report as PDF, from the store",
        budget=0.1,
        measure=measure_preview,
    ),
    Benchmark(
        name="tagging",
        unit_of_work="the annual report as tagged PDF, 24 units on all 35 commitments, in memory",
        floor="the same pages without marks and structure",
        budget=1.3,
        measure=measure_tagging,
    ),
    Benchmark(
        name="compile",
        unit_of_work="the annual report as PDF, 24 units on all 35 commitments, from UD's store to the disk",
        floor="the same texts as plain ReportLab paragraphs, drawn once in memory",
        budget=None,  # one is fixed for tagging only
        measure=measure,
    ),
)
