"""A later start finds the window that is open, and hands it what it was asked to open."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from wpsdesk.base.places import running_folder
from wpsdesk.base.running import OwnPlace, hand_over


@pytest.fixture
def place() -> Iterator[OwnPlace]:
    made = OwnPlace()
    yield made
    made.leave()


def handed(place: OwnPlace, files: list[Path]) -> tuple[bool, list[Path]]:
    """What a later start is told, and what the window took."""
    told: list[bool] = []
    start = Thread(target=lambda: told.append(hand_over(files, patience=60)))
    start.start()
    taken: list[Path] = []
    while start.is_alive():
        taken += [path for one in place.take() for path in one]
    start.join()
    return told[0], taken


def test_where_no_window_is_open_a_start_opens_its_own() -> None:
    assert not hand_over([Path("fd.asice.cms")])


def test_a_window_is_handed_the_files_whatever_they_are_called(place: OwnPlace, tmp_path: Path) -> None:
    files = [tmp_path / "nair_20270301_1.asice.cms", tmp_path / "Møte på\nÅs.asice", Path(os.fsdecode(b"/\xff.asice"))]
    assert handed(place, files) == (True, files)


def test_without_a_file_the_window_is_only_called(place: OwnPlace) -> None:
    assert handed(place, []) == (True, [])


def test_a_desk_goes_to_the_window_in_which_it_is_open_and_to_no_other(place: OwnPlace, tmp_path: Path) -> None:
    fd, jd = tmp_path / "fd.wpsdesk", tmp_path / "jd.wpsdesk"
    place.tell_desk(fd)
    assert not hand_over([jd])
    assert handed(place, [fd]) == (True, [fd])


def test_a_bundle_goes_to_the_window_whose_desk_has_its_mark_and_else_not_to_another_desks(
    place: OwnPlace, tmp_path: Path
) -> None:
    fd, sent, other = tmp_path / "fd.wpsdesk", tmp_path / "ud.asice.cms", OwnPlace()
    place.tell_desk(fd, ("aaaa", "bbbb"))
    os.utime(place.folder / "desk", (1, 1))
    other.tell_desk(tmp_path / "jd.wpsdesk", ("cccc",))
    start = Thread(target=lambda: hand_over([sent], marks=frozenset({"bbbb", "dddd"}), patience=60))
    start.start()
    taken: list[Path] = []
    while start.is_alive():
        taken += [path for one in place.take() for path in one]
    start.join()
    assert taken == [sent], "and not the window that was used last"
    assert other.take() == ()
    assert not hand_over([sent], marks=frozenset({"dddd"}), desk=tmp_path / "ud.wpsdesk")
    other.tell_desk(None)
    assert not hand_over([sent], marks=frozenset({"dddd"}), desk=tmp_path / "ud.wpsdesk", patience=0)
    assert place.take() == ()
    other.leave()


def test_the_window_that_was_used_last_is_asked_first(place: OwnPlace, tmp_path: Path) -> None:
    other = OwnPlace()
    os.utime(place.folder / "desk", (1, 1))
    told, taken = handed(other, [tmp_path / "fd.asice"])
    assert (told, taken, place.take()) == (True, [tmp_path / "fd.asice"], ())
    other.leave()


def test_a_window_that_hangs_is_not_waited_for_and_keeps_nothing(place: OwnPlace, tmp_path: Path) -> None:
    assert not hand_over([tmp_path / "fd.asice"], patience=0)
    assert place.take() == ()


def test_what_a_crash_left_behind_is_no_window_and_goes(place: OwnPlace) -> None:
    place._lock.release()
    assert not hand_over([])
    assert list(running_folder().iterdir()) == []


def test_the_place_is_private_and_names_nobody(place: OwnPlace, tmp_path: Path) -> None:
    place.tell_desk(tmp_path / "nair.wpsdesk")
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert "nair" not in "".join(path.name + path.read_text("ascii") for path in place.folder.iterdir())
