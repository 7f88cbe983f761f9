"""Coverage: who has sent what, as figures, as a matrix, and each answer to be read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.compilation.figures import CellState, Coverage, gravest
from wpsdesk.compilation.grids import Filter, Grid, of_country
from wpsdesk.compilation.sources import Source
from wpsdesk.desk.call import calling
from wpsdesk.desk.publication import compiling, covering
from wpsdesk.desk.publication.covering import By, Question
from wpsdesk.messages import Sentence, word
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority import reminding_units
from wpsdesk.ui.authority.answer import AnswerPane
from wpsdesk.ui.authority.coverage_parts import GROUPS, STATES, Swatch, View, all_years, figures, first_key
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.matrix import LEGEND, CoverageTable, Line
from wpsdesk.ui.authority.matrix_view import Matrix
from wpsdesk.ui.authority.printing import prepare, print_matrix
from wpsdesk.ui.authority.reminder_notice import ReminderNotice
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.authority.years_dialog import YearsDialog
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import MenuButton, button, figure_card, label, row
from wpsdesk.ui.flow import FlowLayout
from wpsdesk.ui.modal import is_accepted, show_over
from wpsdesk.ui.page import Page
from wpsdesk.ui.scrolling import bring_up

Cell = tuple[UnitCode, CommitmentNumber]


class CoveragePage(Page):
    """The matrix and what stands around it."""

    shows = ("call", "submissions", "replies", "reviews")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._view = View()
        self._coverage: Coverage | None = None
        self._shown: tuple[UnitCode, Year, EntryKey | None] | None = None
        self._sources: dict[UnitCode, Source] | None = None  # read when the first answer is opened
        self._build_menus()
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        self.body.addLayout(self._cards)
        self.table = CoverageTable(context.desk.plan, say, context.language, self)
        self.matrix = Matrix(say("Coverage, units by commitments"), self.table)
        self.pane = AnswerPane(context.desk.plan, say, context.language)
        self._nothing = label(
            say("There is no call for reports yet. Make one under “Call”, and those who are asked stand here."),
            tone="muted", wraps=True,
        )  # fmt: skip
        self.notice = ReminderNotice(context, say("Write reminders"))
        self.notice.wanted.connect(self.write_reminders)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._middle(), 1)
        self.body.addStretch(0)
        self.copy_button = button(say("Copy a reminder"), self.copy_reminder)
        self.remind_button = button(say("Write reminders"), self.write_reminders)
        self.footer(self.copy_button, self.remind_button)
        self.matrix.opened.connect(self.open_thing)
        self.matrix.moved.connect(self._follow)
        self.pane.closed.connect(self._back)
        self.pane.review_asked.connect(self._review)

    def _build_menus(self) -> None:
        say = self.say
        self.years = MenuButton("")
        self.groups = MenuButton("")
        self.areas = MenuButton("")
        self.views = MenuButton("")
        self.states = MenuButton("")
        self.print_button = MenuButton(say("Print"))
        self.print_button.choices(
            (
                (say("On a printer"), self.ask_printer),
                (say("To a PDF file"), partial(self.ask_file, "pdf")),
                (say("To a spreadsheet"), partial(self.ask_file, "xlsx")),
                (say("To comma-separated values"), partial(self.ask_file, "csv")),
            )
        )
        self.compare_button = button(say("Years side by side"), self.compare_years)
        menus = (self.compare_button, self.years, self.views, self.groups, self.areas, self.states)
        self.header(say("Coverage"), *menus, self.print_button)

    def _middle(self) -> QWidget:
        """The matrix with its legend, and at the right the answer that is open."""
        say, look = self.say, style.current()
        left = QWidget()
        left.setMinimumWidth(look.px(400))
        self.pane.setMinimumSize(look.px(300), look.px(240))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(10))
        self.matrix.setMinimumHeight(look.px(200))
        inside.addWidget(self.matrix, 1)
        legend = FlowLayout(spacing=14)
        for state in LEGEND:
            pair = QWidget()
            pair.setLayout(row(Swatch(state), label(word(state, say), tone="muted"), spacing=6))
            legend.addWidget(pair)
        inside.addLayout(legend)
        inside.addWidget(
            label(
                say("Blank: the unit is not asked. Arrow keys move, Enter opens the answer, Escape closes it."),
                type="small", wraps=True,
            )
        )  # fmt: skip
        self.split = Beside(left, self.pane, shares=(3, 2))
        return self.split

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the coverage of the year again."""
        desk = self.context.desk
        years = calling.years(desk)
        if self._view.year not in years:
            self._view = replace(self._view, year=years[0] if years else None)
        self._sources = None
        self._coverage = None if self._view.year is None else compiling.coverage(desk, self._view.year)
        self._fill_menus(years)
        self.notice.refresh()
        if self._view.year not in years[:1]:
            self.notice.hide()  # it speaks of the latest call
        has_call = self._coverage is not None
        self._nothing.setVisible(not has_call)
        self.split.setVisible(has_call)
        for action in (self.copy_button, self.remind_button):
            action.setVisible(has_call)
        for widget in (self.views, self.states, self.groups, self.areas, self.print_button):
            widget.setEnabled(has_call)
        self._show()

    def _fill_menus(self, years: tuple[Year, ...]) -> None:
        say, plan, language = self.say, self.context.desk.plan, self.context.language
        self.years.setVisible(len(years) > 1)
        self.compare_button.setVisible(len(years) > 1)
        view = self._view
        self._fill(self.years, [(say("Year {year}", year=y), y == view.year, replace(view, year=y)) for y in years])
        self._fill(
            self.groups, [(say(name), i == view.group, replace(view, group=i)) for i, (name, _) in enumerate(GROUPS)]
        )
        self._fill(
            self.states, [(say(name), i == view.state, replace(view, state=i)) for i, (name, _) in enumerate(STATES)]
        )
        by: list[tuple[str, bool, By, CountryCode | None]] = [
            (word(each, say), each is view.by and view.country is None, each, None) for each in By
        ]
        if view.country is not None:
            by.append((self._country_name(view.country), True, By.UNIT, view.country))
        self._fill(self.views, [(name, is_it, replace(view, by=b, country=c)) for name, is_it, b, c in by])
        areas = [(say("All areas"), None), *((a.names[language], a.id) for a in plan.areas)]
        self._fill(self.areas, [(name, found == view.area, replace(view, area=found)) for name, found in areas])

    def _fill(self, menu: MenuButton, lines: list[tuple[str, bool, View]]) -> None:
        marked = next((i for i, (_, is_marked, _) in enumerate(lines) if is_marked), -1)
        menu.choices([(text, partial(self.look_at, view)) for text, _, view in lines], marked=marked)
        menu.setText(lines[marked][0] if marked >= 0 else "")

    def look_at(self, view: View) -> None:
        """Let something else through."""
        self._view = view
        self.refresh()

    def _show(self) -> None:
        """Figures and matrix of what was read."""
        self._show_cards()
        if self._coverage is None:
            return
        here = self.table.key(self.matrix.currentIndex())
        self._show_table(self._coverage)
        place = self.table.place_of(*here) if here else self.table.index(0, 0)
        self.matrix.setCurrentIndex(place if place.isValid() else self.table.index(0, 0))

    def _show_table(self, coverage: Coverage) -> None:
        """Units, the units that one country concerns, or countries."""
        desk, view = self.context.desk, self._view
        assert view.year is not None
        kinds, states = GROUPS[view.group][1], STATES[view.state][1]
        if view.by is By.UNIT and view.country is None:
            self.table.show_coverage(coverage, area=view.area, kinds=kinds, states=states)
            return
        about = covering.states_by_country(desk, view.year)
        if view.by is By.UNIT:
            found = of_country(coverage, about, view.country)
            self.table.show_coverage(found, area=view.area, kinds=kinds, states=states)
            return
        concerned = {unit.code for unit in coverage.units if kinds is None or unit.kind in kinds}
        cells = {
            (code or "", number): gravest(state for unit, state in held.items() if unit in concerned)
            for (code, number), held in about.items()
        }
        codes = [*(c.code for c in calling.require_call(desk, view.year).focus_countries), None]
        lines = tuple(
            Line(
                code=code or "", label=self._country_name(code), name=self._country_name(code), group=int(code is None)
            )
            for code in codes
        )
        self.table.show_lines(lines, cells, area=view.area, states=states)

    def _country_name(self, code: CountryCode | None) -> str:
        if code is None:
            return self.say("Not for one country")
        return self.context.desk.plan.country(code).names[self.context.language]

    def _show_cards(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if self._coverage is None:
            return
        for figure, words, tone in figures(self._coverage, self.say):
            found = figure_card(figure, words, tone=tone)
            for text in found.findChildren(QLabel):
                text.setMinimumWidth(0)  # four cards stand side by side at any size of text
            self._cards.addWidget(found, 1)

    @property
    def glance(self) -> tuple[str, ...]:
        """What the cards say, as a screen reader hears it."""
        found = (self._cards.itemAt(place) for place in range(self._cards.count()))
        cards = (None if item is None else item.widget() for item in found)
        return tuple(card.accessibleName() for card in cards if card is not None)

    # -- the answer --------------------------------------------------------------------------------

    def open_thing(self, thing: object) -> None:
        """Open the answer of (unit, commitment); where one of them is None, stand on the other's row or column."""
        if isinstance(thing, tuple) and None in thing:
            self._stand_on(*thing)
            return
        if isinstance(thing, tuple) and self._view.by is By.COUNTRY:
            if thing[0]:  # from a country to the units that it concerns
                self.look_at(replace(self._view, by=By.UNIT, country=CountryCode(thing[0])))
                self.matrix.setFocus()
            return
        if isinstance(thing, tuple) and self._coverage is not None:
            self._open(UnitCode(thing[0]), CommitmentNumber(thing[1]))
            self.pane.text.setFocus()
            bring_up(self.scroller, self.pane)

    def _stand_on(self, unit: UnitCode | None, number: CommitmentNumber | None) -> None:
        self.look_at(View(year=self._view.year))
        if not self.table.units or not self.table.numbers:
            return
        place = self.table.place_of(unit or UnitCode(self.table.units[0].code), number or self.table.numbers[0])
        if place.isValid():
            self.matrix.setCurrentIndex(place)
        self.matrix.setFocus()

    def _back(self) -> None:
        self.matrix.setFocus()
        bring_up(self.scroller, self.matrix)

    def _follow(self, cell: Cell | None) -> None:
        if cell is not None and self.pane.isVisible() and self._view.by is By.UNIT:
            self._open(*cell)

    def _open(self, unit: UnitCode, number: CommitmentNumber) -> None:
        assert self._coverage is not None
        assert self._view.year is not None
        if self._sources is None:
            found = compiling.sources(self.context.desk, self._view.year)
            self._sources = {source.unit.code: source for source in found}
        held = self._sources.get(unit)
        say, source = self.say, ""
        if held is not None:
            source = say(
                "Report no. {number}, signed by {name}, {when}.",
                number=held.seq, name=held.signed_by, when=say.moment(held.signed_at),
            )  # fmt: skip
        self._shown = None if held is None else (unit, self._view.year, first_key(held, number))
        asked = next(u for u in self._coverage.units if u.code == unit)
        state = self._coverage.cell(unit, number)
        self.pane.show_answer(asked, number, state, None if held is None else held.report, source)

    def _review(self) -> None:
        if self._shown is not None:
            self.context.asked.emit("review", self._shown)

    # -- paper -------------------------------------------------------------------------------------

    def ask_printer(self) -> None:
        """Ask which printer (or which PDF file), then print what the matrix shows."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.title)
        prepare(printer)
        dialog = QPrintDialog(printer, self)
        if is_accepted(dialog):
            self.print_on(printer)

    def ask_file(self, form: str) -> None:
        """Ask for a file, and write what the matrix shows into it: "pdf" (tagged), "xlsx" or "csv"."""
        question = self._question()
        if question is not None:
            self._write(form, question)

    def _write(self, form: str, question: Question) -> None:
        say, desk = self.say, self.context.desk
        kinds = {"pdf": "PDF (*.pdf)", "xlsx": "XLSX (*.xlsx)", "csv": "CSV (*.csv)"}[form]
        name = f"dekning_{'-'.join(str(year) for year in question.years)}.{form}"
        out = choosing.new_file(self, say("Where is it to lie?"), folder_of(self.context) / name, kinds=kinds)
        if out is None:
            return
        self.context.jobs.start(
            lambda _progress: covering.write_grid(desk, question, out),
            owner=self, title=say("Writing"), done=lambda _grid: self._written(out), failed=self.tell,
        )  # fmt: skip

    def _written(self, out: Path) -> None:
        say = self.say
        remember(self.context, out.parent)
        told = Sentence(what=say("The coverage is written."), kept=say("The file is {path}.", path=out), do="")
        self.context.told.emit(told, "success")

    def compare_years(self) -> None:
        """Show how every unit and commitment stood in each year that there is a call for."""
        desk, question = self.context.desk, all_years(self.context, self._view)
        self.context.jobs.start(
            lambda _progress: covering.grid(desk, question),
            owner=self, title=self.say("Reading the years"), done=self._show_years, failed=self.tell,
        )  # fmt: skip

    def _show_years(self, grid: Grid) -> None:
        question = all_years(self.context, self._view)
        self.side_by_side = YearsDialog(self, self.say, grid, partial(self._write, "xlsx", question))
        show_over(self.side_by_side)

    def _question(self) -> Question | None:
        """What the page shows, as the desk is asked for it."""
        view = self._view
        if view.year is None:
            return None
        kinds, states = GROUPS[view.group][1], STATES[view.state][1]
        let = Filter(
            kinds=frozenset(UnitKind) if kinds is None else kinds,
            area=view.area,
            states=frozenset(CellState) if states is None else states,
        )
        return Question(years=(view.year,), by=view.by, let=let, country=view.country, language=self.say.language)

    def print_on(self, paper: QPagedPaintDevice) -> int:
        """Print what the matrix shows; returns the number of pages."""
        return print_matrix(paper, self.table, *self._captions(), self.say)

    def _captions(self) -> tuple[str, str]:
        """The title of the printed matrix, and below it whose it is, what was let through and when."""
        say, desk = self.say, self.context.desk
        filters = [menu.text() for menu in (self.views, self.groups, self.areas, self.states)]
        note = " · ".join([desk.unit.names[self.context.language], *filters, say.moment(desk.clock())])
        return say("Coverage of the reports for {year}", year=self._view.year), note

    # -- reminders ---------------------------------------------------------------------------------

    def copy_reminder(self) -> None:
        """Put a reminder to the unit that one stands on in the clipboard, ready to be mailed."""
        say, year, here = self.say, self._view.year, self.table.key(self.matrix.currentIndex())
        if year is None or here is None or self._view.by is By.COUNTRY:
            told = Sentence(what=say("Stand on a unit in the matrix first."), kept="", do="")
            self.context.told.emit(told, "info")
            return
        reminding_units.copy_reminder(self, here[0], year)

    def write_reminders(self) -> None:
        """Ask for a folder, and write a reminder to every unit that owes something."""
        if self._view.year is not None:
            reminding_units.write_reminders(self, self._view.year, self.notice.refresh)

    # -- changing language -------------------------------------------------------------------------

    def place(self) -> object:
        """Year, filters and cell."""
        return self._view, self.table.key(self.matrix.currentIndex())

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 2 and isinstance(place[0], View):
            self._view, cell = place
            self.refresh()
            if cell is not None:
                self.matrix.setCurrentIndex(self.table.place_of(*cell))
