"""The pages of a PDF of our own making as pictures and as text, in memory: a preview that is what will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wpsdesk.base.progress import Progress, unwatched

POINTS: Final = 72  # an inch


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One page: ``pixels`` are rows of red, green, blue and a byte that says nothing; ``text`` is what stands on it."""

    width: int
    height: int
    pixels: bytes
    text: str


def page_pictures(pdf: bytes, dots: int, *, progress: Progress = unwatched) -> tuple[PagePicture, ...]:
    """Every page at so many dots an inch. Never for a file from outside: it is read without a guard."""
    import pypdfium2

    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            progress(number, len(document))
            bitmap = page.render(scale=dots / POINTS, rev_byteorder=True, prefer_bgrx=True)
            words = page.get_textpage()
            found.append(
                PagePicture(
                    width=bitmap.width,
                    height=bitmap.height,
                    pixels=_rows(bytes(bitmap.buffer), bitmap.width * 4, bitmap.stride),
                    text=words.get_text_bounded(),
                )
            )
    finally:
        document.close()
    progress(len(found), len(found))
    return tuple(found)


def _rows(data: bytes, wide: int, stride: int) -> bytes:
    """The rows without what fills them up."""
    if wide == stride:
        return data
    return b"".join(data[start : start + wide] for start in range(0, len(data), stride))
