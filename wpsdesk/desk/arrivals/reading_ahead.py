"""Reading ahead: while one file of an import is stored, the process apart opens and verifies those after it.

Only what it has to say that is good is used, and only in the order of the files. Where it cannot start, ends, or
takes too long over a file, everything goes on without it.
"""

from __future__ import annotations

import queue
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import Malformed
from wpsdesk.base.own_process import start
from wpsdesk.bundle.limits import IN_MEMORY
from wpsdesk.desk.arrivals import reading_apart
from wpsdesk.desk.arrivals.reading_apart import READY, SIZES, WORD, Judging, question
from wpsdesk.desk.arrivals.submitted import Submitted, submitted_from
from wpsdesk.plan.model import Plan

FEWEST: Final = 60
"""Files from which on a process of its own is worth its start, which takes as long as so many files."""

MOST_AHEAD: Final = 48
"""Files that are asked for and not yet taken: as many as are read while the disk confirms a commit."""

ROOM: Final = 4 * IN_MEMORY
"""Bytes of files that are asked for and not yet taken."""

PIPE: Final = 1 << 20
"""Bytes that the pipe holds where the system lets it: answers that are ready, so that it need not wait for us."""

LARGEST: Final = 16 << 20
"""Bytes of each of the three pieces of an answer."""

SECONDS: Final = 5.0
"""Over one small file; after this the process is ended."""

_Answer = tuple[bytes, bytes, bytes]


class Ahead:
    """The files of one import, of which some are being read in the process apart. Ends it with the ``with`` block."""

    def __init__(self, paths: Sequence[Path], clock: Clock) -> None:
        self._paths, self._clock = paths, clock
        self._is_begun = False
        self._judging: Judging | None = None
        self._line = b""  # what it was told to judge by
        self._listener: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = threading.Event()
        self._answers: queue.Queue[_Answer | None] = queue.Queue()
        self._asked: deque[tuple[int, int]] = deque()  # place and size of what is asked for and not yet taken
        self._next = 0  # the first place that has not been asked for
        self._late = 0  # answers that had to be waited for, since more was asked

    @property
    def is_reading(self) -> bool:
        """Whether the process apart has come so far that it can be asked, and has not ended since."""
        return self._process is not None and self._is_ready.is_set()

    @property
    def has_ended(self) -> bool:
        """Whether there is no such process any more, or never was."""
        return self._process is None

    def of(self, place: int, judging: Judging) -> Submitted | None:
        """The submission at ``place``, if the process apart has read it by ``judging``; None: read it here.

        Places come in order, each at least once.
        """
        if not self._is_begun:
            self._begin(judging)
        if judging is not self._judging:
            if self._line != judging.to_bytes():  # what it believes is no longer so
                self.close()
            self._judging = judging
        if not self.is_reading:
            return None
        while self._asked and self._asked[0][0] < place:  # not wanted after all
            self._take(judging.plan)
        found = self._take(judging.plan) if self._asked and self._asked[0][0] == place else None
        self._ask_for_more(place + 1)
        return found

    def _begin(self, judging: Judging) -> None:
        self._is_begun, self._judging = True, judging
        if len(self._paths) >= FEWEST:
            self._line = judging.to_bytes()
            with suppress(OSError):
                self._process = start(WORD, reading_apart.__name__, pipe=PIPE)
                self._write(self._line)
                assert self._process.stdout is not None
                self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
                self._listener.start()

    def _listen(self, answers: BinaryIO) -> None:
        """On a thread of its own: take what the process says as it says it."""
        with suppress(OSError, ValueError):  # ended, by it or by us
            if answers.read(len(READY)) == READY:
                self._is_ready.set()
            while len(sizes := answers.read(SIZES.size)) == SIZES.size:
                wanted = SIZES.unpack(sizes)
                if max(wanted) > LARGEST:
                    break
                head, payload, container = (answers.read(size) for size in wanted)
                if (len(head), len(payload), len(container)) != wanted:
                    break
                self._answers.put((head, payload, container))
        self._answers.put(None)

    def _take(self, plan: Plan) -> Submitted | None:
        self._asked.popleft()
        self._late += self._answers.empty()
        try:
            answer = self._answers.get(timeout=SECONDS)
        except queue.Empty:
            answer = None
        if answer is None:
            self.close()
            return None
        if not answer[0]:
            return None
        try:
            return submitted_from(*answer, plan)
        except (Malformed, ValueError):
            return None

    def _ask_for_more(self, place: int) -> None:
        """Several at once, so that it need not be woken for each."""
        if len(self._asked) > MOST_AHEAD // 2:
            return
        self._next, lines = max(self._next, place), b""
        room = ROOM - sum(size for _, size in self._asked)
        self._next += min(self._late, MOST_AHEAD // 4)  # it is behind: these are read here, while it catches up
        self._late = 0
        while self._next < len(self._paths) and len(self._asked) < MOST_AHEAD:
            path = self._paths[self._next]
            size = _size(path)
            if size <= IN_MEMORY:  # what is larger is read here
                room -= size
                if room < 0 and self._asked:
                    break
                self._asked.append((self._next, size))
                lines += question(path, self._clock())
            self._next += 1
        self._write(lines)

    def _write(self, lines: bytes) -> None:
        if lines and self._process is not None and self._process.stdin is not None:
            try:
                self._process.stdin.write(lines)
                self._process.stdin.flush()
            except OSError:  # it has ended
                self.close()

    def close(self) -> None:
        """End the process; what it was asked for is read here."""
        process, self._process = self._process, None
        self._asked.clear()
        if process is not None:
            process.kill()
            process.wait()
            if self._listener is not None:
                self._listener.join()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it answers that it leaves this one
        return 0
