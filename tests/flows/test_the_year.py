"""The year from end to end: the call, two units, the bundles, the inbox, the coverage and the report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kit import EITHER_STORE, YEAR, Office, answer, mission
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.errors import FileExistsAlready, Malformed, WpsError
from wpsdesk.bundle.errors import Altered, NotABundle, NotForThisDesk, Truncated
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import fill, report, save
from wpsdesk.desk.arrivals.inbox import Stands, inbox
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import Refused, receive, receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, current_call, load_call
from wpsdesk.desk.errors import (
    AlreadyReceived,
    DeadlinePassed,
    ForAnotherUnit,
    NoCall,
    NotAskedFor,
    NotEnrolled,
    NothingToSend,
    OnlyTheAuthority,
    YearOutsidePlan,
)
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import KeyState, enrolled_units, load_certificate, revoke
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import compile_report, coverage, sources
from wpsdesk.desk.remembering import journal
from wpsdesk.desk.review.replying import ReplyLoaded, replies, reply
from wpsdesk.desk.submission.sending import Exported, export
from wpsdesk.intake.relations import Relation
from wpsdesk.report.answers import answers_to_json, example
from wpsdesk.trust.errors import CertificateRevoked, FingerprintMismatch


def everything(desk: Desk) -> object:
    """All that could have changed on a desk, but for what happens by reading."""
    with desk.store.read() as tx:
        from wpsdesk.store.submissions import submissions

        held = submissions(tx)
    return held, journal(desk), current_call(desk)


def exported(office: Office, desk: Desk, *, year: int = YEAR) -> Exported:
    return export(desk, YEAR, office.folder, approved_by="Ola Godkjenner")


@EITHER_STORE
def test_a_report_goes_from_a_unit_to_the_annual_report(office: Office, tmp_path: Path) -> None:
    ud = office.ud(mission())
    fd = office.answered(office.enrolled(ud, "FD"), answer(1, text="Forsvaret øvde på egne planer."), answer(10))
    note = tmp_path / "Møte på Ås.txt"
    note.write_text("Referat", encoding="utf-8")
    attach(fd, YEAR, answer(1).key, [note])
    sent = exported(office, fd)
    assert sent.path.name == "fd_20261201_1.asice.cms"
    got = receive_one(ud, sent.path)
    assert isinstance(got, Received)
    assert (got.relation, got.unit, got.entries, got.files) == (Relation.NEW, "FD", 2, 1)
    assert coverage(ud, YEAR).cell(fd.unit.code, answer(1).key.commitment) is CellState.RECEIVED
    assert coverage(ud, YEAR).cell(fd.unit.code, answer(2).key.commitment) is CellState.MISSING
    (source,) = sources(ud, YEAR)
    assert source.report.entries[0].effort.text == "Forsvaret øvde på egne planer."
    assert source.report.entries[0].evidence[0].name == "Møte på Ås.txt"
    made = compile_report(ud, YEAR, "nb", Edition.PUBLIC, tmp_path / "reports")
    assert made.path.read_bytes().startswith(b"%PDF-")


def test_a_mission_reports_on_two_countries(office: Office) -> None:
    unit = mission("PRET", "ZA", "MZ")
    ud = office.ud(unit)
    desk = office.answered(office.enrolled(ud, unit), answer(5, "ZA"), answer(5, "MZ"))
    got = receive_one(ud, exported(office, desk).path)
    assert isinstance(got, Received)
    assert {e.key.country for e in sources(ud, YEAR)[0].report.entries} == {"ZA", "MZ"}


@EITHER_STORE
def test_the_receipt_comes_back_sealed_for_the_unit(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    sent = exported(office, fd)
    receive_one(ud, sent.path)
    written = reply(ud, fd.unit.code, YEAR, office.folder)
    (arrival,) = receive(fd, [written.path])
    assert isinstance(arrival.outcome, ReplyLoaded)
    assert replies(fd, YEAR)[0].about is not None
    assert replies(fd, YEAR)[0].about.digest == sent.digest
    jd = office.enrolled(ud, "JD")
    (refused,) = receive(jd, [written.path])
    assert isinstance(refused.outcome, Refused)
    assert isinstance(refused.outcome.error, NotForThisDesk)


def test_a_second_report_supersedes_and_the_first_one_stays(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    first = exported(office, fd)
    save(fd, YEAR, answer(1, text="Rettet."))
    second = exported(office, fd)
    assert [receive_one(ud, p.path).relation for p in (first, second)] == [Relation.NEW, Relation.SUPERSEDES]
    assert [(r.seq, r.stands) for r in sorted(inbox(ud), key=lambda r: r.seq)] == [
        (1, Stands.SUPERSEDED),
        (2, Stands.IN_FORCE),
    ]
    assert sources(ud, YEAR)[0].report.entries[0].effort.text == "Rettet."


@EITHER_STORE
def test_an_older_report_that_comes_late_changes_nothing(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    first = exported(office, fd)
    save(fd, YEAR, answer(1, text="Rettet."))
    second = exported(office, fd)
    assert [receive_one(ud, p.path).relation for p in (second, first)] == [Relation.NEW, Relation.STALE]
    assert sources(ud, YEAR)[0].seq == 2
    assert len(inbox(ud)) == 2


def refusal(ud: Desk, path: Path) -> WpsError:
    """What importing a bad file says; the desk must be as it was."""
    before = everything(ud)
    (arrival,) = receive(ud, [path])
    assert everything(ud) == before
    assert isinstance(arrival.outcome, Refused), arrival
    return arrival.outcome.error


def test_the_same_bundle_twice_is_refused_as_a_duplicate(office: Office) -> None:
    ud = office.ud()
    sent = exported(office, office.answered(office.enrolled(ud, "FD")))
    receive_one(ud, sent.path)
    error = refusal(ud, sent.path)
    assert isinstance(error, AlreadyReceived)
    assert error.seq == 1


def test_a_file_that_is_no_bundle_is_refused(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.asice.cms"
    path.write_bytes(b"Kjaere UD, her er rapporten." * 50)
    assert isinstance(refusal(office.ud(), path), NotABundle)


def test_a_truncated_bundle_is_told_from_an_altered_one(office: Office, tmp_path: Path) -> None:
    ud = office.ud()
    data = exported(office, office.answered(office.enrolled(ud, "FD"))).path.read_bytes()
    short, changed = tmp_path / "short.cms", tmp_path / "changed.cms"
    short.write_bytes(data[:-100])
    changed.write_bytes(data[:-500] + bytes([data[-500] ^ 1]) + data[-499:])
    assert isinstance(refusal(ud, short), Truncated)
    assert isinstance(refusal(ud, changed), Altered)


def test_a_bundle_for_another_authority_is_refused(office: Office, tmp_path: Path) -> None:
    ud = office.ud()
    sent = exported(office, office.answered(office.enrolled(ud, "FD")))
    (tmp_path / "other").mkdir()
    other = Office(folder=tmp_path / "other")
    try:
        assert isinstance(refusal(other.ud(), sent.path), NotForThisDesk)
    finally:
        other.close()


def test_a_revoked_key_cannot_sign_a_later_report(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    office.clock.wind(days=1)
    revoke(ud, fd.unit.code)
    assert next(u.state for u in enrolled_units(ud) if u.unit.code == "FD") is KeyState.REVOKED
    office.clock.wind(days=1)
    assert isinstance(refusal(ud, exported(office, fd).path), CertificateRevoked)


def test_a_report_from_a_unit_that_no_call_asks_is_refused(office: Office) -> None:
    ud = office.ud(mission())
    desk = office.answered(office.enrolled(ud, mission()), answer(5, "SO"))
    sent = exported(office, desk)
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1)))
    assert isinstance(refusal(ud, sent.path), NotAskedFor)


@EITHER_STORE
def test_one_bad_file_never_stops_the_rest(office: Office) -> None:
    ud = office.ud()
    good = exported(office, office.answered(office.enrolled(ud, "FD"))).path
    folder = office.folder / "post"
    folder.mkdir()
    (folder / "a.cms").write_bytes(b"nothing")
    (folder / "b.asice.cms").write_bytes(good.read_bytes())
    found = receive(ud, [folder, office.folder / "gone.cms"])
    assert [type(a.outcome) for a in found] == [Refused, Received, Refused]


def test_a_unit_without_a_certificate_cannot_send(office: Office) -> None:
    office.ud()
    desk = office.desk("FD")
    with pytest.raises(NoCall):
        fill(desk, canonical_json(answers_to_json(example(None, YEAR))))
    load_call(desk, office.call_file)
    office.answered(desk)
    with pytest.raises(NotEnrolled):
        exported(office, desk)
    assert list(office.folder.glob("*.cms")) == []


def test_nothing_ready_is_nothing_to_send(office: Office) -> None:
    with pytest.raises(NothingToSend):
        exported(office, office.enrolled(office.ud(), "FD"))


def test_a_file_that_is_there_is_never_written_over(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    target = office.folder / "mine.cms"
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsAlready):
        export(fd, YEAR, target)
    assert target.read_bytes() == b"mine"
    assert exported(office, fd).seq == 1


def test_the_wrong_digits_stop_a_call_and_leave_no_root_behind(office: Office) -> None:
    office.ud()
    desk = office.desk("FD")
    with pytest.raises(FingerprintMismatch):
        load_call(desk, office.call_file, " ".join(["12345"] * 8))
    assert current_call(desk) is None
    assert load_call(desk, office.call_file).was_compared is False


def test_a_certificate_for_another_desk_cannot_be_loaded(office: Office) -> None:
    ud = office.ud()
    office.enrolled(ud, "FD")
    (certificate,) = office.folder.glob("certificate-*.cms")
    other = office.desk("FD")
    load_call(other, office.call_file)
    with pytest.raises(NotForThisDesk):
        load_certificate(other, certificate)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"commitment": 99}, "entries[0].commitment"),
        ({"status": 7}, "entries[0].status"),
        ({"country": "XX"}, "entries[0].country"),
    ],
)
def test_bad_answers_change_nothing(office: Office, change: dict[str, object], path: str) -> None:
    fd = office.enrolled(office.ud(), "FD")
    told = answers_to_json(example("FD", YEAR))
    entries = told["entries"]
    assert isinstance(entries, list)
    entries[0] = {**entries[0], **change}
    with pytest.raises(Malformed) as caught:
        fill(fd, canonical_json(told))
    assert caught.value.path == path
    assert report(fd, YEAR).entries == ()


def test_answers_for_another_unit_change_nothing(office: Office) -> None:
    fd = office.enrolled(office.ud(), "FD")
    with pytest.raises(ForAnotherUnit):
        fill(fd, canonical_json(answers_to_json(example("JD", YEAR))))
    assert report(fd, YEAR).entries == ()


def test_only_ud_makes_calls_and_only_sensible_ones(office: Office) -> None:
    ud = office.ud()
    with pytest.raises(DeadlinePassed):
        create_call(ud, CallDraft(year=YEAR, deadline=date(2026, 11, 30)))
    with pytest.raises(YearOutsidePlan):
        create_call(ud, CallDraft(year=2031, deadline=date(2032, 3, 1)))
    with pytest.raises(OnlyTheAuthority):
        create_call(office.desk("FD"), CallDraft(year=YEAR, deadline=date(2027, 3, 1)))
    call = current_call(ud)
    assert call is not None
    assert call.number == 1
    assert len(call.asked) == 7
    assert sum(len(a.commitments) for a in call.asked if a.unit.kind == "ministry") == 78


def test_nothing_is_sealed_for_a_key_that_ud_has_lost(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    receive_one(ud, exported(office, fd).path)
    revoke(ud, fd.unit.code)
    with pytest.raises(CertificateRevoked):
        reply(ud, fd.unit.code, YEAR, office.folder)


def test_uds_own_lists_never_run_out_at_ud(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    office.clock.wind(days=500)
    got = receive_one(ud, exported(office, fd).path)
    assert isinstance(got, Received)
