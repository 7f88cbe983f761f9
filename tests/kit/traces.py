"""What a marked word may look like in a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def forms_of(word: str) -> Iterator[bytes]:
    """The word as a file might hold it."""
    for text in (word, word.lower(), word.upper(), unicodedata.normalize("NFD", word)):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)
    yield word.encode().hex().encode()
