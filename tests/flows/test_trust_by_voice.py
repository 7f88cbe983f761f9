"""Trust by voice: digits on both sides, renewal, replacement, more desks than one, and signers who must wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle.errors import NotForThisDesk
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import ReportPayload
from wpsdesk.bundle.writing import Draft, write_bundle
from wpsdesk.desk.answers.drafting import report
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.receiving import Refused, receive, receive_one, warnings_of
from wpsdesk.desk.arrivals.waiting import drop_waiting, take_waiting, waiting
from wpsdesk.desk.call.calling import load_call, root_fingerprint, write_call
from wpsdesk.desk.errors import (
    NoSuchCertificate,
    NotEnrolled,
    NothingToRenew,
    NothingWaitsAside,
    RenewsRevoked,
    SignerWaits,
)
from wpsdesk.desk.keys.enrolling import (
    KeyState,
    Purpose,
    Requested,
    approve,
    approve_waiting,
    certificates,
    enrolled_units,
    load_certificate,
    own_fingerprint,
    read_request,
    request,
    revoke,
)
from wpsdesk.desk.keys.introducing import introduce
from wpsdesk.desk.model import CERTIFICATES, OWN, Desk, certificates_of
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.publication.compiling import sources
from wpsdesk.desk.remembering import journal
from wpsdesk.desk.review.replying import replies, reply
from wpsdesk.desk.submission.sending import export
from wpsdesk.desk.submission.sending_errors import LaterAtUd
from wpsdesk.trust.authority import Reason
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.enrolment import interim_signer
from wpsdesk.trust.errors import CertificateExpired, CertificateRevoked, FingerprintMismatch, StaleRevocationList
from wpsdesk.trust.keys import UnitKeys

THREE_YEARS = 3 * 366


def asked(office: Office, desk: Desk, purpose: Purpose | None = None, name: str = "again") -> Requested:
    return request(desk, "Kari Test", office.folder / f"{name}.asice", purpose=purpose)


def exchanged(office: Office, ud: Desk, desk: Desk, purpose: Purpose | None = None, name: str = "again") -> None:
    """A request, the digits heard, and the certificate taken in."""
    wanted = asked(office, desk, purpose, name)
    issued = approve(ud, wanted.path, wanted.fingerprint, office.folder / f"{name}.asice.cms")
    load_certificate(desk, issued.path)


def own_certificate(desk: Desk) -> Certificate:
    with desk.store.read() as tx:
        own = certificates_of(tx, CERTIFICATES, OWN)
    assert own is not None
    return own.signing


def called_again(office: Office, ud: Desk, desk: Desk) -> None:
    """UD's call once more, as it comes every year, with UD's certificates and lists of today."""
    path = office.folder / "call-again.asice"
    write_call(ud, YEAR, path)
    load_call(desk, path)


def sent(office: Office, desk: Desk) -> Path:
    return export(desk, YEAR, office.folder).path


# -- the digits ----------------------------------------------------------------------------------


def test_the_digits_are_the_same_on_both_sides_before_and_after(office: Office) -> None:
    ud, fd = office.ud(), office.desk("FD")
    root = root_fingerprint(ud)
    assert root is not None
    assert own_fingerprint(fd) is None
    load_call(fd, office.call_file)
    assert root_fingerprint(fd) == (root[0], False)
    wanted = asked(office, fd)
    seen = read_request(ud, wanted.path)
    assert seen.fingerprint == wanted.fingerprint == own_fingerprint(fd)
    assert not seen.is_vouched_for
    issued = approve(ud, wanted.path, None, office.folder / "certificate.asice.cms")
    load_certificate(fd, issued.path)
    assert own_fingerprint(fd) == wanted.fingerprint
    assert [each.fingerprint for each in certificates(ud, fd.unit.code)] == [wanted.fingerprint]


def test_how_the_digits_were_compared_stands_in_the_journal(office: Office) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    wanted = asked(office, office.desk("JD"), name="ticked")
    approve(ud, wanted.path, None, office.folder / "ticked.asice.cms")
    renewal = asked(office, fd, name="renewal")
    approve(ud, renewal.path, None, office.folder / "renewal.asice.cms")
    lines = [dict(line.details)["compared"] for line in journal(ud) if line.what == "certificate-issued"]
    assert lines == ["by-its-own-key", "ticked", "typed"]


def test_wrong_digits_issue_nothing(office: Office) -> None:
    ud, fd = office.ud(), office.desk("FD")
    wanted = asked(office, fd)
    with pytest.raises(FingerprintMismatch):
        approve(ud, wanted.path, wanted.fingerprint[:-1] + "x", office.folder / "out.asice.cms")
    assert certificates(ud, fd.unit.code) == ()
    assert not (office.folder / "out.asice.cms").exists()


# -- renewal -------------------------------------------------------------------------------------


def test_a_renewal_before_the_end_needs_no_digits_and_what_was_sealed_before_still_opens(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    receive_one(ud, sent(office, fd))
    sealed_to_the_old = reply(ud, fd.unit.code, YEAR, office.folder / "old.asice.cms").path
    before = own_certificate(fd)
    office.clock.wind(days=900)
    wanted = asked(office, fd)
    assert wanted.purpose is Purpose.RENEWAL
    assert read_request(ud, wanted.path).is_vouched_for
    exchanged_reply = approve(ud, wanted.path, None, office.folder / "new.asice.cms")
    assert exchanged_reply.revoked == 0
    load_certificate(fd, exchanged_reply.path)
    assert own_certificate(fd).public == before.public
    assert own_certificate(fd).not_after > before.not_after
    receive_one(fd, sealed_to_the_old)
    office.clock.wind(days=300)  # past the end of the first certificate
    assert office.clock() > before.not_after
    called_again(office, ud, fd)
    receive_one(ud, sent(office, fd))


def test_after_the_end_a_report_is_held_up_and_a_renewal_needs_digits_again(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    office.clock.wind(days=THREE_YEARS)
    with pytest.raises(CertificateExpired):
        receive_one(ud, sent(office, fd))
    wanted = asked(office, fd)
    assert wanted.purpose is Purpose.RENEWAL
    assert not read_request(ud, wanted.path).is_vouched_for
    exchanged(office, ud, fd, name="second")
    called_again(office, ud, fd)
    receive_one(ud, export(fd, YEAR, office.folder / "late.asice.cms").path)
    assert next(u.state for u in enrolled_units(ud) if u.unit.code == "FD") is KeyState.VALID


def test_an_older_certificate_that_is_loaded_late_changes_nothing(office: Office) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    first = next(office.folder.glob("certificate-*.asice.cms"))
    office.clock.wind(days=100)
    exchanged(office, ud, fd)
    newest = own_certificate(fd)
    assert load_certificate(fd, first).not_after == newest.not_after
    assert own_certificate(fd) == newest


def test_a_renewal_of_keys_that_were_never_certified_is_refused(office: Office, tmp_path: Path) -> None:
    ud, fd = office.ud(), office.desk("FD")
    with pytest.raises(NotEnrolled):
        asked(office, fd, Purpose.RENEWAL)
    (tmp_path / "other").mkdir()
    other = Office(folder=tmp_path / "other", clock=office.clock)
    try:
        stranger = other.enrolled(other.ud(), "FD")
        wanted = asked(other, stranger, Purpose.RENEWAL)
        with pytest.raises(NothingToRenew):
            approve(ud, wanted.path, wanted.fingerprint, office.folder / "out.asice.cms")
    finally:
        other.close()


def test_a_revoked_certificate_is_not_renewed(office: Office) -> None:
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    revoke(ud, fd.unit.code, Reason.KEY_COMPROMISE)
    wanted = asked(office, fd, Purpose.RENEWAL)
    assert not read_request(ud, wanted.path).is_vouched_for
    with pytest.raises(RenewsRevoked):
        approve(ud, wanted.path, wanted.fingerprint, office.folder / "out.asice.cms")


def test_uds_own_certificates_renew_themselves_and_open_what_was_sealed_to_those_before(office: Office) -> None:
    ud = office.ud()
    before = own_certificate(ud)
    office.clock.wind(days=750)
    fd = office.answered(office.enrolled(ud, "FD"))
    bundle = sent(office, fd)  # sealed to the certificates in the call, of two years ago
    assert own_certificate(ud) != before
    assert own_certificate(ud).public == before.public
    receive_one(ud, bundle)


def test_an_old_list_of_revoked_certificates_warns_and_the_work_goes_on(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    office.clock.wind(days=401)  # the lists last four hundred days
    loaded = load_call(fd, office.call_file)
    assert {type(each) for each in loaded.warnings} == {StaleRevocationList}
    path = sent(office, fd)
    (arrival,) = receive(fd, [office.call_file])
    assert {type(each) for each in warnings_of(arrival.outcome)} == {StaleRevocationList}
    got = receive_one(ud, path)  # UD makes its own lists anew
    assert warnings_of(got) == ()
    called_again(office, ud, fd)
    assert load_call(fd, office.folder / "call-again.asice").warnings == ()


# -- more desks than one, and lost ones ----------------------------------------------------------


def test_a_second_desk_of_a_unit_leaves_the_first_one_valid_and_a_reply_opens_at_both(office: Office) -> None:
    ud = office.ud()
    first = office.answered(office.enrolled(ud, "FD"))
    second = office.answered(office.enrolled(ud, "FD"))
    assert [each.state for each in certificates(ud, first.unit.code)] == [KeyState.VALID, KeyState.VALID]
    receive_one(ud, sent(office, first))
    answered = reply(ud, first.unit.code, YEAR, office.folder).path
    for desk in (first, second):
        receive_one(desk, answered)
        assert [each.about.seq for each in replies(desk, YEAR) if each.about] == [1]
    with pytest.raises(LaterAtUd):  # what the first has sent is not on the second yet
        export(second, YEAR, office.folder / "second.asice.cms")
    receive_one(second, reply(ud, first.unit.code, YEAR, office.folder / "back.asice.cms", gives_back=True).path)
    export(second, YEAR, office.folder / "second.asice.cms")
    (arrival,) = receive(ud, [office.folder / "second.asice.cms"])
    assert not isinstance(arrival.outcome, Refused), arrival.outcome.error


def test_a_replacement_from_a_new_machine_ends_what_the_lost_one_had(office: Office) -> None:
    ud = office.ud()
    lost = office.answered(office.enrolled(ud, "FD"))
    late = sent(office, lost)
    new = office.desk("FD")
    load_call(new, office.call_file)
    wanted = asked(office, new, Purpose.REPLACEMENT)
    assert read_request(ud, wanted.path).revokes == 1
    office.clock.wind(days=1)
    issued = approve(ud, wanted.path, wanted.fingerprint, office.folder / "new.asice.cms")
    assert issued.revoked == 1
    load_certificate(new, issued.path)
    assert {each.state for each in certificates(ud, new.unit.code)} == {KeyState.VALID, KeyState.REVOKED}
    office.clock.wind(days=1)
    with pytest.raises(CertificateRevoked) as caught:
        receive_one(ud, late)
    assert caught.value.reason == Reason.KEY_COMPROMISE
    receive_one(ud, export(office.answered(new), YEAR, office.folder / "new-report.asice.cms").path)


def test_a_desk_that_replaces_its_own_keys_signs_with_the_old_ones_until_the_new_certificate_has_come(
    office: Office,
) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    old = own_certificate(fd)
    receive_one(ud, sent(office, fd))
    to_the_old = reply(ud, fd.unit.code, YEAR, office.folder / "old-reply.asice.cms").path
    wanted = asked(office, fd, Purpose.REPLACEMENT)
    assert own_certificate(fd) == old
    assert asked(office, fd, Purpose.REPLACEMENT, "once-more").fingerprint == wanted.fingerprint
    reason = Reason.CESSATION_OF_OPERATION
    issued = approve(ud, wanted.path, wanted.fingerprint, office.folder / "new.asice.cms", reason=reason)
    load_certificate(fd, issued.path)
    assert own_certificate(fd).public != old.public
    receive_one(fd, to_the_old)  # its keys are kept for what was sealed to them
    office.clock.wind(days=1)
    exchanged(office, ud, fd, name="renewal")
    receive_one(fd, to_the_old)


def test_one_of_two_desks_can_be_revoked_alone(office: Office) -> None:
    ud = office.ud()
    first, second = (office.answered(office.enrolled(ud, "FD")) for _ in range(2))
    number = own_certificate(first).serial
    with pytest.raises(NoSuchCertificate):
        revoke(ud, first.unit.code, serial=number + 1)
    (gone,) = revoke(ud, first.unit.code, Reason.KEY_COMPROMISE, serial=number)
    assert gone.serial == number
    office.clock.wind(days=1)
    with pytest.raises(CertificateRevoked):
        receive_one(ud, export(first, YEAR, office.folder / "first.asice.cms").path)
    receive_one(ud, export(second, YEAR, office.folder / "second.asice.cms").path)
    assert next(u.state for u in enrolled_units(ud) if u.unit.code == "FD") is KeyState.VALID


def test_a_certificate_for_other_keys_is_not_taken(office: Office) -> None:
    ud = office.ud()
    first, second = office.enrolled(ud, "FD"), office.enrolled(ud, "FD")
    wanted = asked(office, first)
    issued = approve(ud, wanted.path, wanted.fingerprint, office.folder / "new.asice.cms")
    with pytest.raises(NotForThisDesk):
        load_certificate(second, issued.path)


# -- signers who wait ----------------------------------------------------------------------------


def forged(office: Office, ud: Desk, fd: Desk) -> Path:
    """A report by somebody who has UD's call, and a certificate of his own making."""
    with ud.store.read() as tx:
        recipients = certificates_of(tx, CERTIFICATES, OWN)
    assert recipients is not None
    said = report(fd, YEAR)
    draft = Draft(
        kind=Kind.SUBMISSION, unit=fd.unit.code, to=ud.unit.code, year=YEAR, seq=1, attachments=(),
        payload=ReportPayload(report=said), prepared_by="", approved_by="", plan=said.edition,
    )  # fmt: skip
    signer = interim_signer(UnitKeys.generate(), fd.unit.code, office.clock())
    path = office.folder / "forged.asice.cms"
    write_bundle(path, draft, signer, seal_to=(recipients.sealing, recipients.recovery), now=office.clock())
    return path


def test_a_report_by_an_unknown_signer_is_set_aside_and_counts_for_nothing(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    path = forged(office, ud, fd)
    for _ in range(2):
        with pytest.raises(SignerWaits) as caught:
            receive_one(ud, path)
    (one,) = waiting(ud)
    assert (one.unit, one.year, one.seq, one.file_name) == ("FD", YEAR, 1, "forged.asice.cms")
    assert one.fingerprint == caught.value.fingerprint
    assert not one.has_request
    assert inbox(ud) == ()
    assert sources(ud, YEAR) == ()
    exchanged(office, ud, fd)  # another certificate of the same unit opens no door for the stranger's key
    assert take_waiting(ud) == ()
    drop_waiting(ud, one.digest)
    assert waiting(ud) == ()
    with pytest.raises(NothingWaitsAside):
        drop_waiting(ud, one.digest)


def test_a_first_report_brings_its_request_and_is_taken_in_when_the_digits_are_heard(office: Office) -> None:
    ud, fd = office.ud(), office.desk("FD")
    load_call(fd, office.call_file)
    office.answered(fd, answer(1), answer(10))
    made = introduce(fd, YEAR, office.folder, "Kari Test")
    assert made.fingerprint is not None
    (arrival,) = receive(ud, [made.sent.path])
    assert isinstance(arrival.outcome, Refused)
    assert isinstance(arrival.outcome.error, SignerWaits)
    (one,) = waiting(ud)
    assert one.has_request
    assert one.fingerprint == made.fingerprint
    made.sent.path.unlink()  # what is set aside is whole
    with pytest.raises(FingerprintMismatch):
        approve_waiting(ud, one.digest, "1" * 40, office.folder / "no.asice.cms")
    issued = approve_waiting(ud, one.digest, made.fingerprint, office.folder / "certificate.asice.cms")
    assert len(issued.admitted) == 1
    assert waiting(ud) == ()
    assert [(row.unit, row.seq) for row in inbox(ud)] == [("FD", 1)]
    assert len(sources(ud, YEAR)[0].report.entries) == 2
    load_certificate(fd, issued.path)
    receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder / "receipt.asice.cms").path)
    assert [(r.receipt, r.about.seq) for r in replies(fd, YEAR) if r.about] == [("OK", 1)]
    receive_one(ud, export(fd, YEAR, office.folder / "second.asice.cms").path)


def test_a_request_can_be_approved_from_the_file_of_the_first_report(office: Office) -> None:
    ud, fd = office.ud(), office.desk("FD")
    load_call(fd, office.call_file)
    made = introduce(office.answered(fd), YEAR, office.folder, "Kari Test")
    assert made.fingerprint == read_request(ud, made.sent.path).fingerprint
    issued = approve(ud, made.sent.path, made.fingerprint, office.folder / "certificate.asice.cms")
    assert issued.admitted == ()  # it had not been received yet
    load_certificate(fd, issued.path)
    with pytest.raises(SignerWaits):  # signed with a certificate of its own making: by the same key
        receive_one(ud, made.sent.path)
    (taken,) = take_waiting(ud)
    assert not isinstance(taken.outcome, WpsError)


def test_what_waits_is_in_the_store_when_the_desk_is_opened_again(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    with pytest.raises(SignerWaits):
        receive_one(ud, forged(office, ud, fd))
    close_desk(ud)
    office.desks.remove(ud)
    again = open_desk(ud.store.path, PASSPHRASE, clock=office.clock)
    office.desks.append(again)
    assert len(waiting(again)) == 1
