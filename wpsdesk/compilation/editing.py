"""What UD writes for publication beside what the units have signed: frame texts, edited texts, translations. Pure.

Nothing here changes a unit's report. Every piece knows by a digest what it was made from, so that it falls out by
itself where that is no longer what the unit says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Digest, UnitCode
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import NARRATIVE, Entry, EntryKey, Passage
from wpsdesk.report.names import stands_in
from wpsdesk.report.passages import access_to_json, passage_to_json

FOREWORD: Final = "foreword"
INTRODUCTION: Final = "introduction"


class AnswerPlace(NamedTuple):
    """Which unit's answer it is, in the year that is reported on."""

    unit: UnitCode
    commitment: CommitmentNumber
    country: CountryCode | None = None

    @property
    def key(self) -> EntryKey:
        """The answer's place in its unit's report."""
        return EntryKey(self.commitment, self.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameText:
    """A text of UD's own in one language: the foreword, the introduction, or the summary of an area."""

    place: str  # FOREWORD, INTRODUCTION or an area's id
    passage: Passage
    by: str
    at: datetime  # UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A person has said that an edited text may be public though its source is not, or not all of it."""

    by: str
    at: datetime  # UTC
    reason: str
    access: Digest  # of the access decisions that it was said of


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One text of an answer as it is to be published. ``source`` is the digest of what it was made from."""

    place: AnswerPlace
    field: str  # one of NARRATIVE
    passage: Passage
    source: Digest
    by: str
    at: datetime  # UTC
    clearance: Clearance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What is to become of a whole answer: left out with a reason, or told together with another unit's."""

    place: AnswerPlace
    source: Digest  # of the answer's texts
    by: str
    at: datetime  # UTC
    left_out: str = ""  # the reason
    told_with: AnswerPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One text of an answer in another language. ``original`` is the digest of the text that it translates."""

    place: AnswerPlace
    field: str
    passage: Passage  # in the language that it is translated to
    original: Digest
    translator: str  # as the report is to name them; "" for nobody
    by: str
    at: datetime  # UTC


@dataclass(frozen=True, kw_only=True)
class Editing:
    """Everything that is written for the publication of one year. ``names`` must stand in nothing that is public."""

    frames: tuple[FrameText, ...] = ()
    edits: tuple[Edit, ...] = ()
    handlings: tuple[Handling, ...] = ()
    translations: tuple[Translation, ...] = ()
    names: tuple[str, ...] = ()

    def frame(self, place: str, language: LanguageCode) -> FrameText | None:
        """The text of a place in a language, or None."""
        return next((one for one in self.frames if one.place == place and one.passage.language == language), None)

    def edit(self, place: AnswerPlace, field: str) -> Edit | None:
        """The edited text of one field, or None."""
        return self._edits.get((place, field))

    def handling(self, place: AnswerPlace) -> Handling | None:
        """What is decided of the whole answer, or None."""
        return self._handlings.get(place)

    def translation(self, place: AnswerPlace, field: str, language: LanguageCode) -> Translation | None:
        """A field's text in a language, or None."""
        return self._translations.get((place, field, language))

    def guests_of(self, host: AnswerPlace) -> tuple[Handling, ...]:
        """The answers that are to be told in this one."""
        return tuple(one for one in self.handlings if one.told_with == host)

    @cached_property
    def _edits(self) -> dict[tuple[AnswerPlace, str], Edit]:
        return {(one.place, one.field): one for one in self.edits}

    @cached_property
    def _handlings(self) -> dict[AnswerPlace, Handling]:
        return {one.place: one for one in self.handlings}

    @cached_property
    def _translations(self) -> dict[tuple[AnswerPlace, str, LanguageCode], Translation]:
        return {(one.place, one.field, one.passage.language): one for one in self.translations}


UNEDITED: Final = Editing()


class EditState(StrEnum):
    """Whether what was written for publication is used."""

    USED = "used"
    STALE = "stale"  # the unit has sent something else since: the source is shown
    CLOSED = "closed"  # might show more than its source may: the source's own rules hold until a person has said so


def digest_of(passage: Passage) -> Digest:
    """The digest of one text."""
    return sha256(canonical_json(passage_to_json(passage)))


def texts_digest(entry: Entry) -> Digest:
    """The digest of all texts of an answer."""
    return sha256(canonical_json([passage_to_json(entry.passage(field)) for field in NARRATIVE]))


def access_digest(entries: Iterable[Entry]) -> Digest:
    """The digest of who may see these answers."""
    return sha256(canonical_json([access_to_json(entry.access) for entry in entries]))


def made_from(entry: Entry, field: str) -> Passage:
    """What an edited text of the field is made from: the public wording where there is one, else the unit's text."""
    return entry.access.public_wording(field) or entry.passage(field)


def closed_names(text: str, entries: Iterable[Entry], names: Iterable[str]) -> tuple[str, ...]:
    """The names in a text that must not be public: partners that may not be named, and the desk's real names."""
    partners = {one.name for entry in entries for one in entry.partners if not one.may_be_named}
    return tuple(name for name in dict.fromkeys((*sorted(partners), *names)) if stands_in(name, text))
