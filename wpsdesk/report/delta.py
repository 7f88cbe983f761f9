"""What changed since a report that the receiver has: schema ``wps-delta/1``, made from two reports and put on one.

A delta names its base by the digest of the container that carried it. It says nothing of what stayed as it was, so
on any other base it would make a report that nobody has written: it is put on exactly its base, or not at all.

History of the schema: 1 is the first. ``follow_up`` is there where the follow-up document is another one (the new)
or gone (null).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import (
    BUNDLE_ID,
    COUNTRY_CODE,
    DIGEST,
    UNIT_CODE,
    BundleId,
    CountryCode,
    Digest,
    EditionId,
    UnitCode,
    Year,
)
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import MAX_ENTRIES, entries_from, entry_to_json
from wpsdesk.report.contribution_records import contributor_to_json, contributors_from
from wpsdesk.report.contributions import Contributor
from wpsdesk.report.model import Entry, EntryKey, Evidence, Report, in_order
from wpsdesk.report.records import evidence_from, evidence_to_json
from wpsdesk.report.references import commitment_from

SCHEMA: Final = "wps-delta/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpChange:
    """Another follow-up document than in the base; None where the unit has taken it away."""

    document: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """The entries that are new or say something else than in the base, and the keys of those that are gone."""

    unit: UnitCode
    year: Year
    edition: EditionId
    base_reply: BundleId  # the reply that acknowledged the base
    base_digest: Digest  # of the base's signed container
    upserted: tuple[Entry, ...]  # in the report's order
    deleted: tuple[EntryKey, ...]
    follow_up: FollowUpChange | None = None  # None: as in the base
    contributors: tuple[Contributor, ...] | None = None  # all of them, where any of it has changed

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        others = (self.follow_up, self.contributors)
        return not self.upserted and not self.deleted and all(each is None for each in others)

    @property
    def said(self) -> Report:
        """What it says by itself: the entries and the document that are new or another."""
        document = None if self.follow_up is None else self.follow_up.document
        return Report(unit=self.unit, year=self.year, edition=self.edition, entries=self.upserted, follow_up=document)


def difference(base: Report, now: Report, *, reply: BundleId, digest: Digest) -> Delta:
    """What makes ``now`` of ``base``; the mark "ready" stays on the desk and is no difference.

    Raises ValueError where they are of two units or two years: a bug of ours.
    """
    if (base.unit, base.year) != (now.unit, now.year):
        raise ValueError("two reports of different units or years")
    before = {entry.key: entry_to_json(entry) for entry in base.entries}
    after = {entry.key: entry_to_json(entry) for entry in now.entries}
    return Delta(
        unit=now.unit,
        year=now.year,
        edition=now.edition,
        base_reply=reply,
        base_digest=digest,
        upserted=in_order(tuple(e for e in now.entries if before.get(e.key) != after[e.key])),
        deleted=tuple(entry.key for entry in in_order(base.entries) if entry.key not in after),
        follow_up=None if base.follow_up == now.follow_up else FollowUpChange(document=now.follow_up),
        contributors=None if base.contributors == now.contributors else now.contributors,
    )


def merged(base: Report, delta: Delta) -> Report:
    """``base`` with what has changed. That it is the right base is for the caller to know, by its digest.

    Raises ValueError where a key that is gone was never there, or the two are of different units or years; a delta
    by our own writer never does so on its own base.
    """
    if (base.unit, base.year) != (delta.unit, delta.year):
        raise ValueError("a delta on a report of another unit or year")
    entries = {entry.key: entry for entry in base.entries}
    for key in delta.deleted:
        if entries.pop(key, None) is None:
            raise ValueError("a delta deletes what its base does not have")
    entries.update({entry.key: entry for entry in delta.upserted})
    return Report(
        unit=base.unit,
        year=base.year,
        edition=delta.edition,
        entries=in_order(tuple(entries.values())),
        follow_up=base.follow_up if delta.follow_up is None else delta.follow_up.document,
        contributors=base.contributors if delta.contributors is None else delta.contributors,
    )


# -- as JSON -------------------------------------------------------------------------------------


def delta_to_json(delta: Delta) -> dict[str, object]:
    """``delta.json`` as a value for canonical JSON."""
    told = delta.contributors
    return {
        "schema": SCHEMA,
        "unit": delta.unit,
        "year": delta.year,
        "plan": delta.edition,
        "base": {"reply": delta.base_reply, "sha256": delta.base_digest},
        "upserted": [entry_to_json(entry) for entry in delta.upserted],
        "deleted": [{"commitment": key.commitment, "country": key.country} for key in delta.deleted],
        **({} if delta.follow_up is None else {"follow_up": _document_to_json(delta.follow_up.document)}),
        **({} if told is None else {"contributors": [contributor_to_json(each) for each in told]}),
    }


def _document_to_json(document: Evidence | None) -> dict[str, object] | None:
    return None if document is None else evidence_to_json(document)


def delta_from(reader: Reader, plan: Plan) -> Delta:
    """The delta in an untrusted ``delta.json``. Raises Malformed."""
    if reader.get("schema").line(at_most=40) != SCHEMA:
        raise reader.get("schema").fail("not-allowed")
    if reader.get("plan").line(at_most=40) != plan.edition:
        raise reader.get("plan").fail("not-allowed")
    base = reader.get("base")
    found = Delta(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        year=Year(reader.get("year").integer(plan.first_year, plan.last_year)),
        edition=plan.edition,
        base_reply=BundleId(base.get("reply").matching(BUNDLE_ID)),
        base_digest=Digest(base.get("sha256").matching(DIGEST)),
        upserted=entries_from(reader.get("upserted"), plan),
        deleted=reader.get("deleted").tuple_of(lambda r: _key_from(r, plan), at_most=MAX_ENTRIES),
        follow_up=_follow_up_from(reader),
        contributors=reader.default("contributors", contributors_from, None),
    )
    base.done()
    reader.done()
    keys = [*(entry.key for entry in found.upserted), *found.deleted]
    if len(set(keys)) != len(keys):
        raise reader.get("upserted").fail("twice")
    return found


def _follow_up_from(reader: Reader) -> FollowUpChange | None:
    if not reader.has("follow_up"):
        return None
    return FollowUpChange(document=reader.maybe("follow_up", evidence_from))


def _key_from(reader: Reader, plan: Plan) -> EntryKey:
    number = commitment_from(reader.get("commitment"), plan)
    country = reader.maybe("country", lambda r: CountryCode(r.matching(COUNTRY_CODE)))
    reader.done()
    return EntryKey(number, country)
