"""What everybody must be able to see, reach and read: contrast, size, names, the way of the Tab key, languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tests.ui.driving import Person, two_countries
from wpsdesk import assets
from wpsdesk.i18n import catalogue
from wpsdesk.report.form import Group
from wpsdesk.settings import Settings
from wpsdesk.ui import style, texts
from wpsdesk.ui.preferences import SettingsPage
from wpsdesk.ui.recovery import sheet
from wpsdesk.ui.reporter.records import RecordsEditor
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.shell import facts
from wpsdesk.ui.texts import CONTEXTS, WORDS, QtTexts

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)
PAGES = ("overview", "report", "measures", "send", "setup", "look", "safety", "settings", "help")


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    found = QColor(colour)
    return 0.2126 * linear(found.redF()) + 0.7152 * linear(found.greenF()) + 0.0722 * linear(found.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_text_reaches_the_contrast_of_wcag_aa_on_every_ground_it_stands_on(colours: style.Colours) -> None:
    grounds = (colours.surface, colours.quiet, colours.field)
    pairs = [(text, ground) for text in (colours.text, colours.muted) for ground in grounds]
    pairs += [(colours.text, ground) for ground in (colours.accent_soft, colours.neutral_soft)]
    pairs += [
        (getattr(colours, t), getattr(colours, f"{t}_soft"))
        for t in ("success", "warning", "danger", "info", "neutral")
    ]
    pairs += [(getattr(colours, t), colours.surface) for t in ("success", "warning", "danger", "info", "accent")]
    pairs += [(colours.on_accent, colours.accent), (colours.on_accent, colours.accent_strong)]
    assert [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5] == []


@pytest.mark.parametrize("colours", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_borders_of_controls_and_the_focus_reach_three_to_one(colours: style.Colours) -> None:
    for line in (colours.control, colours.accent):
        for ground in (colours.surface, colours.quiet, colours.field):
            assert contrast(line, ground) >= 3, (line, ground)


def test_the_style_sheet_scales_as_one_and_names_only_roles_that_there_are() -> None:
    once, twice = style.sheet(style.Look()), style.sheet(style.Look(percent=200))
    assert "$" not in once
    assert "font-size: 13px" in once
    assert "font-size: 26px" in twice
    assert len(fields(style.Colours)) > 10


def test_the_signs_in_ticked_boxes_are_shipped() -> None:
    for name in style.PICTURES:
        for scheme in ("light", "dark"):
            assert assets.resource("style", f"{name}-{scheme}.png").is_file()


def test_the_typeface_is_ours_and_its_heads_are_heavier(qapp: QApplication) -> None:
    style.register_fonts()
    look = style.Look()
    plain = QFontMetrics(look.font(style.Type.TEXT)).horizontalAdvance("Kjønnsperspektiv")
    strong = QFontMetrics(look.font(style.Type.TEXT, is_strong=True)).horizontalAdvance("Kjønnsperspektiv")
    assert strong > plain


# -- names and the way of the Tab key -------------------------------------------------------------


def controls(root: QWidget) -> Iterator[QWidget]:
    """The controls that a person meets; the insides of Qt's own are not among them."""
    for found in root.findChildren(QWidget):
        if not isinstance(found, CONTROLS) or not found.isVisible() or found.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(found.parent(), (QComboBox, QLineEdit, QAbstractItemView)):
            continue
        yield found


def name_of(control: QWidget) -> str:
    """What a screen reader says of it."""
    own = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or own


def fully_open(page: ReportPage) -> None:
    for group in page.form.groups.values():
        group.set_open(is_open=True)
    for name in ("indicators", "partners", "money"):
        editor = page.form.editors[name]
        assert isinstance(editor, RecordsEditor)
        editor.add()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_control_on_every_page_has_a_name(person: Person, language: str) -> None:
    page = person.reports_for(two_countries(), language=language)
    fully_open(page)
    nameless = []
    for name in PAGES:
        view = person.window.desk_view
        assert view is not None
        view.go(name)
        QApplication.processEvents()
        nameless += [(name, type(c).__name__) for c in controls(person.window) if not name_of(c).strip()]
    assert nameless == []


def test_every_control_before_a_desk_is_open_has_a_name(person: Person) -> None:
    person.starts()
    for show in (person.window.show_unlock, person.window.show_create, person.window.show_restore):
        show()
        assert [type(c).__name__ for c in controls(person.window) if not name_of(c).strip()] == []


def reached_by_tab(person: Person, root: QWidget) -> set[QWidget]:
    """Everything that Tab comes to, once round."""
    reached: set[QWidget] = set()
    person.waits(lambda: QApplication.focusWidget() is not None)
    while (focused := QApplication.focusWidget()) is not None and focused not in reached:
        reached.add(focused)
        person.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return reached


def test_tab_comes_to_every_control_of_the_report_and_is_never_trapped(person: Person) -> None:
    page = person.reports_for(two_countries())
    fully_open(page)
    person.waits(lambda: all(c.isVisible() for c in page.form.groups[Group.FIGURES].body.findChildren(QLineEdit)))
    page.list.search.setFocus()
    reached = reached_by_tab(person, page)
    missed = [(type(c).__name__, name_of(c)) for c in controls(page) if c.isEnabled() and c not in reached]
    assert missed == []


@pytest.mark.parametrize("name", ["overview", "send", "setup", "look", "safety", "settings"])
def test_tab_comes_to_every_control_of_the_other_pages(person: Person, name: str) -> None:
    person.reports_for("FD")
    view = person.window.desk_view
    assert view is not None
    view.go(name)
    view.rail.button(name).setFocus()
    reached = reached_by_tab(person, person.page)
    wanted = [c for c in controls(person.page) if c.isEnabled() and not any(one in reached for one in one_of(c))]
    assert [(type(c).__name__, name_of(c)) for c in wanted] == []


def one_of(control: QWidget) -> list[QWidget]:
    """The control; where it is one of several to choose between, all of them: Tab comes to one, arrows go on."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    return [control] if group is None or not group.exclusive() else list(group.buttons())


def test_tab_goes_through_the_wizard(person: Person) -> None:
    person.starts()
    person.presses(person.unlock.create_link)
    person.presses(person.wizard.whose.of_own)
    reached = reached_by_tab(person, person.wizard)
    for control in (
        person.wizard.whose.code,
        person.wizard.whose.name,
        person.wizard.whose.countries,
        person.wizard.next_button,
    ):
        assert control in reached


def test_a_label_leads_to_its_field(person: Person) -> None:
    page = person.reports_for("FD")
    label = next(w for w in page.form.findChildren(QLabel) if w.text() == "Resultater")
    assert label.buddy() is page.form.editors["results"].focusProxy()


def test_nothing_is_shown_as_a_window_of_its_own_while_pages_are_built(person: Person) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(  # noqa: N802 - Qt's name
            self, watched: QObject, event: QEvent
        ) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    QCoreApplication.instance().installEventFilter(watch)
    try:
        person.starts()
        person.window.show_create()
        person.window.show_restore()
        fully_open(person.reports_for(two_countries()))
        assert person.window.desk_view is not None
        for name in PAGES:
            person.window.desk_view.go(name)
    finally:
        QCoreApplication.instance().removeEventFilter(watch)
    assert set(shown) == {"Window"}


# -- size and languages ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("percent", style.PERCENTS)
def test_no_button_is_cut_and_nothing_runs_off_the_side(person: Person, percent: int, language: str) -> None:
    page = person.reports_for(two_countries(), language=language, percent=percent)
    fully_open(page)
    page.mark()
    view = person.window.desk_view
    assert view is not None
    cut = []
    for name in PAGES:
        view.go(name)
        person.waits(person.page.isVisible)
        for _ in range(4):  # a page within a page is measured again once its parts are
            QApplication.processEvents()
        buttons = [button for button in person.page.findChildren(QPushButton) if button.isVisible()]
        narrow = [button for button in buttons if button.width() < button.minimumSizeHint().width() - 1]
        cut += [(name, b.text(), b.width(), b.minimumSizeHint().width()) for b in narrow]
        assert buttons or name in ("settings", "help")
        scroller = getattr(person.page, "scroller", None)
        if scroller is not None and scroller.horizontalScrollBar().maximum() > 0:
            cut.append((name, "runs off", scroller.viewport().width(), scroller.widget().minimumSizeHint().width()))
    assert cut == []


def test_settings_take_effect_at_once_and_are_remembered(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    page = person.turns_to("settings", SettingsPage)
    page.text_size.choose(150)
    page.text_size.activated.emit(page.text_size.currentIndex())
    person.waits(lambda: style.current().percent == 150)
    again = person.page
    assert isinstance(again, SettingsPage)
    again.scheme.choose("dark")
    again.scheme.activated.emit(2)
    person.waits(lambda: style.current().colours == style.DARK)
    assert person.window.settings == Settings(
        scheme="dark",
        text_size=150,
        last_folder=person.folder,
        last_store=person.desk.store.path,
        recent=(person.desk.store.path,),
        marks=((person.desk.store.path, person.window.marks),),
        splitters=person.window.settings.splitters,
    )
    assert isinstance(person.page, SettingsPage)


def test_qts_own_buttons_and_menus_speak_norwegian(person: Person) -> None:
    person.starts(Settings(language="nb"))
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Yes)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"Avbryt", "Ja"}
    area = QPlainTextEdit("tekst")
    menu = area.createStandardContextMenu()
    words = {action.text().replace("&", "").split("\t")[0] for action in menu.actions() if action.text()}
    assert words == {"Angre", "Gjør om", "Klipp ut", "Kopier", "Lim inn", "Slett", "Merk alt"}
    menu.deleteLater()
    line = QLineEdit("tekst")
    words = {action.text().replace("&", "").split("\t")[0] for action in line.createStandardContextMenu().actions()}
    assert "Kopier" in words


def test_qts_words_are_looked_up_only_in_its_own_contexts() -> None:
    found = QtTexts(catalogue("nn"))
    assert "QPlatformTheme" in CONTEXTS
    assert found.translate("QPlatformTheme", "&Cancel") == "Avbryt"
    assert found.translate("QPlatformTheme", "A text that nobody knows") is None
    assert found.translate("MyContext", "Cancel") is None
    assert all(catalogue(language)(word) for word in WORDS.values() for language in ("nb", "nn", "en"))
    assert texts.WORDS["Open"] == "Open file", "one word for the verb, another for what is open to the public"


def test_the_top_line_counts_the_days(person: Person) -> None:
    from datetime import date

    from wpsdesk.desk.call.calling import require_call

    person.office.ud()
    call = require_call(person.office.desks[0])
    say = catalogue("nb")
    assert facts(call, date(2027, 2, 6), say) == "Rapport for 2026 · frist 1. mars 2027, 23 dager igjen"
    assert facts(call, date(2027, 2, 28), say).endswith("1 dag igjen")
    assert facts(call, date(2027, 3, 1), say).endswith("fristen er i dag")
    assert facts(call, date(2027, 3, 3), say).endswith("2 dager over fristen")
    assert facts(None, date(2027, 3, 3), say) == "Ingen rapporteringsbestilling ennå"


def test_how_long_is_left_is_read_whole_at_twice_the_size_before_and_after_a_save(person: Person) -> None:
    person.reports_for(percent=200)
    assert person.window.desk_view is not None
    line = person.window.desk_view.topline
    person.settles()
    assert line.facts_seen.endswith("igjen")
    line.show_saved(person.desk.clock())
    person.settles()
    assert line.facts_seen.endswith("igjen")


def test_the_recovery_sheet_is_a_pdf_of_one_page(qapp: QApplication) -> None:
    data = sheet("AAAA-BBBB-CCCC-DDDD", "Ambassaden i Nairobi", catalogue("nb"))
    assert data.startswith(b"%PDF-")
    assert b"/Count 1" in data


def test_a_commitments_states_are_told_together() -> None:
    from wpsdesk.report.states import EntryState
    from wpsdesk.ui.reporter.commitments import states_together

    ready, nothing, draft, empty = EntryState.READY, EntryState.NOTHING, EntryState.DRAFT, EntryState.EMPTY
    assert states_together((ready, nothing)) is ready
    assert states_together((nothing, nothing)) is nothing
    assert states_together((ready, empty)) is draft
    assert states_together((ready, EntryState.RETURNED)) is EntryState.RETURNED
    assert states_together((draft,)) is draft


def test_a_box_to_tick_in_the_list_of_countries_answers_to_the_space_bar(person: Person) -> None:
    person.starts()
    person.presses(person.unlock.create_link)
    person.presses(person.wizard.whose.of_own)
    person.wizard.whose.countries.setFocus()
    person.strikes(Qt.Key.Key_Space)
    assert len(person.wizard.whose.ticked()) == 1
