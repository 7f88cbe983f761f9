"""What joins aid statistics to the plan: which agreement belongs under which commitments, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.compilation.aid_figures import Told, bare_agreement, commitments_of
from wpsdesk.desk.call.calling import years
from wpsdesk.desk.meetings.meeting_errors import NoSuchCommitment
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import sources
from wpsdesk.desk.publication.editing_errors import NoSuchAgreement
from wpsdesk.desk.publication.joining import KIND, MOST, joined
from wpsdesk.desk.publication.statistics import statistics
from wpsdesk.intake.aid import NothingForYear
from wpsdesk.report.aid import AidRow, AidStatistics
from wpsdesk.store.documents import put_document, remove_document
from wpsdesk.store.journal import note


class Says(Enum):
    """Who says under which commitments an agreement stands."""

    STATISTICS = "statistics"
    AUTHORITY = "authority"
    UNITS = "units"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement of a year's statistics: what was disbursed under it, to whom, and where it stands."""

    number: str
    recipients: tuple[str, ...]  # a country's code, or what the file calls a region
    purposes: tuple[str, ...]
    total: Decimal
    commitments: tuple[CommitmentNumber, ...]
    says: Says


def told_agreements(desk: Desk, year: Year) -> Told:
    """Under which commitments UD has put an agreement, or else any unit names it; for UD itself, so all of them.

    Raises OnlyTheAuthority.
    """
    return {**_named_by_units(desk, year), **joined(desk)}


def _named_by_units(desk: Desk, year: Year) -> Told:
    found: dict[str, set[CommitmentNumber]] = {}
    for source in sources(desk, year) if year in years(desk) else ():
        for entry in source.report.entries:
            for money in entry.money:
                if money.agreement.strip():
                    found.setdefault(bare_agreement(money.agreement), set()).add(entry.key.commitment)
    return {number: frozenset(commitments) for number, commitments in found.items()}


def agreements(desk: Desk, year: Year) -> tuple[Agreement, ...]:
    """Every agreement of the year's statistics, the largest first.

    Raises OnlyTheAuthority, NothingForYear.
    """
    held = _held(desk, year)
    own, named = joined(desk), _named_by_units(desk, year)
    rows: dict[str, list[AidRow]] = {}
    for row in held.rows:
        rows.setdefault(bare_agreement(row.agreement), []).append(row)
    found = (_agreement(number, of_it, own, named) for number, of_it in rows.items())
    return tuple(sorted(found, key=lambda one: (-one.total, one.number)))


def _agreement(number: str, rows: list[AidRow], own: Told, named: Told) -> Agreement:
    told = {**named, **own}
    if any(row.commitment is not None for row in rows):
        says = Says.STATISTICS
    elif number in own:
        says = Says.AUTHORITY
    else:
        says = Says.UNITS if number in named else Says.NOBODY
    return Agreement(
        number=rows[0].agreement,
        recipients=tuple(dict.fromkeys(row.country or row.recipient for row in rows)),
        purposes=tuple(dict.fromkeys(row.purpose for row in rows if row.purpose)),
        total=sum((row.amount for row in rows), Decimal(0)),
        commitments=tuple(sorted(frozenset[CommitmentNumber]().union(*(commitments_of(row, told) for row in rows)))),
        says=says,
    )


def join_agreement(desk: Desk, year: Year, number: str, commitments: Iterable[CommitmentNumber]) -> Agreement:
    """Put an agreement of the year's statistics under commitments, for every year; none takes UD's word back.

    What the statistics themselves say of a row stands all the same. Raises OnlyTheAuthority, NothingForYear,
    NoSuchAgreement, NoSuchCommitment.
    """
    bare, wanted = bare_agreement(number), tuple(sorted(set(commitments)))
    if all(bare_agreement(row.agreement) != bare for row in _held(desk, year).rows):
        raise NoSuchAgreement(agreement=number, year=year)
    known = {commitment.number for commitment in desk.plan.commitments}
    for one in wanted:
        if one not in known:
            raise NoSuchCommitment(number=one)
    with desk.store.write() as tx:
        if wanted:
            put_document(tx, KIND, bare, canonical_json(list(wanted[:MOST])))
        else:
            remove_document(tx, KIND, bare)
        details = {"commitments": " ".join(map(str, wanted))}
        note(tx, "agreement-joined", who=desk.unit.code, now=desk.clock(), about=bare, details=details)
    return next(one for one in agreements(desk, year) if bare_agreement(one.number) == bare)


def _held(desk: Desk, year: Year) -> AidStatistics:
    held = statistics(desk, year)
    if held is None:
        raise NothingForYear(year=year)
    return held
