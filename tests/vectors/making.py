"""Makes the test vectors of the present format: ``python -m tests.vectors.making``.

A vector is made once, when a format is new, and is never made again: it stands for the files that lie in archives.
The keys beside it were made for it, and nobody trusts them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bundle.setting import MINUTES, PHOTO, Party, Setting, make_setting
from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.files import write_file
from wpsdesk.bundle.model import FORMAT
from wpsdesk.trust.anchors import trust_to_json
from wpsdesk.trust.certificates import certificates_to_json

FOLDER: Final = Path(__file__).parent


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


if __name__ == "__main__":
    make(FOLDER / FORMAT.replace("/", "-"), make_setting())
