"""Pseudonyms: the desk's table of names, what replacing them would change, the replacement, and its undoing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import pseudonyms as desk_pseudonyms
from wpsdesk.messages import field_name
from wpsdesk.report.names import Pseudonym, Replacement, next_alias
from wpsdesk.ui import style
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.bars import MessageBar
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.scrolling import Content, Scroller

MOST_SUGGESTED = 6


class PseudonymsDialog(QDialog):
    """The table above, and under it every text that would change."""

    replaced = Signal()
    """Names have been replaced or put back: answers have changed on the disk."""

    def __init__(self, context: Context, year: Year, parent: QWidget) -> None:
        super().__init__(parent)
        say, look = context.say, style.current()
        self._context, self._year, self._say = context, year, say
        self.setWindowTitle(say("Pseudonyms"))
        self.setModal(True)
        self.bar = MessageBar(say)
        self._make_controls()
        content = Content()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(8))
        inside.setSpacing(look.px(10))
        self._lay_out(inside)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, look.px(16), 0, look.px(12))
        head = label(say("Pseudonyms"), type="title")
        head.setContentsMargins(look.px(24), 0, look.px(24), 0)
        frame.addWidget(head)
        frame.addWidget(self.bar)
        frame.addWidget(Scroller(content), 1)
        foot = row(None, self.close_button, self.undo_button, self.replace_button)
        foot.setContentsMargins(look.px(24), 0, look.px(24), 0)
        frame.addLayout(foot)
        self.refresh()
        self.real.setFocus()
        self.resize(self.sizeHint())

    def _make_controls(self) -> None:
        say = self._say
        self._real_field, self.real = line_field(say("Real name"))
        self._alias_field, self.alias = line_field(say("Pseudonym"))
        for line in (self.real, self.alias):
            line.setMaxLength(desk_pseudonyms.LONGEST)
            line.returnPressed.connect(self.add)
        self.add_button = button(say("Add"), self.add)
        self.remove_button = button(say("Remove from the table"), self.remove)
        names: tuple[Column[Pseudonym], ...] = (
            Column(title=say("Pseudonym"), text=_alias),
            Column(title=say("Real name"), text=_real, is_wide=True),
        )
        self.names: Listing[Pseudonym] = Listing(
            say("Pseudonyms"), names, empty=say("The table of pseudonyms is empty."), how=say("Write a name above.")
        )
        changes: tuple[Column[Replacement], ...] = (
            Column(title=say("Commitment"), text=self._where),
            Column(title=say("Field"), text=self._field),
            Column(title=say("Will be"), text=_after, is_wide=True),
        )
        self.changes: Listing[Replacement] = Listing(
            say("What will be replaced"), changes, empty=say("None of the names stands in the report.")
        )
        for listing in (self.names, self.changes):
            listing.setMinimumHeight(style.current().px(130))
        self.close_button = button(say("Close"), self.accept)
        self.undo_button = button(say("Put the names back"), self.undo)
        self.replace_button = button(say("Replace in the report"), self.replace, role="primary")

    def _lay_out(self, inside: QVBoxLayout) -> None:
        say = self._say
        words = say(
            "The table stays on this desk and in its backups; it is never sent. Two spellings of a name may have the "
            "same pseudonym."
        )
        inside.addWidget(label(words, type="small", wraps=True))
        self._suggestions = QVBoxLayout()
        inside.addLayout(self._suggestions)
        inside.addWidget(self._real_field)
        inside.addWidget(self._alias_field)
        inside.addLayout(row(self.add_button, None, self.remove_button))
        inside.addWidget(self.names, 1)
        inside.addWidget(label(say("What will be replaced"), type="head"))
        inside.addWidget(self.changes, 1)

    def sizeHint(self) -> QSize:
        """Roomy, within the window."""
        look, parent = style.current(), self.parentWidget()
        room = parent.window().size() if parent is not None else QSize(1366, 768)
        return QSize(min(look.px(760), room.width() - 40), min(look.px(720), room.height() - 40))

    def _where(self, found: Replacement) -> str:
        country = found.key.country
        if country is None:
            return str(found.key.commitment)
        return f"{found.key.commitment} {self._context.desk.plan.country(country).names[self._context.language]}"

    def _field(self, found: Replacement) -> str:
        return field_name(found.field, self._say)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What the desk holds now."""
        desk = self._context.desk
        table = desk_pseudonyms.pseudonyms(desk)
        self.names.show_values(table)
        found = desk_pseudonyms.replacements_in(desk, self._year)
        self.changes.show_values(found)
        self.replace_button.setEnabled(bool(found))
        self.undo_button.setVisible(desk_pseudonyms.can_take_back(desk, self._year))
        self.remove_button.setEnabled(bool(table))
        self.alias.setText(next_alias(table))
        self._suggest(desk_pseudonyms.suggested_names(desk, self._year)[:MOST_SUGGESTED])

    def _suggest(self, names: tuple[str, ...]) -> None:
        while (item := self._suggestions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not names:
            return
        self.suggested = [button(name, role="link") for name in names]
        for each in self.suggested:
            each.clicked.connect(self._take_suggested)
        said = label(self._say("Names in answers that identify a person at risk:"), type="small")
        self._suggestions.addWidget(flow(said, *self.suggested, spacing=6))

    def _take_suggested(self) -> None:
        pressed = self.sender()
        if pressed in self.suggested:
            self.real.setText(self.suggested[self.suggested.index(pressed)].text())
            self.alias.setFocus()
            self.alias.selectAll()

    # -- doing -------------------------------------------------------------------------------------

    def add(self) -> None:
        """Give the name a pseudonym."""
        desk = self._context.desk
        new = Pseudonym(real=self.real.text(), alias=self.alias.text())
        try:
            desk_pseudonyms.keep_pseudonyms(desk, (*desk_pseudonyms.pseudonyms(desk), new))
        except WpsError as fault:
            self.bar.show_sentence(messages.sentence(fault, self._say))
            return
        self.bar.clear()
        self.real.clear()
        self.refresh()
        self.real.setFocus()

    def remove(self) -> None:
        """Take the line one stands on out of the table."""
        gone, desk = self.names.current(), self._context.desk
        if gone is not None:
            left = tuple(each for each in desk_pseudonyms.pseudonyms(desk) if each != gone)
            desk_pseudonyms.keep_pseudonyms(desk, left)
            self.refresh()

    def replace(self) -> None:
        """Replace the names in every text of the report."""
        say = self._say
        try:
            done = desk_pseudonyms.replace_names(self._context.desk, self._year)
        except WpsError as fault:
            self.bar.show_sentence(messages.sentence(fault, say))
            return
        told = say.plural("{n} name is replaced", "{n} names are replaced", done.count)
        self.bar.show_words(
            say.plural("{told}, in {n} answer.", "{told}, in {n} answers.", len(done.entries), told=told),
            say("Earlier versions of the answers, with the names, are kept in the history on this desk."),
            kind="success",
        )
        self.refresh()
        self.undo_button.setFocus()
        self.replaced.emit()

    def undo(self) -> None:
        """Put the names back where they stood."""
        say = self._say
        try:
            done = desk_pseudonyms.take_names_back(self._context.desk, self._year)
        except WpsError as fault:
            self.bar.show_sentence(messages.sentence(fault, say))
            return
        left = len(done.left)
        self.bar.show_words(
            say.plural("The names are back in {n} answer.", "The names are back in {n} answers.", len(done.entries)),
            say.plural(
                "{n} answer has been changed since and is left as it is.",
                "{n} answers have been changed since and are left as they are.",
                left,
            )
            if left
            else "",
            kind="info",
        )
        self.refresh()
        self.close_button.setFocus()
        self.replaced.emit()


def _alias(found: Pseudonym) -> str:
    return found.alias


def _real(found: Pseudonym) -> str:
    return found.real


def _after(found: Replacement) -> str:
    return " ".join(found.after.split())
