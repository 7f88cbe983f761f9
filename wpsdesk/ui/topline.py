"""The line at the head of the window: whose desk, which year, how long is left, what is saved, language, lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.settings import Language
from wpsdesk.ui import signs, style
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.languages import language_button
from wpsdesk.ui.signs import Sign


class Mark(QWidget):
    """A sign that stands beside a label."""

    def __init__(self, sign: Sign, role: str) -> None:
        super().__init__()
        self._sign, self._role = sign, role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square of a letter's height."""
        side = style.current().px(12)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        signs.draw(painter, self._sign, QRectF(self.rect()), style.current().colour(self._role))
        painter.end()


class ElidedLabel(QLabel):
    """A label of one line that gives way: shorter words where there are any, then dots; it is whole as tool tip."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._whole = ""
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(1)
        self.show_text(text)

    def show_text(self, text: str, *shorter: str) -> None:
        """Show another text, or the first of ``shorter``, longest first, that there is room for."""
        self._whole, self._shorter = text, shorter
        self.setToolTip(text)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """It may shrink to nothing."""
        return QSize(1, super().minimumSizeHint().height())

    def seen(self) -> str:
        """What there is room for."""
        metrics, texts = self.fontMetrics(), (self._whole, *self._shorter)
        fitting = next((each for each in texts if metrics.horizontalAdvance(each) <= self.width()), texts[-1])
        return metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter = QPainter(self)
        look = style.current()
        painter.setPen(look.colour("muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.seen())
        painter.end()


class TopLine(QWidget):
    """Where am I, how long have I got, and is it safe."""

    def __init__(
        self,
        say: Catalogue,
        *,
        speak: Callable[[Language], object],
        lock: Callable[[], object],
        back_up: Callable[[], object],
    ) -> None:
        super().__init__()
        self._say = say
        self.setObjectName("topline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = style.current()
        self._whose = label("", type="head")
        self._facts = ElidedLabel()
        self.backup = button(say("Make a backup"), back_up, role="link")
        self.backup.hide()
        self._tick = Mark(Sign.TICK, "success")
        self._saved = label("", tone="muted")
        self.search = button(say("Search"), role="link")
        self.search.setToolTip("Ctrl+K")
        self.languages = language_button(say, speak)
        self.lock = button(say("Lock"), lock)
        self.lock.setToolTip("Ctrl+L")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(8), look.px(12), look.px(8))
        inside.setSpacing(look.px(12))
        inside.addWidget(self._whose)
        inside.addWidget(self._facts, 1)
        safe = QHBoxLayout()
        safe.setSpacing(look.px(4))
        safe.addWidget(self._tick)
        safe.addWidget(self._saved)
        inside.addLayout(safe)
        inside.addWidget(self.backup)
        inside.addWidget(self.search)
        inside.addWidget(self.languages)
        inside.addWidget(self.lock)
        self._tick.setVisible(False)

    @property
    def saved_text(self) -> str:
        """What it says of saving; "" before anything has been saved."""
        return self._saved.text()

    @property
    def facts_seen(self) -> str:
        """What there is room for of year, deadline and days left."""
        return self._facts.seen()

    def show_desk(self, whose: str, facts: str, *shorter: str) -> None:
        """Whose desk it is, and year, deadline and days left in one line, with shorter lines for a narrow window."""
        self._whose.setText(whose)
        self._facts.show_text(facts, *shorter)

    def show_backup(self, words: str) -> None:
        """That it is time for a backup, and why; "" where it is not."""
        self.backup.setVisible(bool(words))
        self.backup.setToolTip(words)
        self.backup.setAccessibleDescription(words)

    def show_saved(self, when: datetime) -> None:
        """That all is on this machine's disk, and since when."""
        whole = self._say("Saved on this machine {clock}", clock=self._say.clock(when))
        short = self._say("Saved {clock}", clock=self._say.clock(when))
        self._saved.setText(short if style.current().is_large else whole)  # or it would push out the days left
        self._saved.setToolTip(whole)
        self._saved.setAccessibleName(whole)
        self._tick.setVisible(True)
