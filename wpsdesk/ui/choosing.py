"""Choosing files and folders: by a dialog that remembers the folder, or typed into a field.

What Qt has of dialogs is read in when one is opened: the first painting need not wait for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, row
from wpsdesk.ui.fields import Field

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

STORES = "*.wpsdesk"
BUNDLES = "*.asice *.cms"


def open_files(
    parent: QWidget, title: str, folder: Path | None, *, kinds: str = "", many: bool = True
) -> tuple[Path, ...]:
    """Files that the person points at; empty where it was given up. ``kinds``: ``Words (*.a *.b)``."""
    dialog, start = _dialog(), str(folder or Path.home())
    if many:
        names, _ = dialog.getOpenFileNames(parent, title, start, kinds)
        return tuple(Path(name) for name in names)
    name, _ = dialog.getOpenFileName(parent, title, start, kinds)
    return (Path(name),) if name else ()


def new_file(parent: QWidget, title: str, suggestion: Path, *, kinds: str = "") -> Path | None:
    """Where a new file is to lie, or None. What stands there already is left to the verb to refuse."""
    dialog = _dialog()
    name, _ = dialog.getSaveFileName(parent, title, str(suggestion), kinds, options=dialog.Option.DontConfirmOverwrite)
    return Path(name) if name else None


def folder(parent: QWidget, title: str, start: Path | None) -> Path | None:
    """A folder, or None."""
    name = _dialog().getExistingDirectory(parent, title, str(start or Path.home()))
    return Path(name) if name else None


def _dialog() -> type[QFileDialog]:
    """Qt's own, kept from noting the folders it has shown in a file that everybody may read."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QFileDialog

    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    return QFileDialog


class PathField(QWidget):
    """A path that can be typed, dropped or chosen by a dialog."""

    def __init__(self, say: Catalogue, name: str, browse: Callable[[], Path | None], *, hint: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setMinimumWidth(style.current().px(160))
        self.browse = button(say("Browse"), self._browse)
        self.browse.setAccessibleName(say("Browse: {name}", name=name))
        self._choose = browse
        holder = QWidget()
        holder.setLayout(row(self.line, self.browse))
        holder.setFocusProxy(self.line)
        self._field = Field(name, self.line, hint=hint, beside=holder)
        self.setFocusProxy(self.line)
        self.setMaximumWidth(style.current().px(720))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._field)

    def _browse(self) -> None:
        found = self._choose()
        if found is not None:
            self.show_path(found)

    @property
    def path(self) -> Path | None:
        """What stands in it, or None."""
        text = self.line.text().strip()
        if text.startswith("file:"):  # dropped from a file manager
            from PySide6.QtCore import QUrl

            text = QUrl(text).toLocalFile()
        return Path(text).expanduser() if text else None

    def show_path(self, path: Path) -> None:
        """Put a path into it."""
        self.line.setText(str(path))
        self.line.setCursorPosition(len(self.line.text()))

    def show_error(self, text: str) -> None:
        """Say at the field what is wrong."""
        self._field.show_error(text)

    @property
    def error(self) -> str:
        """What is said to be wrong."""
        return self._field.error
