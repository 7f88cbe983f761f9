"""The signs and bars, as the operators that draw them."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.compilation.drawing import Box, Dot, Ink, Path, Shape
from wpsdesk.compilation.drawing_stacks import filled
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.pdf.drawings import Shown, Sign
from wpsdesk.compilation.pdf.pages import Sheet
from wpsdesk.compilation.pdf.structure import Structure
from wpsdesk.compilation.tree import Bar, Chart, Pattern


def operators(*drawn: Sign | Shown) -> list[tuple[str, list[str]]]:
    """What is drawn on a page, operator and operands, without colours."""
    out = io.BytesIO()
    sheet = Sheet(out, structure=Structure(), pageCompression=0, invariant=1)
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
    drawn = operators(Shown(chart))
    widths = [float(operands[2]) for name, operands in drawn if name == "re"]
    assert len(widths) == 2
    assert abs(widths[0] - 2 * widths[1]) < 0.01


def test_the_pdf_library_is_loaded_only_when_a_report_is_written() -> None:
    code = "import sys, wpsdesk.compilation.annual, wpsdesk.compilation.pdf; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_pattern_is_drawn_differently_without_its_colour() -> None:
    drawn = {pattern: shapes(filled(pattern, 0, 0, 40, 12)) for pattern in Pattern}
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("pattern", Pattern)
@given(width=st.floats(0.6, 300), height=st.floats(8, 14))
def test_a_pattern_stays_within_its_edges(pattern: Pattern, width: float, height: float) -> None:
    for shape in filled(pattern, 5, 5, width, height):
        match shape:
            case Path(points=points):
                assert all(4.9 <= x <= 5.1 + width and 4.9 <= y <= 5.1 + height for x, y in points)
            case Dot(x=x, y=y, radius=radius):
                assert x + radius <= 5.1 + width
                assert y + radius <= 5.1 + height
            case Box():
                assert shape.x + shape.width <= 5.1 + width


def shapes(found: Iterable[Shape]) -> str:
    return repr([replace(shape, ink=Ink.TEXT) for shape in found])
