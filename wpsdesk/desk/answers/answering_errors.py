"""What can stand in the way of answers that come in a file."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError
from wpsdesk.report.model import EntryKey
from wpsdesk.report.question_answers import Unfit


@dataclass(eq=False, kw_only=True)
class AnswersUnfit(WpsError):
    """Answers to UD's own questions that are not answers to what the call asks; ``unfit`` holds at least one."""

    key: EntryKey
    unfit: tuple[Unfit, ...]
