"""Bytes from outside may be anything: they are told of as unreadable, within bounds, and never crash the program."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence import specimen_files as made
from wpsdesk.evidence import packages
from wpsdesk.evidence.looking import LARGEST, findings, is_looked_into, stripped
from wpsdesk.evidence.model import LONGEST_VALUE, MOST_FINDINGS
from wpsdesk.evidence.model import FindingKind as Kind
from wpsdesk.evidence.smaller import smaller

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
FILES: dict[str, Callable[[], bytes]] = {
    "image/jpeg": made.jpeg,
    "image/png": made.png,
    "image/webp": made.webp,
    "image/tiff": made.tiff,
    "application/pdf": made.pdf,
    DOCX: made.docx,
    XLSX: made.xlsx,
    ODT: made.opendocument,
}
WHOLE = {kind: make() for kind, make in FILES.items()}


def is_unreadable(data: bytes, kind: str) -> bool:
    found = stripped(data, kind)
    return found.data == data and {f.kind for f in found.remains} == {Kind.UNREADABLE} and found.removed == ()


@pytest.mark.parametrize("kind", FILES)
@given(st.binary(max_size=400))
def test_any_bytes_said_to_be_a_file_are_answered(kind: str, data: bytes) -> None:
    found = stripped(data, kind)
    assert found.removed or found.data == data


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_file_damaged_anywhere_is_answered(kind: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from((len(whole), len(whole) // 2, data.draw(st.integers(0, len(whole))))))
    found = stripped(bytes(whole[:cut]), kind)
    assert all(len(f.value) <= LONGEST_VALUE for f in found.findings)


@pytest.mark.parametrize("kind", FILES)
def test_half_a_file_is_unreadable_or_mended_but_never_lost(kind: str) -> None:
    half = WHOLE[kind][: len(WHOLE[kind]) // 2]
    found = stripped(half, kind)
    assert is_unreadable(half, kind) or found.data.startswith(half[:4])


def test_a_zip_bomb_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST", 1 << 20)
    bomb = made.zipped({"[Content_Types].xml": b" " * (2 << 20), "_rels/.rels": made.relations()})
    assert len(bomb) < 10_000
    assert is_unreadable(bomb, DOCX)


def test_too_many_parts_or_the_same_twice_are_unreadable() -> None:
    many = made.zipped({f"{n}": "" for n in range(packages.MOST_PARTS + 1)})
    assert is_unreadable(many, DOCX)
    twice = made.zipped({"word/a.xml": "<a/>", "word/A.xml": "<a/>"})
    assert is_unreadable(twice, DOCX)


def test_a_part_that_would_leave_its_folder_is_unreadable() -> None:
    assert is_unreadable(made.zipped({"word/../../../etc/passwd": "x"}), DOCX)


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>",
        "<a>" * 10_000,
    ],
)
def test_xml_with_a_document_type_or_without_an_end_is_unreadable(document: str) -> None:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": made.content_types("word/document.xml"),
        "_rels/.rels": made.relations(("officeDocument", "word/document.xml")),
        "word/document.xml": document,
    }
    assert is_unreadable(made.zipped(parts), DOCX)
    utf16 = {**parts, "word/document.xml": document.encode("utf-16")}
    assert is_unreadable(made.zipped(utf16), DOCX)


def test_a_locked_pdf_is_unreadable_also_where_anybody_may_open_it() -> None:
    for word in ("", "hemmelig"):
        out = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(out, encryption=pikepdf.Encryption(owner="eier", user=word))
        assert is_unreadable(out.getvalue(), "application/pdf")


def test_a_pdf_whose_objects_unpack_without_end_is_unreadable() -> None:
    bomb = zlib.compress(bytes(100 << 20), 9)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
    data = head % len(bomb) + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
    assert is_unreadable(data, "application/pdf")


def test_a_text_that_unpacks_without_end_is_told_of_shortly() -> None:
    body = b"Comment\x00\x00" + zlib.compress(b"a" * (50 << 20), 9)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    whole = made.png()
    found = stripped(whole[:33] + chunk + whole[33:], "image/png")
    assert all(len(f.value) <= LONGEST_VALUE for f in found.removed)
    assert b"zTXt" not in found.data


def test_an_exif_that_turns_in_a_circle_ends() -> None:
    circle = b"II*\x00\x08\x00\x00\x00\x01\x00" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    assert is_unreadable(circle, "image/tiff") or stripped(circle, "image/tiff").removed is not None


def test_a_tiffs_hostile_field_cannot_wipe_its_picture() -> None:
    whole = bytearray(made.tiff())
    place = whole.index(struct.pack("<HH", 0x013B, 2))  # the artist is said to stand where the pixels stand
    strips = whole.index(struct.pack("<HH", 0x0111, 4))
    whole[place + 8 : place + 12] = whole[strips + 8 : strips + 12]
    found = stripped(bytes(whole), "image/tiff")
    at = int.from_bytes(whole[strips + 8 : strips + 12], "little")
    assert found.data[at : at + 64] == bytes(whole[at : at + 64])


def test_very_many_findings_are_counted_in_the_last() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", made.content_types())
        package.writestr("_rels/.rels", made.relations())
        for n in range(MOST_FINDINGS + 20):
            package.writestr(f"loose/{n}", "x")
    found = findings(out.getvalue(), DOCX)
    assert len(found) == MOST_FINDINGS
    assert found[-1].where == "…"


def test_a_file_too_large_to_be_held_is_unreadable() -> None:
    assert is_unreadable(bytes(LARGEST + 1), "image/jpeg")


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("text/plain", ()),
        ("text/csv", ()),
        ("text/html", (Kind.ACTIVE,)),
        ("image/heic", (Kind.UNEXAMINED,)),
        ("application/x-ole-storage", (Kind.UNEXAMINED,)),
        ("application/zip", (Kind.UNEXAMINED,)),
    ],
)
def test_what_nobody_looks_into_is_said_so(kind: str, found: tuple[Kind, ...]) -> None:
    assert not is_looked_into(kind)
    assert tuple(f.kind for f in findings(b"x", kind)) == found


@given(st.binary(max_size=300))
def test_any_bytes_offered_as_a_large_picture_are_no_trouble(data: bytes) -> None:
    assert smaller(data) is None
