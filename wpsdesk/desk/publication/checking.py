"""What is looked at before the annual report is released: points that are met, or that a person lets go as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import partial

from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.editing import AnswerPlace
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.languages import NORWEGIAN, Shares, shares
from wpsdesk.compilation.restriction import restriction_of
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.errors import NothingReceived
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import coverage, sources
from wpsdesk.desk.publication.editing import Work, work
from wpsdesk.desk.publication.other_years import other_years
from wpsdesk.desk.publication.pen import frame_places
from wpsdesk.desk.publication.points import Point
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import Access, AccessScope, LegalBasis
from wpsdesk.report.names import stands_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One point, with every place where it is not met.

    ``FD 7``, ``NAIR 8/SO``, ``FD`` for its follow-up document, ``foreword nn``, ``nn``.
    """

    point: Point
    places: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether there is nothing to say."""
        return not self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Every point, in the order of :class:`Point`."""

    year: Year
    findings: tuple[Finding, ...]
    shares: Shares  # of the whole publication, all its languages together

    @property
    def unmet(self) -> frozenset[Point]:
        """The points that somebody must say may go as they are."""
        return frozenset(one.point for one in self.findings if not one.is_met)


def checklist(
    desk: Desk, year: Year, languages: tuple[LanguageCode, ...] = LANGUAGES, *, progress: Progress = unwatched
) -> Checklist:
    """Look at everything. Raises OnlyTheAuthority, NoCall, NoCallFor, NothingReceived, Cancelled."""
    found = work(desk, year)
    if not found.sources:
        raise NothingReceived(year=year)
    counted = _shares(desk, found, languages, progress)
    lookers = {
        Point.COVERAGE: partial(_missing, desk, year, (CellState.MISSING, CellState.LATE)),
        Point.RETURNED: partial(_missing, desk, year, (CellState.RETURNED,)),
        Point.UNREASONED: partial(_unreasoned, found),
        Point.STALE: partial(_stale, found),
        Point.CLOSED: partial(_closed, found),
        Point.NAMES: partial(_names, found),
        Point.TEXTS: partial(_texts, desk, found, languages),
        Point.LANGUAGES: partial(_too_little, counted),
    }
    findings = tuple(Finding(point=point, places=tuple(look())) for point, look in lookers.items())
    return Checklist(year=year, findings=findings, shares=counted)


def _missing(desk: Desk, year: Year, states: Iterable[CellState]) -> Iterator[str]:
    wanted = frozenset(states)
    for (unit, number), state in sorted(coverage(desk, year).cells.items()):
        if state in wanted:
            yield f"{unit} {number}"


def _unreasoned(found: Work) -> Iterator[str]:
    for place, entry in found.edited.entries.items():
        if any(_lacks_reason(access, found) for access in (entry.access, *(e.access for e in entry.evidence))):
            yield named(place)
    for source in found.sources:
        document = source.report.follow_up
        if document is not None and _lacks_reason(document.access, found):
            yield source.unit.code


def _lacks_reason(access: Access, found: Work) -> bool:
    scope, basis = restriction_of(access, found.edited.on)
    if scope is AccessScope.OPEN:
        return False
    is_delay = basis is not None and basis.delayed_until is not None
    has_basis = access.basis is not None and (access.basis is not LegalBasis.OTHER or bool(access.basis_text.strip()))
    return not access.reason.strip() or not (is_delay or has_basis)


def _stale(found: Work) -> Iterator[str]:
    places = [one.place for one in found.stale] + [one.place for one in found.stale_handlings]
    places += [one.place for one in found.editing.translations if found.edited.is_old(one)]
    return (named(place) for place in dict.fromkeys(places))


def _closed(found: Work) -> Iterator[str]:
    return (named(place) for place in dict.fromkeys(one.place for one in found.closed))


def _names(found: Work) -> Iterator[str]:
    hidden = {p.name for entry in found.edited.entries.values() for p in entry.partners if not p.may_be_named}
    public = {p.name for entry in found.edited.entries.values() for p in entry.partners if p.may_be_named}
    for frame in found.editing.frames:
        if any(stands_in(name, frame.passage.text) for name in ((hidden - public) | set(found.editing.names))):
            yield f"{frame.place} {frame.passage.language}"


def _texts(desk: Desk, found: Work, languages: tuple[LanguageCode, ...]) -> Iterator[str]:
    for place in frame_places(desk):
        for language in languages:
            if found.editing.frame(place, language) is None:
                yield f"{place} {language}"


def _too_little(counted: Shares) -> Iterator[str]:
    return (language for language in counted.too_little if language in NORWEGIAN)


def _shares(desk: Desk, found: Work, languages: tuple[LanguageCode, ...], progress: Progress) -> Shares:
    """Of the report in all its languages together, as språklova counts what is published."""
    call, words, now = require_call(desk, found.year), Counter[LanguageCode](), desk.clock().astimezone(UTC)
    beside = other_years(desk, found.year, Edition.PUBLIC, now.date(), read=sources)
    for number, language in enumerate(languages):
        progress(number, len(languages))
        document = annual_report(
            desk.plan, call, found.sources, year=found.year, edition=Edition.PUBLIC, language=language,
            compiled=now, editing=found.editing, years=beside,
        )  # fmt: skip
        words.update(dict(shares(document).words))
    progress(len(languages), len(languages))
    return Shares(words=tuple((language, words[language]) for language in LANGUAGES))


def named(place: AnswerPlace) -> str:
    """``NAIR 8/SO``."""
    return f"{place.unit} {place.commitment}" + (f"/{place.country}" if place.country else "")
