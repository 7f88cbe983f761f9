"""A bundle for each way of being wrong: right, down to the signature, in everything but that one thing.

``check`` and ``item`` are the number and the words of the importer's checks, in their order; ``judged`` says by what
trust, and ``late`` how many days after it was written, it is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from tests.bundle.apart import (
    EXTRA,
    GCM,
    Pieces,
    apart,
    put_together,
    rebuilt,
    rebuilt_agreement,
    split,
)
from tests.bundle.forging import (
    Inside,
    changed_json,
    directory_start,
    inside,
    patched,
    raw_zip,
    sealed_bytes,
    with_header,
)
from tests.bundle.setting import AMM, NOW, UD, Setting, attachment
from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle import limits, manifest
from wpsdesk.bundle.der import SEQUENCE, integer, object_id, tlv
from wpsdesk.bundle.manifest import manifest_xml
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import DeltaPayload, Payload, encode_payload
from wpsdesk.bundle.sealing import Agreement, Transport, read_seal, recipient_info, seal_header
from wpsdesk.bundle.zipform import DEFLATED, STORED, ZipEntry, central_header, end_record, local_header
from wpsdesk.bundle.zipreading import FIRST_BYTES
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.enrolment import make_request
from wpsdesk.trust.keys import KeySigner, UnitKeys

SMALL: Final = attachment(b"\x89PNG\r\n\x1a\n" + bytes(range(64)))
PICTURE: Final = "evidence/001_bilde-fra-motet.png"
LISTING: Final = manifest.NAME
SIGNATURE: Final = manifest.SIGNATURE_NAME


class Room:
    """Good bundles of the setting, to be spoilt."""

    def __init__(self, setting: Setting, folder: Path) -> None:
        self.setting, self.folder = setting, folder

    def container_of(self, payload: Payload, *, with_picture: bool = True) -> bytes:
        path = self.folder / f"good-{len(list(self.folder.iterdir()))}"
        self.setting.write(path, payload, *((SMALL,) if with_picture else ()))
        with sealed_bundle(path) as sealed:
            return b"".join(open_bundle(sealed, self.setting.opening(payload)).container())

    @cached_property
    def container(self) -> bytes:
        return self.container_of(self.setting.report)

    @cached_property
    def report(self) -> Inside:
        return inside(self.container)

    @cached_property
    def delta(self) -> Inside:
        return inside(self.container_of(self.setting.delta, with_picture=False))

    @cached_property
    def call(self) -> Inside:
        return inside(self.container_of(self.setting.call, with_picture=False))

    @cached_property
    def reply(self) -> Inside:
        return inside(self.container_of(self.setting.reply, with_picture=False))

    @cached_property
    def request(self) -> Inside:
        return inside(self.container_of(self.setting.request, with_picture=False))

    @cached_property
    def sealed(self) -> bytes:
        """A small sealed submission."""
        return sealed_bytes(self.container_of(self.setting.report, with_picture=False), self.setting.ud.recipients)

    def signed(self, found: Inside) -> bytes:
        """Signed again by the unit."""
        return found.signed(self.setting.amman.signer).packed()

    def told(self, found: Inside, **members: object) -> bytes:
        """Other members in ``bundle.json``, signed again."""
        return self.signed(with_header(found, **members))

    def listed(self, listing: bytes) -> bytes:
        """Another manifest, rightly signed."""
        return self.report.signed(self.setting.amman.signer, listing=listing).packed()

    def resigned(self, change: Callable[[Pieces], bytes]) -> bytes:
        """The signature put together in another way."""
        return self.report.put(SIGNATURE, change(apart(self.report[SIGNATURE]))).packed()


@dataclass(frozen=True, kw_only=True)
class Spoilt:
    """One way of being wrong: what it is called, what makes it, and how it is refused."""

    name: str
    make: Callable[[Room], bytes]
    error: str
    fields: dict[str, object] = field(default_factory=dict)
    check: int = 0
    item: str = ""
    read_as: str = "bundle"
    judged: str = "trust"
    late: int = 0  # days
    grown_to: int = 0  # bytes; the file is made so long, with nothing in it, when it is read

    @property
    def facts(self) -> dict[str, object]:
        """What is kept of it beside the file."""
        kept = {name: getattr(self, name) for name in ("check", "item", "judged", "late", "grown_to")}
        return {"error": self.error, "fields": self.fields, "read_as": self.read_as, **kept}


def _at(data: bytes, position: int, bit: int = 1) -> bytes:
    """One bit turned."""
    found = bytearray(data)
    found[position] ^= bit
    return bytes(found)


# -- before the checks, and 1: the file and its seal ---------------------------------------------------------------

SealPieces = Callable[[bytes, bytes, bytes, bytes], bytes]


def _seal(name: str, change: SealPieces, error: str, code: str, item: str = "canonical seal header") -> Spoilt:
    return Spoilt(
        name=f"seal-{name}.asice.cms", make=lambda room: rebuilt(room.sealed, change), error=error,
        fields={"code": code}, check=1, item=item,
    )  # fmt: skip


def _key_changed(room: Room) -> bytes:
    with_key = read_seal(room.sealed[: limits.SEAL_HEADER], lambda at, n: room.sealed[at : at + n], len(room.sealed))
    wrapped = [each.wrapped for each in with_key.recipients if isinstance(each, Agreement)]
    serial = room.setting.ud.certificates.sealing.serial.to_bytes(20, "big")
    place = next(n for n, each in enumerate(with_key.recipients) if serial in each.issuer_and_serial)
    return _at(room.sealed, room.sealed.index(wrapped[place]) + 3)


def _point_changed(room: Room) -> bytes:
    read = read_seal(room.sealed[: limits.SEAL_HEADER], lambda at, n: room.sealed[at : at + n], len(room.sealed))
    point = next(each.point for each in read.recipients if isinstance(each, Agreement))
    return _at(room.sealed, room.sealed.index(point) + 40)


def _for_rsa(room: Room) -> bytes:
    """Two recipients by RSA, which is known and is nobody here."""
    read = read_seal(room.sealed[: limits.SEAL_HEADER], lambda at, n: room.sealed[at : at + n], len(room.sealed))
    rsa = [
        recipient_info(Transport(issuer_and_serial=each.issuer_and_serial, encrypted=bytes(384)))
        for each in read.recipients
    ]
    return seal_header(tuple(rsa), read.nonce, read.text_size) + room.sealed[read.text_offset :]


SEAL: Final = (
    Spoilt(name="text.asice", make=lambda _: b"Hei, rapporten ligger i neste post.\n", error="NotABundle"),
    Spoilt(name="empty.asice", make=lambda _: b"", error="NotABundle"),
    Spoilt(name="word.asice", make=lambda _: b"PK\x03\x04" + bytes(80), error="NotABundle"),
    Spoilt(name="later-format.asice", make=lambda room: room.told(room.report, format="wps-bundle/2"),
           error="NewerBundle", fields={"version": "wps-bundle/2"}),
    Spoilt(name="beyond-size.asice.cms", make=lambda room: room.sealed[:512], error="BundleTooLarge", check=1,
           item="size", grown_to=limits.CONTAINER + limits.SEAL_HEADER + 1),
    Spoilt(name="beyond-size.asice", make=lambda room: room.container[:512], error="BundleTooLarge", check=1,
           item="size", grown_to=limits.CONTAINER + 1),
    Spoilt(name="cut-off.asice.cms", make=lambda room: room.sealed[:-100], error="Truncated", check=1,
           item="exact DER length"),
    Spoilt(name="cut-off.asice", make=lambda room: room.container[:-100], error="Truncated"),
    Spoilt(name="trailing.asice.cms", make=lambda room: room.sealed + b"\0", error="SealMalformed",
           fields={"code": "trailing"}, check=1, item="exact DER length"),
    _seal("not-der", lambda r, a, x, t: put_together(r[:-1], a, x, t), "SealMalformed", "not-der"),
    _seal("swapped", lambda r, a, x, t: put_together(b"".join(reversed(split(r))), a, x, t), "SealMalformed",
          "not-canonical"),
    _seal("one-recipient", lambda r, a, x, t: put_together(split(r)[0], a, x, t), "SealMalformed", "recipient-count",
          "always two recipients"),
    _seal("wrapped-short", rebuilt_agreement, "SealMalformed", "recipient"),
    Spoilt(name="seal-point.asice.cms", make=_point_changed, error="SealMalformed", fields={"code": "point"}, check=1,
           item="canonical seal header"),
    _seal("version", lambda r, a, x, t: put_together(r, a, x, t, version=integer(1)), "SealUnknown", "version"),
    _seal("content", lambda r, a, x, t: put_together(r, a, x, t, kind=object_id("1.2.840.113549.1.7.2")),
          "SealUnknown", "content-type"),
    _seal("cbc", lambda r, a, x, t: put_together(r, a.replace(GCM, object_id("2.16.840.1.101.3.4.1.42")), x, t),
          "SealUnknown", "algorithm"),
    _seal("password", lambda r, a, x, t: put_together(b"\xa3" + r[1:], a, x, t), "SealUnknown", "recipient-type",
          "known recipient types"),
    _seal("attributes", lambda r, a, x, t: put_together(r, a, x, t, attributes=tlv(0xA1, tlv(SEQUENCE))),
          "SealUnknown", "attributes"),
    Spoilt(name="for-others.asice.cms", error="NotForThisDesk", check=1, item="known recipient types",
           make=lambda room: sealed_bytes(room.container, room.setting.stranger.recipients)),
    Spoilt(name="for-rsa.asice.cms", make=_for_rsa, error="NotForThisDesk", check=1, item="known recipient types"),
    Spoilt(name="key-changed.asice.cms", make=_key_changed, error="Altered", fields={"where": "key"}, check=1,
           item="the GCM tag before use"),
    Spoilt(name="text-changed.asice.cms", make=lambda room: _at(room.sealed, -100), error="Altered",
           fields={"where": "seal"}, check=1, item="the GCM tag before use"),
    Spoilt(name="tag-changed.asice.cms", make=lambda room: _at(room.sealed, -1), error="Altered",
           fields={"where": "seal"}, check=1, item="the GCM tag before use"),
    Spoilt(name="unsigned-inside.asice.cms",
           make=lambda room: sealed_bytes(b"%PDF-1.7 signed by nobody" * 20, room.setting.ud.recipients),
           error="ZipMalformed", fields={"code": "mimetype"}, check=2, item="mimetype"),
)  # fmt: skip


# -- 2, 3, 4: the container ------------------------------------------------------------------------------------


def _form(name: str, item: str, code: str, make: Callable[[Room], bytes]) -> Spoilt:
    return Spoilt(name=f"zip-{name}.asice", make=make, error="ZipMalformed", fields={"code": code}, check=2, item=item)


def _entry(name: str, item: str, code: str, make: Callable[[Room], bytes]) -> Spoilt:
    return Spoilt(
        name=f"entry-{name}.asice", make=make, error="EntryRefused", fields={"code": code}, check=3, item=item
    )


def _bomb(name: str, item: str, code: str, make: Callable[[Room], bytes]) -> Spoilt:
    return Spoilt(name=f"bomb-{name}.asice", make=make, error="Bomb", fields={"code": code}, check=4, item=item)


def _ended(room: Room, *, count: int = 0, size: int = 0, start: int = 0) -> bytes:
    """Other numbers in the end record; each is added to the right one."""
    found, begins = room.container, directory_start(room.container)
    there = struct.unpack("<H", found[-12:-10])[0]
    return found[:-22] + end_record(there + count, len(found) - 22 - begins + size, begins + start)


def _hidden(room: Room) -> bytes:
    found, begins = room.container, directory_start(room.container)
    count, size = struct.unpack("<H", found[-12:-10])[0], len(found) - 22 - begins
    return found[:begins] + b"hidden" + found[begins:-22] + end_record(count, size, begins + 6)


def _named(name: str) -> Callable[[Room], bytes]:
    return lambda _: raw_zip([("mimetype", FIRST_BYTES[-31:]), (name.encode(), b"x")])


def _ordered(*places: int) -> Callable[[Room], bytes]:
    def make(room: Room) -> bytes:
        return replace(room.report, entries=tuple(room.report.entries[n] for n in places)).packed()

    return make


def _too_many(_room: Room) -> bytes:
    """An end record that tells of more files than there may be; no need to look at them."""
    one = raw_zip([("mimetype", FIRST_BYTES[-31:])])
    return one[:-22] + end_record(limits.ENTRIES + 1, 47 + 7, directory_start(one))


def _together(_room: Room) -> bytes:
    """Three files that claim nearly two GiB each."""
    packed = limits.ENTRY // limits.RATIO + 1
    entries = [ZipEntry(name="mimetype", method=STORED, crc=0, packed_size=31, size=31, offset=0)]
    for number in range(1, 4):
        entries.append(ZipEntry(name=f"evidence/{number:03d}_a.txt", method=DEFLATED, crc=0, packed_size=packed,
                                size=limits.ENTRY, offset=entries[-1].end))  # fmt: skip
    directory = b"".join(map(central_header, entries))
    return FIRST_BYTES + directory + end_record(len(entries), len(directory), len(FIRST_BYTES))


def _noise(size: int) -> bytes:
    """Text that packs about a hundredfold, and not so well that our own writer would rather store it."""
    line = bytes(range(48, 112)) * 28
    return b"".join(b"%08x" % (n * 2654435761 % (1 << 32)) + line for n in range(size // len(line) + 1))[:size]


def _swollen(name: str, size: int) -> Callable[[Room], bytes]:
    return lambda room: room.report.put(name, _noise(size + 1)).packed()


def _inflating(room: Room) -> bytes:
    """More comes out of the file than its two headers say; the signature and everything else is right."""
    found = room.container
    size = len(room.report["report.json"])
    return patched(found, "report.json", {"size": size - 1})


def _unread(room: Room) -> bytes:
    """Bytes behind the end of a deflate stream, inside the packed file."""
    found = room.report
    at, out, central = 0, b"", b""
    original = {entry.name: entry for entry in _entries(room.container)}
    for name in found.names:
        entry = original[name]
        packed = room.container[entry.data_offset : entry.end] + (b"hidden" if name == "report.json" else b"")
        moved = replace(entry, packed_size=len(packed), offset=at)
        out += local_header(moved) + packed
        central += central_header(moved)
        at = moved.end
    return out + central + end_record(len(original), len(central), at)


def _entries(container: bytes) -> tuple[ZipEntry, ...]:
    from wpsdesk.bundle.plaintext import InMemory
    from wpsdesk.bundle.zipreading import directory_of

    return directory_of(InMemory(container))


CONTAINER: Final = (
    Spoilt(name="zip-mimetype.asice.cms", error="ZipMalformed", fields={"code": "mimetype"}, check=2, item="mimetype",
           make=lambda room: sealed_bytes(_at(room.container, 14), room.setting.ud.recipients)),
    _form("no-end", "the end record last", "end-record", lambda room: room.container + b"\0"),
    _form("comment", "the end record last", "end-record", lambda room: _at(room.container, -2)),
    _form("counts", "counts", "counts", lambda room: _ended(room, count=-6)),
    _form("zip64", "counts", "counts", lambda room: room.container[:-22] + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)),
    _form("directory", "the central directory bound", "directory", lambda room: _ended(room, count=1)),
    _form("hidden", "entries tile the file exactly", "tiling", _hidden),
    _form("overlapping", "entries tile the file exactly", "tiling",
          lambda room: patched(room.container, "report.json", {"offset": 0}, where="central")),
    _form("local-name", "local header equals central header", "header",
          lambda room: room.container.replace(b"report.json", b"rep0rt.json", 1)),
    _form("local-size", "local header equals central header", "header",
          lambda room: patched(room.container, "report.json", {"size": 1}, where="local")),
    _form("time", "local header equals central header", "not-canonical",
          lambda room: patched(room.container, "report.json", {"time": 1})),
    _form("executable", "local header equals central header", "not-canonical",
          lambda room: patched(room.container, PICTURE, {"attributes": 0o100755 << 16}, where="central")),
    _form("order", "the entries' order", "order", _ordered(0, 2, 1, 3, 4, 5)),
    _form("unsigned", "the entries' order", "order", _ordered(0, 1, 2, 3)),
    _entry("link", "a regular file", "not-a-file",
           lambda room: patched(room.container, PICTURE, {"attributes": 0o120777 << 16}, where="central")),
    _entry("folder", "a regular file", "not-a-file", _named("evidence/001_a.png/")),
    _entry("lzma", "method 0 or 8", "method", lambda room: patched(room.container, PICTURE, {"method": 14})),
    _entry("encrypted", "flags 0", "flags", lambda room: patched(room.container, PICTURE, {"flags": 1})),
    _entry("not-ascii", "an ASCII name", "name", _named("evidence/001_møte.png")),
    _entry("climbing", "no ..", "name", _named("evidence/../../.bashrc")),
    _entry("backslash", "no backslash", "name", _named("evidence\\001_a.png")),
    _entry("drive", "no colon", "name", _named("C:/001_a.png")),
    _entry("nul", "no NUL", "name", _named("evidence/001_a.png\0.exe")),
    _entry("device", "no device name", "device-name", _named("evidence/aux.png")),
    _entry("dot", "no trailing dot", "name", _named("evidence/001_a.png.")),
    _entry("twice", "unique after NFC and case folding", "twice",
           lambda _: raw_zip([("mimetype", FIRST_BYTES[-31:]), ("evidence/001_a.png", b"1"),
                              ("evidence/001_A.png", b"2")])),
    _bomb("entries", "2,000 entries", "entries", _too_many),
    _bomb("entry", "an entry of 2 GiB", "entry",
          lambda room: patched(room.container, "report.json", {"size": limits.ENTRY + 1})),
    _bomb("total", "4 GiB in all", "total", _together),
    _bomb("ratio", "ratio 200 above 1 MiB", "ratio",
          lambda room: patched(room.container, "report.json", {"size": limits.RATIO_FROM + 1})),
    _bomb("header", "bundle.json of 4 MiB", "header", _swollen("bundle.json", limits.HEADER_JSON)),
    _bomb("payload", "a payload of 16 MiB", "payload", _swollen("report.json", limits.PAYLOAD_JSON)),
    _bomb("manifest", "a manifest of 1 MiB", "manifest", _swollen(LISTING, limits.MANIFEST)),
    _bomb("signature", "a p7s of 64 KiB", "signature", _swollen(SIGNATURE, limits.SIGNATURE)),
    _bomb("inflation", "inflation stops at the declared size", "inflation", _inflating),
    Spoilt(name="bomb-unread.asice", make=_unread, error="Altered", fields={"where": "data", "name": "report.json"},
           check=4, item="inflation must consume all input"),
    Spoilt(name="checksum.asice", make=lambda room: _at(room.container, room.container.index(b"\x89PNG") + 30),
           error="Altered", fields={"where": "data", "name": PICTURE}, check=4, item="the checksum of every file"),
)  # fmt: skip


# -- 5: the signature ----------------------------------------------------------------------------------------


def _form_of_signature(name: str, code: str, item: str, change: Callable[[Pieces], bytes]) -> Spoilt:
    return Spoilt(
        name=f"signature-{name}.asice", make=lambda room: room.resigned(change), error="SignatureMalformed",
        fields={"code": code}, check=5, item=item,
    )  # fmt: skip


def _named_certificates(room: Room) -> bytes:
    """Without the signer's own certificate."""
    mine = room.setting.amman.certificates.signing.der
    return room.resigned(lambda p: replace(p, certificates=tuple(c for c in p.certificates if c != mine)).whole())


@dataclass(frozen=True)
class _Impostor:
    """Somebody's certificate, and another's key."""

    certificate: Certificate
    chain: tuple[Certificate, ...]
    keys: UnitKeys

    def sign(self, data: bytes) -> bytes:
        return self.keys.signing.sign(data)


def _by_impostor(room: Room) -> bytes:
    amman, stranger = room.setting.amman, room.setting.stranger
    return room.report.signed(_Impostor(amman.certificates.signing, amman.chain, stranger.keys)).packed()


def _by_sealing_key(room: Room) -> bytes:
    amman = room.setting.amman
    return room.report.signed(
        KeySigner(key=amman.keys.sealing, certificate=amman.certificates.sealing, chain=amman.chain)
    ).packed()


def _trust(name: str, error: str, item: str, **more: object) -> Spoilt:
    fields = {"unit": AMM} if error in ("CertificateRevoked", "CertificateExpired", "WrongKeyUse") else {}
    return Spoilt(
        name=f"signer-{name}.asice", make=lambda room: room.container, error=error, fields=fields, check=5, item=item,
        **more,
    )  # fmt: skip


SIGNED: Final = (
    Spoilt(name="manifest-changed.asice", error="Altered", fields={"where": "manifest"}, check=5,
           item="signature before XML",
           make=lambda room: room.report.put(LISTING, room.report[LISTING].replace(b"/png", b"/gif")).packed()),
    Spoilt(name="xml-behind-a-strangers-signature.asice", error="UnknownSigner", check=5, item="signature before XML",
           make=lambda room: room.report.signed(room.setting.stranger.signer, listing=b"<!DOCTYPE x>").packed()),
    Spoilt(name="signature-impostor.asice", make=_by_impostor, error="Altered", fields={"where": "signature"}, check=5,
           item="the value of the signature"),
    _form_of_signature("two-signers", "not-canonical", "one signer", lambda p: p.whole(signers=2)),
    _form_of_signature("unsigned-attribute", "not-canonical", "canonical CMS",
                       lambda p: p.whole(unsigned=tlv(0xA1, EXTRA))),
    _form_of_signature("more-attributes", "not-der", "canonical CMS",
                       lambda p: replace(p, attributes=p.attributes + EXTRA).whole()),
    _form_of_signature("trailing", "not-canonical", "canonical CMS", lambda p: p.whole() + b"\0"),
    _form_of_signature("indefinite", "not-der", "canonical CMS",
                       lambda p: b"\x30\x80" + p.whole()[4:] + b"\0\0"),
    _form_of_signature("time", "time", "canonical CMS",
                       lambda p: p.whole().replace(b"270301140200Z", b"600301140200Z")),
    _form_of_signature("certificates", "certificates", "canonical CMS",
                       lambda p: replace(p, certificates=p.certificates * 2).whole()),
    Spoilt(name="signature-no-signer.asice", make=_named_certificates, error="SignatureMalformed",
           fields={"code": "no-signer"}, check=5, item="canonical CMS"),
    Spoilt(name="signer-for-sealing.asice", make=_by_sealing_key, error="WrongKeyUse", fields={"wanted": "signing"},
           check=5, item="key usage"),
    Spoilt(name="signer-stranger.asice", error="UnknownSigner", fields={"unit": AMM}, check=5, item="path",
           make=lambda room: room.report.signed(room.setting.stranger.signer).packed()),
    Spoilt(name="signer-interim.asice", error="UnknownSigner", fields={"unit": AMM}, check=5, item="path",
           make=lambda room: room.report.signed(room.setting.amman.interim).packed()),
    _trust("expired", "CertificateExpired", "path", late=3 * 366),
    _trust("early", "CertificateNotYetValid", "path", late=-30),
    _trust("revoked", "CertificateRevoked", "CRL signed", judged="trust-revoked"),
    _trust("no-list", "MissingRevocationList", "CRL signed", judged="trust-no-list"),
    _trust("list-not-begun", "RevocationListNotYetValid", "CRL fresh", judged="trust-not-begun"),
    Spoilt(name="signer-old-list.asice", make=lambda room: room.container, error="", check=5, item="CRL fresh",
           fields={"warning": "StaleRevocationList"}, late=500),
    Spoilt(name="call-of-another-root.asice", make=lambda room: inside(room.container_of(
           replace(room.setting.call, trust=room.setting.strange_trust), with_picture=False)).packed(),
           error="RootMismatch", check=5, item="path"),
)  # fmt: skip


# -- 6 and 7: the manifest and the files ------------------------------------------------------------------------


def _listing(name: str, item: str, code: str, change: Callable[[bytes], bytes]) -> Spoilt:
    return Spoilt(
        name=f"manifest-{name}.asice", make=lambda room: room.listed(change(room.report[LISTING])),
        error="ManifestMalformed", fields={"code": code}, check=6, item=item,
    )  # fmt: skip


def _after_first_line(text: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"\n", b"\n" + text + b"\n", 1)


def _other(room: Room, name: str) -> Inside:
    """Another file of the same name, with a right checksum; the manifest still has the old digest."""
    return room.report.put(name, room.report[name].replace(b"a", b"e") + b"!")


FILES: Final = (
    _listing("doctype", "DOCTYPE refused", "doctype", _after_first_line(b"<!DOCTYPE x SYSTEM 'http://example.org/x'>")),
    _listing("entities", "entities refused", "doctype",
             _after_first_line(b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>")),
    _listing("instruction", "PIs refused", "instruction", _after_first_line(b"<?xml-stylesheet href='x'?>")),
    _listing("deep", "depth bound", "depth",
             lambda xml: xml.replace(b"<ds:DigestMethod", b"<ds:DigestMethod><ds:DigestValue><ds:DigestValue/>"
                                     b"</ds:DigestValue></ds:DigestMethod><ds:DigestMethod", 1)),
    _listing("element", "re-rendered and compared", "element",
             lambda xml: xml.replace(b"<asic:SigReference", b"<asic:ASiCManifestExtra/><asic:SigReference", 1)),
    _listing("not-xml", "expat", "not-xml", lambda xml: xml.replace(b"</asic:ASiCManifest>", b"")),
    _listing("remark", "re-rendered and compared", "not-canonical",
             lambda xml: xml.replace(b"<asic:SigReference", b"<!-- a remark --><asic:SigReference", 1)),
    Spoilt(name="unlisted.asice", error="ContentsDiffer", fields={"code": "names", "name": PICTURE}, check=7,
           item="names of the manifest and no others",
           make=lambda room: room.listed(manifest_xml(room.report.listed()[:2]))),
    Spoilt(name="missing.asice", error="ContentsDiffer", fields={"code": "names"}, check=7,
           item="names of the manifest and no others",
           make=lambda room: room.listed(manifest_xml((*room.report.listed(), replace(room.report.listed()[2],
                                                      name="evidence/002_x.png"))))),
    Spoilt(name="swapped-evidence.asice", error="Altered", fields={"where": "file", "name": PICTURE}, check=7,
           item="each digest while streaming", make=lambda room: _other(room, PICTURE).packed()),
    Spoilt(name="swapped-report.asice", error="Altered", fields={"where": "file", "name": "report.json"}, check=7,
           item="each digest while streaming", make=lambda room: _other(room, "report.json").packed()),
    Spoilt(name="forgotten.asice", error="ContentsDiffer", fields={"code": "files", "name": PICTURE}, check=8,
           item="bundle.json tells of the files that are there", make=lambda room: room.told(room.report, files=[])),
)  # fmt: skip


# -- 8: the documents ----------------------------------------------------------------------------------------


def _content(name: str, item: str, problem: str, make: Callable[[Room], bytes], **more: object) -> Spoilt:
    return Spoilt(
        name=f"content-{name}.asice", make=make, error="ContentMalformed", fields={"problem": problem, **more},
        check=8, item=item,
    )  # fmt: skip


def _written(name: str, change: Callable[[bytes], bytes]) -> Callable[[Room], bytes]:
    return lambda room: room.signed(room.report.put(name, change(room.report[name])))


def _deep(data: bytes) -> bytes:
    return b'{"a":' + b"[" * 40 + b"]" * 40 + b"," + data[1:]


def _of_another(room: Room) -> bytes:
    return room.signed(room.report.put("report.json", room.report["report.json"].replace(b'"AMM"', b'"ANK"')))


def _renewed_by_nobody(room: Room) -> bytes:
    """A request for keys that have not signed it."""
    request = make_request(AMM, "Ambassaden i Amman", "Kari", UnitKeys.generate(), NOW)
    data = encode_payload(replace(room.setting.request, request=request))
    return room.request.put("request.json", data).signed(room.setting.amman.interim).packed()


def _based_elsewhere(room: Room) -> bytes:
    delta = room.setting.delta
    assert isinstance(delta, DeltaPayload)
    return room.told(room.delta, base={"reply": delta.delta.base_reply, "sha256": "0" * 64})


DOCUMENTS: Final = (
    _content("not-json", "JSON", "not-json", _written("report.json", lambda data: data[:-3]), document="report.json"),
    _content("header-not-json", "JSON", "not-json", _written("bundle.json", lambda data: data[:-3]),
             document="bundle.json"),
    _content("deep", "depth", "too-deep", _written("report.json", _deep)),
    _content("twice", "duplicate keys", "duplicate-key",
             _written("report.json", lambda data: b'{"unit":"UD",' + data[1:])),
    _content("nan", "NaN", "not-json", _written("report.json", lambda data: b'{"a":NaN,' + data[1:])),
    _content("spaced", "canonical", "not-canonical",
             _written("report.json", lambda data: data.replace(b",", b", ", 1))),
    _content("schema", "schema", "unknown-member",
             lambda room: room.signed(room.report.put("report.json", changed_json(
                 room.report["report.json"], lambda value: value.update(more=1))))),
    _content("kind", "kind = payload", "inconsistent", lambda room: room.told(room.report, kind="call"), place="kind"),
    _content("year", "year in the report = year in the header", "inconsistent",
             lambda room: room.told(room.report, year=2025), place="year"),
    _content("base", "base in the delta = base in the header", "inconsistent", _based_elsewhere, place="base"),
    _content("base-of-whole", "base in the delta = base in the header", "inconsistent",
             lambda room: room.told(room.report, base={"reply": "5f0c7a52-6b1e-4f0e-9d1c-0123456789ab",
                                                       "sha256": "0" * 64}), place="base"),
    _content("addressee", "unit in the reply = unit it is for", "inconsistent",
             lambda room: inside(room.container_of(replace(room.setting.reply, reply=replace(
                 room.setting.reply.reply, unit=UnitCode("ANK"))), with_picture=False)).packed(), place="reply.unit"),
    Spoilt(name="later-report.asice", error="NewerReport", fields={"version": "wps-report/2"}, check=8, item="schema",
           make=lambda room: room.told(room.report, schema="wps-report/2")),
    Spoilt(name="other-plan.asice", error="OtherPlan", fields={"found": "2031-2038"}, check=8, item="schema",
           make=lambda room: room.told(room.report, plan="2031-2038")),
    Spoilt(name="for-another-unit.asice", error="WrongUnit", fields={"signer": AMM, "named": "ANK"}, check=8,
           item="unit in the report = unit in the certificate", make=_of_another),
    Spoilt(name="in-anothers-name.asice", error="WrongUnit", fields={"signer": AMM, "named": UD}, check=8,
           item="unit in the report = unit in the certificate", make=lambda room: room.told(room.report, unit="UD")),
    Spoilt(name="call-by-a-unit.asice", error="NotTheAuthority", fields={"signer": AMM, "authority": UD}, check=8,
           item="calls and replies are the authority's", make=lambda room: room.told(room.call, unit="AMM")),
    Spoilt(name="request-of-other-keys.asice", make=_renewed_by_nobody, error="BadRequest",
           fields={"reason": "no-proof-of-possession"}, check=8, item="a request is signed by the key it asks for"),
)  # fmt: skip

BUNDLES: Final = (*SEAL, *CONTAINER, *SIGNED, *FILES, *DOCUMENTS)
