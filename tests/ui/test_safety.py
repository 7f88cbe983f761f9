"""In a bad place: locked when nobody is there, backed up by one press, new words, and the emergency wipe."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.kit import PASSPHRASE, answer
from tests.ui.driving import Person, two_countries
from wpsdesk.base.errors import DiskFull
from wpsdesk.base.progress import Progress
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.settings import Settings, load_settings
from wpsdesk.store.errors import BrokenRule, StoreInUse, WrongPassphrase
from wpsdesk.ui.errands import ErrandView
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.safety import SafetyPage
from wpsdesk.ui.unlock import LONGEST, Tries, UnlockView
from wpsdesk.ui.watching import LOOKS_EVERY
from wpsdesk.ui.wiping import WipeView

NEW = "tyttebær i skogen ved elva"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Clocks:
    """The two clocks of the watch, in the test's hands."""

    def __init__(self, person: Person) -> None:
        self.watch, self.now, self.slept = person.window.watch, 1000.0, 0.0
        self.watch.steady = lambda: self.now
        self.watch.wall = lambda: self.now + self.slept
        self.watch.begin()

    def passes(self, seconds: int) -> None:
        """Time goes by, with a look every few seconds, as the timer does it."""
        for _ in range(seconds // LOOKS_EVERY):
            self.now += LOOKS_EVERY
            self.watch.look()


def opens_again(person: Person) -> None:
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.window.desk_view and not person.window.is_covered)


# -- locking ---------------------------------------------------------------------------------------


def test_after_ten_minutes_alone_the_desk_is_locked_and_what_was_typed_is_saved(person: Person) -> None:
    page = person.reports_for(two_countries())
    clocks = Clocks(person)
    person.types(page.form.editors["effort"].focusProxy(), "Det jeg skrev sist")
    key = page.key
    desk = person.desk
    clocks.passes(595)
    assert person.window.context is not None
    clocks.passes(10)
    person.waits(lambda: isinstance(person.window.gate, UnlockView))
    assert person.window.desk_view is None
    with pytest.raises(BrokenRule):  # the store is closed, and what was left of it opens nothing
        desk.store.read().__enter__()
    opens_again(person)
    assert isinstance(person.page, ReportPage), "one is back where one was"
    assert person.page.key == key
    assert drafting.entry(person.desk, person.page.year, key).effort.text == "Det jeg skrev sist"


def test_a_hand_on_the_keys_puts_the_lock_off(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    clocks = Clocks(person)
    handle = person.window.windowHandle()
    assert handle is not None
    for _ in range(3):
        clocks.passes(500)
        QTest.keyClick(handle, Qt.Key.Key_Shift)
        QApplication.processEvents()
    assert person.window.context is not None
    clocks.passes(700)
    person.waits(lambda: isinstance(person.window.gate, UnlockView))


def test_the_time_is_the_persons_to_choose(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    page = person.turns_to("safety", SafetyPage)
    person.chooses(page.minutes, 2)
    page.minutes.activated.emit(page.minutes.currentIndex())
    clocks = Clocks(person)
    clocks.passes(130)
    person.waits(lambda: isinstance(person.window.gate, UnlockView))
    assert load_settings().idle_minutes == 2


def test_never_means_never_but_a_machine_that_slept_is_locked(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    assert person.window.context is not None
    person.window.context.remember(idle_minutes=0)
    clocks = Clocks(person)
    clocks.passes(100_000)
    assert person.window.context is not None
    clocks.slept += 3600
    clocks.passes(5)
    person.waits(lambda: isinstance(person.window.gate, UnlockView))


def test_the_lock_comes_even_while_a_dialog_asks(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    person.window.help()
    clocks = Clocks(person)
    clocks.passes(700)
    person.waits(lambda: isinstance(person.window.gate, UnlockView))
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]


def test_a_job_under_way_is_stopped_tidily_by_the_quick_lock(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    desk, started, told = person.desk, threading.Event(), []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress(0, 1)

    view = person.window.desk_view
    assert view is not None
    person.window.jobs.start(work, owner=view, done=told.append, failed=told.append)
    assert started.wait(20)
    person.strikes(Qt.Key.Key_L, CTRL)
    assert isinstance(person.window.gate, UnlockView)
    assert [type(one).__name__ for one in told] == ["Cancelled"]
    close_desk(open_desk(desk.store.path, PASSPHRASE, clock=person.office.clock))


def test_what_cannot_be_saved_is_hidden_behind_the_lock_and_kept(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = person.reports_for(two_countries())
    editor, desk, key = page.form.editors["effort"].focusProxy(), person.desk, page.key
    year = page.year

    def full(*_arguments: object) -> None:
        raise DiskFull(path=desk.store.path)

    with monkeypatch.context() as patch:
        patch.setattr(drafting, "save", full)
        person.types(editor, "Uten plass")
        person.strikes(Qt.Key.Key_L, CTRL)
        assert person.window.is_covered
        assert person.window.windowTitle() == "WPS Desk"
        assert not page.isVisible()
        assert person.unlock.bar.text
        with pytest.raises(StoreInUse):
            open_desk(desk.store.path, PASSPHRASE, clock=person.office.clock)
        person.types(person.unlock.passphrase.line, "ikke den rette frasen")
        person.presses(person.unlock.open_button)
        person.waits(lambda: person.unlock.passphrase.error)
        assert not page.isVisible()
    person.unlock.passphrase.clear()
    opens_again(person)
    assert page.isVisible()
    person.waits(page.leave)
    assert drafting.entry(person.desk, year, key).effort.text == "Uten plass"


def test_the_title_says_the_program_and_the_units_code_or_nothing(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    assert person.window.windowTitle() == "WPS Desk – FD"
    page = person.turns_to("safety", SafetyPage)
    person.presses(page.hides)
    assert person.window.windowTitle() == "Vindu"
    person.strikes(Qt.Key.Key_L, CTRL)
    assert person.window.windowTitle() == "Vindu"
    assert load_settings().hides_title


def test_wrong_tries_make_the_wait_longer_and_lock_nobody_out(person: Person) -> None:
    assert [Tries(wrong=n).seconds for n in range(1, 10)] == [0, 0, 1, 2, 4, 8, 16, LONGEST, LONGEST]
    desk = person.office.desk("FD")
    person.office.close()
    person.starts(Settings(last_store=desk.store.path))
    unlock = person.unlock
    for wrong in range(1, 4):
        person.writes_anew(unlock.passphrase.line, f"ikke den rette nummer {wrong}")
        person.presses(unlock.open_button)
        person.waits(lambda wrong=wrong: person.window.tries.wrong == wrong)
    assert not unlock.open_button.isEnabled()
    assert "Vent 1 sekund" in unlock.passphrase.error
    person.waits(unlock.open_button.isEnabled)
    person.writes_anew(unlock.passphrase.line, PASSPHRASE)
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.window.desk_view)
    assert person.window.tries.wrong == 0


# -- the desks that were open ----------------------------------------------------------------------


def test_desks_that_were_open_are_offered_and_one_that_has_moved_is_told(person: Person) -> None:
    one, other = person.office.desk("FD"), person.office.desk("JD")
    person.office.close()
    paths = (one.store.path, other.store.path)
    person.starts(Settings(last_store=paths[0], recent=paths))
    links = person.unlock.recent_links
    assert [link.text() for link in links] == [paths[1].name]
    paths[1].rename(paths[1].with_name("flyttet.wpsdesk"))
    person.presses(links[0])
    assert "flyttet" in person.unlock.store.error
    person.presses(person.unlock.forget_link)
    assert load_settings().recent == ()
    assert person.unlock.store.path is None


def test_nothing_is_remembered_where_that_is_not_wanted(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    assert load_settings().recent == (person.desk.store.path,)
    page = person.turns_to("safety", SafetyPage)
    person.presses(page.keeps)
    assert (load_settings().recent, load_settings().last_store) == ((), None)
    path = person.desk.store.path
    person.strikes(Qt.Key.Key_L, CTRL)
    assert person.unlock.store.path == path, "for this window it is still known"
    opens_again(person)
    assert (load_settings().recent, load_settings().last_store) == ((), None)


# -- backups ---------------------------------------------------------------------------------------


def test_a_backup_is_reminded_of_and_made_by_one_press(person: Person, tmp_path: Path) -> None:
    desk = person.office.enrolled(person.office.ud(), "FD")
    save(desk, 2026, answer(1))  # type: ignore[arg-type]
    person.office.clock.wind(days=9)
    person.sits_down_at(desk)
    stick = tmp_path / "minnepinne"
    stick.mkdir()
    assert person.window.context is not None
    view = person.window.desk_view
    assert view is not None
    person.window.context.remember(backup_folder=stick)
    assert "ikke laget noen sikkerhetskopi" in view.topline.backup.accessibleDescription()
    person.presses(view.topline.backup)
    person.settles()
    made = list(stick.iterdir())
    assert [path.suffix for path in made] == [".wpsbackup"]
    assert str(made[0]) in person.is_told()
    assert view.topline.backup.isHidden()
    page = person.page
    assert isinstance(page, SafetyPage)
    assert "har med alt" in page.backups.standing.text()
    stick.rename(tmp_path / "tatt ut")
    person.presses(page.backups.here_button)
    person.settles()
    assert "minnepinne" in person.is_told()
    assert page.backups.here_button.isEnabled()


# -- other words -----------------------------------------------------------------------------------


def changes_passphrase(person: Person, *, whole: bool) -> SafetyPage:
    page = person.turns_to("safety", SafetyPage)
    person.presses(page.words.passphrase_line.toggle_button)
    form = page.words.passphrase
    person.types(form.old.line, PASSPHRASE)
    person.types(form.new.line, NEW)
    person.types(form.again.line, NEW)
    if whole:
        person.presses(form.whole)
    person.presses(form.change_button)
    return page


def test_the_passphrase_is_changed_in_the_window(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    page = person.turns_to("safety", SafetyPage)
    person.presses(page.words.passphrase_line.toggle_button)
    form = page.words.passphrase
    person.types(form.old.line, "noe helt annet")
    person.types(form.new.line, NEW)
    person.types(form.again.line, NEW)
    person.presses(form.change_button)
    person.waits(lambda: form.old.error)
    person.writes_anew(form.old.line, PASSPHRASE)
    person.presses(form.change_button)
    person.waits(lambda: "endret" in person.is_told())
    assert form.old.text == form.new.text == form.again.text == ""
    path = person.desk.store.path
    assert person.window.close()
    with pytest.raises(WrongPassphrase):
        open_desk(path, PASSPHRASE, clock=person.office.clock)
    close_desk(open_desk(path, NEW, clock=person.office.clock))


def test_the_whole_store_is_encrypted_anew_and_the_new_code_is_shown(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    path = person.desk.store.path
    salt = path.read_bytes()[:16]
    changes_passphrase(person, whole=True)
    person.waits(lambda: isinstance(person.window.gate, ErrandView) and person.window.gate.code.code.text())
    view = person.window.gate
    assert isinstance(view, ErrandView)
    code = view.code.code.text()
    assert not view.next_button.isEnabled()
    person.types(view.code.back, view.code.wanted)
    person.presses(view.next_button)
    person.waits(lambda: person.window.desk_view)
    assert path.read_bytes()[:16] != salt
    assert person.window.close()
    for words in (NEW, code):
        close_desk(open_desk(path, words, clock=person.office.clock))


def test_a_new_recovery_code_is_made_and_the_old_one_is_dead(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    path = person.desk.store.path
    page = person.turns_to("safety", SafetyPage)
    codes = []
    for _ in range(2):
        person.presses(page.words.code_line.toggle_button)
        form = page.words.code
        person.types(form.passphrase.line, PASSPHRASE)
        person.presses(form.make_button)
        person.waits(lambda form=form: form.box.code.text())
        codes.append(form.box.code.text())
        person.types(form.box.back, "AAAAA-BBBBB")
        assert not form.done_button.isEnabled()
        person.writes_anew(form.box.back, form.box.wanted.lower())
        person.presses(form.done_button)
        assert form.box.code.text() == "", "it is shown once"
    assert person.window.close()
    with pytest.raises(WrongPassphrase):
        open_desk(path, codes[0], clock=person.office.clock)
    close_desk(open_desk(path, codes[1], clock=person.office.clock))


# -- the emergency wipe ----------------------------------------------------------------------------


def from_the_open_desk(person: Person) -> Path:
    person.reports_for("FD")
    return person.desk.store.path


def from_the_lock(person: Person) -> Path:
    path = from_the_open_desk(person)
    person.strikes(Qt.Key.Key_L, CTRL)
    return path


@pytest.mark.parametrize("where", [from_the_open_desk, from_the_lock])
def test_two_steps_wipe_the_desk_with_the_keys_alone(person: Person, where: Callable[[Person], Path]) -> None:
    path = where(person)
    person.strikes(Qt.Key.Key_Delete, CTRL, SHIFT)
    view = person.window.gate
    assert isinstance(view, WipeView)
    assert view.line.hasFocus()
    person.strikes(Qt.Key.Key_Return)
    assert path.exists(), "one step is not enough"
    person.types(view.line, "slett")
    person.strikes(Qt.Key.Key_Return)
    assert isinstance(person.window.gate, UnlockView)
    assert not [one for one in path.parent.iterdir() if one.name.startswith(path.stem)]
    assert str(path) in person.unlock.bar.text
    assert path.name not in repr(load_settings())
    assert person.unlock.store.path is None


def test_the_wipe_can_be_given_up_and_the_desk_is_as_it_was(person: Person) -> None:
    page = person.reports_for(two_countries())
    person.types(page.form.editors["effort"].focusProxy(), "Fortsatt her")
    person.strikes(Qt.Key.Key_Delete, CTRL, SHIFT)
    assert person.window.is_covered
    person.strikes(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert drafting.entry(person.desk, page.year, page.key).effort.text == "Fortsatt her"


def backed_up(person: Person, folder: Path) -> tuple[SafetyPage, Path]:
    """The page, and the stick that has a backup."""
    page = person.turns_to("safety", SafetyPage)
    stick = folder / "minnepinne"
    stick.mkdir()
    assert person.window.context is not None
    person.window.context.remember(backup_folder=stick)
    person.presses(page.backups.here_button)
    person.settles()
    return page, stick


def test_the_backups_that_outlast_a_wipe_are_named_before_it(person: Person, tmp_path: Path) -> None:
    person.sits_down_at(person.office.desk("FD"))
    page, stick = backed_up(person, tmp_path)
    person.presses(page.wipe_button)
    person.waits(lambda: isinstance(person.window.gate, WipeView))
    view = person.window.gate
    assert isinstance(view, WipeView)
    person.waits(view.backups.isVisible)
    assert str(next(stick.iterdir())) in view.backups.text()
    assert person.desk.store.path.exists()


def test_the_wipe_stops_a_job_and_names_the_backups(person: Person, tmp_path: Path) -> None:
    person.sits_down_at(person.office.desk("FD"))
    page, stick = backed_up(person, tmp_path)
    path, started = person.desk.store.path, threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress(0, 1)

    person.window.jobs.start(work, owner=page, done=lambda _: None, failed=lambda _: None)
    assert started.wait(20)
    person.presses(page.wipe_button)
    person.waits(lambda: isinstance(person.window.gate, WipeView))
    view = person.window.gate
    assert isinstance(view, WipeView)
    person.types(view.line, view.word)
    person.presses(view.wipe_button)
    assert not path.exists()
    assert str(next(stick.iterdir())) in person.unlock.bar.text
