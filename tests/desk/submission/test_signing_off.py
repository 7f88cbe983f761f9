"""The preparer marks the report as ready, the approver reads the whole, and no move goes unwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.errors import Malformed
from wpsdesk.bundle.model import Kind
from wpsdesk.desk.answers.drafting import entry, fill, save, unmark
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.errors import NothingToSend
from wpsdesk.desk.keys.enrolling import approve, load_certificate
from wpsdesk.desk.keys.people import add_person, signer_named
from wpsdesk.desk.model import Desk
from wpsdesk.desk.remembering import journal
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.course import course
from wpsdesk.desk.submission.sending import export
from wpsdesk.desk.submission.sending_errors import NotMarkedReady, PreparedByTheSame
from wpsdesk.desk.submission.signing_off import mark_report_ready, reopen_report
from wpsdesk.report.codec import entry_to_json
from wpsdesk.report.model import EntryKey, Passage
from wpsdesk.report.states import MOVES, ReportState
from wpsdesk.store.sent import sent

KARI, OLA, WORDS = "Kari Skriver", "Ola Leder", "noen helt egne ord"


def fd_with_answers(office: Office) -> Desk:
    return office.answered(office.enrolled(office.ud(), "FD"), answer(10), answer(11))


def with_key(office: Office, desk: Desk, name: str) -> None:
    asked = add_person(desk, name, WORDS, office.folder / f"{name[:3]}.asice")
    ud = office.desks[0]
    issued = approve(ud, asked.path, asked.fingerprint, office.folder / f"{name[:3]}.asice.cms")
    load_certificate(desk, issued.path)


def moves_in(desk: Desk) -> list[tuple[str, str]]:
    """Every move that the journal tells of, the oldest first."""
    found = [dict(line.details) for line in reversed(journal(desk)) if line.what == "report-moved"]
    return [(str(each["from"]), str(each["to"])) for each in found]


def test_a_report_is_marked_as_ready_and_sent_back_with_a_remark(office: Office) -> None:
    fd = fd_with_answers(office)
    assert course(fd, YEAR).state is ReportState.DRAFT
    ready = mark_report_ready(fd, YEAR, KARI)
    assert (ready.state, ready.prepared_by) == (ReportState.READY, KARI)
    back = reopen_report(fd, YEAR, OLA, "Tallene i tiltak 11 mangler kilde.")
    assert (back.state, back.by, back.remark) == (ReportState.DRAFT, OLA, "Tallene i tiltak 11 mangler kilde.")
    assert course(fd, YEAR) == back
    assert moves_in(fd) == [("draft", "ready-for-approval"), ("ready-for-approval", "draft")]
    with pytest.raises(NotMarkedReady):
        reopen_report(fd, YEAR, OLA)


def test_no_name_and_no_remark_shuts_the_report(office: Office) -> None:
    fd = fd_with_answers(office)
    mark_report_ready(fd, YEAR, KARI)
    with pytest.raises(Malformed):
        reopen_report(fd, YEAR, OLA, "Mangler kilde. " * 400)
    assert course(fd, YEAR).state is ReportState.READY
    assert reopen_report(fd, YEAR, "Ola\x07Leder " * 100).by.startswith("Ola Leder Ola")
    sent_now = export(fd, YEAR, office.folder, prepared_by="Kari\nSkriver", approved_by="O" * 900)
    assert isinstance(receive_one(office.desks[0], sent_now.path), Received)
    assert (course(fd, YEAR).prepared_by, len(course(fd, YEAR).by)) == ("Kari Skriver", 200)


def test_nothing_can_be_marked_before_an_answer_is_ready(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"), replace(answer(10), is_marked_ready=False))
    with pytest.raises(NothingToSend):
        mark_report_ready(fd, YEAR, KARI)


def test_a_changed_answer_takes_the_report_back_to_draft_and_says_which(office: Office) -> None:
    fd = fd_with_answers(office)
    mark_report_ready(fd, YEAR, KARI)
    save(fd, YEAR, answer(10))  # as it was: nothing has changed
    save(fd, YEAR, replace(answer(12), is_marked_ready=False))  # a draft does not go
    assert course(fd, YEAR).state is ReportState.READY
    save(fd, YEAR, answer(11, text="Noe annet."))
    found = course(fd, YEAR)
    assert (found.state, found.changed) == (ReportState.DRAFT, EntryKey(11))  # type: ignore[arg-type]
    line = next(line for line in journal(fd) if line.what == "report-moved")
    assert dict(line.details) == {"from": "ready-for-approval", "to": "draft", "changed": "11"}


def test_a_file_of_answers_taken_in_takes_the_report_back_to_draft(office: Office) -> None:
    fd = fd_with_answers(office)
    mark_report_ready(fd, YEAR, KARI)
    told = {"format": "wps-answers/1", "entries": [entry_to_json(answer(11, text="Fra en fil."))]}
    fill(fd, canonical_json(told), who=OLA)
    found = course(fd, YEAR)
    assert (found.state, found.changed, found.by) == (ReportState.DRAFT, EntryKey(11), OLA)  # type: ignore[arg-type]


def test_an_answer_that_is_a_draft_again_takes_the_report_with_it(office: Office) -> None:
    fd = fd_with_answers(office)
    mark_report_ready(fd, YEAR, KARI)
    unmark(fd, YEAR, EntryKey(10))  # type: ignore[arg-type]
    assert course(fd, YEAR).state is ReportState.DRAFT


def test_one_person_prepares_and_approves_in_one_go_and_both_moves_are_written(office: Office) -> None:
    fd = fd_with_answers(office)
    export(fd, YEAR, office.folder, approved_by=OLA)
    assert course(fd, YEAR).state is ReportState.SENT
    assert moves_in(fd) == [("draft", "ready-for-approval"), ("ready-for-approval", "sent")]


def test_with_two_keys_at_the_desk_another_than_the_preparer_approves(office: Office) -> None:
    fd = fd_with_answers(office)
    with_key(office, fd, KARI)
    with_key(office, fd, OLA)
    kari, ola = (signer_named(fd, name, WORDS) for name in (KARI, OLA))
    with pytest.raises(NotMarkedReady):
        export(fd, YEAR, office.folder / "a.asice.cms", signer=ola)
    mark_report_ready(fd, YEAR, KARI)
    with pytest.raises(PreparedByTheSame):
        export(fd, YEAR, office.folder / "b.asice.cms", signer=kari)
    assert list(office.folder.glob("[ab].asice.cms")) == []
    export(fd, YEAR, office.folder / "c.asice.cms", signer=ola)
    with fd.store.read() as tx:
        (gone,) = [one for one in sent(tx, YEAR) if one.kind == Kind.SUBMISSION]
    assert b'"prepared_by":"Kari Skriver"' in gone.header
    assert b'"approved_by":"Ola Leder"' in gone.header


def test_a_receipt_moves_the_report_on_and_a_correction_takes_it_back(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(10))
    receive_one(ud, export(fd, YEAR, office.folder, approved_by=OLA).path)
    receive_one(fd, reply(ud, fd.unit.code, YEAR, office.folder / "r.asice.cms").path)
    assert course(fd, YEAR).state is ReportState.RECEIVED
    found = entry(fd, YEAR, EntryKey(10))  # type: ignore[arg-type]
    save(fd, YEAR, replace(found, results=Passage(text="Et annet resultat.")))
    assert course(fd, YEAR).state is ReportState.DRAFT
    assert course(fd, YEAR).changed is None  # nobody was about to approve it
    export(fd, YEAR, office.folder / "again.asice.cms", approved_by=OLA)
    assert course(fd, YEAR).state is ReportState.SENT
    assert set(moves_in(fd)) <= {(str(old), str(new)) for old, new in MOVES}
