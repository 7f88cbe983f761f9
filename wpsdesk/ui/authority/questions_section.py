"""UD's own questions on the page of the call: what will be asked, in which order, and ways to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import LanguageCode, Plan
from wpsdesk.report.questions import Question, Questions
from wpsdesk.ui import style
from wpsdesk.ui.authority.question_dialog import QuestionDialog
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import headed_line
from wpsdesk.ui.modal import is_accepted


class QuestionsSection(QWidget):
    """Told which questions stand on the page; gives them back as they have become."""

    changed = Signal()
    file_asked = Signal()
    """A file of questions is to be loaded."""

    def __init__(self, plan: Plan, say: Catalogue, language: LanguageCode) -> None:
        super().__init__()
        self._plan, self._say, self._language = plan, say, language
        self._questions: Questions = ()
        self._known: frozenset[str] = frozenset()
        self.list: Listing[Question] = Listing(
            say("UD's own questions"),
            self._columns(),
            empty=say("No questions beside the plan's own."),
            how=say("Ask one with “Ask a question”, or load several from a file. They go out with the call."),
        )
        self.add_button = button(say("Ask a question"), self.add)
        self.load_button = button(say("Load a file"), self.file_asked.emit)
        self.edit_button = button(say("Change"), self.edit)
        self.up_button = button(say("Move up"), self.move_up)
        self.remove_button = button(say("Take away"), self.remove)
        actions = (self.add_button, self.load_button, self.edit_button, self.up_button, self.remove_button)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(8))
        inside.addLayout(headed_line(label(say("UD's own questions"), type="head"), *actions))
        told = say("What is taken away is no longer asked. Answers that have come are kept.")
        inside.addWidget(label(told, type="small", wraps=True))
        inside.addWidget(self.list, 1)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_chosen_to_edit)
        self._enable()

    def _columns(self) -> tuple[Column[Question], ...]:
        say, language = self._say, self._language
        return (
            Column(title=say("Question"), text=lambda q: q.words[language], is_wide=True),
            Column(title=say("Type"), text=lambda q: word(q.kind, say)),
            Column(title=say("Commitments"), text=lambda q: ", ".join(map(str, q.commitments)) or say("All")),
            Column(title=say("Units"), text=lambda q: ", ".join(word(k, say) for k in q.kinds) or say("All")),
            Column(title=say("Must be answered"), text=lambda q: say("Yes") if q.is_required else "–"),
        )

    def show_questions(self, questions: Questions, known: frozenset[str]) -> None:
        """Show these; ``known`` are the ids of those that a call has asked already."""
        self._known = known
        self._put(questions)

    def questions(self) -> Questions:
        """What will be asked."""
        return self._questions

    def _put(self, questions: Questions, stand_on: str = "") -> None:
        self._questions = questions
        self.list.show_values(questions, current=lambda q: q.id == stand_on)
        self._enable()

    def _on_chosen(self, _question: object) -> None:
        self._enable()

    def _on_chosen_to_edit(self, _question: object) -> None:
        self.edit()

    def _enable(self) -> None:
        current = self.list.current()
        for action in (self.edit_button, self.remove_button):
            action.setEnabled(current is not None)
        self.up_button.setEnabled(current is not None and self._questions[:1] != (current,))

    # -- acting ------------------------------------------------------------------------------------

    def _dialog(self, question: Question | None) -> QuestionDialog:
        taken = frozenset(each.id for each in self._questions) | self._known
        is_known = question is not None and question.id in self._known
        return QuestionDialog(
            self, self._plan, self._say, self._language, taken=taken, question=question, is_known=is_known
        )

    def add(self) -> None:
        """Ask for one more."""
        dialog = self._dialog(None)
        if is_accepted(dialog) and dialog.question is not None:
            self._put((*self._questions, dialog.question), dialog.question.id)
            self.changed.emit()

    def edit(self) -> None:
        """Change the one that one stands on."""
        current = self.list.current()
        if current is None:
            return
        dialog = self._dialog(current)
        made = dialog.question if is_accepted(dialog) else None
        if made is not None:
            self._put(tuple(made if each.id == current.id else each for each in self._questions), made.id)
            self.changed.emit()

    def move_up(self) -> None:
        """Ask it before the one above it."""
        current = self.list.current()
        place = -1 if current is None else self._questions.index(current)
        if current is not None and place > 0:
            others = [each for each in self._questions if each is not current]
            others.insert(place - 1, current)
            self._put(tuple(others), current.id)
            self.changed.emit()

    def remove(self) -> None:
        """Do not ask it."""
        current = self.list.current()
        if current is not None:
            self._put(tuple(each for each in self._questions if each is not current))
            self.changed.emit()
