"""What a file of answers would change, field by field, each to be taken or left before anything is changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.answers import proposing
from wpsdesk.desk.answers.proposing import Proposal, Proposed
from wpsdesk.intake.cells import Origin
from wpsdesk.messages.cells import fault_sentence
from wpsdesk.messages.values import value_words
from wpsdesk.report.differences import Fate, differences
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.marking import MarkedText
from wpsdesk.ui.reporter.changes_table import ChangesTable
from wpsdesk.ui.scrolled_dialog import scrolled_dialog

MOST_FAULTS = 6
"""Cells that cannot be read which are told one by one; more are a number."""


class ChangesDialog(QDialog):
    """Every change with a box to tick, by answer; under them what would be taken out and put in by one of them."""

    def __init__(self, context: Context, parent: QWidget, proposal: Proposal) -> None:
        super().__init__(parent)
        say, look = context.say, style.current()
        self._context, self._proposal = context, proposal
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(say("What will change"))
        self.table = ChangesTable(context, proposal)
        self.model = self.table.rows
        self.text = MarkedText(say("What this one would change"))
        self.all_button = button(say("Tick all"), self.model.tick_all, role="link")
        self.none_button = button(say("Tick none"), self.model.tick_none, role="link")
        self.leave_button = button(say("Leave all as it is"), self.reject)
        self.take_button = button(say("Take in what is ticked"), self._take, role="primary")
        inside = scrolled_dialog(
            self, say("What will change"), self.leave_button, self.take_button, width=980, height=720
        )
        inside.setSpacing(look.px(8))
        self.opening = label(self._opening(), wraps=True)
        inside.addWidget(self.opening)
        self.faults = [label(words, tone="danger", wraps=True) for words in self._faults()]
        for fault in self.faults:
            inside.addWidget(fault)
        ticking = flow(self.all_button, self.none_button, spacing=16)
        self.table.setMinimumHeight(look.px(180))
        self.text.setMinimumHeight(look.px(64))
        for widget, stretch in ((ticking, 0), (self.table, 5), (self.text, 2)):
            inside.addWidget(widget, stretch)
            widget.setVisible(bool(proposal.changes))
        if not proposal.changes:
            inside.addStretch(1)
        size = parent.window().size()
        self.resize(min(look.px(980), size.width() - 20), min(look.px(720), size.height() - 20))
        self.model.ticks_changed.connect(self._count)
        self.table.selectionModel().currentChanged.connect(self._show)
        self._count()
        (self.table if proposal.changes else self.leave_button).setFocus()
        self.table.selectRow(1)

    def _opening(self) -> str:
        say, changes = self._context.say, self._proposal.changes
        if not changes:
            return say("Nothing: the desk holds all of it already.")
        fields = say.plural("{n} field", "{n} fields", len(changes))
        answers = say.plural("{n} answer", "{n} answers", len({change.key for change in changes}))
        parts = [say("The file would change {fields} in {answers}.", fields=fields, answers=answers)]
        if any(change.is_conflict for change in changes):
            parts.append(
                say("What was changed here too is not ticked: take it only if the file is to win.")
                if self._proposal.origin is Origin.WORKSHEET
                else say("What is written here already is not ticked: take it only if the file is to win.")
            )
        return " ".join(parts)

    def _faults(self) -> tuple[str, ...]:
        say, faults = self._context.say, self._proposal.faults
        if not faults:
            return ()
        count = say.plural("{n} cell cannot be read:", "{n} cells cannot be read:", len(faults))
        more = len(faults) - MOST_FAULTS
        rest = (say.plural("and {n} more", "and {n} more", more),) if more > 0 else ()
        return (count, *(fault_sentence(fault, say) for fault in faults[:MOST_FAULTS]), *rest)

    def _count(self) -> None:
        self.take_button.setEnabled(bool(self.model.ticked))

    def _show(self, now: QModelIndex, _before: QModelIndex) -> None:
        say, change = self._context.say, self.model.change_at(now.row())
        if change is None:
            self.text.clear()
            return
        before, after = (value_words(change.field, value, say) for value in (change.before, change.after))
        words = (messages.word(Fate.OUT, say), messages.word(Fate.IN, say))
        self.text.show_differences(differences(before, after), *words)

    def _take(self) -> None:
        say, context = self._context.say, self._context
        chosen: list[Proposed] = [self._proposal.changes[place] for place in sorted(self.model.ticked)]
        try:
            filled = proposing.take_in(context.desk, self._proposal, chosen, with_faults=True)
        except WpsError as fault:
            context.told.emit(messages.sentence(fault, say), "danger")
            self.reject()
            return
        self.accept()
        context.changed.emit("entries")
        what = say.plural(
            "{n} answer for {year} is taken in; {ready} of them ready.",
            "{n} answers for {year} are taken in; {ready} of them ready.",
            len(filled.keys), year=filled.year, ready=filled.ready,
        )  # fmt: skip
        context.told.emit(messages.Sentence(what=what, kept="", do=""), "success")
