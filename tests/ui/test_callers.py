"""A second start brings the open window forward with the file, and opens no other."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFileOpenEvent

from tests.kit import PASSPHRASE, YEAR, answer
from tests.ui.driving import Person
from wpsdesk.__main__ import known_outside
from wpsdesk.base.running import hand_over
from wpsdesk.desk.arrivals.addressing import marks_for, marks_of
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.submission.sending import export
from wpsdesk.settings import load_settings
from wpsdesk.ui.callers import Callers


def received_by(person: Person, folder: Path) -> Path:
    """A report on its way, and UD's window open."""
    ud = person.office.ud()
    fd = person.office.answered(person.office.enrolled(ud, "FD"), answer(1))
    sent = export(fd, YEAR, folder).path
    person.sits_down_at(ud)
    return sent


def starts_again(person: Person, *files: Path) -> list[bool]:
    """What a second start is told; it runs beside the window, as another process would."""
    told: list[bool] = []
    start = Thread(target=lambda: told.append(hand_over(files, patience=60)))
    start.start()
    person.waits(lambda: bool(told))
    start.join()
    return told


def test_a_bundle_opened_from_outside_is_taken_in_by_the_open_desk(person: Person, tmp_path: Path) -> None:
    sent = received_by(person, tmp_path)
    callers = Callers(person.window)
    person.window.showMinimized()
    assert starts_again(person, sent) == [True]
    person.waits(lambda: len(inbox(person.desk)) == 1)
    assert not person.window.windowState() & Qt.WindowState.WindowMinimized
    assert callers.parent() is person.window


def test_a_file_opened_from_the_finder_comes_as_an_event(person: Person, tmp_path: Path) -> None:
    sent = received_by(person, tmp_path)
    person.window.installEventFilter(Callers(person.window))  # on macOS it stands before the whole program
    QCoreApplication.sendEvent(person.window, QFileOpenEvent(str(sent)))
    person.waits(lambda: len(inbox(person.desk)) == 1)


def test_while_the_desk_is_locked_the_file_waits_and_says_so(person: Person, tmp_path: Path) -> None:
    sent = received_by(person, tmp_path)
    Callers(person.window)
    person.window.lock()
    assert starts_again(person, sent) == [True]
    person.waits(lambda: sent.name in person.unlock.bar.text)
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.presses(person.unlock.open_button)
    person.waits(lambda: person.window.context is not None)
    person.waits(lambda: len(inbox(person.desk)) == 1)


def test_a_bundle_is_for_the_desk_whose_mark_is_on_its_outside(person: Person, tmp_path: Path) -> None:
    authority = person.office.ud()
    fd = person.office.answered(person.office.enrolled(authority, "FD"), answer(1))
    jd = person.office.enrolled(authority, "JD")
    sent, ud, call = export(fd, YEAR, tmp_path).path, authority.store.path, person.office.folder / "call.asice"
    marks = marks_of(sent)
    person.sits_down_at(authority)  # it is known from then on
    assert marks.intersection(person.window.marks)
    assert not marks.intersection(marks_for(jd))
    assert marks_of(call).intersection(marks_for(jd))
    assert not marks_of(call).intersection(person.window.marks)
    assert not marks_of(ud), "a file that is no bundle has none"
    person.go_home()
    assert known_outside([sent]) == (marks, ud)
    person.starts(replace(load_settings(), last_store=jd.store.path)).be_given((sent,))
    assert person.unlock.store.path == ud
    assert sent.name in person.unlock.bar.text
    person.go_home()
    person.sits_down_at(jd)
    Callers(person.window)
    assert not hand_over([sent], marks=marks, desk=ud), "it is not for the desk that is open"


def test_the_second_start_ends_without_a_window(person: Person, home: Path) -> None:
    person.sits_down_at(person.office.ud())
    Callers(person.window)
    told: list[int] = []
    line = [
        sys.executable,
        "-c",
        "import sys; from wpsdesk.__main__ import main; sys.exit(main([]) or ('PySide6' in sys.modules))",
    ]
    start = Thread(target=lambda: told.append(subprocess.run(line, check=False).returncode))
    start.start()
    person.waits(lambda: bool(told))
    start.join()
    assert told == [0]
