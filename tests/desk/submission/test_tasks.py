"""UD's reply becomes a list of things to do, and what is done and sent is gone from it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.desk.submission.test_dispatching import OLA, SMALL_MAIL, STICK, answers_ud, key, with_film
from tests.kit import YEAR, Office, answer
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import ReplyPayload
from wpsdesk.bundle.writing import Draft, write_bundle
from wpsdesk.desk.answers.drafting import save, unmark
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.keys.authority import fresh_trust, next_number
from wpsdesk.desk.keys.issued import desk_recipients
from wpsdesk.desk.model import Desk, signer_of
from wpsdesk.desk.review.answering import receipt_for
from wpsdesk.desk.submission.course import course
from wpsdesk.desk.submission.dispatching import dispatch
from wpsdesk.desk.submission.dividing import resend
from wpsdesk.desk.submission.sending_errors import NoSuchVersion
from wpsdesk.desk.submission.sent_versions import Kindred, changed_since, version_report, versions
from wpsdesk.desk.submission.tasks import CertificateEnds, MissingFile, PartsWanted, ReturnedAnswer, WholeWanted, tasks
from wpsdesk.report.reply import Verdict
from wpsdesk.report.states import ReportState

REASON = "Hva kom ut av opplæringen? Oppgi antall og kilde."


def judged(office: Office, ud: Desk, unit: Desk, *verdicts: Verdict, name: str = "retur") -> Path:
    """UD's reply with these verdicts, signed and sealed with UD's own keys."""
    out, now = office.folder / f"{name}.asice.cms", office.clock()
    with ud.store.write() as tx:
        trust = fresh_trust(tx, now)
        found = receipt_for(tx, ud, unit.unit.code, YEAR)
        from dataclasses import replace

        draft = Draft(
            kind=Kind.REPLY,
            unit=ud.unit.code,
            to=unit.unit.code,
            year=YEAR,
            seq=next_number(tx, f"reply-{unit.unit.code}"),
            payload=ReplyPayload(reply=replace(found, verdicts=verdicts), certificates=None, trust=trust),
            attachments=(),
            prepared_by="UD",
            approved_by="",
            plan=ud.identity.edition,
        )
        recipients = desk_recipients(tx, unit.unit.code, trust, now)
        write_bundle(out, draft, signer_of(tx), seal_to=recipients, now=now)
    return out


def returned(number: int, by: date | None = date(2026, 12, 15)) -> Verdict:
    return Verdict(key=key(number), is_accepted=False, reason=REASON, answer_by=by)


def accepted(number: int) -> Verdict:
    return Verdict(key=key(number), is_accepted=True)


def sent_and_received(office: Office) -> tuple[Desk, Desk]:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(10), answer(11), answer(12))
    done = dispatch(fd, YEAR, office.folder / "ut", STICK, OLA)
    receive(ud, [done.files[0].path])
    return ud, fd


def test_a_returned_answer_stays_until_it_has_been_mended_and_sent_again(office: Office) -> None:
    ud, fd = sent_and_received(office)
    receive(fd, [judged(office, ud, fd, accepted(10), returned(12, None), returned(11))])
    assert course(fd, YEAR).state is ReportState.RETURNED
    first, second = tasks(fd, YEAR)
    assert isinstance(first, ReturnedAnswer)
    assert (first.key, first.reason, first.days_left, first.is_mended) == (key(11), REASON, 14, False)
    assert isinstance(second, ReturnedAnswer)
    assert (second.key, second.days_left) == (key(12), None)
    office.clock.wind(days=16)
    assert tasks(fd, YEAR)[0].days_left == -2  # type: ignore[union-attr]

    save(fd, YEAR, answer(11, text="120 personer, kilde: FD."))
    assert tasks(fd, YEAR)[0].is_mended  # type: ignore[union-attr]
    unmark(fd, YEAR, key(11))
    assert not tasks(fd, YEAR)[0].is_mended  # type: ignore[union-attr]
    save(fd, YEAR, answer(11, text="120 personer, kilde: FD."))
    again = dispatch(fd, YEAR, office.folder / "igjen", STICK, OLA)
    assert again.way.only_changes
    assert again.files[0].size < 10_000
    (left,) = tasks(fd, YEAR)
    assert isinstance(left, ReturnedAnswer)
    assert left.key == key(12)


def test_the_latest_reply_is_the_one_that_counts_whatever_order_they_are_loaded_in(office: Office) -> None:
    ud, fd = sent_and_received(office)
    early = judged(office, ud, fd, returned(10), name="a")
    late = judged(office, ud, fd, accepted(10), accepted(11), accepted(12), name="b")
    receive(fd, [late])
    assert course(fd, YEAR).state is ReportState.ACCEPTED
    receive(fd, [early])
    assert tasks(fd, YEAR) == ()
    assert [version.state for version in versions(fd, YEAR)] == [ReportState.ACCEPTED]


def test_parts_that_ud_lacks_are_named_and_can_be_made_again(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    with_film(office, fd, 1)
    done = dispatch(fd, YEAR, office.folder / "ut", SMALL_MAIL, OLA)
    lost = [done.files[1], done.files[3]]
    for file in lost:
        file.path.unlink()
    receive(ud, [office.folder / "ut"])
    answers_ud(office, ud, fd)
    (task,) = tasks(fd, YEAR)
    assert task == PartsWanted(set_id=done.set_id, numbers=(2, 4), count=len(done.files), is_known=True)  # type: ignore[arg-type]
    again = resend(fd, task.numbers, office.folder / "om-igjen", set_id=task.set_id)
    receive(ud, [part.path for part in again.parts])
    answers_ud(office, ud, fd, "kvittering-2")
    assert tasks(fd, YEAR) == ()


def test_evidence_that_ud_lacks_is_told_by_its_name(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    with_film(office, fd, 1)
    done = dispatch(fd, YEAR, office.folder / "ut", SMALL_MAIL, OLA)
    receive(ud, [done.files[0].path])
    from wpsdesk.desk.arrivals.assembling import forget

    assert done.set_id is not None
    forget(ud, done.set_id)  # the rest will never come
    answers_ud(office, ud, fd)
    (task,) = tasks(fd, YEAR)
    assert isinstance(task, MissingFile)
    assert (task.name, task.key, task.is_here) == ("opptak-1", key(1), True)
    dispatch(fd, YEAR, office.folder / "igjen", STICK, OLA)
    assert tasks(fd, YEAR) == ()


def test_when_ud_cannot_use_the_changes_it_asks_for_the_whole(office: Office) -> None:
    ud, fd = sent_and_received(office)
    answers_ud(office, ud, fd)
    save(fd, YEAR, answer(11, text="Mer."))
    lost = dispatch(fd, YEAR, office.folder / "b", STICK, OLA)
    # The receipt for the changes comes from a UD that has them; a backup of UD's desk does not.
    from wpsdesk.desk.model import REPLY
    from wpsdesk.store.documents import documents, put_document

    with fd.store.write() as tx:
        (found,) = documents(tx, REPLY)
        put_document(tx, REPLY, found.key, found.data.replace(b'"notes":[]', b'"notes":["send-the-whole"]'))
    assert [type(task) for task in tasks(fd, YEAR)] == [WholeWanted]
    whole = dispatch(fd, YEAR, office.folder / "c", STICK, OLA)
    assert (lost.way.only_changes, whole.way.only_changes) == (True, False)
    assert tasks(fd, YEAR) == ()


def test_a_certificate_that_ends_soon_is_told_of(office: Office) -> None:
    fd = office.enrolled(office.ud(), "FD")
    assert tasks(fd, YEAR) == ()
    office.clock.wind(days=3 * 365 - 30)
    (task,) = tasks(fd, YEAR)
    assert isinstance(task, CertificateEnds)
    assert task.person == ""
    assert timedelta(days=task.days_left) <= timedelta(days=32)


def test_what_was_sent_can_be_read_again_and_compared_with_what_is_here_now(office: Office) -> None:
    ud, fd = sent_and_received(office)
    then = version_report(fd, YEAR, 1)
    save(fd, YEAR, answer(11, text="Noe annet."))
    save(fd, YEAR, answer(20))
    unmark(fd, YEAR, key(12))
    assert version_report(fd, YEAR, 1) == then
    assert [(each.key.commitment, each.kind, each.is_ready) for each in changed_since(fd, YEAR, 1)] == [
        (11, Kindred.CHANGED, True), (20, Kindred.ADDED, True),
    ]  # fmt: skip
    answers_ud(office, ud, fd)
    dispatch(fd, YEAR, office.folder / "b", STICK, OLA)
    second, first = versions(fd, YEAR)
    assert (first.state, first.is_delta, first.approved_by) == (ReportState.RECEIVED, False, "Ola Leder")
    assert (second.state, second.is_delta, second.received) == (ReportState.SENT, True, None)
    assert [entry.key.commitment for entry in version_report(fd, YEAR, 2).entries] == [10, 11, 12, 20]
    with pytest.raises(NoSuchVersion):
        version_report(fd, YEAR, 3)
