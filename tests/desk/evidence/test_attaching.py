"""Attaching: what a file carries is shown before, taken out by default, and told of afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence import specimen_files as made
from tests.evidence.plain_files import docx_saying, pdf_saying
from tests.kit import YEAR, Office, answer
from wpsdesk.base.errors import Cancelled, FileMissing
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.errors import GradedMaterial
from wpsdesk.desk.evidence.attaching import (
    Wish,
    attach,
    attach_and_tell,
    attach_as_wished,
    detach,
    evidence_size,
    put_back,
)
from wpsdesk.desk.evidence.considering import look_at, preview_of
from wpsdesk.desk.evidence.given import Pasted
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
    assert (look.given, look.media_type, look.size) == (photo, "image/jpeg", photo.stat().st_size)
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


HEIC = Path(__file__).parents[2] / "evidence" / "picture.heic"


def test_a_telephones_picture_becomes_a_jpeg_that_everybody_can_open(fd: Desk, tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(HEIC.read_bytes())
    (look,) = look_at([path])
    assert (look.media_type, look.becomes) == ("image/heic", "image/jpeg")
    assert look.preview.picture is not None
    (file,) = attach_and_tell(fd, YEAR, KEY, [path]).files
    assert {Kind.LOCATION, Kind.DEVICE, Kind.AUTHOR} <= {f.kind for f in file.removed}
    assert (file.evidence.name, file.evidence.media_type) == ("IMG_0001.jpg", "image/jpeg")
    data = b"".join(kept.read(fd.store, file.evidence.digest))
    assert data.startswith(b"\xff\xd8")
    assert b"HemmeligKamera" not in data
    (original,) = attach_and_tell(fd, YEAR, KEY, [path], keep_original=True).files
    assert original.evidence.media_type == "image/heic"


def test_a_name_that_says_another_kind_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "rapport.pdf").write_bytes(made.png())
    (look,) = look_at([tmp_path / "rapport.pdf"])
    assert look.media_type == "image/png"
    assert look.is_named_otherwise
    assert look.needs_a_look


@pytest.mark.parametrize("how", ["name", "text", "docx", "pdf"])
def test_graded_material_is_refused_by_its_name_and_by_its_head(fd: Desk, tmp_path: Path, how: str) -> None:
    path = tmp_path / ("BEGRENSET notat.txt" if how == "name" else f"notat.{how}")
    match how:
        case "docx":
            path.write_bytes(docx_saying("HEMMELIG", "Notat"))
        case "pdf":
            path.write_bytes(pdf_saying("STRENGT FORTROLIG"))
        case _:
            path.write_text("Notat" if how == "name" else "KONFIDENSIELT\nNotat", encoding="utf-8")
    (look,) = look_at([path])
    assert look.marking
    good = tmp_path / "ugradert.txt"
    good.write_text("Møtet var konfidensielt.", encoding="utf-8")
    with pytest.raises(GradedMaterial) as refused:
        attach(fd, YEAR, KEY, [good, path])
    assert refused.value.marking == look.marking
    assert entry(fd, YEAR, KEY).evidence == ()
    (other,) = look_at([good])
    assert (other.marking, other.uses_graded_word) == ("", True)


def test_a_pasted_picture_is_attached_from_memory(fd: Desk) -> None:
    pasted = Pasted(name="Utklipp.png", data=made.png())
    (look,) = look_at([pasted])
    assert look.media_type == "image/png"
    (file,) = attach_and_tell(fd, YEAR, KEY, [pasted]).files
    assert file.evidence.name == "Utklipp.png"
    assert not made.tells(b"".join(kept.read(fd.store, file.evidence.digest)))


def test_each_file_is_attached_as_it_is_wished_for_and_the_second_time_is_told(fd: Desk, photo: Path) -> None:
    first = attach_as_wished(fd, YEAR, KEY, [Wish(given=photo, keep_original=True), Wish(given=photo)])
    assert [f.is_again for f in first.files] == [False, False]  # as it was, and stripped: two files
    again = attach_as_wished(fd, YEAR, KEY, [Wish(given=photo)])
    assert [f.is_again for f in again.files] == [True]
    assert len(again.entry.evidence) == 2


def test_a_file_that_was_taken_off_is_put_back_where_it_stood(fd: Desk, photo: Path, tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text("a", encoding="utf-8")
    before = attach(fd, YEAR, KEY, [photo, note])
    detach(fd, YEAR, KEY, before.evidence[0].digest)
    assert evidence_size(fd, YEAR) == 1
    assert put_back(fd, YEAR, KEY, before.evidence[0], 0).evidence == before.evidence
    assert evidence_size(fd, YEAR) == sum(e.size for e in before.evidence)


def test_an_attached_file_is_shown_as_a_picture_or_by_its_words(fd: Desk, photo: Path, tmp_path: Path) -> None:
    note = tmp_path / "a.txt"
    note.write_text("Dette står først.", encoding="utf-8")
    held = attach(fd, YEAR, KEY, [photo, note]).evidence
    pictures = [preview_of(fd, e.digest, e.media_type, e.size) for e in held]
    assert pictures[0].picture is not None
    assert pictures[1].text == "Dette står først."
