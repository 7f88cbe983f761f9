"""Documents that are wrong in one thing each: every payload, trust, requests, keys and parts."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from tests.bundle.forging import changed_json, flipped
from tests.bundle.setting import AMM, NOW
from tests.report.test_handover import dispatch
from tests.trust.forging import UNKNOWN_EXTENSION, name_of, raw_certificate, raw_list
from tests.vectors.spoiling import Room, Spoilt
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.bundle.parts import SMALLEST
from wpsdesk.bundle.payloads import HandoverPayload, encode_payload
from wpsdesk.report.handover import Handed, Handover
from wpsdesk.trust.anchors import trust_to_json
from wpsdesk.trust.authority import Authority
from wpsdesk.trust.certificates import certificates_to_json
from wpsdesk.trust.enrolment import EnrolmentRequest, make_personal_request, request_to_json
from wpsdesk.trust.issuing import unit_subject
from wpsdesk.trust.keptapart import KeptFor, KeptKey, kept_key_bytes
from wpsdesk.trust.keys import PrivateKey, UnitKeys
from wpsdesk.trust.parsing import Role

Change = Callable[[dict[str, object]], object]
Path_ = tuple[str | int, ...]

WORDS: Final = "blåbær på fjellet i høst"


# -- every document, in the ways in which any can be wrong -----------------------------------------------------


def _handover(room: Room) -> bytes:
    report = room.setting.report.report
    entries = tuple(Handed(entry=entry, when=NOW, who="Kari") for entry in report.entries)
    one = Handover(unit=AMM, year=report.year, edition=report.edition, entries=entries, sent=(dispatch(),))
    return encode_payload(HandoverPayload(handover=one))


GOOD: Final[dict[str, Callable[[Room], bytes]]] = {
    "bundle.json": lambda room: room.report["bundle.json"],
    "report.json": lambda room: room.report["report.json"],
    "delta.json": lambda room: room.delta["delta.json"],
    "call.json": lambda room: room.call["call.json"],
    "reply.json": lambda room: room.reply["reply.json"],
    "request.json": lambda room: room.request["request.json"],
    "drafts.json": _handover,
    "index.json": lambda _: canonical_json(_index()),
}

_FIRST: Final = {
    "bundle.json": "unit", "report.json": "unit", "delta.json": "unit", "call.json": "recipients",
    "reply.json": "trust", "request.json": "unit", "drafts.json": "unit", "index.json": "files",
}  # fmt: skip

_GENERAL: Final[dict[str, Callable[[bytes, str], bytes]]] = {
    "not-json": lambda data, _: data[:-3],
    "too-deep": lambda data, _: b'{"a":' + b"[" * 40 + b"]" * 40 + b"," + data[1:],
    "duplicate-key": lambda data, name: b'{"' + name.encode() + b'":1,' + data[1:],
    "missing": lambda data, name: changed_json(data, lambda value: value.pop(name)),
    "unknown-member": lambda data, _: changed_json(data, lambda value: value.update(extra=1)),
    "wrong-type": lambda data, name: changed_json(data, lambda value: value.update({name: 7})),
}


def _general(document: str, problem: str) -> Spoilt:
    def make(room: Room) -> bytes:
        return _GENERAL[problem](GOOD[document](room), _FIRST[document])

    stem = document.removesuffix(".json")
    if document == "index.json":
        return Spoilt(
            name=f"{stem}-{problem}.json", make=make, error="PartMalformed", fields={"code": "index"}, read_as=document
        )
    fields: dict[str, object] = {"problem": problem}
    return Spoilt(name=f"{stem}-{problem}.json", make=make, error="Malformed", fields=fields, read_as=document)


GENERAL: Final = tuple(_general(document, problem) for document in GOOD for problem in _GENERAL)


# -- each word for what is wrong in a document -----------------------------------------------------------------


def _set(value: object, path: Path_, new: object) -> None:
    place = value
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = new  # type: ignore[index]


def _wrong(document: str, problem: str, path: Path_, new: object, *, inner: str = "") -> Spoilt:
    def make(room: Room) -> bytes:
        return changed_json(GOOD[document](room), lambda value: _set(value, path, new))

    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    stem = document.removesuffix(".json")
    words = "-".join(str(step) for step in path)
    return Spoilt(
        name=f"{stem}-{problem}-{words}.json", make=make, error="Malformed",
        fields={"problem": problem, "path": place + inner}, read_as=document,
    )  # fmt: skip


def _entry_twice(room: Room) -> bytes:
    def double(value: dict[str, object]) -> None:
        entries = value["entries"]
        assert isinstance(entries, list)
        entries.append(entries[0])

    return changed_json(GOOD["report.json"](room), double)


def _verdict(**members: object) -> dict[str, object]:
    told: dict[str, object] = {
        "commitment": 5, "country": "JO", "accepted": False, "reason": "Kort.", "language": "nb", "answer_by": None,
    }  # fmt: skip
    return {**told, **members}


WORDED: Final = (
    _wrong("report.json", "not-allowed", ("schema",), "wps-report/9"),
    _wrong("report.json", "not-allowed", ("entries", 0, "status"), "finished"),
    _wrong("report.json", "pattern", ("unit",), "../AMM"),
    _wrong("report.json", "out-of-range", ("year",), 2199),
    _wrong("report.json", "unknown-commitment", ("entries", 0, "commitment"), 99),
    _wrong("report.json", "unknown-country", ("entries", 0, "country"), "NO"),
    _wrong("report.json", "too-long", ("entries", 0, "effort", "text"), "a" * 20_001),
    _wrong("report.json", "control-character", ("entries", 0, "effort", "text"), "Oslo\u0007"),
    _wrong("report.json", "not-a-number", ("entries", 0, "indicators"),
           [{"name": "Antall", "value": "1e9"}], inner="[0].value"),
    _wrong("report.json", "not-a-date", ("entries", 0, "indicators"),
           [{"name": "A", "measured_on": "2026-02-30"}], inner="[0].measured_on"),
    Spoilt(name="report-twice.json", make=_entry_twice, error="Malformed",
           fields={"problem": "twice", "path": "entries[1]"}, read_as="report.json"),
    _wrong("bundle.json", "not-a-time", ("created",), "2027-03-01"),
    _wrong("bundle.json", "pattern", ("id",), "1"),
    _wrong("delta.json", "pattern", ("base", "sha256"), "0"),
    _wrong("delta.json", "unknown-commitment", ("deleted", 0, "commitment"), 36),
    _wrong("call.json", "unknown-commitment", ("call", "units", 0, "commitments"), [0], inner="[0]"),
    _wrong("call.json", "not-a-date", ("call", "deadline"), "2027-13-01"),
    _wrong("call.json", "pattern", ("trust", "root"), "no base64"),
    _wrong("reply.json", "not-allowed", ("reply", "receipt"), "PERHAPS"),
    _wrong("reply.json", "twice", ("reply", "verdicts"), [_verdict(), _verdict()]),
    _wrong("reply.json", "not-allowed", ("reply", "verdicts"), [_verdict(language="ny")], inner="[0].language"),
    _wrong("reply.json", "out-of-range", ("reply", "missing_parts"),
           [{"set": "0" * 64, "parts": [0]}], inner="[0].parts[0]"),
    Spoilt(name="request-inconsistent.json", error="Malformed", fields={"problem": "inconsistent", "path": ""},
           read_as="request.json", make=lambda room: changed_json(GOOD["request.json"](room),
                                                                  lambda value: value.update(sealing=None))),
    _wrong("request.json", "not-a-time", ("created",), "i går"),
    _wrong("drafts.json", "not-allowed", ("format",), "wps-handover/9"),
    _wrong("drafts.json", "pattern", ("sent", 0, "header"), "no base64"),
)  # fmt: skip


# -- certificates, revocation lists and trust ------------------------------------------------------------------

_SIGNING_USE: Final = (
    x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    ),
    True,
)  # fmt: skip


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _certificate(name: str, problem: str, make: Callable[[Room], bytes]) -> Spoilt:
    """A unit's three certificates, the first of them spoilt."""

    def document(room: Room) -> bytes:
        told = {**certificates_to_json(room.setting.amman.certificates), "signing": _base64(make(room))}
        return canonical_json(told)

    fields: dict[str, object] = {"problem": problem}
    return Spoilt(
        name=f"certificate-{name}.json", make=document, error="BadCertificate", fields=fields, read_as="certificates"
    )


def _version_1(room: Room) -> bytes:
    parsed = asn1_x509.Certificate.load(room.setting.amman.certificates.signing.der)
    parsed["tbs_certificate"]["version"] = "v1"
    del parsed["tbs_certificate"]["extensions"]
    return bytes(parsed.dump(force=True))


def _p384(_room: Room) -> bytes:
    key = ec.generate_private_key(ec.SECP384R1())
    return raw_certificate(_SIGNING_USE, key=key, signing_key=PrivateKey.generate().native)


def _list(name: str, problem: str, make: Callable[[Authority], bytes]) -> Spoilt:
    """UD's trust with one spoilt list."""

    def document(room: Room) -> bytes:
        told = {**trust_to_json(room.setting.trust), "lists": [_base64(make(room.setting.authority))]}
        return canonical_json(told)

    fields: dict[str, object] = {"problem": problem}
    return Spoilt(name=f"list-{name}.json", make=document, error="BadRevocationList", fields=fields, read_as="trust")


def _of_root(authority: Authority, **more: object) -> bytes:
    assert authority.root_key is not None
    return raw_list(authority.root_key, name_of(authority.root), **more).der  # type: ignore[arg-type]


def _without_end(authority: Authority) -> bytes:
    parsed = asn1_crl.CertificateList.load(_of_root(authority))
    del parsed["tbs_cert_list"]["next_update"]
    return bytes(parsed.dump(force=True))


def _trust_of_two_roots(room: Room) -> bytes:
    told = trust_to_json(room.setting.trust)
    return canonical_json({**told, "intermediates": trust_to_json(room.setting.strange_trust)["intermediates"]})


def _lists_of_two_roots(room: Room) -> bytes:
    told = trust_to_json(room.setting.trust)
    return canonical_json({**told, "lists": trust_to_json(room.setting.strange_trust)["lists"]})


def _certificates(room: Room, **members: str) -> bytes:
    return canonical_json({**certificates_to_json(room.setting.amman.certificates), **members})


TRUST: Final = (
    _certificate("unreadable", "unreadable", lambda _: b"\x30\x03\x02\x01\x01"),
    _certificate("too-large", "too-large", lambda _: b"\x30" * 16_400),
    _certificate("version-1", "wrong-version", _version_1),
    _certificate("sha-384", "wrong-kind", lambda _: raw_certificate(_SIGNING_USE, algorithm=hashes.SHA384())),  # type: ignore[arg-type]
    _certificate("p-384", "wrong-kind-of-key", _p384),
    _certificate("rsa-2048", "weak-key",
                 lambda _: raw_certificate(_SIGNING_USE, key=rsa.generate_private_key(65537, 2048))),
    _certificate("critical", "critical-extension",
                 lambda _: raw_certificate(_SIGNING_USE, (UNKNOWN_EXTENSION, True))),
    _certificate("no-key-use", "no-key-use", lambda _: raw_certificate()),
    Spoilt(name="certificates-swapped.json", error="BadCertificate", fields={"problem": "wrong-role"},
           read_as="certificates",
           make=lambda room: _certificates(room, signing=_base64(room.setting.amman.certificates.sealing.der))),
    Spoilt(name="certificates-of-two.json", error="BadCertificate", fields={"problem": "different-units"},
           read_as="certificates",
           make=lambda room: _certificates(room, signing=_base64(room.setting.ud.certificates.signing.der))),
    Spoilt(name="trust-of-two-roots.json", make=_trust_of_two_roots, error="BadCertificate",
           fields={"problem": "not-of-this-root"}, read_as="trust"),
    Spoilt(name="lists-of-two-roots.json", make=_lists_of_two_roots, error="BadRevocationList",
           fields={"problem": "not-of-this-root"}, read_as="trust"),
    _list("unreadable", "unreadable", lambda _: b"\x30\x03\x02\x01\x01"),
    _list("sha-512", "wrong-kind", lambda a: _of_root(a, algorithm=hashes.SHA512())),
    _list("partial", "critical-extension", lambda a: _of_root(
        a, extensions=[(x509.CRLNumber(2), False), (x509.DeltaCRLIndicator(1), True)])),
    _list("no-number", "no-number", lambda a: _of_root(a, extensions=[])),
    _list("no-end", "no-next-update", _without_end),
    Spoilt(name="list-too-large.json", error="BadRevocationList", fields={"problem": "too-large"}, read_as="list",
           make=lambda _: b"\x30", grown_to=2 << 20),
)  # fmt: skip


# -- requests --------------------------------------------------------------------------------------------------


def _request(name: str, reason: str, change: Callable[[Room, EnrolmentRequest], EnrolmentRequest]) -> Spoilt:
    def make(room: Room) -> bytes:
        return canonical_json(request_to_json(change(room, room.setting.amman.request)))

    return Spoilt(
        name=f"request-{name}.json", make=make, error="BadRequest", fields={"reason": reason}, read_as="request.json"
    )


def _sealing(
    room: Room, key: object, *, role: Role = Role.SEALING, name: str = "Ambassaden i Amman",
    attribute: bool = False, algorithm: object = None,
) -> EnrolmentRequest:  # fmt: skip
    """With another request for the sealing key."""
    subject = unit_subject(AMM, name, role)
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    if attribute:
        builder = builder.add_attribute(x509.ObjectIdentifier("1.2.840.113549.1.9.7"), b"secret")
    csr = builder.sign(key, algorithm or hashes.SHA256()).public_bytes(Encoding.DER)  # type: ignore[arg-type]
    mine = room.setting.amman.request
    return replace(mine, csrs=(mine.csrs[0], csr, mine.csrs[2]))


@cache
def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)


def _bought_for_other(room: Room) -> EnrolmentRequest:
    key = PrivateKey.generate()
    return make_personal_request(AMM, "Ambassaden i Amman", "Kari Nordmann", key, NOW)


def _with_others_purchase(room: Room, _mine: EnrolmentRequest) -> EnrolmentRequest:
    return replace(_bought_for_other(room), bought=raw_certificate(_SIGNING_USE))


REQUESTS: Final = (
    _request("unreadable", "unreadable", lambda room, r: replace(r, csrs=(r.csrs[0], b"\x30\x00", r.csrs[2]))),
    _request("rsa", "wrong-kind-of-key", lambda room, r: _sealing(room, _rsa())),
    _request("sha-224", "no-proof-of-possession",
             lambda room, r: _sealing(room, room.setting.amman.keys.sealing.native, algorithm=hashes.SHA224())),
    _request("same-key", "same-key-twice",
             lambda room, r: _sealing(room, room.setting.amman.keys.signing.native)),
    _request("other-name", "different-units",
             lambda room, r: _sealing(room, room.setting.amman.keys.sealing.native, name="Ambassaden i Ankara")),
    _request("swapped", "wrong-role", lambda room, r: replace(r, csrs=(r.csrs[1], r.csrs[0], r.csrs[2]))),
    _request("attribute", "attributes",
             lambda room, r: _sealing(room, room.setting.amman.keys.sealing.native, attribute=True)),
    _request("turned-name", "bad-name", lambda room, r: replace(r, person="Kari \u202enamdroN")),
    _request("others-purchase", "not-of-this-certificate", _with_others_purchase),
)  # fmt: skip


# -- keys in files of their own --------------------------------------------------------------------------------


def _kept(room: Room) -> bytes:
    recovery = room.setting.amman.keys.recovery
    assert recovery is not None
    return kept_key_bytes(KeptKey(purpose=KeptFor.RECOVERY, unit=AMM, certificate=None, key=recovery), WORDS)


def _key_file(name: str, problem: str, change: Callable[[Room, bytes], bytes]) -> Spoilt:
    return Spoilt(
        name=f"key-{name}.json", make=lambda room: change(room, _kept(room)), error="BadKeyFile",
        fields={"problem": problem}, read_as="recovery-key",
    )  # fmt: skip


def _bought(key: object, *, with_certificate: bool = True, with_key: bool = True) -> bytes:
    certificate = x509.load_der_x509_certificate(raw_certificate(_SIGNING_USE, key=key)) if with_certificate else None
    protection = BestAvailableEncryption(WORDS.encode())
    return pkcs12.serialize_key_and_certificates(b"x", key if with_key else None, certificate, None, protection)  # type: ignore[arg-type]


def _pkcs12(name: str, problem: str, make: Callable[[], bytes], error: str = "BadKeyFile") -> Spoilt:
    return Spoilt(
        name=f"bought-{name}.p12", make=lambda _: make(), error=error, fields={"problem": problem}, read_as="pkcs12"
    )


KEYS: Final = (
    _key_file("unreadable", "unreadable", lambda _room, data: data[:-4]),
    _key_file("newer", "newer", lambda _room, data: changed_json(data, lambda v: v.update(format="wps-key/2"))),
    _key_file("other-purpose", "other-purpose", lambda room, _data: kept_key_bytes(KeptKey(
        purpose=KeptFor.ROOT, unit=AMM, certificate=None, key=PrivateKey.generate()), WORDS)),
    _key_file("others-certificate", "not-of-this-certificate", lambda room, data: changed_json(
        data, lambda v: v.update(certificate=_base64(room.setting.amman.certificates.signing.der)))),
    Spoilt(name="key-other-words.json", make=lambda room: kept_key_bytes(KeptKey(
        purpose=KeptFor.RECOVERY, unit=AMM, certificate=None, key=PrivateKey.generate()), WORDS.upper()),
        error="WrongKeyPassphrase", read_as="recovery-key"),
    _pkcs12("no-key", "no-key", lambda: _bought(PrivateKey.generate().native, with_key=False)),
    _pkcs12("no-certificate", "no-certificate",
            lambda: _bought(PrivateKey.generate().native, with_certificate=False)),
    _pkcs12("rsa-2048", "weak-key", lambda: _bought(rsa.generate_private_key(65537, 2048)), "BadKey"),
    _pkcs12("p-384", "wrong-kind", lambda: _bought(ec.generate_private_key(ec.SECP384R1())), "BadKey"),
    Spoilt(name="keys-unreadable.json", error="BadKey", fields={"problem": "unreadable"}, read_as="unit-keys",
           make=lambda room: changed_json(UnitKeys.generate().to_bytes(), lambda v: v.update(signing="MAA="))),
    Spoilt(name="card-too-large.wpscard", error="Malformed", fields={"problem": "too-large"}, read_as="card",
           make=lambda _: b"{", grown_to=(64 << 10) + 1),
)  # fmt: skip


# -- parts -----------------------------------------------------------------------------------------------------

DATA: Final = b"sealed bytes" * 100


def _index() -> dict[str, object]:
    listed = {"name": "fd_20261201_1.asice.cms", "size": len(DATA), "sha256": sha256(DATA), "first": 1, "count": 1}
    return {
        "format": "wps-parts/1", "part_size": SMALLEST, "files": [listed], "parts": [sha256(DATA)], "parity": None,
    }  # fmt: skip


def _part(change: Callable[[bytes], bytes] = lambda part: part, **members: object) -> Callable[[Room], bytes]:
    from tests.bundle.test_parts import part_with

    return lambda _: change(part_with(canonical_json({**_index(), **members}), DATA))


PARTS: Final = (
    Spoilt(name="part-trailing.wpspart", make=_part(lambda part: part + b"x"), error="PartMalformed",
           fields={"code": "zip"}, read_as="part"),
    Spoilt(name="part-flags.wpspart", make=_part(lambda part: flipped(part, 6)), error="PartMalformed",
           fields={"code": "zip"}, read_as="part"),
    Spoilt(name="part-comment.wpspart", make=_part(lambda part: flipped(part, -2)), error="PartMalformed",
           fields={"code": "zip"}, read_as="part"),
    Spoilt(name="part-damaged.wpspart", make=_part(lambda part: flipped(part, part.index(DATA) + 7)),
           error="PartDamaged", read_as="part"),
    Spoilt(name="part-cut-off.wpspart", make=_part(lambda part: part[:-400]), error="PartDamaged", read_as="part"),
    Spoilt(name="part-later.wpspart", make=_part(format="wps-parts/2"), error="NewerBundle",
           fields={"version": "wps-parts/2"}, read_as="part"),
    Spoilt(name="part-same-twice.wpspart", make=_part(parity=sha256(DATA)), error="PartMalformed",
           fields={"code": "index", "place": "parts"}, read_as="part"),
    Spoilt(name="part-climbing.wpspart", make=_part(files=[{"name": "../../x.asice.cms", "size": len(DATA),
           "sha256": sha256(DATA), "first": 1, "count": 1}]), error="PartMalformed",
           fields={"code": "index", "place": "files[0].name"}, read_as="part"),
    Spoilt(name="part-of-another-file.wpspart", make=_part(files=[{"name": "fd_20261201_1.asice.cms",
           "size": len(DATA), "sha256": "0" * 64, "first": 1, "count": 1}]), error="PartMalformed",
           fields={"code": "file"}, read_as="set"),
)  # fmt: skip

ALL: Final = (*GENERAL, *WORDED, *TRUST, *REQUESTS, *KEYS, *PARTS)
