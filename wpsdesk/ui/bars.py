"""Bars that tell: a sentence with what happened, what is kept and what to do; work under way; a plain progress bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label, retone
from wpsdesk.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from wpsdesk.messages import Sentence

SLOW = 1000  # milliseconds after which work shows itself


class MessageBar(QFrame):
    """Says one sentence until it is closed: what happened, what is kept, what to do next."""

    closed = Signal()

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        look = style.current()
        self._what = label("", type="strong", wraps=True)
        self._rest = label("", wraps=True)
        self.close_button = button(say("Close"), self.clear)
        self.close_button.setAccessibleName(say("Close the message"))
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(self._what)
        words.addWidget(self._rest)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(look.px(14), look.px(8), look.px(10), look.px(8))
        inside.addLayout(words, 1)
        inside.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """All that it says now; "" when it says nothing."""
        return f"{self._what.text()} {self._rest.text()}".strip() if not self.isHidden() else ""

    def show_words(self, what: str, rest: str = "", *, kind: str = "info") -> None:
        """Say ``what`` and, quieter, ``rest``. ``kind``: danger, warning, success or info."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        retone(self, name="bar", value=kind)
        self._what.setText(what)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(f"{what} {rest}".strip())
        self.setVisible(True)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def show_sentence(self, sentence: Sentence, kind: str = "danger") -> None:
        """Say a sentence of messages."""
        self.show_words(
            sentence.what,
            " ".join(part for part in (sentence.kept, sentence.do) if part),
            kind=kind,
        )

    def clear(self) -> None:
        """Say nothing."""
        self.setVisible(False)
        self.closed.emit()


class Bar(QWidget):
    """A plain bar, ``part`` of ``whole`` filled."""

    def __init__(self, *, height: int = 6, tone: str = "success") -> None:
        super().__init__()
        self._height, self._tone, self._share = height, tone, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, part: int, whole: int, name: str) -> None:
        """Fill ``part`` of ``whole``; ``name`` says it in words to those who cannot see it."""
        self._share = part / whole if whole else 0.0
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A line."""
        look = style.current()
        return QSize(look.px(120), look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """A short line."""
        look = style.current()
        return QSize(look.px(24), look.px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, then the share."""
        look = style.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        radius = min(box.height() / 2, look.px(3))
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(box, radius, radius)
        if self._share > 0:
            painter.setBrush(look.colour(self._tone))
            filled = QRectF(
                box.left(),
                box.top(),
                max(box.width() * min(self._share, 1.0), box.height()),
                box.height(),
            )
            painter.drawRoundedRect(filled, radius, radius)
        painter.end()


class JobStrip(QFrame):
    """Shows work that has lasted more than a second: what it is, how far it has come, and a way to stop it."""

    def __init__(self, jobs: Jobs, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._job: Job | None = None
        self.setObjectName("strip")
        look = style.current()
        self._words = label("")
        self._bar = Bar(tone="accent")
        self.cancel_button = button(say("Cancel"), self._cancel)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(look.px(24), look.px(6), look.px(24), look.px(6))
        inside.setSpacing(look.px(12))
        inside.addWidget(self._words)
        inside.addWidget(self._bar, 1)
        inside.addWidget(self.cancel_button)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SLOW)
        self._patience.timeout.connect(lambda: self.setVisible(self._job is not None))
        jobs.started.connect(self._on_start)
        jobs.progressed.connect(self._on_progress)
        jobs.ended.connect(self._on_end)
        self.setVisible(False)

    def _on_start(self, job: Job) -> None:
        if self._job is None:
            self._show(job)
            self._patience.start()

    def _show(self, job: Job) -> None:
        self._job = job
        self.cancel_button.setEnabled(not job.is_cancelled)
        self._words.setText(job.title or self._say("Working"))
        share = self._say.percent(job.done, job.total) if job.total else ""
        self._bar.show_share(job.done, job.total, f"{self._words.text()} {share}".strip())

    def _on_progress(self, job: Job) -> None:
        if job is not self._job:
            self._show(job)
        else:
            share = self._say.percent(job.done, job.total) if job.total else ""
            self._bar.show_share(job.done, job.total, f"{self._words.text()} {share}".strip())

    def _on_end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._patience.stop()
            self.setVisible(False)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)
            self._words.setText(self._say("Stopping"))
