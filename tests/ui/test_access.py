"""Whoever uses a keyboard, a screen reader or large text gets at everything, on every page of both desks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from tests.kit import YEAR
from tests.ui.driving import Person, two_countries
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.model import Desk
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.report.form import FORM
from wpsdesk.ui import style
from wpsdesk.ui.guarding import GuardedWindow
from wpsdesk.ui.reporter.records import RecordsEditor
from wpsdesk.ui.shortcuts import shortcuts
from wpsdesk.ui.topline import ElidedLabel
from wpsdesk.ui.trust.segments import Segments

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)
ROLELESS = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)
GATES: tuple[Callable[[GuardedWindow], None], ...] = (
    lambda window: window.show_unlock(),
    lambda window: window.show_create(),  # type: ignore[attr-defined]
    lambda window: window.show_restore(),  # type: ignore[attr-defined]
)


def uds(person: Person) -> Desk:
    return person.office.ud(two_countries())


def units(person: Person) -> Desk:
    return person.office.enrolled(person.office.ud(two_countries()), two_countries())


def controls(root: QWidget) -> Iterator[QWidget]:
    """What a person can act on; the insides of Qt's own are not among it."""
    for found in root.findChildren(QWidget):
        if not isinstance(found, CONTROLS) or not found.isVisible() or found.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if not isinstance(found.parent(), (QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)):
            yield found


def pages_of(person: Person) -> Iterator[str]:
    """Go to every page, one after another."""
    view = person.window.desk_view
    assert view is not None
    for each in view.entries:
        view.go(each.name)
        person.waits(view.page.isVisible)
        for _ in range(4):  # a page within a page is measured again once its parts are
            QApplication.processEvents()
        yield each.name


def said_of(control: QWidget) -> tuple[str, QAccessible.Role]:
    """What a screen reader is told of a control: its name and its role."""
    found: QAccessibleInterface = QAccessible.queryAccessibleInterface(control)
    return found.text(QAccessible.Text.Name).strip(), found.role()


@pytest.mark.parametrize("desk", [uds, units])
def test_a_screen_reader_is_told_the_name_and_the_role_of_every_control(
    person: Person, desk: Callable[[Person], Desk]
) -> None:
    person.sits_down_at(desk(person))
    silent = []
    for name in pages_of(person):
        for control in controls(person.window):
            said, role = said_of(control)
            if not said or role in ROLELESS:
                silent.append((name, type(control).__name__, said, role.name, control.parent().objectName()))
    assert not silent, "\n".join(map(str, silent))


@pytest.mark.parametrize("desk", [uds, units])
def test_tab_comes_to_every_control_of_every_page_and_is_never_trapped(
    person: Person, desk: Callable[[Person], Desk]
) -> None:
    person.sits_down_at(desk(person))
    missed = []
    for name in pages_of(person):
        assert person.window.desk_view is not None
        person.window.desk_view.rail.button(name).setFocus()
        wanted = [control for control in controls(person.page) if control.isEnabled()]
        reached: set[QWidget] = set()
        before = None
        while (focused := QApplication.focusWidget()) is not None and (focused is before or focused not in reached):
            sections = 3 if isinstance(focused, QAbstractSpinBox) else 1  # Tab goes through day, month and year
            for _ in range(sections):
                if QApplication.focusWidget() is focused:
                    person.qtbot.keyClick(focused, Qt.Key.Key_Tab)
            if focused is before:
                break
            reached.add(focused)
            before = focused
        for control in wanted:
            group = control.group() if isinstance(control, QAbstractButton) else None
            others = group.buttons() if group is not None and group.exclusive() else []
            if control not in reached and not any(one in reached for one in others):
                missed.append((name, type(control).__name__, said_of(control)[0]))
    assert not missed, "\n".join(map(str, missed))


@pytest.mark.parametrize("show", GATES, ids=["unlock", "create", "restore"])
def test_before_a_desk_is_open_too(person: Person, show: Callable[[GuardedWindow], None]) -> None:
    window = person.starts()
    show(window)
    QApplication.processEvents()
    assert window.gate is not None
    found = [(type(one).__name__, *said_of(one)) for one in controls(window.gate)]
    assert found
    assert [one for one in found if not one[1] or one[2] in ROLELESS] == []


@pytest.mark.parametrize("desk", [uds, units])
def test_words_of_which_one_is_down_are_told_as_one_of_several(person: Person, desk: Callable[[Person], Desk]) -> None:
    person.sits_down_at(desk(person))
    view = person.window.desk_view
    assert view is not None
    for name in pages_of(person):
        assert said_of(view.rail.button(name))[1] is QAccessible.Role.RadioButton
        for segments in view.page.findChildren(Segments):
            if segments.isVisible():
                assert said_of(segments.word(segments.current))[1] is QAccessible.Role.RadioButton


# -- shortcuts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("desk", [uds, units])
def test_every_shortcut_is_listed_on_f1_and_none_means_two_things(
    person: Person, desk: Callable[[Person], Desk]
) -> None:
    person.sits_down_at(desk(person))
    keys = [part.strip() for keys, _ in shortcuts(catalogue("nb")) for part in keys.split(",")]
    listed = {QKeySequence(key.replace("PgDn", "PgDown")).toString() for key in keys}  # as Qt writes it
    listed |= {f"Ctrl+{n}" for n in range(1, 10)}
    for name in pages_of(person):
        found = [
            one.key().toString()
            for one in person.window.findChildren(QShortcut)
            if isinstance(owner := one.parent(), QWidget)
            and owner.isVisible()
            and one.context() is Qt.ShortcutContext.WindowShortcut
        ]
        assert {key for key in found if key not in listed} == set(), name
        assert len(found) == len(set(found)), (name, sorted(found))


# -- longer words, from right to left --------------------------------------------------------------


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """Every text 1.4 times as long, and the window laid out from right to left."""
    plain, plural = Catalogue.__call__, Catalogue.plural

    def longer(text: str) -> str:
        more = round(len(text) * 0.4)
        return text + "~" * more if " " not in text else text + " " + "lengre"[: max(1, more - 1)] * (more > 1)

    def stretch(text: str) -> str:
        wanted, found = round(len(text) * 1.4), text
        words = text.split()
        while words and len(found) < wanted and len(words) > 1:
            found += " " + words[len(found) % len(words)]
        return found if len(words) > 1 else longer(text)

    monkeypatch.setattr(Catalogue, "__call__", lambda self, message, **v: stretch(plain(self, message, **v)))
    monkeypatch.setattr(Catalogue, "plural", lambda self, one, many, n, **v: stretch(plural(self, one, many, n, **v)))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def clipped(root: QWidget) -> Iterator[str]:
    """Buttons and labels whose text has less room than it needs."""
    for one in root.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, QPushButton | QCheckBox | QRadioButton) and one.width() < one.minimumSizeHint().width() - 1:
            yield f"button {one.text()!r}: {one.width()} of {one.minimumSizeHint().width()}"
        elif isinstance(one, QLabel) and one.text() and not isinstance(one, ElidedLabel):
            if one.wordWrap() and one.height() < one.heightForWidth(one.width()) - 1:
                yield f"label {one.text()!r}: {one.height()} high of {one.heightForWidth(one.width())}"
            elif one.wordWrap() and one.width() < widest_word(one):
                yield f"label {one.text()!r}: {one.width()} wide, and a word is {widest_word(one)}"
            elif not one.wordWrap() and one.width() < one.sizeHint().width() - 1:
                yield f"label {one.text()!r}: {one.width()} wide of {one.sizeHint().width()}"
        elif isinstance(one, QScrollArea) and one.horizontalScrollBar().maximum() > 0:
            yield f"runs off the side by {one.horizontalScrollBar().maximum()}: {_widest(one.widget())}"


def lying_over(root: QWidget) -> Iterator[str]:
    """Words that lie over the words beside them."""
    for one in (root, *root.findChildren(QWidget)):
        beside = [each for each in one.children() if isinstance(each, QLabel | QPushButton) and each.isVisible()]
        for first, second in combinations(beside, 2):
            if first.geometry().intersects(second.geometry()):
                yield f"{first.text()!r} lies over {second.text()!r}"


def widest_word(shown: QLabel) -> int:
    """How wide the longest word of a label is; it may be parted at hyphens, strokes and spaces."""
    words = re.split(r"[\s/\\–-]+", shown.text())
    return max(shown.fontMetrics().horizontalAdvance(word) for word in words)


def _widest(root: QWidget) -> str:
    """The innermost part that wants most room, for whoever mends it."""
    found = [one for one in root.findChildren(QWidget) if one.isVisible() and not one.findChildren(QWidget)]
    widest = max(found, key=lambda one: one.minimumSizeHint().width(), default=root)
    said = getattr(widest, "text", str)()
    return f"{type(widest).__name__} {said!r} wants {widest.minimumSizeHint().width()}"


@pytest.mark.parametrize("desk", [uds, units])
def test_longer_words_from_right_to_left_are_not_clipped(
    person: Person, stretched: None, desk: Callable[[Person], Desk]
) -> None:
    person.sits_down_at(desk(person))
    found = []
    try:
        for name in pages_of(person):
            QApplication.processEvents()
            found += [f"{name}: {fault}" for fault in clipped(person.page)]
    finally:
        style.apply(style.look_for("light", 100))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("show", GATES, ids=["unlock", "create", "restore"])
def test_nor_before_a_desk_is_open(person: Person, stretched: None, show: Callable[[GuardedWindow], None]) -> None:
    window = person.starts()
    window.wear("text_size", 200)  # type: ignore[attr-defined]
    try:
        show(window)
        QApplication.processEvents()
        assert window.gate is not None
        assert list(clipped(window.gate)) == []
    finally:
        style.apply(style.look_for("light", 100))


# -- what only a longer walk has found ---------------------------------------------------------------


def test_a_screen_reader_that_ticks_and_chooses_without_a_click_is_heard(person: Person) -> None:
    page = person.reports_for("FD")
    box = next(one for one in page.form.findChildren(QCheckBox) if one.isVisible() and not one.isChecked())
    assert acts(box, "Toggle")
    assert box.isChecked()
    assert page.keeper.flush()
    key = page.key
    assert key is not None
    assert entry(person.desk, YEAR, key) == page.form.value()
    view = person.window.desk_view
    assert view is not None
    assert acts(view.rail.button("safety"), "Toggle")
    assert view.name == "safety"


def acts(control: QWidget, name: str) -> bool:
    """Do what a screen reader asks of a control."""
    found = QAccessible.queryAccessibleInterface(control).actionInterface()
    assert name in found.actionNames()
    found.doAction(name)
    return True


def test_tab_comes_to_what_was_made_later_in_reading_order(person: Person) -> None:
    page = person.reports_for("FD")
    records = page.form.editors["partners"]
    assert isinstance(records, RecordsEditor)
    group = page.form.groups[next(one.group for one in FORM if one.name == "partners")]
    group.set_open(is_open=True)
    records.add()
    records.add()
    first, second = (next(iter(frame.editors.values())) for frame in records.frames)
    found = first.nextInFocusChain()
    passed: list[QWidget] = []
    while found is not None and found is not second and len(passed) < 200:
        passed.append(found)
        found = found.nextInFocusChain()
    assert found is second
    assert records.add_button not in passed
