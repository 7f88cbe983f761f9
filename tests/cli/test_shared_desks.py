"""A shared desk by command: made at an address, opened by it, moved to a file and back, another officer let in."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine
from tests.kit import PASSPHRASE
from tests.kit.server import fresh_address


def test_a_shared_desk_is_made_opened_moved_and_given_to_another_officer(wps: CommandLine, tmp_path: Path) -> None:
    address = fresh_address()
    made = wps("desk", "create", "--unit", "UD", "--store", address)
    assert made.code == 0
    assert "let-in" in made.out
    assert wps("desk", "info", "--store", address, "--json").member("unit") == "UD"
    assert wps("desk", "create", "--unit", "UD", "--store", address).code == 1

    (tmp_path / "words").write_text("Olas egne lange ord\n", encoding="utf-8")
    missing = wps(
        "desk", "let-in", tmp_path / "ola", "--new-passphrase-file", tmp_path / "words", "--store", address
    )  # fmt: skip
    assert missing.code == 1
    assert "Mappen" in missing.err
    (tmp_path / "ola").mkdir()
    words = tmp_path / "words"
    let = wps(
        "desk",
        "let-in",
        tmp_path / "ola",
        "--new-passphrase-file",
        words,
        "--store",
        address,
        "--officer",
        "Ola Nordmann",
        "--json",
    )
    his = let.member("store")
    assert wps("inbox", "--store", his, "--passphrase-file", words, "--json").code == 0
    assert wps("inbox", "--store", his).code == 1, "the first officer's passphrase is not his"

    new = tmp_path / "new-words"
    new.write_text("helt nye ord til alle\n", encoding="utf-8")
    out = wps("desk", "shut-out", "--new-passphrase-file", new, "--store", address, "--json")
    assert out.member("recovery_code")
    assert wps("inbox", "--store", his, "--passphrase-file", words).code == 1, "he was shut out"
    assert wps("inbox", "--store", address).code == 1, "the old passphrase is nobody's now"
    old = tmp_path / "old-words"
    old.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    again = wps("desk", "rekey", "--new-passphrase-file", old, "--store", address, "--passphrase-file", new)
    assert again.code == 0

    backup = tmp_path / "ud.wpsbackup"
    assert wps("desk", "backup", backup, "--store", address).code == 0
    file = tmp_path / "ud.wpsdesk"
    assert wps("desk", "move", "--to", file, "--store", address, "--json").member("is_shared") is False
    refused = wps("inbox", "--store", his, "--passphrase-file", words)
    assert refused.code == 1
    assert "flyttet" in refused.err
    assert wps("desk", "move", "--to", fresh_address(), "--store", file, "--json").member("is_shared") is True
    assert wps("journal", "--store", file).code == 0
    restored = tmp_path / "restored.wpsdesk"
    assert wps("desk", "restore", backup, "--store", restored).code == 0


def test_an_address_with_a_password_is_refused_and_never_repeated(wps: CommandLine, home: Path) -> None:
    done = wps("desk", "info", "--store", "postgresql+psycopg://kari:hemmelig77@db/wps")
    assert done.code == 1
    assert "passord" in done.err
    assert "hemmelig77" not in done.out + done.err
    assert not [path for path in home.rglob("*") if path.is_file() and b"hemmelig77" in path.read_bytes()]
    assert wps("desk", "info", "--store", "postgresql+psycopg://db").code == 1
