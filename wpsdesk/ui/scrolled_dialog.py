"""A dialog with more than fits: what scrolls above, and its buttons always in sight below."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from wpsdesk.ui import style
from wpsdesk.ui.controls import label
from wpsdesk.ui.scrolling import Content, Scroller


def scrolled_dialog(dialog: QDialog, title: str, *buttons: QPushButton, width: int, height: int) -> QVBoxLayout:
    """Lay ``dialog`` out, and give back where its fields go; sizes in pixels at 100 %, never more than the screen's."""
    look = style.current()
    content = Content()
    inside = QVBoxLayout(content)
    inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(14))
    inside.setSpacing(look.px(12))
    inside.addWidget(label(title, type="title", wraps=True))
    foot = QHBoxLayout()
    foot.setContentsMargins(look.px(20), look.px(8), look.px(20), look.px(12))
    foot.addStretch(1)
    for each in buttons:
        foot.addWidget(each)
    frame = QVBoxLayout(dialog)
    frame.setContentsMargins(0, 0, 0, 0)
    frame.addWidget(Scroller(content), 1)
    frame.addLayout(foot)
    room = dialog.screen().availableSize()
    dialog.resize(min(look.px(width), room.width() - 40), min(look.px(height), room.height() - 60))
    return inside
