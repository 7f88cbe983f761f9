"""Turning from the year that is reported to an earlier one, which is read in its place, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.report.model import EntryKey
from wpsdesk.ui.context import Context
from wpsdesk.ui.reporter.commitments import CommitmentList
from wpsdesk.ui.reporter.split import ListAndAnswer

if TYPE_CHECKING:
    from wpsdesk.ui.reporter.earlier import EarlierYears


class Reading(QObject):
    """Puts the reader in the place of what is written; it is made when an earlier year is first asked for."""

    def __init__(self, context: Context, list_: CommitmentList, writing: ListAndAnswer, frame: QVBoxLayout) -> None:
        super().__init__(writing)
        self._context, self._list, self._writing, self._frame = context, list_, writing, frame
        self._year = Year(0)  # the one that is reported
        self.earlier: EarlierYears | None = None

    @property
    def is_on(self) -> bool:
        """Whether an earlier year is read, and nothing can be written."""
        return self.earlier is not None and not self.earlier.isHidden()

    @property
    def place(self) -> tuple[Year, EntryKey | None] | None:
        """What is read, for :meth:`read`; None where nothing is."""
        return (self.earlier.year, self.earlier.key) if self.earlier is not None and self.is_on else None

    def show_years(self, year: Year) -> None:
        """Offer the years there are in the list; ``year`` is the one that is reported."""
        self._year = year
        self._list.show_years(self._years(), year)

    def _years(self) -> tuple[Year, ...]:
        return (self._year, *drafting.earlier_years(self._context.desk, self._year))

    def read(self, year: int, key: EntryKey | None) -> None:
        """Read the answers of an earlier year, first the answer ``key``; the year that is reported leads back."""
        if year >= self._year:
            self.stop()
            return
        if self.earlier is None:
            from wpsdesk.ui.reporter.earlier import EarlierYears

            self.earlier = EarlierYears(self._context)
            self.earlier.hide()
            self.earlier.left.connect(self.stop)
            self.earlier.year_chosen.connect(self._on_year)
            self._frame.insertWidget(0, self.earlier, 1)
        self._list.show_years(self._years(), self._year)
        self._writing.hide()
        self.earlier.show()
        self.earlier.show_year(Year(year), self._years(), key)
        self.earlier.list.years.setFocus()  # so that the next press of an arrow is one year more

    def _on_year(self, year: int) -> None:
        self.read(year, None if self.earlier is None else self.earlier.key)

    def stop(self) -> None:
        """Back to the answer that is being written."""
        if self.earlier is not None and self.is_on:
            self.earlier.hide()
            self._writing.show()
            self._list.view.setFocus()
