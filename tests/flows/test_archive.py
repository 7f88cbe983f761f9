"""An archive holds all that came, went and was published, and says so as Noark 5 wants it said."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.noark import STRUCTURE
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.publication.archiving import archive
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.releasing import release
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.model import Access, AccessScope, LegalBasis, Passage

# The standard's own order of what we use of it (arkivstruktur 5.0): ? may be left out, + at least one, * any number.
ORDER = {
    "arkiv": "systemID tittel beskrivelse? arkivstatus? dokumentmedium? opprettetDato opprettetAv avsluttetDato "
    "avsluttetAv arkivskaper+ arkivdel+",
    "arkivskaper": "arkivskaperID arkivskaperNavn beskrivelse?",
    "arkivdel": "systemID tittel beskrivelse? arkivdelstatus dokumentmedium? opprettetDato opprettetAv avsluttetDato "
    "avsluttetAv mappe*",
    "mappe": "systemID mappeID tittel offentligTittel? beskrivelse? dokumentmedium? opprettetDato opprettetAv "
    "avsluttetDato avsluttetAv registrering* saksaar sakssekvensnummer saksdato administrativEnhet saksansvarlig "
    "saksstatus",
    "registrering": "systemID opprettetDato opprettetAv arkivertDato arkivertAv skjerming? dokumentbeskrivelse* "
    "registreringsID? tittel offentligTittel? beskrivelse? dokumentmedium? korrespondansepart+ journalaar "
    "journalsekvensnummer journalpostnummer journalposttype journalstatus journaldato dokumentetsDato? mottattDato? "
    "sendtDato? antallVedlegg? elektroniskSignatur?",
    "korrespondansepart": "korrespondanseparttype korrespondansepartNavn",
    "skjerming": "tilgangsrestriksjon skjermingshjemmel skjermingMetadata+ skjermingDokument?",
    "dokumentbeskrivelse": "systemID dokumenttype dokumentstatus tittel opprettetDato opprettetAv dokumentmedium? "
    "tilknyttetRegistreringSom dokumentnummer tilknyttetDato tilknyttetAv dokumentobjekt*",
    "dokumentobjekt": "systemID versjonsnummer variantformat format opprettetDato opprettetAv referanseDokumentfil "
    "sjekksum sjekksumAlgoritme filstoerrelse",
    "elektroniskSignatur": "elektroniskSignaturSikkerhetsnivaa elektroniskSignaturVerifisert verifisertDato "
    "verifisertAv",
}
MOMENTS = {"opprettetDato", "avsluttetDato", "arkivertDato", "mottattDato", "sendtDato", "tilknyttetDato"}
DAYS = {"saksdato", "journaldato", "dokumentetsDato", "verifisertDato"}
NUMBERS = {
    "saksaar", "sakssekvensnummer", "journalaar", "journalsekvensnummer", "journalpostnummer", "dokumentnummer",
    "versjonsnummer", "filstoerrelse", "antallVedlegg",
}  # fmt: skip

# What the standard's catalogue (metadatakatalog 5.0) lets stand in the elements that have words of their own.
WORDS = {
    "arkivstatus": {"Opprettet", "Avsluttet"},
    "arkivdelstatus": {"Aktiv periode", "Overlappingsperiode", "Avsluttet periode", "Uaktuelle mapper"},
    "saksstatus": {"Under behandling", "Avsluttet", "Utgår"},
    "journalstatus": {"Journalført", "Ekspedert", "Arkivert", "Utgår"},
    "dokumentstatus": {"Dokumentet er under redigering", "Dokumentet er ferdigstilt"},
    "journalposttype": {"Inngående dokument", "Utgående dokument"},
    "korrespondanseparttype": {"Avsender", "Mottaker"},
    "tilgangsrestriksjon": {"Unntatt offentlighet"},
    "skjermingDokument": {"Skjerming av hele dokumentet", "Skjerming av deler av dokumentet"},
    "elektroniskSignaturVerifisert": {"Signatur påført, ikke verifisert", "Signatur påført og verifisert"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    office = Office(folder=folder)
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    kept = Access(
        scope=AccessScope.PART, basis=LegalBasis.P20, reason="Kilden", wider_access_considered=True,
        public=(("effort", Passage(text="Samråd.", language="nb")),),
    )  # fmt: skip
    save(fd, YEAR, replace(entry(fd, YEAR, answer(2).key), access=kept, is_marked_ready=True))
    receive(ud, [export(fd, YEAR, folder, approved_by="Ola Godkjenner").path])
    reply(ud, fd.unit.code, YEAR, folder)
    release(ud, YEAR, accept=tuple(Point), languages=("nb",), formats=(Format.PDF, Format.JSON))
    archive(ud, YEAR, folder / "out")
    office.close()
    return folder / "out"


def listed(made: Path) -> dict[str, str]:
    lines = (made / "sha256.txt").read_text("ascii").splitlines()[1:]
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def member(path: Path, name: str) -> bytes:
    return subprocess.run(["unzip", "-p", str(path), name], capture_output=True, check=True).stdout


def structure(made: Path) -> ET.Element:
    return ET.fromstring((made / "noark5" / "arkivstruktur.xml").read_bytes())


def test_everything_that_came_went_and_was_published_is_in_it(made: Path) -> None:
    folders = {name.split("/")[0] for name in listed(made) if "/" in name}
    assert folders == {"submissions", "sent", "report", "noark5"}
    sent = sorted(path.name.split("_")[0] for path in (made / "sent").iterdir())
    assert "call" in sent
    assert sent.count("reply") == 1
    assert {path.suffix for path in (made / "report" / "1").iterdir()} >= {".pdf", ".json"}
    whats = {line["what"] for line in json.loads((made / "journal.json").read_bytes())}
    assert {"call-made", "received", "replied"} <= whats


def test_what_ud_sent_is_there_as_a_signed_container(made: Path) -> None:
    for path in (made / "sent").iterdir():
        assert path.stem.endswith(hashlib.sha256(path.read_bytes()).hexdigest()[:12])
        assert json.loads(member(path, "bundle.json"))["unit"] == "UD"
        (path.parents[2] / "manifest.xml").write_bytes(member(path, "META-INF/ASiCManifest001.xml"))
        (path.parents[2] / "signature.p7s").write_bytes(member(path, "META-INF/signature001.p7s"))
        verified = subprocess.run(
            ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-noverify", "-out", os.devnull, "-content",
             str(path.parents[2] / "manifest.xml"), "-in", str(path.parents[2] / "signature.p7s")],
            capture_output=True, check=False,
        )  # fmt: skip
        assert verified.returncode == 0, verified.stderr


def test_the_structure_has_the_standards_order_and_kinds(made: Path) -> None:
    seen = set()
    for element in structure(made).iter():
        name = element.tag.removeprefix(f"{{{STRUCTURE}}}")
        if name in ORDER:
            seen.add(name)
            pattern = "".join(
                f"({part.rstrip('?+*')} ){part[-1] if part[-1] in '?+*' else ''}" for part in ORDER[name].split()
            )
            inside = "".join(f"{child.tag.removeprefix(f'{{{STRUCTURE}}}')} " for child in element)
            assert re.fullmatch(pattern, inside), f"{name}: {inside}"
        elif name in MOMENTS:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.text or "")
        elif name in DAYS:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", element.text or "")
        elif name in NUMBERS:
            assert (element.text or "").isdigit()
        else:
            assert (element.text or "").strip()
        assert element.text in WORDS.get(name, {element.text}), name
    assert seen == set(ORDER)
    identifiers = [element.text for element in structure(made).iter(f"{{{STRUCTURE}}}systemID")]
    assert len(identifiers) == len(set(identifiers)) > 10


def test_the_structure_names_every_file_with_its_checksum(made: Path) -> None:
    named = {}
    for content in structure(made).iter(f"{{{STRUCTURE}}}dokumentobjekt"):
        text = {child.tag.removeprefix(f"{{{STRUCTURE}}}"): child.text or "" for child in content}
        named[text["referanseDokumentfil"]] = text["sjekksum"]
        assert (made / text["referanseDokumentfil"]).stat().st_size == int(text["filstoerrelse"])
    about = {name for name in listed(made) if name.startswith(("submissions/", "sent/", "report/"))}
    assert named == {name: listed(made)[name] for name in about}


def test_a_report_that_is_partly_exempt_says_on_which_paragraph_and_nothing_of_what(made: Path) -> None:
    text = (made / "noark5" / "arkivstruktur.xml").read_text("utf-8")
    assert "offl. § 20" in text
    assert "Kilden" not in text
    assert "Innsats" not in text
