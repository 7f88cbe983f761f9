"""One question of UD's own: its words in three languages, its type, whom it is put to, and what can be answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import language_name, word
from wpsdesk.plan.model import LANGUAGES, LanguageCode, Names, Plan, UnitKind
from wpsdesk.report.questions import (
    MAX_OPTIONS,
    MAX_WORDS,
    NO_NAMES,
    WITH_OPTIONS,
    Option,
    Question,
    QuestionId,
    QuestionKind,
    free_id,
)
from wpsdesk.ui import style
from wpsdesk.ui.authority.picking import PickList
from wpsdesk.ui.controls import Choice, TextArea, button, label
from wpsdesk.ui.editors import clean
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.scrolled_dialog import scrolled_dialog


class InThree(QWidget):
    """A line, or with ``lines`` an area of text, in each of the three languages."""

    def __init__(self, say: Catalogue, name: str, *, lines: int = 0) -> None:
        super().__init__()
        self._say = say
        self.places: dict[LanguageCode, QLineEdit | TextArea] = {}
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(4))
        inside.addWidget(label(name, type="strong"))
        grid = QGridLayout()
        grid.setSpacing(style.current().px(4))
        grid.setColumnStretch(1, 1)
        inside.addLayout(grid)
        for line, code in enumerate(LANGUAGES):
            told = f"{name}, {language_name(code, say)}"
            place = TextArea(told, lines=lines) if lines else QLineEdit()
            if isinstance(place, QLineEdit):
                place.setMaxLength(MAX_WORDS)
                place.setAcceptDrops(False)
            place.setAccessibleName(told)
            caption = label(language_name(code, say), type="small")
            caption.setBuddy(place)
            self.places[code] = place
            grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop if lines else Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(place, line, 1)
        self._error = label("", tone="danger", wraps=True)
        self._error.setVisible(False)
        inside.addWidget(self._error)
        self.setFocusProxy(self.places["nb"])

    def text(self, code: LanguageCode) -> str:
        """What stands in one language."""
        place = self.places[code]
        found = place.text() if isinstance(place, QLineEdit) else place.toPlainText()
        return clean(found, at_most=MAX_WORDS * MAX_OPTIONS).strip()

    def names(self) -> Names:
        """All three, each on one line."""
        nb, nn, en = (" ".join(self.text(code).split())[:MAX_WORDS] for code in LANGUAGES)
        return Names(nb=nb, nn=nn, en=en)

    def lists(self) -> tuple[tuple[str, ...], ...]:
        """The lines that are written, language by language."""
        return tuple(
            tuple(" ".join(line.split())[:MAX_WORDS] for line in self.text(code).splitlines() if line.strip())
            for code in LANGUAGES
        )

    def show_texts(self, texts: Names) -> None:
        """Show these."""
        for code, place in self.places.items():
            if isinstance(place, QLineEdit):
                place.setText(texts[code])
            else:
                place.setPlainText(texts[code])

    def complain(self, text: str) -> None:
        """Say what is wrong; "" takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def missing(self) -> str:
        """That a language is missing, in words; "" where none is."""
        empty = [language_name(code, self._say) for code in LANGUAGES if not self.text(code)]
        return "" if not empty else self._say("Write it in all three languages: {missing}.", missing=", ".join(empty))


class QuestionDialog(QDialog):
    """Asks for a question; ``question`` is the answer once it was accepted.

    ``taken`` are the ids that others have; ``is_known`` says that somebody may have answered the question: its type
    can then no longer be another.
    """

    def __init__(
        self,
        parent: QWidget,
        plan: Plan,
        say: Catalogue,
        language: LanguageCode,
        *,
        taken: frozenset[str],
        question: Question | None = None,
        is_known: bool = False,
    ) -> None:
        super().__init__(parent)
        self._say, self._taken, self._before = say, taken, question
        self.question: Question | None = None
        title = say("Ask a question") if question is None else say("A question of UD's")
        self.setWindowTitle(title)
        self.words = InThree(say, say("The question"))
        self.hint = InThree(say, say("Help with the answer (may be left empty)"))
        self.unit = InThree(say, say("What is counted (may be left empty)"))
        self.options = InThree(say, say("What can be chosen, one on each line"), lines=3)
        self.kind = Choice(say("Type of answer"), [(kind, word(kind, say)) for kind in QuestionKind])
        self.kind.setEnabled(not is_known)
        hint = say("Somebody may have answered it, so the type stands. Ask a new question for another type.")
        self.kind_field = Field(say("Type of answer"), self.kind, hint=hint if is_known else "")
        self.required = QCheckBox(say("Must be answered"))
        self.all = QRadioButton(say("On all commitments"))
        self.some = QRadioButton(say("On chosen commitments"))
        for choice in (self.all, self.some):
            choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        titles = [(c.number, f"{c.number}  {c.titles[language]}") for c in plan.commitments]
        self.commitments: PickList[CommitmentNumber] = PickList(say, say("Commitments"), titles, lines=6)
        self.kinds = {kind: QCheckBox(word(kind, say)) for kind in UnitKind}
        self.trouble = label("", tone="danger", wraps=True)
        self.save = button(say("Add") if question is None else say("Use this"), self._take, role="primary")
        self.cancel = button(say("Cancel"), self.reject)
        self._lay_out(title)
        self._fill(question)

    def _lay_out(self, title: str) -> None:
        say = self._say
        inside = scrolled_dialog(self, title, self.cancel, self.save, width=560, height=700)
        for widget in (self.words, self.kind_field, self.unit, self.options, self.hint, self.required):
            inside.addWidget(widget)
        inside.addWidget(label(say("Asked about"), type="strong"))
        inside.addWidget(self.all)
        inside.addWidget(self.some)
        inside.addWidget(self.commitments)
        inside.addWidget(label(say("Asked of (none ticked: of all)"), type="strong"))
        inside.addWidget(flow(*self.kinds.values(), spacing=8))
        inside.addWidget(self.trouble)
        inside.addStretch(1)
        self.some.toggled.connect(self.commitments.setVisible)
        self.kind.currentIndexChanged.connect(self._show_kind)

    def _kind(self) -> QuestionKind:
        return QuestionKind(str(self.kind.chosen()))

    def _show_kind(self, _index: int = 0) -> None:
        self.unit.setVisible(self._kind() is QuestionKind.NUMBER)
        self.options.setVisible(self._kind() in WITH_OPTIONS)

    def _fill(self, question: Question | None) -> None:
        self.kind.choose(QuestionKind.YES_NO if question is None else question.kind)
        numbers = () if question is None else question.commitments
        self.all.setChecked(not numbers)
        self.some.setChecked(bool(numbers))
        self.commitments.setVisible(bool(numbers))
        self.commitments.pick(numbers)
        if question is not None:
            self.words.show_texts(question.words)
            self.hint.show_texts(question.hint)
            self.unit.show_texts(question.unit)
            nb, nn, en = ("\n".join(o.names[code] for o in question.options) for code in LANGUAGES)
            self.options.show_texts(Names(nb=nb, nn=nn, en=en))
            self.required.setChecked(question.is_required)
            for kind, box in self.kinds.items():
                box.setChecked(kind in question.kinds)
        self._show_kind()

    # -- taking ------------------------------------------------------------------------------------

    def _take(self) -> None:
        say, kind = self._say, self._kind()
        self.words.complain(self.words.missing())
        for place in (self.hint, self.unit):
            is_begun = place.names() != NO_NAMES
            place.complain(place.missing() if is_begun else "")
        options = self._options() if kind in WITH_OPTIONS else ()
        numbers = self.commitments.picked() if self.some.isChecked() else ()
        is_nowhere = self.some.isChecked() and not numbers
        self.trouble.setText(say("Choose at least one commitment.") if is_nowhere else "")
        begun = [place for place in (self.hint, self.unit) if place.names() != NO_NAMES and place.missing()]
        if self.words.missing() or begun or options is None or is_nowhere:
            return
        words = self.words.names()
        self.question = Question(
            id=QuestionId(free_id(words.nb, self._taken)) if self._before is None else self._before.id,
            kind=kind,
            words=words,
            hint=self.hint.names(),
            unit=self.unit.names() if kind is QuestionKind.NUMBER else NO_NAMES,
            options=options,
            commitments=numbers,
            kinds=tuple(each for each, box in self.kinds.items() if box.isChecked()),
            is_required=self.required.isChecked(),
        )
        self.accept()

    def _options(self) -> tuple[Option, ...] | None:
        """The options as they are written, or None where the list says what is wrong.

        One that stood before keeps its id, also where its words are mended in place.
        """
        say = self._say
        nb, nn, en = self.options.lists()
        if len(nb) < 2 or not len(nb) == len(nn) == len(en):
            self.options.complain(say("Write at least two lines, and as many in each language."))
            return None
        has_twins = any(len({line.casefold() for line in lines}) < len(lines) for lines in (nb, nn, en))
        if len(nb) > MAX_OPTIONS or has_twins:
            self.options.complain(say("No line may stand twice, and there can be at most {n}.", n=MAX_OPTIONS))
            return None
        self.options.complain("")
        return options_of(tuple(Names(nb=b, nn=n, en=e) for b, n, e in zip(nb, nn, en, strict=True)), self._before)


def options_of(written: tuple[Names, ...], before: Question | None) -> tuple[Option, ...]:
    """Options with ids: those with the same words keep theirs, then those that stand in the same place."""
    old = () if before is None else before.options
    by_words = {option.names.nb.casefold(): option for option in old}
    kept = {place: by_words[n.nb.casefold()] for place, n in enumerate(written) if n.nb.casefold() in by_words}
    left = {option.id for option in old} - {option.id for option in kept.values()}
    for place, option in enumerate(old[: len(written)]):
        if place not in kept and option.id in left:
            kept[place] = option
    taken = [option.id for option in old]
    found: list[Option] = []
    for place, names in enumerate(written):
        if place in kept:
            found.append(replace(kept[place], names=names, is_withdrawn=False))
        else:
            found.append(Option(id=free_id(names.nb, taken), names=names))
            taken.append(found[-1].id)
    return tuple(found)
