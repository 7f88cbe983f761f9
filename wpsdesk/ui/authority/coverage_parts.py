"""What stands around the matrix: what it can be narrowed to, the signs of its legend, the figures at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.compilation.figures import CellState, Coverage
from wpsdesk.compilation.grids import Filter
from wpsdesk.compilation.sources import Source
from wpsdesk.desk.call import calling
from wpsdesk.desk.publication.covering import By, Question
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.plan.model import UnitKind
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import style
from wpsdesk.ui.authority.matrix_view import paint_state
from wpsdesk.ui.context import Context

GROUPS: Final[tuple[tuple[str, frozenset[UnitKind] | None], ...]] = (
    (N_("All units"), None),
    (N_("Ministries and Norad"), frozenset({UnitKind.MINISTRY, UnitKind.NORAD, UnitKind.AGENCY})),
    (N_("Missions and delegations"), frozenset({UnitKind.MISSION, UnitKind.DELEGATION})),
    (N_("Civil society"), frozenset({UnitKind.CIVIL_SOCIETY})),
)
"""The groups of units that the matrix can be narrowed to."""


STATES: Final[tuple[tuple[str, frozenset[CellState] | None], ...]] = (
    (N_("All states"), None),
    (N_("Only late"), frozenset({CellState.LATE})),
    (N_("Only missing"), frozenset({CellState.MISSING, CellState.LATE})),
    (N_("Only to be reviewed"), frozenset({CellState.RECEIVED})),
    (N_("Only returned"), frozenset({CellState.RETURNED})),
    (N_("Only nothing to report"), frozenset({CellState.NOTHING})),
    (N_("Only accepted"), frozenset({CellState.ACCEPTED})),
)
"""The states that the matrix can be narrowed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is let through: a year, an area or None for all, groups and states by their places in the lists above.

    The rows are units or countries; with ``country`` they are the units that it concerns.
    """

    year: Year | None = None
    area: str | None = None
    group: int = 0
    state: int = 0
    by: By = By.UNIT
    country: CountryCode | None = None


def all_years(context: Context, view: View) -> Question:
    """What stands side by side: every year that there is a call for, of the units and the area that are let through."""
    kinds = GROUPS[view.group][1]
    let = Filter(kinds=frozenset(UnitKind) if kinds is None else kinds, area=view.area)
    return Question(years=tuple(sorted(calling.years(context.desk))), let=let, language=context.say.language)


class Swatch(QWidget):
    """A state as it stands in the matrix, beside its word in the legend."""

    def __init__(self, state: CellState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as a cell."""
        look = style.current()
        return QSize(look.px(22), look.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The state."""
        painter = QPainter(self)
        paint_state(painter, self._state, QRectF(self.rect()), style.current())
        painter.end()


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


def first_key(source: Source, number: CommitmentNumber) -> EntryKey | None:
    """The first of the unit's answers on a commitment: it may have one for each country."""
    return next((entry.key for entry in source.report.entries if entry.key.commitment == number), None)
