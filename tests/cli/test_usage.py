"""Wrong usage is told in the person's language with exit code 2, and the language is chosen the same way everywhere."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, World
from tests.kit import PASSPHRASE
from wpsdesk.assets import own_version
from wpsdesk.cli.arguments import ARGPARSE
from wpsdesk.cli.language import language_of
from wpsdesk.cli.main import DONE, GROUPS, REFUSED, WRONG_USAGE, groups_for, main, parser
from wpsdesk.i18n import catalogue
from wpsdesk.settings import Settings, save_settings

# What argparse says to a programmer, and of things that this command line does not have.
NOT_FOR_A_PERSON = {
    "%(heading)s:",
    " (default: %(default)s)",
    "cannot have multiple subparser arguments",
    "mutually exclusive arguments must be optional",
    ".__call__() not defined",
}

TO_A_PROGRAMMER = re.compile(
    "option string|invalid conflict|not callable|positionals|conflicting|nargs|dest=|cannot merge|with mode|"
    "is deprecated|warning"
)


def strings_of_argparse() -> set[str]:
    """Every text that the argparse of this Python hands to gettext."""
    tree = ast.parse(inspect.getsource(argparse))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_sentence_of_this_pythons_argparse_is_translated() -> None:
    met = {text for text in strings_of_argparse() - NOT_FOR_A_PERSON if not TO_A_PROGRAMMER.search(text)}
    assert len(met) > 10
    assert met <= set(ARGPARSE), met - set(ARGPARSE)
    for language in ("nb", "nn"):
        say = catalogue(language)
        assert [text for text in met if say(text) == text and text != "argument %(argument_name)s: %(message)s"] == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_translated_sentence_of_argparse_keeps_its_places(language: str) -> None:
    for text in ARGPARSE:
        told = catalogue(language)(text)
        assert re.findall(r"%\(?\w*\)?[sr]", told) == re.findall(r"%\(?\w*\)?[sr]", text)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("tull",), "ugyldig valg: 'tull'"),
        (("desk",), "disse argumentene mangler: KOMMANDO"),
        (("inbox",), "disse argumentene mangler: --store"),
        (("import", "--store", "x"), "disse argumentene mangler: FIL"),
        (("inbox", "--store"), "argument --store: en verdi mangler"),
        (("plan", "--tull"), "ukjente argumenter: --tull"),
        (("plan", "--js"), "ukjente argumenter: --js"),
        (("call", "create", "--store", "x", "--year", "2026", "--deadline", "1. mars"), "ikke en dato på formen"),
        (("call", "create", "--store", "x", "--year", "2026", "--deadline", "20270301"), "ikke en dato på formen"),
        (("call", "create", "--store", "x", "--year", "26", "--deadline", "2027-03-01"), "ikke et heltall"),
        (("attach", "--store", "x", "--commitment", "-1", "y"), "--commitment"),
        (("compile", "--store", "x", "--year", "2026", "--out", "y", "--lang", "sv"), "ugyldig valg: 'sv'"),
        (("compile", "--store", "x", "--year", "2026", "--out", "y", "--format", "odt"), "finnes ingen filtype «odt»"),
        (("fill",), "oppgi en fil med svar og --store, eller --example"),
        (("desk", "create", "--store", "x", "--unit", "NAIR"), "NAIR står ikke i planen: oppgi --kind og --name"),
        (("desk", "create", "--store", "x", "--unit", "FD", "--name", "Noe"), "FD står i planen"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_is_told_in_norwegian(wps: CommandLine, command: tuple[str, ...], told: str) -> None:
    result = wps(*command)
    assert result.code == WRONG_USAGE
    assert told in result.err
    assert "feil: " in result.err
    assert result.out == ""


def test_wrong_usage_is_told_in_the_language_asked_for(wps: CommandLine) -> None:
    assert "desse argumenta manglar: --store" in wps("inbox", "--lang", "nn").err
    assert "the following arguments are required: --store" in wps("--lang", "en", "inbox").err


@pytest.mark.parametrize(("language", "words"), [("nb", "kommandoer"), ("nn", "kommandoar"), ("en", "commands")])
def test_help_is_in_the_language_asked_for(wps: CommandLine, language: str, words: str) -> None:
    result = wps("--lang", language, "--help")
    assert result.code == DONE
    assert words in result.out


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize(
    "command",
    [
        "plan", "desk create", "desk info", "desk backup", "desk restore", "call create", "call load", "enrol request",
        "enrol approve", "enrol load", "enrol revoke", "enrol show", "enrol list", "enrol digits", "person add",
        "person renew", "person list", "person passphrase", "person remove", "authority info", "authority keep-root",
        "authority new-issuer", "authority renew-root-list", "desk recovery-key", "desk recover", "waiting approve",
        "waiting take", "waiting drop", "fill", "attach", "check", "pseudonym add", "pseudonym remove",
        "pseudonym list", "pseudonym show", "pseudonym replace", "pseudonym undo", "export", "verify", "open",
        "trust export", "import", "inbox", "coverage", "reply", "compile", "demo",
    ],
)  # fmt: skip
def test_every_command_has_its_help_in_norwegian(wps: CommandLine, command: str, language: str) -> None:
    result = wps("--lang", language, *command.split(), "--help")
    assert result.code == DONE
    assert result.out.startswith("bruk: wpsdesk")
    assert not re.search(r"(?<![-\w])(the|of|and|with|what|who)(?![-\w])", result.out), "English in a Norwegian help"


def test_the_language_is_the_one_asked_for_then_the_environments_then_the_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert language_of(["plan"]) == "nb"
    save_settings(Settings(language="nn"))
    assert language_of(["plan"]) == "nn"
    monkeypatch.setenv("WPSDESK_LANG", "en")
    assert language_of(["plan"]) == "en"
    assert language_of(["plan", "--lang", "nb"]) == "nb"
    assert language_of(["--lang=nb", "plan"]) == "nb"


def test_after_compile_the_language_is_the_reports() -> None:
    assert language_of(["compile", "--lang", "en"]) == "nb"
    assert language_of(["--lang", "nn", "compile", "--lang", "en"]) == "nn"


# -- the passphrase ------------------------------------------------------------------------------


def test_without_a_passphrase_and_without_a_person_it_is_told_where_to_give_it(
    wps: CommandLine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WPSDESK_PASSPHRASE")
    result = wps("desk", "info", "--store", world.ud)
    assert result.code == WRONG_USAGE
    assert "--passphrase-file" in result.err


def test_the_passphrase_file_goes_before_the_environment(
    wps: CommandLine, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WPSDESK_PASSPHRASE", "en helt annen frase")
    file = tmp_path / "frase.txt"
    file.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\nog en linje til\r\n")
    assert wps("desk", "info", "--store", world.ud, "--passphrase-file", file).code == DONE


@pytest.mark.parametrize(
    ("data", "code"), [(b"", WRONG_USAGE), (b"\nnederst", WRONG_USAGE), (b"\xff\xfe", REFUSED)], ids=repr
)
def test_a_passphrase_file_without_a_passphrase_is_refused(
    wps: CommandLine, world: World, tmp_path: Path, data: bytes, code: int
) -> None:
    file = tmp_path / "frase.txt"
    file.write_bytes(data)
    assert wps("desk", "info", "--store", world.ud, "--passphrase-file", file).code == code


def test_a_mission_with_two_countries_must_say_which(wps: CommandLine, world: World, tmp_path: Path) -> None:
    store = tmp_path / "pret.wpsdesk"
    described = ("--kind", "mission", "--name", "Ambassaden i Pretoria", "--covers", "ZA,MZ")
    assert wps("desk", "create", "--store", store, "--unit", "PRET", *described).code == DONE
    assert wps("call", "load", world.call, "--store", store).code == DONE
    note = world.folder / "Møte på Ås.txt"
    result = wps("attach", "--store", store, "--commitment", 5, note)
    assert result.code == WRONG_USAGE
    assert "--country (ZA og MZ)" in result.err
    assert wps("attach", "--store", store, "--commitment", 5, "--country", "mz", note).code == DONE


@pytest.mark.parametrize("text", ["NAIR", "NAIR=", "=Ambassaden", ""])
def test_a_mission_is_written_as_code_name_and_countries(wps: CommandLine, world: World, text: str) -> None:
    call = ("call", "create", "--store", world.ud, "--year", 2026, "--deadline", "2027-03-01")
    result = wps(*call, "--mission", text)
    assert result.code == WRONG_USAGE
    assert "NAIR=Ambassaden i Nairobi:SO" in result.err


def test_a_mission_may_have_a_colon_in_its_name_and_no_country(wps: CommandLine, world: World) -> None:
    call = ("call", "create", "--store", world.ud, "--year", 2026, "--deadline", "2027-03-01")
    assert wps(*call, "--mission", "ROMA=Roma: delegasjonen:").code == DONE


def test_guidance_is_a_text_or_a_file(wps: CommandLine, world: World, tmp_path: Path) -> None:
    call = ("call", "create", "--store", world.ud, "--year", 2026, "--deadline", "2027-03-01")
    assert wps(*call, "--guidance", "Skriv kort. " * 100).code == DONE
    file = tmp_path / "veiledning.txt"
    file.write_bytes("Nå på".encode("latin-1"))
    assert wps(*call, "--guidance", file).code == REFUSED
    file.write_text("Nå på UTF-8", encoding="utf-8")
    assert wps(*call, "--guidance", file).code == DONE


def test_a_fixed_clock_that_is_no_clock_is_wrong_usage(wps: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WPSDESK_NOW", "i går")
    result = wps("plan")
    assert (result.code, "WPSDESK_NOW" in result.err) == (WRONG_USAGE, True)


def test_the_digits_are_shown_and_asked_about_where_someone_is_there_to_answer(
    wps: CommandLine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, out = world.folder / "request-2.asice", world.folder / "nytt.asice.cms"
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, code in (("nei", REFUSED), ("", REFUSED), ("ja", DONE)):
        monkeypatch.setattr("builtins.input", lambda _question, answer=answer: answer)
        result = wps("enrol", "approve", request, "--store", world.ud, out)
        assert result.code == code
        assert "FD (Kari Test) spør med disse sifrene" in result.err
        assert out.exists() == (code == DONE)


def test_a_new_passphrase_is_asked_for_twice(wps: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WPSDESK_PASSPHRASE")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    store = tmp_path / "fd.wpsdesk"
    said = iter(["fem ord som er lange", "fem ord som er korte", "fem ord som er lange", "fem ord som er lange"])
    monkeypatch.setattr("getpass.getpass", lambda _question: next(said))
    result = wps("desk", "create", "--store", store, "--unit", "FD")
    assert (result.code, "ulike" in result.err, store.exists()) == (WRONG_USAGE, True, False)
    assert wps("desk", "create", "--store", store, "--unit", "FD").code == DONE


def test_leaving_a_question_unanswered_is_a_sentence(
    wps: CommandLine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(_question: str) -> str:
        raise EOFError

    monkeypatch.delenv("WPSDESK_PASSPHRASE")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", leave)
    result = wps("desk", "info", "--store", world.ud)
    assert (result.code, "Du avbrøt arbeidet." in result.err) == (REFUSED, True)


def test_the_version_is_the_one_that_stands_in_every_bundle(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == DONE
    assert capsys.readouterr().out == f"WPS Desk {own_version()}\n"
    assert own_version() != "0"


def test_every_command_is_found_in_the_module_that_is_loaded_for_it() -> None:
    say = catalogue("en")
    for name, commands in GROUPS.items():
        whole = parser(say, groups_for(commands[:1]))
        (words,) = (each.choices for each in whole._actions if isinstance(each, argparse._SubParsersAction))
        assert tuple(words) == commands, name
    assert len(groups_for(("--lang", "nn", "plan", "--json"))) == 1
    assert len(groups_for(("--help",))) == len(groups_for(("tull",))) == len(GROUPS)
