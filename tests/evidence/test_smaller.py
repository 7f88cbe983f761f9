"""A large picture is offered smaller, upright, with both sizes, and carries nothing along."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.evidence import specimen_files as made
from wpsdesk.evidence import smaller as module
from wpsdesk.evidence.smaller import smaller


def large(form: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((3000, 1500), 80).convert(mode)
    noise.save(out, form, exif=made.exif(), icc_profile=made.profile())
    return out.getvalue()


def test_a_large_photograph_is_offered_smaller_and_upright() -> None:
    before = large("JPEG")
    offer = smaller(before)
    assert offer is not None
    assert (offer.width, offer.height, offer.media_type) == (1024, 2048, "image/jpeg")
    assert offer.size_before == len(before)
    assert offer.size == len(offer.data) < len(before) * 0.8
    assert not made.tells(offer.data)
    with Image.open(io.BytesIO(offer.data)) as picture:
        assert picture.size == (1024, 2048)
        assert 0x0112 not in picture.getexif()


def test_what_shows_through_still_does() -> None:
    offer = smaller(large("PNG", "RGBA"))
    assert offer is not None
    assert offer.media_type == "image/png"
    assert not made.tells(offer.data)


def test_a_small_picture_is_not_offered_smaller() -> None:
    out = io.BytesIO()
    Image.effect_noise((800, 600), 60).save(out, "JPEG", quality=80)
    assert smaller(out.getvalue()) is None


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PIXELS", 1000)
    assert smaller(large("JPEG")) is None


def test_a_moving_picture_is_left_alone() -> None:
    out, frame = io.BytesIO(), Image.new("RGB", (3000, 3000))
    frame.save(out, "WEBP", save_all=True, append_images=[Image.new("RGB", (3000, 3000), "red")], lossless=True)
    assert smaller(out.getvalue()) is None
