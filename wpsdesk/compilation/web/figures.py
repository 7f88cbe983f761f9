"""The report's drawings as SVG inside the page."""

from __future__ import annotations

from typing import Final

from wpsdesk.compilation.drawing import Box, Dot, Drawing, Ink, Label, Path, Shape, sign
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.web.markup import element, text

INK: Final = {
    Ink.ACCENT: "accent",
    Ink.TEXT: "ink",
    Ink.LINE: "line",
    Ink.SUCCESS: "good",
    Ink.DANGER: "bad",
    Ink.TINT: "tint",
    Ink.PAPER: "paper",
}
_SIDE: Final = 12.0


def about(words: str, is_strong: bool) -> float:
    """How wide a text will be, nearly: the reader's own font decides."""
    return len(words) * (5.6 if is_strong else 5.1)


def svg(drawing: Drawing, *, said: str) -> str:
    """A figure that tells ``said`` to whoever does not see it."""
    inside = "".join(shape(one) for one in drawing.shapes)
    return element("svg", inside, role="img", aria_label=said, viewBox=_box(drawing))


def symbols(states: tuple[CellState, ...]) -> str:
    """The signs, once; :func:`use` shows them."""
    made = ""
    for state in states:
        drawn = sign(state, _SIDE)
        inside = "".join(shape(one) for one in drawn.shapes)
        made += element("symbol", inside, id=f"sign-{state}", viewBox=_box(drawn))
    return element("svg", made, class_="symbols", aria_hidden="true", focusable="false")


def use(state: CellState) -> str:
    """The sign of a state; its word stands beside it."""
    return f'<svg class="sign" aria-hidden="true" focusable="false"><use href="#sign-{state}"/></svg>'


def shape(one: Shape) -> str:
    """One shape as an element."""
    match one:
        case Box(line=0):
            return f'<rect class="{INK[one.ink]}" {_at(one)}/>'
        case Box():
            return f'<rect class="{INK[one.ink]} drawn" stroke-width="{_n(one.line)}" {_at(one)}/>'
        case Dot():
            drawn = f' drawn" stroke-width="{_n(one.line)}"' if one.line else '"'
            return f'<circle class="{INK[one.ink]}{drawn} cx="{_n(one.x)}" cy="{_n(one.y)}" r="{_n(one.radius)}"/>'
        case Path():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in one.points)
            return f'<polyline class="{INK[one.ink]} drawn" stroke-width="{_n(one.line)}" points="{points}"/>'
        case Label():
            strong = " strong" if one.is_strong else ""
            return (
                f'<text class="{INK[one.ink]}{strong}" text-anchor="{one.anchor}" x="{_n(one.x)}" y="{_n(one.y)}">'
                f"{text(one.text)}</text>"
            )


def _at(box: Box) -> str:
    return f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'


def _box(drawing: Drawing) -> str:
    return f"0 0 {_n(drawing.width)} {_n(drawing.height)}"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
