"""What an edition shows of the sources once they have been edited: the views of restriction.py with the edits in them.

The public edition shows an edited text only where all of this holds:

1. It was made from what the unit says today, and from nothing else.
2. Its source, and the source of every answer that is told in it, is open; and no name stands in it that must not be
   public. Otherwise a person must have said of just this text, and of just these access decisions, that it may.

In every other case the source is shown as its own restriction allows. A translation stands for exactly the text that
it was made of, so it is absent wherever that text is. The internal edition shows the sources, and the edits beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from wpsdesk.compilation import restriction
from wpsdesk.compilation.editing import (
    AnswerPlace,
    Edit,
    Editing,
    EditState,
    Translation,
    access_digest,
    closed_names,
    digest_of,
    texts_digest,
)
from wpsdesk.compilation.restriction import Answer, Beside, Text, View, restriction_of
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import NARRATIVE, AccessScope, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """All sources with all that is written beside them; ``on`` is the day of compilation."""

    entries: Mapping[AnswerPlace, Entry]
    editing: Editing
    on: date

    @staticmethod
    def of(sources: tuple[Source, ...], editing: Editing, on: date) -> Edited:
        """From the sources of one year."""
        entries = {_place(source, entry): entry for source in sources for entry in source.report.entries}
        return Edited(entries=entries, editing=editing, on=on)

    def state(self, edit: Edit) -> EditState:
        """Whether the public edition shows an edited text."""
        entry = self.entries.get(edit.place)
        if entry is None:
            return EditState.STALE
        wording = entry.access.public_wording(edit.field)
        known = [digest_of(entry.passage(edit.field))] + ([] if wording is None else [digest_of(wording)])
        if edit.source not in known:
            return EditState.STALE
        told = self.told_in(edit.place)
        is_open = all(restriction_of(one.access, self.on)[0] is AccessScope.OPEN for one in told)
        if is_open and not closed_names(edit.passage.text, told, self.editing.names):
            return EditState.USED
        cleared = edit.clearance is not None and edit.clearance.access == access_digest(told)
        return EditState.USED if cleared else EditState.CLOSED

    def told_in(self, host: AnswerPlace) -> tuple[Entry, ...]:
        """The answer itself, and every answer that is to be told in it."""
        places = (host, *(guest.place for guest in self.editing.guests_of(host)))
        return tuple(self.entries[place] for place in places if place in self.entries)

    def is_stale(self, place: AnswerPlace) -> bool:
        """Whether the unit has sent other texts since a person decided of the whole answer."""
        handling, entry = self.editing.handling(place), self.entries.get(place)
        return handling is not None and (entry is None or handling.source != texts_digest(entry))

    def host_of(self, place: AnswerPlace) -> AnswerPlace | None:
        """Where an answer is told instead of in its own place: where that holds, and the joint text is shown."""
        handling = self.editing.handling(place)
        host = None if handling is None else handling.told_with
        if host is None or host == place or host not in self.entries or self.is_stale(place):
            return None
        above = self.editing.handling(host)
        if above is not None and (above.left_out or above.told_with is not None):
            return None
        return host if any(self.shown(host)) else None

    def shown(self, place: AnswerPlace) -> Iterator[Edit]:
        """The edited texts of an answer that the public edition shows, in the order of the form."""
        for field in NARRATIVE:
            edit = self.editing.edit(place, field)
            if edit is not None and self.state(edit) is EditState.USED:
                yield edit

    def translated(self, place: AnswerPlace, field: str, language: LanguageCode) -> Translation | None:
        """A translation that names nobody who must not be named in public."""
        found, told = self.editing.translation(place, field, language), self.told_in(place)
        if found is None or closed_names(found.passage.text, told, self.editing.names):
            return None
        return found

    def is_old(self, translation: Translation) -> bool:
        """Whether neither the source nor the edited text is what was translated."""
        entry, edit = self.entries.get(translation.place), self.editing.edit(translation.place, translation.field)
        known = [] if edit is None else [digest_of(edit.passage)]
        if entry is not None:
            wording = entry.access.public_wording(translation.field)
            known += [digest_of(one) for one in (entry.passage(translation.field), wording) if one is not None]
        return translation.original not in known


def views(
    sources: tuple[Source, ...], edition: Edition, on: date, editing: Editing, language: LanguageCode
) -> tuple[View, ...]:
    """What ``edition`` shows of each source in a report of ``language`` that is compiled on the day ``on``."""
    edited = Edited.of(sources, editing, on)
    return tuple(_view(source, edition, edited, language) for source in sources)


def _view(source: Source, edition: Edition, edited: Edited, language: LanguageCode) -> View:
    def answer(entry: Entry) -> Answer:
        place, told = _place(source, entry), source.report.contributors
        found = (
            _internal(restriction.internal_answer(entry, edited.on, told), place, edited)
            if edition is Edition.INTERNAL
            else _public(restriction.public_answer(entry, edited.on, told), place, edited)
        )
        return _translated(found, place, edited, language)

    return restriction.view_of(source, tuple(answer(entry) for entry in source.report.entries), edition, edited.on)


def _place(source: Source, entry: Entry) -> AnswerPlace:
    return AnswerPlace(source.unit.code, entry.key.commitment, entry.key.country)


# -- the public edition --------------------------------------------------------------------------------


def _public(answer: Answer, place: AnswerPlace, edited: Edited) -> Answer:
    """The answer with the edits that may be shown; what is left out loses everything but that it exists."""
    handling = edited.editing.handling(place)
    is_whole = answer.scope is AccessScope.WHOLE
    if handling is not None and handling.left_out and not is_whole:
        return Answer(
            commitment=answer.commitment, country=answer.country, scope=answer.scope, basis=answer.basis,
            status=answer.status, texts=(), is_left_out=True,
        )  # fmt: skip
    host = edited.host_of(place)
    if host is not None and not is_whole:
        return replace(answer, texts=(), told_with=host.unit)
    made = {edit.field: edit for edit in edited.shown(place)}
    own = {text.field: text for text in answer.texts}
    texts = tuple(
        _edited(made[field], answer) if field in made else own[field]
        for field in NARRATIVE
        if field in made or field in own
    )
    guests = tuple(dict.fromkeys(g.place.unit for g in edited.editing.guests_of(place) if edited.host_of(g.place)))
    return replace(answer, texts=texts, tells_also=guests)


def _edited(edit: Edit, answer: Answer) -> Text:
    is_open = answer.scope is AccessScope.OPEN
    return Text(field=edit.field, passage=edit.passage, is_public_wording=not is_open, is_edited=True)


# -- the internal edition ------------------------------------------------------------------------------


def _internal(answer: Answer, place: AnswerPlace, edited: Edited) -> Answer:
    """The source as it was signed, with everything that UD has written beside it, used or not."""
    editing, handling = edited.editing, edited.editing.handling(place)
    beside = tuple(
        Beside(text=_edited(edit, answer), state=edited.state(edit), by=edit.by, at=edit.at,
               cleared="" if edit.clearance is None else edit.clearance.reason)
        for edit in (editing.edit(place, field) for field in NARRATIVE)
        if edit is not None
    )  # fmt: skip
    told = None if handling is None else handling.told_with
    return replace(
        answer,
        beside=beside,
        left_out_because="" if handling is None else handling.left_out,
        told_with=None if told is None else told.unit,
    )


# -- translations --------------------------------------------------------------------------------------


def _translated(answer: Answer, place: AnswerPlace, edited: Edited, language: LanguageCode) -> Answer:
    """The texts that have a translation into the report's language, in that language, each with its original."""
    texts = tuple(_in_language(text, place, edited, language) for text in answer.texts)
    return answer if texts == answer.texts else replace(answer, texts=texts)


def _in_language(text: Text, place: AnswerPlace, edited: Edited, language: LanguageCode) -> Text:
    if text.passage.language == language:
        return text
    found = edited.translated(place, text.field, language)
    if found is None or found.original != digest_of(text.passage):
        return text
    return replace(text, passage=found.passage, original=text.passage, translator=found.translator)
