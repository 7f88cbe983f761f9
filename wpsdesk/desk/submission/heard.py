"""What UD has said last: its replies of a year in the order in which UD wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import BundleId, Year
from wpsdesk.bundle.model import Kind
from wpsdesk.desk.model import LIMIT, REPLY, Desk
from wpsdesk.report.call import Call
from wpsdesk.report.reply import MAX_SEQ, Reply, reply_from
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.sent import next_seq
from wpsdesk.store.transaction import Tx

HEARD: Final = "reply-heard"
"""The kind of document that keeps what a reply itself does not say, for replies may be loaded in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A reply from UD that has been loaded."""

    number: int  # UD's own, of its replies to this unit; 0: not known
    sent_before: int  # the number of the last report that had been sent when it was loaded
    reply: Reply


def keep_heard(tx: Tx, year: Year | None, bundle: BundleId, number: int) -> None:
    """Keep what goes with a reply that has been loaded."""
    if year is None:
        return
    sent_before = next_seq(tx, year, kind=Kind.SUBMISSION) - 1
    put_document(tx, HEARD, f"{year}/{bundle}", canonical_json({"number": number, "sent_before": sent_before}))


def replies_in(tx: Tx, desk: Desk, year: Year) -> tuple[Heard, ...]:
    """UD's replies of a year, the latest last."""
    found = [
        _heard(document(tx, HEARD, key), reply_from(load_json(data, limit=LIMIT), desk.plan))
        for key, data in documents(tx, REPLY)
        if key.startswith(f"{year}/")
    ]
    return tuple(sorted(found, key=lambda each: (each.number, each.sent_before)))


def _heard(data: bytes | None, reply: Reply) -> Heard:
    seq = 0 if reply.about is None else reply.about.seq
    if data is None:  # loaded before the program kept this
        return Heard(number=0, sent_before=seq, reply=reply)
    reader = load_json(data, limit=LIMIT)
    number = reader.get("number").integer(0, MAX_SEQ)
    return Heard(number=number, sent_before=reader.get("sent_before").integer(0, MAX_SEQ), reply=reply)


def latest_heard(tx: Tx, desk: Desk, year: Year) -> Heard | None:
    """What UD says now; every reply tells all that stands, so an older one has nothing to add."""
    found = replies_in(tx, desk, year)
    return found[-1] if found else None


def until_when(desk: Desk, call: Call) -> date:
    """Until when this desk's unit has time by a call of UD's: its deadline, or the later day that UD has told of."""
    with desk.store.read() as tx:
        heard = latest_heard(tx, desk, call.year)
    told = None if heard is None else heard.reply.extended_to
    return call.deadline if told is None else max(told, call.deadline)
