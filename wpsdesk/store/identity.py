"""Whose desk this is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import EditionId
from wpsdesk.plan.model import LanguageCode, Unit
from wpsdesk.report.call import unit_from, unit_to_json
from wpsdesk.report.passages import language_from
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.transaction import Tx

_KIND: Final = "identity"
_LIMIT: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The unit whose desk it is, and what was chosen when the desk was made."""

    unit: Unit
    is_authority: bool  # UD's desk: issues certificates, calls and compiles
    edition: EditionId
    language: LanguageCode
    created: datetime  # UTC


def write_identity(tx: Tx, identity: Identity) -> None:
    """Keep ``identity``, instead of the one there was."""
    value = {
        "unit": unit_to_json(identity.unit),
        "is_authority": identity.is_authority,
        "edition": identity.edition,
        "language": identity.language,
        "created": rfc3339(identity.created),
    }
    put_document(tx, _KIND, "", canonical_json(value))


def read_identity(tx: Tx) -> Identity | None:
    """The identity, or None where the desk's making was broken off. Raises Malformed."""
    data = document(tx, _KIND, "")
    if data is None:
        return None
    reader = load_json(data, limit=_LIMIT)
    unit = reader.get("unit")
    found = Identity(
        unit=unit_from(unit),
        is_authority=reader.get("is_authority").flag(),
        edition=EditionId(reader.get("edition").line(at_most=40)),
        language=language_from(reader.get("language")),
        created=reader.get("created").time(),
    )
    unit.done()
    reader.done()
    return found
