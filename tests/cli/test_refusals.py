"""What bad input gets: a sentence of its own in the chosen language, exit code 1, and a store that is as it was."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, CommandLine, Done, World, contents
from tests.kit import PASSPHRASE
from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.main import DONE, REFUSED
from wpsdesk.desk.opening import close_desk, open_desk

Refusal = Callable[[CommandLine, World, tuple[str, ...]], Done]


def imported(name: str, change: Callable[[World], Path]) -> tuple[str, Refusal]:
    def refuse(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
        return wps("import", change(world), "--store", world.ud, "--without-backup", *spoken)

    return name, refuse


def filled(name: str, change: Callable[[dict[str, object]], object]) -> tuple[str, Refusal]:
    def refuse(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
        example = json.loads(wps("fill", "--example", "--year", 2026).out)
        for entry in example["entries"]:
            entry["country"] = None
            entry.pop("context", None)
        change(example)
        answers = world.folder / "svar.json"
        answers.write_text(json.dumps(example), encoding="utf-8")
        return wps("fill", answers, "--store", world.fd, *spoken)

    return name, refuse


def first(example: dict[str, object]) -> dict[str, object]:
    entries = example["entries"]
    assert isinstance(entries, list)
    found = entries[0]
    assert isinstance(found, dict)
    return found


def written(world: World, data: bytes) -> Path:
    path = world.folder / "fil.asice.cms"
    path.write_bytes(data)
    return path


def truncated(world: World) -> Path:
    return written(world, world.sent.read_bytes()[:-100])


def altered(world: World) -> Path:
    data = bytearray(world.sent.read_bytes())
    data[len(data) // 2] ^= 1
    return written(world, bytes(data))


def wrong_passphrase(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    wrong = world.folder / "feil.txt"
    wrong.write_text("dette er ikke den riktige\n", encoding="utf-8")
    return wps("inbox", "--store", world.ud, "--passphrase-file", wrong, *spoken)


def import_the_report(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    return wps("import", world.sent, "--store", world.ud, "--without-backup", *spoken)


def opened_twice(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    desk = open_desk(world.ud, PASSPHRASE, clock=lambda: NOW)
    try:
        return wps("inbox", "--store", world.ud, *spoken)
    finally:
        close_desk(desk)


def vanished_evidence(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    there = world.folder / "Møte på Ås.txt"
    return wps("attach", "--commitment", 10, there, world.folder / "borte.pdf", "--store", world.fd, *spoken)


def unreadable_evidence(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    return wps("attach", "--commitment", 10, world.folder, "--store", world.fd, *spoken)


def unknown_commitment_to_attach_to(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    return wps("attach", "--commitment", 36, world.folder / "Møte på Ås.txt", "--store", world.fd, *spoken)


def unknown_country_to_attach_to(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    note = world.folder / "Møte på Ås.txt"
    return wps("attach", "--commitment", 1, "--country", "XX", note, "--store", world.fd, *spoken)


def full_disk(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    """A real write that the system refuses for lack of room: no file of the process may pass a size."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    ended = subprocess.run(
        [sys.executable, "-m", "wpsdesk", "export", world.folder, "--store", world.fd, *spoken],
        capture_output=True, check=False, text=True, timeout=60, preexec_fn=limit,
        env={**os.environ, "WPSDESK_NOW": rfc3339(NOW), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    return Done(code=ended.returncode, out=ended.stdout, err=ended.stderr)


def wrong_digits(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    return wps("call", "load", world.call, "--fingerprint", "12345 " * 8, "--store", world.fd, *spoken)


def no_store(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    other, keys = world.folder / "feil.wpsdesk", world.folder / "feil.wpskeys"
    other.write_bytes(world.call.read_bytes())
    keys.write_bytes(world.ud.with_suffix(".wpskeys").read_bytes())
    return wps("inbox", "--store", other, *spoken)


def key_file_gone(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    keys = world.ud.with_suffix(".wpskeys")
    moved = keys.rename(keys.with_suffix(".bort"))
    try:
        return wps("inbox", "--store", world.ud, *spoken)
    finally:
        moved.rename(keys)


def a_units_desk_asked_for_the_inbox(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    return wps("inbox", "--store", world.fd, *spoken)


def nothing_to_compile(wps: CommandLine, world: World, spoken: tuple[str, ...]) -> Done:
    out = world.folder / "rapporter"
    return wps(*spoken, "compile", "--year", 2026, "--store", world.ud, "--out", out)


REFUSALS = dict(
    [
        imported("no bundle", lambda world: written(world, b"Ikke en rapportpakke")),
        imported("truncated", truncated),
        imported("altered", altered),
        imported("for another receiver", lambda world: world.certificate),
        imported("newer version", lambda world: world.newer),
        imported("not there", lambda world: world.folder / "borte.asice.cms"),
        filled("unknown commitment", lambda example: first(example).update(commitment=36)),
        filled("unknown unit", lambda example: example.update(unit="XX")),
        filled("unknown country", lambda example: first(example).update(country="XX")),
        filled("wrong type", lambda example: first(example).update(status=5)),
        filled("unknown field", lambda example: first(example).update(innsats="x")),
    ]
) | {
    "wrong passphrase": wrong_passphrase,
    "revoked": import_the_report,
    "duplicate": import_the_report,
    "opened twice": opened_twice,
    "vanished evidence": vanished_evidence,
    "unreadable evidence": unreadable_evidence,
    "unknown commitment to attach to": unknown_commitment_to_attach_to,
    "unknown country to attach to": unknown_country_to_attach_to,
    "full disk": full_disk,
    "wrong digits": wrong_digits,
    "no store": no_store,
    "key file gone": key_file_gone,
    "a unit's desk asked for the inbox": a_units_desk_asked_for_the_inbox,
    "nothing to compile": nothing_to_compile,
}


def revoke_fd(wps: CommandLine, world: World) -> Done:
    return wps("enrol", "revoke", "FD", "--store", world.ud)


def receive_it_once(wps: CommandLine, world: World) -> Done:
    return wps("import", world.sent, "--store", world.ud)


def attach_a_large_file(wps: CommandLine, world: World) -> Done:
    big = world.folder / "stor.bin"
    big.write_bytes(os.urandom(3_000_000))
    return wps("attach", "--commitment", 10, big, "--store", world.fd)


MADE_BY_THE_TEST = {"fil.asice.cms", "svar.json", "feil.txt", "feil.wpsdesk", "feil.wpskeys", "feil.wpsdesk.lock"}

LEADS_UP_TO = {"revoked": revoke_fd, "duplicate": receive_it_once, "full disk": attach_a_large_file}

# Words that tell this sentence from every other, in each language.
TOLD = {
    "no bundle": ("ikke en rapportpakke", "ikkje ein rapportpakke", "not a bundle"),
    "truncated": ("avkortet", "avkorta", "cut off"),
    "altered": ("endret etter at den ble laget", "endra etter at han vart laga", "changed after it was made"),
    "for another receiver": ("forseglet for en annen", "forsegla for ein annan", "sealed for someone else"),
    "newer version": ("nyere WPS Desk", "nyare WPS Desk", "newer WPS Desk"),
    "not there": ("finnes ikke", "finst ikkje", "There is no file"),
    "unknown commitment": (
        "planen har ikke noe tiltak",
        "planen har ikkje noko tiltak",
        "no commitment with that number",
    ),
    "unknown unit": ("gjelder XX", "gjeld XX", "is for XX"),
    "unknown country": ("landet er ikke blant", "landet er ikkje mellom", "country is not among"),
    "wrong type": ("feil type", "feil type", "wrong type"),
    "unknown field": ("ukjent for dette programmet", "ukjent for dette programmet", "does not know"),
    "wrong passphrase": ("Passordfrasen åpner ikke", "Passordfrasen opnar ikkje", "does not open"),
    "revoked": ("tilbakekalt", "tilbakekalla", "was revoked"),
    "duplicate": ("er mottatt før", "er motteken før", "received before"),
    "opened twice": ("åpent i en annen", "ope i ein annan", "open in another"),
    "vanished evidence": ("borte.pdf finnes ikke", "borte.pdf finst ikkje", "There is no file"),
    "unreadable evidence": ("kan ikke leses", "kan ikkje lesast", "could not be read"),
    "unknown commitment to attach to": ("planen har ikke noe tiltak", "ikkje noko tiltak", "no commitment"),
    "unknown country to attach to": (
        "fokusland med koden XX",
        "fokusland med koden XX",
        "focus country with the code XX",
    ),
    "full disk": ("ikke mer plass", "ikkje meir plass", "no room left"),
    "wrong digits": ("Sifrene stemmer ikke", "Sifra stemmer ikkje", "digits do not agree"),
    "no store": ("ikke et lager", "ikkje eit lager", "not a store"),
    "key file gone": ("Nøkkelfilen", "Nøkkelfila", "key file"),
    "a unit's desk asked for the inbox": ("bare gjøres på UDs", "berre gjerast på", "Only UD's desk"),
    "nothing to compile": ("ikke mottatt noe", "ikkje motteke noko", "Nothing has been received"),
}


def test_every_refusal_is_told_of() -> None:
    assert set(TOLD) == set(REFUSALS)


@pytest.mark.parametrize("name", REFUSALS)
def test_bad_input_gets_its_sentence_and_leaves_the_stores_as_they_were(
    name: str, wps: CommandLine, world: World
) -> None:
    if name in LEADS_UP_TO:
        assert LEADS_UP_TO[name](wps, world).code == DONE
    before = contents(world.ud), contents(world.fd)
    files = {path.name for path in world.folder.iterdir()} | MADE_BY_THE_TEST
    for language, words in zip(("nb", "nn", "en"), TOLD[name], strict=True):
        result = REFUSALS[name](wps, world, ("--lang", language))
        assert result.code == REFUSED
        assert words in result.err
        assert "Traceback" not in result.err
        assert result.out == ""
    assert (contents(world.ud), contents(world.fd)) == before
    assert {path.name for path in world.folder.iterdir()} <= files, "a half-written file was left behind"


def test_a_refused_file_is_told_in_json_by_its_kind(wps: CommandLine, world: World) -> None:
    result = wps("import", truncated(world), "--store", world.ud, "--json")
    assert result.code == REFUSED
    (told,) = json.loads(result.out)
    assert (told["result"], told["error"]) == ("refused", "Truncated")


def test_a_file_that_is_there_is_never_written_over(wps: CommandLine, world: World) -> None:
    there = world.folder / "Møte på Ås.txt"
    for command in (("export", there, "--store", world.fd), ("trust", "export", there, "--store", world.ud)):
        result = wps(*command)
        assert (result.code, "Det finnes allerede en fil" in result.err) == (REFUSED, True)
    assert there.read_text(encoding="utf-8") == "Referat"


def test_a_desk_is_not_made_with_a_short_passphrase(
    wps: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WPSDESK_PASSPHRASE", "kort")
    result = wps("desk", "create", "--store", tmp_path / "ny.wpsdesk", "--unit", "FD")
    assert result.code == REFUSED
    assert "for kort" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_desk_is_not_made_over_another(wps: CommandLine, world: World) -> None:
    before = contents(world.fd)
    result = wps("desk", "create", "--store", world.fd, "--unit", "JD")
    assert result.code == REFUSED
    assert contents(world.fd) == before
