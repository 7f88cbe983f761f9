"""What makes two desks of one unit go different ways: a copy of a desk, and a receipt that only one has."""

from __future__ import annotations

from tests.kit import PASSPHRASE, YEAR, Office
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.ids import Digest
from wpsdesk.desk.model import REPLY, Desk
from wpsdesk.desk.opening import restore
from wpsdesk.desk.safety.backing_up import backup
from wpsdesk.desk.submission.behind import nothing_sent_since
from wpsdesk.report.reply import About, Receipt, Reply, reply_to_json
from wpsdesk.store.documents import put_document
from wpsdesk.store.sent import sent


def pretend_acknowledged(desk: Desk, bundle: Digest) -> None:
    """Let the desk believe that UD has receipted a bundle of its own: as when a receipt came and UD was set back."""
    with desk.store.write() as tx:
        one = next(s for s in sent(tx, YEAR) if s.digest == bundle)
        about = About(bundle=one.id, digest=one.digest, seq=one.seq, received=one.created)
        receipt = Reply(unit=desk.unit.code, year=YEAR, receipt=Receipt.OK, about=about)
        key = f"{YEAR}/11111111-1111-4111-8111-{one.seq:012d}"
        put_document(tx, REPLY, key, canonical_json(reply_to_json(receipt)))


def twin(office: Office, desk: Desk) -> Desk:
    """The same desk on another machine, restored from a backup by somebody who says that the first sends nothing."""
    copy, store = office.folder / "copy.backup", office.folder / "twin.wpsdesk"
    backup(desk, copy)
    made = restore(copy, store, PASSPHRASE, clock=office.clock)
    nothing_sent_since(made, YEAR)
    office.desks.append(made)
    return made
