"""How large what is sent is, on a line where every kilobyte counts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from tests.flows.forks import pretend_acknowledged
from tests.kit import YEAR, Office, answer
from wpsdesk import assets
from wpsdesk.base.canonical import canonical_json
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.submission.sending import export, ready_report
from wpsdesk.report.codec import report_to_json
from wpsdesk.report.model import Entry, Passage


def sentences() -> list[str]:
    """The made-up answers' own sentences, as civil servants write."""
    found: set[str] = set()
    for name in ("answers-FD.json", "answers-JD.json"):
        told = json.loads(assets.resource("demo", name).read_text(encoding="utf-8"))
        for entry in told["entries"]:
            for field in ("effort", "results", "challenges"):
                found.update(s.strip() for s in entry.get(field, {}).get("text", "").split(". ") if len(s) > 40)
    return sorted(found)


def texts(seed: int) -> Iterator[str]:
    """Prose that repeats no sentence: the words of the demonstration, in ever other orders."""
    chance, known = random.Random(seed), sentences()
    while True:
        words = [w for s in chance.sample(known, 4) for w in s.split()]
        chance.shuffle(words)
        yield " ".join(words)


def full(number: int, prose: Iterator[str]) -> Entry:
    """An answer of some 1,100 characters."""
    entry = answer(number, text=next(prose))
    return Entry(
        key=entry.key, part=entry.part, status=entry.status, effort=entry.effort,
        results=Passage(text=next(prose)), challenges=Passage(text=next(prose)), is_marked_ready=True,
    )  # fmt: skip


def test_a_full_report_fits_in_25_kilobytes_and_two_changes_in_5(office: Office) -> None:
    prose = texts(1)
    fd = office.answered(office.enrolled(office.ud(), "FD"), *(full(n, prose) for n in range(1, 36)))
    said = len(canonical_json(report_to_json(ready_report(fd, YEAR))))
    whole = export(fd, YEAR, office.folder)
    pretend_acknowledged(fd, whole.digest)
    for number in (3, 17):
        save(fd, YEAR, full(number, prose))
    delta = export(fd, YEAR, office.folder, only_changes=True)
    print(f"report.json {said}, sealed {whole.size}; delta of two sealed {delta.size}")
    assert (whole.entries, delta.entries) == (35, 2)
    assert said > 32_700, "as large a report as the format was measured with"
    assert whole.size <= 25_000
    assert delta.size <= 5_000
