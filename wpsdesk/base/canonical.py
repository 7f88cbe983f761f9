"""One value, one sequence of bytes: the canonical JSON that is signed and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from wpsdesk.base.ids import Digest


def canonical_json(value: object) -> bytes:
    """UTF-8, keys sorted, no spaces, no NaN, one line feed at the end.

    Floats are refused (TypeError): amounts and measures travel as decimal strings.
    """
    _refuse_floats(value)
    return _ENCODER.encode(value).encode("utf-8") + b"\n"


# Nothing that comes here is within itself; looking for that at every place would cost a fifth of the writing.
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def _refuse_floats(value: object) -> None:
    if isinstance(value, dict):
        members: Iterable[object] = value.values()
    elif isinstance(value, list | tuple):
        members = value
    else:
        members = (value,)
    for member in members:
        kind = type(member)
        if kind is str or kind is int:  # nearly all of a document
            continue
        if isinstance(member, dict | list | tuple):
            _refuse_floats(member)
        elif isinstance(member, float):
            raise TypeError("a float has no canonical form")


def sha256(data: bytes) -> Digest:
    """The SHA-256 of ``data`` as a :data:`Digest`."""
    return Digest(hashlib.sha256(data).hexdigest())
