"""Years side by side: for each unit and commitment how it stood in every year, and what was never reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from wpsdesk.compilation.grids import Grid, GridRow, never_reported
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.ui import style
from wpsdesk.ui.authority.answer import cell_chip
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.controls import button, label, row


class YearsDialog(QDialog):
    """Shows a grid of years; a box narrows it to what no year has brought."""

    def __init__(self, parent: QWidget, say: Catalogue, grid: Grid, write: Callable[[], None]) -> None:
        super().__init__(parent)
        look, title = style.current(), say("Years side by side")
        self.setWindowTitle(title)
        self._say, self._grid = say, grid
        self.never = QCheckBox(say("Only what was never reported"))
        self.never.toggled.connect(self._show)
        self.count = label("", tone="muted", wraps=True)
        self.table: Listing[GridRow] = Listing(
            title,
            self._columns(),
            empty=say("Nothing was asked in these years."),
            how=say("A year comes here with its call."),
        )
        self.write_button = button(say("To a spreadsheet"), write)
        self.close_button = button(say("Close"), self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        inside.addLayout(row(self.never, self.count, spacing=16))
        inside.addWidget(self.table, 1)
        inside.addLayout(row(None, self.write_button, self.close_button))
        room = self.screen().availableSize()
        self.resize(min(look.px(980), room.width() - 40), min(look.px(620), room.height() - 60))
        self._show()

    def _columns(self) -> tuple[Column[GridRow], ...]:
        years = tuple(
            Column(title=head, text=partial(self._state, place), chip=partial(self._chip, place))
            for place, head in enumerate(self._grid.heads)
        )
        name: Column[GridRow] = Column(title=self._grid.corner, text=_name, is_wide=True)
        remark: Column[GridRow] = Column(title=self._say("Remark"), text=_remark)
        return (name, *years, remark)

    def _state(self, place: int, each: GridRow) -> str:
        return word(each.states[place], self._say)

    def _chip(self, place: int, each: GridRow) -> Chip:
        return cell_chip(each.states[place], self._say)

    def _show(self, _is_on: bool = False) -> None:
        rows = self._grid.rows
        if self.never.isChecked():
            rows = tuple(each for each in rows if never_reported(each.states))
        self.table.show_values(rows)
        self.count.setText(self._say.plural("{n} line", "{n} lines", len(rows)))


def _name(each: GridRow) -> str:
    return each.name


def _remark(each: GridRow) -> str:
    return each.remark
