"""A table of units before it is taken in: every unit it names, or every cell that stands in the way."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.messages.of_calling import cell_sentence
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.call import Asked
from wpsdesk.report.unit_rows import BadCell, UnitsRead
from wpsdesk.ui import style
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import button, label


class ListDialog(QDialog):
    """Shows what a table says. It is accepted only where nothing is wrong and the person takes it in."""

    def __init__(self, parent: QWidget, say: Catalogue, language: LanguageCode, read: UnitsRead) -> None:
        super().__init__(parent)
        look, title = style.current(), say("A list of units")
        self.setWindowTitle(title)
        self.take_button = button(say("Take in"), self.accept, role="primary")
        self.take_button.setEnabled(not read.problems)
        self.cancel_button = button(say("Cancel") if not read.problems else say("Close"), self.reject)
        self.units: Listing[Asked] = Listing(title, _unit_columns(say, language), empty=say("The list is empty."))
        self.problems: Listing[BadCell] = Listing(
            say("What is wrong"),
            (Column(title=say("What is wrong"), text=lambda cell: cell_sentence(cell, say), is_wide=True),),
            empty=say("Nothing is wrong."),
        )
        told = (
            say.plural(
                "{n} cell cannot be taken in, so nothing is. Correct the table and load it again.",
                "{n} cells cannot be taken in, so nothing is. Correct the table and load it again.",
                len(read.problems),
            )
            if read.problems
            else say(
                "They are used in this call and in those that follow. A unit that stands there already is replaced."
            )
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        inside.addWidget(label(told, tone="danger" if read.problems else "muted", wraps=True))
        inside.addWidget(self.problems if read.problems else self.units, 1)
        (self.units if read.problems else self.problems).hide()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.take_button)
        inside.addLayout(foot)
        self.units.show_values(read.asked)
        self.problems.show_values(read.problems)
        room = self.screen().availableSize()
        self.resize(min(look.px(760), room.width() - 40), min(look.px(520), room.height() - 60))


def _unit_columns(say: Catalogue, language: LanguageCode) -> tuple[Column[Asked], ...]:
    return (
        Column(title=say("Code"), text=lambda a: a.unit.code),
        Column(title=say("Name"), text=lambda a: a.unit.names[language], is_wide=True),
        Column(title=say("Kind"), text=lambda a: word(a.unit.kind, say)),
        Column(title=say("Org. no."), text=lambda a: a.unit.organisation_number or "–"),
        Column(title=say("Countries"), text=lambda a: ", ".join(a.unit.covers) or "–"),
        Column(title=say("Commitments"), text=lambda a: say.number(len(a.commitments)), is_figure=True),
    )
