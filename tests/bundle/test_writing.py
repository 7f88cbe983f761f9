"""A bundle is written whole or not at all, and never one that its reader would refuse."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bundle.setting import MINUTES, NOTES, NOW, PHOTO, PICTURE, Setting, attachment
from wpsdesk.base.errors import Cancelled, DiskFull, FileExistsAlready, Malformed
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import AttachmentChanged, BundleTooLarge, TooManyAttachments
from wpsdesk.bundle.model import Attachment, Kind
from wpsdesk.bundle.opening import sealed_bundle
from wpsdesk.bundle.writing import MAX_ATTACHMENTS, write_bundle


def export(setting: Setting, out: Path, *attachments: Attachment, **options: object) -> None:
    draft = setting.draft(setting.report, *attachments)
    write_bundle(
        out,
        draft,
        setting.amman.signer,
        seal_to=setting.ud.recipients,
        now=NOW,
        **options,  # type: ignore[arg-type]
    )


def nothing_lies_in(folder: Path) -> bool:
    return not list(folder.iterdir())


def test_an_attachment_with_other_bytes_than_promised_stops_the_export(setting: Setting, tmp_path: Path) -> None:
    others: tuple[Callable[[], tuple[bytes, ...]], ...] = (
        lambda: (PICTURE[:-1] + b"!",),
        lambda: (PICTURE, b"more"),
        lambda: (PICTURE[:-1],),
        lambda: (),
    )
    for read in others:
        with pytest.raises(AttachmentChanged) as caught:
            export(setting, tmp_path / "b", MINUTES, replace(PHOTO, read=read))
        assert (caught.value.name, caught.value.digest) == (PHOTO.original_name, PHOTO.digest)
        assert nothing_lies_in(tmp_path)


def test_an_attachment_whose_checksum_is_known_is_read_once_and_is_the_same_in_the_bundle(
    setting: Setting, tmp_path: Path
) -> None:
    readings = iter([PHOTO.read()])
    known = replace(PHOTO, crc=zlib.crc32(PICTURE), read=partial(next, readings))
    export(setting, tmp_path / "b", known)
    assert next(readings, None) is None
    with setting.reading(tmp_path / "b", setting.report) as verified:
        (file,) = verified.header.files
        assert b"".join(verified.read(file.name)) == PICTURE


@pytest.mark.parametrize("come", [PICTURE[:-1] + b"!", PICTURE + b"more", PICTURE[:-1], b""])
def test_an_attachment_that_is_read_once_is_held_against_its_promise_all_the_same(
    setting: Setting, tmp_path: Path, come: bytes
) -> None:
    for crc in (zlib.crc32(PICTURE), zlib.crc32(come)):
        with pytest.raises(AttachmentChanged) as caught:
            export(setting, tmp_path / "b", replace(PHOTO, crc=crc, read=lambda: (come,)))
        assert (caught.value.name, caught.value.digest) == (PHOTO.original_name, PHOTO.digest)
        assert nothing_lies_in(tmp_path)


def test_a_checksum_that_is_wrong_stops_the_export(setting: Setting, tmp_path: Path) -> None:
    with pytest.raises(AttachmentChanged):
        export(setting, tmp_path / "b", replace(PHOTO, crc=zlib.crc32(PICTURE) ^ 1))
    assert nothing_lies_in(tmp_path)


@pytest.mark.parametrize("good", [PHOTO, MINUTES])
def test_an_attachment_that_changes_between_the_two_readings_stops_the_export(
    setting: Setting, tmp_path: Path, good: Attachment
) -> None:
    first = b"".join(good.read())
    for second in (first[:-1] + b"!", first + b"more", first[:-1], b""):
        changing = replace(good, read=partial(next, iter([(first,), (second,)])))
        with pytest.raises(AttachmentChanged) as caught:
            export(setting, tmp_path / "b", changing)
        assert caught.value.digest == good.digest
        assert nothing_lies_in(tmp_path)


def test_a_person_can_stop_at_any_time_and_nothing_is_left(setting: Setting, tmp_path: Path) -> None:
    calls = 0

    def count(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1

    export(setting, tmp_path / "whole", PHOTO, MINUTES, progress=count)
    (tmp_path / "whole").unlink()
    assert calls > 4
    for stop_at in range(calls):
        left = stop_at

        def stop(_done: int, _total: int) -> None:
            nonlocal left
            if left == 0:
                raise Cancelled
            left -= 1

        with pytest.raises(Cancelled):
            export(setting, tmp_path / "b", PHOTO, MINUTES, progress=stop)
        assert nothing_lies_in(tmp_path)


def test_progress_runs_from_the_first_to_the_last_byte_of_two_readings(setting: Setting, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export(setting, tmp_path / "b", PHOTO, MINUTES, progress=lambda done, total: told.append((done, total)))
    total = 2 * (len(PICTURE) + len(NOTES))
    assert told == sorted(told)
    assert told[-1] == (total, total)
    export(setting, tmp_path / "c", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)


def test_a_file_that_is_there_is_left_alone_unless_told_otherwise(setting: Setting, tmp_path: Path) -> None:
    out = tmp_path / "b"
    out.write_bytes(b"something dear")
    with pytest.raises(FileExistsAlready):
        export(setting, out)
    assert out.read_bytes() == b"something dear"
    export(setting, out, replace=True)
    with sealed_bundle(out) as sealed:
        assert sealed.is_sealed


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_full_disk_is_noticed_before_anything_is_read(
    setting: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: _Usage(1, 1, 10_000))

    def never() -> tuple[bytes, ...]:
        pytest.fail("the evidence was read")

    with pytest.raises(DiskFull):
        export(setting, tmp_path / "b", replace(PHOTO, read=never))
    assert nothing_lies_in(tmp_path)


def test_more_files_than_a_bundle_holds_are_refused_with_the_number(setting: Setting, tmp_path: Path) -> None:
    many = tuple(attachment(str(n).encode(), "text/plain", "x.txt") for n in range(MAX_ATTACHMENTS + 1))
    with pytest.raises(TooManyAttachments) as caught:
        export(setting, tmp_path / "b", *many)
    assert (caught.value.count, caught.value.limit) == (MAX_ATTACHMENTS + 1, MAX_ATTACHMENTS)


def test_as_many_files_as_a_bundle_holds_are_written_and_read(setting: Setting, tmp_path: Path) -> None:
    many = tuple(attachment(str(n).encode(), "text/plain", f"{n}.txt") for n in range(MAX_ATTACHMENTS))
    written = setting.write(tmp_path / "b", setting.report, *many)
    with setting.reading(written.path, setting.report) as verified:
        assert len(verified.header.files) == MAX_ATTACHMENTS
        assert b"".join(verified.read(verified.header.files[-1].name)) == str(MAX_ATTACHMENTS - 1).encode()


@pytest.mark.parametrize(
    ("size", "media_type", "limit"),
    [
        (limits.CONTAINER + 1, "application/pdf", limits.CONTAINER),
        (limits.TOTAL, "text/plain", limits.TOTAL - (32 << 20)),
    ],
)
def test_what_can_never_fit_is_refused_unread(
    setting: Setting, tmp_path: Path, size: int, media_type: str, limit: int
) -> None:
    huge = replace(attachment(b"", media_type, "x.pdf"), size=size)
    with pytest.raises(BundleTooLarge) as caught:
        export(setting, tmp_path / "b", huge)
    assert (caught.value.size, caught.value.limit) == (size, limit)
    assert nothing_lies_in(tmp_path)


def test_a_name_that_no_reader_would_take_is_refused_by_the_writer(setting: Setting, tmp_path: Path) -> None:
    with pytest.raises(Malformed) as caught:
        export(setting, tmp_path / "b", replace(PHOTO, original_name="a/b.png"))
    assert caught.value.path == "files[0].original_name"
    assert nothing_lies_in(tmp_path)


def test_what_tells_of_a_unit_is_never_written_in_the_clear(setting: Setting, tmp_path: Path) -> None:
    draft = setting.draft(setting.report)
    one = setting.ud.recipients[:1]
    for seal_to in ((), one):
        with pytest.raises(ValueError, match="sealed to pairs of keys"):
            write_bundle(tmp_path / "b", draft, setting.amman.signer, seal_to=seal_to, now=NOW)
    with pytest.raises(ValueError, match="another kind"):
        write_bundle(tmp_path / "b", replace(draft, kind=Kind.CALL), setting.ud.signer, seal_to=(), now=NOW)
    assert nothing_lies_in(tmp_path)
