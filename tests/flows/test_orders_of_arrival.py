"""Whatever two desks of a unit send, and in whatever order it comes: nothing is lost, and nothing is made up."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.flows.forks import pretend_acknowledged, twin
from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.base.ids import Digest
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.inbox import Stands, inbox, received_report
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import Refused, receive, receive_one
from wpsdesk.desk.errors import AlreadyReceived
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export, ready_report
from wpsdesk.intake.relations import Relation
from wpsdesk.report.codec import report_to_json
from wpsdesk.store.submissions import container, submissions


@dataclass(frozen=True, eq=False)
class Bundle:
    """One that was sent, and what its sender meant by it."""

    name: str
    path: Path
    digest: Digest
    seq: int
    meant: object  # the sender's whole report

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class World:
    """UD's store before anything has come, and everything that two desks of FD send."""

    office: Office
    store: Path
    one: tuple[Bundle, ...]  # in the order of sending
    other: tuple[Bundle, ...]
    last: Bundle  # a whole report, with a number above all others


def _sends(office: Office, desk: Desk, name: str, text: str, *, only_changes: bool) -> Bundle:
    save(desk, YEAR, answer(1, text=text))
    folder = office.folder / name
    folder.mkdir()
    sent = export(desk, YEAR, folder, only_changes=only_changes)
    pretend_acknowledged(desk, sent.digest)
    meant = report_to_json(ready_report(desk, YEAR))
    return Bundle(name=name, path=sent.path, digest=sent.digest, seq=sent.seq, meant=meant)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    office = Office(folder=tmp_path_factory.mktemp("orders"))
    ud = office.ud()
    one = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    first = _sends(office, one, "w1", "Først.", only_changes=False)
    other = twin(office, one)
    ways = [
        _sends(office, one, f"{'d' if delta else 'w'}{seq}", f"Den ene, {seq}.", only_changes=delta)
        for seq, delta in ((2, True), (3, True), (4, False), (5, True))
    ]
    forks = [
        _sends(office, other, f"{'d' if delta else 'w'}{seq}-other", f"Den andre, {seq}.", only_changes=delta)
        for seq, delta in ((2, True), (3, True), (4, False))
    ]
    for seq in (6, 7, 8):
        _sends(office, one, f"w{seq}", f"Den ene, {seq}.", only_changes=False)
    last = _sends(office, one, "w9", "Til slutt.", only_changes=False)
    close_desk(ud)
    yield World(office=office, store=ud.store.path, one=(first, *ways), other=tuple(forks), last=last)
    office.close()


class Arrivals(RuleBasedStateMachine):
    """UD's desk, and files that come in any order and any number of times."""

    world: World
    """Set by the test."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        store = self.world.store
        for path in (store, store.with_suffix(".wpskeys")):
            shutil.copy(path, self.folder / path.name)
        self.ud = open_desk(self.folder / store.name, PASSPHRASE, clock=self.world.office.clock)
        self.came: list[Bundle] = []
        self.top = 0
        self.in_force: Digest | None = None

    def teardown(self) -> None:
        if not set(self.came) & set(self.world.other):
            for bundle in self.world.one:
                self.arrives(bundle)
            assert self._in_force() == self.world.one[-1].digest, "in any order, one desk's reports end the same way"
        self.arrives(self.world.last)
        assert self._in_force() == self.world.last.digest, "a whole report with a new number is always taken"
        self.what_is_read_is_what_was_meant()
        close_desk(self.ud)
        shutil.rmtree(self.folder)

    @rule(data=st.data())
    def comes(self, data: st.DataObject) -> None:
        self.arrives(data.draw(st.sampled_from((*self.world.one, *self.world.other))))

    def arrives(self, bundle: Bundle) -> None:
        if bundle in self.came:
            return
        before = self._in_force()
        got = receive_one(self.ud, bundle.path)
        assert isinstance(got, Received)
        assert got.relation is not Relation.DUPLICATE
        taken = {b.seq for b in self.came}
        if bundle.seq in taken:
            assert got.relation is Relation.CONFLICT
        if got.relation in (Relation.CONFLICT, Relation.STALE, Relation.BASE_MISSING):
            assert self._in_force() == before, "nothing that was in force is touched"
        self.came.append(bundle)

    @precondition(lambda self: self.came)
    @rule(data=st.data())
    def comes_again(self, data: st.DataObject) -> None:
        before = inbox(self.ud)
        (arrival,) = receive(self.ud, [data.draw(st.sampled_from(self.came)).path])
        assert isinstance(arrival.outcome, Refused)
        assert isinstance(arrival.outcome.error, AlreadyReceived)
        assert inbox(self.ud) == before

    def _in_force(self) -> Digest | None:
        found = [row.digest for row in inbox(self.ud) if row.stands is Stands.IN_FORCE]
        assert len(found) <= 1
        return found[0] if found else None

    @invariant()
    def nothing_is_lost(self) -> None:
        with self.ud.store.read() as tx:
            held = [arrived.digest for arrived in submissions(tx)]
            assert held == [bundle.digest for bundle in self.came]
            for digest in held:
                assert hashlib.sha256(b"".join(container(tx, digest))).hexdigest() == digest

    @invariant()
    def what_is_read_is_what_was_meant(self) -> None:
        stands = {row.digest: row.stands for row in inbox(self.ud)}
        for bundle in self.came:
            if stands[bundle.digest] is Stands.IN_FORCE:
                assert report_to_json(received_report(self.ud, bundle.digest)) == bundle.meant

    @invariant()
    def the_one_in_force_only_ever_gives_way_to_a_higher_number(self) -> None:
        now = self._in_force()
        seq = next((b.seq for b in (*self.world.one, *self.world.other, self.world.last) if b.digest == now), 0)
        assert seq > self.top or now == self.in_force
        self.top, self.in_force = seq, now


def test_in_every_order_nothing_is_lost_and_nothing_is_made_up(world: World) -> None:
    Arrivals.world = world
    run_state_machine_as_test(
        Arrivals,
        settings=settings(
            max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_jump_in_the_numbers_is_told(world: World) -> None:
    Arrivals.world = world
    machine = Arrivals()
    first = receive_one(machine.ud, world.one[0].path)
    later = receive_one(machine.ud, world.one[3].path)
    assert isinstance(first, Received)
    assert isinstance(later, Received)
    assert (first.left_out, later.left_out) == (0, 2)
    back = receive_one(machine.ud, world.one[2].path)
    assert isinstance(back, Received)
    assert back.relation is Relation.STALE
    close_desk(machine.ud)
    shutil.rmtree(machine.folder)
