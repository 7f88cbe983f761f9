"""What a passphrase must be, for a desk as for a key of its own."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.errors import WeakPassphrase

SHORTEST: Final = 12
"""Characters in the shortest passphrase that is taken."""


def check_passphrase(passphrase: str) -> None:
    """Raise WeakPassphrase for one that is too short; length is what counts against guessing."""
    if len(passphrase.strip()) < SHORTEST:
        raise WeakPassphrase(at_least=SHORTEST)
