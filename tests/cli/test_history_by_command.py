"""History, versions brought back and search, by command."""

from __future__ import annotations

from tests.cli.conftest import CommandLine, World
from tests.kit import PASSPHRASE, YEAR, answer
from wpsdesk.base.clock import system_now
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.opening import close_desk, open_desk


def rewritten(world: World) -> None:
    """FD's first answer, sent already, is written anew."""
    fd = open_desk(world.fd, PASSPHRASE, clock=system_now)
    save(fd, YEAR, answer(1, text="Innsats gjennom hele året."))
    close_desk(fd)


def test_the_history_tells_word_by_word_what_was_changed(wps: CommandLine, world: World) -> None:
    rewritten(world)
    told = wps("history", "--commitment", 1, "--field", "effort", "--store", world.fd, "--lang", "en")
    assert told.code == 0
    assert "Innsats [-i-] {+gjennom hele+} året." in told.out
    found = wps("history", "--commitment", 1, "--field", "effort", "--store", world.fd, "--json").member("changes")
    assert isinstance(found, list)
    assert [(c["before"], c["after"]) for c in found] == [
        ("Innsats i året.", "Innsats gjennom hele året."),
        ("", "Innsats i året."),
    ]
    assert found[0]["when"].endswith("Z")


def test_a_version_comes_back_by_its_number(wps: CommandLine, world: World) -> None:
    rewritten(world)
    changes = wps("history", "--commitment", 1, "--field", "effort", "--store", world.fd, "--json").member("changes")
    assert isinstance(changes, list)
    number = changes[-1]["version"]
    done = wps("restore-version", "--commitment", 1, "--version", number, "--store", world.fd, "--lang", "en")
    assert (done.code, done.out) == (0, f"Commitment 1 says again what it said in version {number}.\n")
    again = wps("history", "--commitment", 1, "--field", "effort", "--store", world.fd, "--json").member("changes")
    assert isinstance(again, list)
    assert again[0]["after"] == "Innsats i året."
    assert len(again) == 3


def test_a_version_or_field_that_is_not_there_is_refused(wps: CommandLine, world: World) -> None:
    gone = wps("restore-version", "--commitment", 1, "--version", 9999, "--store", world.fd, "--lang", "en")
    assert gone.code == 1
    assert gone.err.startswith("The answer has no version with the number 9999. Nothing was changed")
    assert wps("history", "--commitment", 1, "--field", "efort", "--store", world.fd).code == 2


def test_words_are_found_and_nothing_is_told_of_what_is_not_there(wps: CommandLine, world: World) -> None:
    found = wps("search", "INNSATS", "i", "aar", "--store", world.fd, "--json").member("hits")
    assert isinstance(found, list)
    assert {(hit["kind"], hit["commitment"], hit["field"]) for hit in found} >= {
        ("this-year", 1, "effort"), ("this-year", 10, "effort"), ("sent", 1, None),
    }  # fmt: skip
    told = wps("search", "innsats i året", "--store", world.fd, "--lang", "en")
    assert "*Innsats* *i* *året*." in told.out
    nothing = wps("search", '"', "--store", world.fd, "--lang", "en")
    assert (nothing.code, nothing.out) == (0, "Nothing the desk holds has these words.\n")
