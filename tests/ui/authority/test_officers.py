"""Several officers, in the window: the desk moved to a shared database and back, an officer let in, the others out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit import PASSPHRASE
from tests.kit.server import fresh_address, mute_server, with_password
from tests.ui.authority.conftest import in_dialog
from tests.ui.driving import Person
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.sharing import is_shared
from wpsdesk.store.server.address import read_pointer, write_pointer
from wpsdesk.store.server.errors import DeskNotThere
from wpsdesk.ui.errands import ErrandView
from wpsdesk.ui.safety import SafetyPage
from wpsdesk.ui.safety.officer_dialogs import LetInDialog, MoveBackDialog, MoveThereDialog, ShutOutDialog
from wpsdesk.ui.safety.officers import OfficersCard

NEW = "helt nye ord til alle her"


def card(person: Person) -> OfficersCard:
    person.waits(lambda: person.window.desk_view)
    page = person.turns_to("safety", SafetyPage)
    assert page.officers is not None
    return page.officers


def moves_there(person: Person, address: str) -> None:
    def fill(dialog: MoveThereDialog) -> None:
        person.types(dialog.words.line, PASSPHRASE)
        person.types(dialog.line, "postgresql://kari:hemmelig@db/wps")
        dialog.do_button.click()
        assert "passord" in dialog.place.error
        person.writes_anew(dialog.line, address)
        dialog.do_button.click()

    in_dialog(MoveThereDialog, fill)
    person.presses(card(person).there_button)


def test_the_desk_is_moved_shared_closed_to_the_others_and_moved_back(person: Person) -> None:
    person.sits_down_at(person.office.ud())
    path = person.desk.store.path
    moves_there(person, str(fresh_address()))
    person.waits(lambda: person.window.desk_view and "felles databasen" in person.is_told())
    assert is_shared(person.desk)

    his = person.folder / "ola"
    his.mkdir()

    def let_in(dialog: LetInDialog) -> None:
        dialog.do_button.click()
        assert dialog.name_field.error
        person.types(dialog.name, "Ola Nordmann")
        person.writes_anew(dialog.place.line, str(his))
        for line in (dialog.new.first.line, dialog.new.second.line):
            person.types(line, "Olas egne lange ord")
        person.types(dialog.words.line, PASSPHRASE)
        dialog.do_button.click()

    in_dialog(LetInDialog, let_in)
    person.presses(card(person).in_button)
    assert "Ola Nordmann" in card(person).let_in_so_far.text()
    (file,) = his.glob("*.wpsdesk")
    close_desk(open_desk(file, "Olas egne lange ord", clock=person.office.clock))

    def shut_out(dialog: ShutOutDialog) -> None:
        person.types(dialog.words.line, PASSPHRASE)
        for line in (dialog.new.first.line, dialog.new.second.line):
            person.types(line, NEW)
        dialog.do_button.click()

    in_dialog(ShutOutDialog, shut_out)
    person.presses(card(person).out_button)
    person.waits(lambda: isinstance(person.window.gate, ErrandView) and person.window.gate.code.code.text())
    view = person.window.gate
    assert isinstance(view, ErrandView)
    person.types(view.code.back, view.code.wanted)
    person.presses(view.next_button)
    assert card(person).let_in_so_far.isHidden()
    with pytest.raises(DeskNotThere):
        open_desk(file, "Olas egne lange ord", clock=person.office.clock)

    def move_back(dialog: MoveBackDialog) -> None:
        person.writes_anew(dialog.file.line, str(path))
        person.types(dialog.words.line, NEW)
        dialog.do_button.click()
        assert dialog.file.error, "something lies there already"
        person.writes_anew(dialog.file.line, str(person.folder / "hjemme.wpsdesk"))
        dialog.do_button.click()

    in_dialog(MoveBackDialog, move_back)
    person.presses(card(person).back_button)
    person.waits(lambda: person.window.desk_view and "egen fil" in person.is_told())
    assert not is_shared(person.desk)
    assert person.desk.store.path.name == "hjemme.wpsdesk"
    person.window.lock()
    assert "denne maskinen" in person.unlock.stays.text()
    person.unlock.store.show_path(path)
    assert "felles database" in person.unlock.stays.text(), "nothing untrue is said of a shared desk"


def test_a_machine_that_does_not_answer_is_not_waited_for_longer_than_the_person_wants(person: Person) -> None:
    person.sits_down_at(person.office.ud())
    path = person.desk.store.path
    moves_there(person, str(fresh_address()))
    person.waits(lambda: person.window.desk_view and is_shared(person.desk))
    person.window.lock()
    view, pointer = person.unlock, read_pointer(path)
    with mute_server() as there:
        write_pointer(path, replace(pointer, address=there), replace=True)
        person.types(view.passphrase.line, PASSPHRASE)
        person.presses(view.open_button)
        person.presses(view.strip.cancel_button)  # once it has come up: the window answers meanwhile
        person.waits(view.open_button.isEnabled)
        assert not view.bar.text, "it was the person's own wish"
        person.presses(view.open_button)
        person.waits(lambda: not view.open_button.isEnabled())
        person.window.close()
        assert not person.window.isVisible(), "neither does closing wait"


def test_a_move_that_does_not_succeed_leaves_the_desk_where_it_was_and_asks_for_what_it_lacks(person: Person) -> None:
    person.sits_down_at(person.office.ud())
    moves_there(person, "postgresql+psycopg://postgres@/postgres?host=/tmp/ingen-her")
    person.waits(lambda: isinstance(person.window.gate, ErrandView) and person.window.gate.bar.text)
    view = person.window.gate
    assert isinstance(view, ErrandView)
    assert "svarer ikke" in view.bar.text
    person.presses(view.back_button)
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.presses(person.unlock.open_button)
    assert not card(person).is_shared
    moves_there(person, str(with_password(fresh_address(), "bølgen blå")))
    person.waits(lambda: isinstance(person.window.gate, ErrandView) and person.window.gate.login.error)
    view = person.window.gate
    assert isinstance(view, ErrandView)
    person.types(view.login.line, "bølgen blå")
    person.presses(view.again_button)
    person.waits(lambda: person.window.desk_view and is_shared(person.desk))
