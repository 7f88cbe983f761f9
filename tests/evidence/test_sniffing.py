"""A file is what its content says, not its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpsdesk.evidence.sniffing import HEAD, OTHER, media_type
from wpsdesk.evidence.specimens import make_specimens


def test_real_files_are_known_by_their_bytes(tmp_path: Path) -> None:
    found = {}
    for path in make_specimens(tmp_path, "Ambassaden", 2026):
        data = path.read_bytes()
        found[path.suffix] = media_type(data[:HEAD], data[-16 * HEAD :])
    assert found == {
        ".jpg": "image/jpeg",
        ".pdf": "application/pdf",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "text/plain"),
        ("Innsats på norsk".encode(), "text/plain"),
        (b"a;b\n1;2\n", "text/csv"),
        (b"<html><body>", "text/html"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"MZ\x90\x00\x03", OTHER),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    ],
)
def test_beginnings_tell_what_a_file_is(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


def test_an_open_document_is_told_from_any_other_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert media_type(out.getvalue()[:HEAD]) == "application/vnd.oasis.opendocument.text"
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as made:
        made.writestr("a.txt", "x")
    assert media_type(plain.getvalue()[:HEAD]) == "application/zip"


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes_are_something(head: bytes, tail: bytes) -> None:
    assert "/" in media_type(head, tail)
