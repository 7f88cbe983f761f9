"""What is looked at before a release, and what a person lets go as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wpsdesk.desk.publication.checking import Checklist
from wpsdesk.desk.publication.points import Point
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.messages.release_words import places_line
from wpsdesk.messages.shares import shares_sentence
from wpsdesk.plan.model import Plan
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.fields import Field
from wpsdesk.ui.scrolling import Content, Scroller

_SHOWN = 12
"""Places of a point that are named; of more there is only the number."""


class ReleaseDialog(QDialog):
    """Accepted where every point is met, or ticked as one that may go as it is."""

    def __init__(self, parent: QWidget, say: Catalogue, checked: Checklist, number: int, plan: Plan) -> None:
        super().__init__(parent)
        self._say, self._number, self._plan = say, number, plan
        look = style.current()
        title = say("Release {number} of the report for {year}", number=number, year=str(checked.year))
        self.setWindowTitle(title)
        self.points = {one.point: QCheckBox(say("May go as it is")) for one in checked.findings if not one.is_met}
        self.why = QLineEdit()
        self.why.setMaxLength(500)
        self.why_field = Field(
            say("What this release is for"), self.why, hint=say("Stands in the report, before the list of changes.")
        )
        self.release_button = button(say("Release it"), self._release, role="primary")
        self.cancel_button = button(say("Cancel"), self.reject)
        content = Content()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(8))
        inside.addWidget(label(title, type="title", wraps=True))
        told = say(
            "The public report is written in three languages and five forms, the PDF is signed with the Ministry's "
            "key, and all of it is kept as it is published. A release is never changed."
        )
        inside.addWidget(label(told, tone="muted", wraps=True))
        self._add_points(inside, checked)
        inside.addWidget(label(shares_sentence(checked.shares, say), wraps=True))
        inside.addWidget(self.why_field)
        self.why_field.setVisible(number > 1)
        inside.addStretch(1)
        self._finish(content)
        self._on_tick()

    def _finish(self, content: Content) -> None:
        """The list scrolls; the buttons stand still below it."""
        look = style.current()
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(20), look.px(8), look.px(20), look.px(10))
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.release_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(content), 1)
        whole.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(look.px(720), room.width() - 40), min(look.px(600), room.height() - 60))

    def _add_points(self, inside: QVBoxLayout, checked: Checklist) -> None:
        say = self._say
        if not self.points:
            inside.addWidget(label(say("Nothing stands in the way of a release."), tone="success", wraps=True))
        for one in checked.findings:
            if one.is_met:
                continue
            name = word(one.point, say)
            inside.addWidget(label(f"! {name}", type="strong", wraps=True))
            places = places_line(one.point, one.places, self._plan, say, at_most=_SHOWN)
            inside.addWidget(label(places, type="small", wraps=True))
            tick = self.points[one.point]
            tick.setAccessibleName(f"{name}: {tick.text()}")
            tick.toggled.connect(self._on_tick)
            inside.addWidget(tick)

    def _on_tick(self, _is_on: bool = False) -> None:
        self.release_button.setEnabled(all(tick.isChecked() for tick in self.points.values()))

    def _release(self) -> None:
        if self._number > 1 and not self.why.text().strip():
            self.why_field.show_error(self._say("Write in a sentence why."))
            self.why.setFocus()
            return
        self.accept()

    @property
    def accepted_points(self) -> tuple[Point, ...]:
        """What may go as it is."""
        return tuple(point for point, tick in self.points.items() if tick.isChecked())
