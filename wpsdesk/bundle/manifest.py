"""The signed list of contents, ASiCManifest (EN 319 162-1): written one object a line, read back strictly."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from wpsdesk.base.ids import Digest
from wpsdesk.bundle.errors import ManifestMalformed

NAME: Final = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME: Final = "META-INF/signature001.p7s"

_ASIC: Final = "http://uri.etsi.org/02918/v1.2.1#"
_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_MAX_DEPTH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One file that the signature covers."""

    name: str
    media_type: str
    digest: Digest


def manifest_xml(files: tuple[Listed, ...]) -> bytes:
    """The manifest. Names and media types are plain ASCII without signs that XML would want escaped."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<asic:ASiCManifest xmlns:asic="{_ASIC}" xmlns:ds="{_DS}">',
        f'<asic:SigReference URI="{SIGNATURE_NAME}" MimeType="application/pkcs7-signature"/>',
        *(_object_line(file) for file in files),
        "</asic:ASiCManifest>",
        "",
    ]
    return "\n".join(lines).encode("utf-8")


def _object_line(file: Listed) -> str:
    value = base64.b64encode(bytes.fromhex(file.digest)).decode("ascii")
    return (
        f'<asic:DataObjectReference URI="{file.name}" MimeType="{file.media_type}">'
        f'<ds:DigestMethod Algorithm="{_SHA256}"/><ds:DigestValue>{value}</ds:DigestValue>'
        "</asic:DataObjectReference>"
    )


def listed_in(data: bytes) -> tuple[Listed, ...]:
    """Check 6: the files in a manifest whose signature has been found right. Raises ManifestMalformed.

    The parser below need not notice every oddity: what it understood is written anew, and must be ``data``.
    """
    files = _Parse().run(data)
    if manifest_xml(files) != data:
        raise ManifestMalformed(code="not-canonical")
    return files


@dataclass(slots=True)
class _Parse:
    """One pass of expat with everything but elements, attributes and text refused."""

    files: list[Listed] = field(default_factory=list)
    depth: int = 0
    name: str = ""
    media_type: str = ""
    digest: str | None = None  # what stands in the DigestValue being read

    def run(self, data: bytes) -> tuple[Listed, ...]:
        parser = expat.ParserCreate(encoding="UTF-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: _refuse("doctype")
        parser.EntityDeclHandler = lambda *_: _refuse("entity")
        parser.ProcessingInstructionHandler = lambda *_: _refuse("instruction")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, binascii.Error, ValueError):
            raise ManifestMalformed(code="not-xml") from None
        return tuple(self.files)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            _refuse("depth")
        if tag == f"{_ASIC} DataObjectReference":
            self.name, self.media_type = attributes.get("URI", ""), attributes.get("MimeType", "")
        elif tag == f"{_DS} DigestValue":
            self.digest = ""
        elif tag not in (f"{_ASIC} ASiCManifest", f"{_ASIC} SigReference", f"{_DS} DigestMethod"):
            _refuse("element")

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == f"{_DS} DigestValue" and self.digest is not None:
            digest = Digest(base64.b64decode(self.digest, validate=True).hex())
            self.files.append(Listed(name=self.name, media_type=self.media_type, digest=digest))
            self.digest = None

    def text(self, text: str) -> None:
        if self.digest is not None:
            self.digest += text


def _refuse(code: str) -> NoReturn:
    raise ManifestMalformed(code=code)
