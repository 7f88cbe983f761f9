"""What must hold between the parts of a plan before anything may be built on it.

Each part has its right form when it comes here; these are the rules that no part can keep alone:

1. the edition is named after its first and last year;
2. nothing is there twice: areas, sections, units, organisation numbers, countries, titles;
3. sections stand in areas that exist, and no area is without a section;
4. commitments run from 1 without gaps and stand in sections that exist; no section is without a commitment;
5. a commitment has at least one responsible unit, each once, and each a ministry of the plan;
6. organisation numbers are numbers that Brønnøysund could have given out (modulus 11);
7. no country stops being a focus country before it starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wpsdesk.base.errors import Malformed
from wpsdesk.plan.model import LANGUAGES, Plan, Unit, UnitKind

_WEIGHTS: Final = (3, 2, 7, 6, 5, 4, 3, 2)


def check(plan: Plan) -> None:
    """Raise Malformed, with the place and the kind of the first thing that does not hold."""
    require(plan.edition == f"{plan.first_year}-{plan.last_year}", "edition", "inconsistent")  # 1
    require(plan.first_year < plan.last_year, "last_year", "out-of-range")
    _check_uniqueness(plan)
    _check_sections(plan)
    _check_commitments(plan)
    for position, unit in enumerate(plan.units):  # 6
        require(_could_be_given_out(unit), f"units[{position}].organisation_number", "inconsistent")
    for position, country in enumerate(plan.focus_countries):  # 7
        is_ordered = country.valid_to is None or country.valid_from <= country.valid_to
        require(is_ordered, f"focus_countries[{position}].valid_to", "inconsistent")


def require(holds: bool, path: str, problem: str) -> None:
    """Raise Malformed where it does not hold."""
    if not holds:
        raise Malformed(path=path, problem=problem)


def _check_uniqueness(plan: Plan) -> None:  # 2
    _once((a.id for a in plan.areas), "areas[{}].id")
    _once((s.id for s in plan.sections), "sections[{}].id")
    _once((u.code for u in plan.units), "units[{}].code")
    _once((u.organisation_number for u in plan.units), "units[{}].organisation_number")
    _once((c.code for c in plan.focus_countries), "focus_countries[{}].code")
    for language in LANGUAGES:
        _once((c.titles[language] for c in plan.commitments), f"commitments[{{}}].titles.{language}")


def _once(values: Iterable[str | None], path: str) -> None:
    seen: set[str] = set()
    for position, value in enumerate(values):
        require(value not in seen, path.format(position), "twice")
        if value is not None:
            seen.add(value)


def _check_sections(plan: Plan) -> None:  # 3
    areas = {a.id for a in plan.areas}
    for position, section in enumerate(plan.sections):
        require(section.area in areas, f"sections[{position}].area", "inconsistent")
    require(areas == {s.area for s in plan.sections}, "areas", "inconsistent")


def _check_commitments(plan: Plan) -> None:
    sections = {s.id for s in plan.sections}
    ministries = {u.code for u in plan.units if u.kind is UnitKind.MINISTRY}
    for position, commitment in enumerate(plan.commitments):
        here = f"commitments[{position}]"
        require(commitment.number == position + 1, f"{here}.number", "out-of-range")  # 4
        require(commitment.section in sections, f"{here}.section", "inconsistent")
        require(bool(commitment.ministries), f"{here}.ministries", "missing")  # 5
        _once(commitment.ministries, here + ".ministries[{}]")
        for place, ministry in enumerate(commitment.ministries):
            require(ministry in ministries, f"{here}.ministries[{place}]", "unknown-unit")
    require(sections == {c.section for c in plan.commitments}, "sections", "inconsistent")


def _could_be_given_out(unit: Unit) -> bool:
    if unit.organisation_number is None:
        return True
    digits = [int(digit) for digit in unit.organisation_number]
    weighed = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (weighed + digits[-1]) % 11 == 0
