"""What the public edition withholds, place by place and by legal basis; for UD alone. Pure.

It tells where and on what basis, and never what: not a word of a restricted text, title or name is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wpsdesk.compilation.restriction import Basis, restriction_of
from wpsdesk.compilation.sources import Source
from wpsdesk.compilation.terms import basis_words
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import AccessScope, Entry


class What(StrEnum):
    """What is withheld."""

    WHOLE = "answer"
    PART = "part-of-answer"
    EVIDENCE = "evidence"
    FOLLOW_UP = "follow-up-document"
    PARTNERS = "partners"


WHAT = {
    What.WHOLE: N_("Whole answer"),
    What.PART: N_("Part of an answer"),
    What.EVIDENCE: N_("Evidence"),
    What.FOLLOW_UP: N_("Follow-up document"),
    What.PARTNERS: N_("Names of partners"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """One place. ``number`` is of answers, files or names; ``files`` go with a withheld answer."""

    unit: str  # the code
    unit_name: str
    commitment: int | None  # None: the unit's follow-up document
    country: str | None  # the code
    what: What
    basis: str  # in words
    number: int
    files: int
    until: date | None  # the day that the restriction ends or the delay is over, where one was given


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisCount:
    """How much rests on one legal basis."""

    basis: str
    answers: int
    parts: int
    files: int
    names: int


def withheld(
    sources: Iterable[Source], on: date, say: Catalogue, language: LanguageCode
) -> tuple[Withheld, ...]:  # fmt: skip
    """Every place, in the order of the sources and of their answers; ``on`` is the day of compilation."""
    return tuple(place for source in sources for place in _of_source(source, on, say, language))


def _of_source(source: Source, on: date, say: Catalogue, language: LanguageCode) -> Iterator[Withheld]:
    for entry in source.report.entries:
        yield from _of_entry(source, entry, on, say, language)
    document = source.report.follow_up
    if document is None:
        return
    closed, basis = restriction_of(document.access, on)
    if closed is AccessScope.WHOLE:
        yield Withheld(
            unit=source.unit.code, unit_name=source.unit.names[language], commitment=None, country=None,
            what=What.FOLLOW_UP, basis=_words(say, basis), number=1, files=1,
            until=document.access.ends_on or document.access.delayed_until,
        )  # fmt: skip


def _of_entry(source: Source, entry: Entry, on: date, say: Catalogue, language: LanguageCode) -> Iterator[Withheld]:
    def place(what: What, basis: str, *, number: int = 1, files: int = 0, until: date | None = None) -> Withheld:
        return Withheld(
            unit=source.unit.code,
            unit_name=source.unit.names[language],
            commitment=entry.key.commitment,
            country=entry.key.country,
            what=what,
            basis=basis,
            number=number,
            files=files,
            until=until,
        )

    scope, basis = restriction_of(entry.access, on)
    if scope is not AccessScope.OPEN:
        what = What.WHOLE if scope is AccessScope.WHOLE else What.PART
        until = entry.access.ends_on or entry.access.delayed_until
        yield place(what, _words(say, basis), files=len(entry.evidence), until=until)
        return
    for evidence in entry.evidence:
        closed, why = restriction_of(evidence.access, on)
        if closed is AccessScope.WHOLE:
            until = evidence.access.ends_on or evidence.access.delayed_until
            yield place(What.EVIDENCE, _words(say, why), files=1, until=until)
    unnamed = sum(1 for partner in entry.partners if not partner.may_be_named)
    if unnamed:
        yield place(What.PARTNERS, say("not to be named in public"), number=unnamed)


def _words(say: Catalogue, basis: Basis | None) -> str:
    return basis_words(say, basis)


def by_basis(places: Iterable[Withheld]) -> tuple[BasisCount, ...]:
    """How much rests on each basis, in the alphabet's order."""
    found: dict[str, list[Withheld]] = {}
    for place in places:
        found.setdefault(place.basis, []).append(place)

    def count(basis: str, what: What) -> int:
        return sum(place.number for place in found[basis] if place.what is what)

    return tuple(
        BasisCount(
            basis=basis,
            answers=count(basis, What.WHOLE),
            parts=count(basis, What.PART),
            files=sum(place.files for place in found[basis]),
            names=count(basis, What.PARTNERS),
        )
        for basis in sorted(found)
    )
