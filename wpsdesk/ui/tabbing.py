"""Tab in reading order, where parts of a page are made later than what stands below them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
"""What Tab comes to as one, whatever it is made of."""


def take_turn(container: QWidget) -> None:
    """Let Tab come to what is in ``container`` where the container stands among the others, in reading order.

    Qt puts whatever is new behind everything that there is.
    """
    before = _before(container)
    inside = list(controls_of(container))
    order = inside if before is None else [before, *inside]
    for first, second in pairwise(order):
        QWidget.setTabOrder(first, second)


def read_downwards(dialog: QWidget) -> None:
    """Let Tab go through a dialog in reading order, from its first control where it has not chosen another.

    A dialog is mostly put together with its buttons before what stands above them.
    """
    order = list(controls_of(dialog))
    for first, second in pairwise(order):
        QWidget.setTabOrder(first, second)
    if dialog.focusWidget() is None:
        usable = (one for one in order if one.isVisibleTo(dialog) and one.isEnabled())
        if (first_one := next(usable, None)) is not None:
            first_one.setFocus()


def _before(container: QWidget) -> QWidget | None:
    """The control before the container, outside it."""
    found = container.previousInFocusChain()
    while found is not None and found is not container:
        if _takes_tab(found) and not container.isAncestorOf(found):
            return found
        found = found.previousInFocusChain()
    return None


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def controls_of(widget: QWidget) -> Iterator[QWidget]:
    """What Tab comes to within a widget, in reading order; what is hidden for now too."""
    if isinstance(widget, QScrollArea) and (content := widget.widget()) is not None:
        yield from controls_of(content)
        return
    if _takes_tab(widget):
        yield widget
    if not isinstance(widget, _WHOLE) and (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from controls_of(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
