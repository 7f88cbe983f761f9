"""An answer written out for whoever reviews it: the whole of it, what has changed in it, and other units' beside it."""

from __future__ import annotations

from typing import Final

from wpsdesk import messages
from wpsdesk.desk.review.comparing import OfAnother, Version
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.values import value_words
from wpsdesk.plan.model import Commitment
from wpsdesk.report.differences import differences
from wpsdesk.report.form import FORM
from wpsdesk.report.model import NARRATIVE, OPEN, Entry
from wpsdesk.report.sides import differing
from wpsdesk.report.states import Decision, is_empty
from wpsdesk.ui.authority.answer_sources import write_sources
from wpsdesk.ui.authority.reading import Reading

_ELSEWHERE: Final = frozenset({"part", "status", "access", "evidence"})
"""Fields that stand at the head, or below the text."""


def write_wording(text: Reading, commitment: Commitment, say: Catalogue) -> None:
    """The plan's own words, in its own language; both where its chapter and its appendix differ."""
    text.add(say("The plan says"), "muted")
    text.add(commitment.chapter)
    if commitment.appendix != commitment.chapter:
        text.add(say("In the plan's appendix"), "muted", space=4)
        text.add(commitment.appendix)


def write_whole(text: Reading, entry: Entry, say: Catalogue) -> None:
    """Everything that the answer says; its evidence is listed below the text."""
    facts = [messages.word(entry.part, say)]
    if entry.status is not None:
        facts.append(messages.word(entry.status, say))
    text.add(" · ".join(facts), "muted", space=10)
    if entry.access != OPEN:
        text.add(value_words("access", entry.access, say), "strong", space=4)
    if is_empty(entry):
        text.add(say("Nothing is written here."), "muted", space=8)
    for field in FORM:
        if field.name in _ELSEWHERE:
            continue
        value = getattr(entry, field.name)
        said = value_words(field.name, value, say) if value else ""
        if said.strip():
            text.add(say(field.label), "strong", space=10)
            text.add(said)
    write_sources(text, entry, say)


def write_changes(text: Reading, before: Entry, now: Entry, say: Catalogue) -> None:
    """Word by word, field by field, what is another than it was."""
    fields = differing(before, now)
    if not fields:
        text.add(say("Nothing has changed in this answer."), space=10)
        return
    text.add(say("What is struck through was taken out; what is underlined was put in."), "muted", space=8)
    for field in fields:
        was, is_now = (value_words(field.name, getattr(each, field.name), say) for each in (before, now))
        text.add(say(field.label), "strong", space=10)
        text.add_pieces(differences(was, is_now))


def write_version(text: Reading, version: Version, say: Catalogue) -> None:
    """Which version the answer is held against."""
    when = say.date(version.at.date())
    match version.decision:
        case Decision.ACCEPTED:
            told = say("Held against report no. {seq}, which UD accepted {day}.", seq=version.seq, day=when)
        case Decision.RETURNED:
            told = say("Never accepted. Held against report no. {seq}, returned {day}.", seq=version.seq, day=when)
        case _:
            told = say("Held against the report for {year}, no. {seq}.", year=version.year, seq=version.seq)
    text.add(told, "muted", space=10)


def write_others(text: Reading, others: tuple[OfAnother, ...], names: dict[str, str], say: Catalogue) -> None:
    """What other units say on the same commitment and country."""
    if not others:
        text.add(say("No other unit has answered on this commitment and country."), "muted")
    for place, other in enumerate(others):
        text.add(names.get(other.unit, other.unit), "head", space=14 if place else 0)
        if other.entry.status is not None:
            text.add(messages.word(other.entry.status, say), "muted")
        for field in NARRATIVE:
            passage = other.entry.passage(field)
            if passage.text.strip():
                text.add(messages.field_name(field, say), "strong", space=8)
                text.add(passage.text)
