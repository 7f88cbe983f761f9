"""UD's answer to a unit: the receipt, and for each entry whether it is accepted or returned, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import (
    BUNDLE_ID,
    COUNTRY_CODE,
    DIGEST,
    UNIT_CODE,
    BundleId,
    CountryCode,
    Digest,
    UnitCode,
    Year,
)
from wpsdesk.plan.model import LanguageCode, Plan
from wpsdesk.report.model import EntryKey
from wpsdesk.report.passages import language_from
from wpsdesk.report.records import MAX_EVIDENCE
from wpsdesk.report.references import commitment_from

FORMAT: Final = "wps-reply/1"
MAX_SEQ: Final = 99_999
MAX_SETS: Final = 100
MAX_PARTS: Final = 1_000
"""Parts of one set; no set has more."""


class Receipt(StrEnum):
    """eFormidling's receipt types."""

    OK = "OK"
    WARNING = "WARNING"
    ERROR = "ERROR"
    NOTSUPPORTED = "NOTSUPPORTED"


class Note(StrEnum):
    """What a receipt may say beside its type."""

    CERTIFICATE_ISSUED = "certificate-issued"
    SUPERSEDES = "supersedes"
    SEND_THE_WHOLE = "send-the-whole"
    GIVEN_BACK = "given-back"
    CHOSEN = "chosen"  # between two reports that went on from the same place


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which bundle the reply answers."""

    bundle: BundleId
    digest: Digest  # of the signed container
    seq: int
    received: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One entry accepted, or returned with a reason in the unit's language."""

    key: EntryKey
    is_accepted: bool
    reason: str = ""
    language: LanguageCode = "nb"
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingParts:
    """Parts of a set that have not come, by their numbers from 1."""

    set_id: Digest
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One answer on which two reports of the unit differed: from which of them, or from both, what stands is taken."""

    key: EntryKey
    sources: tuple[Digest, ...]  # of the signed containers, one or two
    seqs: tuple[int, ...]  # their numbers, which may be the same
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole answer. A reply that only carries a certificate has neither year nor ``about``."""

    unit: UnitCode
    year: Year | None
    receipt: Receipt
    about: About | None = None
    notes: tuple[Note, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    missing_parts: tuple[MissingParts, ...] = ()
    missing_evidence: tuple[Digest, ...] = ()  # named in the report that stands, and come with nothing yet
    chosen: tuple[Chosen, ...] = ()
    extended_to: date | None = None  # until when the unit has time, where that is later than the call says


def reply_to_json(reply: Reply) -> dict[str, object]:
    """The reply as a value for canonical JSON."""
    about = reply.about
    return {
        "format": FORMAT,
        "unit": reply.unit,
        "year": reply.year,
        "receipt": reply.receipt,
        "about": None
        if about is None
        else {"bundle": about.bundle, "sha256": about.digest, "seq": about.seq, "received": rfc3339(about.received)},
        "notes": list(reply.notes),
        "verdicts": [
            {
                "commitment": v.key.commitment,
                "country": v.key.country,
                "accepted": v.is_accepted,
                "reason": v.reason,
                "language": v.language,
                "answer_by": None if v.answer_by is None else v.answer_by.isoformat(),
            }
            for v in reply.verdicts
        ],
        "missing_parts": [{"set": m.set_id, "parts": list(m.numbers)} for m in reply.missing_parts],
        **({"missing_evidence": list(reply.missing_evidence)} if reply.missing_evidence else {}),
        **({"chosen": [_chosen_to_json(each) for each in reply.chosen]} if reply.chosen else {}),
        **({} if reply.extended_to is None else {"extended_to": reply.extended_to.isoformat()}),
    }


def _chosen_to_json(each: Chosen) -> dict[str, object]:
    return {
        "commitment": each.key.commitment,
        "country": each.key.country,
        "from": [{"sha256": d, "seq": seq} for d, seq in zip(each.sources, each.seqs, strict=True)],
        "note": each.note,
    }


def reply_from(reader: Reader, plan: Plan) -> Reply:
    """The reply in an untrusted ``reply.json``. Raises Malformed."""
    if reader.get("format").line(at_most=40) != FORMAT:
        raise reader.get("format").fail("not-allowed")
    found = Reply(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        year=reader.maybe("year", lambda r: Year(r.integer(plan.first_year, plan.last_year))),
        receipt=reader.get("receipt").choice(Receipt),
        about=reader.maybe("about", _about_from),
        notes=reader.get("notes").tuple_of(lambda r: r.choice(Note), at_most=20),
        verdicts=reader.get("verdicts").tuple_of(lambda r: _verdict_from(r, plan), at_most=2000),
        missing_parts=reader.get("missing_parts").tuple_of(_missing_from, at_most=MAX_SETS),
        missing_evidence=reader.default(
            "missing_evidence", lambda r: r.tuple_of(lambda e: Digest(e.matching(DIGEST)), at_most=MAX_EVIDENCE), ()
        ),
        chosen=reader.default("chosen", lambda r: r.tuple_of(lambda e: _chosen_from(e, plan), at_most=2000), ()),
        extended_to=reader.default("extended_to", lambda r: r.date(), None),
    )
    keys = [verdict.key for verdict in found.verdicts]
    if len(set(keys)) != len(keys):
        raise reader.get("verdicts").fail("twice")
    reader.done()
    return found


def _about_from(reader: Reader) -> About:
    found = About(
        bundle=BundleId(reader.get("bundle").matching(BUNDLE_ID)),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        seq=reader.get("seq").integer(1, MAX_SEQ),
        received=reader.get("received").time(),
    )
    reader.done()
    return found


def _missing_from(reader: Reader) -> MissingParts:
    found = MissingParts(
        set_id=Digest(reader.get("set").matching(DIGEST)),
        numbers=reader.get("parts").tuple_of(lambda r: r.integer(1, MAX_PARTS), at_most=MAX_PARTS),
    )
    reader.done()
    return found


def _chosen_from(reader: Reader, plan: Plan) -> Chosen:
    number = commitment_from(reader.get("commitment"), plan)
    sources = reader.get("from").tuple_of(_origin_from, at_most=2)
    found = Chosen(
        key=EntryKey(number, reader.maybe("country", lambda r: CountryCode(r.matching(COUNTRY_CODE)))),
        sources=tuple(digest for digest, _ in sources),
        seqs=tuple(seq for _, seq in sources),
        note=reader.get("note").text(at_most=5000),
    )
    reader.done()
    return found


def _origin_from(reader: Reader) -> tuple[Digest, int]:
    found = Digest(reader.get("sha256").matching(DIGEST)), reader.get("seq").integer(1, MAX_SEQ)
    reader.done()
    return found


def reason_from(reader: Reader) -> str:
    """Why an answer is returned. Raises Malformed for what no unit could read."""
    return reader.text(at_most=5000)


def _verdict_from(reader: Reader, plan: Plan) -> Verdict:
    number = commitment_from(reader.get("commitment"), plan)
    found = Verdict(
        key=EntryKey(number, reader.maybe("country", lambda r: CountryCode(r.matching(COUNTRY_CODE)))),
        is_accepted=reader.get("accepted").flag(),
        reason=reason_from(reader.get("reason")),
        language=language_from(reader.get("language")),
        answer_by=reader.maybe("answer_by", Reader.date),
    )
    reader.done()
    return found
