"""A further language is a file alone: nothing in the code says that there is one."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from types import ModuleType

import pytest
from PySide6.QtWidgets import QDateEdit, QLabel, QPushButton

from tests.ui.driving import Person
from wpsdesk import assets, i18n
from wpsdesk.cli.main import main
from wpsdesk.ui.authority.days import DayEdit
from wpsdesk.ui.preferences import SettingsPage
from wpsdesk.ui.texts import QtTexts

ROOT = Path(__file__).parents[2]
SWAHILI = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"

msgid "Settings"
msgstr "Mipangilio"

msgid "Lock"
msgstr "Funga"

msgid "{n} day left"
msgid_plural "{n} days left"
msgstr[0] "siku {n} imebaki"
msgstr[1] "siku {n} zimebaki"

msgid "{unit}, code {code}"
msgstr "{unit}, msimbo {code}"

msgid "Commitment"
msgstr "Ahadi"

msgid "A text that the code no longer has"
msgstr "Maandishi ya zamani"
"""


def updating(folder: Path) -> ModuleType:
    """``i18n/update.py`` as a module that works in another folder, and there on further languages alone."""
    spec = importlib.util.spec_from_file_location("i18n_update", ROOT / "i18n" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["i18n_update"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HERE, module.OWN = folder, ()  # type: ignore[attr-defined]
    return module


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's files with one folder more beside its catalogues, as a translator leaves it."""
    root = tmp_path_factory.mktemp("program")
    place = root / "i18n" / "sw" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "app.po").write_text(SWAHILI.lstrip(), encoding="utf-8")
    assert updating(root / "i18n").main([]) == 0
    (root / "resources").symlink_to(ROOT / "resources")
    for folder in (ROOT / "i18n").glob("*/"):
        (root / "i18n" / folder.name).symlink_to(folder)
    return root


@pytest.fixture
def swahili(program: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The catalogue of a language that only a folder tells of, in a program that has it."""
    monkeypatch.setattr(assets, "_root", lambda: program)
    forget()
    yield program / "i18n" / "sw" / "LC_MESSAGES" / "app.po"
    monkeypatch.undo()
    forget()


def forget() -> None:
    assets.languages.cache_clear()
    i18n.catalogue.cache_clear()


def test_the_window_speaks_it(person: Person, swahili: Path) -> None:
    person.reports_for("FD", language="en")
    page = person.turns_to("settings", SettingsPage)
    codes = assets.languages()
    assert codes[:3] == ("nb", "nn", "en")
    assert "sw" in codes
    assert page.language.itemText(codes.index("sw")) == "Kiswahili"
    page.language.choose("sw")
    page.language.activated.emit(page.language.currentIndex())
    person.waits(lambda: person.window.settings.language == "sw" and person.page is not page)
    again = person.page
    assert isinstance(again, SettingsPage)
    assert again.language.chosen() == "sw"
    said = {one.text() for one in person.window.findChildren(QLabel) if one.isVisible()}
    said |= {one.text() for one in person.window.findChildren(QPushButton) if one.isVisible()}
    assert {"Mipangilio", "Funga"} <= said, "its own words"
    assert "Search" in said, "English where it has none"
    assert any(text == "Ministry of Defence, msimbo FD" for text in said), "names that have no Swahili are English"


def test_days_are_typed_as_it_writes_them(person: Person, swahili: Path) -> None:
    person.starts()
    found: QDateEdit = DayEdit(i18n.catalogue("sw"))
    assert found.displayFormat() == "dd/MM/yyyy"
    found.deleteLater()
    assert QtTexts(i18n.catalogue("sw")).translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_command_line_speaks_it(swahili: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--lang", "sw"]) == 0
    told = capsys.readouterr().out
    assert "Ahadi" in told
    assert i18n.catalogue("sw").plural("{n} day left", "{n} days left", 3) == "siku 3 zimebaki"


def test_the_translators_file_is_brought_in_step_and_counted(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = program / "i18n" / "sw" / "LC_MESSAGES"
    text = (made / "app.po").read_text(encoding="utf-8")
    assert "Maandishi ya zamani" not in text
    assert 'msgid "Search"' in text
    place = tmp_path / "sw" / "LC_MESSAGES"
    copytree(made, place)
    checked = updating(tmp_path)
    assert checked.main(["--check"]) == 0
    assert re.search(r"sw/app: [0-9]{4} texts are shown in English", capsys.readouterr().out)
    (place / "app.po").write_text(text.replace("msimbo {code}", "msimbo {kodi}"), encoding="utf-8")
    assert checked.main(["--check"]) == 1
    assert "other places than in '{unit}, code {code}'" in capsys.readouterr().out
