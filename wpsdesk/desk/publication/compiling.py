"""From what has come to the annual report: coverage, and the report as files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from wpsdesk.base.files import make_folder, new_file
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.base.progress import Progress, staged, unwatched
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.figures import CellState, Coverage, CoverageRow, with_late
from wpsdesk.compilation.figures import coverage as coverage_of
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.languages import Shares, shares
from wpsdesk.compilation.sources import Edition, Order, Source
from wpsdesk.compilation.tree import Document
from wpsdesk.compilation.withheld import Withheld
from wpsdesk.compilation.withheld import withheld as withheld_from
from wpsdesk.desk.arrivals.submitted import rows_of
from wpsdesk.desk.call.calling import plan_in, require_call
from wpsdesk.desk.call.extending import deadlines_in
from wpsdesk.desk.errors import NothingReceived
from wpsdesk.desk.model import Desk, require_authority, require_gathering
from wpsdesk.desk.publication.other_years import other_years
from wpsdesk.desk.publication.packs import audience_of, meeting_document, review_document
from wpsdesk.desk.publication.written import editing_in
from wpsdesk.desk.review.choices import choices_on, units_chosen_for
from wpsdesk.desk.review.reviewing import decided
from wpsdesk.desk.review.standing import report_of
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import LanguageCode, Unit
from wpsdesk.report.call import Call
from wpsdesk.report.states import Decision
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import Arrived, coverage_rows, latest
from wpsdesk.store.submissions import CoverageRow as Came
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.certificates import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledFile:
    """The report as one kind of file; ``size`` in bytes."""

    format: Format
    path: Path
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A report that has been written; ``files`` in the order they were asked for, at least one."""

    edition: Edition
    files: tuple[CompiledFile, ...]
    units: int
    entries: int
    shares: Shares  # of the languages
    withheld: tuple[Withheld, ...]  # from the public edition, whichever was written

    @property
    def path(self) -> Path:
        """The first file, which is what one looks at."""
        return self.files[0].path

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(file.size for file in self.files)


def coverage(desk: Desk, year: Year) -> Coverage:
    """Units by commitments: what has come, what is missing. Raises OnlyTheAuthority, NoCall, NoCallFor."""
    require_gathering(desk)
    call = require_call(desk, year)
    with desk.store.read() as tx:
        rows = _rows(tx, desk, year)
    return with_late(coverage_of(desk.plan, call, rows), late_units(desk, call))


def answer_states(desk: Desk, year: Year) -> tuple[CoverageRow, ...]:
    """What is known of every answer that has come in a year, each with its country. Raises OnlyTheAuthority."""
    require_gathering(desk)
    with desk.store.read() as tx:
        return _rows(tx, desk, year)


def late_units(desk: Desk, call: Call) -> frozenset[UnitCode]:
    """The units whose deadline has passed: the call's, or the later one that they have got."""
    today = desk.clock().date()
    with desk.store.read() as tx:
        until = deadlines_in(tx, call)
    return frozenset(code for code, day in until.items() if day < today)


def _rows(tx: Tx, desk: Desk, year: Year) -> tuple[CoverageRow, ...]:
    came, standing = _came(tx, desk, year), decided(tx, year)
    if not standing:
        return tuple(CoverageRow(r.unit, r.commitment, r.country, _STATES[r.state]) for r in came)
    by = {(place.unit, place.commitment, place.country): decision for place, decision in standing.items()}
    return tuple(
        CoverageRow(
            r.unit, r.commitment, r.country, _state(_STATES[r.state], by.get((r.unit, r.commitment, r.country)))
        )
        for r in came
    )


_STATES: Final = {state.value: state for state in CellState}


def _came(tx: Tx, desk: Desk, year: Year) -> Sequence[Came]:
    """What the reports in force say; of a unit between whose reports UD has chosen, what stands by the choice."""
    rows, chosen_for = coverage_rows(tx, year), units_chosen_for(tx, year)
    if not chosen_for:
        return rows
    tops = [a for a in latest(tx, year) if a.unit in chosen_for]
    made = {a.unit: choices_on(tx, desk.plan, a.unit, year, a.digest) for a in tops}
    found = [row for row in rows if not made.get(row.unit)]
    for unit, choices in made.items():
        stands = rows_of(choices[-1].report) if choices else ()
        found += [Came(unit, choices[-1].top, e.commitment, e.country, e.status, e.state) for e in stands]
    return found


def _state(came: CellState, decision: Decision | None) -> CellState:
    """What UD has decided stands before what came; "nothing to report" is still told apart when it is accepted."""
    match decision:
        case Decision.RETURNED:
            return CellState.RETURNED
        case Decision.ACCEPTED if came is CellState.RECEIVED:
            return CellState.ACCEPTED
        case _:
            return came


def sources(desk: Desk, year: Year) -> tuple[Source, ...]:
    """The submission that stands for each unit, read, in the order of the call."""
    require_authority(desk)
    call = require_call(desk, year)
    with desk.store.read() as tx:
        found = [_source(tx, desk, call, arrived) for arrived in latest(tx, year)]
    order = {asked.unit.code: place for place, asked in enumerate(call.asked)}
    return tuple(sorted(found, key=lambda s: (order.get(s.unit.code, len(order)), s.unit.code)))


def _source(tx: Tx, desk: Desk, call: Call, arrived: Arrived) -> Source:
    asked = call.asked_of(arrived.unit)
    unit: Unit | None = asked.unit if asked is not None else None
    return Source(
        unit=unit or next(u for u in desk.plan.units if u.code == arrived.unit),
        report=report_of(tx, desk, arrived),
        bundle=arrived.id,
        digest=arrived.digest,
        seq=arrived.seq,
        signed_by=Certificate(der=arrived.signer).name,
        signed_at=arrived.signed_at,
        received_at=arrived.received_at,
    )


def compile_report(
    desk: Desk,
    year: Year,
    language: LanguageCode,
    edition: Edition,
    folder: Path,
    *,
    formats: Sequence[Format] = (Format.PDF,),
    order: Order = Order.COMMITMENT,
    audience: str = "ministries",
    progress: Progress = unwatched,
) -> Compiled:
    """Write the annual report as a draft in ``folder``, once for each of ``formats``; older files are replaced.

    ``audience`` is whom a pack for a meeting is for: ``ministries``, ``civil-society``, ``researchers`` or a
    ministry's code. Either all files get their names or none does. Raises OnlyTheAuthority, NoCall, NoCallFor,
    NothingReceived, NoSuchAudience, DiskFull, FileUnwritable, Cancelled.
    """
    found, now = sources(desk, year), desk.clock()
    if not found:
        raise NothingReceived(year=year)
    match edition:
        case Edition.MEETING:
            asked = audience_of(desk, audience)
            document = meeting_document(desk, year, language, asked, read=partial(sources, desk), now=now)
            turned = f"-{(asked.ministry or asked.kind).lower()}"
        case Edition.REVIEW:
            document, turned = review_document(desk, year, language, read=partial(sources, desk), now=now), ""
        case Edition.PUBLIC | Edition.INTERNAL:
            document = _annual(desk, found, year, edition=edition, language=language, now=now, order=order)
            turned = "" if order is Order.COMMITMENT else f"-{order}"
    make_folder(folder)
    files = _write(document, dict.fromkeys(formats), folder / f"kfs-{year}-{edition}-{language}{turned}", progress)
    with desk.store.write() as tx:
        about = f"{year}/{edition}/{language}"
        note(tx, "compiled", who=desk.unit.code, now=now, about=about, details={"formats": " ".join(formats)})
    return Compiled(
        edition=edition,
        files=files,
        units=len(found),
        entries=sum(len(s.report.entries) for s in found),
        shares=shares(document),
        withheld=withheld_from(found, now.astimezone(UTC).date(), catalogue(language, "document"), language),
    )


def _annual(
    desk: Desk, found: tuple[Source, ...], year: Year, *, edition: Edition, language: LanguageCode, now: datetime,
    order: Order,
) -> Document:  # fmt: skip
    with desk.store.read() as tx:
        editing, plan = editing_in(tx, year), plan_in(tx, desk.plan, year)
    return annual_report(
        plan, require_call(desk, year), found, year=year, edition=edition, language=language, compiled=now,
        order=order, editing=editing, years=other_years(desk, year, edition, now.astimezone(UTC).date(), read=sources),
    )  # fmt: skip


def list_withheld(desk: Desk, compiled: Compiled, year: Year, language: LanguageCode, path: Path) -> Path:
    """Write the list of what is withheld from the public edition as a spreadsheet, for UD alone, and say where it lies.

    A file of the same name is replaced. Raises OnlyTheAuthority, DiskFull, FileUnwritable.
    """
    require_authority(desk)
    from wpsdesk.compilation.sheets.withholding import write_withheld

    make_folder(path.parent)
    with new_file(path, replace=True) as stream:
        write_withheld(compiled.withheld, stream, language=language, year=year, made=desk.clock())
    return path


def _write(
    document: Document, formats: dict[Format, None], stem: Path, progress: Progress
) -> tuple[CompiledFile, ...]:  # fmt: skip
    """One file for each format. They bear their names when the last is whole."""
    made = []
    with ExitStack() as stack:
        for number, form in enumerate(formats):
            path = stem.with_name(f"{stem.name}.{form}")
            stream = stack.enter_context(new_file(path, replace=True))
            write(document, form, stream, progress=staged(progress, number, len(formats)))
            made.append(CompiledFile(format=form, path=path, size=stream.tell()))
    return tuple(made)
