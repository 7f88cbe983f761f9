"""Words that the dictionary does not have, underlined in the field one is in; suggestions by Alt+Return."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from wpsdesk.desk.answers import spelling
from wpsdesk.desk.answers.spelling import Speller
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import TextArea

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.plan.model import LanguageCode

KEY = "Alt+Return"
PAUSE: Final = 300
"""Milliseconds from the last keystroke to the look at the words."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ADDRESS: Final = re.compile(r"\S*(?:@|://|www\.|\d)\S*")
"""Addresses and what has figures in it is no word."""


class Dictionaries(QObject):
    """Reads each dictionary once for the whole program, on a thread of its own: a desk is locked without waiting."""

    came = Signal(object)
    """A dictionary has been read: its path."""

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[Path, Speller | None] = {}
        self._under_way: set[Path] = set()

    def get(self, path: Path) -> Speller | None:
        """The dictionary; None while it is being read, and where it cannot be."""
        if path not in self._read and path not in self._under_way:
            self._under_way.add(path)
            threading.Thread(target=self._fetch, args=(path,), daemon=True).start()
        return self._read.get(path)

    def _fetch(self, path: Path) -> None:
        self._read[path] = spelling.read_dictionary(path)
        with suppress(RuntimeError):  # the program has ended meanwhile
            self.came.emit(path)


_held: list[Dictionaries] = []


def _dictionaries() -> Dictionaries:
    if not _held:
        _held.append(Dictionaries())
    return _held[0]


class Spelling(QObject):
    """What an open desk knows of spelling; one per desk."""

    changed = Signal()
    """A dictionary has come, or a word."""

    def __init__(self, desk: Desk, parent: QObject, *, is_on: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._desk, self._is_on = desk, is_on
        self._own: frozenset[str] | None = None
        self._paths: dict[str, Path | None] = {}

    def speller(self, language: LanguageCode) -> Speller | None:
        """The dictionary of a language; None where there is none, where it is still being read, and where unwanted."""
        if not self._is_on():
            return None
        if language not in self._paths:
            self._paths[language] = spelling.dictionary_for(language)
        path = self._paths[language]
        if path is None:
            return None
        if not self._paths.get("heard"):
            self._paths["heard"] = path
            _dictionaries().came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        return _dictionaries().get(path)

    def _on_came(self, _path: object) -> None:
        self.changed.emit()

    def is_own(self, word: str) -> bool:
        """Whether the word was added at this desk."""
        if self._own is None:
            self._own = spelling.own_words(self._desk)
        return word in self._own

    def add(self, word: str) -> None:
        """Keep a word as rightly spelt."""
        self._own = spelling.add_own_word(self._desk, word)
        self.changed.emit()


class FieldSpelling(QObject):
    """Looks at the words of one field while one is in it."""

    def __init__(self, area: TextArea, known: Spelling, say: Catalogue, language: Callable[[], LanguageCode]) -> None:
        super().__init__(area)
        self._area, self._known, self._say, self._language = area, known, say, language
        self.wrong: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        area.installEventFilter(self)
        area.textChanged.connect(self._soon)
        area.turned.connect(self._soon)
        known.changed.connect(self._soon)
        area.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        area.customContextMenuRequested.connect(self._on_menu)
        shortcut = QShortcut(QKeySequence(KEY), area)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._on_key)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Coming into the field begins the look."""
        if event.type() == QEvent.Type.FocusIn:
            self._soon()
        return False

    def _soon(self) -> None:
        if self._area.hasFocus():
            self._timer.start()

    def look(self) -> None:
        """Underline what the dictionary does not have; not the word that is being typed."""
        speller = self._known.speller(self._language())
        cursor, found = self._area.textCursor(), []
        if speller is not None:
            for start, word in words_in(self._area.toPlainText()):
                is_typed = cursor.position() == start + len(word) and not cursor.hasSelection()
                if not is_typed and not speller.knows(word) and not self._known.is_own(word):
                    found.append((start, word))
        self.wrong = tuple(word for _, word in found)
        self._area.setExtraSelections([self._underlined(start, word) for start, word in found])

    def _underlined(self, start: int, word: str) -> QTextEdit.ExtraSelection:
        marked = QTextEdit.ExtraSelection()
        line = QTextCharFormat()
        line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        line.setUnderlineColor(style.current().colour("danger"))
        cursor = QTextCursor(self._area.document())
        cursor.setPosition(start)
        cursor.setPosition(start + len(word), QTextCursor.MoveMode.KeepAnchor)
        marked.format, marked.cursor = line, cursor
        return marked

    # -- suggestions -------------------------------------------------------------------------------

    def _on_menu(self, place: QPoint) -> None:
        self.menu(self._area.cursorForPosition(place)).popup(self._area.viewport().mapToGlobal(place))

    def _on_key(self) -> None:
        below = self._area.cursorRect().bottomLeft()
        self.menu(self._area.textCursor()).popup(self._area.viewport().mapToGlobal(below))

    def menu(self, cursor: QTextCursor) -> QMenu:
        """The field's usual menu; before it, where the cursor stands in a word unknown, what may have been meant."""
        menu = self._area.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speller, at = self._known.speller(self._language()), cursor.position()
        touched = ((s, w) for s, w in words_in(self._area.toPlainText()) if s <= at <= s + len(w))
        start, word = next(touched, (0, ""))
        if speller is None or not word or speller.knows(word) or self._known.is_own(word):
            return menu
        first = menu.actions()[0] if menu.actions() else None
        pairs = [(text, partial(self._replace, start, word, text)) for text in speller.suggestions(word)]
        pairs.append((self._say("Add “{word}” to the desk's own words", word=word), partial(self._known.add, word)))
        for text, act in pairs:
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, act=act: act())
            if first is not None:
                menu.insertAction(first, action)
        if first is not None:
            menu.insertSeparator(first)
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _replace(self, start: int, word: str, text: str) -> None:
        cursor = QTextCursor(self._area.document())
        cursor.setPosition(start)
        cursor.setPosition(start + len(word), QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() == word:
            cursor.insertText(text)


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Each word with the place where it begins; addresses, figures and abbreviations in capitals are none."""
    no_words = [found.span() for found in _ADDRESS.finditer(text)]
    for found in _WORD.finditer(text):
        word = found.group()
        is_part = any(start <= found.start() < end for start, end in no_words)
        if 1 < len(word) <= spelling.LONGEST_WORD and not word.isupper() and not is_part:
            yield found.start(), word
