"""Worksheets in the window: written for colleagues, and what one would change shown before anything is changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.files import read_file
from wpsdesk.base.progress import Progress
from wpsdesk.desk import calling, worksheets
from wpsdesk.desk.worksheets import Proposal, Proposed, WorksheetWritten
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.cells import fault_sentence
from wpsdesk.messages.values import value_words
from wpsdesk.ui import choosing, style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
LARGEST = 32 << 20
"""Bytes of a file of answers."""


def write(context: Context, owner: QWidget) -> None:
    """Ask where it is to lie, and write a worksheet with all that is asked."""
    say, desk = context.say, context.desk
    call = calling.current_call(desk)
    if call is None:
        return
    start = (context.settings.last_folder or Path.home()) / f"wps-{desk.unit.code.lower()}-{call.year}.xlsx"
    path = choosing.new_file(owner, say("Write a worksheet"), start, kinds="XLSX (*.xlsx)")
    if path is None:
        return
    language, word = context.language, partial(messages.word, say=say)

    def work(_progress: Progress) -> WorksheetWritten:
        return worksheets.write_worksheet(desk, path, word=word, language=language)

    def done(written: WorksheetWritten) -> None:
        count = len(written.keys)
        what = say.plural("A worksheet with {n} sheet is written.", "A worksheet with {n} sheets is written.", count)
        do = say("The file is not encrypted. Send it only as you would send the text itself.")
        context.told.emit(messages.Sentence(what=what, kept="", do=do), "warning" if written.restricted else "success")

    _start(context, owner, work, done, say("Writing the worksheet"))


def choose(context: Context, owner: QWidget) -> None:
    """Ask for a worksheet, and show what it would change."""
    say = context.say
    kinds = "XLSX (*.xlsx)"
    found = choosing.open_files(owner, say("Load a worksheet"), context.settings.last_folder, kinds=kinds, many=False)
    if found:
        load(context, owner, found[0])


def load(context: Context, owner: QWidget, path: Path) -> None:
    """Read a worksheet and show what it would change."""
    desk = context.desk

    def work(_progress: Progress) -> Proposal:
        return worksheets.propose(desk, read_file(path, limit=LARGEST))

    def done(proposal: Proposal) -> None:
        ProposalDialog(context, proposal, owner).open()

    _start(context, owner, work, done, context.say("Reading the worksheet"))


def _start(
    context: Context, owner: QWidget, work: Callable[[Progress], T], done: Callable[[T], None], title: str
) -> None:
    def failed(fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            context.told.emit(messages.sentence(fault, context.say), "danger")

    context.jobs.start(work, owner=owner, title=title, done=done, failed=failed)


class ProposalModel(QAbstractTableModel):
    """One line a change: which answer and field, what stands here, what is in the file, and a box to tick."""

    def __init__(self, context: Context, proposal: Proposal) -> None:
        super().__init__()
        say: Catalogue = context.say
        self.changes = proposal.changes
        self.ticked = {place for place, change in enumerate(proposal.changes) if not change.is_conflict}
        self.heads = (say("Commitment"), say("Field"), say("Stands here"), say("In the file"), say("Conflict"))
        self.rows = tuple(self._row(change, say) for change in proposal.changes)

    @staticmethod
    def _row(change: Proposed, say: Catalogue) -> tuple[str, ...]:
        key = change.key
        name = f"{key.commitment} {key.country}" if key.country else str(key.commitment)
        before, after = (value_words(change.field, value, say) for value in (change.before, change.after))
        conflict = say("Changed here too") if change.is_conflict else ""
        return name, messages.field_name(change.field, say), before or "–", after or "–", conflict

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many changes."""
        return len(self.rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, and the box in the first column."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if index.row() in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a change, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.ticked.add(index.row())
        else:
            self.ticked.discard(index.row())
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found


class ProposalDialog(QDialog):
    """What a file would change, each change to be taken or left."""

    def __init__(self, context: Context, proposal: Proposal, parent: QWidget) -> None:
        super().__init__(parent)
        say, look = context.say, style.current()
        self._context, self._proposal = context, proposal
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(say("What the file would change"))
        self.model = ProposalModel(context, proposal)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(say("Changes to take or leave; Space ticks"))
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        for column in (2, 3):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.take_button = button(say("Take in what is ticked"), self._take, role="primary")
        self.take_button.setEnabled(bool(proposal.changes))
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        frame.setSpacing(look.px(10))
        frame.addWidget(label(say("What the file would change"), type="title"))
        frame.addWidget(label(self._opening(), wraps=True))
        self.faults = [label(fault_sentence(f, say), tone="danger", wraps=True) for f in proposal.faults[:8]]
        for fault in self.faults:
            frame.addWidget(fault)
        frame.addWidget(self.table, 1)
        frame.addWidget(flow(button(say("Change nothing"), self.reject), self.take_button, spacing=6, is_right=True))
        size = parent.window().size()
        self.resize(min(look.px(980), size.width() - 20), min(look.px(620), size.height() - 20))
        self.table.resizeRowsToContents()

    def _opening(self) -> str:
        say, proposal = self._context.say, self._proposal
        if not proposal.changes:
            return say("The file would change nothing.")
        parts = [say.plural("{n} field would be changed.", "{n} fields would be changed.", len(proposal.changes))]
        if any(change.is_conflict for change in proposal.changes):
            parts.append(say("What was changed here too is not ticked: take it only if the file is to win."))
        if proposal.faults:
            count = len(proposal.faults)
            parts.append(say.plural("{n} cell cannot be read:", "{n} cells cannot be read:", count))
        return " ".join(parts)

    def _take(self) -> None:
        say, context = self._context.say, self._context
        chosen = [change for place, change in enumerate(self._proposal.changes) if place in self.model.ticked]
        try:
            filled = worksheets.take_in(context.desk, self._proposal, chosen, with_faults=True)
        except WpsError as fault:
            context.told.emit(messages.sentence(fault, say), "danger")
            self.reject()
            return
        self.accept()
        context.changed.emit("entries")
        what = say.plural(
            "{n} answer is changed, and is a draft to look at.",
            "{n} answers are changed, and are drafts to look at.",
            len(filled.keys),
        )
        context.told.emit(messages.Sentence(what=what, kept="", do=""), "success")
