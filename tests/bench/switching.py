"""Switching commitments: the next answer on the screen, with years of answers in the store and with none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.measuring import Benchmark, Work, ratio_of
from tests.bench.setting import long_answer, office_in
from tests.kit import YEAR, mission
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.desk.model import Desk
from wpsdesk.report.model import EntryKey
from wpsdesk.store import drafts

if TYPE_CHECKING:
    from wpsdesk.ui.reporter.report_page import ReportPage

COUNTRIES: Final = ("SO", "SS", "SD", "YE")
YEARS: Final = 8
STEPS: Final = 12
"""Answers that one unit of work goes through."""


def fill(desk: Desk, editions: int) -> None:
    """Every commitment in every country in each of the years; each answer in so many versions, the last one long."""
    numbers = [c.number for c in desk.plan.commitments]
    for back in range(YEARS):
        with desk.store.write() as tx:
            for number in numbers:
                for country in COUNTRIES:
                    key = EntryKey(CommitmentNumber(number), CountryCode(country))
                    for edition in range(editions):
                        entry = replace(long_answer(number, edition=edition), key=key)
                        who = f"{desk.unit.code}/{edition % 2}"  # two who take turns make a version each time
                        drafts.save_entry(tx, Year(YEAR - back), entry, who=who, now=desk.clock(), plan=desk.plan)


@contextmanager
def _pages(folder: Path, editions: int) -> Iterator[tuple[ReportPage, ReportPage]]:
    """The report of a full desk, and that of an empty one, both on the screen and shown once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from wpsdesk.settings import Settings
    from wpsdesk.ui import style
    from wpsdesk.ui.reporter.report_page import ReportPage
    from wpsdesk.ui.window import Window

    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    application.setStyle("fusion")
    style.register_fonts()
    with office_in(folder) as office:
        units = (mission("FULL", *COUNTRIES), mission("EMPTY", *COUNTRIES))
        ud = office.ud(*units)
        found, windows = [], []
        desks = [office.enrolled(ud, unit) for unit in units]
        fill(desks[0], editions)
        for desk in desks:
            office.desks.remove(desk)  # the window closes it
            window = Window(Settings(scheme="light", language="nb"), office.clock)
            window.show()
            window.open_desk(desk)
            assert window.desk_view is not None
            window.desk_view.go("report")
            assert isinstance(window.desk_view.page, ReportPage)
            windows.append(window)
            found.append(window.desk_view.page)
        yield found[0], found[1]
        for window in windows:
            window.close()
            window.deleteLater()


def _measure(folder: Path, is_quick: bool, editions: int) -> float:
    from PySide6.QtWidgets import QApplication

    with _pages(folder, editions) as (full, empty):

        def goes_on(page: ReportPage) -> Work:
            def steps() -> None:
                for _ in range(STEPS):
                    page.step(1)
                    QApplication.processEvents()  # until it has been laid out and painted

            return steps

        goes_on(full)()
        goes_on(empty)()
        return ratio_of((goes_on(full), goes_on(empty)) for _ in range(3 if is_quick else 21))


def measure(folder: Path, is_quick: bool) -> float:
    """Unit of work: twelve answers, one after another, on the screen; floor: the same in an empty store."""
    return _measure(folder, is_quick, 1)


def measure_tenfold(folder: Path, is_quick: bool) -> float:
    """The same, with every answer in ten versions."""
    return _measure(folder, is_quick, 10)


BENCHMARKS = (
    Benchmark(
        name="switching",
        unit_of_work="the next answer on the screen, 35 commitments x 4 countries x 8 years in the store",
        floor="the same on a desk without answers",
        budget=1.5,
        measure=measure,
    ),
    Benchmark(
        name="switching-tenfold",
        unit_of_work="the next answer on the screen, ten times as much in the store",
        floor="the same on a desk without answers",
        budget=2.0,
        measure=measure_tenfold,
    ),
)
