"""A newcomer looks around in a made-up desk, and nothing of it is left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.ui.driving import Person
from wpsdesk.base.locking import FileLock
from wpsdesk.base.places import made_up_folder
from wpsdesk.desk.looking_around import PASSPHRASE, clear_away
from wpsdesk.settings import load_settings
from wpsdesk.ui.around import AroundView
from wpsdesk.ui.authority.coverage import CoveragePage
from wpsdesk.ui.safety import SafetyPage
from wpsdesk.ui.unlock import UnlockView

ENDED = """
import sys
from pathlib import Path
from wpsdesk.base.locking import FileLock
FileLock(Path(sys.argv[1]))
"""


def looks_around(person: Person, *, as_authority: bool) -> None:
    window = person.starts()
    person.presses(person.unlock.around_link)
    assert isinstance(window.gate, AroundView)
    person.presses(window.gate.authority_button if as_authority else window.gate.mission_button)
    person.qtbot.waitUntil(lambda: window.desk_view is not None, timeout=200_000)  # several desks are made for it


def test_an_embassys_desk_is_made_shown_as_made_up_and_thrown_away(person: Person, tmp_path: Path) -> None:
    looks_around(person, as_authority=False)
    view = person.window.desk_view
    assert view is not None
    assert view.band is not None
    assert PASSPHRASE in view.band.accessibleName()
    assert person.desk.unit.code == "PRET"
    assert load_settings().last_store is None, "it is not among the person's own desks"
    assert person.window.context is not None
    person.window.lock()
    assert person.window.desk_view is view, "it is not locked"
    person.window.context.remember(backup_days=1, text_size=125)
    bundle = tmp_path / "ekte.asice.cms"
    person.window.be_given((bundle,))
    assert person.window.waiting == (bundle,), "what comes from outside is for a desk of one's own"
    (folder,) = (path for path in made_up_folder().iterdir() if path.is_dir())
    person.presses(view.band.throw_button)
    person.waits(lambda: isinstance(person.window.gate, UnlockView))
    assert (person.window.settings.backup_days, person.window.settings.text_size) == (7, 125)
    assert not folder.exists()
    assert not list(made_up_folder().iterdir())


def test_uds_made_up_desk_has_reports_that_wait_and_goes_with_the_window(person: Person) -> None:
    looks_around(person, as_authority=True)
    assert person.desk.is_authority
    person.turns_to("coverage", CoveragePage)
    officers = person.turns_to("safety", SafetyPage).officers
    assert officers is not None
    person.presses(officers.there_button)
    assert "blir verken flyttet" in person.is_told()
    person.go_home()
    assert not list(made_up_folder().iterdir())


def test_what_a_program_ended_from_outside_leaves_is_cleared_away_and_what_is_open_stays() -> None:
    home = made_up_folder()
    (home / "left").mkdir(parents=True)
    (home / "left" / "pret.wpsdesk").write_bytes(b"x")
    (home / "open").mkdir()
    subprocess.run([sys.executable, "-c", ENDED, str(home / "left.lock")], check=True)
    held = FileLock(home / "open.lock")
    clear_away()
    assert sorted(path.name for path in home.iterdir()) == ["open", "open.lock"]
    held.release()
    clear_away()
    assert not list(home.iterdir())


def test_a_desk_that_is_given_up_leaves_nothing(person: Person) -> None:
    window = person.starts()
    person.presses(person.unlock.around_link)
    view = window.gate
    assert isinstance(view, AroundView)
    person.presses(view.mission_button)
    person.presses(view.back_button)
    assert isinstance(window.gate, UnlockView)
    person.waits(lambda: not window.jobs.is_busy)
    assert not [path for path in made_up_folder().glob("*") if path.is_dir()]
    assert window.desk_view is None
