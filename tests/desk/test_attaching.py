"""Attaching: what a file carries is shown before, taken out by default, and told of afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence import specimen_files as made
from tests.kit import YEAR, Office, answer
from wpsdesk.base.errors import Cancelled, FileMissing
from wpsdesk.desk.attaching import attach, attach_and_tell, look_at
from wpsdesk.desk.drafting import entry
from wpsdesk.desk.model import Desk
from wpsdesk.evidence.model import FindingKind as Kind
from wpsdesk.store import evidence as kept
from wpsdesk.store.journal import lines


@pytest.fixture
def fd(office: Office) -> Desk:
    return office.enrolled(office.ud(), "FD")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "møte.jpg"
    path.write_bytes(made.jpeg())
    return path


KEY = answer(1).key


def test_what_a_file_carries_is_shown_before_it_is_attached(photo: Path) -> None:
    (look,) = look_at([photo])
    assert (look.path, look.media_type, look.size) == (photo, "image/jpeg", photo.stat().st_size)
    assert {f.kind for f in look.removable} >= {Kind.LOCATION, Kind.AUTHOR, Kind.DEVICE}
    assert look.size_stripped < look.size
    assert not look.is_unreadable


def test_a_file_is_kept_without_what_it_carried(fd: Desk, photo: Path) -> None:
    told = attach_and_tell(fd, YEAR, KEY, [photo])
    (file,) = told.files
    assert Kind.LOCATION in {f.kind for f in file.removed}
    assert told.entry.evidence == (file.evidence,)
    data = b"".join(kept.read(fd.store, file.evidence.digest))
    assert not made.tells(data)
    assert (file.size_before, file.evidence.size) == (photo.stat().st_size, len(data))
    assert photo.read_bytes() == made.jpeg()  # the person's own file is left as it is


def test_the_log_says_what_kinds_were_removed_and_never_what_they_said(fd: Desk, photo: Path) -> None:
    attach(fd, YEAR, KEY, [photo])
    with fd.store.read() as tx:
        line = next(line for line in lines(tx) if line.what == "attached")
    assert "location" in str(dict(line.details)["removed"])
    assert made.MARK not in str(line)


def test_the_original_is_kept_when_asked_for_and_what_it_carries_is_told(fd: Desk, photo: Path) -> None:
    (file,) = attach_and_tell(fd, YEAR, KEY, [photo], keep_original=True).files
    assert b"".join(kept.read(fd.store, file.evidence.digest)) == photo.read_bytes()
    assert file.removed == ()
    assert Kind.LOCATION in {f.kind for f in file.remains}


def test_a_damaged_file_is_attached_as_it_is_and_that_is_told(fd: Desk, tmp_path: Path) -> None:
    damaged = tmp_path / "skadet.pdf"
    damaged.write_bytes(b"%PDF-1.7\nikke mer")
    (look,) = look_at([damaged])
    assert look.is_unreadable
    (file,) = attach_and_tell(fd, YEAR, KEY, [damaged]).files
    assert [f.kind for f in file.remains] == [Kind.UNREADABLE]
    assert file.removed == ()
    assert b"".join(kept.read(fd.store, file.evidence.digest)) == damaged.read_bytes()


def test_the_same_picture_with_other_metadata_is_attached_once(fd: Desk, tmp_path: Path) -> None:
    for name, comment in (("a.png", b"tEXt"), ("b.png", b"prVt")):
        whole = made.png()
        (tmp_path / name).write_bytes(whole.replace(b"tEXtAuthor", comment + b"Author"))
    found = attach(fd, YEAR, KEY, [tmp_path / "a.png", tmp_path / "b.png"])
    assert [e.name for e in found.evidence] == ["a.png"]


def test_a_large_picture_is_attached_smaller_when_asked_for(fd: Desk, tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "stort.tif"
    Image.effect_noise((2600, 1300), 80).save(path)
    (look,) = look_at([path])
    (file,) = attach_and_tell(fd, YEAR, KEY, [path], make_smaller=True).files
    assert file.evidence.size == look.size_smaller
    assert file.evidence.size < file.size_before * 0.8
    assert (file.evidence.name, file.evidence.media_type) == ("stort.jpg", "image/jpeg")


def test_a_film_is_streamed_as_it_is_and_said_not_to_be_looked_into(fd: Desk, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\x00\x00\x00\x18ftypisom" + bytes(100))
    (file,) = attach_and_tell(fd, YEAR, KEY, [film]).files
    assert [f.kind for f in file.remains] == [Kind.UNEXAMINED]
    assert file.evidence.size == film.stat().st_size


def test_looking_can_be_stopped_and_a_file_that_is_gone_is_said_to_be(photo: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        look_at([photo], progress=stop)
    with pytest.raises(FileMissing):
        look_at([photo.with_name("borte.jpg")])


def test_attaching_a_stripped_file_can_be_stopped(fd: Desk, photo: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        attach(fd, YEAR, KEY, [photo], progress=stop)
    assert entry(fd, YEAR, KEY).evidence == ()
