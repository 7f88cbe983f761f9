"""The report's typeface: Noto Sans in two weights, Noto Sans Arabic beside it, registered once a process.

The packages hold variable fonts, of which the PDF library takes the default weight only. The semibold is made
once with fontTools and kept in a folder of the user's own; where that cannot be, it is made in memory.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import make_folder, read_file, write_file
from wpsdesk.compilation.pdf.joining import JoiningFont

_RECIPE: Final = b"wps-font/2"
_SEMIBOLD: Final = 600
_LIMIT: Final = 8 << 20  # bytes; an instance takes half a megabyte
_LAYOUT: Final = ("GPOS", "GSUB", "GDEF")  # they cost most of the time, and only a script that joins needs them


@dataclass(frozen=True, slots=True)
class Face:
    """A weight: the name of the main font and the one for Arabic, and what each can draw."""

    main: str
    arabic: str
    drawn: frozenset[int]
    drawn_in_arabic: frozenset[int]
    joining: JoiningFont


@dataclass(frozen=True, slots=True)
class Faces:
    """The two weights of the report."""

    regular: Face
    semibold: Face


@cache
def faces() -> Faces:
    """Make and register the fonts; the first call may take a second."""
    return faces_from(cache_folder())


def faces_from(folder: Path) -> Faces:
    """The same, with the instances kept in ``folder`` where it is private and can be written."""
    latin = (files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf").read_bytes()
    arabic = (files("fontpkg_noto_sans_arabic") / "files" / "NotoSansArabic[wdth,wght].ttf").read_bytes()
    return Faces(
        regular=_face("WpsSans", latin, arabic),
        semibold=_face(
            "WpsSansSemiBold",
            instance(latin, _SEMIBOLD, folder),
            instance(arabic, _SEMIBOLD, folder, joins=True),
        ),
    )


def _face(name: str, latin: bytes, arabic: bytes) -> Face:
    main, second = TTFont(name, io.BytesIO(latin)), JoiningFont(f"{name}Arabic", arabic)
    pdfmetrics.registerFont(main)
    pdfmetrics.registerFont(second)
    return Face(
        main=name,
        arabic=f"{name}Arabic",
        drawn=frozenset(main.face.charToGlyph),
        drawn_in_arabic=frozenset(second.face.charToGlyph),
        joining=second,
    )


# -- instances and where they are kept -----------------------------------------------------------------


def instance(source: bytes, weight: int, folder: Path, *, joins: bool = False) -> bytes:
    """The variable font ``source`` in one weight; from ``folder`` where it is sound there, else made and kept.

    A script that ``joins`` keeps the tables that say how.

    The name holds a hash of everything the instance depends on, and the file begins with its own SHA-256, so
    neither an older program's instance nor a damaged one is ever used.
    """
    what = (_RECIPE, str(weight).encode(), b"joins" if joins else b"", hashlib.sha256(source).digest())
    key = hashlib.sha256(b"\0".join(what)).hexdigest()
    place = folder / f"{key}.font"
    kept = _kept(place)
    if kept is not None:
        return kept
    made = _made(source, weight, joins=joins)
    try:
        make_folder(folder)
        if _is_private(folder):
            write_file(place, hashlib.sha256(made).digest() + made, replace=True)
    except WpsError:
        pass  # the next run makes it again
    return made


def _kept(place: Path) -> bytes | None:
    try:
        data = read_file(place, limit=_LIMIT) if _is_private(place.parent) else b""
    except WpsError:
        return None
    digest, font = data[:32], data[32:]
    return font if font and hashlib.sha256(font).digest() == digest else None


def _is_private(folder: Path) -> bool:
    """Whether nobody but this user can put a file there."""
    try:
        found = folder.stat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    if sys.platform == "win32":  # a user's own folder is private there by inheritance
        return True
    return found.st_uid == os.getuid() and not found.st_mode & 0o077


def _made(source: bytes, weight: int, *, joins: bool = False) -> bytes:
    from fontTools.ttLib import TTFont as FontFile  # it takes eleven megabytes, and is seldom needed
    from fontTools.varLib import instancer

    # recalcTimestamp: the same font on every machine, so that the same report is the same file.
    font = FontFile(io.BytesIO(source), recalcTimestamp=False)
    for table in _LAYOUT:
        if table in font and not joins:
            del font[table]
    made = instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
    for record in made["name"].names:
        if record.nameID == 6:  # the PostScript name, under which the PDF holds the font
            made["name"].setName(
                record.toUnicode().replace("Regular", "SemiBold"), 6, record.platformID, record.platEncID, record.langID
            )
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def cache_folder() -> Path:
    """The user's own folder for what can be made again."""
    home = Path.home()
    match sys.platform:
        case "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case "darwin":
            base = home / "Library" / "Caches"
        case _:
            base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "wpsdesk" / "fonts"
