"""A secret under a person's words: Argon2id (RFC 9106) makes the key, AES-256-GCM (RFC 5116) keeps the secret.

As JSON, which a key file, a person's key and a key that is kept apart all hold::

    {"kind": word, "kdf": "argon2id", "time": n, "memory": KiB, "lanes": n, "salt": hex, "nonce": hex, "wrapped": hex}

Everything but ``wrapped`` is associated data: a changed parameter opens nothing.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import nfc

TAG_SIZE: Final = 16
_KEY_SIZE: Final = 32
_SALT_SIZE: Final = 16
_NONCE_SIZE: Final = 12
_HEX: Final = re.compile(r"([0-9a-f]{2})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess at the words costs."""

    time: int  # Argon2id passes
    memory: int  # KiB
    lanes: int


COST: Final = Cost(time=3, memory=64 << 10, lanes=2)
"""Of everything that is wrapped: about 0.1 s. What was wrapped at another cost opens at that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A secret that only the right words open."""

    kind: str  # what it is for
    time: int  # Argon2id passes
    memory: int  # KiB
    lanes: int
    salt: bytes
    nonce: bytes  # 12 bytes
    wrapped: bytes  # the secret and its 16-byte tag


def wrap(kind: str, words: str, secret: bytes) -> Wrapped:
    """``secret`` under ``words`` with a fresh salt, at the :data:`COST`."""
    bare = Wrapped(
        kind=kind, time=COST.time, memory=COST.memory, lanes=COST.lanes, salt=secrets.token_bytes(_SALT_SIZE),
        nonce=secrets.token_bytes(_NONCE_SIZE), wrapped=b"",
    )  # fmt: skip
    sealed = AESGCM(_stretched(bare, words)).encrypt(bare.nonce, secret, canonical_json(_header(bare)))
    return replace(bare, wrapped=sealed)


def unwrap(wrapped: Wrapped, words: str) -> bytes | None:
    """The secret, or None where these are not the words."""
    try:
        key = AESGCM(_stretched(wrapped, words))
        return key.decrypt(wrapped.nonce, wrapped.wrapped, canonical_json(_header(wrapped)))
    except InvalidTag:
        return None


def _stretched(wrapped: Wrapped, words: str) -> bytes:
    return hash_secret_raw(
        nfc(words).encode("utf-8"), wrapped.salt, time_cost=wrapped.time, memory_cost=wrapped.memory,
        parallelism=wrapped.lanes, hash_len=_KEY_SIZE, type=Type.ID,
    )  # fmt: skip


def _header(wrapped: Wrapped) -> dict[str, object]:
    return {
        "kind": wrapped.kind,
        "kdf": "argon2id",
        "time": wrapped.time,
        "memory": wrapped.memory,
        "lanes": wrapped.lanes,
        "salt": wrapped.salt.hex(),
        "nonce": wrapped.nonce.hex(),
    }


def wrapped_to_json(wrapped: Wrapped) -> dict[str, object]:
    """As in the module's own words."""
    return {**_header(wrapped), "wrapped": wrapped.wrapped.hex()}


def wrapped_from(reader: Reader, kinds: frozenset[str], *, size: range) -> Wrapped:
    """The reverse, for one of ``kinds`` and a secret of so many bytes. Raises Malformed."""
    if reader.get("kdf").line(at_most=40) != "argon2id":
        raise reader.get("kdf").fail("not-allowed")
    kind = reader.get("kind").line(at_most=40)
    if kind not in kinds:
        raise reader.get("kind").fail("not-allowed")
    found = Wrapped(
        kind=kind,
        # Bounded: what somebody else wrote must not eat the machine.
        time=reader.get("time").integer(1, 16),
        memory=reader.get("memory").integer(8 << 10, 512 << 10),
        lanes=reader.get("lanes").integer(1, 8),
        salt=_bytes_in(reader.get("salt"), range(_SALT_SIZE, _SALT_SIZE + 1)),
        nonce=_bytes_in(reader.get("nonce"), range(_NONCE_SIZE, _NONCE_SIZE + 1)),
        wrapped=_bytes_in(reader.get("wrapped"), range(size.start + TAG_SIZE, size.stop + TAG_SIZE)),
    )
    reader.done()
    return found


def _bytes_in(reader: Reader, size: range) -> bytes:
    text = reader.line(at_most=2 * size.stop)
    if not _HEX.fullmatch(text):
        raise reader.fail("pattern")
    found = bytes.fromhex(text)
    if len(found) not in size:
        raise reader.fail("out-of-range")
    return found
