"""The head of the form: number, title and state; the plan's wording, and which of its two it is; the country."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.ids import CountryCode
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import Commitment, LanguageCode, Plan
from wpsdesk.report.states import EntryState
from wpsdesk.ui import style
from wpsdesk.ui.chips import StateChip, entry_chip
from wpsdesk.ui.controls import Choice, button, card, label
from wpsdesk.ui.flow import flow


class Heading(QWidget):
    """What is answered."""

    country_chosen = Signal(object)

    def __init__(self, say: Catalogue, language: LanguageCode, plan: Plan) -> None:
        super().__init__()
        self._say, self._language, self._plan = say, language, plan
        self._commitment: Commitment | None = None
        self._is_chapter = False
        look = style.current()
        self._title = label("", type="title", wraps=True)
        self.chip = StateChip(entry_chip(EntryState.EMPTY, messages.word(EntryState.EMPTY, say)))
        self._wording = label("", tone="muted", wraps=True)
        self._source = label("", type="small", wraps=True)
        self.other_wording = button(say("Show the other wording"), self._turn, role="link")
        self._guidance, inside = card(is_quiet=True)
        self._advice = label("", wraps=True)
        inside.addWidget(self._advice)
        self.country = Choice(say("Country"))
        self.country.activated.connect(lambda _index: self.country_chosen.emit(self.country.chosen()))
        country_label = label(say("Country"), tone="muted")
        country_label.setBuddy(self.country)
        self.country_holder = QWidget()
        beside = QHBoxLayout(self.country_holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(look.px(8))
        beside.addWidget(country_label)
        beside.addWidget(self.country)
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        top.addWidget(self._title, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(look.px(4))
        frame.addLayout(top)
        frame.addWidget(self._wording)
        frame.addWidget(flow(self._source, self.other_wording))
        frame.addWidget(self._guidance)

    @property
    def title(self) -> str:
        """Number and title."""
        return self._title.text()

    def show_commitment(self, commitment: Commitment, guidance: str) -> None:
        """Show another commitment, in the chapter's wording."""
        self._commitment, self._is_chapter = commitment, True
        self._title.setText(f"{commitment.number}  {commitment.titles[self._language]}")
        self._advice.setText(self._say("From UD: {text}", text=guidance))
        self._guidance.setVisible(bool(guidance))
        self.other_wording.setVisible(commitment.appendix != commitment.chapter)
        self._show_wording()

    def _turn(self) -> None:
        self._is_chapter = not self._is_chapter
        self._show_wording()

    def _show_wording(self) -> None:
        assert self._commitment is not None
        say = self._say
        self._wording.setText(self._commitment.chapter if self._is_chapter else self._commitment.appendix)
        self._source.setText(
            say("As the plan's chapter words it.") if self._is_chapter else say("As the plan's appendix words it.")
        )

    def show_state(self, state: EntryState) -> None:
        """The chip."""
        self.chip.show_chip(entry_chip(state, messages.word(state, self._say)))

    def _country_name(self, code: CountryCode | None) -> str:
        return self._say("Not for one country") if code is None else self._plan.country(code).names[self._language]

    def show_countries(self, countries: tuple[CountryCode | None, ...], now: CountryCode | None) -> None:
        """The countries there is an answer for; the choice is shown where there is something to choose or to know."""
        self.country.offer((code, self._country_name(code)) for code in countries)
        self.country.choose(now)
        self.country_holder.setVisible(countries != (None,))
        self.country.setEnabled(len(countries) > 1)
