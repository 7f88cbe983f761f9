"""The key file beside a store: the store's raw key, wrapped once for each way in.

Format ``wps-keys/1``, canonical JSON::

    {"format": "wps-keys/1", "salt": hex, "slots": [{"kind": "passphrase" | "recovery", "kdf": "argon2id",
     "time": n, "memory": KiB, "lanes": n, "salt": hex, "nonce": hex, "wrapped": hex}]}

While the store itself is being encrypted anew there is also ``"next": {"salt", "slots"}`` and the format is
``wps-keys/2``: the salt with which the store begins tells which of the two is in force.

The outer ``salt`` is the 16 open bytes with which the store's file begins, and ties the two files together.
A slot is the store's key under the words that a person knows; see :mod:`wpsdesk.trust.wrapping`.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import FileMissing, FileTooLarge, Malformed
from wpsdesk.base.files import read_file, write_file
from wpsdesk.store.errors import KeyFileDamaged, KeyFileMissing, NewerStore, WrongPassphrase
from wpsdesk.store.sqlcipher import SALT_SIZE, StoreKey
from wpsdesk.trust.wrapping import Wrapped, unwrap, wrap, wrapped_from, wrapped_to_json

FORMAT: Final = "wps-keys/1"
FORMAT_IN_CHANGE: Final = "wps-keys/2"
KNOWN: Final = 2
LIMIT: Final = 1 << 16  # bytes of a key file
KEY_SIZE: Final = 32
MAX_SLOTS: Final = 8

CODE_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
CODE_GROUPS: Final = 5
CODE_GROUP: Final = 5  # 25 signs of 5 bits

_FORMAT = re.compile(r"wps-keys/([1-9][0-9]{0,5})")
_HEX = re.compile(r"([0-9a-f]{2}){12,64}")
_CODE = re.compile(f"[{CODE_ALPHABET}]{{{CODE_GROUPS * CODE_GROUP}}}")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", "–": "", " ": "", "\t": "", "\n": ""})


class SlotKind(StrEnum):
    """A way into a store."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the word, not one
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What a key file holds; without a person's words it opens nothing."""

    salt: bytes
    slots: tuple[Wrapped, ...]  # the store's key, once for each way in
    coming: KeyFile | None = None  # that of the store's next key, while a change of key is under way


def keys_path(store: Path) -> Path:
    """``name.wpsdesk`` -> ``name.wpskeys``."""
    return store.with_suffix(".wpskeys") if store.suffix == ".wpsdesk" else store.with_name(store.name + ".wpskeys")


def new_recovery_code() -> str:
    """125 random bits as five groups of five signs, to be printed and kept elsewhere."""
    signs = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_GROUPS * CODE_GROUP))
    return "-".join(signs[start : start + CODE_GROUP] for start in range(0, len(signs), CODE_GROUP))


def is_like_code(words: str) -> bool:
    """Whether the words have the form of a recovery code, however they are written."""
    return _CODE.fullmatch(_as_code(words)) is not None


def new_slot(kind: SlotKind, words: str, secret: bytes) -> Wrapped:
    """``secret`` under ``words`` with a fresh salt."""
    return wrap(kind, _known(kind, words), secret)


def in_force(keys: KeyFile, salt: bytes) -> KeyFile:
    """The one of the two that belongs to a store that begins with ``salt``; the first where neither does."""
    if keys.coming is not None and keys.coming.salt == salt:
        return keys.coming
    return replace(keys, coming=None)


def unlock(keys: KeyFile, words: str, path: Path) -> StoreKey:
    """The store's key, by a passphrase or the recovery code. Raises WrongPassphrase(path)."""
    for slot in keys.slots:
        if slot.kind == SlotKind.RECOVERY and not is_like_code(words):
            continue  # a tenth of a second saved at every mistyped passphrase
        secret = unwrap(slot, _known(slot.kind, words))
        if secret is not None:
            return StoreKey(secret=secret, salt=keys.salt)
    raise WrongPassphrase(path=path)


def with_passphrase(keys: KeyFile, secret: bytes, passphrase: str) -> KeyFile:
    """The same with another passphrase; the other ways in stay."""
    others = tuple(slot for slot in keys.slots if slot.kind != SlotKind.PASSPHRASE)
    return replace(keys, slots=(new_slot(SlotKind.PASSPHRASE, passphrase, secret), *others))


def with_recovery_code(keys: KeyFile, secret: bytes, code: str) -> KeyFile:
    """The same with another recovery code; the other ways in stay."""
    others = tuple(slot for slot in keys.slots if slot.kind != SlotKind.RECOVERY)
    return replace(keys, slots=(*others, new_slot(SlotKind.RECOVERY, code, secret)))


def new_keys(secret: bytes, salt: bytes, passphrase: str, code: str) -> KeyFile:
    """The key file of a store's new key, with both ways in."""
    ways_in = ((SlotKind.PASSPHRASE, passphrase), (SlotKind.RECOVERY, code))
    return KeyFile(salt=salt, slots=tuple(new_slot(kind, words, secret) for kind, words in ways_in))


def read_keys(path: Path) -> KeyFile:
    """The key file at ``path``. Raises KeyFileMissing, KeyFileDamaged, NewerStore, FileUnreadable."""
    try:
        return keys_from(read_file(path, limit=LIMIT), path)
    except FileMissing:
        raise KeyFileMissing(path=path) from None
    except FileTooLarge:
        raise KeyFileDamaged(path=path) from None


def keys_from(data: bytes, path: Path) -> KeyFile:
    """The key file in ``data``, which came from ``path``. Raises KeyFileDamaged, NewerStore."""
    try:
        reader = load_json(data, limit=LIMIT)
        version = _version(reader.get("format"))
        if version > KNOWN:
            raise NewerStore(path=path, version=version, known=KNOWN)
        found = replace(_one_from(reader), coming=reader.maybe("next", _coming_from))
        reader.done()
    except Malformed:
        raise KeyFileDamaged(path=path) from None
    return found


def keys_bytes(keys: KeyFile) -> bytes:
    """The bytes of the key file."""
    if keys.coming is None:
        return canonical_json({"format": FORMAT, **_to_json(keys)})
    return canonical_json({"format": FORMAT_IN_CHANGE, **_to_json(keys), "next": _to_json(keys.coming)})


def _to_json(keys: KeyFile) -> dict[str, object]:
    return {"salt": keys.salt.hex(), "slots": [wrapped_to_json(slot) for slot in keys.slots]}


def _one_from(reader: Reader) -> KeyFile:
    return KeyFile(
        salt=_hex(reader.get("salt"), SALT_SIZE), slots=reader.get("slots").tuple_of(_slot_from, at_most=MAX_SLOTS)
    )


def _coming_from(reader: Reader) -> KeyFile:
    found = _one_from(reader)
    reader.done()
    return found


def write_keys(path: Path, keys: KeyFile, *, replace: bool = False) -> None:
    """Write the key file whole, mode 0600. Raises FileExistsAlready unless ``replace``, DiskFull, FileUnwritable.

    Where it takes another's place, the other's bytes are written over: they would open the store by the old words.
    """
    write_file(path, keys_bytes(keys), replace=replace, shreds=replace)


def _known(kind: str, words: str) -> str:
    return _as_code(words) if kind == SlotKind.RECOVERY else words


def _as_code(words: str) -> str:
    return words.upper().translate(_MISREAD)


def _slot_from(reader: Reader) -> Wrapped:
    return wrapped_from(reader, frozenset(SlotKind), size=range(KEY_SIZE, KEY_SIZE + 1))


def _hex(reader: Reader, size: int) -> bytes:
    found = bytes.fromhex(reader.matching(_HEX))
    if len(found) != size:
        raise reader.fail("out-of-range")
    return found


def _version(reader: Reader) -> int:
    found = _FORMAT.fullmatch(reader.line(at_most=40))
    if found is None:
        raise reader.fail("not-allowed")
    return int(found[1])
