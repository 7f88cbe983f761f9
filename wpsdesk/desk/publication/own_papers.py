"""What UD itself did with a year's reports, as an archive keeps it and as it is taken in again.

Decisions and remarks answer by answer, choices between two reports, more time, the texts written for publication,
meetings, aid statistics, and the call as it stood at the end.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import DIGEST, UNIT_CODE, BundleId, CommitmentNumber, CountryCode, Digest, UnitCode, Year
from wpsdesk.desk.call.extending import KIND as EXTENSION
from wpsdesk.desk.call.extending import extensions_in
from wpsdesk.desk.meetings.holding import KIND as MEETING
from wpsdesk.desk.model import CALL, COUNTER
from wpsdesk.desk.publication.joining import KIND as AGREEMENT
from wpsdesk.desk.publication.joining import MOST
from wpsdesk.desk.publication.statistics import KIND as STATISTICS
from wpsdesk.desk.publication.written import EDIT, FRAME, HANDLING, STEP, TRANSLATION, editing_in, last_step
from wpsdesk.desk.review.choices import KIND as CHOICE
from wpsdesk.desk.review.choices import choices_in
from wpsdesk.plan.model import Plan
from wpsdesk.report.aid import aid_from
from wpsdesk.report.meetings import meeting_from
from wpsdesk.report.states import Decision
from wpsdesk.store.documents import documents, put_document
from wpsdesk.store.reviews import InternalNote, Place, Step, add_note, add_step, all_steps, years_notes
from wpsdesk.store.transaction import Tx

FORMAT: Final = "wps-archive/1"
LIMIT: Final = 256 << 20  # bytes

_BY_YEAR: Final = (CALL, EXTENSION, CHOICE, MEETING, STATISTICS, FRAME, EDIT, HANDLING, TRANSLATION, STEP)
_MOST: Final = 1_000_000
_DAY: Final = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of the store."""

    kind: str
    key: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """All of it for one year. ``names``: under which file name each submission came, by its digest."""

    year: Year
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    notes: tuple[InternalNote, ...]
    names: dict[Digest, str]


def papers_in(tx: Tx, year: Year, names: dict[Digest, str]) -> Papers:
    """What the store holds of a year; ``names`` are the submissions' file names."""
    return Papers(
        year=year,
        papers=tuple(_papers(tx, year)),
        steps=all_steps(tx, year),
        notes=years_notes(tx, year),
        names=names,
    )


def _papers(tx: Tx, year: Year) -> Iterator[Paper]:
    for kind in (*_BY_YEAR, COUNTER, AGREEMENT):
        for key, data in documents(tx, kind):
            if _belongs(kind, key, year):
                yield Paper(kind=kind, key=key, data=data)


def _belongs(kind: str, key: str, year: Year) -> bool:
    """Whether a document is the year's; which agreement stands under which commitment is every year's."""
    match kind:
        case _ if kind == AGREEMENT:
            return True
        case _ if kind == COUNTER:
            return key == f"{MEETING}/{year}" or key.startswith(f"{MEETING}/{year}/")
        case _ if kind in (CALL, STATISTICS):
            return key == str(year)
        case _:
            return kind in _BY_YEAR and key.startswith(f"{year}/")


def keep_papers(tx: Tx, papers: Papers) -> None:
    """Put all of it into a store that has nothing of the year."""
    for paper in papers.papers:
        put_document(tx, paper.kind, paper.key, paper.data)
    for step in papers.steps:
        add_step(tx, step)
    for note in papers.notes:
        add_note(tx, note)


def require_readable(tx: Tx, papers: Papers, plan: Plan) -> None:
    """Read each of them once as its own page reads it, now that they are kept. Raises Malformed."""
    editing_in(tx, papers.year)
    last_step(tx, papers.year)
    extensions_in(tx, papers.year)
    for unit in {UnitCode(paper.key.split("/")[1]) for paper in papers.papers if paper.kind == CHOICE}:
        choices_in(tx, plan, unit, papers.year)
    for paper in papers.papers:
        match paper.kind:
            case _ if paper.kind == MEETING:
                meeting_from(load_json(paper.data, limit=LIMIT))
            case _ if paper.kind == STATISTICS:
                aid_from(paper.data)
            case _ if paper.kind == AGREEMENT:
                load_json(paper.data, limit=LIMIT).tuple_of(lambda r: r.integer(1, 999), at_most=MOST)
            case _ if paper.kind == COUNTER and not paper.data.isdigit():
                raise Malformed(path=paper.key, problem="pattern")


# -- as JSON and back ----------------------------------------------------------------------------------


def papers_bytes(papers: Papers) -> bytes:
    """All of it as JSON that people can read too."""
    return canonical_json(
        {
            "format": FORMAT,
            "year": papers.year,
            "papers": [{"kind": p.kind, "key": p.key, **_told(p.data)} for p in papers.papers],
            "decisions": [_step_to_json(step) for step in papers.steps],
            "notes": [{**_place_to_json(n.place), "officer": n.officer, "at": rfc3339(n.at), "text": n.text}
                      for n in papers.notes],
            "file_names": dict(papers.names),
        }
    )  # fmt: skip


def _told(data: bytes) -> dict[str, object]:
    """A document in its own words where they give the same bytes again, and else as base64."""
    with suppress(Malformed, TypeError, UnicodeEncodeError):
        value = load_json(data, limit=LIMIT).value
        if canonical_json(value) == data:
            return {"value": value}
    return {"base64": base64.b64encode(data).decode("ascii")}


def _step_to_json(step: Step) -> dict[str, object]:
    return {
        **_place_to_json(step.place),
        "number": step.number,
        "decision": step.decision,
        "entry": step.entry,
        "submission": step.submission,
        "reason": step.reason,
        "language": step.language,
        "answer_by": step.answer_by,
        "officer": step.officer,
        "at": rfc3339(step.at),
        "told": step.told,
    }


def _place_to_json(place: Place) -> dict[str, object]:
    return {"unit": place.unit, "commitment": place.commitment, "country": place.country}


def papers_from(data: bytes) -> Papers:
    """The reverse. Raises Malformed."""
    reader = load_json(data, limit=LIMIT)
    if reader.get("format").line() != FORMAT:
        raise reader.get("format").fail("pattern")
    year = Year(reader.get("year").integer(2000, 2999))
    names = reader.get("file_names")
    found = Papers(
        year=year,
        papers=reader.get("papers").tuple_of(lambda r: _paper_from(r, year), at_most=_MOST),
        steps=reader.get("decisions").tuple_of(lambda r: _step_from(r, year), at_most=_MOST),
        notes=reader.get("notes").tuple_of(lambda r: _note_from(r, year), at_most=_MOST),
        names={Digest(name): names.get(name).line(at_most=1000) for name in names.names() if DIGEST.fullmatch(name)},
    )
    reader.done()
    return found


def _paper_from(reader: Reader, year: Year) -> Paper:
    kind, key = reader.get("kind").line(at_most=60), reader.get("key").line(at_most=400)
    if not _belongs(kind, key, year):
        raise reader.get("kind").fail("inconsistent")
    if reader.has("value"):
        try:
            data = canonical_json(reader.get("value").value)
        except TypeError:
            raise reader.get("value").fail("wrong-type") from None
    else:
        try:
            data = base64.b64decode(reader.get("base64").text(at_most=LIMIT), validate=True)
        except binascii.Error:
            raise reader.get("base64").fail("pattern") from None
    reader.done()
    return Paper(kind=kind, key=key, data=data)


def _place_from(reader: Reader, year: Year) -> Place:
    return Place(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        year=year,
        commitment=CommitmentNumber(reader.get("commitment").integer(1, 999)),
        country=reader.maybe("country", lambda r: CountryCode(r.line(at_most=8))),
    )


def _step_from(reader: Reader, year: Year) -> Step:
    step = Step(
        place=_place_from(reader, year),
        number=reader.get("number").integer(1, 10**6),
        decision=reader.get("decision").choice(Decision),
        entry=reader.get("entry").line(at_most=64),
        submission=Digest(reader.get("submission").line(at_most=64)),
        reason=reader.get("reason").text(),
        language=reader.get("language").line(at_most=10),
        answer_by=reader.get("answer_by").matching(_DAY),
        officer=reader.get("officer").line(at_most=200),
        at=reader.get("at").time(),
        told=BundleId(reader.get("told").line(at_most=100)),
    )
    reader.done()
    return step


def _note_from(reader: Reader, year: Year) -> InternalNote:
    note = InternalNote(
        place=_place_from(reader, year),
        officer=reader.get("officer").line(at_most=200),
        at=reader.get("at").time(),
        text=reader.get("text").text(),
    )
    reader.done()
    return note
