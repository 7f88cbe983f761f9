"""Asks the process apart to draw a file that may be hostile, and believes little of what it answers."""

from __future__ import annotations

import base64
import binascii
import threading
from dataclasses import dataclass
from typing import Final

from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.own_process import start

CONFINED: Final = "--confined"
"""The word by which the frozen program starts as that process."""

LARGEST: Final = 100 << 20
"""Bytes of a file that is drawn."""

SECONDS: Final = 25.0
"""After this the process is ended."""

_LONGEST_SIDE: Final = 20_000
_LARGEST_HEAD: Final = 1 << 20
_LARGEST_ANSWER: Final = _LARGEST_HEAD + 3 * 60_000_000
_DRAWN: Final = frozenset(
    ("application/pdf", "image/heic", "image/jpeg", "image/png", "image/gif", "image/tiff", "image/webp")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture as plain pixels, three bytes each, row by row; and what was read beside it."""

    width: int
    height: int
    pixels: bytes
    text: str = ""  # of a PDF's first page
    pages: int = 0  # of a PDF
    original: tuple[int, int] = (0, 0)  # pixels, of a picture
    exif: bytes = b""  # of a HEIC


def can_be_drawn(media_type: str) -> bool:
    """Whether there is something to draw in files of this kind."""
    return media_type in _DRAWN


def drawn(data: bytes, media_type: str, longest: int) -> Drawn | None:
    """The picture or the first page, its longer side at most ``longest`` pixels (0: as it is); None: it cannot be."""
    if not can_be_drawn(media_type) or len(data) > LARGEST:
        return None
    question = f'{{"media_type":"{media_type}","longest":{longest}}}\n'.encode("ascii")
    answer = _asked(question, data)
    head, line, pixels = answer.partition(b"\n")
    if not line or len(head) > _LARGEST_HEAD:
        return None
    try:
        return _read(load_json(head, limit=_LARGEST_HEAD), pixels, longest)
    except (Malformed, binascii.Error):
        return None


def _asked(question: bytes, data: bytes) -> bytes:
    """What the process answers; b"" where it fails, runs out of its time, or says too much."""
    with start(CONFINED, "wpsdesk.evidence.confined") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        end = threading.Timer(SECONDS, process.kill)
        end.start()
        try:
            process.stdin.write(question)
            process.stdin.write(data)
            process.stdin.close()
            answer = process.stdout.read(_LARGEST_ANSWER + 1)
        except OSError:  # it ended before it had read everything
            answer = b""
        finally:
            process.kill()
            end.cancel()
    return answer if len(answer) <= _LARGEST_ANSWER else b""


def _read(answer: Reader, pixels: bytes, longest: int) -> Drawn | None:
    if answer.maybe("error", Reader.flag):
        return None
    limit = longest + 1 if longest else _LONGEST_SIDE
    width, height = answer.get("width").integer(1, limit), answer.get("height").integer(1, limit)
    if len(pixels) != 3 * width * height:
        return None

    def side(reader: Reader) -> int:
        return reader.integer(1, 10_000_000)

    return Drawn(
        width=width,
        height=height,
        pixels=pixels,
        text=_plain(answer.default("text", _string, "")),
        pages=answer.default("pages", lambda r: r.integer(0, 1_000_000), 0),
        original=(answer.default("original_width", side, 0), answer.default("original_height", side, 0)),
        exif=base64.b64decode(answer.default("exif", _string, ""), validate=True),
    )


def _string(reader: Reader) -> str:
    if not isinstance(reader.value, str):
        raise reader.fail("wrong-type")
    return reader.value


def _plain(text: str) -> str:
    """The words of a page, with nothing in them but what can be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines)
