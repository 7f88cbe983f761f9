"""Desks are made, opened, backed up and restored, and refuse to be opened wrongly."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer, mission
from wpsdesk.base.errors import FileExistsAlready, FileMissing
from wpsdesk.desk.answers.drafting import entry, report
from wpsdesk.desk.call.calling import load_call
from wpsdesk.desk.errors import UnknownCountry, UnknownUnit, WeakPassphrase
from wpsdesk.desk.opening import (
    check_passphrase,
    close_desk,
    create_desk,
    info,
    known_unit,
    named_unit,
    open_desk,
    refreshed,
    restore,
)
from wpsdesk.desk.safety.backing_up import backup
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Names, UnitKind
from wpsdesk.store.errors import KeyFileMissing, NotAStore, StoreInUse, WrongPassphrase

CLOCK = WoundClock()


def made(folder: Path, code: str = "FD") -> Path:
    path = folder / f"{code}.wpsdesk"
    close_desk(create_desk(path, known_unit(load_plan(), code), PASSPHRASE, clock=CLOCK).desk)
    return path


def test_what_was_written_is_there_when_the_desk_is_opened_again(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"), answer(1, text="Æøå"))
    path = fd.store.path
    office.close()
    again = open_desk(path, PASSPHRASE, clock=office.clock)
    assert entry(again, YEAR, answer(1).key).effort.text == "Æøå"
    assert info(again).is_enrolled
    close_desk(again)


def test_the_recovery_code_opens_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "a.wpsdesk"
    made_now = create_desk(path, known_unit(load_plan(), "FD"), PASSPHRASE, clock=CLOCK)
    close_desk(made_now.desk)
    close_desk(open_desk(path, made_now.recovery_code, clock=CLOCK))


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        open_desk(made(tmp_path), "lykt havn fjell sommer", clock=CLOCK)


def test_a_desk_is_opened_by_one_at_a_time(tmp_path: Path) -> None:
    path = made(tmp_path)
    first = open_desk(path, PASSPHRASE, clock=CLOCK)
    with pytest.raises(StoreInUse):
        open_desk(path, PASSPHRASE, clock=CLOCK)
    close_desk(first)
    close_desk(open_desk(path, PASSPHRASE, clock=CLOCK))


def test_a_desk_that_another_process_has_open_is_in_use_until_that_process_is_killed(tmp_path: Path) -> None:
    path = made(tmp_path)
    code = (
        "import sys; from pathlib import Path; from wpsdesk.base.clock import system_now;"
        "from wpsdesk.desk.opening import open_desk;"
        f"d = open_desk(Path({str(path)!r}), {PASSPHRASE!r}, clock=system_now);"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreInUse):
            open_desk(path, PASSPHRASE, clock=CLOCK)
        other.kill()
        other.wait()
        close_desk(open_desk(path, PASSPHRASE, clock=CLOCK))


def test_what_is_no_desk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        open_desk(tmp_path / "gone.wpsdesk", PASSPHRASE, clock=CLOCK)
    path = made(tmp_path)
    path.with_suffix(".wpskeys").rename(tmp_path / "elsewhere")
    with pytest.raises(KeyFileMissing):
        open_desk(path, PASSPHRASE, clock=CLOCK)
    (tmp_path / "elsewhere").rename(path.with_suffix(".wpskeys"))
    path.write_bytes(b"not a store at all" * 1000)
    with pytest.raises(NotAStore):
        open_desk(path, PASSPHRASE, clock=CLOCK)


def test_a_desk_is_never_made_over_another(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileExistsAlready):
        made(tmp_path)
    assert path.read_bytes() == before


def test_the_files_of_a_desk_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = made(tmp_path)
    for one in (path, path.with_suffix(".wpskeys")):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


@pytest.mark.parametrize("passphrase", ["", "kort", " " * 20])
def test_a_short_passphrase_is_not_taken(passphrase: str, tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        create_desk(tmp_path / "a.wpsdesk", known_unit(load_plan(), "FD"), passphrase, clock=CLOCK)
    assert list(tmp_path.iterdir()) == []
    check_passphrase(PASSPHRASE)


def test_a_backup_is_one_file_from_which_the_desk_comes_back(office: Office, tmp_path: Path) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"), answer(1), answer(10))
    copy = tmp_path / "copy.wpsbackup"
    backup(fd, copy)
    with pytest.raises(FileExistsAlready):
        backup(fd, copy)
    said = report(fd, YEAR)
    with pytest.raises(WrongPassphrase):
        restore(copy, tmp_path / "new.wpsdesk", "something else entirely", clock=office.clock)
    assert not (tmp_path / "new.wpsdesk").exists()
    back = restore(copy, tmp_path / "new.wpsdesk", PASSPHRASE, clock=office.clock)
    assert report(back, YEAR) == said
    assert info(back).is_enrolled
    close_desk(back)


def test_a_backup_is_never_restored_over_a_desk(office: Office, tmp_path: Path) -> None:
    fd = office.desk("FD")
    backup(fd, tmp_path / "copy")
    with pytest.raises(FileExistsAlready):
        restore(tmp_path / "copy", fd.store.path, PASSPHRASE, clock=office.clock)


def test_a_unit_must_be_known_or_well_described() -> None:
    plan = load_plan()
    with pytest.raises(UnknownUnit):
        known_unit(plan, "XX")
    with pytest.raises(UnknownUnit):
        named_unit("nairobi", UnitKind.MISSION, "Ambassaden i Nairobi", (), plan)
    with pytest.raises(UnknownCountry):
        named_unit("NAIR", UnitKind.MISSION, "Ambassaden i Nairobi", ("KE",), plan)


def test_the_call_tells_a_mission_which_countries_it_answers_for(office: Office) -> None:
    office.ud(mission("NAIR", "SO", "SS"))
    own_words = named_unit("NAIR", UnitKind.MISSION, "Nairobi", (), load_plan())
    desk = office.desk(own_words)
    load_call(desk, office.call_file)
    unit = refreshed(desk).unit
    assert unit.covers == ("SO", "SS")
    assert unit.names == Names(nb="Ambassaden NAIR", nn="Ambassaden NAIR", en="Ambassaden NAIR")
