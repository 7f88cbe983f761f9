"""One text for publication: its source, and beside it what is written; what can be done with the whole answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.messages import language_name
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, TextArea, button, card, label, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow

EDITED = "edited"
"""Beside the languages, what can be written: the text in its own language."""


class Doing(StrEnum):
    """What can be done with a whole answer, or with its text as it stands."""

    LEAVE_OUT = "leave-out"
    TELL_WITH = "tell-with"
    PUT_BACK = "put-back"
    CONFIRM = "confirm"
    CLEAR = "clear"
    TAKE_AWAY = "take-away"


class EditingPane(QWidget):
    """Told what to show by the page; says what is typed and what is asked."""

    typed = Signal()
    turned = Signal()  # another field, or another language
    meant = Signal(object, str, object)  # Doing, the reason, and the other answer

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._doing: Doing | None = None
        self.head = label("", type="head", wraps=True)
        self.state = label("", wraps=True)
        self.field = Choice(say("Which text"))
        self.what = Choice(say("What is written"))
        self.source = selectable("")
        self.source.setAccessibleName(say("What the unit has signed"))
        self.text = TextArea(say("Text for publication"), lines=6)
        self.text_field = Field(say("Text for publication"), self.text)
        self.translator = QLineEdit()
        self.translator.setMaxLength(100)
        self.translator_field = Field(
            say("Translated by"), self.translator, hint=say("Stands in the report. Leave it empty to name nobody.")
        )
        self.buttons = {doing: button(_word(doing, say), self._asker(doing)) for doing in Doing}
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason_field = Field(say("Why"), self.reason, hint=say("Is kept with your name, and is not published."))
        self.other = Choice(say("The answer that it is told in"))
        self.other.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.other_field = Field(say("The answer that it is told in"), self.other)
        self.do_button = button("", self._do)
        self.cancel_button = button(say("Cancel"), self.put_away)
        self._lay_out()
        self.text.textChanged.connect(self.typed.emit)
        self.translator.textEdited.connect(self._on_translator)
        self.field.activated.connect(self._on_turn)
        self.what.activated.connect(self._on_turn)
        self.reason.returnPressed.connect(self._do)

    def _lay_out(self) -> None:
        look, say = style.current(), self._say
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(10))
        inside.addWidget(self.head)
        inside.addWidget(self.state)
        self.choices = flow(self.field, self.what, spacing=10)
        inside.addWidget(self.choices)
        self.signed, quiet = card(is_quiet=True)
        quiet.addWidget(label(say("What the unit has signed"), type="strong"))
        quiet.addWidget(self.source)
        inside.addWidget(self.signed)
        inside.addWidget(self.text_field)
        inside.addWidget(self.translator_field)
        self.doings = flow(*self.buttons.values(), spacing=8)
        inside.addWidget(self.doings)
        self.form, asked = card()
        self.form_title = label("", type="strong")
        for widget in (self.form_title, self.reason_field, self.other_field, flow(self.do_button, self.cancel_button)):
            asked.addWidget(widget)
        inside.insertWidget(2, self.form)
        self.form.setVisible(False)

    # -- showing -----------------------------------------------------------------------------------

    def show_frame(self, title: str, text: str, language: LanguageCode, told: str) -> None:
        """One of UD's own texts in one language."""
        say = self._say
        self._show(title, told, tuple((code, language_name(code, say)) for code in LANGUAGES), language)
        for widget in (self.field, self.signed, self.translator_field, self.doings):
            widget.setVisible(False)
        self._put_text(text, say("Text for the report"))

    def show_answer(
        self, title: str, told: str, *, fields: tuple[tuple[str, str], ...], field: str, what: str, own: LanguageCode
    ) -> None:
        """One text of an answer; ``own`` is the language that it is written in. The texts themselves come after."""
        say = self._say
        others = [
            (code, say("Translation: {language}", language=language_name(code, say).lower()))
            for code in LANGUAGES
            if code != own
        ]
        self._show(title, told, ((EDITED, say("Edited text")), *others), what)
        self.field.offer(fields)
        self.field.choose(field)
        for widget in (self.field, self.signed, self.doings):
            widget.setVisible(True)

    def show_texts(self, source: str, text: str, translator: str | None) -> None:
        """The source, and what is written; ``translator`` None: it is no translation."""
        say = self._say
        self.source.setText(source or say("Nothing is written here."))
        self.translator_field.setVisible(translator is not None)
        if translator is not None and self.translator.text() != translator:
            self.translator.setText(translator)
        self._put_text(text, say("Text for publication") if translator is None else say("Translation"))

    def offer(self, doings: frozenset[Doing], others: tuple[tuple[object, str], ...]) -> None:
        """What can be done now, and the answers that this one could be told in."""
        for doing, found in self.buttons.items():
            found.setVisible(doing in doings)
        self.other.offer(others)

    def _show(self, title: str, told: str, whats: tuple[tuple[str, str], ...], what: str) -> None:
        self.head.setText(title)
        self.state.setText(told)
        self.state.setVisible(bool(told))
        self.what.offer(whats)
        self.what.choose(what)

    def _put_text(self, text: str, name: str) -> None:
        if self.text.toPlainText() == text:
            return
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self.text.setAccessibleName(name)

    # -- asking ------------------------------------------------------------------------------------

    def _asker(self, doing: Doing) -> Callable[[], None]:
        def ask() -> None:
            self._ask(doing)

        return ask

    def _ask(self, doing: Doing) -> None:
        """Ask for what is missing, or do it at once."""
        if doing not in (Doing.LEAVE_OUT, Doing.CLEAR, Doing.TELL_WITH):
            self.meant.emit(doing, "", None)
            return
        self._doing = doing
        needs_other = doing is Doing.TELL_WITH
        self.form_title.setText(_word(doing, self._say))
        self.do_button.setText(_word(doing, self._say))
        self.reason_field.setVisible(not needs_other)
        self.other_field.setVisible(needs_other)
        self.reason.clear()
        self.reason_field.show_error("")
        self.form.setVisible(True)
        (self.other if needs_other else self.reason).setFocus(Qt.FocusReason.TabFocusReason)

    def _do(self) -> None:
        if self._doing is None:
            return
        if self._doing is not Doing.TELL_WITH and not self.reason.text().strip():
            self.reason_field.show_error(self._say("Write in a sentence why."))
            return
        doing, other = self._doing, self.other.chosen()
        reason = self.reason.text()
        self.put_away()
        self.meant.emit(doing, reason, other)

    def put_away(self) -> None:
        """Ask for nothing any more."""
        self._doing = None
        self.form.setVisible(False)

    def _on_translator(self, _text: str) -> None:
        self.typed.emit()

    def _on_turn(self, _index: int) -> None:
        self.turned.emit()


def _word(doing: Doing, say: Catalogue) -> str:
    match doing:
        case Doing.LEAVE_OUT:
            return say("Leave out of the report")
        case Doing.TELL_WITH:
            return say("Tell together with another")
        case Doing.PUT_BACK:
            return say("Put back in its own place")
        case Doing.CONFIRM:
            return say("What is written still holds")
        case Doing.CLEAR:
            return say("The text may be public")
        case Doing.TAKE_AWAY:
            return say("Use the unit's own text")
