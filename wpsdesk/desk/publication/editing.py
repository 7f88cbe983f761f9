"""Editing for publication: UD's own texts, and answers beside their sources, which stay as they were signed.

What is written can never show more than its source may: compilation/publishing.py decides that anew each time the
report is made, and :func:`clear` is where a person says otherwise, of one text. Every verb raises OnlyTheAuthority on
a unit's desk; ``officer`` is whoever is remembered at the desk where none is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import Final

from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import Year
from wpsdesk.compilation.editing import AnswerPlace, Edit, Editing, EditState, FrameText, Handling, Translation
from wpsdesk.compilation.publishing import Edited
from wpsdesk.compilation.sources import Source
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import sources
from wpsdesk.desk.publication.pen import Pen, writing
from wpsdesk.desk.publication.written import (
    MAX_NAME,
    MAX_REASON,
    Step,
    editing_in,
    field_from,
    last_step,
    place_from,
    take_back,
)
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import Passage
from wpsdesk.report.passages import MAX_PASSAGE, language_from
from wpsdesk.store.journal import note

_LARGEST: Final = 32 << 20  # bytes of a file with a year's edited texts
_MOST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The whole of a year's publication: the units' answers, and what is written beside them."""

    year: Year
    sources: tuple[Source, ...]
    edited: Edited
    can_undo: bool

    @property
    def editing(self) -> Editing:
        """What UD has written."""
        return self.edited.editing

    @property
    def stale(self) -> tuple[Edit, ...]:
        """Edited texts whose source the unit has changed since."""
        return tuple(one for one in self.editing.edits if self.edited.state(one) is EditState.STALE)

    @property
    def closed(self) -> tuple[Edit, ...]:
        """Edited texts that nobody has said may be public, though that must be said."""
        return tuple(one for one in self.editing.edits if self.edited.state(one) is EditState.CLOSED)

    @property
    def stale_handlings(self) -> tuple[Handling, ...]:
        """Answers left out or told together whose texts the unit has changed since."""
        return tuple(one for one in self.editing.handlings if self.edited.is_stale(one.place))


def work(desk: Desk, year: Year) -> Work:
    """All that is to be published of a year, with what is written for it.

    Raises OnlyTheAuthority, NoCall, NoCallFor.
    """
    found = sources(desk, year)
    with desk.store.read() as tx:
        editing, can_undo = editing_in(tx, year), last_step(tx, year) is not None
    day = desk.clock().astimezone(UTC).date()
    return Work(year=year, sources=found, edited=Edited.of(found, editing, day), can_undo=can_undo)


def write_frame(
    desk: Desk, year: Year, place: str, text: str, language: LanguageCode, *, officer: str = ""
) -> FrameText | None:
    """Keep a text of UD's own in one language; an empty one takes it away. Raises NoSuchText, TextTooLong."""
    with writing(desk, year, officer) as pen:
        return pen.frame(place, Passage(text=text, language=language))


def edit_text(
    desk: Desk,
    year: Year,
    place: AnswerPlace,
    field: str,
    text: str,
    *,
    officer: str = "",
    language: LanguageCode | None = None,
) -> Edit | None:
    """Keep an edited text beside its source; an empty one takes it away, and the source stands again.

    The language is the source's where none is given. What was said of an earlier wording being fit for the public
    does not hold for another one. Raises NothingReceived, NoSuchAnswer, TextTooLong.
    """
    with writing(desk, year, officer) as pen:
        return pen.edit(place, field, text, language)


def confirm(desk: Desk, year: Year, place: AnswerPlace, *, officer: str = "") -> int:
    """Say that what is written for an answer still holds after the unit has changed it; how many pieces were renewed.

    Raises NothingReceived, NoSuchAnswer, NotEdited.
    """
    with writing(desk, year, officer) as pen:
        return pen.confirm(place)


def clear(desk: Desk, year: Year, place: AnswerPlace, field: str, reason: str, *, officer: str = "") -> Edit:
    """Say that an edited text may be public though its source is not open to all. It holds for this wording alone.

    Raises NothingReceived, NoSuchAnswer, NotEdited, WhyMissing.
    """
    with writing(desk, year, officer) as pen:
        return pen.clear(place, field, reason)


def leave_out(desk: Desk, year: Year, place: AnswerPlace, reason: str, *, officer: str = "") -> Handling:
    """Leave an answer out of the public report. Raises NothingReceived, NoSuchAnswer, WhyMissing."""
    with writing(desk, year, officer) as pen:
        return pen.leave_out(place, reason)


def tell_with(desk: Desk, year: Year, place: AnswerPlace, host: AnswerPlace, *, officer: str = "") -> Handling:
    """Tell an answer in another unit's answer on the same commitment, whose edited text then holds both.

    Until that text is written the answer stands in its own place. Raises NothingReceived, NoSuchAnswer, NotTogether.
    """
    with writing(desk, year, officer) as pen:
        return pen.tell_with(place, host)


def put_back(desk: Desk, year: Year, place: AnswerPlace, *, officer: str = "") -> None:
    """Let an answer that was left out or told with another stand in its own place again. Raises NotEdited."""
    with writing(desk, year, officer) as pen:
        pen.put_back(place)


def translate(
    desk: Desk, year: Year, place: AnswerPlace, field: str, words: Passage, *, translator: str = "", officer: str = ""
) -> Translation | None:
    """Keep a field's text in another language: of the edited text where there is one, else of the source.

    ``words`` are in the language that is translated to; empty ones take the translation away. ``translator`` is named
    in the report. Raises NothingReceived, NoSuchAnswer, SameLanguage, NothingToTranslate, TextTooLong.
    """
    with writing(desk, year, officer) as pen:
        return pen.translate(place, field, words, translator)


def undo(desk: Desk, year: Year, *, officer: str = "") -> Step:
    """Take back the last thing that was written for a year's publication. Raises NothingToUndo."""
    with writing(desk, year, officer) as pen:
        return take_back(pen.tx, desk, year, who=pen.who)


def load_edited(desk: Desk, year: Year, data: bytes, *, officer: str = "") -> int:
    """Write everything that stands in a file, or nothing; how many pieces.

    The file is JSON with lists ``frames``, ``told_with``, ``left_out``, ``edits`` and ``translations``, as ``wpsdesk
    edit show --json`` writes it. An edit with ``cleared``, a reason, is cleared for the public by whoever loads it.
    Raises Malformed, and whatever the single verbs raise.
    """
    reader = load_json(data, limit=_LARGEST)
    reader.maybe("year", lambda r: r.integer(year, year))
    with writing(desk, year, officer) as pen:
        done = sum(len(reader.maybe(name, partial(_rows, pen, write)) or ()) for name, write in _WRITERS.items())
        reader.done()
        note(pen.tx, "editing-loaded", who=pen.who, now=desk.clock(), about=str(year), details={"count": done})
    return done


def _rows(pen: Pen, write: Callable[[Pen, Reader], None], reader: Reader) -> tuple[None, ...]:
    return reader.tuple_of(partial(_row, pen, write), at_most=_MOST)


def _row(pen: Pen, write: Callable[[Pen, Reader], None], row: Reader) -> None:
    write(pen, row)
    for told in ("by", "at", "state", "stale"):  # how it stood at the desk that wrote the file
        row.maybe(told, lambda r: r.value)
    row.done()


def _frame_row(pen: Pen, row: Reader) -> None:
    words = Passage(text=_text(row, "text"), language=language_from(row.get("language")))
    pen.frame(row.get("place").line(at_most=100), words)


def _together_row(pen: Pen, row: Reader) -> None:
    place = place_from(row)
    host = row.get("host")
    pen.tell_with(place, place_from(host))
    host.done()


def _left_out_row(pen: Pen, row: Reader) -> None:
    pen.leave_out(place_from(row), row.get("reason").text(at_most=MAX_REASON))


def _edit_row(pen: Pen, row: Reader) -> None:
    language = row.maybe("language", language_from)
    place, field = place_from(row), field_from(row.get("field"))
    made = pen.edit(place, field, _text(row, "text"), language)
    reason = row.maybe("cleared", lambda r: r.text(at_most=MAX_REASON))
    if reason and made is not None:
        pen.clear(place, field, reason)


def _translation_row(pen: Pen, row: Reader) -> None:
    words = Passage(text=_text(row, "text"), language=language_from(row.get("language")))
    translator = row.default("translator", lambda r: r.line(at_most=MAX_NAME), "")
    pen.translate(place_from(row), field_from(row.get("field")), words, translator)


def _text(row: Reader, name: str) -> str:
    return row.get(name).text(at_most=MAX_PASSAGE)


_WRITERS: Final = {
    "frames": _frame_row,
    "told_with": _together_row,
    "left_out": _left_out_row,
    "edits": _edit_row,
    "translations": _translation_row,
}
