"""DER bytes as they travel: base64 inside JSON, and PEM for openssl."""

from __future__ import annotations

import base64
import binascii
import textwrap
from typing import Final

from wpsdesk.base.decoding import Reader

MAX_DER: Final = 1 << 20
"""A revocation list of 20,000 certificates; a certificate has its own, smaller bound."""


def base64_text(der: bytes) -> str:
    """``der`` in base64 on one line."""
    return base64.b64encode(der).decode("ascii")


def der_from(reader: Reader) -> bytes:
    """The bytes of a base64 string in its one canonical spelling. Raises Malformed."""
    text = reader.line(at_most=MAX_DER * 4 // 3 + 4, at_least=1)
    try:
        der = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise reader.fail("pattern") from None
    if base64_text(der) != text:  # spare bits at the end would give one value two spellings
        raise reader.fail("pattern")
    return der


def pem_text(label: str, der: bytes) -> str:
    """``der`` as PEM (RFC 7468): lines of 64 characters between BEGIN and END ``label``."""
    lines = "\n".join(textwrap.wrap(base64_text(der), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"
