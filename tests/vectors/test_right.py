"""A file of each kind and variant, as desks wrote it in one year, is still read and says what it said."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.kit import PASSPHRASE, YEAR, WoundClock, answer
from tests.vectors.making import RIGHT, STORES, make_right
from tests.vectors.telling import told_of
from wpsdesk.base.clock import from_rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.bundle.opening import OpeningKey
from wpsdesk.bundle.parts import PARITY
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.desk.answers.drafting import entry
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.store.backup import restore_store
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.trust.anchors import TrustSet, trust_from
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.der import der_from
from wpsdesk.trust.keys import PrivateKey

VARIANTS = {
    "enrolment": ("", "-renewal", "-person", "-bought"),
    "call": ("", "-amended", "-new-issuer"),
    "submission": (
        "-with-enrolment", "-with-evidence", "-delta", "-signed-person", "-signed-bought",
    ),
    "reply": ("-certificate", "-person", "-bought", "-receipt", "-verdicts", "-missing", "-give-back"),
    "handover": ("",),
}  # fmt: skip


@cache
def facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RIGHT / "facts.json").read_bytes())
    return found


@cache
def judged_by() -> tuple[tuple[OpeningKey, ...], TrustSet, datetime]:
    found = load_json((RIGHT / "keys.json").read_bytes(), limit=1 << 20)
    keys = found.tuple_of(_key_from, at_most=100)
    trust = trust_from(load_json((RIGHT / "trust.json").read_bytes(), limit=1 << 20))
    return keys, trust, from_rfc3339(facts()["at"])


def _key_from(reader: Reader) -> OpeningKey:
    certificate = reader.maybe("certificate", lambda r: Certificate.from_der(der_from(r)))
    return OpeningKey(key=PrivateKey.from_bytes(der_from(reader.get("key"))), certificate=certificate)


def test_there_is_a_file_of_every_kind_and_variant() -> None:
    names = {path.name.split(".")[0] for path in RIGHT.iterdir() if path.suffix in (".asice", ".cms")}
    assert names == {f"{kind}{variant}" for kind, variants in VARIANTS.items() for variant in variants}
    assert {f"part-{number}.wpspart" for number in range(4)} <= {path.name for path in RIGHT.iterdir()}


@pytest.mark.parametrize("name", sorted(facts()["files"]))
def test_what_was_written_is_still_read_and_says_what_it_said(name: str) -> None:
    keys, trust, at = judged_by()
    assert json.loads(json.dumps(told_of(RIGHT / name, keys, trust, at))) == facts()["files"][name]


def test_the_files_are_what_their_names_say() -> None:
    told = facts()["files"]
    bundles = {name: each for name, each in told.items() if "kind" in each}
    assert all(name.startswith(each["kind"]) for name, each in bundles.items())
    assert all(each["payload_sha256"] == each["payload_again"] for each in bundles.values())
    assert [name for name, each in bundles.items() if each["payload"] == "delta.json"] == ["submission-delta.asice.cms"]
    assert {name: each["person"] for name, each in bundles.items() if each["is_trusted"] and each["person"]} == {
        "submission-signed-person.asice.cms": "Ola Godkjenner",
        "submission-signed-bought.asice.cms": "Per Kjøper",
    }
    assert {name for name, each in bundles.items() if each["key"] == "rsa"} == {
        "enrolment-bought.asice", "submission-signed-bought.asice.cms",
    }  # fmt: skip
    assert {name for name, each in bundles.items() if not each["is_trusted"]} == {
        "enrolment.asice", "enrolment-person.asice", "enrolment-bought.asice", "submission-with-enrolment.asice.cms",
    }  # fmt: skip


def test_the_parts_and_the_one_for_any_other_are_one_set() -> None:
    data = {}
    for path in sorted(RIGHT.glob("*.wpspart")):
        with open_part(path) as part:
            data[part.number] = b"".join(part.data())
            size, count = part.index.parity_size, part.index.count
    assert sorted(data) == [PARITY, *range(1, count + 1)]
    mixed = bytes(size)
    for number in range(1, count + 1):
        padded = data[number].ljust(size, b"\0")
        mixed = bytes(a ^ b for a, b in zip(mixed, padded, strict=True))
    assert mixed == data[PARITY]


@pytest.mark.parametrize("path", sorted(STORES.iterdir()), ids=lambda path: path.name)
def test_a_backup_of_an_earlier_store_is_restored_and_goes_on_as_the_newest(path: Path, tmp_path: Path) -> None:
    restored = tmp_path / "desk.wpsdesk"
    restore_store(path, restored, PASSPHRASE)
    desk = open_desk(restored, PASSPHRASE, clock=WoundClock())
    try:
        with desk.store.read() as tx:
            assert tx.run(text("PRAGMA user_version")).scalar_one() == len(MIGRATIONS)
        assert entry(desk, YEAR, answer(1).key).effort == answer(1).effort
    finally:
        close_desk(desk)


def test_the_year_can_still_be_played(tmp_path: Path) -> None:
    make_right(tmp_path / "right")
    told = json.loads((tmp_path / "right" / "facts.json").read_bytes())
    assert set(told["files"]) == set(facts()["files"])
    with pytest.raises(FileExistsError):
        make_right(tmp_path / "right")
