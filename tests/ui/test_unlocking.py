"""Opening, making, locking and restoring a desk in the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from tests.kit import PASSPHRASE
from tests.kit.server import fresh_address, mute_server, with_password
from tests.ui.driving import Person
from wpsdesk.desk.opening import close_desk, info, open_desk
from wpsdesk.desk.safety.backing_up import backup
from wpsdesk.desk.safety.rekeying import renew_recovery_code
from wpsdesk.desk.sharing import is_shared
from wpsdesk.settings import Settings, load_settings
from wpsdesk.ui.restore import RestoreView
from wpsdesk.ui.unlock import UnlockView


def closed_desk(person: Person, unit: str = "FD") -> Path:
    desk = person.office.desk(unit)
    person.office.close()
    return desk.store.path


def test_the_right_passphrase_opens_the_desk_that_was_open_last(person: Person) -> None:
    path = closed_desk(person)
    person.starts(Settings(last_store=path))
    assert person.unlock.passphrase.line.hasFocus()
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.window.desk_view)
    assert person.desk.unit.code == "FD"
    assert load_settings().last_store == path


def test_a_wrong_passphrase_is_said_at_the_field_and_the_desk_stays_shut(person: Person) -> None:
    person.starts(Settings(last_store=closed_desk(person)))
    unlock = person.unlock
    person.types(unlock.passphrase.line, "noe helt annet enn den")
    person.presses(unlock.open_button)
    person.waits(lambda: unlock.passphrase.error)
    assert person.window.desk_view is None
    assert "passordfrase" in unlock.passphrase.error.lower()
    assert unlock.passphrase.line.hasFocus()
    person.types(unlock.passphrase.line, PASSPHRASE)  # the wrong one is marked, so typing replaces it
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.window.desk_view)


def test_what_is_missing_is_said_before_anything_is_tried(person: Person) -> None:
    person.starts()
    person.presses(person.unlock.open_button)
    assert person.unlock.store.error
    assert not person.window.jobs.is_busy


def test_a_file_that_is_no_desk_gets_a_sentence(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "notat.wpsdesk"
    path.write_text("ikke en arbeidsplass")
    person.starts(Settings(last_store=path))
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.presses(person.unlock.open_button)
    person.waits(lambda: person.unlock.bar.text)
    assert person.window.desk_view is None


def test_caps_lock_is_noticed_by_what_is_typed(person: Person) -> None:
    person.starts(Settings(last_store=closed_desk(person)))
    field = person.unlock.passphrase
    person.types(field.line, "a")
    assert not field.warns_of_capitals
    # A capital without Shift is what Caps Lock makes; keyClicks adds Shift itself.
    person.qtbot.keyClick(field.line, "A", Qt.KeyboardModifier.NoModifier)
    assert field.warns_of_capitals


def test_the_passphrase_is_hidden_until_it_is_asked_for(person: Person) -> None:
    person.starts(Settings(last_store=closed_desk(person)))
    field = person.unlock.passphrase
    person.types(field.line, "fjord")
    assert field.line.displayText() != "fjord"
    person.presses(field.shown)
    assert field.line.displayText() == "fjord"


def fills_in_place(person: Person, path: Path) -> None:
    place = person.wizard.place
    person.writes_anew(place.path.line, str(path))
    person.types(place.first.line, PASSPHRASE)
    person.types(place.second.line, PASSPHRASE)


def test_the_wizard_makes_a_ministrys_desk_in_three_steps(person: Person, tmp_path: Path) -> None:
    person.starts()
    person.presses(person.unlock.create_link)
    wizard = person.wizard
    person.chooses(wizard.whose.unit, "JD")
    person.presses(wizard.next_button)
    assert wizard.place.path.path is not None
    assert wizard.place.path.path.name == "jd.wpsdesk"
    fills_in_place(person, tmp_path / "ny" / "jd.wpsdesk")
    person.presses(wizard.next_button)
    person.waits(lambda: wizard.step == 2)
    code = wizard.code.code.text()
    assert not wizard.next_button.isEnabled(), "one must show that the code is kept"
    person.types(wizard.code.back, wizard.code.wanted)
    person.presses(wizard.next_button)
    assert person.desk.unit.code == "JD"
    assert person.window.close()
    for way_in in (PASSPHRASE, code):
        again = open_desk(tmp_path / "ny" / "jd.wpsdesk", way_in, clock=person.office.clock)
        assert info(again).unit.code == "JD"
        close_desk(again)


def test_the_wizard_makes_a_missions_desk_with_the_keyboard_alone(person: Person, tmp_path: Path) -> None:
    person.starts()
    person.unlock.create_link.setFocus()
    person.strikes(Qt.Key.Key_Space)
    wizard = person.wizard
    person.strikes(Qt.Key.Key_Down)  # from "a ministry" to "a mission"
    assert wizard.whose.of_own.isChecked()
    person.types(wizard.whose.code, "kairo")
    person.types(wizard.whose.name, "Ambassaden i Kairo")
    wizard.whose.countries.setFocus()
    person.strikes(Qt.Key.Key_Space)
    person.strikes(Qt.Key.Key_Down)
    person.strikes(Qt.Key.Key_Space)
    assert len(wizard.whose.ticked()) == 2
    wizard.next_button.setFocus()
    person.strikes(Qt.Key.Key_Space)
    fills_in_place(person, tmp_path / "kairo")
    wizard.next_button.setFocus()
    person.strikes(Qt.Key.Key_Space)
    person.waits(lambda: wizard.step == 2)
    person.types(wizard.code.back, wizard.code.wanted)
    wizard.next_button.setFocus()
    person.strikes(Qt.Key.Key_Space)
    assert person.desk.unit.code == "KAIRO"
    assert len(person.desk.unit.covers) == 2
    assert person.desk.store.path == tmp_path / "kairo.wpsdesk"


def test_the_wizard_says_at_the_field_what_is_wrong(person: Person) -> None:
    person.starts()
    person.presses(person.unlock.create_link)
    wizard = person.wizard
    person.presses(wizard.whose.of_own)
    person.types(wizard.whose.code, "x!")
    person.presses(wizard.next_button)
    assert wizard.step == 0
    person.writes_anew(wizard.whose.code, "KAIRO")
    person.types(wizard.whose.name, "Ambassaden i Kairo")
    person.presses(wizard.next_button)
    person.types(wizard.place.first.line, "kort")
    person.presses(wizard.next_button)
    assert wizard.place.first.error
    person.writes_anew(wizard.place.first.line, PASSPHRASE)
    person.types(wizard.place.second.line, "noe annet")
    person.presses(wizard.next_button)
    assert wizard.place.second.error
    assert wizard.step == 1


def test_a_desk_is_never_made_over_another(person: Person) -> None:
    path = closed_desk(person)
    before = path.read_bytes()
    person.starts()
    person.presses(person.unlock.create_link)
    person.presses(person.wizard.next_button)
    fills_in_place(person, path)
    person.presses(person.wizard.next_button)
    person.waits(lambda: person.wizard.bar.text)
    assert person.wizard.step == 1
    assert path.read_bytes() == before


def test_ctrl_l_locks_the_desk_and_the_store_is_free(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    path = person.desk.store.path
    person.qtbot.keyClick(person.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(person.window.gate, UnlockView)
    assert person.unlock.store.path == path
    close_desk(open_desk(path, PASSPHRASE, clock=person.office.clock))


def test_a_backup_is_laid_down_as_a_desk_again(person: Person, tmp_path: Path) -> None:
    desk = person.office.desk("FD")
    code = renew_recovery_code(desk, PASSPHRASE)
    backup(desk, tmp_path / "kopi.wpsbackup")
    person.office.close()
    person.starts()
    person.presses(person.unlock.restore_link)
    view = person.window.gate
    assert isinstance(view, RestoreView)
    person.types(view.copy.line, str(tmp_path / "kopi.wpsbackup"))
    person.types(view.target.line, str(tmp_path / "igjen.wpsdesk"))
    person.types(view.passphrase.line, "feil passordfrase")
    person.presses(view.restore_button)
    person.waits(lambda: view.passphrase.error)
    person.writes_anew(view.passphrase.line, code)
    person.presses(view.restore_button)
    person.waits(lambda: person.window.desk_view)
    assert person.desk.unit.code == "FD"
    assert "velg en ny under Sikkerhet" in person.is_told(), "whoever needs the code has forgotten the passphrase"


def test_the_language_changes_at_once_and_what_was_typed_stays(person: Person) -> None:
    person.starts(Settings(last_store=closed_desk(person)))
    person.types(person.unlock.passphrase.line, "fjord")
    before = person.unlock.open_button.text()
    person.unlock.languages.menu().actions()[2].trigger()
    assert person.unlock.open_button.text() == "Open the desk" != before
    assert person.unlock.passphrase.text == "fjord"
    assert load_settings().language == "en"


def test_nothing_heavy_is_imported_before_the_first_window_stands() -> None:
    """Start-up: the unlock view is painted before the store, the codes and the desk are read in."""
    program = """
import sys
from PySide6.QtWidgets import QApplication
from wpsdesk.base.clock import system_now
from wpsdesk.settings import Settings
from wpsdesk.ui import style
from wpsdesk.ui.window import Window
application = QApplication([])
style.register_fonts()
window = Window(Settings(), system_now)
window.show()
application.processEvents()
print([name for name in ("sqlalchemy", "cryptography", "reportlab", "wpsdesk.desk.opening") if name in sys.modules])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_shared_desk_is_made_and_opened_by_its_address(person: Person) -> None:
    address = str(with_password(fresh_address(), "bølgen blå"))
    person.starts()
    person.presses(person.unlock.create_link)
    wizard = person.wizard
    person.presses(wizard.whose.of_authority)
    person.presses(wizard.next_button)
    person.writes_anew(wizard.place.path.line, "postgresql://kari:hemmelig@db/wps")
    for line in (wizard.place.first.line, wizard.place.second.line):
        person.types(line, PASSPHRASE)
    person.presses(wizard.next_button)
    assert "passord" in wizard.place.path.error
    with mute_server() as mute:
        person.writes_anew(wizard.place.path.line, str(mute))
        person.presses(wizard.next_button)
        person.presses(wizard.strip.cancel_button)  # once it has come up
        person.waits(wizard.next_button.isEnabled)
    person.writes_anew(wizard.place.path.line, address)
    person.presses(wizard.next_button)
    person.waits(lambda: wizard.place.login.error)
    person.types(wizard.place.login.line, "bølgen rød")
    person.presses(wizard.next_button)
    person.waits(lambda: "slipper deg ikke inn" in wizard.bar.text)
    person.writes_anew(wizard.place.login.line, "bølgen blå")
    person.presses(wizard.next_button)
    person.waits(lambda: wizard.step == 2)
    made = wizard.unclaimed()
    assert made is not None
    assert is_shared(made.desk)
    close_desk(made.desk)
    person.starts()
    person.writes_anew(person.unlock.store.line, str(fresh_address()))
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.presses(person.unlock.open_button)
    person.waits(lambda: "let-in" in person.unlock.store.error)
    person.writes_anew(person.unlock.store.line, address)
    person.presses(person.unlock.open_button)
    person.waits(lambda: person.unlock.login.error)
    person.types(person.unlock.login.line, "bølgen blå")
    person.presses(person.unlock.open_button)
    person.waits(lambda: person.window.desk_view)
    assert person.desk.unit.code == "UD"
    assert address not in person.window.windowTitle()
