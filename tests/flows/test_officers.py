"""Several of UD's officers at one desk on a server, and a server that goes away in the middle."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import psycopg
import pytest

from tests.kit import ON_SERVER, YEAR, Office, answer
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import Refused, receive, receive_one
from wpsdesk.desk.errors import AlreadyReceived
from wpsdesk.desk.model import Desk
from wpsdesk.desk.remembering import journal
from wpsdesk.desk.review import replying
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.review.review_errors import ReviewedMeanwhile, UnderReview
from wpsdesk.desk.review.reviewing import Judgement, Reviewed, decide, review, take_in_hand
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import Decision
from wpsdesk.store.journal import note
from wpsdesk.store.server.address import Address, read_pointer
from wpsdesk.store.server.errors import DatabaseAway

pytestmark = ON_SERVER

FD = UnitCode("FD")
KEY = EntryKey(CommitmentNumber(1), None)
T = TypeVar("T")


def at_once(*works: Callable[[], T]) -> list[T | WpsError]:
    """What comes of several things that begin at the same moment, or the fault that each met."""
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> T | WpsError:
        start.wait()
        try:
            return work()
        except WpsError as fault:
            return fault

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def sent(office: Office, ud: Desk, unit: str, *numbers: int) -> Path:
    desk = office.answered(office.enrolled(ud, unit), *(answer(number) for number in numbers))
    return export(desk, YEAR, office.folder, approved_by="Ola").path


def test_two_officers_who_decide_at_the_same_moment_never_overwrite_each_other(office: Office) -> None:
    ud = office.ud()
    another = office.another_officer(ud)
    receive_one(ud, sent(office, ud, "FD", *range(1, 7)))
    keys = [each.key for each in review(another, FD, YEAR)]
    for key in keys:

        def judged(desk: Desk, officer: str, key: EntryKey = key) -> Callable[[], tuple[Reviewed, ...]]:
            verdict = Judgement(key=key, is_accepted=officer == "Kari", reason="Hvilket land?", seen=0)
            return lambda: decide(desk, FD, YEAR, (verdict,), officer=officer)

        done = at_once(judged(ud, "Kari"), judged(another, "Ola"))
        (lost,) = (each for each in done if isinstance(each, WpsError))
        assert isinstance(lost, ReviewedMeanwhile)
        (stands,) = (each for each in review(ud, FD, YEAR) if each.key == key)
        assert (stands.step, stands.officer) == (1, lost.officer)
        assert stands.decision == lost.decision == (Decision.ACCEPTED if lost.officer == "Kari" else Decision.RETURNED)
    with pytest.raises(UnderReview):
        take_in_hand(ud, FD, YEAR, KEY, officer="Kari")
        take_in_hand(another, FD, YEAR, KEY, officer="Ola")


def test_two_imports_of_one_folder_and_two_replies_at_once_count_everything_once(
    office: Office, tmp_path: Path
) -> None:
    ud = office.ud()
    another = office.another_officer(ud)
    files = [sent(office, ud, unit, 1, 2) for unit in ("FD", "JD", "KUD")]
    one, other = at_once(lambda: receive(ud, files), lambda: receive(another, files[::-1]))
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    outcomes = [arrival.outcome for arrival in (*one, *other)]
    assert sum(isinstance(each, Received) for each in outcomes) == 3
    faults = [each.error for each in outcomes if isinstance(each, Refused)]
    assert [type(each) for each in faults] == [AlreadyReceived] * 3
    assert sorted(row.unit for row in inbox(another, YEAR)) == ["FD", "JD", "KUD"]

    folders = [tmp_path / "kari", tmp_path / "ola"]
    for folder in folders:
        folder.mkdir()
    written = at_once(*(lambda d=d, f=f: reply(d, FD, YEAR, f) for d, f in zip((ud, another), folders, strict=True)))
    names = {each.path.name for each in written if not isinstance(each, WpsError)}
    assert len(names) == 2, "each has a number of its own"
    numbers = [line.number for line in journal(ud)]
    assert len(set(numbers)) == len(numbers)


def ended(address: Address) -> None:
    """Let the server end every other connection, as it does when it is started anew."""
    with psycopg.connect(host=address.host, user="postgres", dbname="postgres", autocommit=True) as line:
        line.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wpsdesk'")


def test_a_database_that_goes_away_leaves_nothing_half_done_and_work_goes_on(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ud = office.ud()
    address = read_pointer(ud.store.path).address
    receive_one(ud, sent(office, ud, "FD", 1, 10))
    before = journal(ud), review(ud, FD, YEAR)
    with pytest.raises(DatabaseAway), ud.store.write() as tx:
        note(tx, "accepted", who="Kari", now=ud.clock())
        ended(address)
        note(tx, "accepted", who="Kari", now=ud.clock())
    assert (journal(ud), review(ud, FD, YEAR)) == before
    ended(address)
    with pytest.raises(DatabaseAway):
        decide(ud, FD, YEAR, (Judgement(key=KEY, is_accepted=True),), officer="Kari")
    assert decide(ud, FD, YEAR, (Judgement(key=KEY, is_accepted=True),), officer="Kari")[0].officer == "Kari"

    there = tmp_path / "replies"
    there.mkdir()

    def go_away(*_args: object, **_words: object) -> None:
        ended(address)

    monkeypatch.setattr(replying, "tell_extension", go_away)  # when the file is written, before it is noted
    with pytest.raises(DatabaseAway):
        reply(ud, FD, YEAR, there)
    monkeypatch.undo()
    assert not list(there.iterdir()), "a reply that the desk knows nothing of is no reply"
    assert reply(ud, FD, YEAR, there).path.exists()
