"""What a session leaves on the machine outside the encrypted store: nothing that anyone wrote."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.kit import PASSPHRASE, YEAR
from tests.kit.traces import forms_of, found_in, left_in, open_to_others, seen_of
from tests.ui.driving import Person, two_countries
from wpsdesk.base.secrecy import forbid_core_dumps
from wpsdesk.desk.answers import drafting
from wpsdesk.ui.main import _on_bug
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.safety import SafetyPage

SECRET = "Merkeord"  # every text that is written begins with it
WRONG = "Merkeord feil passordfrase"


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


def test_a_session_leaves_no_word_outside_the_store_and_its_files_to_their_owner_alone(
    person: Person, machine: Path, titles: set[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plays_a_session(person, tmp_path)
    left = list(left_in(machine, tmp_path, but_for=(tmp_path / "given",)))
    assert any(one.name == "settings.json" for one in left)
    assert any("state" in str(one) and one.suffix == ".json" for one in left), "the bug has left its report"
    assert any(one.suffix == ".wpsbackup" for one in left)
    assert found_in(left, (SECRET, WRONG, PASSPHRASE)) == []
    assert open_to_others(left) == []
    assert not [title for title in titles if SECRET in title]
    assert not [one for one in seen_of("self") if SECRET.encode() in one]
    assert not [value for value in os.environ.values() if SECRET in value or PASSPHRASE in value]
    written = "".join(capfd.readouterr())
    assert SECRET not in written
    assert PASSPHRASE not in written


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
