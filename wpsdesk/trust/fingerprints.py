"""Fingerprints as digits: what two people read to each other over the telephone."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from wpsdesk.trust.errors import FingerprintMismatch

GROUPS: Final = 8
DIGITS_IN_A_GROUP: Final = 5
_DIGITS: Final = GROUPS * DIGITS_IN_A_GROUP  # 40 digits, 132 bits: beyond any search for a second key
_WHOLE: Final = re.compile(f"[0-9]{{{_DIGITS}}}")
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015]+")  # spaces of every kind, hyphens and dashes


def digits_of(domain: str, *parts: bytes) -> str:
    """Eight groups of five digits, ``12345 67890 ...``, from SHA-256 over ``parts``.

    ``domain`` says what is fingerprinted, so that digits of one kind never stand for another. Every part is
    preceded by its length, so that bytes cannot move from one part to the next.
    """
    digest = hashlib.sha256(domain.encode("ascii") + b"\0")
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    digits = f"{int.from_bytes(digest.digest(), 'big') % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[start : start + DIGITS_IN_A_GROUP] for start in range(0, _DIGITS, DIGITS_IN_A_GROUP))


def same_fingerprint(a: str, b: str) -> bool:
    """Whether ``a`` and ``b`` are the same forty digits; spaces, line breaks and hyphens do not count.

    Anything that is not a whole fingerprint is the same as nothing, not even itself.
    """
    first, second = _bare(a), _bare(b)
    return first is not None and first == second


def require_same_fingerprint(*, expected: str, given: str) -> None:
    """Raise FingerprintMismatch unless :func:`same_fingerprint`."""
    if not same_fingerprint(expected, given):
        raise FingerprintMismatch(expected=expected, given=given)


def _bare(text: str) -> str | None:
    digits = _BETWEEN.sub("", text)
    return digits if _WHOLE.fullmatch(digits) else None
