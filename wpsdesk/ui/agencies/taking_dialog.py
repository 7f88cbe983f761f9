"""What one's agencies or organisations have written on a commitment, each with the fields that can be taken over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.desk.agencies.taking_over import Offered, Taken, drop_source, offered, take_over
from wpsdesk.report.model import TAKEABLE_LISTS, EntryKey
from wpsdesk.report.states import Decision
from wpsdesk.ui import style
from wpsdesk.ui.chips import Chip, StateChip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.scrolling import Content, Scroller
from wpsdesk.ui.signs import Sign


class TakingDialog(QDialog):
    """One card for each of them; taking over closes nothing, so that several can be taken."""

    taken = Signal()

    def __init__(self, context: Context, year: Year, key: EntryKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say, look = context.say, style.current()
        self._context, self._year, self._key = context, year, key
        title = say("What has been reported on commitment {number}", number=key.commitment)
        self.setWindowTitle(title)
        self.boxes: dict[tuple[str, str], dict[str, QCheckBox]] = {}
        self.take_buttons: dict[tuple[str, str], QWidget] = {}
        self.told = label("", wraps=True)
        self.told.setVisible(False)
        self.close_button = button(say("Close"), self.accept)
        content = Content()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(look.px(20), look.px(8), look.px(20), look.px(8))
        self._cards.setSpacing(look.px(12))
        self._cards.setAlignment(Qt.AlignmentFlag.AlignTop)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, look.px(14), 0, 0)
        frame.setSpacing(look.px(8))
        head = QVBoxLayout()
        head.setContentsMargins(look.px(20), 0, look.px(20), 0)
        head.addWidget(label(title, type="title", wraps=True))
        head.addWidget(self.told)
        frame.addLayout(head)
        frame.addWidget(Scroller(content), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(20), look.px(4), look.px(20), look.px(12))
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        frame.addLayout(foot)
        self.resize(look.px(640), min(look.px(620), self.screen().availableSize().height() - 60))
        self._show()

    def _show(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes.clear()
        self.take_buttons.clear()
        for each in offered(self._context.desk, self._year, self._key):
            self._cards.addWidget(self._card(each))

    def _card(self, each: Offered) -> QWidget:
        say, look = self._context.say, style.current()
        frame, inside = card()
        country = each.entry.key.country
        name = each.unit.names[self._context.language]
        if country is not None:
            name = f"{name} – {self._context.desk.plan.country(country).names[self._context.language]}"
        inside.addWidget(label(name, type="head", wraps=True))
        chips = [StateChip(chip) for chip in self._chips(each)]
        if chips:
            inside.addWidget(flow(*chips))
        place = (each.unit.code, country or "")
        self.boxes[place] = {}
        for field in each.fields:
            box = QCheckBox(messages.field_name(field, say))
            box.setChecked(True)
            self.boxes[place][field] = box
            inside.addWidget(box)
            words = label(_words(each, field, say.listing), wraps=True)
            words.setContentsMargins(look.px(24), 0, 0, 0)
            inside.addWidget(words)
        take = button(say("Take over"), partial(self._take, each), role="primary")
        take.setAccessibleName(say("Take over from {unit}", unit=name))
        take.setEnabled(bool(each.fields))
        self.take_buttons[place] = take
        actions = [take]
        if each.taken is not None:
            actions.insert(0, button(say("No longer a source"), partial(self._drop, each)))
        inside.addWidget(flow(*actions, is_right=True))
        return frame

    def _chips(self, each: Offered) -> tuple[Chip, ...]:
        say, found = self._context.say, []
        if each.decision is not None:
            is_accepted = each.decision is Decision.ACCEPTED
            found.append(
                Chip(
                    sign=Sign.TICK if is_accepted else Sign.MARK,
                    word=messages.word(each.decision, say),
                    tone="success" if is_accepted else "warning",
                )
            )
        if each.is_newer:
            found.append(Chip(sign=Sign.MARK, word=say("Taken over from an earlier report"), tone="warning"))
        elif each.taken is not None:
            found.append(Chip(sign=Sign.TICK, word=say("Taken over"), tone="success"))
        return tuple(found)

    def _take(self, each: Offered) -> None:
        country = each.entry.key.country
        fields = [name for name, box in self.boxes[each.unit.code, country or ""].items() if box.isChecked()]
        try:
            taken = take_over(self._context.desk, self._year, self._key, each.unit.code, country=country, fields=fields)
        except WpsError as fault:
            self._tell(str(messages.sentence(fault, self._context.say)))
            return
        self._tell(self._taken_words(each, taken))
        self._changed()

    def _taken_words(self, each: Offered, taken: Taken) -> str:
        say = self._context.say
        names = say.listing(messages.field_name(name, say) for name in taken.fields)
        told = [say("Taken over from {unit}: {names}. The answer is a draft.", unit=each.unit.code, names=names)]
        if taken.other_language:
            left = say.listing(messages.field_name(name, say) for name in taken.other_language)
            told.append(say("Not taken over, for your own text there is in another language: {names}.", names=left))
        if taken.is_restricted:
            told.append(say("The answer is now exempt from public access as it is there. Look at the decision."))
        return " ".join(told)

    def _drop(self, each: Offered) -> None:
        try:
            drop_source(self._context.desk, self._year, self._key, each.unit.code)
        except WpsError as fault:
            self._tell(str(messages.sentence(fault, self._context.say)))
            return
        say = self._context.say
        self._tell(say("{unit} is no longer named as a source. The text stays as it is.", unit=each.unit.code))
        self._changed()

    def _changed(self) -> None:
        self._show()
        self.taken.emit()

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(True)


def _words(each: Offered, field: str, listing: object) -> str:
    """What stands in a field, in a few lines."""
    assert callable(listing)
    if field == "evidence":
        return str(listing(file.title or file.name for file in each.entry.evidence))
    if field in TAKEABLE_LISTS:
        return str(listing(one.name for one in getattr(each.entry, field)))
    return each.entry.passage(field).text
