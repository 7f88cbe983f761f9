"""The standard reasons for returning an answer: those that come with the program, and UD's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from wpsdesk.assets import resource
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.files import read_file
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.desk.review.review_errors import NoSuchReason
from wpsdesk.plan.model import LanguageCode, Names
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

_KIND: Final = "reasons"
_KEY: Final = "own"

MAX_REASON: Final = 2000  # characters
MAX_OWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardReason:
    """A reason in every language; ``number`` is that of UD's own, from 1, and None for the program's."""

    number: int | None
    texts: Names

    def text(self, language: LanguageCode) -> str:
        """The reason as a unit of this language reads it."""
        return self.texts[language]


def reasons(desk: Desk) -> tuple[StandardReason, ...]:
    """What can be chosen from: the program's, then UD's own. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        own = _own(tx)
    return (*_shipped(), *(StandardReason(number=n, texts=t) for n, t in sorted(own.items())))


def add_reason(desk: Desk, *, nb: str, nn: str, en: str) -> StandardReason:
    """Add one of UD's own; a language that is left out gets the text of another. Raises OnlyTheAuthority, Malformed."""
    require_gathering(desk)
    texts = {"nb": nb.strip(), "nn": nn.strip(), "en": en.strip()}
    some = next((text for text in texts.values() if text), "")
    if not some:
        raise Malformed(path="nb", problem="missing")
    names = Names(nb=texts["nb"] or texts["nn"] or some, nn=texts["nn"] or texts["nb"] or some, en=texts["en"] or some)
    with desk.store.write() as tx:
        own = _own(tx)
        number = max(own, default=0) + 1
        _put(tx, {**own, number: names})
        note(tx, "reason-added", who=desk.unit.code, now=desk.clock(), about=str(number))
    return StandardReason(number=number, texts=names)


def change_reason(desk: Desk, number: int, texts: Names) -> StandardReason:
    """Give one of UD's own other words; returned answers keep those they had.

    Raises OnlyTheAuthority, NoSuchReason, Malformed.
    """
    require_gathering(desk)
    with desk.store.write() as tx:
        own = _own(tx)
        if number not in own:
            raise NoSuchReason(number=number)
        _put(tx, {**own, number: texts})
        note(tx, "reason-changed", who=desk.unit.code, now=desk.clock(), about=str(number))
    return StandardReason(number=number, texts=texts)


def remove_reason(desk: Desk, number: int) -> None:
    """Take one of UD's own off the list; returned answers keep its words. Raises OnlyTheAuthority, NoSuchReason."""
    require_gathering(desk)
    with desk.store.write() as tx:
        own = _own(tx)
        if number not in own:
            raise NoSuchReason(number=number)
        _put(tx, {n: texts for n, texts in own.items() if n != number})
        note(tx, "reason-removed", who=desk.unit.code, now=desk.clock(), about=str(number))


@cache
def _shipped() -> tuple[StandardReason, ...]:
    data = read_file(resource("review", "reasons.json"), limit=LIMIT)
    found = load_json(data, limit=LIMIT).tuple_of(_texts_from, at_most=MAX_OWN)
    return tuple(StandardReason(number=None, texts=texts) for texts in found)


def _own(tx: Tx) -> dict[int, Names]:
    data = document(tx, _KIND, _KEY)
    return {} if data is None else _own_from(data)


def _own_from(data: bytes) -> dict[int, Names]:
    return dict(load_json(data, limit=LIMIT).tuple_of(_numbered_from, at_most=MAX_OWN))


def _put(tx: Tx, own: dict[int, Names]) -> None:
    rows = [{"number": n, "nb": t.nb, "nn": t.nn, "en": t.en} for n, t in sorted(own.items())]
    data = canonical_json(rows)
    _own_from(data)  # what cannot be read again is not kept
    put_document(tx, _KIND, _KEY, data)


def _numbered_from(reader: Reader) -> tuple[int, Names]:
    return reader.get("number").integer(1, 1_000_000), _texts_from(reader)


def _texts_from(reader: Reader) -> Names:
    texts = {code: reader.get(code).text(at_most=MAX_REASON) for code in ("nb", "nn", "en")}
    return Names(nb=texts["nb"], nn=texts["nn"], en=texts["en"])
