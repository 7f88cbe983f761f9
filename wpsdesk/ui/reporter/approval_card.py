"""Read and approve: how far the report has come, the whole to read, and marking it ready or sending it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wpsdesk.desk.submission.course import Course
from wpsdesk.messages import word
from wpsdesk.report.states import ReportState
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import TextArea, button, label
from wpsdesk.ui.fields import Field, line_field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.reporter.todo_card import key_name


class ApprovalCard(QFrame):
    """Two people meet here: whoever has prepared the report, and whoever approves it."""

    read_asked = Signal()
    ready_asked = Signal(str)
    """Mark the report as ready for approval; by whom."""

    back_asked = Signal(str, str)
    """Send it back; by whom, and why."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        say, look = context.say, style.current()
        self.setObjectName("card")
        self._stands = label("", wraps=True)
        self._why = label("", tone="warning", wraps=True)
        self.preparer_field, self.preparer = line_field(
            say("Who has prepared the report"), hint=say("Name and title. It stands in the report that is sent.")
        )
        self.remark = TextArea(say("Why the report goes back"), lines=2)
        self.remark_field = Field(say("Why the report goes back"), self.remark)
        self.back_field, self.back_by = line_field(say("Who sends it back"))
        self.read_button = button(say("Read the whole"), self.read_asked.emit)
        self.ready_button = button(say("Mark as ready for approval"), self._ready)
        self.back_button = button(say("Send back"), self._back)
        self._back_holder = QWidget()
        back = QVBoxLayout(self._back_holder)
        back.setContentsMargins(0, 0, 0, 0)
        back.setSpacing(look.px(10))
        for field in (self.remark_field, self.back_field):
            back.addWidget(field)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(say("Read and approve"), type="head"))
        for widget in (self._stands, self._why, self.preparer_field, self._back_holder):
            inside.addWidget(widget)
        inside.addWidget(flow(self.read_button, self.ready_button, self.back_button, spacing=8))
        self._back_holder.setVisible(False)

    @property
    def text(self) -> str:
        """How it stands, in words."""
        return f"{self._stands.text()} {self._why.text()}".strip()

    def show_course(self, found: Course, *, has_answers: bool, is_shared: bool) -> None:
        """``is_shared``: several people have keys here, so that one prepares and another approves."""
        say, is_ready = self._context.say, found.state is ReportState.READY
        self._stands.setText(self._standing(found, is_shared=is_shared))
        why = ""
        if found.state is ReportState.DRAFT and found.changed is not None:
            why = say(
                "It was ready for approval. {answer} has been changed since, so it is a draft again.",
                answer=key_name(found.changed, self._context),
            )
        elif found.state is ReportState.DRAFT and found.remark:
            why = say("{name} sent it back: {remark}", name=found.by, remark=found.remark)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.read_button.setEnabled(has_answers)
        can_mark = has_answers and found.state is ReportState.DRAFT
        self.preparer_field.setVisible(can_mark)
        self.ready_button.setVisible(can_mark)
        self.back_button.setVisible(is_ready)
        self.back_button.setText(say("Send back"))
        if not is_ready:
            self._back_holder.setVisible(False)
        if not self.preparer.text() and found.prepared_by:
            self.preparer.setText(found.prepared_by)

    def _standing(self, found: Course, *, is_shared: bool) -> str:
        say = self._context.say
        if found.state is ReportState.READY and found.at is not None:
            return say(
                "{name} marked it as ready for approval {when}.", name=found.prepared_by, when=say.moment(found.at)
            )
        if found.state is ReportState.DRAFT:
            alone = say(
                "Mark it as ready when another is to read and approve it. Whoever is alone at the desk can prepare, "
                "approve and sign in one go, below."
            )
            shared = say("Several people have keys here: one marks it as ready, and another approves it and signs.")
            return shared if is_shared else alone
        return say("{state}.", state=word(found.state, say))

    def _ready(self) -> None:
        who = self.preparer.text().strip()
        self.preparer_field.show_error("" if who else self._context.say("Write who has prepared it."))
        if not who:
            self.preparer.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.ready_asked.emit(who)

    def _back(self) -> None:
        """The first press opens the fields, the second sends it back."""
        if self._back_holder.isHidden():
            self._back_holder.setVisible(True)
            self.remark.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        say, why, who = self._context.say, self.remark.toPlainText().strip(), self.back_by.text().strip()
        self.remark_field.show_error("" if why else say("Write what is to be mended."))
        self.back_field.show_error("" if who else say("Write who sends it back."))
        if why and who:
            self.remark.clear()
            self.back_asked.emit(who, why)
