"""Files made on the spot with a marker in every place where metadata can stand."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

MARK = "Kjersti Hemmelig"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = f'xmlns:r="{OFFICE}"'
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    f'xmp:CreatorTool="{MARK}"><dc:creator><rdf:Seq><rdf:li>{MARK}</rdf:li></rdf:Seq></dc:creator></rdf:Description>'
    "</rdf:RDF></x:xmpmeta>"
).encode()


def picture(mode: str = "RGB") -> Image.Image:
    gradient = Image.linear_gradient("L").resize((64, 48))
    return Image.merge("RGB", (gradient, gradient.rotate(90).resize((64, 48)), gradient)).convert(mode)


def exif(turned: int = 6) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = turned
    for number in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        made[number] = MARK
    made[0x0132] = "2026:05:14 10:11:12"
    made[0x9C9D] = MARK.encode("utf-16-le")
    gps = made.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (1.0, 17.0, 31.56), "E", (36.0, 49.0, 18.84)
    gps[27] = MARK.encode()
    inner = made.get_ifd(0x8769)
    inner[0x9286] = b"ASCII\x00\x00\x00" + MARK.encode()
    inner[0x927C] = b"Maker " + MARK.encode()
    inner[0xA431] = MARK
    inner[0x9003] = "2026:05:14 10:11:12"
    return made


def profile() -> bytes:
    """sRGB whose description is the marker."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    words = "sRGB built-in".encode("utf-16-be")
    at = made.index(words)
    return made[:at] + MARK[:13].encode("utf-16-be") + made[at + len(words) :]


def jpeg(turned: int = 6, **more: object) -> bytes:
    out = io.BytesIO()
    picture().save(
        out, "JPEG", quality=90, exif=exif(turned), icc_profile=profile(), comment=MARK.encode(), xmp=XMP, **more
    )
    data = out.getvalue()
    photoshop = b"Photoshop 3.0\x00" + MARK.encode()
    jfxx = b"JFXX\x00\x10" + MARK.encode()
    extra = b"".join(
        bytes((0xFF, m)) + struct.pack(">H", len(b) + 2) + b for m, b in ((0xED, photoshop), (0xE0, jfxx), (0xEB, jfxx))
    )
    start = 4 + int.from_bytes(data[4:6], "big")
    return data[:start] + extra + data[start:] + MARK.encode()


def png() -> bytes:
    out, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Author", MARK)
    words.add_text("Comment", MARK, zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    words.add_itxt("Title", MARK, zip=True)
    words.add(b"tIME", struct.pack(">H5B", 2026, 5, 14, 10, 11, 12))
    words.add(b"prVt", MARK.encode())
    picture().save(out, "PNG", pnginfo=words, exif=exif(), icc_profile=profile())
    return out.getvalue() + MARK.encode()


def webp() -> bytes:
    out = io.BytesIO()
    picture().save(out, "WEBP", lossless=True, exif=exif(), icc_profile=profile(), xmp=XMP)
    data = out.getvalue() + b"ODD " + struct.pack("<I", len(MARK)) + MARK.encode() + bytes(len(MARK) & 1)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def tiff(**more: object) -> bytes:
    out, fields = io.BytesIO(), TiffImagePlugin.ImageFileDirectory_v2()
    for number in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298):
        fields[number] = MARK
    fields[0x02BC] = XMP
    fields.tagtype[0x02BC] = 1
    fields[0x83BB] = MARK.encode()
    fields.tagtype[0x83BB] = 7
    fields[0xC0DE] = MARK
    picture().save(out, "TIFF", tiffinfo=fields, icc_profile=profile(), **more)
    return out.getvalue()


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.Contents = made.make_stream(b"BT /F1 12 Tf (synlig) Tj ET")
        made.docinfo["/Author"] = MARK
        made.docinfo["/Title"] = MARK
        made.Root.Metadata = pikepdf.Stream(made, XMP, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        page.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=pikepdf.String(MARK)))
        image = pikepdf.Stream(made, b"")
        image.write(jpeg(), filter=pikepdf.Name.DCTDecode)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = 64, 48, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        image.Metadata = pikepdf.Stream(made, XMP)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        note, box = (
            made.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=kind, Rect=[0, 0, 20, 20], T=pikepdf.String(MARK),
                    Contents=pikepdf.String(MARK), M=pikepdf.String("D:20260514"), Subj=pikepdf.String(MARK),
                )
            )
            for kind in (pikepdf.Name.Text, pikepdf.Name.Highlight)
        )  # fmt: skip
        link = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(MARK)),
        )  # fmt: skip
        page.Annots = pikepdf.Array([note, box, link])
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(MARK))
        made.Root.OpenAction = script
        made.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("a"), made.make_indirect(script)])
        )
        made.save(out)
    return out.getvalue() + f"\n1 0 obj\n({MARK})\nendobj\n%%EOF\n".encode()


def zipped(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 5, 14, 10, 11, 12))
            entry.comment = comment
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
        package.comment = comment
    return out.getvalue()


def relations(*listed: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if target.startswith('file:') else ''}/>"
        for n, (kind, target) in enumerate(listed, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def content_types(*names: str) -> str:
    lines = "".join(f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in names)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Default Extension="rels" ContentType="application/xml"/>{lines}</Types>'
    )


def shared_parts(main: str) -> dict[str, str | bytes]:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:creator>{MARK}</dc:creator><cp:lastModifiedBy>{MARK}</cp:lastModifiedBy><cp:revision>7</cp:revision>"
        f"<dc:description>{MARK}</dc:description><dcterms:created>2026-05-14T10:11:12Z</dcterms:created>"
        "</cp:coreProperties>"
    )
    return {
        "[Content_Types].xml": content_types(
            main, "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "customXml/item1.xml"
        ),
        "_rels/.rels": relations(
            ("officeDocument", main),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
                "docProps/thumbnail.jpeg",
            ),
        ),
        "docProps/core.xml": core,
        "docProps/app.xml": f"<Properties><Application>Word</Application><Company>{MARK}</Company></Properties>",
        "docProps/custom.xml": f"<Properties><property name='Saksbehandler'>{MARK}</property></Properties>",
        "docProps/thumbnail.jpeg": jpeg(),
        "customXml/item1.xml": f"<a>{MARK}</a>",
        "hidden/orphan.bin": MARK,
    }


def docx() -> bytes:
    who = f'w:id="1" w:author="{MARK}" w:date="2026-05-14T10:11:12Z"'
    body = f"""<?xml version="1.0" encoding="UTF-8"?><!-- {MARK} --><w:document {W} {R}><w:body>
<w:p w:rsidR="00AB12CD"><w:pPr><w:pPrChange {who}><w:pPr/></w:pPrChange></w:pPr><w:commentRangeStart w:id="0"/>
<w:r w:rsidRPr="00AB12CD"><w:t>synlig</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>
<w:ins {who}><w:r><w:t>innsatt</w:t></w:r></w:ins><w:del {who}><w:r><w:delText>{MARK}</w:delText></w:r></w:del></w:p>
<w:p><w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr><w:r><w:t>første</w:t></w:r></w:p>
<w:p><w:r><w:t>andre</w:t></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:del {who}/></w:trPr><w:tc><w:p><w:r><w:t>{MARK}</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:cellIns {who}/></w:tcPr><w:p><w:r><w:t>celle</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"""
    parts = shared_parts("word/document.xml")
    parts["word/document.xml"] = body
    parts["word/_rels/document.xml.rels"] = relations(
        ("comments", "comments.xml"),
        ("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
        ("settings", "settings.xml"),
        ("image", "media/image1.jpeg"),
        ("customXml", "../customXml/item1.xml"),
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
    )
    parts["word/comments.xml"] = (
        f"<w:comments {W}><w:comment w:id='0' w:author='{MARK}'><w:p><w:r><w:t>{MARK}</w:t></w:r></w:p></w:comment>"
        "</w:comments>"
    )
    parts["word/people.xml"] = f"<people><person author='{MARK}'/></people>"
    parts["word/settings.xml"] = (
        f"<w:settings {W} {R}><w:attachedTemplate r:id='rId1'/><w:rsids><w:rsid w:val='00AB12CD'/></w:rsids>"
        f"<w:docVars><w:docVar w:name='x' w:val='{MARK}'/></w:docVars></w:settings>"
    )
    parts["word/_rels/settings.xml.rels"] = relations(("attachedTemplate", f"file:///C:/Users/{MARK.replace(' ', '')}"))
    parts["word/media/image1.jpeg"] = jpeg()
    parts["word/vbaProject.bin"] = b"makro"
    return zipped(parts, MARK.encode())


def xlsx() -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = shared_parts("xl/workbook.xml")
    parts["xl/workbook.xml"] = (
        f'<workbook {main} {R}><fileSharing userName="{MARK}"/><x15ac:absPath xmlns:x15ac="urn:x" url="C:\\{MARK}"/>'
        '<sheets><sheet name="Ark" sheetId="1" r:id="rId1"/><sheet name="Skjult" sheetId="2" state="hidden" '
        'r:id="rId2"/></sheets><definedNames><definedName name="gjemt" hidden="1">1</definedName></definedNames>'
        "</workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"),
        ("http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"),
        ("revisionHeaders", "revisions/revisionHeaders.xml"),
    )  # fmt: skip
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet {main} {R}><sheetData><row><c><v>42</v></c></row></sheetData><pageSetup orientation="landscape" '
        'r:id="rId3"/><legacyDrawing r:id="rId1"/></worksheet>'
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("comments", "../comments1.xml"),
        ("printerSettings", "../printerSettings/printerSettings1.bin"),
        ("http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threaded.xml"),
    )
    parts["xl/worksheets/sheet2.xml"] = f"<worksheet {main}><sheetData/></worksheet>"
    parts["xl/drawings/vmlDrawing1.vml"] = f'<xml><x:ClientData ObjectType="Note">{MARK}</xml>'
    parts["xl/comments1.xml"] = (
        f"<comments {main}><authors><author>{MARK}</author></authors><commentList><comment ref='A1'><text><t>{MARK}</t>"
        "</text></comment></commentList></comments>"
    )
    parts["xl/threaded.xml"] = (
        f"<ThreadedComments><threadedComment><text>{MARK}</text></threadedComment></ThreadedComments>"
    )
    parts["xl/persons/person.xml"] = f"<personList><person displayName='{MARK}'/></personList>"
    parts["xl/printerSettings/printerSettings1.bin"] = MARK.encode("utf-16-le")
    parts["xl/revisions/revisionHeaders.xml"] = f"<headers><header userName='{MARK}'/></headers>"
    return zipped(parts)


def pptx() -> bytes:
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    parts = shared_parts("ppt/presentation.xml")
    parts["ppt/presentation.xml"] = (
        f'<p:presentation {p} {R}><p:sldIdLst><p:sldId id="1" r:id="rId1"/></p:sldIdLst></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = relations(
        ("slide", "slides/slide1.xml"), ("commentAuthors", "commentAuthors.xml"),
        ("http://schemas.microsoft.com/office/2015/10/relationships/revisionInfo", "revisionInfo.xml"),
    )  # fmt: skip
    parts["ppt/slides/slide1.xml"] = f'<p:sld {p} show="0"><p:cSld>synlig</p:cSld></p:sld>'
    parts["ppt/slides/_rels/slide1.xml.rels"] = relations(
        ("comments", "../comments/comment1.xml"), ("image", "../media/image1.png")
    )
    parts["ppt/comments/comment1.xml"] = f"<p:cmLst {p}><p:cm><p:text>{MARK}</p:text></p:cm></p:cmLst>"
    parts["ppt/commentAuthors.xml"] = f"<p:cmAuthorLst {p}><p:cmAuthor name='{MARK}' initials='KH'/></p:cmAuthorLst>"
    parts["ppt/revisionInfo.xml"] = f"<r>{MARK}</r>"
    parts["ppt/media/image1.png"] = png()
    return zipped(parts)


def opendocument(kind: str = "text") -> bytes:
    spaces = (
        " ".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for name in ("office", "text", "config", "meta", "manifest", "table", "style")
        )
        + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:officeooo="http://openoffice.org/2009/office"'
    )
    said = f"<dc:creator>{MARK}</dc:creator><dc:date>2026-05-14T10:11:12</dc:date>"
    who = f"<office:change-info>{said}</office:change-info>"
    content = (
        f"<office:document-content {spaces}><office:body><office:{kind}><text:tracked-changes><text:changed-region>"
        f"<text:deletion>{who}<text:p>{MARK}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        f'<text:p>syn<text:change text:change-id="x"/>lig<office:annotation>{said}<text:p>{MARK}'
        f'</text:p></office:annotation></text:p><text:p officeooo:rsid="00ab"/></office:{kind}></office:body>'
        "</office:document-content>"
    )
    meta = (
        f"<office:document-meta {spaces}><office:meta><meta:initial-creator>{MARK}</meta:initial-creator>"
        f"<dc:creator>{MARK}</dc:creator><meta:generator>LibreOffice</meta:generator><meta:editing-cycles>9"
        f"</meta:editing-cycles><meta:user-defined>{MARK}</meta:user-defined></office:meta></office:document-meta>"
    )
    settings = (
        f'<office:document-settings {spaces}><config:config-item config:name="PrinterName">{MARK}</config:config-item>'
        "</office:document-settings>"
    )
    names = (
        "content.xml",
        "meta.xml",
        "settings.xml",
        "Thumbnails/thumbnail.png",
        "Pictures/a.jpg",
        "manifest.rdf",
        "Basic/a.xml",
    )
    listed = "".join(f'<manifest:file-entry manifest:full-path="{name}"/>' for name in ("/", *names))
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "meta.xml": meta,
            "settings.xml": settings,
            "Thumbnails/thumbnail.png": png(),
            "Pictures/a.jpg": jpeg(),
            "manifest.rdf": f"<a>{MARK}</a>",
            "Basic/a.xml": "<basic/>",
            "Configurations2/accelerator/current.xml": "",
            "not-listed": MARK,
            "META-INF/documentsignatures.xml": f"<a>{MARK}</a>",
            "META-INF/manifest.xml": f"<manifest:manifest {spaces}>{listed}</manifest:manifest>",
        },
        MARK.encode(),
    )


def every_byte(data: bytes) -> Iterator[bytes]:
    """The file, and everything in it that can be unpacked."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in package.infolist():
                yield from every_byte(package.read(entry))
    elif data.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(data)) as document:
            for thing in document.objects:
                yield thing.unparse(resolved=True) if not isinstance(thing, pikepdf.Stream) else b""
                if isinstance(thing, pikepdf.Stream):
                    yield repr(dict(thing.items())).encode()
                    yield from every_byte(thing.read_raw_bytes())
                    if str(thing.get("/Filter", "")) == "/FlateDecode":
                        yield thing.read_bytes()
    elif data.startswith(b"\x89PNG"):
        at = 8
        while at < len(data):
            size, name = struct.unpack_from(">I4s", data, at)
            body = data[at + 8 : at + 8 + size]
            if name == b"iCCP":
                yield zlib.decompress(body.partition(b"\x00")[2][1:])
            at += 12 + size


def tells(data: bytes, word: str = MARK) -> bool:
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word[:13].encode("utf-16-be")]
    forms.append(word.replace(" ", "").encode())
    forms.append(word.encode().hex().encode())
    return any(form in part for part in every_byte(data) for form in forms)
