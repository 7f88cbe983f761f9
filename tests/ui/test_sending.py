"""Setting a unit's desk up and sending its report, with the window alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from tests.kit import PASSPHRASE, YEAR, answer
from tests.ui.driving import Person, words_on
from wpsdesk.base.progress import Progress
from wpsdesk.desk import opening
from wpsdesk.desk.arrivals import receiving
from wpsdesk.desk.arrivals.receiving import Received
from wpsdesk.desk.call import calling
from wpsdesk.desk.keys import enrolling
from wpsdesk.desk.review import replying
from wpsdesk.desk.safety import backing_up
from wpsdesk.desk.submission import sending
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage
from wpsdesk.ui.reporter.setup_page import SetupPage


def test_a_new_desk_comes_to_its_certificate_with_the_window_alone(person: Person) -> None:
    ud = person.office.ud()
    person.sits_down_at(person.office.desk("FD"))
    overview = person.page
    assert isinstance(overview, OverviewPage)
    person.presses(overview.next_button)
    page = person.page
    assert isinstance(page, SetupPage)

    # 1. the call
    person.points_at(person.office.call_file, lambda: person.presses(page.desk.call_button))
    person.settles()
    person.waits(lambda: calling.current_call(person.desk))
    root = calling.root_fingerprint(ud)
    assert root is not None
    assert page.desk.root_fingerprint.fingerprint == root[0]

    # 2. the digits: wrong ones are refused at the field
    person.types(page.desk.root_digits, "12345 12345")
    person.presses(page.desk.compare_button)
    assert page.desk.root_field.error
    person.writes_anew(page.desk.root_digits, root[0].replace(" ", ""))
    person.presses(page.desk.compare_button)
    assert calling.root_fingerprint(person.desk) == (root[0], True)

    # 3. the request
    folder = person.folder / "til-ud"
    folder.mkdir()
    person.types(page.desk.person, "Kari Test, 22 24 36 00")
    person.points_at(folder, lambda: person.presses(page.desk.request_button))
    person.settles()
    person.waits(lambda: page.desk.own_fingerprint.fingerprint)
    (request,) = folder.iterdir()
    pending = enrolling.read_request(ud, request)
    assert pending.fingerprint == page.desk.own_fingerprint.fingerprint
    assert pending.person == "Kari Test, 22 24 36 00"

    # 4. the certificate, dropped on the window
    issued = enrolling.approve(ud, request, pending.fingerprint, person.folder / "sertifikat.asice.cms")
    person.drops(issued.path)
    person.waits(lambda: opening.info(person.desk).is_enrolled)
    person.waits(lambda: "Arbeidsplassen kan signere" in words_on(page))


def test_a_bundle_that_the_program_was_started_with_is_loaded_when_the_desk_is_open(person: Person) -> None:
    person.office.ud()
    person.starts()
    person.window.waiting = (person.office.call_file,)
    desk = person.office.desk("FD")
    person.office.desks.remove(desk)
    person.window.open_desk(desk)
    person.settles()
    person.waits(lambda: calling.current_call(person.desk))


def test_a_file_that_is_no_bundle_is_refused_with_a_sentence_and_changes_nothing(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    person.turns_to("setup", SetupPage)
    (person.folder / "kladd.asice").write_bytes(b"ikke en pakke")
    person.drops(person.folder / "kladd.asice")
    person.waits(person.is_told)
    assert "kladd.asice" in person.is_told()
    assert calling.current_call(person.desk) is None


def sends(person: Person, page: SendPage, folder: Path) -> None:
    person.types(page.approved_by, "Ola Test, ekspedisjonssjef")
    person.writes_anew(page.folder.line, str(folder))
    person.presses(page.export_button)


def test_what_is_ready_is_written_as_a_bundle_that_ud_receives_and_its_receipt_is_shown(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.answered(person.office.enrolled(ud, "FD"), answer(10), answer(11))
    person.sits_down_at(desk)
    page = person.turns_to("send", SendPage)
    person.waits(lambda: "2 svar som er klare" in words_on(page))
    folder = person.folder / "pinne"
    folder.mkdir()
    sends(person, page, folder)
    person.settles()
    person.waits(lambda: list(folder.iterdir()))
    (bundle,) = folder.iterdir()
    assert str(bundle) in person.is_told()
    person.waits(lambda: "ingen kvittering ennå" in words_on(page))

    (arrival,) = receiving.receive(ud, (bundle,))
    assert isinstance(arrival.outcome, Received)
    receipt = replying.reply(ud, desk.unit.code, YEAR, person.folder / "kvittering.asice.cms")
    person.points_at(receipt.path, lambda: person.presses(page.reply_button))
    person.settles()
    person.waits(lambda: "mottatt av UD" in words_on(page))


def test_nothing_is_written_until_someone_has_approved(person: Person) -> None:
    ud = person.office.ud()
    person.sits_down_at(person.office.answered(person.office.enrolled(ud, "FD"), answer(10)))
    page = person.turns_to("send", SendPage)
    person.presses(page.export_button)
    assert page.approved_field.error
    assert page.approved_by.hasFocus()
    assert not person.window.jobs.is_busy


def test_a_desk_without_a_certificate_says_why_it_cannot_send(person: Person) -> None:
    person.office.ud()
    desk = person.office.desk("FD")
    calling.load_call(desk, person.office.call_file, None)
    person.sits_down_at(person.office.answered(desk, answer(10)))
    page = person.turns_to("send", SendPage)
    assert not page.export_button.isEnabled()
    person.waits(lambda: "sertifikat" in words_on(page))


def test_an_export_that_is_cancelled_leaves_no_file_and_can_be_asked_for_again(
    person: Person, monkeypatch: object
) -> None:
    ud = person.office.ud()
    person.sits_down_at(person.office.answered(person.office.enrolled(ud, "FD"), answer(10)))
    page = person.turns_to("send", SendPage)
    folder = person.folder / "pinne"
    folder.mkdir()
    # The person is quicker than a small bundle: stop it as soon as it is under way.
    person.window.jobs.started.connect(lambda job: job.cancel())
    sends(person, page, folder)
    person.settles()
    person.waits(person.is_told)
    assert list(folder.iterdir()) == []
    assert "ingenting gikk tapt" in person.is_told()
    assert page.export_button.isEnabled()
    assert sending.sent_bundles(person.desk, YEAR) == ()


def test_slow_work_shows_a_strip_that_stops_it(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    view = person.window.desk_view
    assert view is not None
    faults: list[object] = []

    def slow(progress: Progress) -> None:
        while True:  # until it is stopped
            progress(1, 2)

    person.window.jobs.start(slow, owner=view, title="Tungt arbeid", done=lambda _: None, failed=faults.append)
    assert not view.strip.isVisible()
    person.waits(view.strip.isVisible)
    person.presses(view.strip.cancel_button)
    person.settles()
    assert len(faults) == 1
    assert not view.strip.isVisible()


def test_the_overview_leads_to_what_is_missing(person: Person) -> None:
    ud = person.office.ud()
    desk = person.office.enrolled(ud, "FD")
    person.office.answered(desk, answer(10, text=""))
    person.sits_down_at(desk)
    page = person.turns_to("overview", OverviewPage)
    person.waits(lambda: page.problem_links and page.problem_links[0].isVisible())
    person.presses(page.problem_links[0])  # type: ignore[arg-type]
    report = person.page
    assert isinstance(report, ReportPage)
    assert report.key is not None
    assert report.key.commitment == 10
    person.waits(lambda: report.form.editors["effort"].isAncestorOf(QApplication.focusWidget()))


def test_giving_up_the_file_dialog_changes_nothing(person: Person) -> None:
    person.sits_down_at(person.office.desk("FD"))
    page = person.turns_to("setup", SetupPage)

    def gives_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            watch.stop()
            dialog.reject()

    from PySide6.QtCore import QTimer

    watch = QTimer(person.window)
    watch.setInterval(0)
    watch.timeout.connect(gives_up)
    watch.start()
    person.presses(page.desk.call_button)
    assert not person.window.jobs.is_busy
    assert not person.is_told()


def test_a_desk_laid_back_from_a_backup_sends_nothing_before_a_person_or_ud_has_spoken(person: Person) -> None:
    office, copy = person.office, person.folder / "stick.wpsbackup"
    ud = office.ud()
    desk = office.answered(office.enrolled(ud, "FD"), answer(1))
    backing_up.backup(desk, copy)
    receiving.receive_one(ud, sending.export(desk, YEAR, person.folder / "1.asice.cms").path)
    office.clock.wind(days=1)
    back = opening.restore(copy, person.folder / "back.wpsdesk", PASSPHRASE, clock=office.clock)
    person.sits_down_at(back)
    page = person.turns_to("send", SendPage)
    assert "sikkerhetskopi som slutter 1. desember 2026" in page.behind.text
    assert not page.export_button.isEnabled()
    person.presses(page.behind.none_button)
    person.waits(page.behind.isHidden)
    assert page.export_button.isEnabled()
    unit = person.desk.unit.code
    person.drops(replying.reply(ud, unit, YEAR, person.folder / "2.asice.cms", gives_back=True).path)
    person.waits(lambda: "UD har gitt tilbake rapport nr. 1 for 2026." in person.is_told())
