"""A surface that scrolls up and down, exactly as high as its text needs at the width it has."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from wpsdesk.ui import style

BAR = 12
"""Pixels of the scroll bar at 100 %, as in the style sheet."""


class Content(QWidget):
    """What scrolls.

    Qt asks for its least height without saying how wide it is, and text that wraps would be measured at its
    narrowest; the height for the width at hand is given instead.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self.surface: QScrollArea | None = None

    def minimumSizeHint(self) -> QSize:
        """The least width, and the height that goes with the width of the surface."""
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is None or self.surface is None or not layout.hasHeightForWidth():
            return least
        # The surface is asked for its size and not for its viewport: for a widget that Python has not made, the
        # binding would first read in every class there is.
        width = self.surface.maximumViewportSize().width() - style.current().px(BAR)
        return QSize(least.width(), layout.totalHeightForWidth(max(width, least.width())))


class Scroller(QScrollArea):
    """The surface; it takes no focus of its own."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        content.surface = self
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWidget(content)


def bring_up(scroller: QScrollArea, widget: QWidget) -> None:
    """Scroll to ``widget``, which has just been shown, unless one sees where it begins already."""
    # It has no place before it is laid out, and what turns for its sake is laid out once more.
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    content, bar = scroller.widget(), scroller.verticalScrollBar()
    if content is not None:
        top = widget.mapTo(content, QPoint(0, 0)).y()
        if not bar.value() <= top < bar.value() + scroller.viewport().height() // 2:
            bar.setValue(top - style.current().px(BAR))


def surface_of(widget: QWidget) -> QScrollArea | None:
    """The surface that a widget scrolls on, if any."""
    found = widget.parentWidget()
    while found is not None and not isinstance(found, Scroller):
        found = found.parentWidget()
    return found
