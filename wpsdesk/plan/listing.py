"""The plan as the JSON that ``wpsdesk plan --json`` prints; scripts depend on its shape."""

from __future__ import annotations

from wpsdesk.plan.model import Commitment, FocusCountry, Names, Plan, Unit


def to_json(plan: Plan) -> dict[str, object]:
    """The whole plan as dicts, lists, strings, whole numbers and None; dates are ``2023-01-01``.

    ``area`` and ``section`` of a commitment are ids found again in ``areas`` and ``sections``.
    """
    return {
        "edition": plan.edition,
        "title": _names(plan.title),
        "areas": [{"id": a.id, "name": _names(a.names)} for a in plan.areas],
        "sections": [{"id": s.id, "area": s.area, "name": _names(s.names)} for s in plan.sections],
        "commitments": [_commitment(plan, c) for c in plan.commitments],
        "units": [_unit(u) for u in plan.units],
        "focus_countries": [_country(c) for c in plan.focus_countries],
    }


def _names(names: Names) -> dict[str, object]:
    return {"nb": names.nb, "nn": names.nn, "en": names.en}


def _commitment(plan: Plan, commitment: Commitment) -> dict[str, object]:
    return {
        "number": commitment.number,
        "area": plan.area_of(commitment).id,
        "section": commitment.section,
        "ministries": list(commitment.ministries),
        "text": {"appendix": commitment.appendix, "chapter": commitment.chapter},
        "title": _names(commitment.titles),
    }


def _unit(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "kind": unit.kind.value,
        "name": _names(unit.names),
        "organisation_number": unit.organisation_number,
    }


def _country(country: FocusCountry) -> dict[str, object]:
    return {
        "code": country.code,
        "name": _names(country.names),
        "valid_from": country.valid_from.isoformat(),
        "valid_to": None if country.valid_to is None else country.valid_to.isoformat(),
    }
