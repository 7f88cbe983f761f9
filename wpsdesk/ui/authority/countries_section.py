"""Focus countries on the page of the call: a new one, or the end of one, holds from a day without a new plan."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk.base.ids import COUNTRY_CODE, CountryCode
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import FocusCountry, LanguageCode
from wpsdesk.ui import style
from wpsdesk.ui.authority.days import day_field, day_in
from wpsdesk.ui.authority.question_dialog import InThree
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.fields import Field, line_field
from wpsdesk.ui.flow import headed_line
from wpsdesk.ui.modal import is_accepted

Countries = tuple[FocusCountry, ...]


def country_columns(say: Catalogue, language: LanguageCode) -> tuple[Column[FocusCountry], ...]:
    """What a list of focus countries tells of each."""
    return (
        Column(title=say("Code"), text=lambda c: c.code),
        Column(title=say("Country"), text=lambda c: c.names[language], is_wide=True),
        Column(title=say("From"), text=lambda c: say.date(c.valid_from)),
        Column(title=say("To"), text=lambda c: "–" if c.valid_to is None else say.date(c.valid_to)),
    )


class CountriesSection(QWidget):
    """Told which countries stand on the page; gives them back as they have become. None is ever taken away."""

    changed = Signal()
    list_asked = Signal()
    """A table of countries is to be loaded."""

    def __init__(self, say: Catalogue, language: LanguageCode) -> None:
        super().__init__()
        self._say, self._language = say, language
        self._countries: Countries = ()
        self._year = 0
        self.list: Listing[FocusCountry] = Listing(
            say("Focus countries"),
            country_columns(say, language),
            empty=say("No focus countries."),
            how=say("Add a country, or load a list of them, and units can be asked about them."),
        )
        self.add_button = button(say("Add a country"), self.add)
        self.load_button = button(say("Load a list"), self.list_asked.emit)
        self.edit_button = button(say("Change"), self.edit)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(8))
        head = label(say("Focus countries"), type="head")
        inside.addLayout(headed_line(head, self.add_button, self.load_button, self.edit_button))
        told = say("A country that has ended before the year begins is no longer asked about. Older answers are kept.")
        inside.addWidget(label(told, type="small", wraps=True))
        inside.addWidget(self.list, 1)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self._enable()

    def show_countries(self, countries: Countries, year: int, stand_on: str = "") -> None:
        """Show these; a new one is offered from the beginning of ``year``."""
        self._countries, self._year = countries, year
        self.list.show_values(countries, current=lambda c: c.code == stand_on)
        self._enable()

    def countries(self) -> Countries:
        """The countries as they stand."""
        return self._countries

    def _on_chosen(self, _country: object) -> None:
        self._enable()

    def _on_opened(self, _country: object) -> None:
        self.edit()

    def _enable(self) -> None:
        self.edit_button.setEnabled(self.list.current() is not None)

    def add(self) -> None:
        """Ask for one more."""
        taken = frozenset(each.code for each in self._countries)
        dialog = CountryDialog(self, self._say, taken=taken, year=self._year)
        if is_accepted(dialog) and dialog.country is not None:
            self.show_countries((*self._countries, dialog.country), self._year, dialog.country.code)
            self.changed.emit()

    def edit(self) -> None:
        """Change the days of the one that one stands on."""
        current = self.list.current()
        if current is None:
            return
        dialog = CountryDialog(self, self._say, taken=frozenset(), year=self._year, country=current)
        made = dialog.country if is_accepted(dialog) else None
        if made is not None:
            found = tuple(made if each.code == current.code else each for each in self._countries)
            self.show_countries(found, self._year, made.code)
            self.changed.emit()


class CountryDialog(QDialog):
    """Asks for a focus country; ``country`` is the answer once it was accepted."""

    def __init__(
        self,
        parent: QWidget,
        say: Catalogue,
        *,
        taken: frozenset[CountryCode],
        year: int,
        country: FocusCountry | None = None,
    ) -> None:
        super().__init__(parent)
        self._say, self._taken, self._before = say, taken, country
        self.country: FocusCountry | None = None
        title = say("Add a country") if country is None else say("A focus country")
        self.setWindowTitle(title)
        self.code_field, self.code = line_field(say("Code"), hint=say("Two capital letters, as in ISO 3166: NE"))
        self.names = InThree(say, say("Name"))
        starts = date(year, 1, 1) if country is None else country.valid_from
        ends = date(year, 12, 31) if country is None or country.valid_to is None else country.valid_to
        self.starts = day_field(say, say("Focus country from"), starts)
        self.has_end = QCheckBox(say("It ends"))
        self.has_end.setChecked(country is not None and country.valid_to is not None)
        self.ends = day_field(say, say("Last day as focus country"), ends)
        self.ends_field = Field(say("Last day as focus country"), self.ends)
        self.ends.setEnabled(self.has_end.isChecked())
        self.has_end.toggled.connect(self.ends.setEnabled)
        if country is not None:
            self.code.setText(country.code)
            self.code.setEnabled(False)
            self.names.show_texts(country.names)
        self._lay_out(title)

    def _lay_out(self, title: str) -> None:
        look, say = style.current(), self._say
        self.save = button(say("Add") if self._before is None else say("Use this"), self._take, role="primary")
        self.cancel = button(say("Cancel"), self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        for widget in (
            self.code_field, self.names, Field(say("Focus country from"), self.starts), self.has_end, self.ends_field,
        ):  # fmt: skip
            inside.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        inside.addStretch(1)
        inside.addLayout(foot)
        self.resize(look.px(440), self.sizeHint().height())

    def _take(self) -> None:
        say, code = self._say, self.code.text().strip().upper()
        is_code = COUNTRY_CODE.fullmatch(code) is not None
        self.code_field.show_error("" if is_code else say("Write two capital letters."))
        if is_code and self._before is None and code in self._taken:
            self.code_field.show_error(say("This country stands there already."))
            is_code = False
        self.names.complain(self.names.missing())
        starts, ends = day_in(self.starts), day_in(self.ends) if self.has_end.isChecked() else None
        is_backwards = ends is not None and ends < starts
        self.ends_field.show_error(say("It ends before it begins.") if is_backwards else "")
        if not is_code or self.names.missing() or is_backwards:
            return
        self.country = FocusCountry(code=CountryCode(code), names=self.names.names(), valid_from=starts, valid_to=ends)
        self.accept()
