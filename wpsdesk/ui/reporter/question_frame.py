"""One of UD's own questions with the control for its type, last year's answer, and what has become of the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.messages.values import said_words
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import Figure, Passage, Picked, QuestionAnswer, Said
from wpsdesk.report.question_answers import fits, is_blank, is_same
from wpsdesk.report.questions import NO_NAMES, SHORT, Option, Question, QuestionKind
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, button, label, row, tick
from wpsdesk.ui.editors import DayEditor, DecimalEditor, Editor, LineEditor
from wpsdesk.ui.flow import flow
from wpsdesk.ui.reporter.passages import PassageEditor

MakeText = Callable[[str], PassageEditor]
"""Makes the editor of a long text with this name."""


class QuestionFrame(QWidget):
    """Shows a question and an answer, and gives the answer back."""

    changed = Signal()

    def __init__(
        self, say: Catalogue, language: LanguageCode, question: Question, held: QuestionAnswer | None, text: MakeText
    ) -> None:
        super().__init__()
        self.question = question
        self._say, self._language = say, language
        self._held: QuestionAnswer | None = None
        self._last: Said | None = None
        self.control = _control(say, language, question, held, text)
        self.control.changed.connect(self.changed)
        self._error = label("", tone="danger", wraps=True)
        self._error.setVisible(False)
        self._note = label("", type="small", wraps=True)
        self._note.setVisible(False)
        self._last_words = label("", type="small", wraps=True)
        self.copy_button = button(say("Copy"), self.copy_last, role="link")
        self.copy_button.setAccessibleName(say("Copy last year's answer: {field}", field=self.words))
        self._last_line = QWidget(self)
        line = row(self._last_words, self.copy_button, spacing=10)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        self._last_line.setLayout(line)
        self._last_line.setVisible(False)
        self._lay_out()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To what the question is answered in."""
        self.control.setFocus(reason)

    @property
    def words(self) -> str:
        """The question."""
        return self.question.words[self._language]

    def _lay_out(self) -> None:
        say, question = self._say, self.question
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(3))
        if question.kind is not QuestionKind.TEXT:  # the editor of a text bears its own name
            name = label(self.words, type="strong", wraps=True)
            name.setBuddy(self.control)
            inside.addWidget(name)
        hint = question.hint[self._language]
        told = [hint, say("Must be answered.") if question.is_required else ""]
        if any(told):
            inside.addWidget(label(" ".join(part for part in told if part), type="small", wraps=True))
        for widget in (self.control, self._error, self._note, self._last_line):
            inside.addWidget(widget)

    # -- value -------------------------------------------------------------------------------------

    def show_answer(self, held: QuestionAnswer | None) -> None:
        """Show an answer, or None."""
        self._held = held
        said = None if held is None or not fits(self.question.kind, held.said) else held.said
        is_text = isinstance(self.control, PassageEditor)
        self.control.show_value(Passage() if said is None and is_text else said)
        is_other = held is not None and held.asked not in (NO_NAMES, self.question.words)
        say = self._say
        words = "" if held is None else held.asked[self._language]
        self._note.setText(say("When you answered, the question was: “{words}”", words=words) if is_other else "")
        self._note.setVisible(is_other)

    def answer(self) -> QuestionAnswer | None:
        """The answer as it stands; an untouched one keeps the words of the question that it answered."""
        said = self.control.value()
        assert said is None or isinstance(said, bool | Figure | tuple | Passage | date)
        held = self._held
        if said is None or is_blank(said):
            return held if held is not None and not fits(self.question.kind, held.said) else None
        if held is not None and is_same(held.said, said):
            return held
        return QuestionAnswer(question=self.question.id, asked=self.question.words, said=said)

    # -- last year ---------------------------------------------------------------------------------

    def show_last(self, last: QuestionAnswer | None, when: str, year: int) -> None:
        """Show what was answered to the same question last year."""
        self._last = None if last is None or not fits(self.question.kind, last.said) else last.said
        if isinstance(self.control, PassageEditor):
            text = self._last if isinstance(self._last, Passage) else Passage()
            self.control.show_last(text, when, year)
            return
        words = "" if last is None else said_words(last.said, self._say)
        self._last_words.setText(f"{when}: {words}")
        self._last_line.setVisible(bool(words))
        # A figure is counted anew each year; it is shown and never copied.
        self.copy_button.setVisible(self._last is not None and not isinstance(self._last, Figure))

    def copy_last(self) -> None:
        """Put last year's answer in; a figure is not copied."""
        if isinstance(self.control, PassageEditor):
            self.control.copy_last()
        elif self._last is not None and not isinstance(self._last, Figure):
            self.control.show_value(self._last)
            self.changed.emit()

    def show_error(self, text: str) -> None:
        """Say under the question what must be mended."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.control.setAccessibleDescription(text or self.question.hint[self._language])


# -- a control for each type -----------------------------------------------------------------------


def _control(  # noqa: PLR0911 - one for each type
    say: Catalogue, language: LanguageCode, question: Question, held: QuestionAnswer | None, text: MakeText
) -> Editor:
    name = question.words[language]
    match question.kind:
        case QuestionKind.YES_NO:
            return YesNoEditor(say, name)
        case QuestionKind.NUMBER:
            return FigureEditor(say, name, question, language)
        case QuestionKind.ONE:
            return OneEditor(say, name, _offered(question, held), language)
        case QuestionKind.SEVERAL:
            return SeveralEditor(say, name, _offered(question, held), language)
        case QuestionKind.LINE:
            return ShortEditor(name, language)
        case QuestionKind.TEXT:
            return text(name)
        case QuestionKind.DATE:
            return AnswerDayEditor(say, name)


def _offered(question: Question, held: QuestionAnswer | None) -> tuple[Option, ...]:
    """The options there are, and those withdrawn that were chosen before."""
    said = () if held is None or not isinstance(held.said, tuple) else held.said
    chosen = {each.option for each in said}
    return tuple(option for option in question.options if not option.is_withdrawn or option.id in chosen)


def _option_words(say: Catalogue, option: Option, language: LanguageCode) -> str:
    name = option.names[language]
    return say("{option} (no longer offered)", option=name) if option.is_withdrawn else name


class ChoiceEditor(Editor):
    """One of some choices, or not answered yet; ``width`` in pixels at 100 %."""

    def __init__(self, say: Catalogue, name: str, pairs: Sequence[tuple[object, str]], *, width: int) -> None:
        super().__init__()
        self.choice = Choice(name, [(None, say("Choose")), *pairs])
        self.choice.setMaximumWidth(style.current().px(width))
        self.setFocusProxy(self.choice)
        self._bare().addWidget(self.choice)
        self.choice.activated.connect(self._on_activated)

    def _on_activated(self, _index: int) -> None:
        self.changed.emit()

    def show_value(self, value: object) -> None:
        """Show it."""
        self.choice.choose(value)

    def value(self) -> object:
        """What is chosen, or None."""
        return self.choice.chosen()


class YesNoEditor(ChoiceEditor):
    """Yes, no, or not answered yet."""

    def __init__(self, say: Catalogue, name: str) -> None:
        super().__init__(say, name, [(True, say("Yes")), (False, say("No"))], width=200)


class OneEditor(ChoiceEditor):
    """One of a list."""

    def __init__(self, say: Catalogue, name: str, options: tuple[Option, ...], language: LanguageCode) -> None:
        pairs = [(option.id, _option_words(say, option, language)) for option in options]
        super().__init__(say, name, pairs, width=420)
        self._options = {option.id: option for option in options}

    def show_value(self, value: object) -> None:
        """Show the option that was picked."""
        super().show_value(value[0].option if isinstance(value, tuple) and value else None)

    def value(self) -> object:
        """The one that is picked, in a tuple, or nothing."""
        found = self._options.get(str(super().value()))
        return () if found is None else (Picked(option=found.id, names=found.names),)


class SeveralEditor(Editor):
    """Several of a list, as boxes to tick."""

    def __init__(self, say: Catalogue, name: str, options: tuple[Option, ...], language: LanguageCode) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._options = {option.id: option for option in options}
        self.boxes = {option.id: QCheckBox(_option_words(say, option, language)) for option in options}
        for box in self.boxes.values():
            box.setAccessibleName(f"{name}: {box.text()}")
            box.toggled.connect(self._on_toggled)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))
        self._bare().addWidget(flow(*self.boxes.values(), spacing=8))

    def _on_toggled(self, _is_checked: bool) -> None:
        self.changed.emit()

    def show_value(self, value: object) -> None:
        """Tick these."""
        chosen = {each.option for each in value} if isinstance(value, tuple) else set()
        for option, box in self.boxes.items():
            tick(box, is_on=option in chosen)

    def value(self) -> object:
        """Those that are ticked, in the list's order."""
        ticked = (self._options[option] for option, box in self.boxes.items() if box.isChecked())
        return tuple(Picked(option=option.id, names=option.names) for option in ticked)


class FigureEditor(Editor):
    """A number with its unit, the day it was counted on, and its source."""

    def __init__(self, say: Catalogue, name: str, question: Question, language: LanguageCode) -> None:
        super().__init__()
        look = style.current()
        self._unit = question.unit
        self.number = DecimalEditor(say, name)
        self.number.line.setMaximumWidth(look.px(160))
        self.day = DayEditor(say, f"{name}: {say('Counted on')}")
        self.source = LineEditor(f"{name}: {say('Source')}", at_most=300)
        self.setFocusProxy(self.number)
        line = QHBoxLayout()
        line.setSpacing(look.px(12))
        for caption, editor, stretch in (
            (label(question.unit[language] or say("Number"), type="small"), self.number, 0),
            (label(say("Counted on"), type="small"), self.day, 0),
            (label(say("Source"), type="small"), self.source, 1),
        ):
            line.addLayout(_captioned(caption, editor), stretch)
            editor.changed.connect(self.changed)
        self._bare().addLayout(line)

    def show_value(self, value: object) -> None:
        """Show a figure."""
        found = value if isinstance(value, Figure) else Figure()
        self.number.show_value(found.value)
        self.day.show_value(found.measured_on)
        self.source.show_value(found.source)

    def value(self) -> object:
        """The figure; its number may be missing yet."""
        number, day = self.number.value(), self.day.value()
        return Figure(
            value=number if isinstance(number, Decimal) else None,
            unit=self._unit,
            measured_on=day if isinstance(day, date) else None,
            source=str(self.source.value()),
        )


def _captioned(caption: QLabel, editor: Editor) -> QVBoxLayout:
    caption.setBuddy(editor)
    found = QVBoxLayout()
    found.setSpacing(style.current().px(2))
    found.addWidget(caption)
    found.addWidget(editor)
    found.addStretch(1)
    return found


class ShortEditor(LineEditor):
    """A short text; a new one is in the language of the window."""

    def __init__(self, name: str, language: LanguageCode) -> None:
        super().__init__(name, at_most=SHORT)
        self._language: LanguageCode = language
        self._writes: LanguageCode = language

    def show_value(self, value: object) -> None:
        """Show a text."""
        found = value if isinstance(value, Passage) else Passage()
        self._language = found.language if found.text else self._writes
        super().show_value(found.text)

    def value(self) -> object:
        """The text with its language."""
        return Passage(text=str(super().value()), language=self._language)


class AnswerDayEditor(DayEditor):
    """A day that answers a question."""

    def show_value(self, value: object) -> None:
        """Show it, or nothing."""
        super().show_value(value if isinstance(value, date) else None)
