"""What a passphrase must be, for a desk as for a key of its own, and how well one would stand against guessing."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from wpsdesk.desk.errors import WeakPassphrase

SHORTEST: Final = 12
"""Characters in the shortest passphrase that is taken."""

GOOD: Final = 20
"""Characters that count from which a passphrase is good; a guesser tries what is common first, so that counts less."""

# Ours, and what lies under the fingers: a list of the world's passwords would be larger than the program.
_COMMON: Final = (
    "passordfrase", "passfrase", "passphrase", "password", "passord", "kvinner", "women", "fred", "peace", "sikkerhet",
    "security", "ambassaden", "ambassade", "embassy", "wpsdesk", "wps", "utenriksdepartementet", "norge", "norway",
    "qwerty", "asdf", "zxcv", "qazwsx", "admin", "welcome", "velkommen", "hemmelig", "secret", "letmein", "sommer",
    "vinter", "jeg elsker", "iloveyou",
)  # fmt: skip
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyzæøå", "01234567890", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm")
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_AGAIN: Final = re.compile(r"(.+?)\1+")


class Strength(StrEnum):
    """How a passphrase would stand."""

    TOO_SHORT = "too-short"
    GUESSABLE = "guessable"  # long enough, and made of what is tried first
    FAIR = "fair"
    GOOD = "good"


def check_passphrase(passphrase: str) -> None:
    """Raise WeakPassphrase for one that is too short; length is what counts against guessing."""
    if len(passphrase.strip()) < SHORTEST:
        raise WeakPassphrase(at_least=SHORTEST)


def counted(passphrase: str) -> int:
    """Characters of ``passphrase`` that have to be guessed: what is common, runs on or comes again counts as one."""
    left = passphrase.strip().lower()
    for word in _COMMON:
        left = left.replace(word, "\0")
    left = _AGAIN.sub(lambda found: found[1][:1] if len(found[0]) > 2 else found[0], _YEAR.sub("\0", left))
    return len(_without_runs(left))


def _without_runs(text: str) -> str:
    """The text with at most two signs of what lies side by side in the alphabet, on the keyboard or among digits."""
    kept: list[str] = []
    run = 1
    for before, sign in zip(" " + text, text, strict=False):
        is_run = any(before + sign in row or sign + before in row for row in _ROWS)
        run = run + 1 if is_run else 1
        if run <= 2:
            kept.append(sign)
    return "".join(kept)


def strength_of(passphrase: str) -> Strength:
    """How ``passphrase`` would stand; only one that is too short is refused."""
    if len(passphrase.strip()) < SHORTEST:
        return Strength.TOO_SHORT
    count = counted(passphrase)
    if count < SHORTEST - 2:
        return Strength.GUESSABLE
    return Strength.GOOD if count >= GOOD else Strength.FAIR
