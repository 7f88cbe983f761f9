"""Compiling the annual report, and the journal, in the window."""

from __future__ import annotations

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from tests.kit import YEAR, Office
from tests.ui.authority.conftest import Show, in_dialog
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition, Order
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.releasing import releases
from wpsdesk.ui.authority.compiling import CompilePage
from wpsdesk.ui.authority.journal import JournalPage
from wpsdesk.ui.authority.releasing import ReleaseDialog


def compile_page(shown) -> CompilePage:
    page = shown.page("compile")
    assert isinstance(page, CompilePage)
    return page


def test_a_person_compiles_the_report_and_opens_it(office: Office, show: Show, sent, monkeypatch):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10, 11)])
    shown = show(ud)
    page = compile_page(shown)
    page.language.choose("nn")
    page.edition.choose(Edition.INTERNAL)
    folder = office.folder / "rapporter"
    page.folder.show_path(folder)
    page.make_button.click()
    shown.settle()
    (made,) = folder.iterdir()
    assert made.suffix == ".pdf"
    assert made.read_bytes().startswith(b"%PDF-")
    assert "nn" in made.name
    assert page.open_button.isVisible()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page.open_button.click()
    assert opened == [str(made)]


def test_what_is_made_is_named_for_what_it_is(office: Office, show: Show, sent) -> None:
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10, 11)])
    shown = show(ud, "en")
    page = compile_page(shown)
    page.folder.show_path(office.folder / "rapporter")
    page.formats[Format.PDF].setChecked(False)
    page.formats[Format.HTML].setChecked(True)
    for edition, word in ((Edition.MEETING, "pack for the meeting"), (Edition.REVIEW, "report for the review")):
        page.edition.choose(edition)
        assert word in page.make_button.text()
        page.make_button.click()
        shown.settle()
        assert shown.told[-1][1].startswith(f"The {word} is made.")


def test_the_summary_says_what_will_be_in_it(office: Office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10, 11)])
    page = compile_page(show(ud))
    assert page.summary.startswith("Svar fra 1 enhet, 2 svar i alt, på 2 av 35 tiltak.")
    assert "Justis- og beredskapsdepartementet" in page.summary


def test_nothing_received_is_said_and_nothing_can_be_made(office: Office, show: Show):
    page = compile_page(show(office.ud()))
    assert not page.make_button.isEnabled()
    assert page.summary.startswith("Det er ikke kommet noen rapport for dette året ennå.")


def test_a_folder_that_cannot_be_written_is_told(office: Office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    shown = show(ud)
    page = compile_page(shown)
    stands = office.folder / "en fil"
    stands.write_text("her står noe")
    page.folder.show_path(stands)
    page.make_button.click()
    shown.settle()
    assert shown.told[-1][0] == "danger"
    assert page.make_button.isEnabled()
    assert not page.open_button.isVisible()


def test_the_journal_tells_what_was_done_the_newest_first(office: Office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    page = show(ud).page("journal")
    assert isinstance(page, JournalPage)
    done = [page.lines.rows.index(row, 1).data() for row in range(len(page.lines.rows.values))]
    assert done[:2] == ["Rapport mottatt", "Sertifikat utstedt"]
    assert "Rapporteringsbestilling laget" in done


def test_a_person_chooses_kinds_of_file_and_chapters_and_sees_languages_and_what_is_withheld(office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10, 11)])
    shown = show(ud)
    page = compile_page(shown)
    for form, box in page.formats.items():
        box.setChecked(form in (Format.HTML, Format.XLSX))
    page.order.choose(Order.MINISTRY)
    folder = office.folder / "rapporter"
    page.folder.show_path(folder)
    page.make_button.click()
    shown.settle()
    names = ["kfs-2026-public-nb-ministry.html", "kfs-2026-public-nb-ministry.xlsx"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert "bokmål" in page.told_of_languages
    assert page.told_of_withheld == "Ingenting er holdt tilbake fra den offentlige utgaven."
    assert not page.list_button.isVisible()


def test_no_kind_of_file_is_said_and_nothing_is_made(office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    shown = show(ud)
    page = compile_page(shown)
    for box in page.formats.values():
        box.setChecked(False)
    page.folder.show_path(office.folder / "rapporter")
    page.make_button.click()
    shown.settle()
    assert not (office.folder / "rapporter").exists()
    assert page.trouble == "Velg minst én filtype."


def test_a_person_looks_at_what_is_open_and_releases_the_report(office, show: Show, sent):
    ud = office.ud()
    receive(ud, [sent(office.enrolled(ud, "FD"), "fd", 10)])
    shown = show(ud)
    page = compile_page(shown)
    folder = office.folder / "ut"
    page.folder.show_path(folder)

    def let_go(dialog: ReleaseDialog) -> None:
        assert not dialog.release_button.isEnabled()
        assert any("Forord (bokmål, nynorsk, engelsk)" in each.text() for each in dialog.findChildren(QLabel))
        for tick in dialog.points.values():
            tick.setChecked(True)
        dialog.release_button.click()

    in_dialog(ReleaseDialog, let_go)
    page.release_button.click()
    shown.settle()
    shown.settle()
    (made,) = releases(ud, YEAR)
    assert Point.COVERAGE in made.accepted
    assert sorted(path.name for path in folder.iterdir()) == sorted(file.name for file in made.files)
    assert len(made.files) == 15
    assert made.digest in shown.told[-1][1]
