"""``wpsdesk desk backup, backups, rekey, recovery-code, wipe``, as a script uses them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from wpsdesk.__main__ import main
from wpsdesk.store.keyfile import keys_path, read_keys, unlock
from wpsdesk.store.sqlcipher import connect

OLD, NEW = "blåbær på tunet i Åmot", "tyttebær i skogen ved elva"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("WPSDESK_LANG", "nb")
    monkeypatch.setenv("WPSDESK_PASSPHRASE", OLD)
    (tmp_path / "new.txt").write_text(NEW + "\n", encoding="utf-8")
    path = tmp_path / "fd.wpsdesk"
    assert main(["desk", "create", "--unit", "FD", "--store", str(path)]) == 0
    capsys.readouterr()
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert main([*map(str, arguments), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_backups_are_made_in_a_folder_and_listed(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(capsys, "desk", "backup", "--folder", tmp_path, "--store", desk)
    assert Path(str(made["backup"])).name.startswith("fd-20")
    found = told(capsys, "desk", "backups", "--store", desk)
    assert [row["path"] for row in found["backups"]] == [made["backup"]]  # type: ignore[attr-defined]
    assert main(["desk", "backups", "--store", str(desk)]) == 0
    assert str(made["backup"]) in capsys.readouterr().out
    assert main(["desk", "backup", "--folder", str(tmp_path / "stick"), "--store", str(desk)]) == 1
    assert "minnepinne" in capsys.readouterr().err
    assert main(["desk", "backup", "--store", str(desk)]) == 2


@pytest.mark.parametrize("whole", [False, True], ids=["words", "whole"])
def test_the_passphrase_is_changed(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    extra = ["--whole"] if whole else []
    found = told(capsys, "desk", "rekey", "--new-passphrase-file", tmp_path / "new.txt", "--store", desk, *extra)
    assert (found["recovery_code"] is not None) is whole
    assert main(["desk", "info", "--store", str(desk)]) == 1
    monkeypatch.setenv("WPSDESK_PASSPHRASE", NEW)
    assert main(["desk", "info", "--store", str(desk)]) == 0
    if whole:
        monkeypatch.setenv("WPSDESK_PASSPHRASE", str(found["recovery_code"]))
        assert main(["desk", "info", "--store", str(desk)]) == 0


def test_a_new_recovery_code_opens_the_desk(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(capsys, "desk", "recovery-code", "--new", "--store", desk)["recovery_code"]
    second = told(capsys, "desk", "recovery-code", "--new", "--store", desk)["recovery_code"]
    for code, exit_code in ((first, 1), (second, 0)):
        monkeypatch.setenv("WPSDESK_PASSPHRASE", str(code))
        assert main(["desk", "info", "--store", str(desk)]) == exit_code


def test_a_wipe_wants_the_name_and_no_passphrase(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(capsys, "desk", "backup", tmp_path / "copy.wpsbackup", "--store", desk)
    monkeypatch.delenv("WPSDESK_PASSPHRASE")
    assert main(["desk", "wipe", "--store", str(desk)]) == 2
    assert main(["desk", "wipe", "--store", str(desk), "--yes-wipe", "ja"]) == 1
    assert desk.exists()
    capsys.readouterr()
    assert main(["desk", "wipe", "--store", str(desk), "--yes-wipe", "fd"]) == 0
    assert str(tmp_path / "copy.wpsbackup") in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("fd")] == []
    assert main(["desk", "wipe", "--store", str(desk), "--yes-wipe", "fd"]) == 1


def test_a_damaged_desk_is_made_anew_and_what_is_missing_is_told(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = unlock(read_keys(keys_path(desk)), OLD, desk)
    with closing(connect(desk, key)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()
    data = bytearray(desk.read_bytes())
    data[(page - 1) * 16384 + 16000] ^= 1
    desk.write_bytes(data)
    repaired = tmp_path / "ny.wpsdesk"
    assert main(["desk", "repair", str(desk), "--store", str(repaired)]) == 0
    assert "Linjer i journalen, 1 sted\n" in capsys.readouterr().out
    assert desk.read_bytes() == data
    again = told(capsys, "desk", "repair", desk, "--store", tmp_path / "ny2.wpsdesk", "--unit", "FD")
    assert again["lost"] == [{"what": "journal", "name": "", "places": 1}]
    assert again["recovery_code"]
    assert told(capsys, "desk", "info", "--store", tmp_path / "ny2.wpsdesk")["unit"] == "FD"
