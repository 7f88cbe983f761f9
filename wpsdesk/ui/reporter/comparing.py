"""An answer that was changed on both desks: both texts side by side, field by field, and a choice for each."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.desk.answers.merging import Waiting
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.values import field_words
from wpsdesk.report.form import Field
from wpsdesk.report.model import Entry
from wpsdesk.report.sides import Side, differing, sides_for
from wpsdesk.ui import style
from wpsdesk.ui.authority.splitting import Turning
from wpsdesk.ui.controls import TextArea, button, card, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.sides import SideButtons


class FieldChoice(QWidget):
    """One field: what stands here, what came, and what is to stand."""

    chosen = Signal()

    def __init__(self, field: Field, ours: Entry, theirs: Entry, say: Catalogue) -> None:
        super().__init__()
        self.field = field
        name = say(field.label)
        frame, inside = card()
        inside.addWidget(label(name, type="head"))
        mine, other = field_words(field.name, ours, say), field_words(field.name, theirs, say)
        self.mine = compared(say("{field}, on this desk", field=name), mine, other)
        self.other = compared(say("{field}, from the other desk", field=name), other, mine)
        pair = Turning(
            headed(say("On this desk"), self.mine), headed(say("From the other desk"), self.other),
            shares=(1, 1), spacing=16,
        )  # fmt: skip
        inside.addWidget(pair)
        words = {
            Side.OURS: say("Keep this desk's"),
            Side.THEIRS: say("Take the other desk's"),
            Side.BOTH: say("Keep both, one after the other"),
        }
        self.sides = SideButtons(name, sides_for(field, ours, theirs), words)
        self.sides.chosen.connect(self.chosen)
        inside.addWidget(self.sides)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)


class ComparePanel(QWidget):
    """Every field in which the two differ; it can be saved once each has a choice."""

    settled = Signal(object, object)
    """The :class:`~wpsdesk.desk.answers.merging.Waiting` and the choices by field name."""

    put_off = Signal()

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self.waiting: Waiting | None = None
        self.choices: tuple[FieldChoice, ...] = ()
        look = style.current()
        self._title = label("", type="head", wraps=True)
        self._about = label("", tone="muted", wraps=True)
        self._left = label("", wraps=True)
        self.save_button = button(say("Save the choices"), self._save, role="primary")
        self.back_button = button(say("Not now"), self.put_off.emit)
        self.ours_button = button(say("Keep all of this desk's"), partial(self.choose_all, Side.OURS))
        self.theirs_button = button(say("Take all of the other desk's"), partial(self.choose_all, Side.THEIRS))
        self._fields = QVBoxLayout()
        self._fields.setSpacing(look.px(12))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(10))
        inside.addWidget(self._title)
        inside.addWidget(self._about)
        inside.addWidget(flow(self.ours_button, self.theirs_button))
        inside.addLayout(self._fields)
        inside.addWidget(self._left)
        inside.addWidget(flow(self.back_button, self.save_button, is_right=True))
        inside.addStretch(1)

    def compare(self, title: str, ours: Entry, waiting: Waiting) -> None:
        """Show the two versions of an answer."""
        say, self.waiting = self._say, waiting
        while (item := self._fields.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._title.setText(title)
        self._about.setText(
            say(
                "The other version was written by {who}, {when}. Nothing is lost: both stay in the answer's history,"
                " and the choice can be taken back.",
                who=waiting.who,
                when=say.moment(waiting.when),
            )
        )
        self.choices = tuple(FieldChoice(field, ours, waiting.entry, say) for field in differing(ours, waiting.entry))
        for each in self.choices:
            each.chosen.connect(self._count)
            self._fields.addWidget(each)
        self._count()
        first = self.choices[0].sides.buttons[Side.OURS] if self.choices else self.ours_button
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def choose_all(self, side: Side) -> None:
        """The same side in every field."""
        for each in self.choices:
            each.sides.choose(side)

    def _count(self) -> None:
        left = sum(each.sides.side is None for each in self.choices)
        self._left.setText(
            self._say.plural("{n} field remains to be chosen.", "{n} fields remain to be chosen.", left) if left else ""
        )
        self._left.setVisible(bool(left))
        self.save_button.setEnabled(not left)

    def _save(self) -> None:
        if self.waiting is not None and self.save_button.isEnabled():
            self.settled.emit(self.waiting, {each.field.name: each.sides.side for each in self.choices})


def headed(head: str, text: QWidget) -> QWidget:
    """A text below the words that say whose it is."""
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(style.current().px(4))
    inside.setAlignment(Qt.AlignmentFlag.AlignTop)
    inside.addWidget(label(head, type="strong"))
    inside.addWidget(text)
    holder.setMinimumWidth(style.current().px(220))
    return holder


class _Side(TextArea):
    """One side's text, as high as it needs at the width that it is given."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._grow()


def compared(name: str, text: str, against: str) -> TextArea:
    """A text to read, in which the words that the other does not have are underlined on a soft ground."""
    area = _Side(name, lines=1, is_read_only=True)
    area.setPlainText(text)
    form = QTextCharFormat()
    form.setBackground(style.current().colour("accent_soft"))
    form.setFontUnderline(True)
    for start, end in differing_words(text, against):
        cursor = QTextCursor(area.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
    return area


def differing_words(text: str, against: str) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` words stand that ``against`` does not have in that place: start and end, in UTF-16 units."""
    mine, other = _tokens(text), _tokens(against)
    found, places, at = [], [], 0
    for token in mine:
        places.append(at)
        at += len(token.encode("utf-16-le")) // 2
    places.append(at)
    for kind, first, last, _, _ in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if kind in ("replace", "delete"):
            found.append((places[first], places[last]))
    return tuple(found)


def _tokens(text: str) -> list[str]:
    """Words and what parts them, in turn, so that the tokens joined are the text."""
    found: list[str] = []
    for sign in text:
        if found and found[-1][-1].isspace() == sign.isspace():
            found[-1] += sign
        else:
            found.append(sign)
    return found
