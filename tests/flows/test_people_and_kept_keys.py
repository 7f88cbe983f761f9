"""People with keys of their own, bought certificates, UD's root and issuing keys, and keys kept apart for recovery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from tests.kit import PASSPHRASE, YEAR, Office
from wpsdesk.bundle.errors import ContentMalformed, NotForThisDesk
from wpsdesk.bundle.opening import sealed_bundle
from wpsdesk.bundle.payloads import ReportPayload
from wpsdesk.bundle.sealing import content_key
from wpsdesk.bundle.writing import write_bundle
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.arrivals.verifying import export_trust, verify
from wpsdesk.desk.call.calling import load_call, write_call
from wpsdesk.desk.errors import (
    NoSuchPerson,
    NotSealed,
    PersonExists,
    PersonNotEnrolled,
    RecoveryKeptApart,
    RootKeptApart,
    WeakPassphrase,
)
from wpsdesk.desk.keys.authority import fresh_trust
from wpsdesk.desk.keys.enrolling import approve, certificates, load_certificate, read_request, request, revoke
from wpsdesk.desk.keys.people import (
    add_person,
    add_person_with_certificate,
    change_passphrase,
    people,
    remove_person,
    renew_person,
    signer_named,
)
from wpsdesk.desk.keys.recovering import keep_recovery_apart, recover
from wpsdesk.desk.keys.rooting import KeyFile, keep_root_apart, renew_root_list, replace_issuer, root_facts
from wpsdesk.desk.model import (
    AUTHORITY,
    AUTHORITY_KEYS,
    RECIPIENTS,
    UNIT_KEYS,
    Desk,
    authority_of,
    certificates_of,
    require_trust,
    unit_keys,
)
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.sending import People, export, require_ready, submission_draft
from wpsdesk.desk.submission.signing_off import mark_report_ready
from wpsdesk.store.vault import secret
from wpsdesk.trust.authority import Reason
from wpsdesk.trust.certificates import KeyKind
from wpsdesk.trust.errors import (
    BadKey,
    BadKeyFile,
    CertificateRevoked,
    RootOffline,
    StaleRevocationList,
    WrongKeyPassphrase,
)

WORDS = "egne ord for Ola alene"
FILE_WORDS = "kjøpt sertifikat 2026"


def heard(office: Office, ud: Desk, desk: Desk, path: Path, fingerprint: str | None, name: str = "Ola") -> None:
    """The digits are heard, the certificate issued and taken in."""
    issued = approve(ud, path, fingerprint, office.folder / f"{name}-{path.stem}.asice.cms")
    load_certificate(desk, issued.path)


def with_ola(office: Office, ud: Desk) -> Desk:
    fd = office.answered(office.enrolled(ud, "FD"))
    asked = add_person(fd, "Ola Godkjenner", WORDS, office.folder / "ola.asice")
    heard(office, ud, fd, asked.path, asked.fingerprint)
    return fd


def bought(path: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> Path:
    """An enterprise certificate as a seller delivers it: a PKCS#12 file under a passphrase."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "FORSVARSDEPARTEMENTET")])
    seller = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Selger CA G3")])
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(seller).public_key(key.public_key())
        .serial_number(7).not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2029, 1, 1, tzinfo=UTC))
        .add_extension(x509.PolicyConstraints(require_explicit_policy=1, inhibit_policy_mapping=None), critical=True)
    )  # fmt: skip
    certificate = builder.sign(key, hashes.SHA384() if isinstance(key, rsa.RSAPrivateKey) else hashes.SHA256())
    protection = BestAvailableEncryption(FILE_WORDS.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"virksomhet", key, certificate, None, protection))
    return path


# -- people --------------------------------------------------------------------------------------


def test_the_approver_signs_with_a_key_of_their_own(office: Office) -> None:
    ud = office.ud()
    fd = with_ola(office, ud)
    signer = signer_named(fd, "Ola Godkjenner", WORDS)
    sent = export(fd, YEAR, office.folder, prepared_by="Kari", approved_by="", signer=signer)
    found = verify(sent.path, ud, ud.plan, office.clock())
    assert found.header is not None
    assert (found.header.prepared_by, found.header.approved_by) == ("Kari", "Ola Godkjenner")
    receive_one(ud, sent.path)
    assert [row.signed_by for row in inbox(ud)] == ["Ola Godkjenner"]
    assert {each.person for each in certificates(ud, fd.unit.code)} == {"", "Ola Godkjenner"}


def test_the_desks_passphrase_opens_nobodys_key(office: Office) -> None:
    fd = with_ola(office, office.ud())
    with pytest.raises(WrongKeyPassphrase):
        signer_named(fd, "Ola Godkjenner", PASSPHRASE)
    change_passphrase(fd, "Ola Godkjenner", WORDS, "andre ord for Ola alene")
    with pytest.raises(WrongKeyPassphrase):
        signer_named(fd, "Ola Godkjenner", WORDS)
    assert signer_named(fd, "Ola Godkjenner", "andre ord for Ola alene").certificate.person == "Ola Godkjenner"


def test_what_a_person_signs_cannot_bear_another_approvers_name(office: Office) -> None:
    ud = office.ud()
    fd = with_ola(office, ud)
    ola = signer_named(fd, "Ola Godkjenner", WORDS)
    with fd.store.write() as tx:
        draft = submission_draft(tx, fd, ReportPayload(report=require_ready(fd, YEAR)), (), People(approved_by="Per"))
        recipients = certificates_of(tx, RECIPIENTS, AUTHORITY)
    assert recipients is not None
    path, sealed_for = office.folder / "liar.asice.cms", (recipients.sealing, recipients.recovery)
    write_bundle(path, draft, ola, seal_to=sealed_for, now=office.clock())
    with pytest.raises(ContentMalformed) as caught:
        receive_one(ud, path)
    assert caught.value.place == "approved_by"


def test_two_people_have_each_their_own_key_and_one_can_be_revoked(office: Office) -> None:
    ud = office.ud()
    fd = with_ola(office, ud)
    asked = add_person(fd, "Anne Leder", "enda andre egne ord", office.folder / "anne.asice")
    heard(office, ud, fd, asked.path, asked.fingerprint, "Anne")
    ola = next(each for each in certificates(ud, fd.unit.code) if each.person == "Ola Godkjenner")
    office.clock.wind(days=1)
    revoke(ud, fd.unit.code, Reason.AFFILIATION_CHANGED, serial=ola.serial)
    office.clock.wind(days=1)
    mark_report_ready(fd, YEAR, "Kari Skriver")
    signer = signer_named(fd, "Ola Godkjenner", WORDS)  # the desk has not heard of it yet
    with pytest.raises(CertificateRevoked):
        receive_one(ud, export(fd, YEAR, office.folder / "ola-report.asice.cms", signer=signer).path)
    anne = signer_named(fd, "Anne Leder", "enda andre egne ord")
    mark_report_ready(fd, YEAR, "Kari Skriver")
    receive_one(ud, export(fd, YEAR, office.folder / "anne-report.asice.cms", signer=anne).path)
    write_call(ud, YEAR, office.folder / "again.asice")
    load_call(fd, office.folder / "again.asice")
    with pytest.raises(CertificateRevoked):
        signer_named(fd, "Ola Godkjenner", WORDS)


def test_a_persons_renewal_is_signed_with_the_certificate_it_renews(office: Office) -> None:
    ud = office.ud()
    fd = with_ola(office, ud)
    before = people(fd)[0].not_after
    office.clock.wind(days=700)
    asked = renew_person(fd, "Ola Godkjenner", WORDS, office.folder / "renewal.asice")
    assert read_request(ud, asked.path).is_vouched_for
    heard(office, ud, fd, asked.path, None)
    after = people(fd)[0].not_after
    assert before is not None
    assert after is not None
    assert after > before


def test_a_person_is_added_once_and_can_be_removed(office: Office) -> None:
    ud = office.ud()
    fd = with_ola(office, ud)
    with pytest.raises(PersonExists):
        add_person(fd, " Ola  Godkjenner ", WORDS, office.folder / "twice.asice")
    with pytest.raises(WeakPassphrase):
        add_person(fd, "Per", "kort", office.folder / "weak.asice")
    add_person(fd, "Per", WORDS, office.folder / "per.asice")
    with pytest.raises(PersonNotEnrolled):
        signer_named(fd, "Per", WORDS)
    remove_person(fd, "Per")
    with pytest.raises(NoSuchPerson):
        signer_named(fd, "Per", WORDS)
    assert [each.name for each in people(fd)] == ["Ola Godkjenner"]


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_a_bought_certificate_signs_and_openssl_agrees(office: Office, kind: str) -> None:
    key = rsa.generate_private_key(65537, 3072) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    file = bought(office.folder / "virksomhet.p12", key)
    out = office.folder / "bought.asice"
    with pytest.raises(WrongKeyPassphrase):
        add_person_with_certificate(fd, "Ola", WORDS, out, pkcs12=file, words="feil ord her")
    asked = add_person_with_certificate(fd, "Ola", WORDS, out, pkcs12=file, words=FILE_WORDS)
    seen = read_request(ud, asked.path)
    assert seen.bought is not None
    assert (seen.bought.subject, seen.bought.issuer) == ("CN=FORSVARSDEPARTEMENTET", "CN=Selger CA G3")
    heard(office, ud, fd, asked.path, asked.fingerprint)
    assert [each.kind for each in people(fd)] == [KeyKind(kind)]
    sent = export(fd, YEAR, office.folder / "report.asice.cms", signer=signer_named(fd, "Ola", WORDS))
    receive_one(ud, sent.path)
    container, trust = office.folder / "open.asice", office.folder / "trust.pem"
    keep_recovery_apart(ud, office.folder / "ud.key", WORDS)
    recover(office.folder / "ud.key", WORDS, sent.path, container)
    export_trust(ud, trust)
    checked = office.auditors_script(container, trust)
    assert checked.returncode == 0, checked.stderr


def test_a_weak_bought_key_and_a_file_that_is_none_are_refused(office: Office) -> None:
    fd = office.enrolled(office.ud(), "FD")
    out = office.folder / "out.asice"
    weak = bought(office.folder / "weak.p12", rsa.generate_private_key(65537, 2048))
    with pytest.raises(BadKey) as caught:
        add_person_with_certificate(fd, "Ola", WORDS, out, pkcs12=weak, words=FILE_WORDS)
    assert caught.value.problem == "weak-key"
    other = bought(office.folder / "other.p12", ec.generate_private_key(ec.SECP384R1()))
    with pytest.raises(BadKey):
        add_person_with_certificate(fd, "Ola", WORDS, out, pkcs12=other, words=FILE_WORDS)
    for data in (b"", b"Kjaere UD", b"\x30\x03\x02\x01\x00", weak.read_bytes()[:200]):
        weak.write_bytes(data)
        with pytest.raises(BadKeyFile):
            add_person_with_certificate(fd, "Ola", WORDS, out, pkcs12=weak, words=FILE_WORDS)
    assert people(fd) == ()


# -- UD's own keys -------------------------------------------------------------------------------


def test_a_new_issuing_key_leaves_what_the_old_one_issued_valid(office: Office) -> None:
    ud = office.ud()
    first = office.answered(office.enrolled(ud, "FD"))
    made = replace_issuer(ud)
    assert made.name == "WPS Desk utsteder 2"
    receive_one(ud, export(first, YEAR, office.folder / "first.asice.cms").path)
    office.clock.wind(days=1)
    receive_one(first, reply(ud, first.unit.code, YEAR, office.folder / "reply.asice.cms").path)  # signed under the new
    second = office.answered(office.enrolled(ud, "JD"))
    receive_one(ud, export(second, YEAR, office.folder / "second.asice.cms").path)
    with ud.store.read() as tx:
        trust = require_trust(tx)
    assert (len(trust.intermediates), len(trust.lists)) == (2, 3)
    revoke(ud, first.unit.code, Reason.KEY_COMPROMISE)  # on the list of the authority that issued it
    office.clock.wind(days=1)
    with pytest.raises(CertificateRevoked):
        receive_one(ud, export(first, YEAR, office.folder / "third.asice.cms").path)


def test_an_issuing_key_that_was_stolen_takes_everything_it_issued_with_it(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    replace_issuer(ud, reason=Reason.KEY_COMPROMISE)
    office.clock.wind(days=1)
    with pytest.raises(CertificateRevoked):
        receive_one(ud, export(fd, YEAR, office.folder).path)
    write_call(ud, YEAR, office.folder / "again.asice")
    load_call(fd, office.folder / "again.asice")
    asked = request(fd, "Kari", office.folder / "renewal.asice")
    assert not read_request(ud, asked.path).is_vouched_for
    heard(office, ud, fd, asked.path, asked.fingerprint)
    receive_one(ud, export(fd, YEAR, office.folder / "new.asice.cms").path)


def test_the_root_key_goes_to_a_file_of_its_own_and_is_asked_for_only_when_needed(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    file = office.folder / "root.wpskey"
    facts = keep_root_apart(ud, file, WORDS)
    assert facts.is_offline
    assert facts.root_list_ends - office.clock() >= timedelta(days=5 * 365)
    with ud.store.read() as tx:
        held = secret(tx, AUTHORITY_KEYS)
        assert authority_of(tx).root_key is None
    assert held is not None
    assert b'"root_key":null' in held
    with pytest.raises(RootKeptApart):
        keep_root_apart(ud, office.folder / "again.wpskey", WORDS)
    office.clock.wind(days=1)
    office.enrolled(ud, "JD")  # issuing, revoking and replying go on without it
    revoke(ud, fd.unit.code)
    with pytest.raises(RootOffline):
        replace_issuer(ud)
    with pytest.raises(WrongKeyPassphrase):
        replace_issuer(ud, KeyFile(path=file, passphrase=PASSPHRASE))
    replace_issuer(ud, KeyFile(path=file, passphrase=WORDS), reason=Reason.SUPERSEDED)
    assert root_facts(ud).is_offline
    assert root_facts(ud).issuers == 2
    office.enrolled(ud, "KLD")


def test_a_key_file_of_another_root_or_another_purpose_is_refused(office: Office, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Office(folder=tmp_path / "other", clock=office.clock)
    try:
        keep_root_apart(other.ud(), other.folder / "root.wpskey", WORDS)
        keep_recovery_apart(other.desks[0], other.folder / "recovery.wpskey", WORDS)
        ud = office.ud()
        keep_root_apart(ud, office.folder / "root.wpskey", WORDS)
        for name in ("root.wpskey", "recovery.wpskey"):
            with pytest.raises(BadKeyFile):
                renew_root_list(ud, KeyFile(path=other.folder / name, passphrase=WORDS))
    finally:
        other.close()


def test_when_the_roots_list_is_old_there_is_a_warning_until_it_is_renewed(office: Office) -> None:
    ud = office.ud()
    file = office.folder / "root.wpskey"
    keep_root_apart(ud, file, WORDS)
    office.clock.wind(days=5 * 365 + 10)
    office.call_file.unlink()
    write_call(ud, YEAR, office.call_file)
    fd = office.answered(office.enrolled(ud, "FD"))
    path = export(fd, YEAR, office.folder).path
    found = verify(path, ud, ud.plan, office.clock())
    assert found.is_good
    assert [type(each) for each in found.warnings] == [StaleRevocationList]
    receive_one(ud, path)
    renew_root_list(ud, KeyFile(path=file, passphrase=WORDS))
    assert verify(path, ud, ud.plan, office.clock()).warnings == ()


def test_every_list_that_goes_out_has_a_higher_number(office: Office) -> None:
    ud = office.ud()
    with ud.store.write() as tx:
        first = fresh_trust(tx, office.clock())
        second = fresh_trust(tx, office.clock())
    assert {each.number for each in first.lists} != {each.number for each in second.lists}
    assert max(each.number for each in first.lists) < min(each.number for each in second.lists)


# -- recovery ------------------------------------------------------------------------------------


def test_every_sealed_file_opens_with_the_daily_key_and_with_the_recovery_key(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    sent = export(fd, YEAR, office.folder / "report.asice.cms").path
    receive_one(ud, sent)
    answered = reply(ud, fd.unit.code, YEAR, office.folder / "reply.asice.cms").path
    certificate = next(office.folder.glob("certificate-*.asice.cms"))
    for path, desk in ((sent, ud), (answered, fd), (certificate, fd)):
        with desk.store.read() as tx:
            keys = unit_keys(tx)
        assert keys.recovery is not None
        with sealed_bundle(path) as sealed:
            assert sealed.seal is not None
            opened = [{content_key(each, key) for each in sealed.seal.recipients} - {None}  # type: ignore[arg-type]
                      for key in (keys.sealing, keys.recovery)]  # fmt: skip
        assert opened[0] == opened[1] != set()


def test_recovery_opens_what_was_sealed_without_a_desk_and_the_store_has_let_go_of_the_key(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    sent = export(fd, YEAR, office.folder / "report.asice.cms")
    key, out = office.folder / "ud.wpskey", office.folder / "opened.asice"
    keep_recovery_apart(ud, key, WORDS)
    with pytest.raises(RecoveryKeptApart):
        keep_recovery_apart(ud, office.folder / "again.wpskey", WORDS)
    with ud.store.read() as tx:
        held = secret(tx, UNIT_KEYS)
    assert held is not None
    assert b'"recovery":null' in held
    with pytest.raises(WrongKeyPassphrase):
        recover(key, PASSPHRASE, sent.path, out)
    found = recover(key, WORDS, sent.path, out)
    assert (found.unit, found.digest) == ("UD", sent.digest)
    assert verify(out, ud, ud.plan, office.clock()).is_good
    with pytest.raises(NotSealed):
        recover(key, WORDS, out, office.folder / "more.asice")
    receive_one(ud, sent.path)  # the daily key still opens it
    keep_recovery_apart(fd, office.folder / "fd.wpskey", WORDS)
    with pytest.raises(NotForThisDesk):
        recover(office.folder / "fd.wpskey", WORDS, sent.path, office.folder / "no.asice")
    answered = reply(ud, fd.unit.code, YEAR, office.folder / "reply.asice.cms").path
    assert recover(office.folder / "fd.wpskey", WORDS, answered, office.folder / "reply.asice").unit == "FD"


def test_a_desk_whose_recovery_key_is_apart_renews_its_certificate_and_the_old_file_still_opens(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    key = office.folder / "fd.wpskey"
    keep_recovery_apart(fd, key, WORDS)
    office.clock.wind(days=400)
    asked = request(fd, "Kari", office.folder / "renewal.asice")
    heard(office, ud, fd, asked.path, None)
    write_call(ud, YEAR, office.folder / "again.asice")
    load_call(fd, office.folder / "again.asice")
    receive_one(ud, export(fd, YEAR, office.folder / "report.asice.cms").path)
    answered = reply(ud, fd.unit.code, YEAR, office.folder / "reply.asice.cms").path
    receive_one(fd, answered)
    assert recover(key, WORDS, answered, office.folder / "reply.asice").unit == "FD"
