"""The semibold is made once, kept privately, and made again where what is kept cannot be trusted."""

from __future__ import annotations

import io
import os
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from wpsdesk.compilation.pdf import fonts

SOURCE = (files("fontpkg_noto_sans_arabic") / "files" / "NotoSansArabic[wdth,wght].ttf").read_bytes()

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="folders have no mode there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "wpsdesk" / "fonts"


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    made: list[int] = []
    make = fonts._made

    def count(source: bytes, weight: int, *, joins: bool = False) -> bytes:
        made.append(weight)
        return make(source, weight, joins=joins)

    monkeypatch.setattr(fonts, "_made", count)
    return made


def test_an_instance_is_a_static_font_of_the_weight_with_its_own_name(folder: Path) -> None:
    font = TTFont(io.BytesIO(fonts.instance(SOURCE, 600, folder)))
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == 600
    assert font["name"].getDebugName(6) == "NotoSansArabic-SemiBold"


def test_it_is_made_once_and_the_same_bytes_come_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = counting(monkeypatch)
    first, second = (fonts.instance(SOURCE, 600, folder) for _ in range(2))
    assert first == second
    assert made == [600]


@on_posix
def test_the_folder_is_for_the_user_alone(folder: Path) -> None:
    fonts.instance(SOURCE, 600, folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [place.stat().st_mode & 0o777 for place in folder.iterdir()] == [0o600]


def test_a_damaged_file_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fonts.instance(SOURCE, 600, folder)
    (place,) = folder.iterdir()
    place.write_bytes(place.read_bytes()[:-1] + b"?")
    made = counting(monkeypatch)
    assert fonts.instance(SOURCE, 600, folder) == whole
    assert made == [600]
    assert place.read_bytes().endswith(whole)


@on_posix
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert fonts.instance(SOURCE, 600, folder)
    assert list(folder.iterdir()) == []


def test_where_nothing_can_be_kept_it_is_made_in_memory(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    assert fonts.instance(SOURCE, 600, in_the_way / "fonts")
    assert in_the_way.read_bytes() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="the place is another on other systems")
def test_the_users_own_cache_folder_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert fonts.cache_folder() == tmp_path / "wpsdesk" / "fonts"
