"""A large picture offered smaller."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wpsdesk.evidence.colours import without_names
from wpsdesk.evidence.model import Damaged

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST: Final = 2048
"""Pixels of the longer side: sharp across a printed page."""

MOST_PIXELS: Final = 100_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
_WORTH: Final = 0.8
"""What is not at least a fifth smaller is not offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Smaller:
    """A picture made smaller, with nothing besides its content."""

    data: bytes
    media_type: str
    size_before: int  # bytes
    width: int  # pixels
    height: int

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


def smaller(data: bytes, longest: int = LONGEST) -> Smaller | None:
    """The picture with its longer side at most ``longest`` pixels, upright; None where nothing is won by it.

    None also for what is no picture that can be read, has several pages, or more than :data:`MOST_PIXELS`.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS or getattr(picture, "n_frames", 1) > 1:
                    return None
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
                made, kind = _saved(upright)
    # Pillow answers a damaged picture with whatever its decoder stumbles over.
    except Exception:  # noqa: BLE001
        return None
    if len(made) > _WORTH * len(data):
        return None
    return Smaller(data=made, media_type=kind, size_before=len(data), width=upright.width, height=upright.height)


def _saved(picture: Image) -> tuple[bytes, str]:
    """As JPEG, or as PNG where something shows through or the picture has few colours."""
    from PIL import Image

    out, profile = io.BytesIO(), _profile(picture)
    mode = picture.mode if picture.mode in ("RGB", "L", "CMYK") else "RGBA"
    plain = Image.new(mode, picture.size)  # a new one carries nothing along
    plain.paste(picture if picture.mode == mode else picture.convert(mode))
    if mode == "RGBA":
        plain.save(out, "PNG", optimize=True, icc_profile=profile)
        return out.getvalue(), "image/png"
    plain.save(out, "JPEG", quality=85, optimize=True, icc_profile=profile)
    return out.getvalue(), "image/jpeg"


def _profile(picture: Image) -> bytes | None:
    profile = picture.info.get("icc_profile")
    try:
        return without_names(profile)[0] if isinstance(profile, bytes) else None
    except Damaged:
        return None
