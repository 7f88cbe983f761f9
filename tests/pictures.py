"""The pictures in README and in the manual, taken of the program itself: ``python -m tests.pictures``.

The demonstration's year is played in a folder that is thrown away, and its desks are opened in a real window
without a screen.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests import manual_pictures
from tests.kit.housing import at_home_in
from wpsdesk.base.clock import system_now
from wpsdesk.desk.answers.drafting import rows
from wpsdesk.desk.demonstrating import YEAR, run
from wpsdesk.desk.opening import open_desk
from wpsdesk.settings import Settings
from wpsdesk.ui import style
from wpsdesk.ui.window import Window

PAGES = (
    ("nair", "overview"),
    ("nair", "report"),
    ("nair", "send"),
    ("ud", "inbox"),
    ("ud", "review"),
    ("ud", "coverage"),
)
PICTURES = Path(__file__).parent.parent / "resources" / "pictures"


def main() -> None:
    """Write a picture of each of the pages."""
    application = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(application, QApplication)
    application.setStyle("fusion")
    style.register_fonts()
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, at_home_in(Path(name)):
        folder = Path(name) / "demo"
        done = run(folder, system_now, lambda _step: None)
        words = done.passphrase_file.read_text().strip()
        for store, page in PAGES:
            window = Window(Settings(scheme="light", language="nb"), system_now)
            window.resize(1366, 768)
            window.show()
            desk = open_desk(folder / "stores" / f"{store}.wpsdesk", words, clock=system_now)
            second = rows(desk, YEAR)[1].key if page == "report" else None
            window.open_desk(desk)
            view = window.desk_view
            assert view is not None
            view.rail.button(page).setFocus()  # as after a press of the word
            view.go(page, second)
            manual_pictures.settle(window)
            window.grab().save(str(PICTURES / f"{page}.png"))
            window.close()
        manual_pictures.take_all(folder, words)


if __name__ == "__main__":
    main()
