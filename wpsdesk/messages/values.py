"""What a field of an answer holds, in words: for the history, and for what a file of answers would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wpsdesk.i18n import Catalogue
from wpsdesk.messages.words import field_name, word
from wpsdesk.report.form import Column, field_named
from wpsdesk.report.model import Access, AccessScope, Entry, Evidence, Figure, Links, Passage, QuestionAnswer, Said

_HIDDEN: Final = frozenset(("digest", "media_type", "size", "name", "language", "id"))


def said_words(said: Said, say: Catalogue) -> str:
    """What was answered to a question: ``Yes``, ``12 people (30 November 2026, the lists)``, the options, a text."""
    language = say.names_in
    match said:
        case Figure():
            number = "" if said.value is None else f"{say.number(said.value)} {said.unit[language]}".strip()
            beside = ", ".join(part for part in (_leaf(said.measured_on, say), said.source) if part)
            return f"{number} ({beside})".strip() if beside else number
        case tuple():
            return ", ".join(each.names[language] or each.option for each in said)
        case _:
            return _leaf(said, say)


def answer_words(answer: QuestionAnswer, say: Catalogue) -> str:
    """The question and its answer, on a line."""
    return f"{answer.words(say.names_in)} {said_words(answer.said, say)}"


def value_words(field: str, value: object, say: Catalogue) -> str:
    """The value in words, on as many lines as it has parts; "" where the field holds nothing."""
    match value:
        case Passage(text=text):
            return text
        case Access():
            return "\n".join(_access(value, say))
        case Links():
            commitments = (say("Commitment {n}", n=n) for n in value.commitments)
            return ", ".join((*value.sdg_targets, *commitments, *value.resolutions))
        case tuple():
            columns = field_named(field).columns
            return "\n".join(_member(each, columns, say) for each in value)
        case _:
            return _leaf(value, say)


def field_words(field: str, entry: Entry, say: Catalogue) -> str:
    """What stands in a field of an entry, for reading two versions side by side; "–" where nothing does."""
    return value_words(field, getattr(entry, field), say) or "–"


def _leaf(value: object, say: Catalogue) -> str:  # noqa: PLR0911 - one for each kind of value
    match value:
        case None | "":
            return ""
        case bool():
            return say("Yes") if value else say("No")
        case StrEnum():
            return word(value, say)
        case int() | Decimal():
            return say.number(value)
        case date():
            return say.date(value)
        case Passage(text=text):
            return text
        case _:
            return str(value)


def _member(value: object, columns: tuple[Column, ...], say: Catalogue) -> str:
    """One record on a line, or a word of a list."""
    if isinstance(value, Evidence):
        return f"{value.title} ({value.name})"
    if isinstance(value, QuestionAnswer):
        return answer_words(value, say)
    if not is_dataclass(value):
        return _leaf(value, say)
    labels = {column.name: say(column.label) for column in columns}
    parts: list[str] = []
    for place, member in enumerate(fields(value)):
        said = _leaf(getattr(value, member.name), say)
        if said and member.name not in (_HIDDEN - {"name"}):
            parts.append(said if place == 0 else f"{labels.get(member.name, member.name)}: {said}")
    return " · ".join(parts)


def _access(access: Access, say: Catalogue) -> Iterator[str]:
    yield word(access.scope, say)
    if access.scope is AccessScope.OPEN:
        return
    for said in (access.basis, access.basis_text, access.reason, access.wider_access_refusal):
        if text := _leaf(said, say):
            yield text
    if access.delayed_until is not None:
        yield say("Access delayed until {day}", day=say.date(access.delayed_until))
    if access.ends_on is not None:
        yield say("Ends on {day}", day=say.date(access.ends_on))
    for name, passage in access.public:
        yield say("Public wording, {field}: {text}", field=field_name(name, say), text=passage.text)
