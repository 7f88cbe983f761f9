"""Picking several of a list: a field to search in, and the list with a box before each line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import label

T = TypeVar("T")


class PickList(QWidget, Generic[T]):
    """Lines to tick. Arrow keys move, Space ticks; what is ticked stays so while one searches.

    ``lines`` fixes the height; 0 takes the room there is.
    """

    def __init__(self, say: Catalogue, name: str, pairs: Iterable[tuple[T, str]], *, lines: int = 0) -> None:
        super().__init__()
        look = style.current()
        self._say = say
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Search"))
        self.search.setAccessibleName(say("Search: {name}", name=name))
        self._items = QStandardItemModel(self)
        self._values: list[T] = []
        for value, text in pairs:
            item = QStandardItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self._items.appendRow(item)
            self._values.append(value)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._items)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.textChanged.connect(self._shown.setFilterFixedString)
        self.view = QListView()
        self.view.setModel(self._shown)
        self.view.setAccessibleName(name)
        self.view.setUniformItemSizes(True)
        self.view.setMinimumHeight(look.px(23) * (lines or 8))
        if lines:
            self.view.setMaximumHeight(look.px(23) * lines)
        self.view.setSpacing(look.px(2))
        self._count = label("", type="small")
        self._items.itemChanged.connect(lambda _item: self._tell())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(4))
        inside.addWidget(self.search)
        inside.addWidget(self.view, 1)
        inside.addWidget(self._count)
        self.setFocusProxy(self.search)
        self._tell()

    def _tell(self) -> None:
        self._count.setText(self._say.plural("{n} chosen", "{n} chosen", len(self.picked())))

    def picked(self) -> tuple[T, ...]:
        """What is ticked, in the list's order."""
        ticked = Qt.CheckState.Checked
        return tuple(v for i, v in enumerate(self._values) if self._items.item(i).checkState() is ticked)

    def pick(self, values: Iterable[T]) -> None:
        """Tick exactly these."""
        wanted = set(values)
        self._items.blockSignals(True)
        for place, value in enumerate(self._values):
            state = Qt.CheckState.Checked if value in wanted else Qt.CheckState.Unchecked
            self._items.item(place).setCheckState(state)
        self._items.blockSignals(False)
        self.view.viewport().update()
        self._tell()
