"""Focus countries that calls have brought beside the plan's edition: a desk knows them from then on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import Year
from wpsdesk.desk.model import LIMIT, Desk
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import FocusCountry, Plan
from wpsdesk.report.call import Asked, country_from_json, country_to_json
from wpsdesk.store.documents import document, put_document
from wpsdesk.store.identity import read_identity
from wpsdesk.store.transaction import Tx

_KIND: Final = "countries"
_KEY: Final = "known"
_MOST: Final = 300


def known_countries(tx: Tx) -> tuple[FocusCountry, ...]:
    """The focus countries that are others than the plan's edition has, or have other days."""
    data = document(tx, _KIND, _KEY)
    if data is None:
        return ()
    return load_json(data, limit=LIMIT).get("countries").tuple_of(country_from_json, at_most=_MOST)


def learn_countries(tx: Tx, plan: Plan, countries: Iterable[FocusCountry]) -> None:
    """Know these from now on; ``plan`` is the desk's. Nothing is forgotten: older answers name what has ended."""
    edition = load_plan(plan.edition)
    known = {each.code: each for each in (*known_countries(tx), *countries) if each not in edition.focus_countries}
    told = tuple(known.values())[-_MOST:]
    if told != known_countries(tx):
        put_document(tx, _KIND, _KEY, canonical_json({"countries": [country_to_json(each) for each in told]}))


def with_known_countries(desk: Desk) -> Desk:
    """The desk as it is opened: with the countries that calls have brought since, and the unit as UD knows it.

    The very same desk where it has them all.
    """
    with desk.store.read() as tx:
        plan = load_plan(desk.identity.edition).with_countries(known_countries(tx))
        identity = read_identity(tx) or desk.identity
    if plan == desk.plan and identity == desk.identity:
        return desk
    return replace(desk, plan=plan, identity=identity)


def asked_in_year(asked: tuple[Asked, ...], countries: Iterable[FocusCountry], year: Year) -> tuple[Asked, ...]:
    """The units without those of their countries that are no focus countries on any day of the year."""
    gone = {
        each.code
        for each in countries
        if each.valid_from > date(year, 12, 31) or (each.valid_to is not None and each.valid_to < date(year, 1, 1))
    }
    return tuple(
        replace(each, unit=replace(each.unit, covers=tuple(code for code in each.unit.covers if code not in gone)))
        if gone.intersection(each.unit.covers)
        else each
        for each in asked
    )
