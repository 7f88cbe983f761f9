"""Finding: words typed in one place, looked for in everything the desk holds, with the words marked."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from wpsdesk.base.errors import FileFault
from wpsdesk.base.folding import words_of
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.hits import MOST, Hit, Where, extract, holds
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.model import CALL, REPLY, Desk
from wpsdesk.desk.review.finding import held_hits, hits_before, told_hits
from wpsdesk.evidence.words import LARGEST, has_words, words_in
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import EntryKey, Evidence
from wpsdesk.report.texts import texts_by_field
from wpsdesk.store import drafts
from wpsdesk.store import evidence as files
from wpsdesk.store.follow_ups import follow_ups
from wpsdesk.store.search import EVIDENCE, LONGEST, EntryFound, Searched, index_texts, naming, search_texts
from wpsdesk.store.search import search as search_drafts
from wpsdesk.store.sent import SENT
from wpsdesk.store.transaction import Tx

FOLLOW_UP: Final = "follow_up"
"""The field of a hit in the unit's follow-up document."""


def search(desk: Desk, words: str, language: LanguageCode = "nb") -> tuple[Hit, ...]:
    """Where every one of ``words`` stands, or a word that begins so; at most MOST of each kind, the best first.

    Nothing is remembered of what was looked for. Signs and operators are no words.
    """
    wanted = words_of(words)
    if not wanted:
        return ()
    call = current_call(desk)
    year = None if call is None else call.year
    _index_words_typed(desk)
    with desk.store.read() as tx:
        found = list(_in_drafts(tx, desk, words, wanted, year))
        others = search_texts(tx, words, limit=(20 if desk.gathers else 4) * MOST)
        found += _in_others(others, wanted)
        found += _in_files(tx, desk, others, wanted)
        if desk.gathers:
            found += held_hits(tx, others, wanted)
            found += hits_before(tx, search_texts(tx, words, limit=2 * MOST, only_before=True), wanted)
            found += told_hits(tx, wanted, language)
    found += _in_commitments(desk, wanted, language)
    order = list(Where)
    kept: dict[Where, list[Hit]] = {}
    for hit in sorted(found, key=lambda each: order.index(each.where)):
        kept.setdefault(hit.where, []).append(hit)
    return tuple(hit for hits in kept.values() for hit in hits[:MOST])


def _index_words_typed(desk: Desk) -> None:
    with desk.store.read() as tx:
        if not drafts.have_words_to_index(tx):
            return
    # Where nothing can be written, what was there before is found all the same.
    with suppress(FileFault), desk.store.write() as tx:
        drafts.index_words_typed(tx, desk.plan)


# -- where it looks --------------------------------------------------------------------------------


def _in_drafts(tx: Tx, desk: Desk, words: str, wanted: tuple[str, ...], year: Year | None) -> Iterable[Hit]:
    for found in (*_of(tx, words, year), *_earlier(tx, words, year)):
        entry = drafts.entry(tx, found.year, found.key, desk.plan)
        if entry is None:
            continue
        texts = texts_by_field(entry)
        field, text = next(((f, t) for f, t in texts if holds(t, wanted)), ("", ""))
        if not field:  # the words stand in different fields: the first of them is shown
            field, text = next(((f, t) for f, t in texts if holds(t, wanted, any_of=True)), texts[0])
        where = Where.EARLIER if found.year != year else Where.EVIDENCE if field == EVIDENCE else Where.THIS_YEAR
        yield Hit(
            where=where, year=found.year, key=found.key, field=field, title="", extract=extract(text, wanted),
            text=text,
        )  # fmt: skip


def _of(tx: Tx, words: str, year: Year | None) -> tuple[EntryFound, ...]:
    return () if year is None else search_drafts(tx, words, year=year, limit=2 * MOST)


def _earlier(tx: Tx, words: str, year: Year | None) -> tuple[EntryFound, ...]:
    return tuple(each for each in search_drafts(tx, words, limit=4 * MOST) if each.year != year)[:MOST]


def _in_others(found: tuple[Searched, ...], wanted: tuple[str, ...]) -> Iterable[Hit]:
    kinds = {SENT: Where.SENT, CALL: Where.FROM_UD, REPLY: Where.FROM_UD}
    for each in found:
        if each.kind in kinds:
            key = None if each.commitment is None else EntryKey(each.commitment, each.country)
            yield Hit(
                where=kinds[each.kind], year=each.year, key=key, field="", title="",
                extract=extract(each.text, wanted), text=each.text,
            )  # fmt: skip


def _in_files(tx: Tx, desk: Desk, found: tuple[Searched, ...], wanted: tuple[str, ...]) -> Iterable[Hit]:
    for each in found:
        if each.kind != EVIDENCE:
            continue
        for year, document in (pair for pair in follow_ups(tx) if pair[1].digest == each.key):
            yield Hit(
                where=Where.EVIDENCE, year=year, key=None, field=FOLLOW_UP, title=document.title,
                extract=extract(each.text, wanted), text=each.text,
            )  # fmt: skip
        for place in naming(tx, each.key)[:1]:
            entry = drafts.entry(tx, place.year, place.key, desk.plan)
            title = next((e.title for e in entry.evidence if e.digest == each.key), "") if entry else ""
            yield Hit(
                where=Where.EVIDENCE,
                year=place.year,
                key=place.key,
                field=EVIDENCE,
                title=title,
                extract=extract(each.text, wanted),
                text=each.text,
            )


def _in_commitments(desk: Desk, wanted: tuple[str, ...], language: LanguageCode) -> Iterable[Hit]:
    country = desk.unit.covers[0] if desk.unit.covers else None
    for commitment in desk.plan.commitments:
        text = f"{commitment.number} {commitment.titles[language]}\n{commitment.appendix}"
        if commitment.chapter != commitment.appendix:
            text = f"{text}\n{commitment.chapter}"
        if holds(text, wanted):
            yield Hit(
                where=Where.COMMITMENT, year=None, key=EntryKey(commitment.number, country), field="", title="",
                extract=extract(text, wanted), text=text,
            )  # fmt: skip


# -- what can be found -----------------------------------------------------------------------------


def let_be_found(tx: Tx, evidence: Evidence, beginning: str) -> None:
    """Let the words inside an attached file be found; of one that is not read here, a PDF, those it begins with.

    What cannot be read stays unknown.
    """
    text = beginning
    if has_words(evidence.media_type):
        if evidence.size > LARGEST:
            return
        text = words_in(b"".join(files.read(tx, evidence.digest)), evidence.media_type, at_most=LONGEST)
    if text.strip():
        said = Searched(EVIDENCE, evidence.digest, text)
        index_texts(tx, EVIDENCE, evidence.digest, (said,))
