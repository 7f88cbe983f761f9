"""Every format that was ever written is still read, and says what it said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bundle.setting import NOW, make_setting
from tests.vectors.making import FIRST, make
from wpsdesk.base.canonical import sha256
from wpsdesk.base.decoding import load_json
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.verifying import verify_bundle
from wpsdesk.plan.loading import load_plan
from wpsdesk.trust.anchors import trust_from
from wpsdesk.trust.certificates import certificates_from
from wpsdesk.trust.keys import UnitKeys

VECTORS = sorted(FIRST.glob("*.asice*"))


def keys_in(folder: Path) -> tuple[OpeningKey, ...]:
    found: list[OpeningKey] = []
    for path in sorted(folder.glob("*-keys.json")):
        keys = UnitKeys.from_bytes(path.read_bytes())
        beside = path.with_name(path.name.replace("keys", "certificates")).read_bytes()
        certificates = certificates_from(load_json(beside, limit=1 << 16))
        found.append(OpeningKey(key=keys.sealing, certificate=certificates.sealing))
        found.append(OpeningKey(key=keys.recovery, certificate=certificates.recovery))
    return tuple(found)


def test_there_is_a_vector_of_every_kind() -> None:
    assert [path.name for path in VECTORS] == [
        "call.asice", "enrolment.asice", "reply.asice.cms", "submission.asice.cms",
    ]  # fmt: skip


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_bundle_from_the_archive_is_still_read(path: Path) -> None:
    trust = trust_from(load_json((path.parent / "trust.json").read_bytes(), limit=1 << 20))
    facts = json.loads((path.parent / "facts.json").read_bytes())[path.name]
    with sealed_bundle(path) as sealed:
        opened = open_bundle(sealed, keys_in(path.parent))
        verified = verify_bundle(opened, trust, load_plan(), NOW)
        assert (verified.header.id, verified.header.kind, verified.digest) == (
            facts["id"], facts["kind"], facts["sha256"],
        )  # fmt: skip
        assert sha256(verified.payload_bytes) in facts["members"].values()
        files = {file.name: sha256(b"".join(verified.read(file.name))) for file in verified.header.files}
        assert files == facts["files"]


def test_a_vector_is_never_made_twice(tmp_path: Path) -> None:
    make(tmp_path / "new", make_setting())
    with pytest.raises(FileExistsError):
        make(tmp_path / "new", make_setting())
