"""The key file: what it holds, and what a hostile one cannot do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.store.conftest import NOW, PASSPHRASE, Made
from wpsdesk.store.errors import KeyFileDamaged, NewerStore, WrongPassphrase
from wpsdesk.store.keyfile import (
    CODE_ALPHABET,
    keys_bytes,
    keys_from,
    keys_path,
    new_recovery_code,
    read_keys,
    unlock,
)
from wpsdesk.store.opening import create_store

HERE = Path("desk.wpskeys")


def changed(made: Made, **members: object) -> bytes:
    """The key file with members of its first slot changed."""
    value = json.loads(keys_path(made.path).read_bytes())
    value["slots"][0].update(members)
    return json.dumps(value).encode()


def test_a_key_file_read_and_written_again_is_the_same(made: Made) -> None:
    data = keys_path(made.path).read_bytes()
    assert keys_bytes(keys_from(data, HERE)) == data


@pytest.mark.usefixtures("full_cost")
def test_both_ways_in_are_argon2id_with_the_parameters_recorded(tmp_path: Path) -> None:
    path = tmp_path / "dear.wpsdesk"
    store, code = create_store(path, PASSPHRASE, now=NOW)
    store.close()
    slots = json.loads(keys_path(path).read_bytes())["slots"]
    assert [slot["kind"] for slot in slots] == ["passphrase", "recovery"]
    assert {(slot["kdf"], slot["time"], slot["memory"], slot["lanes"]) for slot in slots} == {("argon2id", 3, 65536, 2)}
    assert slots[0]["salt"] != slots[1]["salt"]
    assert unlock(read_keys(keys_path(path)), PASSPHRASE, path) == unlock(read_keys(keys_path(path)), code, path)


def test_the_key_file_begins_with_the_stores_own_salt(made: Made) -> None:
    assert read_keys(keys_path(made.path)).salt == made.path.read_bytes()[:16]


@pytest.mark.parametrize(
    "members",
    [{"memory": 1 << 30}, {"memory": 1}, {"time": 0}, {"time": 10**6}, {"lanes": 0}, {"lanes": 1000},
     {"kdf": "md5"}, {"kind": "smile"}, {"salt": ""}, {"nonce": "00"}, {"wrapped": "zz"}, {"more": 1}],
    ids=str,
)  # fmt: skip
def test_a_key_file_out_of_bounds_is_refused_before_any_work(made: Made, members: dict[str, object]) -> None:
    with pytest.raises(KeyFileDamaged):
        keys_from(changed(made, **members), HERE)


@pytest.mark.parametrize("members", [{"time": 2}, {"memory": 32768}, {"lanes": 1}, {"kind": "recovery"}], ids=str)
def test_a_changed_parameter_opens_nothing(made: Made, members: dict[str, object]) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(keys_from(changed(made, **members), HERE), PASSPHRASE, made.path)


def test_a_key_file_of_a_newer_program_is_not_called_damaged(made: Made) -> None:
    data = keys_path(made.path).read_bytes().replace(b"wps-keys/1", b"wps-keys/3")
    with pytest.raises(NewerStore) as caught:
        keys_from(data, HERE)
    assert (caught.value.version, caught.value.known) == (3, 2)


def test_a_recovery_code_is_25_signs_that_cannot_be_misread() -> None:
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [5] * 5
        assert set(code) <= set(CODE_ALPHABET) | {"-"}
    assert not set("ILOU") & set(CODE_ALPHABET)
