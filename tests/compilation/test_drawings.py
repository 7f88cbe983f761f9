"""The signs and bars, as the operators that draw them."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf

from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.pdf.drawings import Bars, Sign
from wpsdesk.compilation.pdf.pages import Sheet
from wpsdesk.compilation.pdf.structure import Structure
from wpsdesk.compilation.tree import Bar, Chart


def operators(*drawn: Sign | Bars) -> list[tuple[str, list[str]]]:
    """What is drawn on a page, operator and operands, without colours."""
    out = io.BytesIO()
    sheet = Sheet(out, is_rehearsal=False, anchors={}, structure=Structure(), pageCompression=0, invariant=1)
    for one in drawn:
        one.drawOn(sheet, 100, 100)
    sheet.showPage()
    sheet.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as found:
        commands = [
            (str(c.operator), [str(o) for o in c.operands]) for c in pikepdf.parse_content_stream(found.pages[0])
        ]
    return [(name, operands) for name, operands in commands if name not in ("rg", "RG")]


def test_every_state_is_drawn_differently_without_its_colour() -> None:
    drawn = {state: repr(operators(Sign(state, 12, 12))) for state in CellState}
    assert len(set(drawn.values())) == len(CellState)


def test_a_bar_is_as_long_as_its_value_and_zero_has_none() -> None:
    counts = (("En", 10), ("To", 5), ("Ingen", 0))
    chart = Chart(caption="", said="", bars=tuple(Bar(label=name, value=n, shown=str(n)) for name, n in counts))
    drawn = operators(Bars(chart))
    widths = [float(operands[2]) for name, operands in drawn if name == "re"]
    assert len(widths) == 2
    assert abs(widths[0] - 2 * widths[1]) < 0.01


def test_the_pdf_library_is_loaded_only_when_a_report_is_written() -> None:
    code = "import sys, wpsdesk.compilation.annual, wpsdesk.compilation.pdf; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
