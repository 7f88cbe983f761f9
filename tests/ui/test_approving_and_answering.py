"""Approving, sending by a carrier, and doing what UD's reply asks for, with the window alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.desk.submission.test_dispatching import OLA, SMALL_MAIL, STICK, answers_ud, key, with_film
from tests.desk.submission.test_signing_off import KARI, WORDS, with_key
from tests.desk.submission.test_signing_off import OLA as OLA_LEDER
from tests.desk.submission.test_tasks import REASON, accepted, judged, returned
from tests.kit import YEAR, answer
from tests.ui.driving import Person, words_on
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.receiving import Received, receive
from wpsdesk.desk.arrivals.waiting import waiting
from wpsdesk.desk.call import calling
from wpsdesk.desk.call.calling import write_call
from wpsdesk.desk.keys.rooting import keep_root_apart
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.carriers import Carriage, Carrier, last_carriage
from wpsdesk.desk.submission.course import course
from wpsdesk.desk.submission.dispatching import dispatch
from wpsdesk.desk.submission.sending import export, sent_bundles
from wpsdesk.desk.submission.sent_versions import versions
from wpsdesk.desk.submission.tasks import tasks
from wpsdesk.report.model import Access, AccessScope, LegalBasis
from wpsdesk.report.states import ReportState
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.preview import PreviewDialog
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage


def at_send(person: Person, desk: Desk) -> SendPage:
    person.sits_down_at(desk)
    return person.turns_to("send", SendPage)


def reads(person: Person, page: SendPage) -> PreviewDialog:
    """Press "Read the whole", and wait for the pages."""
    person.presses(page.approval.read_button)
    person.waits(lambda: page.findChildren(PreviewDialog))
    (dialog,) = page.findChildren(PreviewDialog)
    person.waits(lambda: dialog.text)
    return dialog


def signs(person: Person, page: SendPage, folder: Path, carrier: Carrier = Carrier.STICK) -> None:
    if page.carrier.carrier.chosen() is not carrier:
        person.chooses(page.carrier.carrier, carrier)
    if page.approved_by.isVisible():
        person.writes_anew(page.approved_by, "Ola Leder, ekspedisjonssjef")
    person.writes_anew(page.folder.line, str(folder))
    person.presses(page.export_button)
    person.settles()


# -- approving ---------------------------------------------------------------------------------------


def test_the_preparer_marks_it_ready_and_the_approver_reads_it_and_sends_it_back(person: Person) -> None:
    ud = person.office.ud()
    page = at_send(person, person.office.answered(person.office.enrolled(ud, "FD"), answer(10), answer(11)))
    person.presses(page.approval.ready_button)
    assert page.approval.preparer_field.error
    person.types(page.approval.preparer, KARI)
    person.presses(page.approval.ready_button)
    assert course(person.desk, YEAR).state is ReportState.READY
    assert KARI in page.approval.text

    dialog = reads(person, page)
    assert "Innsats i året." in dialog.text
    assert "Klar til godkjenning" in dialog.text
    assert dialog.close_button.isVisible()
    person.presses(dialog.close_button)

    person.presses(page.approval.back_button)
    assert person.window.focusWidget() is page.approval.remark
    person.presses(page.approval.back_button)
    assert page.approval.remark_field.error
    person.types(page.approval.remark, "Tiltak 11 mangler kilde.")
    person.types(page.approval.back_by, OLA_LEDER)
    person.presses(page.approval.back_button)
    assert course(person.desk, YEAR).state is ReportState.DRAFT
    assert "Tiltak 11 mangler kilde." in page.approval.text


def test_changing_an_answer_after_it_was_marked_ready_is_said_at_once(person: Person) -> None:
    ud = person.office.ud()
    page = at_send(person, person.office.answered(person.office.enrolled(ud, "FD"), answer(10), answer(11)))
    person.types(page.approval.preparer, KARI)
    person.presses(page.approval.ready_button)
    assert person.window.desk_view is not None
    person.window.desk_view.go("report", key(11))
    report = person.page
    assert isinstance(report, ReportPage)
    person.types(report.form.editors["effort"].focusProxy() or report.form.editors["effort"], "Mer. ")
    report.leave()
    person.waits(lambda: "utkast igjen" in person.is_told())
    assert "Tiltak 11" in person.is_told()
    page = person.turns_to("send", SendPage)
    assert "Tiltak 11 er endret siden" in page.approval.text


def test_an_approver_signs_with_their_own_passphrase_and_a_wrong_one_is_said_at_the_field(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.answered(person.office.enrolled(ud, "FD"), answer(10))
    for name in (KARI, OLA_LEDER):
        with_key(person.office, desk, name)
    page = at_send(person, desk)
    person.types(page.approval.preparer, KARI)
    person.presses(page.approval.ready_button)
    person.chooses(page.signing.signer, OLA_LEDER)
    assert not page.approved_by.isVisible()
    person.types(page.signing.passphrase, "feil ord her")
    signs(person, page, person.folder / "ut")
    person.waits(lambda: page.signing.passphrase_field.error)
    assert sent_bundles(person.desk, YEAR) == ()
    person.writes_anew(page.signing.passphrase, WORDS)
    signs(person, page, person.folder / "ut")
    person.waits(page.done_card.isVisible)
    assert page.signing.passphrase.text() == ""
    (one,) = versions(person.desk, YEAR)
    assert (one.prepared_by, one.approved_by) == (KARI, OLA_LEDER)


def test_whoever_is_alone_is_told_that_they_do_both(person: Person) -> None:
    ud = person.office.ud()
    page = at_send(person, person.office.answered(person.office.enrolled(ud, "FD"), answer(10)))
    person.waits(lambda: "både skriver og godkjenner" in words_on(page))


# -- what goes, and how ------------------------------------------------------------------------------


def test_what_goes_is_told_exactly_before_it_goes(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.enrolled(ud, "FD")
    closed = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20, reason="Forholdet til et annet land.")
    person.office.answered(desk, answer(10), replace(answer(11), access=closed, identifies_person_at_risk=True))
    with_film(person.office, desk, 10)
    page = at_send(person, desk)
    person.presses(page.parcel.exactly.toggle_button)
    said = words_on(page)
    for words in ("opptak-10.bin · 300 kB · Tiltak 10", "Tiltak 11 · unntatt offentlighet",
                  "kan identifisere en person i fare", "den første i år"):  # fmt: skip
        assert words in said, words


def test_by_mail_it_goes_in_parts_and_the_limit_is_there_the_next_time(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.answered(person.office.enrolled(ud, "FD"), answer(10))
    with_film(person.office, desk, 10)
    page = at_send(person, desk)
    assert "én fil" in page.carrier.text
    person.writes_anew(page.carrier.limit, "mye")
    assert page.carrier.limit_field.error
    person.writes_anew(page.carrier.limit, "0,2")
    person.waits(lambda: "4 deler" in page.carrier.text)
    page.carrier.spare.setChecked(True)
    signs(person, page, person.folder / "ut", Carrier.MAIL)
    person.waits(page.done_card.isVisible)
    assert "5 e-poster" in page.done_card.steps[0]
    assert "Dette er sendt som nr. 2, og UD har ikke bekreftet det ennå." in words_on(page)
    assert "15 svar det er bedt om, er ikke skrevet." in words_on(page)
    assert "Slett ingenting" in page.done_card.steps[-1]
    assert last_carriage(person.desk) == Carriage(carrier=Carrier.MAIL, mail_limit=200_000, with_spare=True)
    assert len(list((person.folder / "ut").iterdir())) == 5
    person.window.wear("language", "nn")  # the page is built anew
    person.waits(lambda: isinstance(person.page, SendPage) and person.page.carrier.limit.text() == "0,2")


def test_a_stick_may_be_pulled_out_when_everything_is_on_it(person: Person) -> None:
    ud = person.office.ud()
    page = at_send(person, person.office.answered(person.office.enrolled(ud, "FD"), answer(10)))
    signs(person, page, person.folder / "pinne")
    person.waits(page.done_card.isVisible)
    assert "Da kan den trekkes ut" in page.done_card.steps[0]
    assert QApplication.focusWidget() is page.done_card.folder_button
    (file,) = (person.folder / "pinne").iterdir()
    (arrival,) = receive(ud, [file])
    assert isinstance(arrival.outcome, Received)


def test_a_desk_without_a_certificate_can_let_the_request_ride_along(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.desk("FD")
    calling.load_call(desk, person.office.call_file, None)
    page = at_send(person, person.office.answered(desk, answer(10)))
    assert not page.export_button.isEnabled()
    page.signing.asks.click()
    assert page.export_button.isEnabled()
    person.types(page.signing.ask_as, "Kari Skriver, 22 24 36 00")
    signs(person, page, person.folder / "ut")
    person.waits(page.done_card.isVisible)
    receive(ud, list((person.folder / "ut").iterdir()))
    (one,) = waiting(ud)
    assert any(one.fingerprint in step for step in page.done_card.steps)


# -- what UD answers ---------------------------------------------------------------------------------


def sent_by(person: Person, *numbers: int) -> tuple[Desk, Desk]:
    ud = person.office.ud()
    desk = person.office.answered(person.office.enrolled(ud, "FD"), *(answer(number) for number in numbers))
    done = dispatch(desk, YEAR, person.folder / "først", STICK, OLA)
    receive(ud, [file.path for file in done.files])
    return ud, desk


def test_a_returned_answer_leads_to_its_field_is_mended_and_goes_as_a_small_change(person: Person) -> None:
    ud, desk = sent_by(person, 10, 11)
    reply = judged(person.office, ud, desk, accepted(10), returned(11))
    person.sits_down_at(desk)
    overview = person.turns_to("overview", OverviewPage)
    person.drops(reply)
    person.waits(lambda: overview.todo is not None and overview.todo.isVisible())
    assert "UD har returnert 1 svar." in person.is_told()
    said = words_on(overview)
    assert REASON in said
    assert "14 dager igjen" in said
    assert overview.next_button.text() == "Rett det som er returnert"
    assert overview.todo is not None
    person.presses(overview.todo.links[0])
    report = person.page
    assert isinstance(report, ReportPage)
    assert report.key == key(11)
    person.waits(lambda: report.form.editors["effort"].isAncestorOf(QApplication.focusWidget()))
    save(person.desk, YEAR, answer(11, text="120 personer, kilde: FD."))
    page = person.turns_to("send", SendPage)
    assert "er rettet her" in words_on(page)
    assert "Bare endringene sendes" in words_on(page)
    signs(person, page, person.folder / "rettet")
    person.waits(lambda: not page.todo.isVisible())
    (file,) = (person.folder / "rettet").iterdir()
    assert file.stat().st_size < 10_000
    (arrival,) = receive(ud, [file])
    assert isinstance(arrival.outcome, Received)
    assert arrival.outcome.is_delta


def test_the_program_started_with_a_reply_loads_it_when_the_desk_is_open(person: Person) -> None:
    ud, desk = sent_by(person, 10)
    reply = judged(person.office, ud, desk, returned(10))
    person.starts()
    person.window.waiting = (reply,)
    person.office.desks.remove(desk)
    person.window.open_desk(desk)
    person.settles()
    person.waits(lambda: tasks(person.desk, YEAR))
    person.waits(lambda: "returnert av UD" in words_on(person.page))  # type: ignore[arg-type]


def test_parts_that_ud_asks_for_are_written_again_from_the_list(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.answered(person.office.enrolled(ud, "FD"), answer(10))
    with_film(person.office, desk, 10)
    done = dispatch(desk, YEAR, person.folder / "ut", SMALL_MAIL, OLA)
    receive(ud, [file.path for file in done.files if file is not done.files[2]])
    answers_ud(person.office, ud, desk)
    page = at_send(person, desk)
    assert "UD mangler del 3." in words_on(page)
    assert "Det er nok å skrive delene som UD mangler, på nytt; se over." in words_on(page)
    again = person.folder / "igjen"
    again.mkdir()
    person.points_at(again, lambda: person.presses(page.todo.links[0]))
    person.settles()
    person.waits(page.done_card.isVisible)
    (part,) = again.iterdir()
    assert part.read_bytes() == done.files[2].path.read_bytes()


def test_what_was_sent_is_listed_read_again_and_compared(person: Person) -> None:
    ud, desk = sent_by(person, 10, 11)
    save(desk, YEAR, answer(11, text="Noe annet."))
    page = at_send(person, desk)
    person.waits(lambda: "ingen kvittering ennå" in words_on(page))
    person.presses(page.sent.links[(1, "compare")])
    person.waits(lambda: "Tiltak 11 er endret." in words_on(page))
    person.presses(page.sent.links[(1, "read")])
    person.waits(lambda: page.findChildren(PreviewDialog))
    (dialog,) = page.findChildren(PreviewDialog)
    person.waits(lambda: dialog.text)
    assert "Sendt som nr. 1" in dialog.text
    assert "Noe annet." not in dialog.text
    person.presses(dialog.larger)
    person.settles()
    answers_ud(person.office, ud, person.desk)
    person.presses(dialog.close_button)


def test_when_nothing_has_changed_there_is_nothing_to_send_unless_one_insists(person: Person) -> None:
    ud, desk = sent_by(person, 10)
    answers_ud(person.office, ud, desk)
    page = at_send(person, desk)
    assert "Det er ingenting å sende" in words_on(page)
    assert not page.export_button.isEnabled()
    person.presses(page.parcel.other_way)
    assert page.export_button.isEnabled()
    assert "slik du ba om" in words_on(page)


def test_ud_takes_a_report_in_when_the_roots_list_ran_out_and_is_told_how_to_renew_it(person: Person) -> None:
    office, ud = person.office, person.office.ud()
    keep_root_apart(ud, person.folder / "rot.wpskey", WORDS)
    office.clock.wind(days=5 * 365 + 10)
    office.call_file.unlink()
    write_call(ud, YEAR, office.call_file)
    desk = office.answered(office.enrolled(ud, "FD"), answer(10))
    report = export(desk, YEAR, person.folder / "rapport.asice.cms", approved_by="Ola").path
    person.sits_down_at(ud)
    person.drops(report)
    person.waits(lambda: "renew-root-list" in person.is_told())
    assert "1 rapport mottatt" in person.is_told()
