"""The pictures in the manual, taken of the program itself in each of its languages: ``python -m tests.pictures``."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from wpsdesk.assets import resource
from wpsdesk.base.clock import system_now
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.answers.drafting import fill, report, rows
from wpsdesk.desk.answers.proposing import propose
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.demonstrating import YEAR
from wpsdesk.desk.model import Desk
from wpsdesk.desk.officers import sign_in
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import AccessScope, EntryKey
from wpsdesk.settings import Settings
from wpsdesk.ui.authority.compiling import CompilePage
from wpsdesk.ui.authority.reviewing import ReviewPage
from wpsdesk.ui.reporter.changes import ChangesDialog
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.scrolling import Scroller
from wpsdesk.ui.window import Window

PICTURES: Final = Path(__file__).parent.parent / "resources" / "manual" / "pictures"
SIZE: Final = (1120, 700)
COLOURS: Final = 48
MORE: Final = " Opplysningen er kontrollert med samarbeidspartneren."
"""What a colleague has added to an answer; the answers of the demonstration are in bokmål in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture: the desk that is open, the page, and what is done there; gives the widget that is taken."""

    name: str
    store: str
    page: str
    prepared: Callable[[Window], QWidget]


def settle(window: QWidget) -> None:
    """Let a window lay itself out: until nothing more is waiting."""
    for _ in range(20):
        QApplication.processEvents()
        QApplication.sendPostedEvents()
    assert window.testAttribute(Qt.WidgetAttribute.WA_WState_Created)


def take_all(folder: Path, words: str) -> None:
    """Write every picture, of the desks in ``folder``."""
    _play_on(folder, words)
    for language in LANGUAGES:
        into = PICTURES / language
        into.mkdir(parents=True, exist_ok=True)
        for shot in SHOTS:
            window = _opened(folder / "stores" / f"{shot.store}.wpsdesk", words, language, shot.page)
            _save(shot.prepared(window), into / f"{shot.name}.png")
            window.close()
        window = Window(_settings(language), system_now)
        window.resize(*SIZE)
        window.show()
        window.show_unlock(Path("Dokumenter", "nair.wpsdesk"))
        settle(window)
        _save(window, into / "lock.png")
        window.close()


def _play_on(folder: Path, words: str) -> None:
    """What the demonstration leaves out: a report that waits for UD's decision, and an answer changed after it."""
    stores = folder / "stores"
    nair = open_desk(stores / "nair.wpsdesk", words, clock=system_now)
    ud = open_desk(stores / "ud.wpsdesk", words, clock=system_now)
    fill(nair, _answers_with(MORE, 1), YEAR)
    receive_one(ud, export(nair, YEAR, folder / "bundles", approved_by=nair.unit.names.nb).path)
    sign_in(ud, "Ingrid Testsen")
    fill(nair, _answers_with(MORE * 2, 2), YEAR)
    close_desk(nair)
    close_desk(ud)


def _settings(language: LanguageCode) -> Settings:
    return Settings(scheme="light", language=language, last_folder=Path("/srv/wps"))


def _opened(store: Path, words: str, language: LanguageCode, page: str) -> Window:
    window = Window(_settings(language), system_now)
    window.resize(*SIZE)
    window.show()
    window.open_desk(open_desk(store, words, clock=system_now))
    assert window.desk_view is not None
    window.desk_view.rail.button(page).setFocus()
    window.desk_view.go(page)
    settle(window)
    return window


def _save(widget: QWidget, path: Path) -> None:
    """As a PNG of few colours: the manual is carried by slow lines too."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def _answers_with(more: str, count: int) -> bytes:
    told: dict[str, Any] = json.loads(resource("demo", "answers-NAIR.json").read_text(encoding="utf-8"))
    for entry in [one for one in told["entries"] if "results" in one][:count]:
        entry["results"]["text"] += more
    return json.dumps(told).encode()


# -- what is done before each ------------------------------------------------------------------------


def _as_it_is(window: Window) -> QWidget:
    return window


def _report(window: Window) -> ReportPage:
    assert window.desk_view is not None
    assert isinstance(window.desk_view.page, ReportPage)
    return window.desk_view.page


def _desk(window: Window) -> Desk:
    assert window.context is not None
    return window.context.desk


def _entry(window: Window) -> QWidget:
    _report(window).open_thing(rows(_desk(window), YEAR)[1].key)
    settle(window)
    return window


def _at(window: Window, key: EntryKey, field: str) -> QWidget:
    """At a field of an answer, with what the field is headed by at the top."""
    page = _report(window)
    page.open_thing(key)
    settle(window)
    page.go_to(field)
    settle(window)
    _raise_to_top(page.form.editors[field])
    settle(window)
    return window


def _raise_to_top(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Scroller):
        above = above.parentWidget()
    assert isinstance(above, QScrollArea)
    top = widget.mapTo(above.widget(), QPoint(0, 0)).y()
    above.verticalScrollBar().setValue(top - 60)


def _evidence(window: Window) -> QWidget:
    key = next(entry.key for entry in report(_desk(window), YEAR).entries if entry.evidence)
    return _at(window, key, "evidence")


def _access(window: Window) -> QWidget:
    closed = (e.key for e in report(_desk(window), YEAR).entries if e.access.scope is not AccessScope.OPEN)
    return _at(window, next(closed), "access")


def _handover(window: Window) -> QWidget:
    assert window.desk_view is not None
    window.desk_view.page.open_thing("handover")
    settle(window)
    return window


def _worksheet(window: Window) -> QWidget:
    assert window.context is not None
    assert window.desk_view is not None
    found = propose(_desk(window), _answers_with(MORE * 3, 3))
    dialog = ChangesDialog(window.context, window.desk_view.page, found)
    dialog.open()
    settle(dialog)
    return dialog


def _compile(window: Window) -> QWidget:
    assert window.desk_view is not None
    page = window.desk_view.page
    assert isinstance(page, CompilePage)
    page.folder.show_path(Path("/srv/wps"))
    settle(window)
    return window


def _inbox(window: Window) -> QWidget:
    found = window.findChild(QAbstractItemView)
    assert isinstance(found, QAbstractItemView)
    found.setCurrentIndex(found.model().index(0, 0))
    settle(window)
    return window


def _reading(window: Window) -> QWidget:
    """An answer that waits for a decision."""
    assert window.desk_view is not None
    window.desk_view.page.open_thing((UnitCode("NAIR"), YEAR, None))
    settle(window)
    return window


def _returning(window: Window) -> QWidget:
    _reading(window)
    assert window.desk_view is not None
    page = window.desk_view.page
    assert isinstance(page, ReviewPage)
    page.begin_return()
    settle(window)
    return window


SHOTS: Final = (
    Shot(name="overview", store="nair", page="overview", prepared=_as_it_is),
    Shot(name="entry", store="nair", page="report", prepared=_entry),
    Shot(name="evidence", store="nair", page="report", prepared=_evidence),
    Shot(name="access", store="nair", page="report", prepared=_access),
    Shot(name="approve", store="nair", page="send", prepared=_as_it_is),
    Shot(name="send", store="fd", page="send", prepared=_as_it_is),
    Shot(name="worksheet", store="nair", page="overview", prepared=_worksheet),
    Shot(name="handover", store="nair", page="setup", prepared=_handover),
    Shot(name="inbox", store="ud", page="inbox", prepared=_inbox),
    Shot(name="reading", store="ud", page="review", prepared=_reading),
    Shot(name="returning", store="ud", page="review", prepared=_returning),
    Shot(name="coverage", store="ud", page="coverage", prepared=_as_it_is),
    Shot(name="compile", store="ud", page="compile", prepared=_compile),
)
