"""The seal: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), in the one encoding of the profile.

GCM's text is as long as the plain text, so the whole header can be written before the first sealed byte, and
everything streams. The content key is fresh for every file and goes to pairs of recipients, the receiver's daily
key and its recovery key, by ECDH over P-256 (RFC 5753: dhSinglePass-stdDH-sha256kdf, aes256-wrap): one pair, or
one for each desk of the unit that it goes to. A recipient by RSA-OAEP is recognised, never written.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF

from wpsdesk.bundle.der import (
    BIT_STRING,
    INTEGER,
    OCTET_STRING,
    SEQUENCE,
    SET,
    Elements,
    NotDer,
    head,
    integer,
    length_at,
    object_id,
    tlv,
)
from wpsdesk.bundle.errors import Altered, SealMalformed, SealUnknown, Truncated
from wpsdesk.bundle.limits import CHUNK
from wpsdesk.bundle.signing import issuer_and_serial
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import PrivateKey

PAIR: Final = 2
MAX_PAIRS: Final = 8
NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16

CONTENT_TYPE: Final = object_id("1.2.840.113549.1.9.16.1.23")  # id-ct-authEnvelopedData
_DATA: Final = object_id("1.2.840.113549.1.7.1")
_AES256_GCM: Final = object_id("2.16.840.1.101.3.4.1.46")
_AES256_WRAP: Final = tlv(SEQUENCE, object_id("2.16.840.1.101.3.4.1.45"))
_AGREEMENT: Final = tlv(SEQUENCE, object_id("1.3.132.1.11.1"), _AES256_WRAP)
_EC_KEY: Final = tlv(SEQUENCE, object_id("1.2.840.10045.2.1"))
_SHA256: Final = tlv(SEQUENCE, object_id("2.16.840.1.101.3.4.2.1"))
_MGF1: Final = tlv(SEQUENCE, object_id("1.2.840.113549.1.1.8"), _SHA256)
_OAEP: Final = tlv(SEQUENCE, object_id("1.2.840.113549.1.1.7"), tlv(SEQUENCE, tlv(0xA0, _SHA256), tlv(0xA1, _MGF1)))
_VERSION: Final = integer(0)
_AGREEMENT_VERSION: Final = integer(3)
_TAG_LENGTH: Final = integer(TAG_SIZE)
_TAG_HEAD: Final = head(OCTET_STRING, TAG_SIZE)
_AFTER_TEXT: Final = len(_TAG_HEAD) + TAG_SIZE
_CONTEXT_0, _CONTEXT_1, _CONTEXT_2, _PRIMITIVE_0 = 0xA0, 0xA1, 0xA2, 0x80
_POINT_SIZE: Final = 65
_KEY_SIZE: Final = 32
_WRAPPED_SIZE: Final = _KEY_SIZE + 8
# ECC-CMS-SharedInfo (RFC 5753, 7.2): the wrap algorithm, and how many bits of key are wanted.
_SHARED_INFO: Final = tlv(SEQUENCE, _AES256_WRAP, tlv(_CONTEXT_2, tlv(OCTET_STRING, (256).to_bytes(4, "big"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A recipient by key agreement: the sender's one-time point, and the content key wrapped for it."""

    issuer_and_serial: bytes
    point: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """A recipient by RSA-OAEP; no key of ours is of that kind."""

    issuer_and_serial: bytes
    encrypted: bytes


Recipient = Agreement | Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal's header: who can open it, and where the sealed bytes lie."""

    recipients: tuple[Recipient, ...]
    nonce: bytes
    text_offset: int
    text_size: int

    @property
    def tag_offset(self) -> int:
        """Where the sixteen bytes of the tag lie."""
        return self.text_offset + self.text_size + len(_TAG_HEAD)


def are_pairs(count: int) -> bool:
    """Whether so many recipients can be one or more desks, each with its daily and its recovery key."""
    return count % PAIR == 0 and 1 <= count // PAIR <= MAX_PAIRS


def names_of(recipient: Recipient) -> tuple[str, int]:
    """The common name of the recipient's issuer ("" where there is none) and the serial number."""
    both = Elements(recipient.issuer_and_serial).inside(SEQUENCE)
    issuer, serial = both.inside(SEQUENCE), both.value(INTEGER)
    name = ""
    try:
        while not issuer.is_at_end:
            attribute = issuer.inside(SET).inside(SEQUENCE)
            if attribute.whole(0x06) == _COMMON_NAME:
                name = attribute.value(attribute.next_tag).decode("utf-8", "replace")
    except NotDer:
        pass  # only for show
    return name, int.from_bytes(serial, "big")


_COMMON_NAME: Final = object_id("2.5.4.3")


# -- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SealUsed:
    """How a file was sealed: a secret, for the encrypted store only.

    The same key and nonce over other bytes would give both away: they are used again for the very same bytes alone.
    """

    key: bytes
    nonce: bytes
    header: bytes  # everything before the sealed bytes


def seal(chunks: Iterable[bytes], size: int, to: tuple[Certificate, ...], write: Callable[[bytes], object]) -> SealUsed:
    """Seal ``chunks`` (``size`` bytes in all) to the certificates ``to``; ``write`` takes the file's bytes in order.

    The bytes given to ``write`` are a view that is used again after it returns. Raises BadCertificate.
    """
    if not are_pairs(len(to)):
        raise ValueError("a seal has pairs of recipients: a daily key and a recovery key")
    key, nonce = secrets.token_bytes(_KEY_SIZE), secrets.token_bytes(NONCE_SIZE)
    header = seal_header(tuple(_sealed_key(certificate, key) for certificate in to), nonce, size)
    used = SealUsed(key=key, nonce=nonce, header=header)
    seal_again(chunks, size, used, write)
    return used


def seal_again(chunks: Iterable[bytes], size: int, used: SealUsed, write: Callable[[bytes], object]) -> None:
    """Seal as it was sealed before. That ``chunks`` are the bytes of that time is for the caller to check.

    Only a file that is thrown away where they were not may be given to ``write``.
    """
    write(used.header)
    cipher = Cipher(AES(used.key), GCM(used.nonce)).encryptor()
    room = memoryview(bytearray(min(CHUNK, size) + 16))
    written = 0
    for chunk in chunks:
        for start in range(0, len(chunk), CHUNK):
            piece = memoryview(chunk)[start : start + CHUNK]
            if written + len(piece) > size:
                raise ValueError("more bytes than were announced")
            count = cipher.update_into(piece, room)
            write(room[:count])  # type: ignore[arg-type]
            written += count
    if written != size:
        raise ValueError("fewer bytes than were announced")
    cipher.finalize()
    write(_TAG_HEAD + cipher.tag)


def _sealed_key(certificate: Certificate, key: bytes) -> bytes:
    once = PrivateKey.generate()
    wrapped = keywrap.aes_key_wrap(_wrapping_key(once.agree(certificate.point)), key)
    return _agreement(certificate, once.point, wrapped)


def _wrapping_key(shared: bytes) -> bytes:
    return X963KDF(hashes.SHA256(), _KEY_SIZE, _SHARED_INFO).derive(shared)


def _agreement(certificate: Certificate, point: bytes, wrapped: bytes) -> bytes:
    return recipient_info(Agreement(issuer_and_serial=issuer_and_serial(certificate), point=point, wrapped=wrapped))


def recipient_info(recipient: Recipient) -> bytes:
    """A recipient as it stands in the header."""
    match recipient:
        case Agreement(issuer_and_serial=named, point=point, wrapped=wrapped):
            originator = tlv(_CONTEXT_0, tlv(_CONTEXT_1, _EC_KEY, tlv(BIT_STRING, b"\0", point)))
            keys = tlv(SEQUENCE, tlv(SEQUENCE, named, tlv(OCTET_STRING, wrapped)))
            return tlv(_CONTEXT_1, _AGREEMENT_VERSION, originator, _AGREEMENT, keys)
        case Transport(issuer_and_serial=named, encrypted=encrypted):
            return tlv(SEQUENCE, _VERSION, named, _OAEP, tlv(OCTET_STRING, encrypted))


def seal_header(recipients: tuple[bytes, ...], nonce: bytes, size: int) -> bytes:
    """Everything before the ``size`` sealed bytes; ``recipients`` as they stand in it, in any order."""
    algorithm = tlv(SEQUENCE, _AES256_GCM, tlv(SEQUENCE, tlv(OCTET_STRING, nonce), _TAG_LENGTH))
    content = _DATA + algorithm + head(_PRIMITIVE_0, size)
    content = head(SEQUENCE, len(content) + size) + content
    enveloped = _VERSION + tlv(SET, *sorted(recipients)) + content
    enveloped = head(SEQUENCE, len(enveloped) + size + _AFTER_TEXT) + enveloped
    outer = CONTENT_TYPE + head(_CONTEXT_0, len(enveloped) + size + _AFTER_TEXT) + enveloped
    return head(SEQUENCE, len(outer) + size + _AFTER_TEXT) + outer


# -- reading -------------------------------------------------------------------------------------


def read_seal(start: bytes, read_at: Callable[[int, int], bytes], file_size: int) -> Seal:
    """Check 1, the header of a seal, in a file of ``file_size`` bytes.

    ``start`` is as much of the file as a header may be long; ``read_at(offset, length)`` reads anywhere.
    Raises Truncated, SealMalformed, SealUnknown.
    """
    try:
        length, at = length_at(start, 1)
        # 1: the exact length comes first, so that a cut file is told from a changed one.
        if at + length > file_size:
            raise Truncated(size=file_size, expected=at + length)
        if at + length < file_size:
            raise SealMalformed(code="trailing")
        seal = _parsed(start, at)
    except NotDer:
        raise SealMalformed(code="not-der") from None
    # 1: attributes could only stand between or behind: the profile has none.
    if seal.tag_offset + TAG_SIZE != file_size:
        raise SealUnknown(code="attributes")
    if read_at(seal.tag_offset - len(_TAG_HEAD), len(_TAG_HEAD)) != _TAG_HEAD:
        raise SealMalformed(code="not-canonical")
    # 1: canonical: our own writer makes the same header of what was read.
    rebuilt = seal_header(tuple(recipient_info(each) for each in seal.recipients), seal.nonce, seal.text_size)
    if rebuilt != start[: seal.text_offset]:
        raise SealMalformed(code="not-canonical")
    if not are_pairs(len(seal.recipients)):
        raise SealMalformed(code="recipient-count")
    return seal


def _parsed(start: bytes, position: int) -> Seal:
    """Walks down the nested heads by hand, for their values reach beyond ``start``."""
    position = _expect(start, position, CONTENT_TYPE, SealMalformed(code="not-der"))
    for tag in (_CONTEXT_0, SEQUENCE):
        _, position = _head_at(start, position, tag)
    position = _expect(start, position, _VERSION, SealUnknown(code="version"))
    length, position = _head_at(start, position, SET)
    if position + length > len(start):
        raise NotDer
    recipients = _recipients(Elements(start, position, position + length))
    _, position = _head_at(start, position + length, SEQUENCE)
    position = _expect(start, position, _DATA, SealUnknown(code="content-type"))
    length, position = _head_at(start, position, SEQUENCE)
    if position + length > len(start):
        raise NotDer
    nonce = _nonce_in(Elements(start, position, position + length))
    size, position = _head_at(start, position + length, _PRIMITIVE_0)
    return Seal(recipients=recipients, nonce=nonce, text_offset=position, text_size=size)


def _head_at(start: bytes, position: int, tag: int) -> tuple[int, int]:
    if position >= len(start) or start[position] != tag:
        raise NotDer
    return length_at(start, position + 1)


def _expect(start: bytes, position: int, constant: bytes, fault: SealMalformed | SealUnknown) -> int:
    if not start.startswith(constant, position):
        raise fault
    return position + len(constant)


def _nonce_in(algorithm: Elements) -> bytes:
    if algorithm.whole(0x06) != _AES256_GCM:
        raise SealUnknown(code="algorithm")
    parameters = algorithm.inside(SEQUENCE)
    nonce = parameters.value(OCTET_STRING)
    # A shorter tag is easier to forge, and another nonce has another counter: both are refused by name.
    if len(nonce) != NONCE_SIZE or parameters.whole(INTEGER) != _TAG_LENGTH:
        raise SealUnknown(code="algorithm")
    return nonce


def _recipients(elements: Elements) -> tuple[Recipient, ...]:
    found: list[Recipient] = []
    while not elements.is_at_end:
        match elements.next_tag:
            case 0xA1:
                found.append(_read_agreement(elements.inside(_CONTEXT_1)))
            case 0x30:
                found.append(_read_transport(elements.inside(SEQUENCE)))
            case _:
                raise SealUnknown(code="recipient-type")
    return tuple(found)


def _read_agreement(elements: Elements) -> Agreement:
    if elements.whole(INTEGER) != _AGREEMENT_VERSION:
        raise SealUnknown(code="recipient-type")
    originator = elements.inside(_CONTEXT_0)
    if originator.next_tag != _CONTEXT_1:
        raise SealUnknown(code="recipient-type")
    key = originator.inside(_CONTEXT_1)
    if key.whole(SEQUENCE) != _EC_KEY or elements.whole(SEQUENCE) != _AGREEMENT:
        raise SealUnknown(code="recipient-type")
    bits = key.value(BIT_STRING)
    keys = elements.inside(SEQUENCE).inside(SEQUENCE)
    named, wrapped = keys.whole(SEQUENCE), keys.value(OCTET_STRING)
    _require_names(named)
    if len(bits) != 1 + _POINT_SIZE or len(wrapped) != _WRAPPED_SIZE:
        raise SealMalformed(code="recipient")
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), bits[1:])
    except ValueError:
        raise SealMalformed(code="point") from None
    return Agreement(issuer_and_serial=named, point=bits[1:], wrapped=wrapped)


def _read_transport(elements: Elements) -> Transport:
    if elements.whole(INTEGER) != _VERSION:
        raise SealUnknown(code="recipient-type")
    named = elements.whole(SEQUENCE)
    _require_names(named)
    if elements.whole(SEQUENCE) != _OAEP:
        raise SealUnknown(code="recipient-type")
    return Transport(issuer_and_serial=named, encrypted=elements.value(OCTET_STRING))


def _require_names(named: bytes) -> None:
    both = Elements(named).inside(SEQUENCE)
    issuer, serial = both.value(SEQUENCE), both.value(INTEGER)
    if tlv(SEQUENCE, tlv(SEQUENCE, issuer), integer(int.from_bytes(serial, "big"))) != named:
        raise SealMalformed(code="recipient")


def content_key(recipient: Agreement, key: PrivateKey) -> bytes | None:
    """The content key, or None where ``key`` is not the one it was sealed to."""
    try:
        return keywrap.aes_key_unwrap(_wrapping_key(key.agree(recipient.point)), recipient.wrapped)
    except keywrap.InvalidUnwrap:
        return None


def unsealed_pieces(seal: Seal, key: bytes, pieces: Iterable[bytes], tag: bytes) -> Iterator[bytes]:
    """The plain bytes of the sealed ``pieces``.

    Nothing of it may be believed before the last one has come. Raises Altered where the tag is wrong.
    """
    cipher = Cipher(AES(key), GCM(seal.nonce)).decryptor()
    for piece in pieces:
        yield cipher.update(piece)
    try:
        cipher.finalize_with_tag(tag)
    except InvalidTag:
        raise Altered(where="seal") from None
