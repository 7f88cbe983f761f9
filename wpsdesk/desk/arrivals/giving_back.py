"""Giving back: UD returns a unit's own last submission in a reply, and a desk that lost its machine goes on from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.bundle.layout import layout_of
from wpsdesk.bundle.model import header_to_json
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.bundle.zipreading import directory_of, whole
from wpsdesk.desk.answers.handing_over import keep_dispatch, keep_evidence
from wpsdesk.desk.answers.merging import Merged, merge, merge_follow_up
from wpsdesk.desk.errors import NothingHeld
from wpsdesk.desk.evidence.held_files import Held, header_of
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.desk.submission.acknowledging import report_of
from wpsdesk.desk.submission.behind import saved_in_backup
from wpsdesk.desk.submission.sent_versions import submissions_sent
from wpsdesk.report.codec import report_from, report_to_json
from wpsdesk.report.handover import Dispatch, GivenBack, Handed, Version
from wpsdesk.report.model import EntryKey
from wpsdesk.store import drafts
from wpsdesk.store.submissions import Arrived, report_bytes
from wpsdesk.store.transaction import Tx


def given_back(tx: Tx, desk: Desk, arrived: Arrived) -> GivenBack:
    """What UD holds of a submission, for the unit that sent it. Raises NothingHeld, DamagedStore.

    The payload is left out: the report stands beside it, whole, also where it had come as a delta.
    """
    held, data = Held(tx, arrived), report_bytes(tx, arrived.digest)
    if data is None:
        raise NothingHeld(digest=arrived.digest)
    layout = layout_of(directory_of(held))
    header = header_of(held, layout)
    sent = Dispatch(
        id=header.id,
        seq=header.seq,
        digest=arrived.digest,
        created=header.created,
        size=arrived.size,
        header=canonical_json(header_to_json(header)),
        payload=b"",
        manifest=whole(held, layout.manifest),
        signature=whole(held, layout.signature),
    )
    return GivenBack(sent=sent, report=report_from(load_json(data, limit=LIMIT), desk.plan))


def restore(tx: Tx, desk: Desk, verified: VerifiedBundle, given: GivenBack) -> Merged:
    """Go on from what UD has given back, inside the caller's transaction.

    1. The files that came along are kept; what did not come stays named by its digest, and UD has it. 2. Drafts
    that are empty here, or as they were sent before or stood in the backup, give way; what has been written here
    since is not touched. 3. The submission counts as sent from here: the next has the next number, and can be a delta
    on it. Raises Malformed.
    """
    report, signed_by = given.report, verified.header.prepared_by
    keep_evidence(tx, verified)
    handed = tuple(
        Handed(
            entry=replace(entry, is_marked_ready=True),
            when=given.sent.created,
            who=signed_by,
            history=tuple(_older(tx, desk, given, entry.key)),
        )
        for entry in report.entries
    )
    merged = merge(tx, desk, report.year, handed)
    merge_follow_up(tx, desk, report.year, report.follow_up)
    keep_dispatch(tx, replace(given.sent, payload=canonical_json(report_to_json(report))), report.year)
    return merged


def _older(tx: Tx, desk: Desk, given: GivenBack, key: EntryKey) -> Iterator[Version]:
    """What is known here to have come before an answer that is given back, the newest first."""
    year, when = given.report.year, given.sent.created
    saved, now = saved_in_backup(tx), drafts.states(tx, year).get(key)
    if saved is not None and now is not None and now.changed <= saved < when:
        yield Version(when=now.changed, who=now.who, entry=drafts.entry(tx, year, key, desk.plan))
    gone = submissions_sent(tx, year)
    known = {one.digest: one for one in gone}
    for one in reversed(gone):
        then = report_of(desk, one, known) if one.seq < given.sent.seq else None
        if then is not None:
            yield Version(when=one.created, who=desk.unit.code, entry=then.entry(key))
