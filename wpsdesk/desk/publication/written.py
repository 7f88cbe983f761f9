"""What is written for publication, as the store keeps it; every step can be taken back, the last one first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import from_rfc3339, rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import DIGEST, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.compilation.editing import AnswerPlace, Clearance, Edit, Editing, FrameText, Handling, Translation
from wpsdesk.desk.answers.pseudonyms import table_of
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.publication.editing_errors import NothingToUndo
from wpsdesk.report.members import Json
from wpsdesk.report.model import NARRATIVE
from wpsdesk.report.passages import passage_from, passage_to_json
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

FRAME: Final = "publication-frame"
EDIT: Final = "publication-edit"
HANDLING: Final = "publication-handling"
TRANSLATION: Final = "publication-translation"

STEP: Final = "publication-step"
_TOP: Final = "top"
KEPT_STEPS: Final = 300
ONE_SITTING: Final = timedelta(minutes=10)
"""What one person writes in one text within this time is one step: a text is saved while it is written."""

MAX_REASON: Final = 2000  # characters
MAX_NAME: Final = 100

T = TypeVar("T")


def editing_in(tx: Tx, year: Year) -> Editing:
    """All that is written for the publication of a year."""
    return Editing(
        frames=_all(tx, FRAME, year, _frame_from),
        edits=_all(tx, EDIT, year, _edit_from),
        handlings=_all(tx, HANDLING, year, _handling_from),
        translations=_all(tx, TRANSLATION, year, _translation_from),
        names=tuple(one.real for one in table_of(tx)),
    )


def _all(tx: Tx, kind: str, year: Year, read: Callable[[Reader], T]) -> tuple[T, ...]:
    start = f"{year}/"
    return tuple(read(load_json(data, limit=LIMIT)) for key, data in documents(tx, kind) if key.startswith(start))


def answer_key(year: Year, place: AnswerPlace, *more: str) -> str:
    """Under which a document about an answer lies."""
    return "/".join((str(year), place.unit, f"{place.commitment:03}", place.country or "-", *more))


# -- one step ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that somebody did, with what stood before, by kind and key."""

    what: str  # a word of the journal
    about: str
    who: str
    before: Mapping[tuple[str, str], str | None]


def put(
    tx: Tx, desk: Desk, year: Year, changes: Mapping[tuple[str, str], Json | None], *, what: str, about: str, who: str
) -> bool:
    """Keep documents, or remove those that are None, as one step; whether anything was other than before."""
    before = {place: document(tx, *place) for place in changes}
    after = {place: None if value is None else canonical_json(value) for place, value in changes.items()}
    changed = {place: data for place, data in after.items() if _told(data) != _told(before[place])}
    if not changed:
        return False
    kept = {place: None if before[place] is None else (before[place] or b"").decode() for place in changed}
    _remember(tx, desk, year, Step(what=what, about=about, who=who, before=kept))
    for (kind, key), data in changed.items():
        if data is None:
            remove_document(tx, kind, key)
        else:
            put_document(tx, kind, key, data)
    return True


def _told(data: bytes | None) -> object:
    """What a document says apart from when: the same words again are no change."""
    if data is None:
        return None
    value = load_json(data, limit=LIMIT).value
    return (
        {name: told for name, told in value.items() if name not in ("at", "by")} if isinstance(value, dict) else value
    )


def _remember(tx: Tx, desk: Desk, year: Year, step: Step) -> None:
    """Add the step, unless it goes on with the last one; the journal has a line for each that is added."""
    now, top = desk.clock(), _top(tx, year)
    places = sorted(step.before)
    if top is not None:
        last = load_json(document(tx, STEP, _step_key(year, top)) or b"{}", limit=LIMIT)
        was = [tuple(str(part) for part in row) for row in _places_of(last)]
        is_same = was == places and last.get("who").value == step.who and last.get("what").value == step.what
        if is_same and timedelta(0) <= now - from_rfc3339(str(last.get("at").value)) < ONE_SITTING:
            return
    number = 1 if top is None else top + 1
    value: Json = {
        "what": step.what,
        "about": step.about,
        "who": step.who,
        "at": rfc3339(now),
        "before": [{"kind": kind, "key": key, "data": step.before[kind, key]} for kind, key in places],
    }
    put_document(tx, STEP, _step_key(year, number), canonical_json(value))
    put_document(tx, STEP, _top_key(year), canonical_json({"number": number}))
    remove_document(tx, STEP, _step_key(year, number - KEPT_STEPS))
    note(tx, step.what, who=step.who, now=now, about=step.about)


def _places_of(last: Reader) -> list[tuple[object, object]]:
    return [(row.get("kind").value, row.get("key").value) for row in last.get("before").items(at_most=LIMIT)]


def _step_key(year: Year, number: int) -> str:
    return f"{year}/{number:08}"


def _top_key(year: Year) -> str:
    return f"{year}/{_TOP}"


def _top(tx: Tx, year: Year) -> int | None:
    """The number of the last step that is still there."""
    data = document(tx, STEP, _top_key(year))
    number = 0 if data is None else load_json(data, limit=LIMIT).get("number").integer(0, 10**9)
    return number if number and document(tx, STEP, _step_key(year, number)) is not None else None


def last_step(tx: Tx, year: Year) -> Step | None:
    """What would be taken back, or None."""
    top = _top(tx, year)
    return None if top is None else _step_from(load_json(document(tx, STEP, _step_key(year, top)) or b"", limit=LIMIT))


def take_back(tx: Tx, desk: Desk, year: Year, *, who: str) -> Step:
    """Put back what stood before the last step. Raises NothingToUndo."""
    top, step = _top(tx, year), last_step(tx, year)
    if top is None or step is None:
        raise NothingToUndo(year=year)
    for (kind, key), data in step.before.items():
        if data is None:
            remove_document(tx, kind, key)
        else:
            put_document(tx, kind, key, data.encode())
    remove_document(tx, STEP, _step_key(year, top))
    put_document(tx, STEP, _top_key(year), canonical_json({"number": top - 1}))
    note(tx, "editing-undone", who=who, now=desk.clock(), about=step.about)
    return step


def _step_from(reader: Reader) -> Step:
    rows = tuple(reader.get("before").items(at_most=LIMIT))
    return Step(
        what=reader.get("what").line(),
        about=reader.get("about").line(),
        who=reader.get("who").line(),
        before={
            (r.get("kind").line(), r.get("key").line()): r.maybe("data", lambda d: d.text(at_most=LIMIT)) for r in rows
        },
    )


# -- as JSON and back ----------------------------------------------------------------------------------


def place_to_json(place: AnswerPlace) -> Json:
    """``{"unit", "commitment", "country"}``."""
    return {"unit": place.unit, "commitment": place.commitment, "country": place.country}


def place_from(reader: Reader) -> AnswerPlace:
    """Untrusted. Raises Malformed."""
    return AnswerPlace(
        UnitCode(reader.get("unit").line(at_most=40, at_least=1)),
        CommitmentNumber(reader.get("commitment").integer(1, 1000)),
        reader.maybe("country", lambda r: CountryCode(r.line(at_most=2))),
    )


def field_from(reader: Reader) -> str:
    """One of NARRATIVE. Raises Malformed."""
    found = reader.line(at_most=40)
    if found not in NARRATIVE:
        raise reader.fail("not-allowed")
    return found


def frame_to_json(frame: FrameText) -> Json:
    """As the store keeps it."""
    return {"place": frame.place, "passage": passage_to_json(frame.passage), "by": frame.by, "at": rfc3339(frame.at)}


def _frame_from(reader: Reader) -> FrameText:
    return FrameText(
        place=reader.get("place").line(at_most=100),
        passage=passage_from(reader.get("passage")),
        by=reader.get("by").line(at_most=MAX_NAME),
        at=reader.get("at").time(),
    )


def edit_to_json(edit: Edit) -> Json:
    """As the store keeps it."""
    cleared = edit.clearance
    return {
        "place": place_to_json(edit.place),
        "field": edit.field,
        "passage": passage_to_json(edit.passage),
        "source": edit.source,
        "by": edit.by,
        "at": rfc3339(edit.at),
        "clearance": None
        if cleared is None
        else {"by": cleared.by, "at": rfc3339(cleared.at), "reason": cleared.reason, "access": cleared.access},
    }


def _edit_from(reader: Reader) -> Edit:
    return Edit(
        place=place_from(reader.get("place")),
        field=field_from(reader.get("field")),
        passage=passage_from(reader.get("passage")),
        source=Digest(reader.get("source").matching(DIGEST)),
        by=reader.get("by").line(at_most=MAX_NAME),
        at=reader.get("at").time(),
        clearance=reader.maybe("clearance", _clearance_from),
    )


def _clearance_from(reader: Reader) -> Clearance:
    return Clearance(
        by=reader.get("by").line(at_most=MAX_NAME),
        at=reader.get("at").time(),
        reason=reader.get("reason").text(at_most=MAX_REASON),
        access=Digest(reader.get("access").matching(DIGEST)),
    )


def handling_to_json(handling: Handling) -> Json:
    """As the store keeps it."""
    return {
        "place": place_to_json(handling.place),
        "source": handling.source,
        "by": handling.by,
        "at": rfc3339(handling.at),
        "left_out": handling.left_out,
        "told_with": None if handling.told_with is None else place_to_json(handling.told_with),
    }


def _handling_from(reader: Reader) -> Handling:
    return Handling(
        place=place_from(reader.get("place")),
        source=Digest(reader.get("source").matching(DIGEST)),
        by=reader.get("by").line(at_most=MAX_NAME),
        at=reader.get("at").time(),
        left_out=reader.get("left_out").text(at_most=MAX_REASON),
        told_with=reader.maybe("told_with", place_from),
    )


def translation_to_json(translation: Translation) -> Json:
    """As the store keeps it."""
    return {
        "place": place_to_json(translation.place),
        "field": translation.field,
        "passage": passage_to_json(translation.passage),
        "original": translation.original,
        "translator": translation.translator,
        "by": translation.by,
        "at": rfc3339(translation.at),
    }


def _translation_from(reader: Reader) -> Translation:
    return Translation(
        place=place_from(reader.get("place")),
        field=field_from(reader.get("field")),
        passage=passage_from(reader.get("passage")),
        original=Digest(reader.get("original").matching(DIGEST)),
        translator=reader.get("translator").line(at_most=MAX_NAME),
        by=reader.get("by").line(at_most=MAX_NAME),
        at=reader.get("at").time(),
    )
