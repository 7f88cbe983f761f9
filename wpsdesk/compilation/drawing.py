"""The figures and signs of the report as shapes without a library: every writer draws the same, each in its own way.

Lengths are points, y goes down from the top, as on a screen. Colours are named for what they mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from wpsdesk.compilation.figures import SIGNS, CellState
from wpsdesk.compilation.tree import Chart


class Ink(Enum):
    """What a colour is for."""

    ACCENT = auto()
    TEXT = auto()
    LINE = auto()
    SUCCESS = auto()
    DANGER = auto()
    TINT = auto()  # a light ground of the accent
    PAPER = auto()  # what everything stands on


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle: filled, or drawn as a line of ``line`` where that is not 0."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    line: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    line: float
    ink: Ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A circle: filled, or drawn as a line of ``line`` where that is not 0."""

    x: float
    y: float
    radius: float
    ink: Ink
    line: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One line of text; ``x`` is its start, its middle or its end, ``y`` the baseline."""

    x: float
    y: float
    text: str
    anchor: str = "start"  # start, middle or end
    is_strong: bool = False
    ink: Ink = Ink.TEXT


Shape = Box | Path | Dot | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes on an area, the first at the bottom."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


Width = Callable[[str, bool], float]
"""How wide a text is in the writer's font, and whether it is strong, in points."""

SIZE: Final = 9.0  # of the text in a figure
_STEP: Final = 19.0
_BAR: Final = 11.0
_GAP: Final = 8.0
_PADDING: Final = 2.0


def bars(chart: Chart, width: float, wide: Width) -> Drawing:
    """Plain horizontal bars, each with its label at the left and its value at the end."""
    room = max((wide(bar.label, False) for bar in chart.bars), default=0) + _GAP
    longest = max((wide(bar.shown, True) for bar in chart.bars), default=0) + _GAP
    scale = (width - room - longest) / (max((bar.value for bar in chart.bars), default=0) or 1)
    height = _STEP * len(chart.bars) + 2 * _PADDING
    shapes: list[Shape] = []
    for place, bar in enumerate(chart.bars):
        top = _PADDING + _STEP * place + (_STEP - _BAR) / 2
        base = top + _BAR - 2.5
        shapes.append(Label(x=room - _GAP, y=base, text=bar.label, anchor="end"))
        if bar.value:
            shapes.append(Box(x=room, y=top, width=bar.value * scale, height=_BAR, ink=Ink.ACCENT))
        shapes.append(Label(x=room + bar.value * scale + _GAP / 2, y=base, text=bar.shown, is_strong=True))
    axis = ((room, _PADDING), (room, height - _PADDING))
    shapes.append(Path(points=axis, line=0.6, ink=Ink.LINE))
    return Drawing(width=width, height=height, shapes=tuple(shapes))


def sign(state: CellState, side: float) -> Drawing:
    """The sign of a state in the middle of a square; an unasked cell has none."""
    return Drawing(width=side, height=side, shapes=_sign(state, side))


def _sign(state: CellState, side: float) -> tuple[Shape, ...]:
    middle, reach, thin = side / 2, side * 0.27, side * 0.08

    def path(line: float, ink: Ink, *points: tuple[float, float]) -> Path:
        return Path(points=tuple((middle + x, middle + y) for x, y in points), line=line, ink=ink)

    def box(wide: float, high: float, ink: Ink, *, line: float = 0) -> Box:
        return Box(x=middle - wide, y=middle - high, width=2 * wide, height=2 * high, ink=ink, line=line)

    shapes: tuple[Shape, ...] = ()
    match state:
        case CellState.NOT_ASKED:
            pass
        case CellState.ACCEPTED:
            tick = ((-reach, 0.0), (-reach * 0.2, reach * 0.8), (reach, -reach * 0.9))
            shapes = (path(side * 0.13, Ink.SUCCESS, *tick),)
        case CellState.RECEIVED:
            shapes = (Dot(x=middle, y=middle, radius=reach * 0.85, ink=Ink.ACCENT),)
        case CellState.NOTHING:
            shapes = (box(reach, side * 0.06, Ink.TEXT),)
        case CellState.MISSING:
            shapes = (box(reach, reach, Ink.LINE, line=thin),)
        case CellState.LATE:
            hands = ((0.0, -reach * 0.7), (0.0, 0.0), (reach * 0.55, 0.0))
            clock = Dot(x=middle, y=middle, radius=reach, ink=Ink.TEXT, line=thin)
            shapes = (clock, path(thin, Ink.TEXT, *hands))
        case CellState.RETURNED:
            at, text = middle + reach, SIGNS[state]
            shapes = (Label(x=middle, y=at, text=text, anchor="middle", is_strong=True, ink=Ink.DANGER),)
    return shapes
