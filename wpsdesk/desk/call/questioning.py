"""UD's own questions while a call is being prepared: added, changed and dropped, until the call is made."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.call.calling_errors import NoSuchQuestion
from wpsdesk.desk.call.listing_units import LISTED, QUESTIONS
from wpsdesk.desk.model import LIMIT, Desk, require_gathering
from wpsdesk.report.questions import (
    Question,
    Questions,
    question_named,
    question_to_json,
    questions_from,
    still_asked,
)
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx

LARGEST: Final = 4 << 20
"""Bytes of a file of questions."""


def prepared_questions(desk: Desk) -> Questions | None:
    """The questions that were prepared for the next call; None where nobody has since the last was made."""
    with desk.store.read() as tx:
        return _prepared(tx, desk)


def _prepared(tx: Tx, desk: Desk) -> Questions | None:
    data = document(tx, LISTED, QUESTIONS)
    return None if data is None else questions_from(load_json(data, limit=LIMIT).get("questions"), desk.plan)


def questions_to_come(desk: Desk) -> Questions:
    """What the next call is to ask: the questions that were prepared, else those of the latest call.

    Raises OnlyTheAuthority.
    """
    require_gathering(desk)
    found = prepared_questions(desk)
    if found is not None:
        return found
    last = current_call(desk)
    return () if last is None else still_asked(last.questions)


def ask(desk: Desk, question: Question) -> Questions:
    """Ask it in the next call, in the place of one with the same id; what is to be asked.

    Raises OnlyTheAuthority, Malformed.
    """
    held = questions_to_come(desk)
    if question_named(held, question.id) is None:
        return _keep(desk, (*held, question))
    return _keep(desk, tuple(question if each.id == question.id else each for each in held))


def drop(desk: Desk, question_id: str) -> Questions:
    """Do not ask it in the next call; what is left. Raises OnlyTheAuthority, NoSuchQuestion."""
    held = questions_to_come(desk)
    if question_named(held, question_id) is None:
        raise NoSuchQuestion(question=question_id)
    return _keep(desk, tuple(each for each in held if each.id != question_id))


def take_questions(desk: Desk, data: bytes) -> Questions:
    """Ask what a file says and nothing else: a list in JSON, as :func:`questions_to_bytes` writes it.

    Raises OnlyTheAuthority, Malformed.
    """
    require_gathering(desk)
    return _keep(desk, read_questions(desk, data))


def read_questions(desk: Desk, data: bytes) -> Questions:
    """What a file of questions says; nothing is changed. Raises Malformed."""
    reader = load_json(data, limit=LARGEST)
    found = questions_from(reader.get("questions"), desk.plan)
    reader.done()
    return found


def questions_to_bytes(questions: Questions) -> bytes:
    """A file of questions."""
    return canonical_json({"questions": [question_to_json(question) for question in questions]})


def _keep(desk: Desk, questions: Questions) -> Questions:
    data = questions_to_bytes(questions)
    questions_from(load_json(data, limit=LIMIT).get("questions"), desk.plan)  # what cannot be read again is not kept
    with desk.store.write() as tx:
        put_document(tx, LISTED, QUESTIONS, data)
        note(tx, "questions-prepared", who=desk.unit.code, now=desk.clock(), details={"questions": len(questions)})
    return questions
