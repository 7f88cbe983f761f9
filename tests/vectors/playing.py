"""A year as desks really play it, for a file of each kind and variant; :mod:`tests.vectors.making` writes them down."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from tests.kit import YEAR, Office, answer, mission
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import OpeningKey
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.writing import Draft, write_bundle
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.answers.handing_over import hand_over, write_card
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call, write_call
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import approve, load_certificate, request
from wpsdesk.desk.keys.introducing import introduce
from wpsdesk.desk.keys.people import add_person, add_person_with_certificate, signer_named
from wpsdesk.desk.keys.rooting import replace_issuer
from wpsdesk.desk.model import CERTIFICATES, OWN, Desk, certificates_of, opening_keys, require_trust, signer_of
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.dividing import Cut, export_in_parts
from wpsdesk.desk.submission.sending import export
from wpsdesk.desk.submission.signing_off import mark_report_ready
from wpsdesk.report.call import Asked
from wpsdesk.report.reply import Receipt, Reply, Verdict
from wpsdesk.store import opening
from wpsdesk.store.backup import backup_store
from wpsdesk.store.migrations import MIGRATIONS, upgrade
from wpsdesk.trust.anchors import TrustSet

WORDS: Final = "egne ord for Ola alene"
FILE_WORDS: Final = "kjøpt sertifikat 2026"
KEY: Final = answer(1).key


@dataclass(frozen=True, kw_only=True)
class Played:
    """What lies in the folder when the year has been played, and what it is judged by."""

    files: tuple[Path, ...]
    keys: tuple[OpeningKey, ...]  # every desk's
    trust: TrustSet
    at: datetime


def play(out: Path) -> Played:
    """Every kind of file in every variant, in the new folder ``out``, under the name it has among the vectors."""
    out.mkdir()
    work = out / "work"
    work.mkdir()
    office = Office(folder=work)
    try:
        _play(office, out)
        keys: list[OpeningKey] = []
        for desk in office.desks:
            with desk.store.read() as tx:
                keys += opening_keys(tx)
        with office.desks[0].store.read() as tx:
            trust = require_trust(tx)
    finally:
        office.close()
    files = tuple(sorted(path for path in out.iterdir() if path.is_file()))
    return Played(files=files, keys=tuple(keys), trust=trust, at=office.clock())


def _play(office: Office, out: Path) -> None:
    ud = office.ud(mission("NAIR", "SO"))
    office.call_file.rename(out / "call.asice")
    _first_submission(office, ud, out)
    fd = _enrolled(office, ud, out)
    _submissions(office, ud, fd, out)
    _people(office, ud, fd, out)
    _parts(office, ud, fd, out)
    _second_desk(office, ud, fd, out)
    _later_calls(office, ud, out)


def _first_submission(office: Office, ud: Desk, out: Path) -> None:
    """The enrolment rides in it."""
    jd = office.desk("JD")
    load_call(jd, out / "call.asice")
    introduce(office.answered(jd), YEAR, out / "submission-with-enrolment.asice.cms", "Kari Test")


def _enrolled(office: Office, ud: Desk, out: Path) -> Desk:
    fd = office.desk("FD")
    load_call(fd, out / "call.asice")
    asked = request(fd, "Kari Test", out / "enrolment.asice")
    issued = approve(ud, asked.path, asked.fingerprint, out / "reply-certificate.asice.cms")
    load_certificate(fd, issued.path)
    request(fd, "Kari Test", out / "enrolment-renewal.asice")
    return fd


def _submissions(office: Office, ud: Desk, fd: Desk, out: Path) -> None:
    note = office.folder / "Møte på Ås.txt"
    note.write_text("Referat fra møtet. " * 40, encoding="utf-8")
    attach(office.answered(fd, answer(1), answer(2)), YEAR, KEY, [note])
    receive_one(ud, export(fd, YEAR, out / "submission-with-evidence.asice.cms", approved_by="Ola").path)
    receipt = reply(ud, fd.unit.code, YEAR, out / "reply-receipt.asice.cms")
    receive_one(fd, receipt.path)
    _verdicts(ud, fd, out / "reply-verdicts.asice.cms")
    save(fd, YEAR, answer(2, text="Innsatsen er skrevet om."))
    receive_one(ud, export(fd, YEAR, out / "submission-delta.asice.cms", only_changes=True).path)


def _verdicts(ud: Desk, fd: Desk, out: Path) -> None:
    """One answer accepted, one returned with a reason and a date."""
    now = ud.clock()
    verdicts = (
        Verdict(key=KEY, is_accepted=True),
        Verdict(key=answer(2).key, is_accepted=False, reason="Hva kom ut av det?", answer_by=date(2027, 2, 1)),
    )
    with ud.store.read() as tx, fd.store.read() as theirs:
        own = certificates_of(theirs, CERTIFICATES, OWN)
        assert own is not None
        told = Reply(unit=fd.unit.code, year=YEAR, receipt=Receipt.WARNING, verdicts=verdicts)
        payload = ReplyPayload(reply=told, certificates=None, trust=require_trust(tx))
        draft = Draft(
            kind=Kind.REPLY, unit=ud.unit.code, to=fd.unit.code, year=YEAR, seq=90, payload=payload, attachments=(),
            prepared_by="UD", approved_by="", plan=ud.identity.edition,
        )  # fmt: skip
        write_bundle(out, draft, signer_of(tx), seal_to=(own.sealing, own.recovery), now=now)


def _people(office: Office, ud: Desk, fd: Desk, out: Path) -> None:
    own = add_person(fd, "Ola Godkjenner", WORDS, out / "enrolment-person.asice")
    certificate = _bought(office.folder / "bought.p12")
    bought = add_person_with_certificate(
        fd, "Per Kjøper", WORDS, out / "enrolment-bought.asice", pkcs12=certificate, words=FILE_WORDS
    )
    for asked, name in ((own, "person"), (bought, "bought")):
        issued = approve(ud, asked.path, asked.fingerprint, out / f"reply-{name}.asice.cms")
        load_certificate(fd, issued.path)
        signer = signer_named(fd, asked.name, WORDS)
        mark_report_ready(fd, YEAR, "Kari")
        export(fd, YEAR, out / f"submission-signed-{name}.asice.cms", approved_by=asked.name, signer=signer)


def _bought(path: Path) -> Path:
    key = rsa.generate_private_key(65537, 3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "FORSVARSDEPARTEMENTET")])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2029, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    protection = BestAvailableEncryption(FILE_WORDS.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"v", key, certificate, None, protection))
    return path


def _parts(office: Office, ud: Desk, fd: Desk, out: Path) -> None:
    """A set of four with one more that stands in for any; UD has got the first only, and asks for the others."""
    picture = office.folder / "Bilde.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(18_000))
    attach(fd, YEAR, answer(2).key, [picture])
    mark_report_ready(fd, YEAR, "Kari")
    cut = export_in_parts(fd, YEAR, office.folder / "parts", Cut(part_size=16 << 10, with_parity=True))
    for part in cut.parts:
        part.path.rename(out / f"part-{part.number}.wpspart")
    receive_one(ud, out / "part-1.wpspart")
    reply(ud, fd.unit.code, YEAR, out / "reply-missing.asice.cms")


def _second_desk(office: Office, ud: Desk, fd: Desk, out: Path) -> None:
    """One more desk of the unit, that is handed the drafts, and gets the last report back from UD."""
    office.call_file.write_bytes((out / "call.asice").read_bytes())
    second = office.enrolled(ud, "FD")
    card = write_card(second, out / "card.wpscard")
    hand_over(fd, card.path, out / "handover.asice.cms", YEAR, who="Kari")
    reply(ud, fd.unit.code, YEAR, out / "reply-give-back.asice.cms", gives_back=True, with_evidence=True)


def _later_calls(office: Office, ud: Desk, out: Path) -> None:
    office.clock.wind(hours=1)
    numbers = tuple(c.number for c in ud.plan.commitments)
    asked = (Asked(unit=mission("NAIR", "SO"), commitments=numbers),)
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 20), asked=asked), out / "call-amended.asice")
    replace_issuer(ud)
    write_call(ud, YEAR, out / "call-new-issuer.asice")


# -- a store as an earlier program left it -------------------------------------------------------


def backup_of_version(version: int, out: Path) -> None:
    """A backup of a small desk's store as it was when the program knew ``version`` migrations."""
    work = out.with_suffix(".work")
    work.mkdir()
    office = Office(folder=work)
    with knowing(version):
        try:
            desk = office.desk("FD")
            save(desk, YEAR, answer(1))
            backup_store(desk.store, out)
        finally:
            office.close()


@contextmanager
def knowing(version: int) -> Iterator[None]:
    """As if the program knew so many migrations."""
    known = MIGRATIONS[:version]
    before = opening.MIGRATIONS, opening.upgrade
    opening.MIGRATIONS, opening.upgrade = known, partial(upgrade, migrations=known)
    try:
        yield
    finally:
        opening.MIGRATIONS, opening.upgrade = before
