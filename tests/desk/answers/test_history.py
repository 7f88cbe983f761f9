"""What became of an answer, and any version brought back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.answers.history import FieldChange, history, restore_version
from wpsdesk.desk.evidence.attaching import attach, detach
from wpsdesk.desk.model import Desk
from wpsdesk.report.model import Entry, Passage, Status
from wpsdesk.store import evidence as files
from wpsdesk.store.errors import NoSuchVersion

KEY = answer(1).key


@pytest.fixture
def fd(office: Office) -> Desk:
    return office.enrolled(office.ud(), "FD")


def says(text: str) -> Entry:
    return replace(answer(1, text=text), is_marked_ready=False)


def efforts(desk: Desk) -> list[tuple[object, object]]:
    return [(texts(c.before), texts(c.after)) for c in history(desk, YEAR, KEY, "effort")]


def texts(value: object) -> str:
    assert isinstance(value, Passage)
    return value.text


def first_of(changes: tuple[FieldChange, ...], field: str) -> FieldChange:
    return next(change for change in changes if change.field == field)


def test_every_change_of_a_field_is_told_with_who_and_when(fd: Desk, office: Office) -> None:
    save(fd, YEAR, says("Først."), who="Kari")
    office.clock.wind(minutes=5)
    save(fd, YEAR, says("Først og så."), who="Ola")
    (last, first) = history(fd, YEAR, KEY, "effort")
    assert (last.who, texts(last.before), texts(last.after)) == ("Ola", "Først.", "Først og så.")
    assert (first.who, texts(first.before), texts(first.after)) == ("Kari", "", "Først.")
    assert last.when == office.clock.now
    assert last.when > first.when


def test_only_the_fields_that_were_changed_are_told(fd: Desk, office: Office) -> None:
    save(fd, YEAR, says("Det samme."))
    office.clock.wind(minutes=5)
    save(fd, YEAR, replace(says("Det samme."), status=Status.DONE))
    newest = history(fd, YEAR, KEY)[0].version
    assert [c.field for c in history(fd, YEAR, KEY) if c.version == newest] == ["status"]


def test_a_version_comes_back_as_an_ordinary_change_that_can_be_undone(fd: Desk, office: Office) -> None:
    save(fd, YEAR, says("En."))
    office.clock.wind(minutes=5)
    save(fd, YEAR, says("To."))
    first = history(fd, YEAR, KEY, "effort")[-1]
    before = len(history(fd, YEAR, KEY))
    restore_version(fd, YEAR, KEY, first.version)
    assert entry(fd, YEAR, KEY).effort.text == "En."
    assert len(history(fd, YEAR, KEY)) == before + 1
    restore_version(fd, YEAR, KEY, first_of(history(fd, YEAR, KEY), "effort").version - 1)
    assert entry(fd, YEAR, KEY).effort.text == "To."
    assert efforts(fd) == [("En.", "To."), ("To.", "En."), ("En.", "To."), ("", "En.")]


def test_what_was_typed_a_moment_ago_is_still_there_after_a_version_came_back(fd: Desk, office: Office) -> None:
    save(fd, YEAR, says("En."))
    office.clock.wind(minutes=5)
    save(fd, YEAR, says("To."))
    office.clock.wind(seconds=5)
    restore_version(fd, YEAR, KEY, history(fd, YEAR, KEY, "effort")[-1].version)
    assert ("En.", "To.") in efforts(fd)


def test_one_field_alone_comes_back(fd: Desk, office: Office) -> None:
    save(fd, YEAR, replace(says("En."), results=Passage(text="R1.")))
    office.clock.wind(minutes=5)
    save(fd, YEAR, replace(says("To."), results=Passage(text="R2.")))
    restore_version(fd, YEAR, KEY, history(fd, YEAR, KEY, "effort")[-1].version, "effort")
    assert (entry(fd, YEAR, KEY).effort.text, entry(fd, YEAR, KEY).results.text) == ("En.", "R2.")


def test_a_version_with_blockers_does_not_stay_ready(fd: Desk, office: Office) -> None:
    save(fd, YEAR, Entry(key=KEY, effort=Passage(text="Uten status.")))
    office.clock.wind(minutes=5)
    save(fd, YEAR, answer(1))
    oldest = history(fd, YEAR, KEY)[-1].version
    assert not restore_version(fd, YEAR, KEY, oldest).entry.is_marked_ready


def test_a_file_that_is_no_longer_kept_does_not_come_back(fd: Desk, office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (held,) = attach(fd, YEAR, KEY, [tmp_path / "a.txt"]).evidence
    office.clock.wind(minutes=5)
    detach(fd, YEAR, KEY, held.digest)
    version = history(fd, YEAR, KEY, "evidence")[-1].version
    assert restore_version(fd, YEAR, KEY, version).lost == ()
    assert [e.name for e in entry(fd, YEAR, KEY).evidence] == ["a.txt"]
    detach(fd, YEAR, KEY, held.digest)
    with fd.store.write() as tx:
        files.prune(tx)
    made = restore_version(fd, YEAR, KEY, version)
    assert [e.name for e in made.lost] == ["a.txt"]
    assert made.entry.evidence == ()


def test_a_version_of_another_answer_is_refused(fd: Desk) -> None:
    save(fd, YEAR, answer(2))
    number = history(fd, YEAR, answer(2).key)[0].version
    with pytest.raises(NoSuchVersion):
        restore_version(fd, YEAR, KEY, number)
