"""The one way to do slow work: a callable on one worker thread, its result or fault on the window's thread.

A job gets a :data:`~wpsdesk.base.progress.Progress`; calling it tells how far the work has come and raises
Cancelled where the person asked to stop. Faults of the world go to ``failed``; any other exception is a bug
of ours and is raised on the window's thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThreadPool, Signal

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress

T = TypeVar("T")

_TELL_EVERY = 0.05  # seconds between two signals of progress; more would only keep the window busy


class Job:
    """A piece of work that has been asked for: how far it is, and the way to stop it."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.done = 0
        self.total = 0
        self._stop = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether the person asked to stop; the work ends at its next call of progress."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class Jobs(QObject):
    """The queue of slow work of one window. One job runs at a time, in the order asked for."""

    started = Signal(object)  # Job
    progressed = Signal(object)  # Job
    ended = Signal(object)  # Job

    _told = Signal(object, object, object)
    _came = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._waiting: list[Job] = []
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether any job runs or waits."""
        return bool(self._waiting)

    def start(
        self,
        work: Callable[[Progress], T],
        *,
        owner: QObject,
        title: str = "",
        done: Callable[[T], None],
        failed: Callable[[WpsError], None],
    ) -> Job:
        """Do ``work`` on the worker; then ``done(result)`` or ``failed(fault)`` on this thread.

        Neither is called where ``owner`` has been deleted meanwhile. A cancelled job ends in
        ``failed(Cancelled())``.
        """
        job = Job(title)
        self._waiting.append(job)
        self.started.emit(job)

        def deliver_result(result: object) -> None:
            if shiboken6.isValid(owner):
                done(cast("T", result))

        def deliver_fault(fault: WpsError) -> None:
            if shiboken6.isValid(owner):
                failed(fault)

        self._pool.start(lambda: self._run(job, work, deliver_result, deliver_fault))
        return job

    def _run(
        self,
        job: Job,
        work: Callable[[Progress], object],
        done: Callable[[object], None],
        failed: Callable[[WpsError], None],
    ) -> None:
        """On the worker thread."""
        last = 0.0

        def progress(count: int, total: int) -> None:
            nonlocal last
            if job.is_cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - last >= _TELL_EVERY or count == total:
                last = now
                self._told.emit(job, count, total)

        deliver: Callable[[], None]
        try:
            if job.is_cancelled:
                raise Cancelled
            result = work(progress)
        except WpsError as fault:
            deliver = _later(failed, fault)
        except BaseException as bug:  # noqa: BLE001 - raised again on the window's thread
            deliver = _later(_raise, bug)
        else:
            deliver = _later(done, result)
        self._came.emit(job, deliver)

    def _tell(self, job: Job, count: int, total: int) -> None:
        job.done, job.total = count, total
        self.progressed.emit(job)

    def _end(self, job: Job, deliver: Callable[[], None]) -> None:
        self._waiting.remove(job)
        try:
            deliver()
        finally:
            self.ended.emit(job)

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._waiting:
            job.cancel()

    def wait(self) -> None:
        """Block until the worker is idle; what the jobs came to is delivered later."""
        self._pool.waitForDone()

    def stop(self) -> None:
        """Ask every job to stop and block until none is left, not even one that another has asked for in ending.

        For closing and locking only. What they came to is delivered before this returns, while the desk is open.
        """
        while self._waiting:
            self.cancel_all()
            self._pool.waitForDone()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)


def _later(call: Callable[[T], None], value: T) -> Callable[[], None]:
    return lambda: call(value)


def _raise(bug: BaseException) -> None:
    raise bug
