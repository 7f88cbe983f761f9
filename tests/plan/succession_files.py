"""A later edition of the plan that is made up, and what became of each commitment on the way to it."""

from __future__ import annotations

import json
from dataclasses import replace

from wpsdesk.base.ids import CommitmentNumber, EditionId
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Names, Plan
from wpsdesk.plan.succession import FORMAT, Succession, succession_of

FIRST = load_plan()
EDITION = EditionId("2028-2035")

# 1-7 the same; 8 split into 8 and 9; 9 and 10 merged into 10; 11 dropped; 12 reworded as 11; the rest one number lower.
MOVES: dict[int, tuple[str, tuple[int, ...]]] = {
    **{number: ("same", (number,)) for number in range(1, 8)},
    8: ("split", (8, 9)), 9: ("merged", (10,)), 10: ("merged", (10,)), 11: ("dropped", ()), 12: ("reworded", (11,)),
    **{number: ("same", (number - 1,)) for number in range(13, 36)},
}  # fmt: skip


def later_plan() -> Plan:
    """34 commitments, each of the section of the first that led to it."""
    made = []
    for number in range(1, 35):
        old = next(FIRST.commitment(CommitmentNumber(n)) for n, (_, to) in MOVES.items() if number in to)
        titles = Names(**{code: f"{old.titles[code]} ({number})" for code in ("nb", "nn", "en")})  # type: ignore[arg-type]
        made.append(replace(old, number=CommitmentNumber(number), titles=titles))
    return replace(FIRST, edition=EDITION, first_year=2028, last_year=2035, commitments=tuple(made))


def file_of(moves: dict[int, tuple[str, tuple[int, ...]]]) -> bytes:
    """The file that tells these moves."""
    told = [{"number": n, "fate": fate, "to": list(to)} for n, (fate, to) in moves.items()]
    return json.dumps(
        {"format": FORMAT, "earlier": FIRST.edition, "later": EDITION, "moves": told}
    ).encode()  # fmt: skip


def succession() -> Succession:
    """The checked step."""
    return succession_of(file_of(MOVES), FIRST, later_plan())
