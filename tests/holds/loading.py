"""What a long life weighs: ``python -m tests.holds.loading bundles|files|limits [--count N] [--server] [--at FOLDER]``.

``bundles``: real ones, signed and sealed, of 60 units over the eight years of the plan, through one UD desk. ``files``:
a submission of so many pieces of evidence. ``limits``: a report whose every text is as long as it may be. Each line
tells seconds, memory of this process, and the size of the store. A submission of 1 GiB: ``python -m tests.bench --only
memory-1gib``.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from tests.bench.setting import prose
from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.ids import CommitmentNumber, UnitCode, Year
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import ReportPayload
from wpsdesk.bundle.writing import Draft, write_bundle
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.answers.searching import search
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.call.calling import CallDraft, create_call, require_call
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import RECIPIENTS, Desk, certificates_of, signer_of
from wpsdesk.desk.opening import close_desk
from wpsdesk.desk.publication.compiling import compile_report, coverage
from wpsdesk.desk.review.finding import make_findable
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.call import Asked
from wpsdesk.report.model import NARRATIVE, Entry, Passage, Report
from wpsdesk.report.passages import MAX_PASSAGE
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import Signer

UNITS: Final = 60
AT_ONCE: Final = 250
ANSWERS: Final = 12

T = TypeVar("T")


# -- ten thousand bundles -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A unit that needs no desk any more: its key, and whom it seals to."""

    unit: UnitCode
    signer: Signer
    seal_to: tuple[Certificate, ...]


def bundles(folder: Path, count: int, *, on_server: bool) -> None:
    """Import so many, by 250, and look at the desk afterwards."""
    office = Office(folder=folder, on_server=on_server)
    missions = [mission(f"M{number:02}") for number in range(UNITS - 6)]
    ud = office.ud(*missions)
    senders = [_sender(office, ud, unit) for unit in (*("FD", "JD", "KUD", "AID", "KLD", "NORAD"), *missions)]
    _call_every_year(ud)
    line("before", ud)
    paths = _written(office, senders, ud, folder)
    begun, done = 0.0, 0
    while done < count:
        batch = list(islice(paths, min(AT_ONCE, count - done)))
        start = time.perf_counter()
        for arrival in receive(ud, batch):
            assert isinstance(arrival.outcome, Received), arrival.outcome
        begun += time.perf_counter() - start
        done += len(batch)
        for path in batch:
            path.unlink()
        line(f"{done} imported, {1000 * begun / done:.1f} ms each", ud)
    year = Year(ud.plan.first_year)
    timed("inbox", ud, lambda: len(inbox(ud)))
    timed("coverage of a year", ud, lambda: len(coverage(ud, year).cells))
    newest = inbox(ud)[0].digest
    timed("one report", ud, lambda: len(received_report(ud, newest).entries))
    timed("make findable what is not yet", ud, lambda: make_findable(ud))
    timed("search", ud, lambda: len(search(ud, "delegasjon")))
    timed("compile a year", ud, lambda: compile_report(ud, year, "nb", Edition.PUBLIC, folder).path.stat().st_size)
    office.close()


def _sender(office: Office, ud: Desk, unit: object) -> Sender:
    desk = office.enrolled(ud, unit)  # type: ignore[arg-type]
    with desk.store.read() as tx:
        signer = signer_of(tx)
        recipients = certificates_of(tx, RECIPIENTS, UnitCode("UD"))
    assert recipients is not None
    close_desk(desk)
    return Sender(unit=desk.unit.code, signer=signer, seal_to=(recipients.sealing, recipients.recovery))


def _call_every_year(ud: Desk) -> None:
    numbers = tuple(c.number for c in ud.plan.commitments)
    asked = tuple(
        Asked(unit=each.unit, commitments=numbers) for each in require_call(ud, YEAR).asked if each.unit.parent is None
    )
    own = {"FD", "JD", "KUD", "AID", "KLD", "UD", "NORAD"}
    more = tuple(each for each in asked if each.unit.code not in own)
    for year in range(ud.plan.first_year, ud.plan.last_year + 1):
        if year != YEAR:
            create_call(ud, CallDraft(year=year, deadline=date(2031, 3, 1), asked=more))


def _written(office: Office, senders: list[Sender], ud: Desk, folder: Path) -> Iterator[Path]:
    years = range(ud.plan.first_year, ud.plan.last_year + 1)
    for seq in range(1, 1000):
        for year in years:
            for sender in senders:
                office.clock.wind(seconds=1)
                entries = tuple(_answer(number, seq) for number in range(1, ANSWERS + 1))
                said = Report(unit=sender.unit, year=Year(year), edition=ud.plan.edition, entries=entries)
                draft = Draft(
                    kind=Kind.SUBMISSION, unit=sender.unit, to=UnitCode("UD"), year=Year(year), seq=seq,
                    payload=ReportPayload(report=said), attachments=(), prepared_by="Kari", approved_by="Ola",
                    plan=ud.plan.edition,
                )  # fmt: skip
                path = folder / f"{sender.unit.lower()}-{year}-{seq}.asice.cms"
                yield write_bundle(path, draft, sender.signer, seal_to=sender.seal_to, now=office.clock()).path


def _answer(number: int, seq: int) -> Entry:
    told = answer(number, text=f"{prose(number, 60)} ({seq})")
    return replace(told, results=Passage(text=prose(100 + number, 40)))


# -- two thousand files -------------------------------------------------------------------------------


def files(folder: Path, count: int) -> None:
    """Attach so many small files, send them, take them in."""
    office = Office(folder=folder)
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), *(answer(number) for number in range(1, 3)))
    line("before", fd)
    papers = [folder / f"notat-{number:04}.txt" for number in range(count)]
    for number, paper in enumerate(papers):
        paper.write_text(f"Notat nr. {number}. {prose(number, 300)}", encoding="utf-8")
    half = len(papers) // 2
    timed("attach the first half", fd, lambda: len(attach(fd, YEAR, answer(1).key, papers[:half]).evidence))
    timed("attach the second half", fd, lambda: len(attach(fd, YEAR, answer(2).key, papers[half:]).evidence))
    bundle = timed("export", fd, lambda: export(fd, YEAR, folder, approved_by="Ola").path)
    timed("import", ud, lambda: receive(ud, [bundle])[0].outcome)
    timed("compile", ud, lambda: compile_report(ud, YEAR, "nb", Edition.PUBLIC, folder).path.stat().st_size)
    office.close()


# -- every text at its limit --------------------------------------------------------------------------


def limits(folder: Path) -> None:
    """All 35 commitments, every text of every answer as long as the form lets it be."""
    office = Office(folder=folder)
    ud = office.ud()
    fd = office.enrolled(ud, "FD")
    numbers = require_call(fd, YEAR).asked
    own = next(each.commitments for each in numbers if each.unit.code == "FD")
    entries = [longest(number) for number in own]
    line("before", fd)
    timed("fill in", fd, lambda: [save(fd, YEAR, entry) for entry in entries] and len(entries))
    bundle = timed("export", fd, lambda: export(fd, YEAR, folder, approved_by="Ola").path)
    timed("import", ud, lambda: receive(ud, [bundle])[0].outcome)
    for form in Format:
        timed(f"compile {form.value}", ud, partial(_compiled, ud, folder, form))
    office.close()


def _compiled(ud: Desk, folder: Path, form: Format) -> int:
    return compile_report(ud, YEAR, "nb", Edition.PUBLIC, folder, formats=(form,)).files[0].path.stat().st_size


def longest(number: CommitmentNumber) -> Entry:
    """An answer whose every narrative is as long as it may be."""
    text = prose(number, 4000)[:MAX_PASSAGE]
    text = (text * 2)[:MAX_PASSAGE]
    return replace(answer(number), **{field: Passage(text=text) for field in NARRATIVE})


# -- telling ------------------------------------------------------------------------------------------


def timed(what: str, desk: Desk, work: Callable[[], T]) -> T:
    """Do it, and tell how long it took."""
    start = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - start
    line(f"{what}: {seconds:.2f} s -> {str(found)[:90]}", desk)
    return found


def line(what: str, desk: Desk) -> None:
    """One line of figures."""
    sys.stdout.write(
        f"{what:60} memory {_memory('VmRSS'):5} MB (peak {_memory('VmHWM')})  store {desk.store.size >> 20} MiB\n"
    )
    sys.stdout.flush()


def _memory(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
    assert found, name
    return int(found[1]) // 1000


def main() -> int:
    """Load it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("bundles", "files", "limits"))
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--server", action="store_true", help="UD's desk on PostgreSQL")
    parser.add_argument("--at", type=Path, default=None, help="where there is room")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loading-", dir=asked.at) as place:
        match asked.what:
            case "bundles":
                bundles(Path(place), asked.count or 10_000, on_server=asked.server)
            case "files":
                files(Path(place), asked.count or 1_990)
            case _:
                limits(Path(place))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
