"""Questions, focus countries and standard reasons by command: they go into the call, and a bad one never stays."""

from __future__ import annotations

from tests.cli.conftest import CommandLine, World, contents
from tests.kit import PASSPHRASE
from wpsdesk.base.clock import system_now
from wpsdesk.base.ids import Year
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.report.questions import question_to_json

LONG = "x" * 2001
NIGER = ("call", "country", "add", "NE", "--names", "Niger", "Niger", "Niger", "--from", "2025-01-01")
HOW_MANY = ("--words", "Hvor mange?", "Kor mange?", "How many?")
NUMBER = ("call", "question", "add", "antall", "--type", "number", *HOW_MANY)


def test_what_is_added_stands_and_goes_into_the_next_call(wps: CommandLine, world: World) -> None:
    def at_ud(*words: object) -> object:
        done = wps(*words, "--json", "--store", world.ud)
        assert done.code == 0, done.err
        return done.json

    persons = ("--unit", "personer", "personar", "people")
    asked = at_ud(*NUMBER, *persons, "--commitments", "10", "1", "--of", "mission", "--required")
    question = {
        "id": "antall", "kind": "number", "words": {"nb": "Hvor mange?", "nn": "Kor mange?", "en": "How many?"},
        "unit": {"nb": "personer", "nn": "personar", "en": "people"}, "commitments": [1, 10], "kinds": ["mission"],
        "required": True,
    }  # fmt: skip
    assert asked == {"questions": [question]}
    at_ud(*NIGER)
    listed = at_ud("call", "country", "end", "NE", "--on", "2027-12-31")
    assert isinstance(listed, list)
    niger = {"code": "NE", "names": {"nb": "Niger", "nn": "Niger", "en": "Niger"}}
    assert {key: listed[-1][key] for key in niger} == niger
    own = at_ud("reasons", "--add", "Bare på bokmål", "", "")
    assert isinstance(own, list)
    assert own[-1] == {"number": 1, "nb": "Bare på bokmål", "nn": "Bare på bokmål", "en": "Bare på bokmål"}
    assert at_ud("reasons", "--change", "1", "a", "b", "c") == [
        *own[:-1],
        {"number": 1, "nb": "a", "nn": "b", "en": "c"},
    ]
    assert at_ud("reasons", "--remove", "1") == own[:-1]

    call = world.folder / "call-2027.asice"
    assert wps("call", "create", "--year", "2027", "--deadline", "2028-03-01", call, "--store", world.ud).code == 0
    assert wps("call", "load", call, "--store", world.fd).code == 0
    desk = open_desk(world.fd, PASSPHRASE, clock=system_now)
    loaded = require_call(desk, Year(2027))
    close_desk(desk)
    assert [question_to_json(each) for each in loaded.questions] == [question]
    assert [str(each.valid_to) for each in loaded.focus_countries if each.code == "NE"] == ["2027-12-31"]


BAD = (
    (("extend", "FD", "--until", "2027-04-20", "--officer", "x" * 101), 1),
    (("extend", "FD", "--until", "2027-04-20", "--reason", "a\x07b"), 1),
    (("reasons", "--add", " ", "", ""), 1),
    (("reasons", "--add", LONG, "b", "c"), 1),
    (("reasons", "--add", "a\0b", "b", "c"), 1),
    (("reasons", "--change", "9", "a", "b", "c"), 1),
    (("reasons", "--change", "en", "a", "b", "c"), 2),
    (("reasons", "--remove", "9"), 1),
    ((*NUMBER[:-3], LONG, "b", "c"), 1),
    ((*NUMBER[:-3], "", "b", "c"), 1),
    ((*NUMBER[:-3], "a\0b", "b", "c"), 1),
    ((*NUMBER, "--commitments", "36"), 1),
    ((*NUMBER, "--option", "a", "a", "a", "a"), 2),
    (("call", "question", "add", "Antall!", "--type", "number", *HOW_MANY), 2),
    (("call", "question", "add", "valg", "--type", "one-of-a-list", *HOW_MANY), 2),
    (("call", "question", "drop", "antall"), 1),
    ((*NIGER[:5], LONG, *NIGER[6:]), 1),
    ((*NIGER[:5], "a\0b", *NIGER[6:]), 1),
    ((*NIGER[:5], " ", *NIGER[6:]), 2),
    ((*NIGER, "--to", "2024-12-31"), 2),
    (("call", "country", "add", "NEX", *NIGER[4:]), 2),
    (("call", "country", "end", "NE", "--on", "2027-12-31"), 1),
    (("call", "country", "end", "SO", "--on", "2019-12-31"), 1),
)


def test_a_call_that_could_not_be_read_again_is_not_made(wps: CommandLine, world: World) -> None:
    words = ("call", "create", "--year", "2027", "--deadline", "2028-03-01", "--store", world.ud)
    guidance = world.folder / "veiledning.txt"
    guidance.write_text("x" * 10_001, encoding="utf-8")
    before = contents(world.ud)
    assert wps(*words, "--guidance", guidance, world.folder / "call-2027.asice").code == 1
    assert contents(world.ud) == before
    assert not (world.folder / "call-2027.asice").exists()


def test_what_cannot_stand_is_refused_and_nothing_is_changed(wps: CommandLine, world: World) -> None:
    before = contents(world.ud)
    for words, code in BAD:
        done = wps(*words, "--store", world.ud)
        assert (done.code, done.out) == (code, ""), words
        assert done.err, words
    assert contents(world.ud) == before
