"""A report as JSON and back: schema ``wps-report/1``; members that hold nothing are left out.

History of the schema: 1 is the first. ``follow_up`` may be absent, and was so before there was a place for it; so
may ``contributors``, and in an entry ``taken``: who has reported to the unit, and what it has taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import UNIT_CODE, CountryCode, UnitCode, Year
from wpsdesk.plan.model import Plan
from wpsdesk.report.contribution_records import (
    MAX_TAKEN,
    contributor_to_json,
    contributors_from,
    taken_from,
    taken_to_json,
)
from wpsdesk.report.members import Json, without_nothing
from wpsdesk.report.model import (
    COPYABLE,
    NARRATIVE,
    ChallengeKind,
    Entry,
    EntryKey,
    Links,
    Part,
    Report,
    ResultKind,
    Status,
)
from wpsdesk.report.passages import access_from, access_to_json, passage_from, passage_to_json
from wpsdesk.report.question_answers import question_answer_to_json, question_answers_from
from wpsdesk.report.records import (
    MAX_EVIDENCE,
    MAX_LIST,
    evidence_from,
    evidence_to_json,
    indicator_from,
    indicator_to_json,
    measure_from,
    measure_to_json,
    money_from,
    money_to_json,
    partner_from,
    partner_to_json,
)
from wpsdesk.report.references import commitment_from, country_from

SCHEMA: Final = "wps-report/1"
MAX_ENTRIES: Final = 35 * 40

_SDG = re.compile(r"(5|16)\.[0-9a-z]{1,2}")
_RESOLUTION = re.compile(r"[0-9]{3,4}")

K = TypeVar("K", bound=StrEnum)


# -- writing -------------------------------------------------------------------------------------


def report_to_json(report: Report) -> Json:
    """``report.json`` as a value for :func:`wpsdesk.base.canonical.canonical_json`."""
    return {
        "schema": SCHEMA,
        "unit": report.unit,
        "year": report.year,
        "plan": report.edition,
        "entries": [entry_to_json(entry) for entry in report.entries],
        **({} if report.follow_up is None else {"follow_up": evidence_to_json(report.follow_up)}),
        **without_nothing(contributors=[contributor_to_json(each) for each in report.contributors]),
    }


def entry_to_json(entry: Entry) -> Json:
    """One entry; the writer's own "ready" mark stays on the desk and is not part of it."""
    return without_nothing(
        commitment=entry.key.commitment,
        country=entry.key.country,
        part=entry.part,
        status=entry.status,
        **{field: passage_to_json(entry.passage(field)) for field in NARRATIVE},
        result_kinds=list(entry.result_kinds),
        challenge_kinds=list(entry.challenge_kinds),
        measures=[measure_to_json(m) for m in entry.measures],
        questions=[question_answer_to_json(q) for q in entry.questions],
        indicators=[indicator_to_json(i) for i in entry.indicators],
        partners=[partner_to_json(p) for p in entry.partners],
        money=[money_to_json(m) for m in entry.money],
        links=without_nothing(
            sdg_targets=list(entry.links.sdg_targets),
            commitments=list(entry.links.commitments),
            resolutions=list(entry.links.resolutions),
        ),
        evidence=[evidence_to_json(e) for e in entry.evidence],
        access=access_to_json(entry.access),
        identifies_person_at_risk=entry.identifies_person_at_risk,
        graded_annex=entry.graded_annex,
        unchanged_since=dict(entry.unchanged_since),
        taken=[taken_to_json(each) for each in entry.taken],
    )


# -- reading -------------------------------------------------------------------------------------


def report_from(reader: Reader, plan: Plan) -> Report:
    """The report in an untrusted ``report.json``. Raises Malformed."""
    if reader.get("schema").line(at_most=40) != SCHEMA:
        raise reader.get("schema").fail("not-allowed")
    unit = UnitCode(reader.get("unit").matching(UNIT_CODE))
    year = Year(reader.get("year").integer(plan.first_year, plan.last_year))
    if reader.get("plan").line(at_most=40) != plan.edition:
        raise reader.get("plan").fail("not-allowed")
    entries = entries_from(reader.get("entries"), plan)
    follow_up = reader.maybe("follow_up", evidence_from)
    contributors = reader.maybe("contributors", contributors_from) or ()
    reader.done()
    return Report(
        unit=unit, year=year, edition=plan.edition, entries=entries, follow_up=follow_up, contributors=contributors
    )


def entries_from(reader: Reader, plan: Plan) -> tuple[Entry, ...]:
    """A list of entries, in the report's order, no key twice. Raises Malformed."""
    found: list[Entry] = []
    keys: set[EntryKey] = set()
    known = _of_an_entry(plan)
    for place in reader.items(at_most=MAX_ENTRIES):
        entry = _entry_from(place, plan, known)
        if entry.key in keys:
            raise place.fail("twice")
        keys.add(entry.key)
        found.append(entry)
    return tuple(sorted(found, key=lambda e: (e.key.commitment, e.key.country or "")))


def entry_from(reader: Reader, plan: Plan) -> Entry:
    """One untrusted entry, alone. Raises Malformed with the path to what is wrong."""
    return _entry_from(reader, plan, _of_an_entry(plan))


def _entry_from(reader: Reader, plan: Plan, known: Mapping[str, Callable[[Reader], object]]) -> Entry:
    # Of all that could be said little is: what is there is gone through, and not what could be.
    told = reader.members(known)
    told["key"] = EntryKey(
        commitment_from(reader.get("commitment"), plan), cast("CountryCode | None", told.pop("country", None))
    )
    del told["commitment"]
    return Entry(**cast("dict[str, Any]", told))


def _of_an_entry(plan: Plan) -> dict[str, Callable[[Reader], object]]:
    """How each member is read; all but the key's have the names of an entry's fields."""
    return {
        **_MEMBERS,
        "country": lambda r: country_from(r, plan),
        "links": lambda r: _links_from(r, plan),
        "unchanged_since": lambda r: _unchanged_from(r, plan),
        "taken": lambda r: r.tuple_of(lambda e: taken_from(e, plan), at_most=MAX_TAKEN),
    }


def _words(kind: type[K]) -> Callable[[Reader], tuple[K, ...]]:
    def distinct(r: Reader) -> tuple[K, ...]:
        found = r.tuple_of(lambda element: element.choice(kind), at_most=20)
        if len(set(found)) != len(found):
            raise r.fail("twice")
        return found

    return distinct


_MEMBERS: Final[Mapping[str, Callable[[Reader], object]]] = {
    "commitment": lambda r: r.value,  # read by itself: it must be there
    "part": lambda r: r.choice(Part),
    "status": lambda r: r.choice(Status),
    **dict.fromkeys(NARRATIVE, passage_from),
    "result_kinds": _words(ResultKind),
    "challenge_kinds": _words(ChallengeKind),
    "measures": lambda r: r.tuple_of(measure_from, at_most=MAX_LIST),
    "questions": question_answers_from,
    "indicators": lambda r: r.tuple_of(indicator_from, at_most=MAX_LIST),
    "partners": lambda r: r.tuple_of(partner_from, at_most=MAX_LIST),
    "money": lambda r: r.tuple_of(money_from, at_most=MAX_LIST),
    "evidence": lambda r: r.tuple_of(evidence_from, at_most=MAX_EVIDENCE),
    "access": access_from,
    "identifies_person_at_risk": Reader.flag,
    "graded_annex": lambda r: r.line(at_most=300),
}


def _links_from(reader: Reader, plan: Plan) -> Links:
    def list_of(name: str, read: Callable[[Reader], str]) -> tuple[str, ...]:
        return reader.default(name, lambda r: r.tuple_of(read, at_most=MAX_LIST), ())

    found = Links(
        sdg_targets=list_of("sdg_targets", lambda r: r.matching(_SDG)),
        commitments=reader.default(
            "commitments", lambda r: r.tuple_of(lambda e: commitment_from(e, plan), at_most=MAX_LIST), ()
        ),
        resolutions=list_of("resolutions", lambda r: r.matching(_RESOLUTION)),
    )
    reader.done()
    return found


def _unchanged_from(reader: Reader, plan: Plan) -> tuple[tuple[str, Year], ...]:
    names = reader.names()
    for name in names:
        if name not in COPYABLE:
            raise reader.get(name).fail("unknown-member")
    first, last = plan.first_year, plan.last_year
    return tuple((name, Year(reader.get(name).integer(first, last))) for name in COPYABLE if name in names)
