"""Who sits at UD's desk: asked for once, remembered, and written beside every decision."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.store.documents import document, put_document

_KIND: Final = "officer"
_KEY: Final = "own"

MAX_NAME: Final = 80  # characters

LONGEST_NAME: Final = 200
"""Characters of a name in a bundle's header, where a unit signs by its own."""


def officer_of(desk: Desk) -> str:
    """The name of the officer at this desk; "" before anybody has said it. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        data = document(tx, _KIND, _KEY)
    return "" if data is None else load_json(data, limit=LIMIT).get("name").line(at_most=MAX_NAME)


def sign_in(desk: Desk, name: str) -> str:
    """Remember who decides from now on, and give back the name as it is kept. Raises OnlyTheAuthority."""
    require_gathering(desk)
    kept = plain_name(name)
    with desk.store.write() as tx:
        put_document(tx, _KIND, _KEY, canonical_json({"name": kept}))
    return kept


def plain_name(text: str, at_most: int = MAX_NAME) -> str:
    """A name as it is kept: one line, of signs that can be seen, of ``at_most`` characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:at_most].strip()
