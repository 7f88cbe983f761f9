"""Small real files for a demonstration: a picture, a PDF and a spreadsheet, made on the spot."""

from __future__ import annotations

import io
from pathlib import Path

from wpsdesk.base.files import write_file

ACCENT = (0, 98, 186)
SURFACE = (243, 243, 244)


def make_specimens(folder: Path, unit: str, year: int) -> tuple[Path, ...]:
    """Write ``mote.jpg``, ``referat.pdf`` and ``deltakere.xlsx`` in ``folder``; their content is made up."""
    made = {
        "mote.jpg": _picture("JPEG", (960, 640), f"{unit} {year}"),
        "referat.pdf": _picture("PDF", (1240, 1754), f"Referat, {unit} {year} (oppdiktet)"),
        "deltakere.xlsx": _spreadsheet(unit, year),
    }
    for name, data in made.items():
        write_file(folder / name, data)
    return tuple(folder / name for name in made)


def _picture(kind: str, size: tuple[int, int], text: str) -> bytes:
    from PIL import Image, ImageDraw

    width, height = size
    picture = Image.new("RGB", size, SURFACE)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width, height // 12), fill=ACCENT)
    for place in range(7):  # people around a table, as plain shapes
        x, y = width * (place + 1) // 8, height * 6 // 10
        pen.ellipse((x - 24, y - 110, x + 24, y - 62), fill=ACCENT)
        pen.rounded_rectangle((x - 38, y - 56, x + 38, y + 40), radius=18, fill=ACCENT)
    pen.rounded_rectangle((width // 12, height * 13 // 20, width * 11 // 12, height * 3 // 4), radius=12, fill="white")
    pen.text((width // 20, height // 8), text, fill="black", font_size=28)
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _spreadsheet(unit: str, year: int) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Deltakere")
        for row, line in enumerate(
            (
                ("Møte", "Kvinner", "Menn", "Talt"),
                (f"{unit} 1", 34, 12, f"{year}-05-14"),
                (f"{unit} 2", 30, 14, f"{year}-10-02"),
            )
        ):
            sheet.write_row(row, 0, line)
    return out.getvalue()
