"""Every text, on every page and in every dialog a button opens: from the catalogue, and whole though it is longer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import pytest
from babel import Locale
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from tests.ui.driving import Person
from tests.ui.test_access import clipped, lying_over, pages_of, uds, units
from wpsdesk import assets
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.plan.model import Plan
from wpsdesk.ui import choosing, style
from wpsdesk.ui.languages import own_name
from wpsdesk.ui.tabbing import controls_of
from wpsdesk.ui.trust.segments import Segments

BEGIN, END = "\u27e8", "\u27e9"  # round every text of the catalogue
WORD = re.compile(r"[^\W\d_]{3,}")
OF_ITSELF = {"WPS", "Desk", "Norad", "Ctrl", "Alt", "Shift", "Tab", "Return", "Delete", "PgUp", "PgDn"}
"""Names that no language has another word for, and keys as they stand on a keyboard."""


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """Every text of the catalogue in brackets and 1.4 times as long, and the window laid out from right to left."""
    plain, plural = Catalogue.__call__, Catalogue.plural

    def longer(text: str) -> str:
        """The text, and again its first words: never a word longer than the text's own, where it has several."""
        again = re.sub(f"[{BEGIN}{END}]", "", text)[: round(len(text) * 0.4) - 2]
        more = again.rpartition(" ")[0] if " " in text.strip() else "~" * len(again)
        return f"{BEGIN}{text}{more and ' '}{more}{END}" if text else text

    monkeypatch.setattr(Catalogue, "__call__", lambda self, message, **v: longer(plain(self, message, **v)))
    monkeypatch.setattr(Catalogue, "plural", lambda self, one, many, n, **v: longer(plural(self, one, many, n, **v)))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def shown(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that stands there, and every name that a screen reader says, with the kind of what bears it."""
    for one in (root, *root.findChildren(QWidget)):
        if not one.isVisible():
            continue
        kind = type(one).__name__
        yield kind, one.accessibleName()
        yield kind, one.toolTip()
        match one:
            case QLabel() | QAbstractButton():
                yield kind, one.text()
            case QComboBox():
                yield from ((kind, one.itemText(at)) for at in range(one.count()))
            case QTabBar():
                yield from ((kind, one.tabText(at)) for at in range(one.count()))
            case QGroupBox():
                yield kind, one.title()


def told_by(value: object) -> Iterator[str]:
    """Every word of the plan's."""
    if isinstance(value, str):
        yield from WORD.findall(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from told_by(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from told_by(getattr(value, each.name))


def known(plan: Plan, desk: Desk) -> set[str]:
    """The words that come from elsewhere than the catalogue: the plan, the units, the calendar."""
    months = Locale.parse("nb").months["format"]["wide"].values()
    tongues = [own_name(language) for language in assets.languages()]
    return {*told_by(plan), *told_by(desk.unit), *WORD.findall(str(desk.store.path)), *months, *tongues, *OF_ITSELF}


class Eyes:
    """Looks at a window and at every dialog that opens before it, and remembers what is not as it should be."""

    def __init__(self, words: set[str]) -> None:
        self._words = words
        self.dialogs: set[str] = set()
        self.faults: dict[str, None] = {}

    def look(self, where: str, root: QWidget) -> None:
        """Is every text here from the catalogue, and has it room?"""
        for _ in range(6):  # a page within a page is measured again once its parts are
            QApplication.processEvents()
        self.faults |= {f"{where}: {fault}": None for fault in (*clipped(root), *lying_over(root))}
        for kind, text in set(shown(root)):
            outside, inner = text, 1
            while inner:  # a text may stand within a text
                outside, inner = re.subn(f"{BEGIN}[^{BEGIN}{END}]*{END}", "", outside)
            strange = [word for word in WORD.findall(outside) if word not in self._words]
            if strange:
                self.faults[f"{where}, {kind}: {strange} in {text!r}"] = None

    def see_dialog(self, dialog: QDialog) -> int:
        """Look at a dialog as it stands, and close it again."""
        dialog.show()
        name = type(dialog).__name__
        if name not in self.dialogs:
            self.dialogs.add(name)
            self.look(name, dialog)
            self.faults |= {f"{name}: {fault}": None for fault in out_of_order(dialog)}
        dialog.done(0)
        return 0


def out_of_order(dialog: QDialog) -> Iterator[str]:
    """What Tab comes to at another place than its own, and a button that has the focus before a field above it."""
    reading = [one for one in controls_of(dialog) if one.isVisible() and one.isEnabled()]
    tabbing, one = list[QWidget](), dialog.nextInFocusChain()
    while one is not None and one is not dialog:
        tabbing += [one] if one in reading else []
        one = one.nextInFocusChain()
    first = tabbing.index(reading[0])
    if tabbing[first:] + tabbing[:first] != reading:
        yield f"Tab goes {[one.accessibleName() for one in tabbing]}"
    if isinstance(dialog.focusWidget(), QPushButton) and isinstance(reading[0], QLineEdit):
        yield "a button has the focus, and what is to be written has not"


@pytest.mark.parametrize(("desk", "dialogs"), [(uds, 6), (units, 4)])
def test_every_text_comes_from_the_catalogue_and_has_room(
    person: Person, marked: None, monkeypatch: pytest.MonkeyPatch, desk: Callable[[Person], Desk], dialogs: int
) -> None:
    opened = desk(person)
    eyes = Eyes(known(opened.plan, opened))

    def watched(dialog: QDialog) -> int:
        return eyes.see_dialog(dialog)

    monkeypatch.setattr(QDialog, "exec", watched)
    monkeypatch.setattr(QDialog, "open", watched)
    monkeypatch.setattr(choosing, "open_files", lambda *_a, **_k: ())
    monkeypatch.setattr(choosing, "new_file", lambda *_a, **_k: None)
    monkeypatch.setattr(choosing, "folder", lambda *_a, **_k: None)
    person.sits_down_at(opened, percent=200)
    view = person.window.desk_view
    assert view is not None
    wipe = catalogue("nb")("Go to the emergency wipe")  # from there no page leads back
    try:
        eyes.look("top line", view.topline)
        for name in pages_of(person):
            for part in range(len(parts(person.page)) or 1):
                tried = {wipe}
                while True:
                    view.go(name)
                    if parts(person.page):
                        parts(person.page)[part].click()
                    left = [one for one in pressable(person.page) if one.text() not in tried]
                    if not left:
                        break
                    tried.add(left[0].text())
                    left[0].click()
                    person.waits(lambda: not person.window.jobs.is_busy)
                    eyes.look(f"{name} {part}", person.page)
    finally:
        style.apply(style.look_for("light", 100))
    assert not eyes.faults, "\n".join(eyes.faults)
    assert len(eyes.dialogs) >= dialogs, eyes.dialogs


def parts(page: QWidget) -> list[QPushButton]:
    """The words that lead to the parts of a page."""
    found = [one for one in page.findChildren(Segments) if one.isVisible()]
    return [] if not found else [word for word in found[0].findChildren(QPushButton) if word.isVisible()]


def pressable(page: QWidget) -> list[QPushButton]:
    """The buttons that a person could press there, and that open no menu."""
    found = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    return [one for one in found if one.menu() is None and not one.isCheckable()]
