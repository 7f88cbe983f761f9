"""Names of people at risk: where they stand, and the pseudonyms that take their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wpsdesk.base.ids import nfc
from wpsdesk.plan.model import Plan
from wpsdesk.report.model import Entry, EntryKey, PartnerKind
from wpsdesk.report.texts import texts, with_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonym:
    """A real name, and what stands in its place; several ways to write a name may share one pseudonym."""

    real: str
    alias: str  # "NN1", "Kilde 1"


Table = tuple[Pseudonym, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """One text of the report in which names are replaced."""

    key: EntryKey
    field: str
    before: str
    after: str
    count: int  # names in this text


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in nfc(name).split())
    # "Amina Yusufs" is Amina Yusuf's: the s stays where it is.
    return re.compile(rf"(?<!\w){words}(?=(?:['’]?s)?(?!\w))", re.IGNORECASE)


@lru_cache(maxsize=512)
def _in_file_names(name: str) -> re.Pattern[str]:
    words = r"[\s_\-.]+".join(re.escape(word) for word in nfc(name).split())
    return re.compile(rf"(?<![^\W_]){words}(?=s?(?![^\W_]))", re.IGNORECASE)


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text, however its words are parted and written large or small."""
    return bool(name.strip()) and bool(_pattern(name).search(nfc(text)) or _in_file_names(name).search(nfc(text)))


def replaced(text: str, table: Table) -> tuple[str, int]:
    """The text with every name of the table replaced, the longest first; and how many were."""
    count, found = 0, nfc(text)
    for each in sorted(table, key=lambda p: -len(p.real)):
        if not each.real.strip():
            continue
        for pattern in (_pattern(each.real), _in_file_names(each.real)):
            found, times = pattern.subn(each.alias.replace("\\", r"\\"), found)
            count += times
    return (found, count) if count else (text, 0)


def with_pseudonyms(entry: Entry, table: Table) -> Entry:
    """The entry with every name of the table replaced in all of its texts."""
    return with_texts(entry, lambda text: replaced(text, table)[0])


def replacements(entries: Iterable[Entry], table: Table) -> tuple[Replacement, ...]:
    """What :func:`with_pseudonyms` would change, text by text."""
    found = []
    for entry in entries:
        for field, text in texts(entry):
            after, count = replaced(text, table)
            if count:
                found.append(Replacement(key=entry.key, field=field, before=text, after=after, count=count))
    return tuple(found)


def next_alias(table: Table, stem: str = "NN") -> str:
    """The next pseudonym that is free: ``NN1``, ``NN2``; with a word ``Kilde 1``."""
    parted = stem if stem.isupper() else f"{stem} "
    taken = {each.alias.casefold() for each in table}
    number = 1
    while f"{parted}{number}".casefold() in taken:
        number += 1
    return f"{parted}{number}"


# -- names in an answer that identifies somebody -------------------------------------------------------

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_PARTICLES: Final = frozenset(("al", "el", "bin", "ibn", "bint", "abu", "umm", "van", "von", "de", "da", "dos", "du"))
_OF_OTHERS: Final = """
    ambassaden ambassade council security women nations united union bank fund foundation network committee
    university universitet universitetet institute institutt instituttet organisation organization rights human
    international global national nasjonal nasjonale norsk norske norges norwegian kirkens nødhjelp røde kors redd
    barna leger uten grenser folkehjelp flyktninghjelpen care save children amnesty resolution resolusjon ministry
    minister department departementet forum senter senteret center centre peace fred sikkerhet gender equality
    african european afrikanske europeiske forente nasjoner general assembly court domstol act agreement avtale
    commission kommisjonen parliament january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday nord sør øst vest north south east west new
    saint provinsen province district
"""
_NOT_PEOPLE: Final = frozenset(_OF_OTHERS.split())
_PERSONAL: Final = frozenset((PartnerKind.CIVIL_SOCIETY, PartnerKind.PRIVATE, PartnerKind.OTHER))


def names_in(entry: Entry, plan: Plan) -> tuple[str, ...]:
    """What looks like the names of people in an entry, and its partners that may not be named.

    Two or more words with a capital, beside one another, of which none is known for something else. Scripts without
    capitals give none: there the table of pseudonyms is what helps.
    """
    held = {p.name.strip(): p for p in entry.partners}
    found: dict[str, None] = {}
    of_others = _NOT_PEOPLE | _words_of(plan)
    for field, text in texts(entry):
        if field in ("partners", "graded_annex"):
            continue
        for name in _capitalised(nfc(text)):
            if not set(name.casefold().split()) & of_others:
                found.setdefault(name)
    for name, partner in held.items():
        if name and not partner.may_be_named and partner.kind in _PERSONAL:
            found.setdefault(nfc(name))
    public = [p.name for p in entry.partners if p.may_be_named]
    return tuple(name for name in found if not any(stands_in(name, each) for each in public))


def _words_of(plan: Plan) -> frozenset[str]:
    """Words of the plan's own names: countries and units are nobody's."""
    names = [country.names for country in plan.focus_countries] + [unit.names for unit in plan.units]
    told = " ".join(name for each in names for name in (each.nb, each.nn, each.en))
    return frozenset(word.casefold() for word in _TOKEN.findall(told) if len(word) > 2)


def _capitalised(text: str) -> Iterator[str]:
    """Runs of two or more words with a capital; a run's first word may be only a sentence's first, and is tried off."""
    run: list[re.Match[str]] = []
    for token in (*_TOKEN.finditer(text), None):
        is_near = bool(run) and token is not None and text[run[-1].end() : token.start()] in (" ", "\u00a0", "\n")
        if token is not None and is_near and _can_go_on(token[0]):
            run.append(token)
            continue
        yield from _names_of(run, text)
        run = [token] if token is not None and _has_capital(token[0]) else []


def _has_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word[:2].isupper()


def _can_go_on(word: str) -> bool:
    before, hyphen, after = word.partition("-")
    is_joined = bool(hyphen) and before.casefold() in _PARTICLES and _has_capital(after)
    return _has_capital(word) or word.casefold() in _PARTICLES or is_joined


def _names_of(run: Sequence[re.Match[str]], text: str) -> Iterator[str]:
    words = [token[0] for token in run]
    while words and words[-1].casefold() in _PARTICLES:
        words.pop()
    if len(words) < 2:
        return
    if len(words) > 2 and _begins_sentence(text, run[0].start()):
        words = words[1:] if words[1].casefold() not in _PARTICLES else words
    name = " ".join(words)
    yield name.removesuffix("s") if len(words[-1]) > 3 and name.endswith("s") and _is_genitive(name, text) else name


def _is_genitive(name: str, text: str) -> bool:
    return stands_in(name.removesuffix("s"), text.replace(name, ""))


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(' \u00a0"«“(')
    return not before or before[-1] in ".!?:\n"
