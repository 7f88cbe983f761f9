"""A window that stands open for days must not end because Qt's binding used up None."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from wpsdesk.i18n import catalogue
from wpsdesk.ui import texts

MANY_CALLS = """
import wpsdesk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(100_000):
    thing.setObjectName("")
print("alive")
"""


def test_none_is_not_used_up_by_calls_that_give_nothing_back():
    done = subprocess.run([sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "alive", done.stderr


def test_qt_speaks_through_one_translator_that_is_never_thrown_away(qapp: QApplication) -> None:
    for language, word in (("nb", "Avbryt"), ("nn", "Avbryt"), ("en", "Cancel"), ("nb", "Avbryt")):
        texts.speak(catalogue(language))
        assert QCoreApplication.translate("QDialogButtonBox", "Cancel") == word
    assert len(texts._INSTALLED) == 1
