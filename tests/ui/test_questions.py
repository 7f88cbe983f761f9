"""UD's own questions in the form of an answer: asked by type, missing where they must be answered, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.kit import YEAR, answer
from tests.kit.questions import EVERY, SAID, answers
from tests.ui.driving import Person, key
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call
from wpsdesk.report.model import Passage
from wpsdesk.report.questions import QuestionKind
from wpsdesk.ui.controls import Choice
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.question_frame import FigureEditor, OneEditor, SeveralEditor, YesNoEditor
from wpsdesk.ui.reporter.report_page import ReportPage


def picks(person: Person, choice: Choice, value: object) -> None:
    person.chooses(choice, value)
    choice.activated.emit(choice.currentIndex())


def test_every_type_of_question_is_answered_in_the_window(person: Person) -> None:
    office = person.office
    ud = office.ud()
    office.call_file.unlink()
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1), questions=EVERY), office.call_file)
    fd = office.enrolled(ud, "FD")
    save(fd, YEAR, replace(answer(1), is_marked_ready=False))
    person.sits_down_at(fd)
    page = person.turns_to("report", ReportPage)
    person.presses(page.ready_button)
    assert "Spørsmål yes-no nb" in page.missing.text
    frames = {frame.question.kind: frame for frame in page.form.asking.frames}
    assert frames[QuestionKind.YES_NO]._error.text() == "Svar på spørsmålet «Spørsmål yes-no nb»."
    assert frames[QuestionKind.YES_NO].isAncestorOf(page.window().focusWidget())
    for kind, frame in frames.items():
        match frame.control:
            case YesNoEditor():
                picks(person, frame.control.choice, False)
            case OneEditor():
                picks(person, frame.control.choice, "naboer")
            case SeveralEditor():
                person.presses(frame.control.boxes["forskere"])
                person.presses(frame.control.boxes["andre"])
            case FigureEditor():
                person.types(frame.control.number.line, "12,5")
                person.types(frame.control.day.line, "30.11.2026")
                person.types(frame.control.source.line, "Listene")
            case PassageEditor():
                person.types(frame.control.text, "Et lengre svar")
            case other:
                person.types(other.line, "31.10.2026" if kind is QuestionKind.DATE else "Kort svar")  # type: ignore[attr-defined]
    person.presses(page.ready_button)
    held = person.closes_and_reads(1)
    assert held.is_marked_ready
    text = Passage(text="Et lengre svar")
    assert [each.said for each in held.questions] == [text if k is QuestionKind.TEXT else SAID[k] for k in QuestionKind]


def test_what_was_answered_to_a_dropped_question_is_shown_and_kept(person: Person) -> None:
    office = person.office
    ud = office.ud()
    for questions in (EVERY, EVERY[:1]):
        office.call_file.unlink()
        create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1), questions=questions), office.call_file)
    fd = office.enrolled(ud, "FD")
    load_call(fd, office.call_file)
    save(fd, YEAR, replace(answer(1), questions=answers(QuestionKind.YES_NO, QuestionKind.NUMBER)))
    person.sits_down_at(fd)
    page = person.turns_to("report", ReportPage)
    page.open_entry(key(1))
    assert "Spørsmål number nb 12,5 personer nb" in page.form.asking.withdrawn
    choice = page.form.asking.frames[0].control
    assert isinstance(choice, YesNoEditor)
    picks(person, choice.choice, True)
    held = person.closes_and_reads(1)
    assert [each.said for each in held.questions] == [True, SAID[QuestionKind.NUMBER]]
