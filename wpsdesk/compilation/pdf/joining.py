"""Arabic script on the page: letters joined and marks placed by HarfBuzz, passages turned line by line.

The PDF library draws characters. So every joined form, with the place that HarfBuzz gives it, gets a character of its
own from the private use area, which breaks into lines like any other; the file maps it back to the letters that it
stands for, so that whoever copies or hears the text gets these.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.paragraph import FragLine, ParaLines

if TYPE_CHECKING:
    from uharfbuzz import GlyphInfo, GlyphPosition

from wpsdesk.compilation.right_to_left import PASSAGE, mirrored, seen

_NOTHING: Final = "\u200d"  # what a second part of one letter is to whoever hears it
_FIRST, _LAST = 0xE000, 0xF8FF  # private use; no text of ours is drawn with it
_MAPPED: Final = re.compile(r"^(<[0-9A-F]{2}> )<([EF][0-9A-F]{3})>$", re.MULTILINE)


class _Form(NamedTuple):
    """A glyph in its place, in units of the font. ``letters``: what it stands for, in the order of writing.

    ``marks`` are drawn with it as one: other glyphs, and where they stand from its origin.
    """

    glyph: int
    advance: int
    across: int
    up: int
    letters: str
    marks: tuple[tuple[int, int, int], ...] = ()


class JoiningFont(TTFont):  # type: ignore[misc]
    """A font whose letters join."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, io.BytesIO(data))
        self._characters: dict[_Form, str] = {}
        self._forms: dict[str, _Form] = {}
        self._next = _FIRST
        self._plain_subset = self.face.makeSubset
        self.face.makeSubset = self._subset

    def joined(self, letters: str) -> str:
        """Characters for the joined forms of ``letters``, in the order of writing."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(letters)
        buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        font = uharfbuzz.Font(self.hbFace)
        uharfbuzz.shape(font, buffer)
        found = zip(reversed(buffer.glyph_infos), reversed(buffer.glyph_positions), strict=True)
        clusters = [list(group) for _, group in groupby(found, key=lambda pair: pair[0].cluster)]
        starts = [group[0][0].cluster for group in clusters]
        made = []
        for group, start, end in zip(clusters, starts, [*starts[1:], len(letters)], strict=True):
            made += [self._character(form, font) for form in _forms(group, letters[start:end])]
        return "".join(made)

    def _character(self, form: _Form, font: object) -> str:
        known = self._characters.get(form)
        if known is not None:
            return known
        while self._next in self.face.charToGlyph:
            self._next += 1
        if self._next > _LAST:  # nobody writes so many different forms
            return "\ufffd"
        made = chr(self._next)
        self.face.charToGlyph[self._next] = form.glyph
        self.face.charWidths[self._next] = self.pdfScale(font.get_glyph_h_advance(form.glyph))  # type: ignore[attr-defined]
        self._characters[form], self._forms[made] = made, form
        self._next += 1
        return made

    def letter(self, character: str) -> str:
        """One letter that the character stands for: the first."""
        form = self._forms.get(character)
        return character if form is None else (form.letters or _NOTHING)[0]

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802, ARG002
        """The width with every form in its place; called by the library."""
        forms, widths, usual = self._forms, self.face.charWidths, self.face.defaultWidth
        found = (self.pdfScale(forms[c].advance) if c in forms else widths.get(ord(c), usual) for c in text)
        return float(sum(found)) * size * 0.001

    def place_of(self, character: str) -> tuple[float, float, float]:
        """In thousandths of the size: what to go on before it is drawn, how far up it stands, what to go on after."""
        form = self._forms.get(character)
        if form is None:
            return 0, 0, 0
        across, up, advance = (self.pdfScale(value) for value in (form.across, form.up, form.advance))
        return across, up, advance - across - self.face.charWidths[ord(character)]

    def addObjects(self, doc: object) -> None:  # noqa: N802
        """Put the font in the file; its characters are mapped to the letters that they stand for."""
        super().addObjects(doc)
        for name, found in doc.idToObject.items():  # type: ignore[attr-defined]
            if name.startswith("toUnicodeCMap:") and self.face.name.decode() in name:
                found.content = _MAPPED.sub(self._mapping, found.content)

    def _mapping(self, line: re.Match[str]) -> str:
        form = self._forms.get(chr(int(line[2], 16)))
        if form is None:
            return line[0]
        return f"{line[1]}<{(form.letters or _NOTHING).encode('utf-16-be').hex().upper()}>"

    def _subset(self, characters: list[int]) -> bytes:
        """The font with no more than these characters; a form with marks has a glyph of its own."""
        plain: bytes = self._plain_subset(characters)
        own = {code: form for code, c in enumerate(characters) if (form := self._forms.get(chr(c))) and form.marks}
        if not own:
            return plain
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        from fontTools.pens.transformPen import TransformPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen
        from fontTools.ttLib import TTFont as FontFile

        whole = FontFile(io.BytesIO(self.face._ttf_data), lazy=True)
        glyphs, order = whole.getGlyphSet(), whole.getGlyphOrder()
        font = FontFile(io.BytesIO(plain), recalcTimestamp=False)
        table, names = font["glyf"], font.getGlyphOrder()
        for code, form in own.items():
            pen, name = TTGlyphPen(None), f"form{code}"
            for glyph, across, up in ((form.glyph, 0, 0), *form.marks):
                drawn = DecomposingRecordingPen(glyphs)
                glyphs[order[glyph]].draw(drawn)
                drawn.replay(TransformPen(pen, (1, 0, 0, 1, across, up)))
            names = [*names, name]
            font.setGlyphOrder(names)
            table[name] = pen.glyph()
            table[name].recalcBounds(table)
            font["hmtx"][name] = (whole["hmtx"][order[form.glyph]][0], table[name].xMin)
            font["cmap"].tables[0].cmap[code] = name
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def _forms(group: Sequence[tuple[GlyphInfo, GlyphPosition]], letters: str) -> Iterator[_Form]:
    """The forms of one letter: mostly one, for what takes no room is drawn with what does."""
    (first, place), *others = group
    form = _Form(
        glyph=first.codepoint, advance=place.x_advance, across=place.x_offset, up=place.y_offset, letters=letters
    )
    if all(other.x_advance == 0 for _, other in others):
        marks = ((i.codepoint, p.x_offset - place.x_offset, p.y_offset - place.y_offset) for i, p in others)
        yield form._replace(marks=tuple(marks))
        return
    yield form
    for info, other in others:
        yield _Form(glyph=info.codepoint, advance=other.x_advance, across=other.x_offset, up=other.y_offset, letters="")


# -- lines -------------------------------------------------------------------------------------------


class _Sign(NamedTuple):
    """One character, the letter that it stands for, and what it was found in."""

    character: str
    letter: str
    owner: object


def seen_runs_of(found: Sequence[tuple[str, str]], font: JoiningFont) -> list[tuple[str, str]]:
    """Font and characters of one line, from the left."""
    if all(name != font.fontName for name, _ in found):
        return list(found)
    signs = [sign for name, text in found for sign in _signs(text, font if name == font.fontName else None, name)]
    return [(str(name), text) for name, text in _grouped(_turned(signs))]


def as_seen(lines: ParaLines) -> ParaLines:
    """A paragraph's broken lines with every passage turned; the same where there is none."""
    if lines.kind == 0:
        font = _joining(lines.fontName)
        if font is None:
            return lines
        made = copy(lines)
        made.lines = [
            (room, _text(_turned(_signs(" ".join(words), font, None))).split(" ")) for room, words in lines.lines
        ]
        return made
    if not any(_joining(getattr(one, "fontName", "")) for line in lines.lines for one in line.words):
        return lines
    made = copy(lines)
    made.lines = [_line(line) for line in lines.lines]
    return made


def _line(line: FragLine) -> FragLine:
    signs = [sign for one in line.words for sign in _signs(one.text, _joining(one.fontName), one)]
    made = copy(line)
    made.words = []
    for owner, text in _grouped(_turned(signs)):
        part = copy(owner)
        part.text = text  # type: ignore[attr-defined]
        made.words.append(part)
    return made


def _joining(name: str) -> JoiningFont | None:
    font = pdfmetrics.getFont(name) if name else None
    return font if isinstance(font, JoiningFont) else None


def _signs(text: str, font: JoiningFont | None, owner: object) -> list[_Sign]:
    return [_Sign(c, c if font is None else font.letter(c), owner) for c in text]


def _turned(signs: Sequence[_Sign]) -> list[_Sign]:
    """The signs of one line in the order in which they are seen, from the left."""
    found = list(signs)
    for passage in PASSAGE.finditer("".join(sign.letter for sign in signs)):
        part = signs[passage.start() : passage.end()]
        found[passage.start() : passage.end()] = [
            part[place]._replace(character=mirrored(part[place].character)) for place in seen(passage.group())
        ]
    return found


def _grouped(signs: Iterable[_Sign]) -> list[tuple[object, str]]:
    """What stands together and was found in the same."""
    groups = groupby(signs, key=lambda sign: id(sign.owner))
    parts = [list(group) for _, group in groups]
    return [(part[0].owner, _text(part)) for part in parts]


def _text(signs: Iterable[_Sign]) -> str:
    return "".join(sign.character for sign in signs)
