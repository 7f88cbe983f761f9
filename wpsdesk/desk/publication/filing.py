"""What an archive holds besides what came: what UD sent, what it released, its journal, and the case files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.payloads import name_of_kind
from wpsdesk.bundle.writing import container_again
from wpsdesk.compilation.noark import ArchivedFile, CaseFile, Direction, RegistryEntry, archive_structure
from wpsdesk.compilation.restriction import Basis
from wpsdesk.compilation.terms import basis_words
from wpsdesk.desk.errors import BaseMissing
from wpsdesk.desk.keeping_sent import made_of
from wpsdesk.desk.model import AUTHORITY, Desk
from wpsdesk.desk.publication.released import Released, released_files, released_to_json, releases_in
from wpsdesk.desk.review.standing import report_of
from wpsdesk.i18n import catalogue
from wpsdesk.report.model import Access, AccessScope
from wpsdesk.store.errors import EvidenceMissing
from wpsdesk.store.journal import line_to_json, lines
from wpsdesk.store.sent import Sent, sent
from wpsdesk.store.submissions import Arrived
from wpsdesk.store.transaction import Tx

JOURNAL: Final = "journal.json"
RELEASE: Final = "release.json"
REPORT: Final = "report"
SENT_FOLDER: Final = "sent"
STRUCTURE: Final = "noark5/arkivstruktur.xml"
_ALL: Final = 1 << 31  # lines


def went_out(tx: Tx, year: Year) -> Iterator[tuple[Sent, str, Iterator[bytes]]]:
    """The calls and replies of a year, the oldest first: each with its place in the archive and its signed container.

    One that carried files which the store no longer holds is left out; what it said stands in the journal.
    """
    for one in sent(tx, year):
        if one.kind not in {Kind.CALL, Kind.REPLY}:
            continue
        try:
            members, attachments = made_of(tx, one, name_of_kind(Kind(one.kind)))
        except EvidenceMissing:
            continue
        yield one, sent_place(one), container_again(members, attachments, one.digest)


def sent_place(one: Sent) -> str:
    """Where a call or a reply lies in an archive."""
    return f"{SENT_FOLDER}/{one.kind}_{one.to.lower()}_{one.seq}_{one.digest[:12]}.asice"


def was_released(tx: Tx, year: Year) -> Iterator[tuple[Released, str, bytes]]:
    """The files of every release of a year, each with its place in the archive, and what the desk keeps of it."""
    for released in releases_in(tx, year):
        for file, data in released_files(tx, released):
            yield released, f"{REPORT}/{released.number}/{file.name}", data
        yield released, f"{REPORT}/{released.number}/{RELEASE}", canonical_json(released_to_json(released))


def journal_bytes(tx: Tx) -> bytes:
    """The whole journal, the oldest line first, as JSON."""
    return canonical_json([line_to_json(each) for each in reversed(lines(tx, _ALL))])


@dataclass(frozen=True, slots=True)
class Filed:
    """What lies in an archive: the submissions by folder, the rest by path, and each path's digest and size."""

    came: Mapping[str, Arrived]
    gone: Mapping[str, Sent]
    released: Mapping[str, Released]
    written: Mapping[str, tuple[Digest, int]]


def structure_bytes(tx: Tx, desk: Desk, year: Year, filed: Filed) -> bytes:
    """The case files of a year: one for each unit, and UD's own with the calls and the releases."""
    names = {unit.code: unit.names.nb for unit in desk.plan.units}
    entries: dict[UnitCode, list[RegistryEntry]] = {}
    for folder, arrived in filed.came.items():
        called = names.get(arrived.unit, arrived.unit)
        entries.setdefault(arrived.unit, []).append(
            _incoming(folder, arrived, called, filed, _bases(tx, desk, arrived))
        )
    for path, one in filed.gone.items():
        owner = AUTHORITY if one.kind == Kind.CALL else one.to
        entries.setdefault(owner, []).append(_outgoing(path, one, names.get(one.to, one.to), filed))
    for release in {each.number: each for each in filed.released.values()}.values():
        entries.setdefault(AUTHORITY, []).append(_published(release, filed))
    cases = (
        CaseFile(
            number=number,
            title=f"Rapportering for {year}: {names.get(unit, unit)}",
            unit=unit,
            entries=tuple(sorted(found, key=lambda entry: entry.handled)),
        )
        for number, (unit, found) in enumerate(sorted(entries.items()), start=1)
    )
    return archive_structure(year, names.get(AUTHORITY, AUTHORITY), cases, made=desk.clock())


def _incoming(folder: str, arrived: Arrived, called: str, filed: Filed, bases: tuple[str, ...]) -> RegistryEntry:
    files = (
        ("Rapportpakke", f"{folder}/submission.asice"),
        ("Kvittering", f"{folder}/receipt.asice"),
        ("Sertifikater og tilbakekallingslister", f"{folder}/trust.pem"),
    )
    return RegistryEntry(
        title=f"Rapport for {arrived.year} fra {called}, nr. {arrived.seq}",
        direction=Direction.INCOMING,
        party=called,
        dated=arrived.signed_at,
        handled=arrived.received_at,
        files=tuple(_file(title, path, filed) for title, path in files),
        bases=bases,
    )


def _outgoing(path: str, one: Sent, called: str, filed: Filed) -> RegistryEntry:
    is_call = one.kind == Kind.CALL
    return RegistryEntry(
        title=f"Rapporteringsbestilling for {one.year}" if is_call else f"Svar fra UD, nr. {one.seq}",
        direction=Direction.OUTGOING,
        party="Rapporterende enheter" if is_call else called,
        dated=one.created,
        handled=one.created,
        files=(_file("Bestilling" if is_call else "Svar", path, filed),),
    )


def _published(release: Released, filed: Filed) -> RegistryEntry:
    paths = [path for path, each in filed.released.items() if each.number == release.number]
    return RegistryEntry(
        title=f"Årsrapport for {release.year}, utgivelse {release.number}",
        direction=Direction.OUTGOING,
        party="Offentligheten",
        dated=release.at,
        handled=release.at,
        files=tuple(_file(PurePosixPath(path).name, path, filed) for path in paths),
    )


def _file(title: str, path: str, filed: Filed) -> ArchivedFile:
    digest, size = filed.written[path]
    return ArchivedFile(title=title, path=path, format=PurePosixPath(path).suffix[1:], digest=digest, size=size)


def _bases(tx: Tx, desk: Desk, arrived: Arrived) -> tuple[str, ...]:
    """The legal bases of all that is exempt in a report, as the law is cited."""
    say, found = catalogue("nb", "document"), dict[str, None]()
    try:
        report = report_of(tx, desk, arrived)
    except BaseMissing:  # changes to a report that never came: what they say is not known
        return ()
    for entry in report.entries:
        for access in (entry.access, *(each.access for each in entry.evidence)):
            if access.scope is not AccessScope.OPEN:
                found[basis_words(say, _basis(access))] = None
    return tuple(found)


def _basis(access: Access) -> Basis:
    return Basis(paragraph=access.basis, words=access.basis_text, delayed_until=access.delayed_until)
