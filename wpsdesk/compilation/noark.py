"""The archive's case files as Noark 5 has them (arkivstruktur, version 5.0), as XML.

The order of elements and their Norwegian names are the standard's own. A case file (saksmappe) holds what belongs to
one unit's reporting of one year; each bundle is a registry entry (journalpost) with its files.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final
from xml.etree import ElementTree as ET

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import Digest, Year

STRUCTURE: Final = "http://www.arkivverket.no/standarder/noark5/arkivstruktur"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_SPACE: Final = uuid.UUID("5f0c1f2e-6d0c-5c8e-9a53-3a3d2c1b7e42")  # so that the same archive has the same identifiers

Member = tuple[str, "str | list[Member]"]
"""An element: its name, and its text or the elements in it."""


class Direction(Enum):
    """What kind of entry it is, in the standard's words (M082)."""

    INCOMING = "Inngående dokument"
    OUTGOING = "Utgående dokument"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """One file: where it lies in the archive, and what it is. ``size`` in bytes."""

    title: str
    path: str
    format: str  # as the file's name ends
    digest: Digest
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryEntry:
    """One bundle that came or went, or a report that was published; the first file is the main document."""

    title: str
    direction: Direction
    party: str  # who sent or received it
    dated: datetime  # UTC: signed or written
    handled: datetime  # UTC: received or sent
    files: tuple[ArchivedFile, ...]
    is_signed: bool = True
    bases: tuple[str, ...] = ()  # the legal bases of what in it is exempt from public access


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What belongs together."""

    number: int
    title: str
    unit: str
    entries: tuple[RegistryEntry, ...]


def archive_structure(year: Year, creator: str, cases: Iterable[CaseFile], *, made: datetime) -> bytes:
    """``arkivstruktur.xml`` for a year of reporting; ``creator`` is whose archive it is."""
    head = _life(made, creator)
    part: list[Member] = [
        ("systemID", _id(f"{year}/part")),
        ("tittel", f"Rapportering for {year}"),
        ("arkivdelstatus", "Avsluttet periode"),
        ("dokumentmedium", "Elektronisk arkiv"),
        *head,
        *(("mappe", _case(year, case, made, creator)) for case in cases),
    ]
    whole: list[Member] = [
        ("systemID", _id(f"{year}")),
        ("tittel", "Kvinner, fred og sikkerhet: rapportering på handlingsplanen"),
        ("arkivstatus", "Avsluttet"),
        ("dokumentmedium", "Elektronisk arkiv"),
        *head,
        ("arkivskaper", [("arkivskaperID", "UD"), ("arkivskaperNavn", creator)]),
        ("arkivdel", part),
    ]
    ET.register_namespace("", STRUCTURE)
    ET.register_namespace("xsi", _INSTANCE)
    root = _element("arkiv", whole)
    ET.indent(root)
    return bytes(ET.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _element(name: str, inside: str | list[Member]) -> ET.Element:
    made = ET.Element(f"{{{STRUCTURE}}}{name}")
    kind = {"mappe": "saksmappe", "registrering": "journalpost"}.get(name)
    if kind is not None:
        made.set(f"{{{_INSTANCE}}}type", kind)
    if isinstance(inside, str):
        made.text = inside
    else:
        made.extend([_element(*each) for each in inside])
    return made


def _life(made: datetime, by: str) -> list[Member]:
    when = rfc3339(made)
    return [("opprettetDato", when), ("opprettetAv", by), ("avsluttetDato", when), ("avsluttetAv", by)]


def _case(year: Year, case: CaseFile, made: datetime, by: str) -> list[Member]:
    first = min((entry.handled for entry in case.entries), default=made)
    return [
        ("systemID", _id(f"{year}/{case.unit}")),
        ("mappeID", f"{year}/{case.number}"),
        ("tittel", case.title),
        ("dokumentmedium", "Elektronisk arkiv"),
        ("opprettetDato", rfc3339(first)),
        ("opprettetAv", by),
        ("avsluttetDato", rfc3339(made)),
        ("avsluttetAv", by),
        *(
            ("registrering", _entry((f"{year}/{case.unit}", case.number, number), entry, made, by))
            for number, entry in enumerate(case.entries, start=1)
        ),
        ("saksaar", str(year)),
        ("sakssekvensnummer", str(case.number)),
        ("saksdato", first.date().isoformat()),
        ("administrativEnhet", by),
        ("saksansvarlig", by),
        ("saksstatus", "Avsluttet"),
    ]


def _entry(place: tuple[str, int, int], entry: RegistryEntry, made: datetime, by: str) -> list[Member]:
    case, of_case, number = place
    name = f"{case}/{number}"
    is_incoming = entry.direction is Direction.INCOMING
    documents = [
        ("dokumentbeskrivelse", _document(f"{name}/{order}", order, file, entry, by))
        for order, file in enumerate(entry.files, start=1)
    ]
    return [
        ("systemID", _id(name)),
        ("opprettetDato", rfc3339(entry.handled)),
        ("opprettetAv", by),
        ("arkivertDato", rfc3339(made)),
        ("arkivertAv", by),
        *_screening(entry.bases),
        *documents,
        ("registreringsID", name),
        ("tittel", entry.title),
        ("dokumentmedium", "Elektronisk arkiv"),
        (
            "korrespondansepart",
            [
                ("korrespondanseparttype", "Avsender" if is_incoming else "Mottaker"),
                ("korrespondansepartNavn", entry.party),
            ],
        ),
        ("journalaar", str(entry.handled.year)),
        ("journalsekvensnummer", f"{of_case}{number:03}"),
        ("journalpostnummer", str(number)),
        ("journalposttype", entry.direction.value),
        ("journalstatus", "Arkivert"),
        ("journaldato", entry.handled.date().isoformat()),
        ("dokumentetsDato", entry.dated.date().isoformat()),
        ("mottattDato" if is_incoming else "sendtDato", rfc3339(entry.handled)),
        ("antallVedlegg", str(max(len(entry.files) - 1, 0))),
        *_signature(entry, by),
    ]


def _screening(bases: tuple[str, ...]) -> list[Member]:
    """Which parts are exempt stands in the bundle itself; here, that some are, and on which paragraphs."""
    if not bases:
        return []
    inside: list[Member] = [
        ("tilgangsrestriksjon", "Unntatt offentlighet"),
        ("skjermingshjemmel", "; ".join(bases)),
        ("skjermingMetadata", "Skjerming tittel dokumentbeskrivelse"),
        ("skjermingDokument", "Skjerming av deler av dokumentet"),
    ]
    return [("skjerming", inside)]


def _signature(entry: RegistryEntry, by: str) -> list[Member]:
    if not entry.is_signed:
        return []
    inside: list[Member] = [
        ("elektroniskSignaturSikkerhetsnivaa", "Sendt med PKI/virksomhetssertifikat"),
        ("elektroniskSignaturVerifisert", "Signatur påført og verifisert"),
        ("verifisertDato", entry.handled.date().isoformat()),
        ("verifisertAv", by),
    ]
    return [("elektroniskSignatur", inside)]


def _document(name: str, order: int, file: ArchivedFile, entry: RegistryEntry, by: str) -> list[Member]:
    when = rfc3339(entry.handled)
    content: list[Member] = [
        ("systemID", _id(f"{name}/{file.path}")),
        ("versjonsnummer", "1"),
        ("variantformat", "Arkivformat" if file.format == "pdf" else "Produksjonsformat"),
        ("format", file.format),
        ("opprettetDato", when),
        ("opprettetAv", by),
        ("referanseDokumentfil", file.path),
        ("sjekksum", file.digest),
        ("sjekksumAlgoritme", "SHA256"),
        ("filstoerrelse", str(file.size)),
    ]
    return [
        ("systemID", _id(name)),
        ("dokumenttype", "Rapport"),
        ("dokumentstatus", "Dokumentet er ferdigstilt"),
        ("tittel", file.title),
        ("opprettetDato", when),
        ("opprettetAv", by),
        ("dokumentmedium", "Elektronisk arkiv"),
        ("tilknyttetRegistreringSom", "Hoveddokument" if order == 1 else "Vedlegg"),
        ("dokumentnummer", str(order)),
        ("tilknyttetDato", when),
        ("tilknyttetAv", by),
        ("dokumentobjekt", content),
    ]


def _id(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name))
