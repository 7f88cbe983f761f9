"""A ministry asks its agency under UD's call, receives, returns and accepts; only files go between the desks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kit import PASSPHRASE, YEAR, Office, answer, mission
from wpsdesk.base.ids import CommitmentNumber, Digest, UnitCode
from wpsdesk.bundle.errors import NotTheAuthority
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.agencies.agency_errors import (
    AfterOwnDeadline,
    NoSuchSource,
    NothingToTake,
    NotOurs,
    OutsideOwnCall,
    SendItTo,
)
from wpsdesk.desk.agencies.asking import described
from wpsdesk.desk.agencies.beginning import begin_gathering
from wpsdesk.desk.agencies.contributing import name_in_public
from wpsdesk.desk.agencies.more_time import give_more_time, more_time
from wpsdesk.desk.agencies.taking_over import drop_source, offered, take_over
from wpsdesk.desk.answers.drafting import mark_ready, save
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import Refused, receive, receive_one
from wpsdesk.desk.arrivals.verifying import open_container, verify
from wpsdesk.desk.call.calling import CallDraft, create_call, current_call, load_call
from wpsdesk.desk.call.extending import extend
from wpsdesk.desk.errors import NoCall, OnlyTheAuthority, UnknownUnit
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import approve, load_certificate, request
from wpsdesk.desk.keys.rooting import keep_root_apart
from wpsdesk.desk.model import Desk, gathering
from wpsdesk.desk.opening import named_unit
from wpsdesk.desk.publication.archiving import archive
from wpsdesk.desk.publication.compiling import compile_report, coverage
from wpsdesk.desk.review.replying import ReplyLoaded, reply
from wpsdesk.desk.review.reviewing import Judgement, decide
from wpsdesk.desk.review.standing import standing_report
from wpsdesk.desk.submission.sending import Exported, export
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Unit, UnitKind
from wpsdesk.report.call import Asked
from wpsdesk.report.model import Access, AccessScope, LegalBasis
from wpsdesk.store.evidence import read
from wpsdesk.trust.errors import RootMismatch, Untrusted

FFI = UnitCode("FFI")
TEN = CommitmentNumber(10)


def agency(code: str = "FFI", kind: UnitKind = UnitKind.AGENCY) -> Unit:
    return named_unit(code, kind, f"Etaten {code}", (), load_plan())


@dataclass
class Ministry:
    """UD, FD and FD's agency FFI, which has sent one report to FD."""

    office: Office
    ud: Desk
    fd: Desk
    side: Desk  # where FD gathers
    ffi: Desk
    sent: Exported


def asked_by(office: Office, side: Desk, unit: Unit) -> Desk:
    """An agency's desk that has the call of its ministry, and the certificate, both by voice."""
    code, folder = unit.code.lower(), office.folder
    desk = office.desk(unit)
    load_call(desk, folder / "own-call.asice", begin_gathering(side))
    asked = request(desk, "Per Etat", folder / f"{code}-request.asice")
    issued = approve(side, asked.path, asked.fingerprint, folder / f"{code}-certificate.asice.cms")
    load_certificate(desk, issued.path)
    return desk


@pytest.fixture
def ministry(office: Office, tmp_path: Path) -> Ministry:
    ud = office.ud(mission())
    fd = office.enrolled(ud, "FD")
    side = gathering(fd)
    own = described(side, YEAR, "FFI", "Forsvarets forskningsinstitutt", (10, 12))
    draft = CallDraft(year=YEAR, deadline=date(2027, 2, 1), asked=(own,), guidance=((TEN, "Skriv om kurs."),))
    create_call(side, draft, tmp_path / "own-call.asice")
    ffi = asked_by(office, side, agency())
    save(ffi, YEAR, answer(10, text="Instituttet holdt kurs."))
    note = tmp_path / "Kurs på Ås.txt"
    note.write_text("Referat fra kurset", encoding="utf-8")
    attach(ffi, YEAR, answer(10).key, [note])
    sent = export(ffi, YEAR, tmp_path, approved_by="Ola Etat")
    return Ministry(office=office, ud=ud, fd=fd, side=side, ffi=ffi, sent=sent)


def test_an_agency_reports_to_its_ministry_and_is_answered(ministry: Ministry, tmp_path: Path) -> None:
    fd, side, ffi = ministry.fd, ministry.side, ministry.ffi
    # The ministry drops what has come on its one desk: what is its agency's goes where it gathers.
    got = receive_one(fd, ministry.sent.path)
    assert isinstance(got, Received)
    assert (got.unit, got.entries, got.files) == (FFI, 1, 1)
    assert [row.unit for row in inbox(side)] == [FFI]
    assert coverage(side, YEAR).cell(FFI, TEN) is CellState.RECEIVED
    decide(
        side, FFI, YEAR, [Judgement(key=answer(10).key, is_accepted=False, reason="Hvor mange kurs?")], officer="Kari"
    )
    back = receive_one(ffi, reply(side, FFI, YEAR, tmp_path).path)
    assert isinstance(back, ReplyLoaded)
    assert [(v.is_accepted, v.reason) for v in back.reply.verdicts] == [(False, "Hvor mange kurs?")]
    save(ffi, YEAR, answer(10, text="Instituttet holdt tre kurs."))
    again = receive_one(fd, export(ffi, YEAR, tmp_path, approved_by="Ola Etat", only_changes=True).path)
    assert isinstance(again, Received)
    assert again.is_delta
    # The ministry's own report to UD is what it was, and goes to UD as ever.
    assert current_call(fd, YEAR) != current_call(side, YEAR)
    save(fd, YEAR, answer(10, text="Forsvaret øvde."))
    sent = receive_one(ministry.ud, export(fd, YEAR, tmp_path, approved_by="Ola").path)
    assert isinstance(sent, Received)
    assert sent.unit == "FD"


def test_ud_says_where_an_agency_s_file_belongs(ministry: Ministry, tmp_path: Path) -> None:
    ud, bare = ministry.ud, tmp_path / "bare.asice"
    open_container(ministry.side, ministry.sent.path, bare)
    asked = request(ministry.ffi, "Per Etat", tmp_path / "again.asice")
    for path in (ministry.sent.path, bare, asked.path):
        (arrival,) = receive(ud, [path])
        assert isinstance(arrival.outcome, Refused)
        assert isinstance(arrival.outcome.error, SendItTo)
        assert arrival.outcome.error.unit == "FD"
    with pytest.raises(SendItTo):
        approve(ud, asked.path, asked.fingerprint, tmp_path)
    assert inbox(ud) == ()


def test_a_ministry_has_none_of_ud_s_powers(ministry: Ministry, tmp_path: Path) -> None:
    ud, fd, side = ministry.ud, ministry.fd, ministry.side
    draft = CallDraft(year=YEAR, deadline=date(2027, 2, 1))
    with pytest.raises(OnlyTheAuthority):
        create_call(fd, draft)
    for forbidden in (
        lambda: compile_report(side, YEAR, "nb", Edition.PUBLIC, tmp_path / "reports"),
        lambda: archive(side, YEAR, tmp_path / "archive"),
        lambda: keep_root_apart(side, tmp_path / "root.pem", PASSPHRASE),
    ):
        with pytest.raises(OnlyTheAuthority):
            forbidden()
    # A certificate of its own making is nothing to UD's units: not for another ministry, nor for one of UD's missions.
    kld = ministry.office.enrolled(ud, "KLD")
    asked = request(kld, "Kari", tmp_path / "kld.asice")
    with pytest.raises((SendItTo, UnknownUnit)):
        approve(side, asked.path, asked.fingerprint, tmp_path)
    own_call = tmp_path / "own-call.asice"
    for desk in (kld, ministry.office.desk(mission("PRET", "ZA"))):
        with pytest.raises((NotTheAuthority, RootMismatch)):
            load_call(desk, own_call)
    # And what UD sends is nothing to an agency that goes by its ministry's word.
    with pytest.raises((NotTheAuthority, Untrusted, RootMismatch)):
        load_call(ministry.ffi, ministry.office.call_file)


def test_what_a_ministry_may_ask(ministry: Ministry, tmp_path: Path) -> None:
    side = ministry.side
    with pytest.raises(OutsideOwnCall):
        described(side, YEAR, "FFI", "Forsvarets forskningsinstitutt", (31,))

    def asks(unit: Unit, *numbers: int, until: date = date(2027, 2, 1)) -> None:
        asked = Asked(unit=unit, commitments=tuple(CommitmentNumber(n) for n in numbers))
        create_call(side, CallDraft(year=YEAR, deadline=until, asked=(asked,)), tmp_path / "refused.asice")

    with pytest.raises(OutsideOwnCall):
        asks(agency(), 31)
    with pytest.raises(NotOurs):
        asks(mission("PRET", "ZA"), 10)
    with pytest.raises(AfterOwnDeadline):
        asks(agency(), 10, until=date(2027, 3, 1))
    assert not (tmp_path / "refused.asice").exists()
    with pytest.raises(NoCall):
        create_call(gathering(ministry.office.desk("AID")), CallDraft(year=YEAR, deadline=date(2027, 2, 1)))


def kept_by_itself(desk: Desk, digest: Digest) -> int:
    """How many chunks of the file the desk keeps beside the submission that brought it."""
    query = "SELECT count(*) FROM evidence_chunks c JOIN evidence e ON e.number = c.evidence WHERE e.digest = :digest"
    with desk.store.read() as tx:
        found: int = tx.run(text(query), {"digest": digest}).scalar_one()
    return found


def published(ud: Desk, folder: Path) -> str:
    """The public edition as a page, its spaces made plain."""
    made = compile_report(ud, YEAR, "nb", Edition.PUBLIC, folder, formats=(Format.HTML,))
    return made.path.read_text(encoding="utf-8").replace("\u00a0", " ")


def test_what_an_agency_says_goes_to_ud_with_its_source(ministry: Ministry, tmp_path: Path) -> None:
    ud, fd = ministry.ud, ministry.fd
    receive_one(fd, ministry.sent.path)
    save(fd, YEAR, answer(10, text="Forsvaret øvde."))
    (one,) = offered(fd, YEAR, answer(10).key)
    assert (one.unit.code, one.taken, one.digest) == (FFI, None, ministry.sent.digest)
    taken = take_over(fd, YEAR, answer(10).key, FFI)
    assert taken.entry.effort.text == "Forsvaret øvde.\n\nInstituttet holdt kurs."
    assert taken.entry.results.text == "Et resultat."  # both say the same: it stands there once
    assert (taken.files, taken.entry.is_marked_ready) == (1, False)
    (file,) = taken.entry.evidence
    assert b"".join(read(fd.store, file.digest)) == b"Referat fra kurset"
    assert kept_by_itself(fd, file.digest) == 0
    # The agency corrects itself: what was taken before gives way, and what the ministry wrote stays.
    save(ministry.ffi, YEAR, replace(answer(10, text="Instituttet holdt tre kurs."), evidence=one.entry.evidence))
    again = export(ministry.ffi, YEAR, tmp_path, approved_by="Ola Etat")
    receive_one(fd, again.path)
    assert [each.is_newer for each in offered(fd, YEAR, answer(10).key)] == [True]
    taken = take_over(fd, YEAR, answer(10).key, FFI)
    assert taken.entry.effort.text == "Forsvaret øvde.\n\nInstituttet holdt tre kurs."
    assert [(each.unit, each.digest) for each in taken.entry.taken] == [(FFI, again.digest)]
    # UD gets the text, the file, the source, and the list of who has reported to the ministry.
    mark_ready(fd, YEAR, answer(10).key)
    got = receive_one(ud, export(fd, YEAR, tmp_path, approved_by="Ola").path)
    assert isinstance(got, Received)
    assert (got.files, got.missing) == (1, ())
    said = standing_report(ud, UnitCode("FD"), YEAR).report
    assert said.entries == (taken.entry,)
    assert [(each.unit.code, each.answers, each.digest) for each in said.contributors] == [(FFI, 1, again.digest)]
    assert "Bygger på rapporter fra: Forsvarets forskningsinstitutt (rapportpakke" in published(ud, tmp_path / "r")
    # And when nothing has changed since but who may be named, only that goes.
    receive_one(fd, reply(ud, UnitCode("FD"), YEAR, tmp_path).path)
    name_in_public(fd, FFI, YEAR, may_be_named=False)
    receive_one(ud, export(fd, YEAR, tmp_path, approved_by="Ola", only_changes=True).path)
    page = published(ud, tmp_path / "r")
    assert "forskningsinstitutt" not in page
    assert "Bygger på rapporter fra: andre, som ikke er navngitt" in page


def test_what_is_exempt_with_the_agency_is_exempt_with_the_ministry(ministry: Ministry, tmp_path: Path) -> None:
    fd, ffi = ministry.fd, ministry.ffi
    access = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20, reason="Utenrikspolitiske hensyn.")
    save(ffi, YEAR, replace(answer(12, text="Varslet navn."), access=access, identifies_person_at_risk=True))
    receive_one(fd, export(ffi, YEAR, tmp_path, approved_by="Ola Etat").path)
    taken = take_over(fd, YEAR, answer(12).key, FFI)
    assert taken.is_restricted
    assert (taken.entry.access, taken.entry.identifies_person_at_risk) == (access, True)
    with pytest.raises(NothingToTake):
        take_over(fd, YEAR, answer(1).key, FFI)
    assert drop_source(fd, YEAR, answer(12).key, FFI).taken == ()
    with pytest.raises(NoSuchSource):
        drop_source(fd, YEAR, answer(12).key, FFI)


def test_a_ministry_looks_at_its_agency_s_file_by_its_own_root_and_ud_s_by_ud_s(
    ministry: Ministry, tmp_path: Path
) -> None:
    fd, now = ministry.fd, ministry.office.clock()
    answer_of_ud = request(fd, "Kari", tmp_path / "renewal.asice")
    issued = approve(ministry.ud, answer_of_ud.path, answer_of_ud.fingerprint, tmp_path / "renewed.asice.cms")
    for path in (ministry.sent.path, issued.path):
        found = verify(path, fd, fd.plan, now)
        assert (found.faults, found.standing.is_trusted) == ((), True)
    assert verify(tmp_path / "own-call.asice", ministry.ffi, fd.plan, now).faults == ()
    assert verify(tmp_path / "own-call.asice", ministry.ud, fd.plan, now).faults != ()


def test_more_time_from_ud_is_passed_on_only_where_the_ministry_says_so(ministry: Ministry, tmp_path: Path) -> None:
    ud, fd, side = ministry.ud, ministry.fd, ministry.side
    assert more_time(fd) is None
    receive_one(ud, export(ministry.office.answered(fd, answer(1)), YEAR, tmp_path, approved_by="Ola").path)
    extend(ud, fd.unit.code, YEAR, date(2027, 3, 21))
    receive_one(fd, reply(ud, fd.unit.code, YEAR, tmp_path).path)
    held = current_call(side, YEAR)
    assert held is not None
    assert held.deadline == date(2027, 2, 1), "nothing moves by itself"
    found = more_time(fd)
    assert found is not None
    assert (found.ours, found.theirs, found.proposed) == (date(2027, 3, 21), date(2027, 2, 1), date(2027, 2, 21))
    with pytest.raises(AfterOwnDeadline) as fault:
        give_more_time(fd, date(2027, 3, 21), tmp_path / "too-late.asice")
    assert fault.value.own == date(2027, 3, 21)
    made = give_more_time(fd, date(2027, 2, 21), tmp_path / "more.asice")
    assert (made.number, made.asked, made.guidance) == (2, held.asked, held.guidance)
    assert load_call(ministry.ffi, tmp_path / "more.asice").call.deadline == date(2027, 2, 21)
    assert more_time(fd) is None, "it has been passed on"
