"""Slow work: one worker, its result and its faults on the window's thread."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from wpsdesk.base.errors import Cancelled, FileMissing, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    return Jobs()


def never(_: object) -> None:
    raise AssertionError("this was not to be called")


def test_the_work_is_done_elsewhere_and_its_result_comes_back_here(qtbot: QtBot, jobs: Jobs) -> None:
    where: list[object] = []

    def work(_progress: Progress) -> str:
        where.append(threading.current_thread())
        return "ferdig"

    def done(result: str) -> None:
        where.extend((result, threading.current_thread()))

    owner = QObject()
    with qtbot.waitSignal(jobs.ended):
        jobs.start(work, owner=owner, done=done, failed=never)
    assert where[1:] == ["ferdig", threading.main_thread()]
    assert where[0] is not threading.main_thread()
    assert not jobs.is_busy


def test_a_fault_of_the_world_comes_back_as_a_value(qtbot: QtBot, jobs: Jobs) -> None:
    faults: list[WpsError] = []

    def work(_progress: Progress) -> None:
        raise FileMissing(path=Path("borte"))

    owner = QObject()
    with qtbot.waitSignal(jobs.ended):
        jobs.start(work, owner=owner, done=never, failed=faults.append)
    assert isinstance(faults[0], FileMissing)


def test_a_bug_of_ours_is_raised_on_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    owner = QObject()
    with qtbot.captureExceptions() as bugs, qtbot.waitSignal(jobs.ended):
        jobs.start(work, owner=owner, done=never, failed=never)
    assert bugs[0][0] is ZeroDivisionError
    assert not jobs.is_busy


def test_cancelled_work_ends_as_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    faults: list[WpsError] = []

    def work(progress: Progress) -> None:
        while True:
            progress(1, 3)

    owner = QObject()
    job = jobs.start(work, owner=owner, done=never, failed=faults.append)
    with qtbot.waitSignal(jobs.ended):
        job.cancel()
    assert isinstance(faults[0], Cancelled)


def test_work_that_waits_is_cancelled_before_it_begins(qtbot: QtBot, jobs: Jobs) -> None:
    go_on, faults = threading.Event(), []
    owner = QObject()
    jobs.start(lambda _: go_on.wait(10), owner=owner, done=lambda _: None, failed=never)
    second = jobs.start(never, owner=owner, done=never, failed=faults.append)
    second.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert isinstance(faults[0], Cancelled)


def test_nothing_is_told_to_an_owner_that_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    go_on = threading.Event()
    owner = QObject()
    with qtbot.waitSignal(jobs.ended):
        jobs.start(lambda _: go_on.wait(10), owner=owner, done=never, failed=never)
        shiboken6.delete(owner)
        go_on.set()


def test_progress_of_more_than_two_thousand_million_bytes_is_told_right(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[tuple[int, int]] = []
    jobs.progressed.connect(lambda job: told.append((job.done, job.total)))

    def work(progress: Progress) -> None:
        progress(5_000_000_000, 5_000_000_000)

    owner = QObject()
    with qtbot.waitSignal(jobs.ended):
        jobs.start(work, owner=owner, done=lambda _: None, failed=never)
    assert told == [(5_000_000_000, 5_000_000_000)]


def test_jobs_run_in_the_order_asked_for(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[str] = []
    owner = QObject()
    ended: list[Job] = []
    jobs.ended.connect(ended.append)
    for name in "abc":
        jobs.start(lambda _, n=name: n, owner=owner, done=order.append, failed=never)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(ended) == 3)
    assert order == ["a", "b", "c"]
