"""Whoever uses a keyboard or a screen reader gets at everything on UD's pages, in every language and size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTreeView, QWidget

from tests.kit import Office
from tests.ui.authority.conftest import Show
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.ui import style
from wpsdesk.ui.authority.coverage import CoveragePage

PAGES = ("call", "inbox", "review", "coverage", "meetings", "compile", "units", "journal")


def reachable(page: QWidget) -> list[QWidget]:
    """What Tab comes to."""
    found = page.findChildren(QWidget)
    return [w for w in found if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def named(widget: QWidget) -> bool:
    inner = widget.focusProxy() or widget
    text = inner.text() if isinstance(inner, QAbstractButton) else ""
    return bool(inner.accessibleName() or text)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_control_has_a_name_and_there_is_no_tree(office: Office, show: Show, sent, language: str):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    shown = show(ud, language)
    for name in PAGES:
        page = shown.page(name)
        assert isinstance(page, QWidget)
        nameless = [w for w in reachable(page) if not named(w) and not w.objectName().startswith("qt_")]
        assert not nameless, (name, nameless)
        assert not page.findChildren(QTreeView)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_window(office: Office, show: Show, sent, percent: int, scheme: str):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    application = QApplication.instance()
    assert application is not None
    try:
        shown = show(ud)
        style.apply(style.look_for(scheme, percent))
        larger = show(ud)
        for name in PAGES:
            page = larger.page(name)
            scroller = getattr(page, "scroller", None)
            if scroller is not None:
                larger.qtbot.waitUntil(lambda s=scroller: s.widget().width() <= s.viewport().width())
        assert larger.view.width() == shown.view.width()
    finally:
        style.apply(style.look_for("light", 100))


def test_at_large_text_an_opened_answer_comes_into_sight_and_nothing_overlaps(office: Office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    show(ud)
    try:
        style.apply(style.look_for("light", 200))
        page = show(ud).page("coverage")
        assert isinstance(page, CoveragePage)
        page.open_thing(("FD", 10))
        top = page.pane.mapTo(page, page.pane.rect().topLeft()).y()
        assert 0 <= top < page.height() / 2
        assert not page.pane.geometry().intersects(page.split.widget(0).geometry())
    finally:
        style.apply(style.look_for("light", 100))
