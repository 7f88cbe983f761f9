"""Seals and signatures taken apart, and put together in another way with every length right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wpsdesk.bundle.der import OCTET_STRING, SEQUENCE, SET, Elements, integer, object_id, tlv
from wpsdesk.bundle.sealing import CONTENT_TYPE

# -- a seal ----------------------------------------------------------------------------------------------------

GCM = object_id("2.16.840.1.101.3.4.1.46")
AES256_WRAP, AES128_WRAP = object_id("2.16.840.1.101.3.4.1.45"), object_id("2.16.840.1.101.3.4.1.5")
RSA = object_id("1.2.840.113549.1.1.1")  # PKCS#1 v1.5, which answers too many questions
NAMED = tlv(SEQUENCE, tlv(SEQUENCE), integer(5))


def rebuilt(sealed: bytes, change: Callable[[bytes, bytes, bytes, bytes], bytes]) -> bytes:
    """The seal put together again from recipients, algorithm, text and tag, all lengths right."""
    outer = Elements(sealed).inside(SEQUENCE)
    outer.expect(CONTENT_TYPE)
    body = outer.inside(0xA0).inside(SEQUENCE)
    body.expect(integer(0))
    recipients, content = body.value(SET), body.inside(SEQUENCE)
    content.expect(object_id("1.2.840.113549.1.7.1"))
    return change(recipients, content.whole(SEQUENCE), content.value(0x80), body.whole(OCTET_STRING))


def put_together(
    recipients: bytes,
    algorithm: bytes,
    text: bytes,
    tag: bytes,
    *,
    version: bytes = integer(0),
    kind: bytes = object_id("1.2.840.113549.1.7.1"),
    attributes: bytes = b"",
) -> bytes:
    content = tlv(SEQUENCE, kind, algorithm, tlv(0x80, text))
    body = tlv(SEQUENCE, version, tlv(SET, recipients), content, attributes, tag)
    return tlv(SEQUENCE, CONTENT_TYPE, tlv(0xA0, body))


def split(recipients: bytes) -> list[bytes]:
    found, elements = [], Elements(recipients)
    while not elements.is_at_end:
        found.append(elements.whole(elements.next_tag))
    return found


def rebuilt_agreement(recipients: bytes, algorithm: bytes, text: bytes, tag: bytes) -> bytes:
    """The first recipient with a key that is wrapped for another length."""
    first, second = split(recipients)
    elements = Elements(first).inside(0xA1)
    version, originator, agreement = (elements.whole(each) for each in (0x02, 0xA0, SEQUENCE))
    key = elements.inside(SEQUENCE).inside(SEQUENCE)
    keys = tlv(SEQUENCE, tlv(SEQUENCE, key.whole(SEQUENCE), tlv(OCTET_STRING, bytes(24))))
    return put_together(tlv(0xA1, version, originator, agreement, keys) + second, algorithm, text, tag)


# -- a signature -----------------------------------------------------------------------------------------------

NULL = b"\x05\x00"
RSA_WITH_SHA256 = tlv(SEQUENCE, object_id("1.2.840.113549.1.1.11"), NULL)
SHA256_WITH_NULL = tlv(SEQUENCE, object_id("2.16.840.1.101.3.4.2.1"), NULL)
EXTRA = tlv(SEQUENCE, object_id("1.2.840.113549.1.9.52"), tlv(SET, NULL))


@dataclass(frozen=True)
class Pieces:
    """A signature taken apart, to be put together in another way."""

    certificates: tuple[bytes, ...]
    signer_id: bytes
    attributes: bytes
    algorithm: bytes
    signature: bytes

    def whole(
        self,
        *,
        version: int = 1,
        digest: bytes = tlv(SEQUENCE, object_id("2.16.840.1.101.3.4.2.1")),
        content: bytes = b"",
        unsigned: bytes = b"",
        signers: int = 1,
        crls: bytes = b"",
    ) -> bytes:
        info = tlv(
            SEQUENCE, integer(1), self.signer_id, digest, tlv(0xA0, self.attributes), self.algorithm,
            tlv(OCTET_STRING, self.signature), unsigned,
        )  # fmt: skip
        data = tlv(
            SEQUENCE, integer(version), tlv(SET, digest), tlv(SEQUENCE, object_id("1.2.840.113549.1.7.1"), content),
            tlv(0xA0, *self.certificates), crls, tlv(SET, *[info] * signers),
        )  # fmt: skip
        return tlv(SEQUENCE, object_id("1.2.840.113549.1.7.2"), tlv(0xA0, data))


def apart(signature: bytes) -> Pieces:
    outer = Elements(signature).inside(SEQUENCE)
    outer.whole(0x06)
    data = outer.inside(0xA0).inside(SEQUENCE)
    for tag in (0x02, SET, SEQUENCE):
        data.whole(tag)
    certificates, bag = [], data.inside(0xA0)
    while not bag.is_at_end:
        certificates.append(bag.whole(SEQUENCE))
    info = data.inside(SET).inside(SEQUENCE)
    info.whole(0x02)
    signer_id = info.whole(SEQUENCE)
    info.whole(SEQUENCE)
    attributes, algorithm = info.value(0xA0), info.whole(SEQUENCE)
    return Pieces(tuple(certificates), signer_id, attributes, algorithm, info.value(OCTET_STRING))


def in_two(attributes: bytes) -> list[bytes]:
    found, elements = [], Elements(attributes)
    while not elements.is_at_end:
        found.append(elements.whole(SEQUENCE))
    return found
