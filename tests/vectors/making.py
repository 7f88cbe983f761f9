"""Makes the test vectors that are not there yet: ``python -m tests.vectors.making``.

A vector is made once, when a format or a way of being wrong is new, and is never made again: it stands for the files
that lie in archives. The keys beside it were made for it, and nobody trusts them. Keys and signatures are random, so
no vector could be made twice.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.bundle.setting import MINUTES, NOW, PHOTO, Party, Setting, make_setting
from tests.vectors import spoiling, spoiling_documents
from tests.vectors.playing import backup_of_version, play
from tests.vectors.setting import read_setting, write_setting
from tests.vectors.spoiling import Room, Spoilt
from tests.vectors.telling import told_of
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.files import write_file
from wpsdesk.bundle.model import FORMAT
from wpsdesk.bundle.opening import OpeningKey
from wpsdesk.trust.anchors import TrustSet, trust_to_json
from wpsdesk.trust.authority import Reason, Revoked, revocation_lists
from wpsdesk.trust.certificates import certificates_to_json
from wpsdesk.trust.der import base64_text

FOLDER: Final = Path(__file__).parent
FIRST: Final = FOLDER / FORMAT.replace("/", "-")
RIGHT: Final = FOLDER / "right"
WRONG: Final = FOLDER / "wrong"
STORES: Final = FOLDER / "stores"


def make(folder: Path, setting: Setting) -> None:
    """One bundle of each kind, what opens and verifies them, and what they must turn out to be."""
    folder.mkdir()
    facts = {}
    for name, payload in (
        ("enrolment.asice", setting.request),
        ("call.asice", setting.call),
        ("submission.asice.cms", setting.report),
        ("reply.asice.cms", setting.reply),
    ):
        attachments = (PHOTO, MINUTES) if name.startswith("submission") else ()
        written = setting.write(folder / name, payload, *attachments, new_id=None)
        facts[name] = {
            "id": written.header.id,
            "kind": written.header.kind,
            "sha256": written.digest,
            "members": {member: sha256(data) for member, data in written.members},
            "files": {file.name: file.digest for file in written.header.files},
        }
    write_file(folder / "facts.json", canonical_json(facts))
    write_file(folder / "trust.json", canonical_json(trust_to_json(setting.trust)))
    for party in (setting.ud, setting.amman):
        _write_keys(folder, party)


def _write_keys(folder: Path, party: Party) -> None:
    write_file(folder / f"{party.unit.lower()}-keys.json", party.keys.to_bytes())
    certificates = canonical_json(certificates_to_json(party.certificates))
    write_file(folder / f"{party.unit.lower()}-certificates.json", certificates)


# -- a file of each kind and variant -----------------------------------------------------------------------------


def make_right(folder: Path) -> None:
    """What desks write in a year, all keys that open it, and the trust that it is judged by at its end."""
    folder.mkdir()
    with tempfile.TemporaryDirectory() as room:
        played = play(Path(room) / "played")
        told = {path.name: told_of(path, played.keys, played.trust, played.at) for path in played.files}
        for path in played.files:
            shutil.copy(path, folder / path.name)
    write_file(folder / "keys.json", canonical_json([_key_to_json(key) for key in played.keys]))
    write_file(folder / "trust.json", canonical_json(trust_to_json(played.trust)))
    facts = {"at": rfc3339(played.at), "files": told}
    write_file(folder / "facts.json", json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n")


def _key_to_json(key: OpeningKey) -> dict[str, object]:
    certificate = key.certificate
    return {
        "key": base64_text(key.key.to_bytes()),
        "certificate": None if certificate is None else base64_text(certificate.der),
    }


# -- one file for each way of being wrong ------------------------------------------------------------------------


def make_wrong(folder: Path, ways: Iterable[Spoilt] = (*spoiling.BUNDLES, *spoiling_documents.ALL)) -> list[str]:
    """The files of ``ways`` that are not there yet, and in ``facts.json`` how each is refused; the names of the new."""
    if not folder.exists():
        _make_setting(folder)
    known = folder / "facts.json"
    facts = json.loads(known.read_bytes()) if known.exists() else {}
    made: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        room = Room(read_setting(folder), Path(scratch))
        for way in ways:
            if way.name in facts:
                continue
            (folder / way.name).write_bytes(way.make(room))
            facts[way.name] = way.facts
            made.append(way.name)
    if made:
        known.unlink(missing_ok=True)
        write_file(known, json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return made


def _make_setting(folder: Path) -> None:
    folder.mkdir()
    setting = make_setting()
    write_setting(folder, setting)
    for name, trust in _judges(setting).items():
        write_file(folder / f"{name}.json", canonical_json(trust_to_json(trust)))


def _judges(setting: Setting) -> dict[str, TrustSet]:
    """The trust of who looks at a bundle, in every state that it can be in."""
    authority, trust = setting.authority, setting.trust
    serial = setting.amman.certificates.signing.serial
    revoked = (Revoked(serial=serial, when=NOW, reason=Reason.KEY_COMPROMISE),)
    return {
        "trust": trust,
        "trust-revoked": authority.trust(revocation_lists(authority, revoked, 2, NOW)),
        "trust-no-list": authority.trust(tuple(each for each in trust.lists if each.is_by(trust.root))),
        "trust-not-begun": authority.trust(revocation_lists(authority, (), 2, NOW.replace(month=5))),
    }


def main() -> None:
    """Make whatever is not there."""
    if not FIRST.exists():
        make(FIRST, make_setting())
    if not RIGHT.exists():
        make_right(RIGHT)
    for name in make_wrong(WRONG):
        print(name)
    STORES.mkdir(exist_ok=True)
    for version in (2, 3):
        backup = STORES / f"version-{version}.wpsbackup"
        if not backup.exists():
            with tempfile.TemporaryDirectory() as scratch:
                backup_of_version(version, Path(scratch) / backup.name)
                shutil.copy(Path(scratch) / backup.name, backup)


if __name__ == "__main__":
    main()
