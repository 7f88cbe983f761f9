"""A private key in a file of its own, under its own passphrase: UD's root key, and the recovery keys.

Format ``wps-key/1``, canonical JSON::

    {"format": "wps-key/1", "purpose": "root" | "recovery", "unit": code, "certificate": base64 | null, "key": {...}}

``key`` is the key (PKCS#8) as :mod:`wpsdesk.trust.wrapping` writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import UNIT_CODE, UnitCode
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import BadCertificate, BadKey, BadKeyFile, WrongKeyPassphrase
from wpsdesk.trust.keys import PrivateKey
from wpsdesk.trust.wrapping import unwrap, wrap, wrapped_from, wrapped_to_json

FORMAT: Final = "wps-key/1"
LIMIT: Final = 64 * 1024  # bytes of such a file
_FORMAT: Final = re.compile(r"wps-key/[1-9][0-9]{0,5}")
_KEY_SIZES: Final = range(32, 1024)


class KeptFor(StrEnum):
    """What a key that is kept apart is for."""

    ROOT = "root"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """A key and, where there is one, its certificate. Raises BadKey where they are not a pair."""

    purpose: KeptFor
    unit: UnitCode
    certificate: Certificate | None
    key: PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        if self.certificate is not None and self.certificate.public != self.key.public:
            raise BadKey(problem="not-of-this-certificate")


def kept_key_bytes(kept: KeptKey, words: str) -> bytes:
    """The bytes of the file, under ``words``."""
    return canonical_json(
        {
            "format": FORMAT,
            "purpose": kept.purpose,
            "unit": kept.unit,
            "certificate": None if kept.certificate is None else base64_text(kept.certificate.der),
            "key": wrapped_to_json(wrap(kept.purpose, words, kept.key.to_bytes())),
        }
    )


def kept_key_from(data: bytes, words: str, wanted: KeptFor) -> KeptKey:
    """The reverse. Raises BadKeyFile, WrongKeyPassphrase."""
    try:
        reader = load_json(data, limit=LIMIT)
        if reader.get("format").matching(_FORMAT) != FORMAT:
            raise BadKeyFile(problem="newer")
        purpose = reader.get("purpose").choice(KeptFor)
        unit = UnitCode(reader.get("unit").matching(UNIT_CODE))
        der = reader.maybe("certificate", der_from)
        wrapped = wrapped_from(reader.get("key"), frozenset({purpose.value}), size=_KEY_SIZES)
        reader.done()
    except Malformed:
        raise BadKeyFile(problem="unreadable") from None
    if purpose is not wanted:
        raise BadKeyFile(problem="other-purpose")
    secret = unwrap(wrapped, words)
    if secret is None:
        raise WrongKeyPassphrase
    try:
        certificate = None if der is None else Certificate.from_der(der)
        return KeptKey(purpose=purpose, unit=unit, certificate=certificate, key=PrivateKey.from_bytes(secret))
    except (BadKey, BadCertificate):
        raise BadKeyFile(problem="not-of-this-certificate") from None
