"""What a session leaves on the machine outside the encrypted store: nothing that anyone wrote."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tests.kit import PASSPHRASE, YEAR
from tests.kit.traces import forms_of
from tests.ui.driving import Person, two_countries
from wpsdesk.base.secrecy import forbid_core_dumps
from wpsdesk.desk.answers import drafting
from wpsdesk.ui.main import _on_bug
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.safety import SafetyPage

SECRET = "Merkeord"  # every text that is written begins with it
WRONG = "Merkeord feil passordfrase"


def files_in(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (one for one in folder.rglob("*") if one.is_file())


class Titles(QObject):
    """Every title that a window has had."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.WindowTitleChange and isinstance(watched, QWidget):
            self.seen.add(watched.windowTitle())
        return False


@pytest.fixture
def machine(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with everything that a program might write to: settings, state, cache, temporary files."""
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return home


def plays_a_session(person: Person, tmp_path: Path) -> None:
    """Write in every field, attach, lock, mistake the passphrase, open, back up, meet a bug, close."""
    page = person.reports_for(two_countries())
    for place, editor in enumerate((*page.form.findChildren(QPlainTextEdit), *page.form.findChildren(QLineEdit))):
        if editor.isEnabled() and not editor.isReadOnly() and editor.isVisible():
            person.types(editor, f"{SECRET} {place}")
    given = tmp_path / "given"
    given.mkdir()
    file = given / f"{SECRET} vedlegg.txt"
    file.write_text(f"{SECRET} i vedlegget", encoding="utf-8")
    person.drops(file)
    person.waits(lambda: page.key is not None and drafting.entry(person.desk, YEAR, page.key).evidence)
    person.strikes(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    person.types(person.unlock.passphrase.line, WRONG)
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.unlock.passphrase.error)
    person.writes_anew(person.unlock.passphrase.line, PASSPHRASE)
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.window.desk_view)
    assert isinstance(person.page, ReportPage)
    safety = person.turns_to("safety", SafetyPage)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert person.window.context is not None
    person.window.context.remember(backup_folder=stick)
    person.presses(safety.backups.here_button)
    person.settles()
    bug = ValueError(SECRET)
    _on_bug(person.window, type(bug), bug)
    assert person.window.close()


def test_a_session_leaves_no_word_outside_the_store(
    person: Person, machine: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    titles = Titles()
    application = QCoreApplication.instance()
    assert application is not None
    application.installEventFilter(titles)
    try:
        plays_a_session(person, tmp_path)
    finally:
        application.removeEventFilter(titles)
    given = tmp_path / "given"
    left = [one for one in files_in(machine, tmp_path) if given not in one.parents]
    assert any(one.name == "settings.json" for one in left)
    assert any("state" in str(one) for one in left), "the bug has left its report"
    assert any(one.suffix == ".wpsbackup" for one in left)
    found = []
    for one in left:
        data = one.read_bytes()
        found += [(one, word) for word in (SECRET, WRONG, PASSPHRASE) if any(f in data for f in forms_of(word))]
        found += [(one, "its name") for word in (SECRET, PASSPHRASE) if word in str(one)]
    assert found == []
    assert not [title for title in titles.seen if SECRET in title]
    written = "".join(capfd.readouterr())
    assert SECRET not in written
    assert PASSPHRASE not in written


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
def test_the_processs_arguments_and_environment_say_nothing(person: Person, tmp_path: Path) -> None:
    plays_a_session(person, tmp_path)
    for name in ("cmdline", "environ"):
        assert SECRET.encode() not in Path("/proc/self", name).read_bytes()
    assert not [value for value in os.environ.values() if SECRET in value or PASSPHRASE in value]


def test_what_the_program_writes_is_for_its_owner_alone(person: Person, machine: Path, tmp_path: Path) -> None:
    plays_a_session(person, tmp_path)
    ours = [one for one in files_in(machine, tmp_path) if one.parent.name != "given"]
    ours = [one for one in ours if one.suffix in (".json", ".wpsdesk", ".wpskeys", ".wpsbackup", ".lock")]
    assert len(ours) >= 5
    assert {oct(one.stat().st_mode & 0o777) for one in ours} == {"0o600"}
    folders = {one.parent for one in ours if one.parent.name == "wpsdesk"}
    assert folders
    assert {oct(one.stat().st_mode & 0o777) for one in folders} == {"0o700"}


def test_a_crash_leaves_no_image_of_the_memory() -> None:
    program = (
        "import resource, sys\n"
        "from wpsdesk.__main__ import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
        "if sys.platform == 'linux':\n"
        "    import ctypes\n    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "(0, 0)" in found
    if sys.platform == "linux":
        assert found.splitlines()[-1] == "0", "the process cannot be read by others of the same person"


def test_to_forbid_them_twice_does_no_harm() -> None:

    forbid_core_dumps()
    forbid_core_dumps()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_marks_are_found_where_there_are_any(tmp_path: Path) -> None:
    """The search itself: it would see the word in any of its forms."""
    (tmp_path / "a").write_bytes("x Merkeord y".encode("utf-16-le"))
    assert any(form in (tmp_path / "a").read_bytes() for form in forms_of(SECRET))
