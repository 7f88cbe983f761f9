"""What was written and who may read it, as JSON and back."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.members import Json, day_text, line_or_nothing, without_nothing
from wpsdesk.report.model import EMPTY, NARRATIVE, OPEN, Access, AccessScope, LegalBasis, Passage

MAX_PASSAGE: Final = 20_000  # characters; some eight pages


def passage_to_json(passage: Passage) -> Json | None:
    """``{"text", "language"}``; None where nothing is written."""
    # The language of an empty passage is the writer's choice for what is to come; it says nothing yet.
    return {"text": passage.text, "language": passage.language} if passage.text else None


def language_from(reader: Reader) -> LanguageCode:
    """One of nb, nn and en. Raises Malformed."""
    word = reader.value
    if word not in ("nb", "nn", "en"):
        reader.line(at_most=10)
        raise reader.fail("not-allowed")
    return word


def passage_from(reader: Reader) -> Passage:
    """``{"text", "language"}``. Raises Malformed."""
    found = Passage(
        text=reader.get("text").text(at_most=MAX_PASSAGE),
        language=reader.default("language", language_from, "nb"),
    )
    reader.done()
    return found if found.text else EMPTY


def access_to_json(access: Access) -> Json | None:
    """The restriction; None where everybody may read."""
    if access == OPEN:
        return None
    return {
        "scope": access.scope,
        **without_nothing(
            basis=access.basis,
            basis_text=access.basis_text,
            reason=access.reason,
            wider_access_considered=access.wider_access_considered,
            wider_access_refusal=access.wider_access_refusal,
            delayed_until=day_text(access.delayed_until),
            ends_on=day_text(access.ends_on),
            public={field: passage_to_json(p) for field, p in access.public if p.text},
        ),
    }


def access_from(reader: Reader) -> Access:
    """An untrusted restriction. Raises Malformed."""
    found = Access(
        scope=reader.get("scope").choice(AccessScope),
        basis=reader.maybe("basis", lambda r: r.choice(LegalBasis)),
        basis_text=line_or_nothing(reader, "basis_text"),
        reason=reader.default("reason", lambda r: r.text(at_most=2000), ""),
        wider_access_considered=reader.default("wider_access_considered", Reader.flag, False),
        wider_access_refusal=reader.default("wider_access_refusal", lambda r: r.text(at_most=2000), ""),
        delayed_until=reader.maybe("delayed_until", Reader.date),
        ends_on=reader.maybe("ends_on", Reader.date),
        public=reader.default("public", _public_from, ()),
    )
    reader.done()
    return found


def _public_from(reader: Reader) -> tuple[tuple[str, Passage], ...]:
    names = reader.names()
    for name in names:
        if name not in NARRATIVE:
            raise reader.get(name).fail("unknown-member")
    return tuple((name, passage_from(reader.get(name))) for name in NARRATIVE if name in names)
