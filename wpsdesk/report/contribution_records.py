"""As JSON and back: what was taken from others, and who has reported to a unit."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import BUNDLE_ID, DIGEST, UNIT_CODE, BundleId, Digest, UnitCode
from wpsdesk.plan.model import Plan
from wpsdesk.report.call import MAX_UNITS, unit_from, unit_to_json
from wpsdesk.report.contributions import Contributor, TakenFrom
from wpsdesk.report.members import Json, without_nothing
from wpsdesk.report.references import country_from

MAX_TAKEN: Final = 500


def taken_to_json(taken: TakenFrom) -> Json:
    """Where some of an answer's words come from."""
    return without_nothing(
        unit=taken.unit,
        bundle=taken.bundle,
        sha256=taken.digest,
        country=taken.country,
        fields=list(taken.fields),
    )


def taken_from(reader: Reader, plan: Plan) -> TakenFrom:
    """The reverse. Raises Malformed."""
    found = TakenFrom(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        bundle=BundleId(reader.get("bundle").matching(BUNDLE_ID)),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        country=reader.maybe("country", lambda r: country_from(r, plan)),
        fields=reader.default("fields", lambda r: r.tuple_of(lambda e: e.line(at_most=40), at_most=20), ()),
    )
    reader.done()
    return found


def contributor_to_json(each: Contributor) -> Json:
    """A unit that was asked, and what has come of it."""
    return {
        "unit": unit_to_json(each.unit),
        "may_be_named": each.may_be_named,
        "answers": each.answers,
        "bundle": each.bundle,
        "sha256": each.digest,
        "received": None if each.received is None else rfc3339(each.received),
    }


def contributor_from(reader: Reader) -> Contributor:
    """The reverse. Raises Malformed."""
    unit = reader.get("unit")
    found = Contributor(
        unit=unit_from(unit),
        may_be_named=reader.get("may_be_named").flag(),
        answers=reader.get("answers").integer(0, 10_000),
        bundle=reader.maybe("bundle", lambda r: BundleId(r.matching(BUNDLE_ID))),
        digest=reader.maybe("sha256", lambda r: Digest(r.matching(DIGEST))),
        received=reader.maybe("received", Reader.time),
    )
    unit.done()
    if len({each is None for each in (found.bundle, found.digest, found.received)}) > 1:
        raise reader.fail("inconsistent")
    reader.done()
    return found


def contributors_from(reader: Reader) -> tuple[Contributor, ...]:
    """A list of them, no unit twice. Raises Malformed."""
    found = reader.tuple_of(contributor_from, at_most=MAX_UNITS)
    if len({each.unit.code for each in found}) != len(found):
        raise reader.fail("twice")
    return found
