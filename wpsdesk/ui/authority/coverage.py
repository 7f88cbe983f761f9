"""Coverage: who has sent what, as figures, as a matrix, and each answer to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPagedPaintDevice, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import new_file
from wpsdesk.base.ids import CommitmentNumber, UnitCode, Year
from wpsdesk.compilation.figures import CellState, Coverage
from wpsdesk.compilation.sources import Source
from wpsdesk.desk import calling, compiling
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages import Sentence, word
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.answer import AnswerPane
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.matrix import LEGEND, CoverageTable
from wpsdesk.ui.authority.matrix_view import Matrix, paint_state
from wpsdesk.ui.authority.printing import matrix_pdf, prepare, print_matrix
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import MenuButton, figure_card, label, row
from wpsdesk.ui.flow import FlowLayout
from wpsdesk.ui.page import Page
from wpsdesk.ui.scrolling import bring_up

Cell = tuple[UnitCode, CommitmentNumber]

GROUPS: Final[tuple[tuple[str, frozenset[UnitKind] | None], ...]] = (
    (N_("All units"), None),
    (N_("Ministries and Norad"), frozenset({UnitKind.MINISTRY, UnitKind.NORAD, UnitKind.AGENCY})),
    (N_("Missions and delegations"), frozenset({UnitKind.MISSION, UnitKind.DELEGATION})),
)
"""The groups of units that the matrix can be narrowed to."""


class _Swatch(QWidget):
    """A state as it stands in the matrix, beside its word in the legend."""

    def __init__(self, state: CellState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = style.current()
        return QSize(look.px(22), look.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state(painter, self._state, QRectF(self.rect()), style.current())
        painter.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What is let through: a year, an area or None for all, a group of units by its place in GROUPS."""

    year: Year | None = None
    area: str | None = None
    group: int = 0


class CoveragePage(Page):
    """The matrix and what stands around it."""

    shows = ("call", "submissions", "replies", "reviews")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._view = _View()
        self._coverage: Coverage | None = None
        self._shown: tuple[UnitCode, Year, EntryKey | None] | None = None
        self._sources: dict[UnitCode, Source] | None = None  # read when the first answer is opened
        self.years = MenuButton("")
        self.groups = MenuButton("")
        self.areas = MenuButton("")
        self.print_button = MenuButton(say("Print"))
        self.print_button.choices(((say("On a printer"), self.ask_printer), (say("To a PDF file"), self.ask_file)))
        self.header(say("Coverage"), self.years, self.groups, self.areas, self.print_button)
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
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._middle(), 1)
        self.body.addStretch(0)
        self.matrix.opened.connect(self.open_thing)
        self.matrix.moved.connect(self._follow)
        self.pane.closed.connect(self._back)
        self.pane.review_asked.connect(self._review)

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
            pair.setLayout(row(_Swatch(state), label(word(state, say), tone="muted"), spacing=6))
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
        has_call = self._coverage is not None
        self._nothing.setVisible(not has_call)
        self.split.setVisible(has_call)
        for widget in (self.groups, self.areas, self.print_button):
            widget.setEnabled(has_call)
        self._show()

    def _fill_menus(self, years: tuple[Year, ...]) -> None:
        say, plan, language = self.say, self.context.desk.plan, self.context.language
        self.years.setVisible(len(years) > 1)
        view = self._view
        self._fill(self.years, [(say("Year {year}", year=y), y == view.year, replace(view, year=y)) for y in years])
        self._fill(
            self.groups, [(say(name), i == view.group, replace(view, group=i)) for i, (name, _) in enumerate(GROUPS)]
        )
        areas = [(say("All areas"), None), *((a.names[language], a.id) for a in plan.areas)]
        self._fill(self.areas, [(name, found == view.area, replace(view, area=found)) for name, found in areas])

    def _fill(self, menu: MenuButton, lines: list[tuple[str, bool, _View]]) -> None:
        marked = next((i for i, (_, is_marked, _) in enumerate(lines) if is_marked), -1)
        menu.choices([(text, partial(self.look_at, view)) for text, _, view in lines], marked=marked)
        menu.setText(lines[marked][0] if marked >= 0 else "")

    def look_at(self, view: _View) -> None:
        """Let something else through."""
        self._view = view
        self.refresh()

    def _show(self) -> None:
        """Figures and matrix of what was read."""
        self._show_cards()
        if self._coverage is None:
            return
        here = self.table.key(self.matrix.currentIndex())
        self.table.show_coverage(self._coverage, area=self._view.area, kinds=GROUPS[self._view.group][1])
        place = self.table.place_of(*here) if here else self.table.index(0, 0)
        self.matrix.setCurrentIndex(place if place.isValid() else self.table.index(0, 0))

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
        """Open the answer of (unit, commitment)."""
        if isinstance(thing, tuple) and self._coverage is not None:
            self._open(UnitCode(thing[0]), CommitmentNumber(thing[1]))
            self.pane.text.setFocus()
            bring_up(self.scroller, self.pane)

    def _back(self) -> None:
        self.matrix.setFocus()
        bring_up(self.scroller, self.matrix)

    def _follow(self, cell: Cell | None) -> None:
        if cell is not None and self.pane.isVisible():
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
        self._shown = None if held is None else (unit, self._view.year, _first_key(held, number))
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
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def ask_file(self) -> None:
        """Ask for a file, and print what the matrix shows into it."""
        say = self.say
        name = f"dekning_{self._view.year}.pdf"
        out = choosing.new_file(self, say("To a PDF file"), folder_of(self.context) / name, kinds="PDF (*.pdf)")
        if out is None:
            return
        try:
            with new_file(out) as stream:
                stream.write(matrix_pdf(self.table, *self._captions(), self.say))
        except WpsError as fault:
            self.tell(fault)
            return
        remember(self.context, out.parent)
        told = Sentence(what=say("The matrix is printed."), kept=say("The file is {path}.", path=out), do="")
        self.context.told.emit(told, "success")

    def print_on(self, paper: QPagedPaintDevice) -> int:
        """Print what the matrix shows; returns the number of pages."""
        return print_matrix(paper, self.table, *self._captions(), self.say)

    def _captions(self) -> tuple[str, str]:
        """The title of the printed matrix, and below it whose it is, what was let through and when."""
        say, desk = self.say, self.context.desk
        filters = [menu.text() for menu in (self.groups, self.areas)]
        note = " · ".join([desk.unit.names[self.context.language], *filters, say.moment(desk.clock())])
        return say("Coverage of the reports for {year}", year=self._view.year), note

    # -- changing language -------------------------------------------------------------------------

    def place(self) -> object:
        """Year, filters and cell."""
        return self._view, self.table.key(self.matrix.currentIndex())

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 2 and isinstance(place[0], _View):
            self._view, cell = place
            self.refresh()
            if cell is not None:
                self.matrix.setCurrentIndex(self.table.place_of(*cell))


def _first_key(source: Source, number: CommitmentNumber) -> EntryKey | None:
    """The first of the unit's answers on a commitment: it may have one for each country."""
    return next((entry.key for entry in source.report.entries if entry.key.commitment == number), None)


def figures(coverage: Coverage, say: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """What a glance should give: figure, words and tone of each card."""
    counts, sent, silent = coverage.counts(), len(coverage.reporting), len(coverage.silent)
    waiting, returned = counts[CellState.RECEIVED], counts[CellState.RETURNED]
    return (
        (
            say("{part} of {whole}", part=say.number(sent), whole=say.number(len(coverage.units))),
            say("units have sent"),
            "success",
        ),
        (
            say.number(waiting),
            say.plural("answer to be reviewed", "answers to be reviewed", waiting),
            "info" if waiting else "muted",
        ),
        (
            say.number(returned),
            say.plural("answer is returned", "answers are returned", returned),
            "danger" if returned else "muted",
        ),
        (
            say.number(silent),
            say.plural("unit is missing", "units are missing", silent),
            "warning" if silent else "muted",
        ),
    )
