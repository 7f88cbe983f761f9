"""UD's own standard reasons for returning an answer: each in three languages, added, changed and taken away."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wpsdesk.desk.model import Desk
from wpsdesk.desk.review import reasons
from wpsdesk.desk.review.reasons import StandardReason
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LanguageCode, Names
from wpsdesk.ui import style
from wpsdesk.ui.authority.question_dialog import InThree
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.controls import button, label, row


class ReasonsDialog(QDialog):
    """The list, and below it the words of the one that one stands on, or of a new one."""

    def __init__(self, parent: QWidget, desk: Desk, say: Catalogue, language: LanguageCode, words: Names) -> None:
        super().__init__(parent)
        look, title = style.current(), say("Standard reasons")
        self.setWindowTitle(title)
        self._desk, self._say = desk, say
        self._changes: int | None = None  # the number of the reason that is being changed; None: a new one
        self.list: Listing[StandardReason] = Listing(
            say("UD's own reasons"),
            (Column(title=say("Reason"), text=lambda each: each.texts[language], is_wide=True),),
            empty=say("UD has no reasons of its own yet; those of the program stand beside them."),
            how=say("Write one below in the three languages. It can then be chosen whenever an answer is returned."),
        )
        self.words = InThree(say, say("The reason"), lines=2)
        self.words.show_texts(words)
        self.keep_button = button(say("Add"), self.keep, role="primary")
        self.edit_button = button(say("Change"), self.edit)
        self.remove_button = button(say("Take away"), self.remove)
        self.close_button = button(say("Close"), self.accept)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(title, type="title", wraps=True))
        inside.addWidget(self.list, 1)
        inside.addLayout(row(None, self.edit_button, self.remove_button))
        inside.addWidget(self.words)
        inside.addLayout(row(None, self.close_button, self.keep_button))
        self.list.chosen.connect(self._enable)
        room = self.screen().availableSize()
        self.resize(min(look.px(640), room.width() - 40), min(look.px(640), room.height() - 60))
        self._show()

    def _show(self) -> None:
        own = tuple(each for each in reasons.reasons(self._desk) if each.number is not None)
        self.list.show_values(own)
        self._enable()

    def _enable(self, _reason: object = None) -> None:
        for action in (self.edit_button, self.remove_button):
            action.setEnabled(self.list.current() is not None)
        self.keep_button.setText(self._say("Add") if self._changes is None else self._say("Use this"))

    def edit(self) -> None:
        """Let the words of the one that one stands on be changed."""
        current = self.list.current()
        if current is not None:
            self._changes = current.number
            self.words.show_texts(current.texts)
            self.words.setFocus()
            self._enable()

    def remove(self) -> None:
        """Take it off the list; returned answers keep its words."""
        current = self.list.current()
        if current is not None and current.number is not None:
            reasons.remove_reason(self._desk, current.number)
            self._changes = None
            self._show()

    def keep(self) -> None:
        """Put the words on the list: as a new reason, or in the place of the one that is being changed."""
        self.words.complain(self.words.missing())
        if self.words.missing():
            return
        nb, nn, en = (self.words.text(code) for code in ("nb", "nn", "en"))
        if self._changes is None:
            reasons.add_reason(self._desk, nb=nb, nn=nn, en=en)
        else:
            reasons.change_reason(self._desk, self._changes, Names(nb=nb, nn=nn, en=en))
        self._changes = None
        self.words.show_texts(Names(nb="", nn="", en=""))
        self._show()
