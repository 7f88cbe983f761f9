"""What UD has said that it holds: the report that a delta can build on, and the evidence that need not go again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import BundleId, Digest, Year
from wpsdesk.bundle import limits
from wpsdesk.bundle.model import Kind, header_from
from wpsdesk.desk.model import LIMIT, REPLY, Desk
from wpsdesk.report.codec import report_from
from wpsdesk.report.delta import SCHEMA as DELTA_SCHEMA
from wpsdesk.report.delta import delta_from, merged
from wpsdesk.report.model import Report
from wpsdesk.report.reply import Note, Receipt, Reply, reply_from
from wpsdesk.store.documents import documents
from wpsdesk.store.sent import Sent, sent
from wpsdesk.store.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """The last report of a year that a receipt says UD holds, and the receipt."""

    reply: BundleId
    sent: Sent
    report: Report  # whole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Receipt:
    """A reply from UD and the bundle that brought it."""

    bundle: BundleId
    reply: Reply


def acknowledged(tx: Tx, desk: Desk, year: Year) -> Acknowledged | None:
    """The report to build on, or None where no receipt has come for one that is known here."""
    gone = {one.id: one for one in sent(tx, year) if one.kind == Kind.SUBMISSION}
    found = [
        (one, receipt.bundle)
        for receipt in _receipts(tx, desk)
        if _says_yes(receipt.reply)
        and receipt.reply.about is not None
        and (one := gone.get(receipt.reply.about.bundle)) is not None
        and one.digest == receipt.reply.about.digest
    ]
    if not found:
        return None
    latest, bundle = max(found, key=lambda pair: pair[0].seq)
    report = report_of(desk, latest, {one.digest: one for one in gone.values()})
    return None if report is None else Acknowledged(reply=bundle, sent=latest, report=report)


def _says_yes(reply: Reply) -> bool:
    return reply.receipt is Receipt.OK and Note.SEND_THE_WHOLE not in reply.notes


def _receipts(tx: Tx, desk: Desk) -> tuple[_Receipt, ...]:
    return tuple(
        _Receipt(bundle=BundleId(key.rpartition("/")[2]), reply=reply_from(load_json(data, limit=LIMIT), desk.plan))
        for key, data in documents(tx, REPLY)
    )


def report_of(desk: Desk, one: Sent, gone: dict[Digest, Sent]) -> Report | None:
    """The whole report that a submission stood for; None where one that it builds on is not among ``gone``."""
    deltas = []
    while True:
        reader = load_json(one.payload, limit=LIMIT)
        if reader.get("schema").line() != DELTA_SCHEMA:
            found = report_from(reader, desk.plan)
            break
        deltas.append(delta_from(reader, desk.plan))
        before = gone.get(deltas[-1].base_digest)
        if before is None or before.seq >= one.seq:
            return None
        one = before
    for delta in reversed(deltas):
        found = merged(found, delta)
    return found


def evidence_acknowledged(tx: Tx, desk: Desk) -> frozenset[Digest]:
    """The files that UD holds.

    Of a report that UD says it holds, those that it names, save what UD says is missing; and those that came with
    any bundle that UD has answered, for also one that cannot be used is kept.
    """
    gone = {one.id: one for one in sent(tx) if one.kind == Kind.SUBMISSION}
    known = {one.digest: one for one in gone.values()}
    held: set[Digest] = set()
    for receipt in sorted(_receipts(tx, desk), key=_by_age):
        about = receipt.reply.about
        one = None if about is None else gone.get(about.bundle)
        if about is None or one is None or one.digest != about.digest:
            continue
        if _says_yes(receipt.reply) and (report := report_of(desk, one, known)) is not None:
            held.update(file.digest for file in report.files)
        held.difference_update(receipt.reply.missing_evidence)
        if receipt.reply.receipt in (Receipt.OK, Receipt.WARNING):
            header = header_from(load_json(one.header, limit=limits.HEADER_JSON))
            held.update(file.digest for file in header.files)
    return frozenset(held)


def _by_age(receipt: _Receipt) -> tuple[int, datetime]:
    about = receipt.reply.about
    return (0, datetime.min.replace(tzinfo=UTC)) if about is None else (about.seq, about.received)


def unacknowledged_after(tx: Tx, desk: Desk, base: Acknowledged) -> Sent | None:
    """The last report that was sent after ``base`` and says something else; None where there is none.

    A report that went in parts went twice: a receipt for the first is one for the second, as far as its words go.
    """
    gone = [one for one in sent(tx, base.sent.year) if one.kind == Kind.SUBMISSION]
    known = {one.digest: one for one in gone}
    later = [one for one in gone if one.seq > base.sent.seq and report_of(desk, one, known) != base.report]
    return max(later, key=lambda one: one.seq, default=None)
