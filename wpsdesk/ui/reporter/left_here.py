"""What is said beside what goes now: what stays here, and when it need not be sent once more."""

from __future__ import annotations

from wpsdesk.desk.submission.packing import Way, Why
from wpsdesk.desk.submission.tasks import PartsWanted
from wpsdesk.i18n import Catalogue
from wpsdesk.report.states import EntryState
from wpsdesk.ui.reporter.standing import Standing


def left_words(found: Standing, say: Catalogue) -> str:
    """The drafts that stay here, and what has not been answered; "" where all goes."""
    drafts = sum(row.state is EntryState.DRAFT for row in found.rows)
    empty = sum(row.state is EntryState.EMPTY for row in found.rows)
    stays = say.plural(
        "{n} draft stays here until it is ready.", "{n} drafts stay here until they are ready.", drafts
    )  # fmt: skip
    lacks = say.plural("{n} answer that is asked has not been written.", "{n} answers that are asked have not been "
                       "written.", empty)  # fmt: skip
    return " ".join(words for words, count in ((stays, drafts), (lacks, empty)) if count)


def enough_words(found: Standing, way: Way, say: Catalogue) -> str:
    """That less than a whole report is enough, or that it went already; "" where neither is so."""
    if any(isinstance(task, PartsWanted) and task.is_known for task in found.tasks):
        return say("It is enough to write the parts that UD lacks again, above.") if found.is_all_sent else ""
    if found.is_all_sent and way.why in (Why.NO_RECEIPT, Why.UNCONFIRMED):
        return say(
            "This was sent as no. {seq}, and UD has not confirmed it yet. Send it once more only if it has been lost.",
            seq=way.seq or "",
        )
    return ""
