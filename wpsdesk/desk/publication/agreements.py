"""Which agreements units name under which commitments: what joins aid statistics to the plan."""

from __future__ import annotations

from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.compilation.aid_figures import Told, bare_agreement
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import sources


def told_agreements(desk: Desk, year: Year) -> Told:
    """Under which commitments the units' own reports name which agreement; for UD itself, so all of them."""
    found: dict[str, set[CommitmentNumber]] = {}
    for source in sources(desk, year):
        for entry in source.report.entries:
            for money in entry.money:
                if money.agreement.strip():
                    found.setdefault(bare_agreement(money.agreement), set()).add(entry.key.commitment)
    return {number: frozenset(commitments) for number, commitments in found.items()}
