"""UD's own questions through a year: asked, answered in every way, sent, published, and changed on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from tests.kit.questions import EVERY, answers, in_all, question
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.ids import BundleId, Year
from wpsdesk.compilation.restriction import public_view, without_withdrawn
from wpsdesk.compilation.sources import Source
from wpsdesk.desk.answers.answering_errors import AnswersUnfit
from wpsdesk.desk.answers.drafting import example, fill, mark_ready, problems, report, save
from wpsdesk.desk.answers.proposing import propose, take_in
from wpsdesk.desk.answers.searching import search
from wpsdesk.desk.answers.worksheets import write_worksheet
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, current_call, draft_from_last, load_call, require_call
from wpsdesk.desk.call.calling_errors import NoSuchQuestion, QuestionOfAnotherKind
from wpsdesk.desk.call.questioning import (
    ask,
    drop,
    prepared_questions,
    questions_to_bytes,
    questions_to_come,
    take_questions,
)
from wpsdesk.desk.errors import NotReady
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.i18n import catalogue
from wpsdesk.messages import word
from wpsdesk.messages.call_words import changes_sentence
from wpsdesk.messages.values import value_words
from wpsdesk.report.checks import Code
from wpsdesk.report.model import Access, AccessScope, Entry, LegalBasis
from wpsdesk.report.questions import QuestionKind

DEADLINE = date(2027, 3, 1)


def asking(office: Office, *changed: object) -> tuple[Desk, Desk]:
    """UD, which asks a question of every type on commitment 1, and FD."""
    ud = office.ud()
    create_call(ud, CallDraft(year=YEAR, deadline=DEADLINE, questions=EVERY), again(office.call_file))
    return ud, office.enrolled(ud, "FD")


def again(path: Path) -> Path:
    path.unlink()
    return path


def answered() -> Entry:
    return replace(answer(1), questions=answers())


def test_an_answer_of_every_type_is_sent_received_and_read(office: Office) -> None:
    ud, fd = asking(office)
    save(fd, YEAR, answered())
    assert report(fd, YEAR).entries[0].questions == answers()
    sent = export(fd, YEAR, office.folder, approved_by="Kari")
    receive_one(ud, sent.path)
    (row,) = inbox(ud, YEAR)
    (entry,) = received_report(ud, row.digest).entries
    assert entry.questions == answers()
    words = value_words("questions", entry.questions, catalogue("nb"))
    for said in (
        "Nei",
        "12,5 personer nb (30. november 2026, Listene)",
        "Naboer nb",
        "Forskere nb, Andre nb",
        "Kort svar",
    ):
        assert said in words
    assert any(hit.field == "questions" for hit in search(fd, "over to linjer"))


def test_a_required_question_keeps_an_answer_from_being_ready_and_says_which(office: Office) -> None:
    _, fd = asking(office)
    save(fd, YEAR, replace(answer(1), is_marked_ready=False))
    with pytest.raises(NotReady):
        mark_ready(fd, YEAR, answer(1).key)
    (found,) = [p for p in problems(fd, YEAR) if p.code is Code.QUESTION_UNANSWERED]
    assert found.place == "questions/yes-no"
    save(fd, YEAR, replace(answer(1), is_marked_ready=False, questions=answers(QuestionKind.YES_NO)))
    assert mark_ready(fd, YEAR, answer(1).key).is_marked_ready


def test_an_amended_call_that_drops_and_changes_questions_loses_no_draft(office: Office) -> None:
    ud, fd = asking(office)
    save(fd, YEAR, answered())
    one = question(QuestionKind.ONE, options=EVERY[2].options[:1], words=in_all("Ny ordlyd"))
    kept = (*EVERY[:2], one)
    amended = CallDraft(year=YEAR, deadline=DEADLINE, questions=kept)
    create_call(ud, amended, again(office.call_file))
    told = load_call(fd, office.call_file)
    assert "4 av UDs spørsmål stilles ikke lenger." in changes_sentence(told.changes, catalogue("nb"))
    assert report(fd, YEAR).entries[0].questions == answers()
    held = require_call(fd, YEAR).questions
    assert [each.is_withdrawn for each in held] == [False] * 3 + [True] * 4
    assert [option.is_withdrawn for option in held[2].options] == [False, True, True]
    assert draft_from_last(ud, YEAR, DEADLINE).questions == kept
    with pytest.raises(QuestionOfAnotherKind):
        changed = replace(one, kind=QuestionKind.SEVERAL)
        create_call(ud, replace(amended, year=2027, deadline=date(2028, 3, 1), questions=(changed,)))


def test_a_file_of_answers_gives_ids_and_gets_the_calls_words(office: Office) -> None:
    _, fd = asking(office)
    told = [
        {"question": "yes-no", "yes": False},
        {"question": "one-of-a-list", "chosen": ["naboer"]},
        {"question": "number", "number": {"value": "12.5", "measured_on": "2026-11-30", "source": "Listene"}},
    ]
    fill(fd, of_file(told), YEAR)
    kinds = (QuestionKind.YES_NO, QuestionKind.NUMBER, QuestionKind.ONE)
    assert report(fd, YEAR).entries[0].questions == answers(*kinds)
    for wrong in ({"question": "ukjent", "yes": True}, {"question": "yes-no", "day": "2026-01-01"}):
        with pytest.raises(AnswersUnfit):
            fill(fd, of_file([wrong]), YEAR)
    assert b'"question":"number"' in example("FD", YEAR, EVERY)


def of_file(told: list[dict[str, object]]) -> bytes:
    entry = {"commitment": 1, "status": "under-way", "questions": told}
    return canonical_json({"format": "wps-answers/1", "entries": [entry]})


def test_a_worksheet_asks_and_what_is_written_in_it_comes_back(office: Office, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    _, fd = asking(office)
    save(fd, YEAR, replace(answer(1), questions=answers(QuestionKind.NUMBER, QuestionKind.TEXT)))
    out = tmp_path / "ark.xlsx"
    say = catalogue("nb")
    write_worksheet(fd, out, word=lambda value: word(value, say), language="nb", year=YEAR)
    assert not propose(fd, out.read_bytes()).changes, "nobody has touched it"
    book = load_workbook(out)
    sheet = book["1"]
    cells = {row[0].value: row[2] for row in sheet.iter_rows() if isinstance(row[0].value, str)}
    for path, value in (
        ("questions.yes-no.yes", "Nei"),
        ("questions.one-of-a-list.chosen", "Naboer nb"),
        ("questions.several-of-a-list.chosen.forskere", "Ja"),
        ("questions.several-of-a-list.chosen.andre", "Ja"),
        ("questions.short-text.text", "Kort svar"),
        ("questions.date.day", "31.10.2026"),
    ):
        cells[path].value = value
    book.save(out)
    take_in(fd, propose(fd, out.read_bytes()))
    assert report(fd, YEAR).entries[0].questions == answers()
    cells["questions.one-of-a-list.chosen"].value = "Ingen av dem"
    book.save(out)
    (fault,) = propose(fd, out.read_bytes()).faults
    assert (fault.field, fault.found) == ("questions", "Ingen av dem")


def test_an_answer_is_restricted_as_its_entry_is_and_a_withdrawn_question_is_not_published(office: Office) -> None:
    _, fd = asking(office)
    closed = Access(scope=AccessScope.PART, basis=LegalBasis.P20, reason="r", wider_access_considered=True)
    save(fd, YEAR, answered())
    save(fd, YEAR, replace(answered(), key=answer(2).key, access=closed))
    held = report(fd, YEAR)
    source = Source(
        unit=fd.unit, report=held, bundle=BundleId("x"), digest=held.unit, seq=1, signed_by="K",  # type: ignore[arg-type]
        signed_at=fd.clock(), received_at=fd.clock(),
    )  # fmt: skip
    questions = tuple(replace(each, is_withdrawn=each.kind is QuestionKind.NUMBER) for each in EVERY)
    first, second = public_view(without_withdrawn(source, questions), date(2027, 6, 1)).answers
    assert [each.question for each in first.questions] == [k for k in QuestionKind if k is not QuestionKind.NUMBER]
    assert not second.questions


def test_questions_are_prepared_one_by_one_until_the_call_is_made(office: Office) -> None:
    ud = office.ud()
    assert prepared_questions(ud) is None
    ask(ud, EVERY[0])
    ask(ud, replace(EVERY[0], words=in_all("Ny ordlyd")))
    assert [each.words.nb for each in questions_to_come(ud)] == ["Ny ordlyd nb"]
    with pytest.raises(NoSuchQuestion):
        drop(ud, "number")
    assert take_questions(ud, questions_to_bytes(EVERY)) == EVERY
    assert drop(ud, "date") == EVERY[:-1]
    create_call(ud, CallDraft(year=Year(2027), deadline=date(2028, 3, 1), questions=questions_to_come(ud)))
    assert prepared_questions(ud) is None
    assert questions_to_come(ud) == EVERY[:-1]


def test_a_figure_that_an_older_call_asks_for_is_a_question_with_a_number(office: Office) -> None:
    from wpsdesk.base.decoding import Reader
    from wpsdesk.report.call import call_from, call_to_json

    ud = office.ud()
    call = current_call(ud)
    assert call is not None
    older = json.loads(canonical_json(call_to_json(call)))
    older["indicators"] = [{"name": "Andel", "measure": "Av alle", "unit": "prosent", "commitments": [6]}]
    (found,) = call_from(Reader(older, ""), ud.plan).questions
    assert (found.kind, found.words.nn, found.unit.en, found.commitments) == (
        QuestionKind.NUMBER,
        "Andel",
        "prosent",
        (6,),
    )
