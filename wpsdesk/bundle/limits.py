"""How large everything in a bundle may be; above these nothing is read, whatever it claims."""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

CHUNK: Final = MIB
"""The step in which large things are read, hashed, ciphered and written."""

IN_MEMORY: Final = 8 * MIB
"""A container up to this size is unsealed into memory."""

CONTAINER: Final = 1 << 30
"""The signed container; openssl opens 1,400 MiB in one piece and fails at 1,600."""

SEAL_HEADER: Final = 64 << 10
"""Everything of the seal before the sealed bytes."""

TOTAL: Final = 4 << 30
"""All entries of a container, unpacked."""

ENTRY: Final = 2 << 30
ENTRIES: Final = 2_000
RATIO: Final = 200
"""Unpacked against packed, looked at where an entry is above RATIO_FROM."""

RATIO_FROM: Final = MIB
NAME: Final = 200
MANIFEST: Final = MIB
SIGNATURE: Final = 64 << 10
HEADER_JSON: Final = 4 * MIB
PAYLOAD_JSON: Final = 16 * MIB
