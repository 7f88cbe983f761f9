"""The parties of the wrong vectors, kept with their keys, so that one more vector can be made for the same desks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bundle.setting import Party, Setting
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.files import write_file
from wpsdesk.plan.loading import load_plan
from wpsdesk.trust.anchors import trust_from, trust_to_json
from wpsdesk.trust.authority import Authority
from wpsdesk.trust.certificates import Certificate, certificates_from, certificates_to_json
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.enrolment import request_from, request_to_json
from wpsdesk.trust.keys import UnitKeys

FILE: Final = "setting.json"
_LIMIT: Final = 1 << 20


def write_setting(folder: Path, setting: Setting) -> None:
    """Everybody's keys: nobody trusts them."""
    told = {
        "authority": base64_text(setting.authority.to_bytes()),
        "trust": trust_to_json(setting.trust),
        "strange_trust": trust_to_json(setting.strange_trust),
        **{name: _party_to_json(getattr(setting, name)) for name in ("ud", "amman", "stranger")},
    }
    write_file(folder / FILE, canonical_json(told))


def read_setting(folder: Path) -> Setting:
    """The reverse."""
    reader = load_json((folder / FILE).read_bytes(), limit=_LIMIT)
    return Setting(
        plan=load_plan(),
        authority=Authority.from_bytes(der_from(reader.get("authority"))),
        trust=trust_from(reader.get("trust")),
        strange_trust=trust_from(reader.get("strange_trust")),
        ud=_party_from(reader.get("ud")),
        amman=_party_from(reader.get("amman")),
        stranger=_party_from(reader.get("stranger")),
    )


def _party_to_json(party: Party) -> dict[str, object]:
    return {
        "keys": base64_text(party.keys.to_bytes()),
        "request": request_to_json(party.request),
        "certificates": certificates_to_json(party.certificates),
        "chain": [base64_text(each.der) for each in party.chain],
    }


def _party_from(reader: Reader) -> Party:
    request = request_from(reader.get("request"))
    return Party(
        unit=request.unit,
        keys=UnitKeys.from_bytes(der_from(reader.get("keys"))),
        request=request,
        certificates=certificates_from(reader.get("certificates")),
        chain=tuple(Certificate.from_der(der) for der in reader.get("chain").tuple_of(der_from, at_most=9)),
    )
