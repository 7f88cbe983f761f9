"""Every text that a person has written in an entry, to be read through or changed as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from wpsdesk.report.model import (
    NARRATIVE,
    Access,
    Entry,
    Evidence,
    Figure,
    Indicator,
    Measure,
    Partner,
    Passage,
    QuestionAnswer,
)

Change = Callable[[str], str]


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """The field of the form and the text, in the form's order; empty texts are left out."""
    for field, text in _all(entry):
        if text.strip():
            yield field, text


def texts_by_field(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The same with the texts of one field as one, a line each: for the search and what is shown of it."""
    found: dict[str, list[str]] = {}
    for field, text in texts(entry):
        found.setdefault(field, []).append(text)
    return tuple((field, "\n".join(lines)) for field, lines in found.items())


def _all(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in NARRATIVE:
        yield field, entry.passage(field).text
    yield from (("questions", _in_answer(answer)) for answer in entry.questions)
    for measure in entry.measures:
        yield from (("measures", text) for text in (measure.title, measure.owner, measure.result))
    for indicator in entry.indicators:
        yield from (("indicators", text) for text in (indicator.name, indicator.measure, indicator.source))
    yield from (("partners", partner.name) for partner in entry.partners)
    for evidence in entry.evidence:
        yield from (("evidence", text) for text in (evidence.title, evidence.name, evidence.source))
        yield from (("evidence", text) for text in _of_access(evidence.access))
    yield "graded_annex", entry.graded_annex
    yield from (("access", text) for text in _of_access(entry.access))


def _in_answer(answer: QuestionAnswer) -> str:
    """What somebody has written themselves; the words of a list are UD's."""
    match answer.said:
        case Passage(text=text):
            return text
        case Figure(source=source):
            return source
        case _:
            return ""


def _of_access(access: Access) -> Iterator[str]:
    yield from (access.basis_text, access.reason, access.wider_access_refusal)
    yield from (passage.text for _, passage in access.public)


def with_texts(entry: Entry, change: Change) -> Entry:
    """The entry with each of its texts changed; the very same entry where nothing is."""

    def passage(held: Passage) -> Passage:
        return replace(held, text=change(held.text))

    narrative = {field: passage(entry.passage(field)) for field in NARRATIVE}
    return replace(
        entry,
        **narrative,  # type: ignore[arg-type]  # the names are those of the text fields
        questions=tuple(_answer(answer, change) for answer in entry.questions),
        measures=tuple(_measure(measure, change) for measure in entry.measures),
        indicators=tuple(_indicator(indicator, change) for indicator in entry.indicators),
        partners=tuple(_partner(partner, change) for partner in entry.partners),
        evidence=tuple(_evidence(evidence, change) for evidence in entry.evidence),
        graded_annex=change(entry.graded_annex),
        access=_access(entry.access, change),
    )


def _answer(held: QuestionAnswer, change: Change) -> QuestionAnswer:
    match held.said:
        case Passage() as said:
            return replace(held, said=replace(said, text=change(said.text)))
        case Figure() as said:
            return replace(held, said=replace(said, source=change(said.source)))
        case _:
            return held


def _measure(held: Measure, change: Change) -> Measure:
    return replace(held, title=change(held.title), owner=change(held.owner), result=change(held.result))


def _indicator(held: Indicator, change: Change) -> Indicator:
    return replace(held, name=change(held.name), measure=change(held.measure), source=change(held.source))


def _partner(held: Partner, change: Change) -> Partner:
    return replace(held, name=change(held.name))


def _evidence(held: Evidence, change: Change) -> Evidence:
    return replace(
        held,
        name=change(held.name),
        title=change(held.title),
        source=change(held.source),
        access=_access(held.access, change),
    )


def _access(held: Access, change: Change) -> Access:
    return replace(
        held,
        basis_text=change(held.basis_text),
        reason=change(held.reason),
        wider_access_refusal=change(held.wider_access_refusal),
        public=tuple((field, replace(passage, text=change(passage.text))) for field, passage in held.public),
    )
