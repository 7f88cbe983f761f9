"""Spelling is checked by an installed dictionary in the text's own language; without one nothing happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.driving import Person
from tests.ui.test_writing import passage, shown
from wpsdesk.desk.answers import spelling
from wpsdesk.ui.reporter.report_page import ReportPage

ALT = Qt.KeyboardModifier.AltModifier
HUNSPELL_NO = Path("/usr/share/hunspell")


@pytest.fixture
def dictionaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dictionaries"
    folder.mkdir()
    (folder / "nb_NO.aff").write_text("SET UTF-8\nTRY eitnrasl\n", encoding="utf-8")
    (folder / "nb_NO.dic").write_text("4\nmøter\nmed\nkvinner\nresultat\n", encoding="utf-8")
    monkeypatch.setenv("DICPATH", str(folder))
    return folder


def writes(person: Person, text: str) -> ReportPage:
    page = person.reports_for("FD")
    person.types(passage(page, "effort").text, text)
    return page


def open_menu(person: Person) -> QMenu:
    person.waits(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


@pytest.mark.usefixtures("dictionaries")
def test_a_word_that_the_dictionary_lacks_is_underlined_and_mended_by_a_key(person: Person) -> None:
    page = writes(person, "møtre med kvinner ")
    looked, area = page.form.spelling["effort"], passage(page, "effort").text
    person.waits(lambda: looked.wrong == ("møtre",))
    assert [each.cursor.selectedText() for each in area.extraSelections()] == ["møtre"]  # type: ignore[attr-defined]
    area.moveCursor(area.textCursor().MoveOperation.Start)
    person.strikes(Qt.Key.Key_Return, ALT)
    menu = open_menu(person)
    assert menu.actions()[0].text() == "møter"
    menu.actions()[0].trigger()
    menu.close()
    assert area.toPlainText() == "møter med kvinner "
    person.waits(lambda: looked.wrong == ())
    area.undo()
    assert area.toPlainText() == "møtre med kvinner "


@pytest.mark.usefixtures("dictionaries")
def test_a_name_is_added_to_the_desks_own_words_and_known_after_that(person: Person) -> None:
    page = writes(person, "Baidoa ")
    looked, area = page.form.spelling["effort"], passage(page, "effort").text
    person.waits(lambda: looked.wrong == ("Baidoa",))
    area.moveCursor(area.textCursor().MoveOperation.Start)
    person.strikes(Qt.Key.Key_Return, ALT)
    menu = open_menu(person)
    next(action for action in menu.actions() if "Baidoa" in action.text()).trigger()
    menu.close()
    person.waits(lambda: looked.wrong == ())
    assert spelling.own_words(person.desk) == {"Baidoa"}


@pytest.mark.usefixtures("dictionaries")
def test_a_text_in_a_language_without_a_dictionary_is_left_alone_and_so_is_all_when_it_is_turned_off(
    person: Person,
) -> None:
    page = writes(person, "møtre ")
    looked = page.form.spelling["effort"]
    person.waits(lambda: looked.wrong == ("møtre",))
    passage(page, "effort")._marking("en")()
    looked.look()
    assert looked.wrong == ()
    passage(page, "effort")._marking("nb")()
    page.context.remember(checks_spelling=False)
    looked.look()
    assert looked.wrong == ()
    person.waits(lambda: person.on_the_disk(shown(page)).effort.text == "møtre ")


def test_a_broken_dictionary_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nn_NO.aff").write_bytes(b"\xff\xfeSET rubbish\nSFX A Y 1000\n")
    (tmp_path / "nn_NO.dic").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    path = spelling.dictionary_for("nn")
    assert path is not None
    found = spelling.read_dictionary(path)
    assert found is None or found.knows("noko")


def test_no_dictionary_no_speller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert spelling.dictionary_for("nb") is None


@pytest.mark.skipif(not (HUNSPELL_NO / "nb_NO.dic").exists(), reason="hunspell-no is not installed")
def test_debians_norwegian_dictionary_knows_the_words_of_the_plan() -> None:
    found = spelling.read_dictionary(HUNSPELL_NO / "nb_NO")
    assert found is not None
    assert all(map(found.knows, ["Kvinner", "fred", "og", "sikkerhet", "konsultasjonsmøter"]))
    assert not found.knows("resultatr")
    assert "resultat" in found.suggestions("resultatr")
