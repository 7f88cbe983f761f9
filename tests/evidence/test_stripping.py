"""What a file carries besides its content is found, and is in the stripped file no more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image, ImageOps

from tests.evidence import specimen_files as made
from wpsdesk.evidence.looking import findings, stripped
from wpsdesk.evidence.model import FindingKind as Kind
from wpsdesk.evidence.sniffing import HEAD, media_type

FILES: dict[str, Callable[[], bytes]] = {
    "jpeg": made.jpeg,
    "progressive": lambda: made.jpeg(progressive=True),
    "png": made.png,
    "webp": made.webp,
    "tiff": made.tiff,
    "packed-tiff": lambda: made.tiff(compression="tiff_lzw"),
    "pdf": made.pdf,
    "docx": made.docx,
    "xlsx": made.xlsx,
    "pptx": made.pptx,
    "odt": made.opendocument,
    "ods": lambda: made.opendocument("spreadsheet"),
    "odp": lambda: made.opendocument("presentation"),
}
PICTURES = ("jpeg", "progressive", "png", "webp", "tiff", "packed-tiff")

FOUND = {
    "jpeg": {Kind.LOCATION, Kind.AUTHOR, Kind.DEVICE, Kind.TIME, Kind.SOFTWARE, Kind.COMMENT, Kind.HIDDEN,
             Kind.THUMBNAIL},
    "png": {Kind.LOCATION, Kind.AUTHOR, Kind.DEVICE, Kind.TIME, Kind.SOFTWARE, Kind.COMMENT, Kind.HIDDEN},
    "webp": {Kind.LOCATION, Kind.AUTHOR, Kind.DEVICE, Kind.TIME, Kind.SOFTWARE, Kind.COMMENT, Kind.HIDDEN},
    "tiff": {Kind.AUTHOR, Kind.DEVICE, Kind.SOFTWARE, Kind.COMMENT, Kind.HIDDEN},
    "pdf": {Kind.AUTHOR, Kind.TIME, Kind.SOFTWARE, Kind.COMMENT, Kind.HIDDEN, Kind.HISTORY, Kind.ACTIVE, Kind.LOCATION},
    "docx": {Kind.AUTHOR, Kind.TIME, Kind.COMMENT, Kind.HIDDEN, Kind.HISTORY, Kind.ACTIVE, Kind.THUMBNAIL,
             Kind.LOCATION},
    "xlsx": {Kind.AUTHOR, Kind.TIME, Kind.COMMENT, Kind.HIDDEN, Kind.HISTORY, Kind.THUMBNAIL, Kind.SOFTWARE},
    "pptx": {Kind.AUTHOR, Kind.TIME, Kind.COMMENT, Kind.HIDDEN, Kind.HISTORY, Kind.THUMBNAIL, Kind.LOCATION},
    "odt": {Kind.AUTHOR, Kind.TIME, Kind.COMMENT, Kind.HIDDEN, Kind.HISTORY, Kind.ACTIVE, Kind.THUMBNAIL,
            Kind.SIGNATURE},
}  # fmt: skip


def kind_of(data: bytes) -> str:
    return media_type(data[:HEAD], data[-16 * HEAD :])


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def names(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return set(package.namelist())


@pytest.mark.parametrize("name", FILES)
def test_a_marker_in_every_place_is_found_nowhere_afterwards(name: str) -> None:
    before = FILES[name]()
    assert made.tells(before)
    after = stripped(before, kind_of(before))
    assert after.removed
    assert not made.tells(after.data)
    assert kind_of(after.data) == kind_of(before)


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_is_told_by_kind_with_its_value(name: str) -> None:
    before = FILES[name]()
    told = findings(before, kind_of(before))
    assert {f.kind for f in told} >= FOUND[name]
    assert any(made.MARK in f.value for f in told)


@pytest.mark.parametrize("name", FILES)
def test_stripping_twice_is_stripping_once(name: str) -> None:
    before = FILES[name]()
    once = stripped(before, kind_of(before))
    again = stripped(once.data, kind_of(once.data))
    assert again.removed == ()
    assert again.data == once.data
    assert stripped(before, kind_of(before)).data == once.data


@pytest.mark.parametrize("name", PICTURES)
def test_the_pixels_and_the_turn_of_a_picture_are_the_same(name: str) -> None:
    before = FILES[name]()
    after = stripped(before, kind_of(before)).data
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        new.load()
        assert new.size == old.size
        assert new.tobytes() == old.tobytes()
        assert new.getexif().get(0x0112) == (old.getexif().get(0x0112))
        assert ImageOps.exif_transpose(new).tobytes() == ImageOps.exif_transpose(old).tobytes()
        assert new.info.get("icc_profile") is not None


def test_where_a_picture_was_taken_is_told_in_degrees() -> None:
    places = [f.value for f in findings(made.jpeg(), "image/jpeg") if f.kind is Kind.LOCATION]
    assert places == ["-1.29210, 36.82190"]


def test_an_upright_picture_keeps_no_exif_at_all() -> None:
    assert b"Exif" not in stripped(made.jpeg(turned=1), "image/jpeg").data


def test_what_stands_on_a_pdfs_page_is_byte_equal() -> None:
    before = made.pdf()
    after = stripped(before, "application/pdf")
    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after.data)) as new:
        assert new.pages[0].Contents.read_raw_bytes() == old.pages[0].Contents.read_raw_bytes()
        marks = [str(mark.Subtype) for mark in new.pages[0].Annots]
        assert marks == ["/Highlight", "/Link"]
        pictures = [Image.open(io.BytesIO(d.pages[0].Resources.XObject.Im0.read_raw_bytes())) for d in (old, new)]
        assert pictures[0].tobytes() == pictures[1].tobytes()


def test_a_pdfs_attachment_stays_and_is_told_of() -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["liste.txt"] = b"navn"
        document.save(out)
    told = stripped(out.getvalue(), "application/pdf").remains
    assert [(f.kind, f.value) for f in told] == [(Kind.HIDDEN, "liste.txt")]


def test_tracked_changes_are_accepted_as_word_would_accept_them() -> None:
    after = stripped(made.docx(), kind_of(made.docx()))
    body = part(after.data, "word/document.xml")
    assert "innsatt" in body
    assert not any(word in body for word in ("w:ins", "w:del", "comment", "rsid", "Change"))
    assert body.count("<w:p>") + body.count("<w:p ") == 3  # two became one, and a row of the table is gone
    assert body.index("første") < body.index("andre")
    assert [(f.kind, f.value) for f in after.remains if f.where == "word/document.xml"] == [(Kind.HISTORY, "cellIns")]


def test_macros_are_told_of_and_stay() -> None:
    after = stripped(made.docx(), kind_of(made.docx()))
    assert Kind.ACTIVE in {f.kind for f in after.remains}
    assert "word/vbaProject.bin" in names(after.data)


def test_an_office_file_lists_only_what_is_in_it() -> None:
    after = stripped(made.xlsx(), kind_of(made.xlsx())).data
    assert names(after) == {
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/sheet2.xml",
    }  # fmt: skip
    assert "docProps" not in part(after, "[Content_Types].xml") + part(after, "_rels/.rels")
    sheet = part(after, "xl/worksheets/sheet1.xml")
    assert 'orientation="landscape"' in sheet
    assert "42" in sheet
    assert "rId" not in sheet


def test_what_is_hidden_in_a_workbook_stays_and_is_told_of() -> None:
    told = stripped(made.xlsx(), kind_of(made.xlsx())).remains
    assert [(f.kind, f.value) for f in told] == [(Kind.HIDDEN, "sheet: Skjult"), (Kind.HIDDEN, "name: gjemt")]


def test_an_open_document_keeps_its_text_and_its_first_part() -> None:
    after = stripped(made.opendocument(), kind_of(made.opendocument())).data
    text = part(after, "content.xml")
    assert "<text:p>synlig</text:p>" in text
    assert names(after) == {
        "mimetype", "content.xml", "meta.xml", "settings.xml", "Pictures/a.jpg", "Basic/a.xml", "META-INF/manifest.xml",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        assert package.infolist()[0].filename == "mimetype"
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_a_real_workbook_with_a_comment_and_a_picture_still_lists_all_that_it_needs() -> None:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"author": made.MARK})
        sheet = book.add_worksheet("Ark")
        sheet.write("A1", 42)
        sheet.write_comment("A1", made.MARK, {"author": made.MARK})
        sheet.insert_image("C3", "x.jpg", {"image_data": io.BytesIO(made.jpeg())})
    before = out.getvalue()
    after = stripped(before, kind_of(before))
    assert not made.tells(after.data)
    assert after.remains == ()
    assert names(before) - names(after.data) == {
        "docProps/app.xml", "docProps/core.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert "legacyDrawing" not in part(after.data, "xl/worksheets/sheet1.xml")
    assert "<drawing" in part(after.data, "xl/worksheets/sheet1.xml")


def test_a_signed_pdf_loses_its_signature_and_says_so() -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        signed = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=pikepdf.String(made.MARK), Contents=b"\x00" * 64)
        box = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=[0, 0, 9, 9],
                T=pikepdf.String("Signatur"), V=document.make_indirect(signed),
            )
        )  # fmt: skip
        page.Annots = pikepdf.Array([box])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[box], SigFlags=3)
        document.save(out)
    after = stripped(out.getvalue(), "application/pdf")
    assert [(f.kind, f.value) for f in after.removed] == [(Kind.SIGNATURE, made.MARK)]
    assert not made.tells(after.data)


def test_a_table_whose_every_row_was_deleted_is_gone() -> None:
    with zipfile.ZipFile(io.BytesIO(made.docx())) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    row = '<w:tr><w:trPr><w:del w:id="1" w:author="A"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    parts["word/document.xml"] = (
        f"<w:document {made.W}><w:body><w:tbl>{row}{row}</w:tbl><w:p><w:r><w:t>igjen</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    data = made.zipped(parts)
    body = part(stripped(data, kind_of(data)).data, "word/document.xml")
    assert "w:tbl" not in body
    assert "igjen" in body


def test_a_formula_in_an_open_document_keeps_its_own_annotation() -> None:
    with zipfile.ZipFile(io.BytesIO(made.opendocument())) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    parts["content.xml"] = (
        '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:annotation>a over b</m:annotation></m:math>'
    )
    data = made.zipped(parts)
    assert "a over b" in part(stripped(data, kind_of(data)).data, "content.xml")
