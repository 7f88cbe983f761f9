"""Trust by voice at the command line: digits, people, lost keys, keys kept apart, and signers who wait."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wpsdesk.cli.main import DONE, REFUSED

from .conftest import CommandLine, Done, World

WORDS = "egne ord for Ola alene"


def done(result: Done) -> Done:
    assert result.code == DONE, result.err
    return result


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "ord.txt"
    path.write_text(WORDS + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_new_command_speaks_every_language(wps: CommandLine, world: World, words: Path, language: str) -> None:
    out, ud, fd = world.folder, world.ud, world.fd
    own, key = ("--person-passphrase-file", words), ("--key-passphrase-file", words)
    commands: list[tuple[object, ...]] = [
        ("enrol", "digits", "--store", fd),
        ("enrol", "digits", "--store", ud),
        ("person", "add", "Ola Godkjenner", out / "ola.asice", *own, "--store", fd),
        ("enrol", "show", out / "ola.asice", "--store", ud),
        ("enrol", "approve", out / "ola.asice", out / "ola.asice.cms", "--compared", "--store", ud),
        ("enrol", "load", out / "ola.asice.cms", "--store", fd),
        ("person", "list", "--store", fd),
        ("person", "renew", "Ola Godkjenner", out / "ola-2.asice", *own, "--store", fd),
        ("enrol", "approve", out / "ola-2.asice", out / "ola-2.asice.cms", "--store", ud),
        ("export", out / "by-ola.asice.cms", "--signer", "Ola Godkjenner", "--signer-passphrase-file", words,
         "--store", fd),
        ("import", out / "by-ola.asice.cms", "--store", ud),
        ("person", "passphrase", "Ola Godkjenner", *own, "--new-passphrase-file", words, "--store", fd),
        ("person", "remove", "Ola Godkjenner", "--store", fd),
        ("person", "list", "--store", fd),
        ("enrol", "list", "--store", ud),
        ("enrol", "request", out / "replacement.asice", "--purpose", "replacement", "--store", fd),
        ("enrol", "show", out / "replacement.asice", "--store", ud),
        ("enrol", "approve", out / "replacement.asice", out / "new.asice.cms", "--compared", "--store", ud),
        ("inbox", "--waiting", "--store", ud),
        ("authority", "info", "--store", ud),
        ("authority", "new-issuer", "--store", ud),
        ("authority", "keep-root", out / "root.wpskey", *key, "--store", ud),
        ("authority", "renew-root-list", "--root-key", out / "root.wpskey", *key, "--store", ud),
        ("authority", "new-issuer", "--root-key", out / "root.wpskey", *key, "--reason", "key-compromise",
         "--store", ud),
        ("desk", "recovery-key", out / "ud.wpskey", *key, "--store", ud),
        ("desk", "recover", out / "ud.wpskey", out / "by-ola.asice.cms", out / "by-ola.asice", *key),
        ("waiting", "take", "--store", ud),
    ]  # fmt: skip
    for command in commands:
        result = wps("--lang", language, *command)
        assert result.code == DONE, (command, result.err)
        assert result.out.strip(), command
        assert not {"{", "}"} & set(result.out + result.err), command


def test_the_digits_that_were_heard_are_checked_and_a_script_that_heard_none_is_told_so(
    wps: CommandLine, world: World, words: Path
) -> None:
    asked = done(
        wps("person", "add", "Ola", world.folder / "ola.asice", "--person-passphrase-file", words, "--store", world.fd,
            "--json")
    )  # fmt: skip
    out = world.folder / "ola.asice.cms"
    unheard = world.folder / "unheard.asice.cms"
    result = wps("enrol", "approve", world.folder / "ola.asice", unheard, "--store", world.ud)
    assert result.code == DONE
    assert asked.member("fingerprint") in result.err
    assert "Ingen har sammenlignet dem" in result.err
    wrong = wps("enrol", "approve", world.folder / "ola.asice", out, "--fingerprint", "1" * 40, "--store", world.ud)
    assert wrong.code == REFUSED
    right = ("--fingerprint", str(asked.member("fingerprint")).replace(" ", "-"))
    given = json.loads(
        done(wps("enrol", "approve", world.folder / "ola.asice", out, *right, "--store", world.ud, "--json")).out
    )
    assert (given["person"], given["purpose"], given["was_compared"], given["revoked"]) == ("Ola", "new", True, 0)


def test_a_renewal_is_approved_without_anybody_on_the_telephone(wps: CommandLine, world: World) -> None:
    done(wps("enrol", "request", world.folder / "renewal.asice", "--store", world.fd))
    shown = json.loads(done(wps("enrol", "show", world.folder / "renewal.asice", "--store", world.ud, "--json")).out)
    assert (shown["purpose"], shown["is_vouched_for"], shown["revokes"]) == ("renewal", True, 0)
    out = world.folder / "renewed.asice.cms"
    given = done(wps("enrol", "approve", world.folder / "renewal.asice", out, "--store", world.ud, "--json"))
    assert given.member("was_compared") is False
    done(wps("enrol", "load", out, "--store", world.fd))


def test_a_report_by_an_unknown_signer_is_listed_apart_and_can_be_thrown_away(wps: CommandLine, world: World) -> None:
    result = wps("import", world.unknown_signer, "--store", world.ud, "--json")
    (told,) = json.loads(result.out)
    assert result.code == REFUSED
    assert (told["result"], told["error"]) == ("refused", "SignerWaits")
    assert json.loads(done(wps("inbox", "--store", world.ud, "--json")).out) == []
    (one,) = json.loads(done(wps("inbox", "--waiting", "--store", world.ud, "--json")).out)
    assert (one["unit"], one["seq"], one["has_request"]) == ("FD", 1, False)
    assert one["number"][:12] in done(wps("inbox", "--waiting", "--store", world.ud)).out
    assert json.loads(done(wps("waiting", "take", "--store", world.ud, "--json")).out) == []
    assert wps("waiting", "drop", "0123", "--store", world.ud).code == REFUSED
    done(wps("waiting", "drop", one["number"][:8], "--store", world.ud))
    assert json.loads(done(wps("inbox", "--waiting", "--store", world.ud, "--json")).out) == []


def test_a_desk_without_a_certificate_sends_report_and_request_in_one(
    wps: CommandLine, world: World, tmp_path: Path
) -> None:
    jd, answers = tmp_path / "jd.wpsdesk", tmp_path / "svar.json"
    done(wps("desk", "create", "--unit", "JD", "--store", jd))
    done(wps("call", "load", world.call, "--store", jd))
    example = json.loads(done(wps("fill", "--example", "--store", jd)).out)
    answers.write_text(json.dumps(example), encoding="utf-8")
    done(wps("fill", answers, "--store", jd))
    out = tmp_path / "first.asice.cms"
    refused = wps("export", out, "--store", jd)
    assert refused.code == REFUSED
    sent = json.loads(done(wps("export", out, "--ask-as", "Kari Test", "--store", jd, "--json")).out)
    assert wps("import", out, "--store", world.ud).code == REFUSED
    (one,) = json.loads(done(wps("inbox", "--waiting", "--store", world.ud, "--json")).out)
    assert one["fingerprint"] == sent["fingerprint"]
    given = json.loads(
        done(
            wps("waiting", "approve", one["number"], tmp_path / "jd.asice.cms", "--fingerprint", sent["fingerprint"],
                "--store", world.ud, "--json")
        ).out
    )  # fmt: skip
    assert [each["refused"] for each in given["admitted"]] == [None]
    (row,) = json.loads(done(wps("inbox", "--store", world.ud, "--json")).out)
    assert (row["unit"], row["seq"]) == ("JD", 1)
    done(wps("enrol", "load", tmp_path / "jd.asice.cms", "--store", jd))
    done(wps("export", tmp_path / "second.asice.cms", "--store", jd))
