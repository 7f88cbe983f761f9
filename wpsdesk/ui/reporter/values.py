"""The value of any field of an entry as words, for reading two versions side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.values import answer_words
from wpsdesk.report.form import Column, Field
from wpsdesk.report.model import Access, Entry, Evidence, Links, Passage, QuestionAnswer


def value_words(field: Field, entry: Entry, say: Catalogue) -> str:
    """What stands in a field; "–" where nothing does."""
    return _words(getattr(entry, field.name), field, say) or "–"


def _words(value: object, field: Field, say: Catalogue) -> str:
    match value:
        case Passage(text=text):
            return text
        case Links():
            found = (*value.sdg_targets, *(say("Commitment {n}", n=n) for n in value.commitments), *value.resolutions)
            return ", ".join(found)
        case Access():
            return _access(value, say)
        case tuple() if field.columns:
            return "\n".join(_row(each, field.columns, say) for each in value)
        case tuple():
            return "\n".join(_plain(each, say) for each in value)
        case _:
            return _plain(value, say)


def _plain(value: object, say: Catalogue) -> str:  # noqa: PLR0911 - one for each kind
    match value:
        case None:
            return ""
        case bool():
            return say("yes") if value else say("no")
        case StrEnum():
            return messages.word(value, say)
        case int() | Decimal():
            return say.number(value)
        case date():
            return say.date(value)
        case QuestionAnswer():
            return answer_words(value, say)
        case Evidence():
            return value.title if value.title == value.name else f"{value.title} ({value.name})"
        case _:
            return messages.shown(str(value))


def _row(record: object, columns: tuple[Column, ...], say: Catalogue) -> str:
    """One record as its columns: ``Partner: UN Women, Kind: UN``; what is empty is left out."""
    told = []
    for column in columns:
        value = getattr(record, column.name)
        if value not in (None, ""):
            told.append(f"{say(column.label)}: {_plain(value, say)}")
    return ", ".join(told)


def _access(access: Access, say: Catalogue) -> str:
    lines = [messages.word(access.scope, say)]
    if access.basis is not None:
        lines.append(access.basis_text or messages.word(access.basis, say))
    lines += [text for text in (access.reason, access.wider_access_refusal) if text]
    lines += [f"{messages.field_name(name, say)}: {wording.text}" for name, wording in access.public]
    return "\n".join(lines)
