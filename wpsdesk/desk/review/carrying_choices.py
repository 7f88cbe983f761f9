"""A choice between two reports goes on when the unit sends changes that do not touch what was chosen."""

from __future__ import annotations

from dataclasses import replace

from wpsdesk.base.ids import Digest
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.choices import choices_in, put_choice
from wpsdesk.desk.review.standing import own_report_of
from wpsdesk.report.delta import Delta
from wpsdesk.report.model import in_order
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import submission
from wpsdesk.store.transaction import Tx


def carry_choices(tx: Tx, desk: Desk, delta: Delta, now_in_force: Digest) -> None:
    """Let what was chosen on a delta's base stand on the delta too, but for the answers that it changes.

    The unit has said something newer of those, and its last word counts.
    """
    unit, year = delta.unit, delta.year
    standing = [c for c in choices_in(tx, desk.plan, unit, year) if c.top == delta.base_digest and not c.is_undone]
    arrived = submission(tx, now_in_force)
    if not standing or arrived is None:
        return
    touched = {*(entry.key for entry in delta.upserted), *delta.deleted}
    number = len(choices_in(tx, desk.plan, unit, year))
    own = own_report_of(tx, desk, arrived)
    for each in standing:
        kept = tuple(pick for pick in each.picks if pick.key not in touched)
        if not kept:
            continue
        number += 1
        chosen = {entry.key: entry for entry in standing[-1].report.entries}
        keys = {pick.key for one in standing for pick in one.picks} - touched
        entries = {entry.key: entry for entry in own.entries if entry.key not in keys}
        entries.update({key: chosen[key] for key in keys if key in chosen})
        report = replace(own, entries=in_order(tuple(entries.values())))
        put_choice(tx, replace(each, number=number, top=now_in_force, picks=kept, report=report))
        note(tx, "choice-carried", who=desk.unit.code, now=desk.clock(), about=f"{unit}/{year}/{arrived.seq}")
