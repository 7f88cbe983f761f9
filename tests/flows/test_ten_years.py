"""Ten years on: every certificate has ended, and openssl, unzip and sh still tell what is whole and what is not."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer
from wpsdesk.base.errors import FileExistsAlready, WpsError
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.verifying import verify_bundle
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.proving import proof
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.arrivals.waiting import take_waiting
from wpsdesk.desk.call.calling import load_call
from wpsdesk.desk.errors import NothingReceived, OnlyTheAuthority, SignerWaits
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import approve, load_certificate, revoke
from wpsdesk.desk.keys.introducing import introduce
from wpsdesk.desk.keys.people import add_person, signer_named
from wpsdesk.desk.model import trust_of
from wpsdesk.desk.publication.archiving import Archived, archive
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.sending import export
from wpsdesk.trust.errors import CertificateExpired

TEN_YEARS = timedelta(days=3653)
NAME = "Ola, serialNumber = UD"


@dataclass(frozen=True, kw_only=True)
class Archive:
    """An archive that was made ten years ago, by the machine's own clock.

    FD has sent a report and a delta on it; a person with a name made to mislead has signed JD's, and JD's
    certificates were revoked after it had come.
    """

    office: Office
    made: Archived
    path: Path

    def script(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", str(self.path / "verify-all.sh"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")

    def submissions(self) -> list[Path]:
        return sorted((self.path / "submissions").iterdir())


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("ten years ago")
    then = datetime.now(UTC).replace(microsecond=0) - TEN_YEARS
    office = Office(folder=folder, clock=WoundClock(now=then))
    ud = office.ud()
    fd, jd = office.answered(office.enrolled(ud, "FD")), office.answered(office.enrolled(ud, "JD"), answer(3))
    (folder / "Møte på Ås.txt").write_text("Referat", encoding="utf-8")
    attach(fd, YEAR, answer(1).key, [folder / "Møte på Ås.txt"])
    receive_one(ud, export(fd, YEAR, folder / "fd1.asice.cms").path)
    asked = add_person(jd, NAME, PASSPHRASE, folder / "person.asice")
    load_certificate(jd, approve(ud, asked.path, asked.fingerprint, folder / "person.asice.cms").path)
    signer = signer_named(jd, NAME, PASSPHRASE)
    receive_one(ud, export(jd, YEAR, folder / "jd1.asice.cms", signer=signer).path)
    office.clock.wind(days=40)
    receive_one(fd, reply(ud, fd.unit.code, YEAR, folder / "receipt.asice.cms").path)
    save(fd, YEAR, answer(1, text="Skrevet om."))
    receive_one(ud, export(fd, YEAR, folder / "fd2.asice.cms", only_changes=True).path)
    revoke(ud, jd.unit.code)
    office.clock.wind(days=100)
    made = archive(ud, YEAR, folder / "archive")
    yield Archive(office=office, made=made, path=made.path)
    office.close()


@pytest.fixture
def copy(first: Archive, tmp_path: Path) -> Archive:
    """A copy, to be spoilt."""
    shutil.copytree(first.path, tmp_path / "archive")
    return Archive(office=first.office, made=first.made, path=tmp_path / "archive")


def test_every_certificate_has_ended_and_everything_still_holds(first: Archive) -> None:
    folder = first.submissions()[0]
    now = ["sh", str(first.path / "verify.sh"), str(folder / "submission.asice"), str(folder / "trust.pem")]
    judged_today = subprocess.run(now, capture_output=True, text=True, check=False)
    assert judged_today.returncode == 1
    assert "has expired" in judged_today.stderr
    found = first.script()
    assert found.returncode == 0, found.stderr
    assert found.stderr == ""
    assert found.stdout.count("OK   submissions/") == 3
    assert found.stdout.count("signert av FD, mottatt ") == 2
    assert found.stdout.count("signert av JD, mottatt ") == 1


def test_the_known_root_is_compared(first: Archive, tmp_path: Path) -> None:
    assert first.script(str(first.path / "root.pem")).returncode == 0
    other = Office(folder=tmp_path)
    try:
        with other.ud().store.read() as tx:
            trust = trust_of(tx)
    finally:
        other.close()
    assert trust is not None
    (tmp_path / "other.pem").write_text(trust.root.pem)
    refused = first.script(str(tmp_path / "other.pem"))
    assert refused.returncode == 1
    assert "root.pem er ikke den roten" in refused.stderr


def turned(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("name", ["submission.asice", "receipt.asice", "trust.pem"])
def test_a_changed_byte_is_found_wherever_it_is(copy: Archive, name: str, number: int) -> None:
    spoilt = copy.submissions()[number] / name
    turned(spoilt, len(spoilt.read_bytes()) // 2)
    found = copy.script()
    assert found.returncode == 1
    assert f"{spoilt.relative_to(copy.path)} er endret" in found.stderr
    assert found.stdout.count("OK   submissions/") == 2


@pytest.mark.parametrize("name", ["sha256.txt", "sha256.p7s", "trust.pem", "root.pem", "contents.tsv", "LESMEG.txt"])
def test_so_it_is_in_what_lies_beside_them(copy: Archive, name: str) -> None:
    turned(copy.path / name, len((copy.path / name).read_bytes()) // 2)
    assert copy.script().returncode == 1


def lost(copy: Archive) -> None:
    shutil.rmtree(copy.submissions()[0])


def added(copy: Archive) -> None:
    (copy.path / "submissions" / "more.txt").write_text("x")


def swapped(copy: Archive) -> None:
    one, two, _ = (folder / "submission.asice" for folder in copy.submissions())
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)


@pytest.mark.parametrize("spoil", [lost, added, swapped])
def test_what_is_lost_added_or_swapped_is_found(copy: Archive, spoil: Callable[[Archive], None]) -> None:
    spoil(copy)
    assert copy.script().returncode == 1


def test_each_note_is_uds_own_and_holds_as_long_as_its_certificate(first: Archive) -> None:
    ud, clock = first.office.desks[0], first.office.clock
    with ud.store.read() as tx:
        trust = trust_of(tx)
    receipt = first.submissions()[0] / "receipt.asice"
    received = datetime.fromisoformat(first.path.joinpath("contents.tsv").read_text().splitlines()[1].split("\t")[7])
    with sealed_bundle(receipt) as sealed:
        opened = open_bundle(sealed, ())
        verified = verify_bundle(opened, trust, ud.plan, clock())
        assert isinstance(verified.payload, ReplyPayload)
        assert verified.signer.unit == "UD"
        assert verified.payload.reply.about is not None
        assert verified.payload.reply.about.received == received == verified.signed_at
        assert proof(ud, verified.payload.reply.about.digest) == receipt.read_bytes()
        with pytest.raises(CertificateExpired):
            verify_bundle(opened, trust, ud.plan, clock() + TEN_YEARS)


def test_an_archive_is_made_whole_by_ud_and_never_over_another(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    out = office.folder / "archive"
    with pytest.raises(OnlyTheAuthority):
        archive(fd, YEAR, out)
    with pytest.raises(NothingReceived):
        archive(ud, YEAR, out)
    assert not out.exists()
    assert isinstance(receive_one(ud, export(fd, YEAR, office.folder / "fd1.asice.cms").path), Received)
    made = archive(ud, YEAR, out)
    assert made.submissions == 1
    assert made.files == sum(1 for path in out.rglob("*") if path.is_file())
    assert made.size == sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    with pytest.raises(FileExistsAlready):
        archive(ud, YEAR, out)
    assert not list(office.folder.glob(".*.tmp"))


def test_a_report_that_was_signed_before_its_unit_was_enrolled_holds_by_the_certificate_for_the_same_key(
    tmp_path: Path,
) -> None:
    office = Office(folder=tmp_path, clock=WoundClock(now=datetime.now(UTC).replace(microsecond=0) - TEN_YEARS))
    try:
        ud, fd = office.ud(), office.desk("FD")
        load_call(fd, office.call_file)
        made = introduce(office.answered(fd), YEAR, tmp_path, "Kari Test")
        issued = approve(ud, made.sent.path, made.fingerprint, tmp_path / "certificate.asice.cms")
        assert issued.admitted == ()
        with pytest.raises(SignerWaits):
            receive_one(ud, made.sent.path)
        (taken,) = take_waiting(ud)
        assert not isinstance(taken.outcome, WpsError)
        office.clock.wind(days=30)
        kept = archive(ud, YEAR, tmp_path / "archive")
        held = Archive(office=office, made=kept, path=kept.path)
        found = held.script()
        assert found.returncode == 0, found.stderr
        assert "signert av FD, mottatt " in found.stdout
        (folder,) = held.submissions()
        data = bytearray((folder / "submission.asice").read_bytes())
        data[data.index(b"report.json") + 60] ^= 1
        (folder / "submission.asice").write_bytes(data)
        assert held.script().returncode == 1
    finally:
        office.close()
