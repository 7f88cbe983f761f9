"""The whole year with the window alone: two desks made by the wizard, only files go between them, and no word is left.

Whatever is written begins with a marked word, which is looked for afterwards wherever the program could have left it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, Qt

from tests.kit import PASSPHRASE, YEAR
from tests.kit.traces import found_in, left_in, open_to_others, seen_of
from tests.ui.driving import Person, W
from wpsdesk.base.ids import CommitmentNumber, UnitCode
from wpsdesk.compilation.figures import CellState
from wpsdesk.desk.call.calling import current_call, root_fingerprint
from wpsdesk.desk.opening import info
from wpsdesk.desk.publication.compiling import coverage, sources
from wpsdesk.desk.review.reviewing import Judgement, decide
from wpsdesk.desk.submission.carriers import Carrier
from wpsdesk.desk.submission.course import course
from wpsdesk.report.model import EntryKey, Status
from wpsdesk.report.states import ReportState
from wpsdesk.settings import Settings
from wpsdesk.ui.authority.calling import CallPage
from wpsdesk.ui.authority.compiling import CompilePage
from wpsdesk.ui.authority.coverage import CoveragePage
from wpsdesk.ui.authority.enrolling import UnitsPage
from wpsdesk.ui.authority.inbox import InboxPage
from wpsdesk.ui.reporter.overview import OverviewPage
from wpsdesk.ui.reporter.passages import PassageEditor
from wpsdesk.ui.reporter.report_page import ReportPage
from wpsdesk.ui.reporter.send_page import SendPage
from wpsdesk.ui.reporter.setup_page import SetupPage

MARK = "Merkeord"


def makes_a_desk(person: Person, unit: str, path: Path) -> None:
    """Through the wizard, in its three steps."""
    person.starts()
    person.presses(person.unlock.create_link)
    wizard = person.wizard
    if unit == "UD":
        person.presses(wizard.whose.of_authority)
    else:
        person.chooses(wizard.whose.unit, unit)
    person.presses(wizard.next_button)
    person.writes_anew(wizard.place.path.line, str(path))
    person.types(wizard.place.first.line, PASSPHRASE)
    person.types(wizard.place.second.line, PASSPHRASE)
    person.presses(wizard.next_button)
    person.waits(lambda: wizard.step == 2)
    person.types(wizard.code.back, wizard.code.wanted)
    person.presses(wizard.next_button)
    person.waits(lambda: person.window.desk_view)
    assert person.desk.unit.code == unit


def comes_back_to(person: Person, path: Path, page: str, kind: type[W]) -> W:
    """Close the window, and another day unlock a desk and turn to a page."""
    assert person.window.close()
    person.starts(Settings(last_store=path, last_folder=person.folder, scheme="light"))
    person.types(person.unlock.passphrase.line, PASSPHRASE)
    person.strikes(Qt.Key.Key_Return)
    person.waits(lambda: person.window.desk_view)
    return person.turns_to(page, kind)


def writes(person: Person, page: ReportPage, field: str, text: str) -> None:
    editor = page.form.editors[field]
    assert isinstance(editor, PassageEditor)
    person.types(editor.text, text)


def answers_the_first_commitment(person: Person, page: ReportPage, evidence: Path) -> None:
    status = page.form.editors["status"].choice  # type: ignore[attr-defined]
    person.chooses(status, Status.UNDER_WAY)
    status.activated.emit(0)
    writes(person, page, "effort", f"{MARK}: Forsvaret holdt to kurs.")
    writes(person, page, "results", f"{MARK}: 64 deltok, 31 av dem kvinner.")
    writes(person, page, "challenges", f"{MARK}: For få instruktører.")
    person.points_at(evidence, lambda: person.presses(page.form.evidence.attach_button))
    person.settles()
    person.waits(lambda: page.form.evidence.lines)
    person.presses(page.ready_button)
    assert page.heading.chip.word == "Klar"


def approves_and_sends(person: Person, folder: Path) -> None:
    page = person.page
    assert isinstance(page, SendPage)
    if page.carrier.carrier.chosen() is not Carrier.STICK:
        person.chooses(page.carrier.carrier, Carrier.STICK)
    person.writes_anew(page.approved_by, f"{MARK} Ola Test, ekspedisjonssjef")
    person.writes_anew(page.folder.line, str(folder))
    person.presses(page.export_button)
    person.settles()
    person.waits(page.done_card.isVisible)


def returns(person: Person, inbox: InboxPage, out: Path) -> None:
    """Decide that the first answer goes back, and write the reply from the inbox."""
    key, reason = EntryKey(CommitmentNumber(1), None), f"{MARK}: Hvor kommer tallene fra?"
    decide(person.desk, UnitCode("FD"), YEAR, [Judgement(key=key, is_accepted=False, reason=reason)])
    person.points_at(out, lambda: person.presses(inbox.details.receipt_button))
    person.settles()
    person.waits(out.exists)


def test_a_year_goes_by_with_the_window_alone(person: Person, machine: Path, titles: set[str], tmp_path: Path) -> None:
    ud_desk, fd_desk = tmp_path / "ud.wpsdesk", tmp_path / "fd.wpsdesk"
    call_file, reply_file = tmp_path / "bestilling.asice", tmp_path / "svar.asice.cms"
    return_file = tmp_path / "retur.asice.cms"
    for name in ("foresporsel", "pinne", "rettet", "rapport", "egne"):
        (tmp_path / name).mkdir()

    # 1. UD makes its desk and the call.
    makes_a_desk(person, "UD", ud_desk)
    calling = person.turns_to("call", CallPage)
    calling.year.choose(YEAR)
    calling.deadline.setDate(QDate(2027, 3, 1))
    person.points_at(call_file, lambda: person.presses(calling.make_button))
    person.settles()
    person.waits(call_file.exists)
    digits_of_ud = root_fingerprint(person.desk)
    assert digits_of_ud is not None

    # 2. FD makes its desk, loads the call, compares UD's digits and asks for a certificate.
    assert person.window.close()
    makes_a_desk(person, "FD", fd_desk)
    setup = person.turns_to("setup", SetupPage)
    person.points_at(call_file, lambda: person.presses(setup.desk.call_button))
    person.settles()
    person.waits(lambda: current_call(person.desk))
    person.types(setup.desk.root_digits, digits_of_ud[0])
    person.presses(setup.desk.compare_button)
    person.types(setup.desk.person, "Kari Test")
    person.points_at(tmp_path / "foresporsel", lambda: person.presses(setup.desk.request_button))
    person.settles()
    person.waits(lambda: setup.desk.own_fingerprint.fingerprint)
    digits_of_fd = setup.desk.own_fingerprint.fingerprint
    (request,) = (tmp_path / "foresporsel").iterdir()

    # 3. UD opens the request, hears the digits and issues the certificate.
    units = comes_back_to(person, ud_desk, "units", UnitsPage)
    person.points_at(request, lambda: person.presses(units.open_button))
    person.settles()
    person.types(units.panel.heard, digits_of_fd)
    person.points_at(reply_file, lambda: person.presses(units.panel.approve_button))
    person.settles()
    person.waits(reply_file.exists)

    # 4. FD drops the certificate on the window, answers and attaches; one marks it ready, another approves and sends.
    comes_back_to(person, fd_desk, "setup", SetupPage)
    person.drops(reply_file)
    person.waits(lambda: info(person.desk).is_enrolled)
    paper = tmp_path / "egne" / f"{MARK} møtereferat.txt"
    paper.write_text(f"{MARK} i referatet", encoding="utf-8")
    answers_the_first_commitment(person, person.turns_to("report", ReportPage), paper)
    sending = person.turns_to("send", SendPage)
    person.types(sending.approval.preparer, f"{MARK} Kari Test")
    person.presses(sending.approval.ready_button)
    assert course(person.desk, YEAR).state is ReportState.READY
    comes_back_to(person, fd_desk, "send", SendPage)
    approves_and_sends(person, tmp_path / "pinne")
    assert course(person.desk, YEAR).state is ReportState.SENT

    # 5. UD imports it, finds that a source is missing, and returns the answer.
    inbox = comes_back_to(person, ud_desk, "inbox", InboxPage)
    person.drops(tmp_path / "pinne")
    person.waits(lambda: inbox.lines.rows.values)
    returns(person, inbox, return_file)

    # 6. FD drops the return on the window, mends the answer that it leads to, and sends the change alone.
    overview = comes_back_to(person, fd_desk, "overview", OverviewPage)
    person.drops(return_file)
    person.waits(lambda: overview.todo is not None and overview.todo.isVisible())
    assert overview.todo is not None
    person.presses(overview.todo.links[0])
    page = person.page
    assert isinstance(page, ReportPage)
    writes(person, page, "results", f"Kilde: {MARK}s kursregister. ")
    assert page.heading.chip.word == "Klar"
    person.turns_to("send", SendPage)
    approves_and_sends(person, tmp_path / "rettet")
    (change,) = (tmp_path / "rettet").iterdir()
    assert change.stat().st_size < 10_000

    # 7. UD puts the change to what it has, sees it in the coverage, and compiles the report.
    inbox = comes_back_to(person, ud_desk, "inbox", InboxPage)
    person.drops(change)
    person.waits(lambda: len(inbox.lines.rows.values) == 2)
    (only,) = (source.report.entries for source in sources(person.desk, YEAR) if source.unit.code == "FD")
    assert only[0].results.text.startswith(f"Kilde: {MARK}s kursregister.")
    covering = person.turns_to("coverage", CoveragePage)
    place = covering.table.place_of("FD", 1)
    assert place.data(Qt.ItemDataRole.AccessibleTextRole) == "FD, tiltak 1: mottatt"
    assert coverage(person.desk, YEAR).counts()[CellState.RECEIVED] == 1
    compiling = person.turns_to("compile", CompilePage)
    compiling.folder.show_path(tmp_path / "rapport")
    person.presses(compiling.make_button)
    person.settles()
    person.waits(lambda: list((tmp_path / "rapport").iterdir()))
    (report,) = (tmp_path / "rapport").iterdir()
    assert report.read_bytes().startswith(b"%PDF-")

    # 8. Nobody finds what was written, save in the paper that was there before and in the report that was asked for.
    assert person.window.close()
    left = list(left_in(machine, tmp_path, but_for=(tmp_path / "egne", tmp_path / "rapport")))
    assert {".wpsdesk", ".wpskeys", ".json", ".asice", ".cms"} <= {one.suffix for one in left}
    assert found_in(left, (MARK, PASSPHRASE)) == []
    assert open_to_others([*left, report]) == []
    assert len(titles) > 2
    assert not [one for one in (*titles, *map(str, seen_of("self"))) if MARK in one]
