"""UD's own questions in the form of an answer: those of the commitment, and what was answered to those withdrawn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.ids import Year
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.messages.values import said_words
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.checks import Problem, Severity
from wpsdesk.report.form import Field
from wpsdesk.report.model import Entry, EntryKey, QuestionAnswer
from wpsdesk.report.questions import Question, Questions
from wpsdesk.ui import style
from wpsdesk.ui.controls import label
from wpsdesk.ui.editors import Editor
from wpsdesk.ui.reporter.emptying import emptied
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.question_frame import MakeText, QuestionFrame
from wpsdesk.ui.tabbing import take_turn


class QuestionsEditor(Editor):
    """A frame for each question that is asked; it has no room where nothing is."""

    def __init__(self, say: Catalogue, language: LanguageCode, field: Field, text: MakeText) -> None:
        super().__init__()
        self._say, self._language, self._text = say, language, text
        self._shown: object = None  # the questions, and the withdrawn options that their answers hold
        self._kept: tuple[QuestionAnswer, ...] = ()
        self.frames: list[QuestionFrame] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.current().px(12))
        self._withdrawn = label("", type="small", wraps=True)
        self._withdrawn.setVisible(False)
        inside = self._bare()
        inside.setSpacing(style.current().px(6))
        inside.addWidget(label(say(field.label), type="head"))
        inside.addWidget(label(say(field.hint), type="small", wraps=True))
        inside.addLayout(self._rows)
        inside.addWidget(self._withdrawn)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to ask or to show."""
        return bool(self.frames) or bool(self._kept)

    @property
    def withdrawn(self) -> str:
        """What is said of the questions that are no longer asked."""
        return self._withdrawn.text()

    def ask(self, questions: Questions, entry: Entry) -> None:
        """Show frames for these questions; those that stand already, for the same answer, are used again."""
        held = {each.question: each for each in entry.questions}
        shown = (questions, tuple(_withdrawn_options(each, held.get(each.id)) for each in questions))
        if self._shown != shown:
            emptied(self._rows)
            self._shown, self.frames = shown, []
            for question in questions:
                frame = QuestionFrame(self._say, self._language, question, held.get(question.id), self._text)
                frame.changed.connect(self.changed)
                self.frames.append(frame)
                self._rows.addWidget(frame)
            take_turn(self)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the first question. No focus proxy: made later than what stands below, it would lead Tab past that."""
        if self.frames:
            self.frames[0].setFocus(reason)

    def turn_to(self, year: Year, key: EntryKey) -> None:
        """What is shown next stands in this answer; what was done to its texts can still be undone there."""
        for frame in self.frames:
            if isinstance(frame.control, PassageEditor):
                frame.control.turn_to((year, key, frame.question.id))

    def show_last(self, last: Entry | None, when: str, year: int) -> None:
        """Show last year's answers to the same questions."""
        held = {} if last is None else {each.question: each for each in last.questions}
        for frame in self.frames:
            frame.show_last(held.get(frame.question.id), when, year)

    # -- value -------------------------------------------------------------------------------------

    def show_value(self, value: object) -> None:
        """Show the answers; what was answered to a question that is no longer asked is told below, and kept."""
        assert isinstance(value, tuple)
        held = {each.question: each for each in value}
        for frame in self.frames:
            frame.show_answer(held.pop(frame.question.id, None))
        self._kept = tuple(held.values())
        say = self._say
        lines = [f"{each.words(self._language)} {said_words(each.said, say)}" for each in self._kept]
        if lines:
            lines.insert(0, say("UD no longer asks this. What you have answered is kept:"))
        self._withdrawn.setText("\n".join(lines))
        self._withdrawn.setVisible(bool(lines))

    def value(self) -> object:
        """The answers, in the call's order, and behind them those to questions that are no longer asked."""
        found = (frame.answer() for frame in self.frames)
        return (*(each for each in found if each is not None), *self._kept)

    # -- what is wrong, and where ------------------------------------------------------------------

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say at each question what must be mended there."""
        stops = {
            problem.question.id: problem
            for problem in reversed(problems)
            if problem.question is not None and problem.severity is Severity.BLOCKER
        }
        for frame in self.frames:
            found = stops.get(frame.question.id)
            frame.show_error("" if found is None else problem_sentence(found, self._say))

    def frame_of(self, question: str) -> QuestionFrame | None:
        """The frame of one question."""
        return next((frame for frame in self.frames if frame.question.id == question), None)

    def copy_last_at(self, focus: QWidget) -> None:
        """Copy last year's answer to the question that has the focus."""
        for frame in self.frames:
            if frame.isAncestorOf(focus):
                frame.copy_last()


def _withdrawn_options(question: Question, held: QuestionAnswer | None) -> frozenset[str]:
    """The options of an answer that can no longer be chosen; a frame shows them only where they were."""
    said = () if held is None or not isinstance(held.said, tuple) else held.said
    gone = {option.id for option in question.options if option.is_withdrawn}
    return frozenset(each.option for each in said if each.option in gone)
