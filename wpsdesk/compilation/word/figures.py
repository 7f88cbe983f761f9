"""The report's drawings as pictures: Word draws no SVG that every version can show."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

from wpsdesk.compilation.drawing import SIZE, Box, Dot, Drawing, Ink, Label, Path, Shape

_SCALE: Final = 4  # dots a point: sharp on paper too
_COLOUR: Final = {
    Ink.ACCENT: "#0062BA",
    Ink.TEXT: "#292C30",
    Ink.LINE: "#77797B",
    Ink.SUCCESS: "#068718",
    Ink.DANGER: "#C01B1B",
    Ink.TINT: "#CFE2F4",
    Ink.PAPER: "#FFFFFF",
}
_ANCHOR: Final = {"start": "ls", "middle": "ms", "end": "rs"}


@cache
def _font(is_strong: bool) -> ImageFont.FreeTypeFont:
    data = (files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf").read_bytes()
    font = ImageFont.truetype(io.BytesIO(data), SIZE * _SCALE)
    weight = 600 if is_strong else 400
    font.set_variation_by_axes([weight if b"eight" in axis["name"] else 100 for axis in font.get_variation_axes()])
    return font


def width(text: str, is_strong: bool) -> float:
    """How wide a text is, in points."""
    return _font(is_strong).getlength(text) / _SCALE


def picture(drawing: Drawing) -> bytes:
    """The drawing as PNG on white."""
    image = Image.new("RGB", (round(drawing.width * _SCALE), round(drawing.height * _SCALE)), "white")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(pen, shape)
    out = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _palette() -> Image.Image:
    """Every ink and how it fades into the paper, and letters into a tinted ground: all that the edges are made of.

    To look for the colours of a large picture would take forty megabytes and most of the time.
    """
    inks = {ink: ImageColor.getrgb(colour) for ink, colour in _COLOUR.items()}
    paper, text, tint = inks[Ink.PAPER], inks[Ink.TEXT], inks[Ink.TINT]
    edges = [(ink, paper) for ink in inks.values() if ink not in (paper, tint)] + [(text, tint)]
    fading = [_between(ink, ground, part) for ink, ground in edges for part in range(_STEPS)]
    made = Image.new("P", (1, 1))
    made.putpalette([value for colour in dict.fromkeys([paper, tint, *fading]) for value in colour])
    return made


_STEPS: Final = 9  # so that none is nearer to another than the library tells colours apart


def _between(first: tuple[int, ...], second: tuple[int, ...], part: int) -> tuple[int, ...]:
    return tuple(round(one + (other - one) * part / _STEPS) for one, other in zip(first, second, strict=True))


def _draw(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    colour = _COLOUR[shape.ink]

    def dots(*values: float) -> tuple[float, ...]:
        return tuple(value * _SCALE for value in values)

    match shape:
        case Box(line=line):
            corners = dots(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
            pen.rectangle(corners, None if line else colour, colour if line else None, round(line * _SCALE))
        case Dot(x=x, y=y, radius=reach, line=line):
            around = dots(x - reach, y - reach, x + reach, y + reach)
            pen.ellipse(around, None if line else colour, colour if line else None, round(line * _SCALE))
        case Path(points=points):
            pen.line([dots(*point) for point in points], colour, max(1, round(shape.line * _SCALE)))
        case Label():
            font = _font(shape.is_strong)
            pen.text((shape.x * _SCALE, shape.y * _SCALE), shape.text, colour, font, _ANCHOR[shape.anchor])
