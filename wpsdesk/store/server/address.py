"""Where a desk on a server is: its address, and the small file on a person's own machine that holds it.

An address is ``postgresql+psycopg://[user@]host[:port]/database[?schema=...&sslmode=...&sslrootcert=...]``; a server
on the same machine has ``///database?host=/folder/of/its/socket``. It never holds a password: that is libpq's to find
(``~/.pgpass``) or the person's to write.

The small file stands where a desk's own file would, with the key file beside it, and is canonical JSON::

    {"address": text, "format": "wps-server/1", "salt": hex}

The salt ties it to its key file and to the desk in the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import FileTooLarge, Malformed, WpsError
from wpsdesk.base.files import read_file, write_file
from wpsdesk.store.errors import NewerStore, NotAStore
from wpsdesk.store.server.errors import BadAddress, PasswordInAddress
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.store.sqlcipher import SALT_SIZE

SCHEMES: Final = ("postgresql", "postgresql+psycopg")
SCHEMA: Final = "wpsdesk"
LIMIT: Final = 1 << 14

_FORMAT: Final = re.compile(r"wps-server/([1-9][0-9]{0,5})")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_HEX: Final = re.compile(r"[0-9a-f]{32}")
_SECURITY: Final = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Which desk on which server."""

    user: str  # "": libpq's own choice
    host: str  # a name, an address, or the folder of a socket
    port: int | None
    database: str
    schema: str
    security: str  # libpq's sslmode
    root: str  # file with the server's root certificate, or ""

    def __str__(self) -> str:
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        is_socket = self.host.startswith("/")
        host = "" if is_socket else f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        asked = {
            "host": self.host if is_socket else "",
            "schema": "" if self.schema == SCHEMA else self.schema,
            "sslmode": "" if self.security == _security_at(self.host) else self.security,
            "sslrootcert": self.root,
        }
        query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
        place = f"postgresql+psycopg://{user}{host}{port}/{quote(self.database, safe='')}"
        return f"{place}?{query}" if query else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What the small file says."""

    address: Address
    salt: bytes


def is_address(text: str) -> bool:
    """Whether ``text`` is meant as an address and not as the name of a file."""
    return text.strip().lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES))


def address_from(text: str) -> Address:
    """The address in ``text``. Raises BadAddress, PasswordInAddress."""
    try:
        parts = urlsplit(text.strip())
        port, password = parts.port, parts.password
        asked = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise BadAddress from None
    if password is not None or "password" in asked:
        raise PasswordInAddress
    host = asked.get("host", parts.hostname or "")
    found = Address(
        user=unquote(parts.username or asked.get("user", "")),
        host=host,
        port=port,
        database=unquote(parts.path.removeprefix("/")),
        schema=asked.get("schema", SCHEMA),
        security=asked.get("sslmode", _security_at(host)),
        root=asked.get("sslrootcert", ""),
    )
    known = set(asked) <= {"host", "user", "schema", "sslmode", "sslrootcert"} and not parts.fragment
    if parts.scheme not in SCHEMES or not known or not _is_sound(found):
        raise BadAddress
    return found


def _security_at(host: str) -> str:
    """Whoever says nothing about it has the line encrypted, unless the server is on this very machine."""
    return "prefer" if not host or host.startswith("/") or host in _HERE else "require"


def _is_sound(address: Address) -> bool:
    texts = (address.user, address.host, address.database, address.root)
    is_printable = all(text.isprintable() and len(text) < 1000 for text in texts)
    has_place = bool(address.database) and "/" not in address.database
    return is_printable and has_place and address.security in _SECURITY and bool(_NAME.fullmatch(address.schema))


def next_schema(name: str) -> str:
    """``wpsdesk`` -> ``wpsdesk_key2`` -> ``wpsdesk_key3``: where the same desk lies under its next key."""
    stem, _, number = name.rpartition("_key")
    if stem and number.isdecimal():
        return f"{stem}_key{int(number) + 1}"
    return f"{name[:50]}_key2"


def in_schema(address: Address, name: str) -> Address:
    """The same place with the schema ``name``, which a server has told. Raises BadAddress for no name of a schema."""
    found = replace(address, schema=name)
    if not _is_sound(found):
        raise BadAddress
    return found


def moved_path(path: Path) -> Path:
    """Where the file lies that a desk was in before it was moved to a server: ``name.before-move.wpsdesk``."""
    return path.with_name(f"{path.stem}.before-move{path.suffix}")


def is_at(path: Path, address: Address) -> bool:
    """Whether the file at ``path`` opens the desk at ``address``; False for whatever it is else, or where none is."""
    try:
        return is_pointer(path) and read_pointer(path).address == address
    except WpsError:
        return False


def read_pointer(path: Path) -> Pointer:
    """What the small file at ``path`` says. Raises NotAStore, NewerStore, FileMissing, FileUnreadable."""
    try:
        reader = load_json(read_file(path, limit=LIMIT), limit=LIMIT)
        version = _FORMAT.fullmatch(reader.get("format").line(at_most=40))
        if version is None:
            raise NotAStore(path=path)
        if version[1] != "1":
            raise NewerStore(path=path, version=int(version[1]), known=1)
        address = address_from(reader.get("address").line(at_most=8000))
        salt = bytes.fromhex(reader.get("salt").matching(_HEX))
        reader.done()
    except (Malformed, FileTooLarge, BadAddress, PasswordInAddress):
        raise NotAStore(path=path) from None
    assert len(salt) == SALT_SIZE
    return Pointer(address=address, salt=salt)


def write_pointer(path: Path, pointer: Pointer, *, replace: bool = False) -> None:
    """Write the small file, whole or not at all. Raises FileExistsAlready unless ``replace``, FileUnwritable."""
    value = {"address": str(pointer.address), "format": "wps-server/1", "salt": pointer.salt.hex()}
    write_file(path, canonical_json(value), replace=replace)
