"""UD's call for reports: who is asked what, about which year, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import COUNTRY_CODE, UNIT_CODE, CommitmentNumber, CountryCode, EditionId, UnitCode, Year
from wpsdesk.plan.model import FocusCountry, Names, Plan, Unit, UnitKind
from wpsdesk.report.questions import (
    MAX_QUESTIONS,
    Question,
    QuestionId,
    QuestionKind,
    Questions,
    question_to_json,
    questions_from,
)
from wpsdesk.report.references import commitment_from, numbers_from

FORMAT: Final = "wps-call/1"
MAX_UNITS: Final = 500
_ORGANISATION = re.compile(r"[0-9]{9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One unit and the commitments that it is asked about."""

    unit: Unit
    commitments: tuple[CommitmentNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for reports (rapporteringsbestilling). ``number`` counts the amended calls of the year."""

    edition: EditionId
    year: Year
    number: int
    deadline: date
    issued: datetime
    guidance: tuple[tuple[CommitmentNumber | None, str], ...]  # None: for all
    asked: tuple[Asked, ...]
    focus_countries: tuple[FocusCountry, ...]
    questions: Questions = ()  # UD's own, those that an amended call has withdrawn included
    reminders: tuple[date, ...] = ()  # when UD means to remind

    def asked_of(self, unit: UnitCode) -> Asked | None:
        """What this unit is asked, or None where it is not."""
        return next((asked for asked in self.asked if asked.unit.code == unit), None)

    def guidance_on(self, number: CommitmentNumber | None) -> str:
        """The guidance on a commitment, or with None the general one; "" where there is none."""
        return dict(self.guidance).get(number, "")


def lead_cells(plan: Plan, unit: Unit) -> tuple[CommitmentNumber, ...]:
    """What a unit is asked about unless UD says otherwise.

    A ministry: what the plan makes it responsible for. Norad, whose part is statistics and analysis across the
    commitments: nothing by itself. Whoever the plan does not name, such as a mission: everything.
    """
    match unit.kind:
        case UnitKind.MINISTRY:
            return tuple(c.number for c in plan.commitments if unit.code in c.ministries)
        case UnitKind.NORAD:
            return ()
        case _:
            return tuple(c.number for c in plan.commitments)


def call_to_json(call: Call) -> dict[str, object]:
    """The call as a value for canonical JSON; what newer versions have added is left out where there is none."""
    added: dict[str, object] = {
        "reminders": [day.isoformat() for day in call.reminders],
        "questions": [question_to_json(question) for question in call.questions],
    }
    return {
        **{name: value for name, value in added.items() if value},
        "format": FORMAT,
        "plan": call.edition,
        "year": call.year,
        "number": call.number,
        "deadline": call.deadline.isoformat(),
        "issued": rfc3339(call.issued),
        "guidance": [{"commitment": number, "text": text} for number, text in call.guidance],
        "units": [asked_to_json(asked) for asked in call.asked],
        "focus_countries": [country_to_json(country) for country in call.focus_countries],
        "indicators": [],  # what the first version asked for; every reader expects the member
    }


def asked_to_json(asked: Asked) -> dict[str, object]:
    """A unit and what it is asked."""
    return {**unit_to_json(asked.unit), "commitments": list(asked.commitments)}


def country_to_json(country: FocusCountry) -> dict[str, object]:
    """A focus country with its validity."""
    return {
        "code": country.code,
        "names": _names_to_json(country.names),
        "valid_from": country.valid_from.isoformat(),
        "valid_to": None if country.valid_to is None else country.valid_to.isoformat(),
    }


def unit_to_json(unit: Unit) -> dict[str, object]:
    """A reporting unit."""
    return {
        "code": unit.code,
        "kind": unit.kind,
        "names": _names_to_json(unit.names),
        "organisation_number": unit.organisation_number,
        "parent": unit.parent,
        "covers": list(unit.covers),
    }


def _names_to_json(names: Names) -> dict[str, object]:
    return {"nb": names.nb, "nn": names.nn, "en": names.en}


def call_from(reader: Reader, plan: Plan) -> Call:
    """The call in an untrusted ``call.json``. Raises Malformed."""
    if reader.get("format").line(at_most=40) != FORMAT:
        raise reader.get("format").fail("not-allowed")
    if reader.get("plan").line(at_most=40) != plan.edition:
        raise reader.get("plan").fail("not-allowed")
    found = Call(
        edition=plan.edition,
        year=Year(reader.get("year").integer(plan.first_year, plan.last_year)),
        number=reader.get("number").integer(1, 999),
        deadline=reader.get("deadline").date(),
        issued=reader.get("issued").time(),
        guidance=reader.get("guidance").tuple_of(lambda r: guidance_from(r, plan), at_most=100),
        asked=reader.get("units").tuple_of(lambda r: asked_from(r, plan), at_most=MAX_UNITS),
        focus_countries=reader.get("focus_countries").tuple_of(country_from_json, at_most=100),
        questions=_questions_from(reader, plan),
        reminders=reader.default("reminders", lambda r: r.tuple_of(Reader.date, at_most=50), ()),
    )
    codes = [asked.unit.code for asked in found.asked]
    if len(set(codes)) != len(codes):
        raise reader.get("units").fail("twice")
    if len(dict(found.guidance)) != len(found.guidance):
        raise reader.get("guidance").fail("twice")
    reader.done()
    return found


def guidance_from(reader: Reader, plan: Plan) -> tuple[CommitmentNumber | None, str]:
    """Guidance on one commitment, or on all. Raises Malformed."""
    number = reader.maybe("commitment", lambda r: commitment_from(r, plan))
    text = reader.get("text").text(at_most=10_000, at_least=1)
    reader.done()
    return number, text


def asked_from(reader: Reader, plan: Plan) -> Asked:
    """A unit with the commitments it is asked about. Raises Malformed."""
    numbers = numbers_from(reader.get("commitments"), plan)
    unit = unit_from(reader)
    reader.done()
    return Asked(unit=unit, commitments=numbers)


def unit_from(reader: Reader) -> Unit:
    """A reporting unit; the caller says when the object is done. Raises Malformed."""
    return Unit(
        code=UnitCode(reader.get("code").matching(UNIT_CODE)),
        kind=reader.get("kind").choice(UnitKind),
        names=_names_from(reader.get("names")),
        organisation_number=reader.maybe("organisation_number", lambda r: r.matching(_ORGANISATION)),
        parent=reader.maybe("parent", lambda r: UnitCode(r.matching(UNIT_CODE))),
        covers=reader.default(
            "covers", lambda r: r.tuple_of(lambda e: CountryCode(e.matching(COUNTRY_CODE)), at_most=50), ()
        ),
    )


def _names_from(reader: Reader) -> Names:
    nb, nn, en = (reader.get(language).line(at_most=200, at_least=1) for language in ("nb", "nn", "en"))
    reader.done()
    return Names(nb=nb, nn=nn, en=en)


def country_from_json(reader: Reader) -> FocusCountry:
    """A focus country with its validity. Raises Malformed."""
    found = FocusCountry(
        code=CountryCode(reader.get("code").matching(COUNTRY_CODE)),
        names=_names_from(reader.get("names")),
        valid_from=reader.get("valid_from").date(),
        valid_to=reader.maybe("valid_to", Reader.date),
    )
    reader.done()
    return found


def _questions_from(reader: Reader, plan: Plan) -> Questions:
    """The questions; the figures that an older call asks for are questions with a number."""
    older = reader.get("indicators").tuple_of(lambda r: _indicator_from(r, plan), at_most=MAX_QUESTIONS)
    none: Questions = ()
    found = reader.default("questions", lambda r: questions_from(r, plan), none)
    if older and found:
        raise reader.get("indicators").fail("not-allowed")
    return found or tuple(replace(each, id=QuestionId(f"indicator-{n}")) for n, each in enumerate(older, 1))


def _indicator_from(reader: Reader, plan: Plan) -> Question:
    """A figure as the first version asked for it, in one language."""

    def in_all(text: str) -> Names:
        return Names(nb=text, nn=text, en=text)

    found = Question(
        id=QuestionId(""),
        kind=QuestionKind.NUMBER,
        words=in_all(reader.get("name").line(at_most=300, at_least=1)),
        hint=in_all(reader.get("measure").line(at_most=300)),
        unit=in_all(reader.get("unit").line(at_most=100)),
        commitments=numbers_from(reader.get("commitments"), plan),
    )
    reader.done()
    return found
