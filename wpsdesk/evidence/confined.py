"""The process apart: it reads one file that may be hostile, and can do nothing else.

Everything comes on standard input and goes out on standard output. Before the first byte of the file is looked at,
the process gives up what it does not need: on Linux and macOS it can then open no file, directory or connection,
write none, and take no more memory and time than its share. It draws pictures as plain pixels, so that whoever
asked decodes nothing of what it answers.
"""

from __future__ import annotations

import base64
import codecs
import io
import json
import sys
import warnings
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY: Final = 1536 << 20  # bytes of addresses, libraries included
SECONDS: Final = 20  # of the processor's time
MOST_PIXELS: Final = 60_000_000
LONGEST_TEXT: Final = 4000
_LARGEST_EXIF: Final = 256 << 10


def main() -> int:
    """Answer one question: a line of JSON, then the file; the answer is a line of JSON, then pixels."""
    asked = json.loads(sys.stdin.buffer.readline(4096))
    data = sys.stdin.buffer.read()
    kind, longest = str(asked["media_type"]), int(asked["longest"])
    answer: dict[str, Any] = {}
    pixels = b""
    try:
        _get_ready(kind)
        confine()
        pixels, answer = _page(data, longest) if kind == "application/pdf" else _picture(data, kind, longest)
    # Whatever a damaged file makes its library stumble over, the answer is that it cannot be shown.
    except Exception:  # noqa: BLE001
        answer = {"error": True}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii") + b"\n" + pixels)
    sys.stdout.buffer.flush()
    return 0


def confine() -> None:
    """Give up what is not needed. On Windows there is nothing to call for it, and the process is only apart."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_NOFILE, 0),  # the last: what is open stays open, nothing more can be
    ):
        resource.setrlimit(what, (most, most))


def _get_ready(kind: str) -> None:
    """Read in the libraries, which cannot be done later."""
    from PIL import Image, ImageCms, ImageOps  # noqa: F401

    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp437"):
        codecs.lookup(encoding)
    if kind == "application/pdf":
        import pypdfium2

        pypdfium2.PdfDocument.new().close()
    elif kind == "image/heic":
        import pi_heif

        pi_heif.register_heif_opener()
    Image.init()
    Image.new("RGB", (1, 1)).resize((2, 2))
    ImageCms.createProfile("sRGB")


def _page(data: bytes, longest: int) -> tuple[bytes, dict[str, Any]]:
    """A PDF's first page and its words."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(longest / max(width, height, 1.0), 4.0)
        drawn = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        words = page.get_textpage()
        text = words.get_text_range(count=min(words.count_chars(), LONGEST_TEXT))
        return _pixels(drawn, {"pages": len(document), "text": text[:LONGEST_TEXT]})


def _picture(data: bytes, kind: str, longest: int) -> tuple[bytes, dict[str, Any]]:
    """A picture, upright, in the colours of sRGB, its longer side at most ``longest``; 0: as it is."""
    from PIL import Image, ImageOps

    warnings.simplefilter("ignore")
    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return b"", {"error": True}
        told = {"original_width": picture.width, "original_height": picture.height}
        exif = picture.info.get("exif") if kind == "image/heic" else None
        if isinstance(exif, bytes) and len(exif) <= _LARGEST_EXIF:
            told["exif"] = base64.b64encode(exif).decode("ascii")  # type: ignore[assignment]
        if kind != "image/heic":
            picture.draft("RGB", (longest, longest))
        upright = ImageOps.exif_transpose(picture)
        if longest:
            upright.thumbnail((longest, longest))
        return _pixels(_on_white(_in_srgb(upright)), told)


def _in_srgb(picture: Image) -> Image:
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not isinstance(profile, bytes) or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed or picture


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if picture.mode in ("RGB", "L", "CMYK") and "transparency" not in picture.info:
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(ground, whole).convert("RGB")


def _pixels(picture: Image, told: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    return picture.tobytes(), {**told, "width": picture.width, "height": picture.height}


if __name__ == "__main__":
    sys.exit(main())
