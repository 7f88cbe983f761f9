"""How a passphrase is judged, and how the words of a desk are changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, Office
from wpsdesk.desk.errors import WeakPassphrase
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.safety.passphrases import Strength, strength_of
from wpsdesk.desk.safety.rekeying import change_passphrase, knows, renew_key, renew_recovery_code
from wpsdesk.desk.safety.safety_errors import AnotherName
from wpsdesk.desk.safety.wiping import check_name, wipe
from wpsdesk.settings import Settings, load_settings, save_settings, settings_file
from wpsdesk.store.errors import WrongPassphrase

NEW = "tyttebær i skogen ved elva"


@pytest.mark.parametrize(
    ("passphrase", "wanted"),
    [
        ("kort", Strength.TOO_SHORT),
        ("           a", Strength.TOO_SHORT),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.GUESSABLE),
        ("123456789012345678901234", Strength.GUESSABLE),
        ("qwertyuiopasdfghjkl", Strength.GUESSABLE),
        ("Passord2026Passord2026", Strength.GUESSABLE),
        ("kvinner fred og sikkerhet", Strength.GUESSABLE),
        ("blåbær på tun", Strength.FAIR),
        (PASSPHRASE, Strength.FAIR),
        ("lykt havn fjell stige tavle", Strength.GOOD),
        ("riktig hest batteri stift", Strength.GOOD),
    ],
)
def test_a_passphrase_is_judged_by_what_has_to_be_guessed(passphrase: str, wanted: Strength) -> None:
    assert strength_of(passphrase) is wanted


def test_the_passphrase_is_changed_while_the_desk_is_open(office: Office) -> None:
    desk = office.desk("FD")
    with pytest.raises(WrongPassphrase):
        change_passphrase(desk, "noe helt annet", NEW)
    with pytest.raises(WeakPassphrase):
        change_passphrase(desk, PASSPHRASE, "kort")
    change_passphrase(desk, PASSPHRASE, NEW)
    code = renew_recovery_code(desk, NEW)
    assert knows(desk.store.path, code)
    office.close()
    for words in (NEW, code):
        close_desk(open_desk(desk.store.path, words, clock=office.clock))
    with pytest.raises(WrongPassphrase):
        open_desk(desk.store.path, PASSPHRASE, clock=office.clock)


def test_the_whole_store_gets_a_new_key(office: Office) -> None:
    path = office.desk("FD").store.path
    office.close()
    made = renew_key(path, PASSPHRASE, NEW, clock=office.clock)
    assert made.desk.unit.code == "FD"
    close_desk(made.desk)
    close_desk(open_desk(path, made.recovery_code, clock=office.clock))


def test_a_wipe_names_the_backups_and_forgets_the_desk(office: Office, tmp_path: Path) -> None:
    from wpsdesk.desk.safety.backing_up import backup, backup_in

    desk = office.desk("FD")
    stick = tmp_path / "stick"
    stick.mkdir()
    made = {backup_in(desk, stick).path, backup(desk, tmp_path / "other.wpsbackup").path}
    save_settings(Settings(backup_folder=stick).with_desk(desk.store.path))
    office.desks.remove(desk)
    done = wipe(desk.store.path, desk=desk)
    assert set(done.backups) == made
    assert not desk.store.path.exists()
    assert load_settings() == done.settings == Settings()
    assert b"fd-0" not in settings_file().read_bytes()


def test_the_name_of_the_store_confirms(tmp_path: Path) -> None:
    check_name(tmp_path / "fd.wpsdesk", "fd")
    check_name(tmp_path / "fd.wpsdesk", "fd.wpsdesk")
    for name in ("", "FD2", "f", "ja"):
        with pytest.raises(AnotherName):
            check_name(tmp_path / "fd.wpsdesk", name)
