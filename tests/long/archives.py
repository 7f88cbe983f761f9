"""Archives of years in which two desks of a unit have sent in every order, taken in again and held against the first.

``python -m tests.long.archives [TURNS [SEED]]``. Each turn lets some bundles come in some order, archives the year,
takes it into an empty desk, and asks both desks the same; then it archives once more and compares file by file.
Prints how often each standing was met; exit 1 where anything was lost.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.flows.forks import pretend_acknowledged, twin
from tests.kit import PASSPHRASE, YEAR, Office, answer
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.inbox import InboxRow, inbox, received_report
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.publication.archive_loading import load_archive
from wpsdesk.desk.publication.archiving import archive
from wpsdesk.desk.publication.compiling import coverage, sources
from wpsdesk.desk.submission.sending import export

ANEW = {"sha256.txt", "sha256.p7s", "root.pem", "trust.pem", "journal.json", "noark5/arkivstruktur.xml"}


def sends(office: Office, desk: Desk, name: str, *, only_changes: bool) -> Path:
    """A bundle of the desk, which then believes that UD has it."""
    save(desk, YEAR, answer(1, text=name))
    sent = export(desk, YEAR, office.folder / f"{name}.asice.cms", only_changes=only_changes)
    pretend_acknowledged(desk, sent.digest)
    return sent.path


def all_sent(office: Office, ud: Desk) -> list[Path]:
    """What two desks of FD send, which have gone on from the same first report."""
    one = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    made = [sends(office, one, "whole 1", only_changes=False)]
    other = twin(office, one)
    for desk, name, ways in ((one, "one", (True, True, False, True)), (other, "other", (True, True, False))):
        made += [sends(office, desk, f"{name} {n}", only_changes=way) for n, way in enumerate(ways, start=2)]
    return made


def copied(desk: Desk, folder: Path, office: Office) -> Desk:
    """The closed desk once more."""
    for path in (desk.store.path, desk.store.path.with_suffix(".wpskeys")):
        shutil.copy(path, folder / path.name)
    return open_desk(folder / desk.store.path.name, PASSPHRASE, clock=office.clock)


def says(desk: Desk, row: InboxRow) -> object:
    """The report of a submission, or why it cannot be read."""
    try:
        return received_report(desk, row.digest)
    except WpsError as fault:
        return type(fault).__name__


def told(desk: Desk) -> list[object]:
    """All that is asked of both desks."""
    rows = inbox(desk, YEAR)
    return [rows, [says(desk, row) for row in rows], coverage(desk, YEAR).cells, sources(desk, YEAR)]


def files(folder: Path) -> dict[str, bytes]:
    """Every file by its name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def turn(first: Desk, second: Desk, folder: Path, come: list[Path]) -> tuple[Counter[str], list[str]]:
    """One year; what was met, and what was lost."""
    for path in come:
        receive_one(first, path)
    made = archive(first, YEAR, folder / "first")
    load_archive(second, made.path, made.root_fingerprint)
    lost = [] if told(first) == told(second) else ["what the desk knows"]
    before, after = files(made.path), files(archive(second, YEAR, folder / "second").path)
    lost += [name for name, data in before.items() if name not in ANEW and after.get(name) != data]
    return Counter(row.stands for row in inbox(first, YEAR)), lost


def main(turns: int, seed: int) -> int:
    """Take the turns."""
    chance, met, worst = random.Random(seed), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder=Path(folder))
        ud, empty = office.ud(), office.desk("UD")
        sent = all_sent(office, ud)
        for desk in (ud, empty):
            close_desk(desk)
            office.desks.remove(desk)
        for number in range(turns):
            place = Path(folder) / str(number)
            (place / "a").mkdir(parents=True)
            (place / "b").mkdir()
            first, second = copied(ud, place / "a", office), copied(empty, place / "b", office)
            come = chance.sample(sent, chance.randint(1, len(sent)))
            stands, lost = turn(first, second, place, come)
            met.update(stands)
            if lost:
                worst = 1
                print([path.stem for path in come], "LOST", lost)
            close_desk(first)
            close_desk(second)
            shutil.rmtree(place)
        office.close()
    print(turns, "archives;", {str(stands): count for stands, count in met.items()})
    return worst


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]) if words else 20, int(words[1]) if len(words) > 1 else 1))
