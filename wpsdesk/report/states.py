"""How far an entry and a report have come, and which moves between those states there are."""

from __future__ import annotations

from enum import StrEnum

from wpsdesk.report.model import NARRATIVE, Entry, Status


class EntryState(StrEnum):
    """The state of an entry on its writer's desk."""

    EMPTY = "empty"
    DRAFT = "draft"
    READY = "ready"
    NOTHING = "nothing-to-report"
    RETURNED = "returned"


class ReportState(StrEnum):
    """The state of a unit's report."""

    DRAFT = "draft"
    READY = "ready-for-approval"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Decision(StrEnum):
    """What was decided of an answer, or what has become of the decision."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"  # by UD, before the unit was told
    CHANGED = "changed"  # the unit has sent another answer since


MOVES: frozenset[tuple[ReportState, ReportState]] = frozenset(
    {
        (ReportState.DRAFT, ReportState.READY),
        (ReportState.READY, ReportState.DRAFT),
        (ReportState.READY, ReportState.SENT),
        (ReportState.SENT, ReportState.RECEIVED),
        (ReportState.SENT, ReportState.DRAFT),  # a correction before the receipt has come
        (ReportState.RECEIVED, ReportState.RETURNED),
        (ReportState.RECEIVED, ReportState.ACCEPTED),
        (ReportState.RECEIVED, ReportState.DRAFT),
        (ReportState.RETURNED, ReportState.DRAFT),
        (ReportState.ACCEPTED, ReportState.RETURNED),
        (ReportState.ACCEPTED, ReportState.DRAFT),  # the unit has something to add all the same
    }
)


def may_move(old: ReportState, new: ReportState) -> bool:
    """Whether a report may go from ``old`` to ``new``."""
    return (old, new) in MOVES


def state_of(entry: Entry) -> EntryState:
    """The state that follows from what the entry holds."""
    if entry.is_marked_ready:
        return EntryState.NOTHING if entry.status is Status.NOTHING_TO_REPORT else EntryState.READY
    return EntryState.EMPTY if is_empty(entry) else EntryState.DRAFT


def is_empty(entry: Entry) -> bool:
    """Whether nothing at all has been answered (language marks and the unit's part aside)."""
    lists = (
        entry.questions,
        entry.indicators,
        entry.partners,
        entry.money,
        entry.evidence,
        entry.result_kinds,
        entry.challenge_kinds,
        entry.measures,
    )
    return entry.status is None and not any(entry.passage(name).text.strip() for name in NARRATIVE) and not any(lists)
