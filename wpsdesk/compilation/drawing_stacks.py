"""Every picture as shapes. Every kind of a part has a pattern of its own, so that colour is not needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wpsdesk.compilation.drawing import Box, Dot, Drawing, Ink, Label, Path, Shape, Width, bars
from wpsdesk.compilation.tree import Chart, Pattern, Picture, Stack, StackRow, Tile, Tiles

_SWATCH: Final = 9.0
_LINE: Final = 14.0  # of the legend
_GAP: Final = 6.0
_GROUP: Final = 17.0  # the height of a group's name
_STEPS: Final = ((12, 19.0, 12.0), (24, 15.0, 10.5), (10_000, 12.5, 9.0))  # rows at most: from one to the next, a bar's
_FEW: Final = 8  # rows whose labels may take two lines
_SECOND: Final = 10.5  # from the first line of a label to the second
_PART: Final = 0.44  # of the width that labels may take
_FLAT: Final = (Pattern.FULL, Pattern.LIGHT, Pattern.EMPTY, Pattern.DARK)


def drawn(picture: Picture, width: float, wide: Width) -> Drawing:
    """Any picture, so wide."""
    match picture:
        case Chart():
            return bars(picture, width, wide)
        case Stack():
            return stack(picture, width, wide)
        case Tiles():
            return tiles(picture, width, wide)


def stack(block: Stack, width: float, wide: Width) -> Drawing:
    """The kinds, then the bars, each as long as the sum of its parts."""
    legend, top = _legend(block, width, wide)
    step, thick = next((s, t) for most, s, t in _STEPS if len(block.rows) <= most)
    lines = 2 if len(block.rows) <= _FEW else 1
    labels = [_fitting(row.label, width * _PART, wide, lines) for row in block.rows]
    if any(len(label) > 1 for label in labels):
        step += _SECOND
    room = max((wide(line, False) for label in labels for line in label), default=0) + _GAP
    ends = max((wide(row.total, True) for row in block.rows), default=0) + _GAP
    scale = (width - room - ends) / (max((sum(row.values) for row in block.rows), default=0) or 1)
    shapes = [*legend]
    for row, label in zip(block.rows, labels, strict=True):
        if row.group:
            shapes.append(Label(x=0, y=top + _GROUP - 5, text=_fitting(row.group, width, wide)[0], is_strong=True))
            top += _GROUP
        bar = top + (step - thick) / 2
        base = bar + thick / 2 + 3.1
        for place, line in enumerate(label):
            y = base + (place - (len(label) - 1) / 2) * _SECOND
            shapes.append(Label(x=room - _GAP, y=y, text=line, anchor="end"))
        shapes += _parts(block, row, (room, bar, scale, thick), wide)
        shapes.append(Label(x=room + sum(row.values) * scale + _GAP / 2, y=base, text=row.total, is_strong=True))
        top += step
    return Drawing(width=width, height=top + 2, shapes=tuple(shapes))


def _legend(block: Stack, width: float, wide: Width) -> tuple[list[Shape], float]:
    """The swatches of the kinds that there are, with their names; and where they end."""
    used = [k for place, k in enumerate(block.kinds) if any(row.values[place] for row in block.rows)]
    shapes: list[Shape] = []
    x, y = 0.0, 2.0
    for kind in used:
        taken = _SWATCH + 4 + wide(kind.name, False) + 12
        if x and x + taken > width:
            x, y = 0.0, y + _LINE
        shapes += filled(kind.pattern, x, y, _SWATCH, _SWATCH)
        shapes.append(Label(x=x + _SWATCH + 4, y=y + _SWATCH - 1, text=kind.name))
        x += taken
    return shapes, y + (_LINE + 6 if used else 0)


def _parts(
    block: Stack, row: StackRow, place: tuple[float, float, float, float], wide: Width
) -> Iterator[Shape]:  # fmt: skip
    """The parts of one bar, each with its value where it has room."""
    x, y, scale, thick = place
    for kind, value, shown in zip(block.kinds, row.values, row.shown, strict=True):
        long = value * scale
        if value:
            yield from filled(kind.pattern, x, y, max(long - 1, 0.6), thick)
            yield from _value(kind.pattern, (x, y, long, thick), shown, wide(shown, False))
        x += long


def _value(pattern: Pattern, box: tuple[float, float, float, float], shown: str, taken: float) -> Iterator[Shape]:
    x, y, long, thick = box
    if taken + 5 > long or thick < 10:
        return
    middle = x + (long - 1) / 2
    if pattern not in _FLAT:
        yield Box(x=middle - taken / 2 - 1.5, y=y + 1, width=taken + 3, height=thick - 2, ink=Ink.PAPER)
    ink = Ink.PAPER if pattern in (Pattern.FULL, Pattern.DARK) else Ink.TEXT
    yield Label(x=middle, y=y + thick / 2 + 3.1, text=shown, anchor="middle", ink=ink)


def _fitting(text: str, room: float, wide: Width, lines: int = 1) -> list[str]:
    """The text in at most so many lines, or as much of its beginning as there is room for; the table has it whole."""
    if wide(text, False) <= room:
        return [text]
    words = text.split()
    if lines > 1:
        whole = [" ".join(words[:n]) for n in range(1, len(words))]
        first = max((part for part in whole if wide(part, False) <= room), key=len, default="")
        if first:
            return [first, *_fitting(text[len(first) :].strip(), room, wide, lines - 1)]
    short = text
    while short and wide(f"{short}…", False) > room:
        short = short[:-1]
    return [f"{short.rstrip()}…"]


# -- patterns ----------------------------------------------------------------------------------------


def filled(pattern: Pattern, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """A rectangle with a pattern, drawn within its edges."""
    thin = min(0.7, width / 3)
    edge = Box(
        x=x + thin / 2, y=y + thin / 2, width=width - thin, height=height - thin, ink=Ink.ACCENT, line=thin
    )  # fmt: skip
    within = (x + thin, y + thin, width - 2 * thin, height - 2 * thin)  # so that no line's end pokes through the edge
    match pattern:
        case Pattern.FULL:
            yield Box(x=x, y=y, width=width, height=height, ink=Ink.ACCENT)
        case Pattern.DARK:
            yield Box(x=x, y=y, width=width, height=height, ink=Ink.TEXT)
            inner = max(width - 3, width / 3)
            yield Box(x=x + (width - inner) / 2, y=y + 1.5, width=inner, height=height - 3, ink=Ink.PAPER, line=0.7)
        case Pattern.LIGHT:
            yield Box(x=x, y=y, width=width, height=height, ink=Ink.TINT)
            yield edge
        case Pattern.EMPTY:
            yield Box(
                x=x + thin / 2, y=y + thin / 2, width=width - thin, height=height - thin, ink=Ink.LINE, line=thin
            )  # fmt: skip
        case Pattern.DOTTED:
            yield edge
            yield from _dots(x, y, width, height)
        case Pattern.UPRIGHT:
            yield edge
            yield from _upright(*within)
        case Pattern.SLANTED:
            yield edge
            yield from _slanted(*within)
        case Pattern.CROSSED:
            yield edge
            yield from _slanted(*within)
            yield from (_flipped(path, y, height) for path in _slanted(*within))


def _upright(x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    for place in range(1, int(width / 3)):
        at = x + 3.0 * place
        yield Path(points=((at, y), (at, y + height)), line=0.7, ink=Ink.ACCENT)


def _dots(x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    for line in range(int((height - 1) / 3.2)):
        for place in range(int((width - 1) / 3.2)):
            yield Dot(x=x + 2.1 + 3.2 * place, y=y + 2.1 + 3.2 * line, radius=0.75, ink=Ink.ACCENT)


def _slanted(x: float, y: float, width: float, height: float) -> Iterator[Path]:
    """Lines that rise to the right, cut where the rectangle ends."""
    for place in range(1, int((width + height) / 4) + 1):
        across = 4.0 * place  # where the line meets the lower edge, or would meet it
        low = (min(across, width), max(0.0, across - width))
        high = (max(0.0, across - height), min(across, height))
        if low[0] - high[0] > 0.3:
            points = ((x + high[0], y + height - high[1]), (x + low[0], y + height - low[1]))
            yield Path(points=points, line=0.7, ink=Ink.ACCENT)


def _flipped(path: Path, y: float, height: float) -> Path:
    return Path(points=tuple((px, 2 * y + height - py) for px, py in path.points), line=path.line, ink=path.ink)


# -- the map -----------------------------------------------------------------------------------------

_SIDE: Final = 25.0


def tiles(block: Tiles, width: float, wide: Width) -> Drawing:
    """Every country in its place; one of which something is told is full and bears a figure."""
    columns = max((tile.column for tile in block.tiles), default=0) + 1
    side = min(_SIDE, width / columns)
    shapes: list[Shape] = []
    for tile in block.tiles:
        shapes += _tile(tile, side)
    height = (max((tile.row for tile in block.tiles), default=0) + 1) * side + 8
    x = 0.0
    for pattern, name in zip((Pattern.FULL, Pattern.EMPTY), block.legend, strict=True):
        shapes += filled(pattern, x, height, _SWATCH, _SWATCH)
        shapes.append(Label(x=x + _SWATCH + 4, y=height + _SWATCH - 1, text=name))
        x += _SWATCH + 4 + wide(name, False) + 14
    return Drawing(width=width, height=height + _SWATCH + 4, shapes=tuple(shapes))


def _tile(tile: Tile, side: float) -> Iterator[Shape]:
    x, y, inner = tile.column * side, tile.row * side, side - 2
    yield from filled(Pattern.FULL if tile.shown else Pattern.EMPTY, x, y, inner, inner)
    ink, middle = (Ink.PAPER if tile.shown else Ink.TEXT), x + inner / 2
    if tile.shown:
        yield Label(x=middle, y=y + inner / 2 - 1, text=tile.code, anchor="middle", is_strong=True, ink=ink)
        yield Label(x=middle, y=y + inner - 2.5, text=tile.shown, anchor="middle", ink=ink)
    else:
        yield Label(x=middle, y=y + inner / 2 + 3.1, text=tile.code, anchor="middle", ink=ink)
