"""Says it at once when an answer is changed and the report, which was ready for approval, is a draft again by it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from wpsdesk.desk.call import calling
from wpsdesk.desk.submission.course import Course, course
from wpsdesk.messages import Sentence
from wpsdesk.report.states import ReportState
from wpsdesk.ui.context import Context
from wpsdesk.ui.reporter.todo_card import key_name


class ApprovalWatch(QObject):
    """Lives as long as the desk is open; looks after every save."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._was = self._now()
        context.saved.connect(self._look)
        context.changed.connect(self._look)

    def _now(self) -> Course:
        call = calling.current_call(self._context.desk)
        return Course() if call is None else course(self._context.desk, call.year)

    def _look(self, _what: object) -> None:
        if self._context.jobs.is_busy:
            return
        now, was, say = self._now(), self._was, self._context.say
        self._was = now
        if was.state is ReportState.READY and now.state is ReportState.DRAFT and now.changed is not None:
            what = say(
                "The report was ready for approval. {answer} has been changed, so it is a draft again.",
                answer=key_name(now.changed, self._context),
            )
            do = say("Mark it as ready again under Send when you are done.")
            self._context.told.emit(Sentence(what=what, kept="", do=do), "warning")
