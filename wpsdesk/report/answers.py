"""Answers in a file, for ``fill``: the same entries as in a report, without what the desk knows itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import entries_from, entry_to_json
from wpsdesk.report.model import (
    Access,
    AccessScope,
    ChallengeKind,
    Entry,
    EntryKey,
    Figure,
    GenderMarker,
    Indicator,
    LegalBasis,
    Links,
    Measure,
    MeasureStatus,
    Money,
    Part,
    Partner,
    PartnerKind,
    Passage,
    Picked,
    QuestionAnswer,
    ResultKind,
    Said,
    Status,
)
from wpsdesk.report.questions import Question, QuestionKind, Questions, still_asked

FORMAT: Final = "wps-answers/1"
MAX_BYTES: Final = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the file says. ``unit`` and ``year`` are there only to be checked; both may be left out."""

    unit: str | None
    year: Year | None
    are_ready: bool  # mark what has no blocker as ready
    entries: tuple[Entry, ...]


def answers_from(reader: Reader, plan: Plan) -> Answers:
    """The answers in an untrusted file. Evidence comes by ``attach``, never by this. Raises Malformed."""
    if reader.get("format").line(at_most=40) != FORMAT:
        raise reader.get("format").fail("not-allowed")
    found = Answers(
        unit=reader.maybe("unit", lambda r: r.line(at_most=40)),
        year=reader.maybe("year", lambda r: Year(r.integer(plan.first_year, plan.last_year))),
        are_ready=reader.default("ready", Reader.flag, True),
        entries=entries_from(reader.get("entries"), plan),
    )
    for position, entry in enumerate(found.entries):
        if entry.evidence:
            raise Reader(None, f"entries[{position}].evidence").fail("not-allowed")
    reader.done()
    return found


def answers_to_json(answers: Answers) -> dict[str, object]:
    """The reverse of :func:`answers_from`."""
    return {
        "format": FORMAT,
        "unit": answers.unit,
        "year": answers.year,
        "ready": answers.are_ready,
        "entries": [entry_to_json(entry) for entry in answers.entries],
    }


def example(unit: str | None, year: Year, questions: Questions = ()) -> Answers:
    """A filled example that shows every field, for someone who writes such a file for the first time.

    ``questions``: UD's own, each of which gets an answer of its type.
    """
    full = replace(_full_entry(year), questions=tuple(_answer(each, year) for each in still_asked(questions)))
    return Answers(unit=unit, year=year, are_ready=True, entries=(full, _nothing_entry(), _restricted_entry()))


def _answer(question: Question, year: Year) -> QuestionAnswer:
    picked = tuple(Picked(option=option.id, names=option.names) for option in question.options)
    said: dict[QuestionKind, Said] = {
        QuestionKind.YES_NO: True,
        QuestionKind.NUMBER: Figure(
            value=Decimal(12), unit=question.unit, measured_on=date(year, 11, 30), source="Ambassadens liste"
        ),
        QuestionKind.ONE: picked[:1],
        QuestionKind.SEVERAL: picked[:2],
        QuestionKind.LINE: Passage(text="Ja, siden mars."),
        QuestionKind.TEXT: Passage(text="Ambassaden har hatt et kontaktpunkt siden mars, med en halv stilling."),
        QuestionKind.DATE: date(year, 10, 31),
    }
    return QuestionAnswer(question=question.id, asked=question.words, said=said[question.kind])


def _full_entry(year: Year) -> Entry:
    return Entry(
        key=EntryKey(CommitmentNumber(5), CountryCode("SO")),
        part=Part.MISSION,
        status=Status.UNDER_WAY,
        effort=Passage(text="Ambassaden støttet to konsultasjonsmøter mellom kvinnenettverk og forhandlingsteam."),
        results=Passage(text="64 kvinner deltok, mot 40 året før. To av kravene kom med i utkastet til avtale."),
        result_kinds=(ResultKind.OUTPUT, ResultKind.OUTCOME),
        challenges=Passage(text="The security situation limited travel outside the capital.", language="en"),
        challenge_kinds=(ChallengeKind.SECURITY, ChallengeKind.ACCESS),
        lessons=Passage(text="Vi held fram med støtta, og møta blir lagde til to distrikt til.", language="nn"),
        context=Passage(text="Samtalene ble utsatt i tredje kvartal."),
        measures=(_full_measure(year),),
        indicators=(_full_indicator(year),),
        partners=(
            Partner(name="UN Women", kind=PartnerKind.UN, may_be_named=True),
            Partner(name="En lokal organisasjon", kind=PartnerKind.CIVIL_SOCIETY, may_be_named=False),
        ),
        money=(
            Money(
                agreement="SOM-00/0000",
                amount_nok=3_000_000,
                disbursed_nok=1_250_000,
                gender_marker=GenderMarker.PRINCIPAL,
                dac_sector="15220",
            ),
        ),
        links=Links(sdg_targets=("5.5", "16.7"), commitments=(CommitmentNumber(7),), resolutions=("1325",)),
        graded_annex="Gradert vedlegg finnes, referanse 26/00000-1",
    )


def _full_measure(year: Year) -> Measure:
    return Measure(
        title="Årlig møte med kvinnenettverk i to distrikter",
        owner="Politisk seksjon",
        due=date(year + 1, 6, 30),
        status=MeasureStatus.UNDER_WAY,
        result="Ett av to møter er holdt.",
    )


def _full_indicator(year: Year) -> Indicator:
    return Indicator(
        name="Deltakere på konsultasjonsmøter",
        measure="Personer som har skrevet seg på deltakerlisten",
        value=Decimal(92),
        unit="personer",
        women=64,
        men=26,
        other=0,
        unknown=2,
        baseline=Decimal(58),
        baseline_year=year - 1,
        measured_on=date(year, 11, 30),
        source="Arrangørens deltakerlister",
    )


def _nothing_entry() -> Entry:
    return Entry(
        key=EntryKey(CommitmentNumber(6), CountryCode("SO")),
        part=Part.MISSION,
        status=Status.NOTHING_TO_REPORT,
        nothing_reason=Passage(text="Ambassaden sendte ingen delegasjoner til forhandlinger dette året."),
    )


def _restricted_entry() -> Entry:
    return Entry(
        key=EntryKey(CommitmentNumber(9), CountryCode("SO")),
        part=Part.MISSION,
        status=Status.CONTINUED,
        effort=Passage(text="Her står teksten som nevner den som må vernes."),
        results=Passage(text="Her står resultatene."),
        challenges=Passage(text="Her står utfordringene."),
        challenge_kinds=(ChallengeKind.SECURITY,),
        identifies_person_at_risk=True,
        access=Access(
            scope=AccessScope.PART,
            basis=LegalBasis.P24_3,
            reason="Opplysningene kan utsette en person for fare.",
            wider_access_considered=True,
            wider_access_refusal="Hensynet til personens sikkerhet veier tyngst.",
            ends_on=date(2036, 12, 31),
            public=(("effort", Passage(text="Ambassaden støttet en fredsbygger med praktiske vernetiltak.")),),
        ),
    )
