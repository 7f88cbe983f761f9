"""A bought enterprise certificate: its key signs here, its certificate is only looked at.

UD certifies the same public key, so that the path stays UD's own; the seller's certificate tells a person whose
key it is, and is believed in nothing. Its form is the seller's affair: it is read leniently and kept as it came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from wpsdesk.base.ids import nfc
from wpsdesk.trust.errors import BadKeyFile, BadRequest, WrongKeyPassphrase
from wpsdesk.trust.keys import SigningKey, signing_key_from
from wpsdesk.trust.parsing import MAX_CERTIFICATE, is_plain_line, refusing

MAX_PKCS12: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtFacts:
    """What a bought certificate says of itself."""

    subject: str  # RFC 4514
    issuer: str
    not_before: datetime
    not_after: datetime
    public: bytes = field(repr=False)  # SubjectPublicKeyInfo in DER


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A key with the certificate (DER) that it was bought with."""

    key: SigningKey = field(repr=False)
    certificate: bytes


def bought_facts(der: bytes) -> BoughtFacts:
    """What ``der`` says. Raises BadRequest (``unreadable``)."""
    if len(der) > MAX_CERTIFICATE:
        raise BadRequest(reason="unreadable")
    with refusing(BadRequest(reason="unreadable")):
        parsed = x509.load_der_x509_certificate(der)
        return BoughtFacts(
            subject=_shown(parsed.subject),
            issuer=_shown(parsed.issuer),
            not_before=parsed.not_valid_before_utc,
            not_after=parsed.not_valid_after_utc,
            public=parsed.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        )


def _shown(name: x509.Name) -> str:
    text = nfc(name.rfc4514_string())
    return "".join(sign if is_plain_line(sign) else "\ufffd" for sign in text)[:400]


def read_pkcs12(data: bytes, words: str) -> Bought:
    """The key and its certificate in a PKCS#12 file (.p12, .pfx) under ``words``.

    Raises WrongKeyPassphrase, BadKeyFile (``unreadable``, ``no-key``, ``no-certificate``,
    ``not-of-this-certificate``), BadKey (``wrong-kind``, ``weak-key``), BadRequest for a certificate that cannot be
    read.
    """
    if not data.startswith(b"\x30") or len(data) > MAX_PKCS12:
        raise BadKeyFile(problem="unreadable")
    try:
        native, certificate, _others = pkcs12.load_key_and_certificates(data, nfc(words).encode("utf-8"))
    except ValueError as error:
        # The library tells a wrong password from a damaged file only by its words.
        if "password" in str(error).casefold():
            raise WrongKeyPassphrase from None
        raise BadKeyFile(problem="unreadable") from None
    except Exception:  # noqa: BLE001 - TypeError, UnsupportedAlgorithm: of a kind that cannot be read here
        raise BadKeyFile(problem="unreadable") from None
    if native is None:
        raise BadKeyFile(problem="no-key")
    if certificate is None:
        raise BadKeyFile(problem="no-certificate")
    key, der = signing_key_from(native), certificate.public_bytes(Encoding.DER)
    if bought_facts(der).public != key.public:
        raise BadKeyFile(problem="not-of-this-certificate")
    return Bought(key=key, certificate=der)
