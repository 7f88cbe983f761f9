"""One person who writes for publication, in one transaction: what each of the verbs of editing does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from wpsdesk.base.ids import Year, nfc
from wpsdesk.compilation.editing import (
    FOREWORD,
    INTRODUCTION,
    AnswerPlace,
    Clearance,
    Edit,
    Editing,
    FrameText,
    Handling,
    Translation,
    access_digest,
    digest_of,
    made_from,
    texts_digest,
)
from wpsdesk.desk.model import Desk, require_authority
from wpsdesk.desk.officers import officer_of
from wpsdesk.desk.publication.editing_errors import (
    NoSuchText,
    NotEdited,
    NothingToTranslate,
    NotTogether,
    SameLanguage,
    TextTooLong,
    WhyMissing,
)
from wpsdesk.desk.publication.written import (
    EDIT,
    FRAME,
    HANDLING,
    MAX_NAME,
    MAX_REASON,
    TRANSLATION,
    answer_key,
    edit_to_json,
    editing_in,
    frame_to_json,
    handling_to_json,
    put,
    translation_to_json,
)
from wpsdesk.desk.review.review_errors import NoSuchAnswer
from wpsdesk.desk.review.standing import in_force
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.members import Json
from wpsdesk.report.model import Entry, Passage
from wpsdesk.report.passages import MAX_PASSAGE
from wpsdesk.store.transaction import Tx

_SIGNS: Final = frozenset("\n\t")


@contextmanager
def writing(desk: Desk, year: Year, officer: str) -> Iterator[Pen]:
    """The pen of ``officer``, or of whoever is remembered at the desk. Raises OnlyTheAuthority."""
    require_authority(desk)
    who = (officer or officer_of(desk) or desk.unit.code)[:MAX_NAME]
    with desk.store.write() as tx:
        yield Pen(tx=tx, desk=desk, year=year, who=who)


def frame_places(desk: Desk) -> tuple[str, ...]:
    """Where UD writes texts of its own: the foreword, the introduction, then each area of the plan."""
    return (FOREWORD, INTRODUCTION, *(area.id for area in desk.plan.areas))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """One person who writes in one transaction."""

    tx: Tx
    desk: Desk
    year: Year
    who: str

    @property
    def editing(self) -> Editing:
        """What is written so far."""
        return editing_in(self.tx, self.year)

    def entry(self, place: AnswerPlace) -> Entry:
        """The answer as it stands. Raises NothingReceived, NoSuchAnswer."""
        _, report = in_force(self.tx, self.desk, place.unit, self.year)
        found = report.entry(place.key)
        if found is None:
            raise NoSuchAnswer(unit=place.unit, commitment=place.commitment, country=place.country)
        return found

    def frame(self, place: str, words: Passage) -> FrameText | None:
        """A text of UD's own; None where it is taken away. Raises NoSuchText, TextTooLong."""
        if place not in frame_places(self.desk):
            raise NoSuchText(place=place, areas=tuple(area.id for area in self.desk.plan.areas))
        passage, key = _tidied(words), f"{self.year}/{place}/{words.language}"
        written = FrameText(place=place, passage=passage, by=self.who, at=self.desk.clock())
        self._keep("frame-written", key, {(FRAME, key): frame_to_json(written) if passage.text else None})
        return written if passage.text else None

    def edit(self, place: AnswerPlace, field: str, text: str, language: LanguageCode | None) -> Edit | None:
        """An edited text; None where the source stands again. Raises NothingReceived, NoSuchAnswer, TextTooLong."""
        source, before = made_from(self.entry(place), field), self.editing.edit(place, field)
        passage = _tidied(Passage(text=text, language=language or source.language))
        is_same = before is not None and before.passage == passage and before.source == digest_of(source)
        written = Edit(
            place=place,
            field=field,
            passage=passage,
            source=digest_of(source),
            by=self.who,
            at=self.desk.clock(),
            clearance=before.clearance if is_same and before is not None else None,
        )
        value = edit_to_json(written) if passage.text and passage != source else None
        self._put("text-edited", place, (EDIT, answer_key(self.year, place, field)), value)
        return None if value is None else written

    def confirm(self, place: AnswerPlace) -> int:
        """Everything that is written about an answer is bound to what the unit says now; how many pieces."""
        entry, editing, now = self.entry(place), self.editing, self.desk.clock()
        renewed: dict[tuple[str, str], Json | None] = {}
        for one in (each for each in editing.edits if each.place == place):
            edit = replace(one, source=digest_of(made_from(entry, one.field)), by=self.who, at=now)
            renewed[EDIT, answer_key(self.year, place, one.field)] = edit_to_json(edit)
        handling = editing.handling(place)
        if handling is not None:
            kept = replace(handling, source=texts_digest(entry), by=self.who, at=now)
            renewed[HANDLING, answer_key(self.year, place)] = handling_to_json(kept)
        if not renewed:
            raise _nothing_at(place)
        self._keep("edit-confirmed", _about(self.year, place), renewed)
        return len(renewed)

    def clear(self, place: AnswerPlace, field: str, reason: str) -> Edit:
        """The wording of now may be public. Raises NothingReceived, NoSuchAnswer, NotEdited, WhyMissing."""
        why, editing = reason_given(reason), self.editing
        found = editing.edit(place, field)
        if found is None:
            raise _nothing_at(place)
        places = (place, *(guest.place for guest in editing.guests_of(place)))
        access = access_digest([self.entry(one) for one in places])
        clearance = Clearance(by=self.who, at=self.desk.clock(), reason=why, access=access)
        cleared = replace(found, clearance=clearance)
        self._put("edit-cleared", place, (EDIT, answer_key(self.year, place, field)), edit_to_json(cleared))
        return cleared

    def leave_out(self, place: AnswerPlace, reason: str) -> Handling:
        """Out of the public report. Raises NothingReceived, NoSuchAnswer, WhyMissing."""
        return self._handle("answer-left-out", place, reason=reason_given(reason))

    def tell_with(self, place: AnswerPlace, host: AnswerPlace) -> Handling:
        """Told in another answer. Raises NothingReceived, NoSuchAnswer, NotTogether."""
        self.entry(host)
        editing = self.editing
        above = editing.handling(host)
        if place == host or place.commitment != host.commitment or above is not None or editing.guests_of(place):
            raise NotTogether(commitment=place.commitment)
        return self._handle("answer-told-with", place, host=host)

    def put_back(self, place: AnswerPlace) -> None:
        """In its own place again. Raises NotEdited."""
        if self.editing.handling(place) is None:
            raise _nothing_at(place)
        self._put("answer-put-back", place, (HANDLING, answer_key(self.year, place)), None)

    def translate(self, place: AnswerPlace, field: str, words: Passage, translator: str) -> Translation | None:
        """A text in another language; None where it is taken away.

        Raises NothingReceived, NoSuchAnswer, SameLanguage, NothingToTranslate, TextTooLong.
        """
        passage, edit = _tidied(words), self.editing.edit(place, field)
        original = made_from(self.entry(place), field) if edit is None else edit.passage
        if passage.text and not original.text.strip():
            raise NothingToTranslate(unit=place.unit, commitment=place.commitment, country=place.country)
        if original.language == passage.language:
            raise SameLanguage(language=passage.language)
        made = Translation(
            place=place,
            field=field,
            passage=passage,
            original=digest_of(original),
            translator=" ".join(translator.split())[:MAX_NAME],
            by=self.who,
            at=self.desk.clock(),
        )
        key = answer_key(self.year, place, field, passage.language)
        self._put("translated", place, (TRANSLATION, key), translation_to_json(made) if passage.text else None)
        return made if passage.text else None

    def _handle(self, what: str, place: AnswerPlace, *, reason: str = "", host: AnswerPlace | None = None) -> Handling:
        made = Handling(
            place=place,
            source=texts_digest(self.entry(place)),
            by=self.who,
            at=self.desk.clock(),
            left_out=reason,
            told_with=host,
        )
        self._put(what, place, (HANDLING, answer_key(self.year, place)), handling_to_json(made))
        return made

    def _put(self, what: str, place: AnswerPlace, where: tuple[str, str], value: Json | None) -> None:
        self._keep(what, _about(self.year, place), {where: value})

    def _keep(self, what: str, about: str, changes: dict[tuple[str, str], Json | None]) -> None:
        put(self.tx, self.desk, self.year, changes, what=what, about=about, who=self.who)


def reason_given(text: str) -> str:
    """A reason as it is kept. Raises WhyMissing."""
    found = _tidied(Passage(text=text)).text[:MAX_REASON]
    if not found:
        raise WhyMissing
    return found


def _tidied(words: Passage) -> Passage:
    """The text as it is kept. Raises TextTooLong."""
    found = nfc(words.text.replace("\r\n", "\n").replace("\r", "\n"))
    found = "".join(sign for sign in found if sign in _SIGNS or (sign >= " " and sign != "\x7f")).strip()
    if len(found) > MAX_PASSAGE:
        raise TextTooLong(limit=MAX_PASSAGE)
    return replace(words, text=found)


def _nothing_at(place: AnswerPlace) -> NotEdited:
    return NotEdited(unit=place.unit, commitment=place.commitment, country=place.country)


def _about(year: Year, place: AnswerPlace) -> str:
    country = "" if place.country is None else f"/{place.country}"
    return f"{place.unit}/{year}/{place.commitment}{country}"
