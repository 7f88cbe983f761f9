"""Hostile files are drawn in a process that can do nothing else, and its answers are not believed."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evidence import specimen_files as made
from tests.evidence.plain_files import docx_saying, pdf_saying
from wpsdesk.base import own_process
from wpsdesk.evidence import apart
from wpsdesk.evidence.apart import drawn
from wpsdesk.evidence.beginnings import beginning
from wpsdesk.evidence.sniffing import HEAD, media_type

HEIC = Path(__file__).with_name("picture.heic")
PDF = "application/pdf"


def test_a_pdfs_first_page_is_drawn_and_its_words_read() -> None:
    found = drawn(pdf_saying("Møtereferat", "om deltakelse"), PDF, 300)
    assert found is not None
    assert (max(found.width, found.height), found.pages) == (300, 1)
    assert len(found.pixels) == 3 * found.width * found.height
    assert len(set(found.pixels)) > 2
    assert found.text.splitlines() == ["Møtereferat", "om deltakelse"]


@pytest.mark.parametrize("make", [made.jpeg, made.png, made.webp, made.tiff])
def test_a_picture_is_drawn_upright(make: Callable[[], bytes]) -> None:
    data = make()
    found = drawn(data, media_type(data[:HEAD]), 100)
    assert found is not None
    assert found.original in ((64, 48), (48, 64))
    assert (found.width, found.height) == ((64, 48) if make is made.tiff else (48, 64))


def test_a_telephones_picture_is_drawn_whole_with_what_it_tells() -> None:
    found = drawn(HEIC.read_bytes(), "image/heic", 0)
    assert found is not None
    assert (found.width, found.height) == (96, 64)
    assert b"HemmeligKamera" in found.exif


@pytest.mark.parametrize(
    "kind", [PDF, "image/png", "image/jpeg", "image/heic", "image/tiff", "image/webp", "image/gif"]
)
def test_a_damaged_file_cannot_be_drawn_and_says_so(kind: str) -> None:
    whole = {PDF: made.pdf(), "image/png": made.png(), "image/heic": HEIC.read_bytes()}.get(kind, made.jpeg())
    assert drawn(whole[:60], kind, 100) is None
    assert drawn(b"", kind, 100) is None


def test_a_picture_that_claims_to_be_enormous_is_not_unpacked() -> None:
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    data = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")
    assert drawn(data, "image/png", 100) is None


ATTEMPTS = {
    "read a file": "open('/etc/hostname').read()",
    "list a folder": "import os; os.listdir('/')",
    "open a connection": "socket.socket()",
    "write a file": "open('/tmp/wpsdesk-confined', 'w')",
    "start a program": "subprocess.run(['/bin/true'], check=True)",
    "take much memory": "bytearray(3 << 30)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits for a process to set itself")
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_the_process_apart_can_do_nothing_else(attempt: str) -> None:
    code = (
        "import socket, subprocess, sys, os\n"
        "from wpsdesk.evidence.confined import confine\n"
        "confine()\n"
        f"try:\n    {attempt}\nexcept (OSError, MemoryError):\n    sys.stdout.write('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.stdout == b"refused", done.stderr


@pytest.mark.parametrize(
    "says",
    [
        b'{"width":1,"height":1}\n',  # fewer pixels than it tells of
        b'{"width":100000,"height":1}\n' + bytes(300_000),
        b'{"width":-1,"height":-1}\n' + bytes(3),
        b'{"width":1,"height":1,"exif":"!"}\n' + bytes(3),
        b'{"width":1,"height":1,"text":7}\n' + bytes(3),
        b"no answer",
        b"[]\n",
        b"",
    ],
)
def test_a_process_that_has_been_taken_over_is_not_believed(
    says: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    said.write_bytes(says)
    liar = f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(open({str(said)!r}, 'rb').read())"
    monkeypatch.setattr(own_process, "command", lambda _word, _module: [sys.executable, "-c", liar])
    assert drawn(made.png(), "image/png", 100) is None


def test_a_process_that_does_not_come_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        own_process, "command", lambda _word, _module: [sys.executable, "-c", "import time; time.sleep(600)"]
    )
    monkeypatch.setattr(apart, "SECONDS", 0.3)
    assert drawn(made.png(), "image/png", 100) is None
    assert drawn(made.png() * 3000, "image/png", 100) is None  # more than a pipe holds


def sheet() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Deltakere").write_row(0, 0, ("Møte", "Kvinner"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx_saying("Første avsnitt", "Andre"), "Første avsnitt\nAndre"),
        ("\ufeffRen tekst".encode(), "Ren tekst"),
        (sheet(), "Møte"),
        (made.opendocument(), "synlig"),
    ],
)
def test_the_words_that_a_document_begins_with(data: bytes, words: str) -> None:
    assert words in beginning(data, media_type(data[:HEAD], data[-16 * HEAD :]))


def test_a_damaged_document_has_no_words() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for end in range(0, len(whole := docx_saying("a")), 37):
        assert isinstance(beginning(whole[:end], kind), str)
