"""What goes is told before it goes, by a carrier that takes it, and is read again from the disk when it is written."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.base.errors import Cancelled
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.arrivals.waiting import take_waiting, waiting
from wpsdesk.desk.call.calling import load_call
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.approving import approve_waiting
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.carriers import MAIL, Carriage, Carrier, last_carriage, part_size
from wpsdesk.desk.submission.dispatching import Dispatched, dispatch
from wpsdesk.desk.submission.packing import Why, packed, way
from wpsdesk.desk.submission.sending import People, export, sent_bundles
from wpsdesk.desk.submission.sending_errors import CarrierTooSmall, NotAsWritten
from wpsdesk.report.model import Access, AccessScope, EntryKey, LegalBasis, Partner
from wpsdesk.store.sent import sent

OLA = People(approved_by="Ola Leder")
STICK, SMALL_MAIL = Carriage(carrier=Carrier.STICK), Carriage(carrier=Carrier.MAIL, mail_limit=200_000)


def key(number: int) -> EntryKey:
    return EntryKey(CommitmentNumber(number))


def with_film(office: Office, desk: Desk, number: int, size: int = 300_000) -> Path:
    path = office.folder / f"opptak-{number}.bin"
    path.write_bytes(random.Random(number).randbytes(size))
    attach(desk, YEAR, key(number), [path])
    return path


def answers_ud(office: Office, ud: Desk, desk: Desk, name: str = "kvittering") -> None:
    receipt = reply(ud, desk.unit.code, YEAR, office.folder / f"{name}.asice.cms")
    receive(desk, [receipt.path])


def test_the_first_goes_whole_then_only_changes_and_the_reason_is_told(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(10), answer(11))
    assert way(fd, YEAR).why is Why.FIRST
    first = dispatch(fd, YEAR, office.folder / "a", STICK, OLA)
    assert not first.way.only_changes
    save(fd, YEAR, answer(11, text="Mer er gjort."))
    assert way(fd, YEAR).why is Why.NO_RECEIPT
    receive(ud, [file.path for file in first.files])
    answers_ud(office, ud, fd)
    going = packed(fd, YEAR)
    assert (going.way.only_changes, going.way.why, going.way.seq) == (True, Why.CHANGES, 1)
    assert [each.key for each in going.entries] == [key(11)]
    second = dispatch(fd, YEAR, office.folder / "b", STICK, OLA)
    assert second.way.only_changes
    assert second.bundles[0].is_delta
    save(fd, YEAR, answer(12))
    assert way(fd, YEAR).why is Why.UNCONFIRMED
    receive(ud, [file.path for file in second.files])
    answers_ud(office, ud, fd, "kvittering-2")
    dispatch(fd, YEAR, office.folder / "c", STICK, OLA)
    receive(ud, [office.folder / "c"])
    answers_ud(office, ud, fd, "kvittering-3")
    assert way(fd, YEAR).why is Why.UNCHANGED


def test_exactly_what_goes_is_told_and_it_is_no_larger_than_told(office: Office) -> None:
    fd = office.enrolled(office.ud(), "FD")
    closed = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20, reason="Hensyn til tredjeland.")
    office.answered(fd, replace(answer(10), access=closed, partners=(Partner(name="Kvinnenettverket"),)), answer(11))
    office.answered(fd, replace(answer(12), is_marked_ready=False))
    with_film(office, fd, 11)
    going = packed(fd, YEAR)
    assert [(each.key.commitment, each.scope) for each in going.entries] == [
        (10, AccessScope.WHOLE), (11, AccessScope.OPEN),
    ]  # fmt: skip
    assert going.entries[0].partners == ("Kvinnenettverket",)
    assert [(where.commitment, file.name, file.size) for where, file in going.evidence] == [
        (11, "opptak-11.bin", 300_000),
    ]  # fmt: skip
    assert going.drafts_left == 1
    done = dispatch(fd, YEAR, office.folder / "ut", STICK, OLA)
    assert going.size * 0.9 < done.files[0].size <= going.size


@pytest.mark.parametrize(
    ("carriage", "size", "parts"),
    [
        (Carriage(carrier=Carrier.MAIL, mail_limit=MAIL), 7_000_000, False),
        (Carriage(carrier=Carrier.MAIL, mail_limit=MAIL), 8_000_000, True),  # a mail makes it a third longer
        (Carriage(carrier=Carrier.ALTINN), 29_000_000, False),
        (Carriage(carrier=Carrier.ALTINN), 31_000_000, True),
        (Carriage(carrier=Carrier.EFORMIDLING), 900_000_000, False),
        (Carriage(carrier=Carrier.STICK), 1_073_000_000, False),
    ],
)
def test_the_carrier_decides_whether_it_goes_in_parts(carriage: Carriage, size: int, parts: bool) -> None:
    assert (part_size(carriage, size) is not None) is parts


def test_a_mail_of_next_to_nothing_is_refused_before_anything_is_written(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    with_film(office, fd, 1)
    with pytest.raises(CarrierTooSmall):
        dispatch(fd, YEAR, office.folder / "ut", Carriage(carrier=Carrier.MAIL, mail_limit=30_000), OLA)
    assert sent_bundles(fd, YEAR) == ()


def whole_mails(done: Dispatched) -> list[int]:
    """How long each file is as an attachment to a mail."""
    return [-(-file.size // 57) * 78 for file in done.files]


def test_by_mail_it_goes_in_parts_that_fit_with_one_to_spare_and_the_limit_is_remembered(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    with_film(office, fd, 1)
    with_spare = replace(SMALL_MAIL, with_spare=True)
    done = dispatch(fd, YEAR, office.folder / "ut", with_spare, OLA)
    assert len(done.files) > 3
    assert max(whole_mails(done)) <= 200_000
    assert [file.is_spare for file in done.files] == [False] * (len(done.files) - 1) + [True]
    assert last_carriage(fd) == with_spare
    done.files[1].path.unlink()  # one is lost on the way, and the spare one stands in
    receive(ud, [office.folder / "ut"])
    answers_ud(office, ud, fd)
    assert way(fd, YEAR).why is Why.UNCHANGED


def test_ud_lacks_a_file_of_an_answer_that_has_not_changed_so_the_whole_goes(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    with_film(office, fd, 1)
    done = dispatch(fd, YEAR, office.folder / "ut", SMALL_MAIL, OLA)
    receive(ud, [done.files[0].path])  # the report; its evidence is lost
    answers_ud(office, ud, fd)
    save(fd, YEAR, answer(2, text="Noe nytt."))
    going = packed(fd, YEAR)
    assert (going.way.only_changes, going.way.why) == (False, Why.EVIDENCE)
    assert [file.name for _, file in going.evidence] == ["opptak-1.bin"]


def test_what_is_not_on_the_disk_as_it_was_signed_is_removed_and_counts_as_never_sent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wpsdesk.bundle import rereading

    fd = office.answered(office.enrolled(office.ud(), "FD"))

    def bad_stick(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[-200] ^= 1
        path.write_bytes(data)

    with monkeypatch.context() as stick:
        stick.setattr(rereading, "forget_cached", bad_stick)
        with pytest.raises(NotAsWritten):
            dispatch(fd, YEAR, office.folder / "ut", STICK, OLA)
        with_film(office, fd, 1)
        with pytest.raises(NotAsWritten):
            dispatch(fd, YEAR, office.folder / "ut", SMALL_MAIL, OLA)
    assert list((office.folder / "ut").iterdir()) == []
    assert sent_bundles(fd, YEAR) == ()
    assert dispatch(fd, YEAR, office.folder / "ut", STICK, OLA).bundles[0].seq == 1


def test_stopping_while_it_is_read_again_leaves_nothing(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    with_film(office, fd, 1)

    def stops(done: int, total: int) -> None:
        if total and done > 0.6 * total:
            raise Cancelled

    for name, carriage in (("a", STICK), ("b", SMALL_MAIL)):
        with pytest.raises(Cancelled):
            dispatch(fd, YEAR, office.folder / name, carriage, OLA, progress=stops)
        assert list((office.folder / name).iterdir()) == []
    assert sent_bundles(fd, YEAR) == ()


def test_a_desk_without_a_certificate_sends_in_parts_with_its_request_riding_along(office: Office) -> None:
    ud, fd = office.ud(), office.desk("FD")
    load_call(fd, office.call_file)
    office.answered(fd, answer(1), answer(10))
    with_film(office, fd, 1)
    done = dispatch(fd, YEAR, office.folder / "ut", SMALL_MAIL, OLA, ask_as="Kari Test")
    assert done.fingerprint is not None
    receive(ud, [file.path for file in reversed(done.files)])
    assert [(one.has_request, one.fingerprint) for one in waiting(ud)] == [(True, done.fingerprint)] * 2
    issued = approve_waiting(ud, waiting(ud)[0].digest, done.fingerprint, office.folder / "sertifikat.asice.cms")
    take_waiting(ud)
    assert waiting(ud) == ()
    receive(fd, [issued.path])
    answers_ud(office, ud, fd)
    assert way(fd, YEAR).why is Why.UNCHANGED
    changed = replace(entry(fd, YEAR, key(10)), is_marked_ready=True, effort=answer(10, text="Annet.").effort)
    save(fd, YEAR, changed)
    export(fd, YEAR, office.folder / "endring.asice.cms", only_changes=True)
    with fd.store.read() as tx:
        assert [one.seq for one in sent(tx, YEAR)][-1] == 3
