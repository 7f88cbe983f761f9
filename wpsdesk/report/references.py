"""What a document says of the plan: commitments by number and focus countries by code, each of which must be there."""

from __future__ import annotations

from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import COUNTRY_CODE, CommitmentNumber, CountryCode
from wpsdesk.plan.model import Plan


def commitment_from(reader: Reader, plan: Plan) -> CommitmentNumber:
    """The number of a commitment of the plan. Raises Malformed."""
    number = reader.integer(-(10**9), 10**9)
    if not 1 <= number <= len(plan.commitments):
        raise reader.fail("unknown-commitment")
    return CommitmentNumber(number)


def numbers_from(reader: Reader, plan: Plan) -> tuple[CommitmentNumber, ...]:
    """Numbers of commitments of the plan, none twice, in order. Raises Malformed."""
    found = reader.tuple_of(lambda r: commitment_from(r, plan), at_most=len(plan.commitments))
    if len(set(found)) != len(found):
        raise reader.fail("twice")
    return tuple(sorted(found))


def country_from(reader: Reader, plan: Plan) -> CountryCode:
    """The code of a focus country of the plan. Raises Malformed."""
    code = CountryCode(reader.matching(COUNTRY_CODE))
    if not any(country.code == code for country in plan.focus_countries):
        raise reader.fail("unknown-country")
    return code
