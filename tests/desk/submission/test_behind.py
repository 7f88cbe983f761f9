"""A desk that lacks what UD has says so before it sends anything, and goes on once it has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.answers.handing_over import hand_over, load_handover, write_card
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, restore
from wpsdesk.desk.review.replying import ReplyLoaded, reply
from wpsdesk.desk.safety.backing_up import backup
from wpsdesk.desk.submission.behind import Behind, behind, nothing_sent_since
from wpsdesk.desk.submission.sending import Exported, export
from wpsdesk.desk.submission.sending_errors import LaidBack, LaterAtUd
from wpsdesk.desk.submission.tasks import tasks
from wpsdesk.intake.relations import Relation


@pytest.fixture
def ud(office: Office) -> Desk:
    """UD, with a call out."""
    return office.ud()


@pytest.fixture
def fd(office: Office, ud: Desk) -> Desk:
    """A ministry that has sent its first report."""
    desk = office.answered(office.enrolled(ud, "FD"), answer(1))
    receive_one(ud, sent(desk, "1").path)
    office.clock.wind(days=1)
    return desk


def sent(desk: Desk, name: str) -> Exported:
    return export(desk, YEAR, desk.store.path.with_name(f"{name}.asice.cms"))


def restored(office: Office, desk: Desk, copy: Path) -> Desk:
    """The desk from its backup, on a new machine."""
    close_desk(desk)
    office.desks.remove(desk)
    back = restore(copy, copy.with_suffix(".wpsdesk"), PASSPHRASE, clock=office.clock)
    office.desks.append(back)
    return back


def replied(ud: Desk, name: str, *, gives_back: bool = False) -> Path:
    return reply(ud, "FD", YEAR, ud.store.path.with_name(f"{name}.asice.cms"), gives_back=gives_back).path  # type: ignore[arg-type]


def test_a_desk_from_an_old_backup_asks_for_its_report_back_before_it_sends(office: Office, ud: Desk, fd: Desk) -> None:
    copy, written = office.folder / "stick.wpsbackup", office.clock()
    office.answered(fd, answer(10))
    office.clock.wind(hours=1)
    backup(fd, copy)
    office.clock.wind(days=3)
    office.answered(fd, answer(1, text="Skrevet etter kopien."))
    receive_one(ud, sent(fd, "2").path)
    back = restored(office, fd, copy)
    found = behind(back, YEAR)
    assert found is not None
    assert (found.held, found.saved) == (None, written)  # not when it was copied, but what it has last
    with pytest.raises(LaidBack):
        sent(back, "no")
    office.clock.wind(hours=1)
    receive_one(back, replied(ud, "told"))  # a bare receipt: now it is known that there is a later one
    assert behind(back, YEAR) == Behind(year=YEAR, held=2, saved=None)
    with pytest.raises(LaterAtUd):
        sent(back, "no")
    given = receive_one(back, replied(ud, "given", gives_back=True))
    assert behind(back, YEAR) is None
    assert isinstance(given, ReplyLoaded)
    assert given.restored is not None
    assert given.restored.taken == (answer(1).key,)  # what stands in the backup is older: there is nothing to choose
    assert entry(back, YEAR, answer(1).key).effort.text == "Skrevet etter kopien."
    office.answered(back, answer(12))
    got = receive_one(ud, sent(back, "3").path)
    assert isinstance(got, Received)
    assert (got.seq, got.relation) == (3, Relation.SUPERSEDES)


def test_where_nothing_was_sent_since_a_word_from_ud_or_a_person_is_enough(office: Office, ud: Desk, fd: Desk) -> None:
    receive_one(fd, replied(ud, "early"))  # what UD wrote before the backup was laid back says nothing of after
    copy = office.folder / "stick.wpsbackup"
    backup(fd, copy)
    office.clock.wind(days=1)
    back = restored(office, fd, copy)
    assert [type(task) for task in tasks(back, YEAR)] == [Behind]
    assert nothing_sent_since(back, YEAR) is None
    assert tasks(back, YEAR) == ()
    office.clock.wind(days=1)
    second = office.folder / "second.wpsbackup"
    backup(back, second)
    office.clock.wind(days=1)
    again = restored(office, back, second)  # a new laying back is a new doubt
    assert behind(again, YEAR) is not None
    receive_one(again, replied(ud, "told"))
    assert behind(again, YEAR) is None
    office.answered(again, answer(10))
    assert sent(again, "2").seq == 2


def test_a_second_desk_that_has_not_been_handed_over_to_sends_nothing_beside_the_first(
    office: Office, ud: Desk, fd: Desk
) -> None:
    other = office.answered(office.enrolled(ud, "FD"), answer(10))
    receive_one(other, replied(ud, "told"))
    assert behind(other, YEAR) == Behind(year=YEAR, held=1, saved=None)
    card = write_card(other, office.folder / "other.wpscard").path
    load_handover(other, hand_over(fd, card, office.folder / "over.asice.cms").path)
    assert behind(other, YEAR) is None
    assert sent(other, "2").seq == 2
