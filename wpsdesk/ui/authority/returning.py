"""Returning an answer: a standard reason or other words, the unit's language, and the day by which it is due back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from wpsdesk import messages
from wpsdesk.desk.review.reasons import StandardReason
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.ui import style
from wpsdesk.ui.authority.days import DayEdit, day_in, show_day
from wpsdesk.ui.controls import Choice, TextArea, button, label, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """What has been filled in so far."""

    reason: str
    language: LanguageCode
    answer_by: date | None


class ReturnForm(QFrame):
    """Filled in, then sent by its button; Escape puts it away."""

    meant = Signal(object)  # ReturnDraft
    given_up = Signal()
    keep_asked = Signal(object)  # ReturnDraft: its words may become a standard reason

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._reasons: tuple[StandardReason, ...] = ()
        self.setObjectName("card")
        look = style.current()
        self._title = label(say("Return the answer"), type="head", wraps=True)
        self.standard = Choice(say("Standard reasons"))
        self.standard.setSizeAdjustPolicy(self.standard.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.standard.setMinimumContentsLength(20)
        self.reason = TextArea(say("Reason, in the unit's language"), lines=2)
        self.reason_field = Field(say("Reason, in the unit's language"), self.reason)
        self.language = Choice(say("Language"), [(code, messages.language_name(code, say)) for code in LANGUAGES])
        self.has_day = QCheckBox(say("Answer by"))
        self.has_day.setChecked(True)
        self.day = DayEdit(say)
        self.day.setAccessibleName(say("Answer by"))
        self.keep_button = button(say("Edit the standard reasons"), self._keep, role="link")
        self.cancel_button = button(say("Cancel"), self.given_up.emit)
        self.return_button = button(say("Return the answer"), self._return)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        inside.setSpacing(look.px(6))
        inside.addWidget(self._title)
        inside.addWidget(Field(say("Standard reasons"), self.standard))
        inside.addWidget(self.reason_field)
        inside.addWidget(flow(self.language, self.has_day, self.day, spacing=10))
        if look.is_large:
            inside.addWidget(flow(self.keep_button, self.cancel_button, self.return_button))
        else:
            inside.addLayout(row(self.keep_button, None, self.cancel_button, self.return_button))
        self.standard.activated.connect(self._on_standard)
        self.language.activated.connect(self._on_language)
        self.has_day.toggled.connect(self.day.setEnabled)
        self.setVisible(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def begin(self, reasons: tuple[StandardReason, ...], draft: ReturnDraft, today: date) -> None:
        """Show it with these reasons to choose from and this filled in."""
        self._reasons = reasons
        self.language.choose(draft.language)
        self._offer()
        self.reason_field.show_error("")
        self.reason.setPlainText(draft.reason)
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.has_day.setChecked(draft.answer_by is not None)
        self.day.setEnabled(draft.answer_by is not None)
        show_day(self.day, draft.answer_by or today)
        self.setVisible(True)
        self.standard.setFocus(Qt.FocusReason.TabFocusReason)

    def draft(self) -> ReturnDraft:
        """What is filled in."""
        day = day_in(self.day) if self.has_day.isChecked() else None
        return ReturnDraft(reason=self.reason.toPlainText().strip(), language=self._language(), answer_by=day)

    def _language(self) -> LanguageCode:
        return next(code for code in LANGUAGES if code == self.language.chosen())

    def _offer(self) -> None:
        own = (None, self._say("Choose a reason, or write one"))
        self.standard.offer([own, *((r, r.text(self._language())) for r in self._reasons)])

    def _on_standard(self, _index: int) -> None:
        chosen = self.standard.chosen()
        if isinstance(chosen, StandardReason):
            self.reason.put(chosen.text(self._language()))
            self.reason_field.show_error("")

    def _on_language(self, _index: int) -> None:
        """Another language: a standard reason that stands as it was follows, words of one's own stay."""
        chosen, before = self.standard.chosen(), self.reason.toPlainText()
        self._offer()
        if isinstance(chosen, StandardReason):
            self.standard.choose(chosen)
            if before in tuple(chosen.text(code) for code in LANGUAGES):
                self.reason.put(chosen.text(self._language()))

    def _is_written(self) -> bool:
        is_written = bool(self.reason.toPlainText().strip())
        self.reason_field.show_error("" if is_written else self._say("Write what is unclear or missing."))
        if not is_written:
            self.reason.setFocus()
        return is_written

    def _return(self) -> None:
        if self._is_written():
            self.meant.emit(self.draft())

    def _keep(self) -> None:
        self.keep_asked.emit(self.draft())
