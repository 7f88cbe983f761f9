"""A unit's answer on one commitment, to be read beside the matrix."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from wpsdesk import messages
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.compilation.figures import CellState
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.values import answer_words
from wpsdesk.plan.model import LanguageCode, Plan, Unit
from wpsdesk.report.model import NARRATIVE, OPEN, Entry, Report
from wpsdesk.report.states import is_empty
from wpsdesk.ui import style
from wpsdesk.ui.authority.answer_sources import write_sources
from wpsdesk.ui.authority.matrix import SIGNS, TONES, unit_name
from wpsdesk.ui.authority.reading import Reading
from wpsdesk.ui.chips import Chip, StateChip
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.signs import Sign


def cell_chip(state: CellState, say: Catalogue) -> Chip:
    """The chip of a cell's state."""
    return Chip(sign=SIGNS[state] or Sign.BOX, word=messages.word(state, say), tone=TONES[state] or "neutral")


class AnswerPane(QFrame):
    """The answer that was opened. Escape closes it."""

    closed = Signal()
    review_asked = Signal()

    def __init__(self, plan: Plan, say: Catalogue, language: LanguageCode) -> None:
        super().__init__()
        look = style.current()
        self._plan, self._say, self._language = plan, say, language
        self.setObjectName("card")
        self._title = label("", type="head", wraps=True)
        self._chip = StateChip(cell_chip(CellState.MISSING, say))
        self.close_button = button(say("Close"), self.close_pane)
        self.close_button.setAccessibleName(say("Close the answer"))
        self.review_button = button(say("Review it"), self.review_asked.emit)
        self.text = Reading(say("The unit's answer"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        inside.setSpacing(look.px(8))
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.review_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(top)
        inside.addWidget(self._chip)
        inside.addWidget(self.text, 1)
        self.setVisible(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_pane()
        else:
            super().keyPressEvent(event)

    def close_pane(self) -> None:
        """Put it away."""
        self.setVisible(False)
        self.closed.emit()

    def show_answer(
        self, unit: Unit, number: CommitmentNumber, state: CellState, report: Report | None, source: str
    ) -> None:
        """Show what ``unit`` says on commitment ``number``; ``source`` tells where the words come from."""
        say = self._say
        title = say("{unit}, commitment {number}", unit=unit_name(unit, self._language), number=number)
        self._title.setText(title.replace(f" {number}", f"\u00a0{number}"))
        self._chip.show_chip(cell_chip(state, say))
        text = self.text
        text.start()
        text.add(self._plan.commitment(number).titles[self._language], "strong")
        entries = [] if report is None else [e for e in report.entries if e.key.commitment == number]
        for entry in entries:
            write_entry(text, entry, self._plan, say, self._language)
        self.review_button.setVisible(bool(entries))
        if not entries:
            text.add(self._absence(state, report), space=8)
        if entries and source:
            text.add(source, "muted", space=12)
        text.finish()
        self.setVisible(True)

    def _absence(self, state: CellState, report: Report | None) -> str:
        say = self._say
        if state is CellState.NOT_ASKED:
            return say("The call does not ask this unit about this commitment, and it has said nothing of it.")
        if report is None:
            return say("Nothing has come from this unit for the year.")
        return say("The unit has sent its report, but no answer on this commitment.")


def write_entry(text: Reading, entry: Entry, plan: Plan, say: Catalogue, language: LanguageCode) -> None:
    """Write everything an entry says as paragraphs."""
    country = plan.country(entry.key.country).names[language] if entry.key.country else say("Not country-specific")
    text.add(country, "head", space=12)
    facts = [messages.word(entry.part, say)]
    if entry.status is not None:
        facts.append(messages.word(entry.status, say))
    text.add(" · ".join(facts), "muted")
    if entry.access != OPEN:
        text.add(_access(entry, say), "strong", space=4)
    if is_empty(entry):
        text.add(say("Nothing is written here."), "muted", space=8)
    for field in NARRATIVE:
        passage = entry.passage(field)
        if passage.text.strip():
            text.add(messages.field_name(field, say), "strong", space=10)
            text.add(passage.text)
    _write_lists(text, entry, say)
    write_sources(text, entry, say)


def _access(entry: Entry, say: Catalogue) -> str:
    words = [messages.word(entry.access.scope, say)]
    if entry.access.basis is not None:
        words.append(messages.word(entry.access.basis, say))
    return ", ".join(words)


def _write_lists(text: Reading, entry: Entry, say: Catalogue) -> None:
    """Indicators, partners and evidence, a line each."""
    groups = (
        ("questions", [answer_words(answer, say) for answer in entry.questions]),
        (
            "indicators",
            [
                f"{i.name}: {'–' if i.value is None else say.number(i.value)} {i.unit}".strip()
                + (f" ({say.date(i.measured_on)})" if i.measured_on else "")
                for i in entry.indicators
            ],
        ),
        ("partners", [f"{p.name} · {messages.word(p.kind, say)}" for p in entry.partners]),
        ("evidence", [f"{e.title} · {e.name} · {say.size(e.size)}" for e in entry.evidence]),
    )
    for field, lines in groups:
        if lines:
            text.add(messages.field_name(field, say), "strong", space=10)
            for line in lines:
                text.add(line)
