"""An archive holds all that came, went and was published, and says so as Noark 5 wants it said."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from tests.kit import YEAR, Office, answer, noark5
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


def test_the_structure_holds_by_the_public_schema(made: Path) -> None:
    by = noark5.schema()
    told = etree.parse(made / "noark5" / "arkivstruktur.xml")
    assert by.validate(told), by.error_log
    identifiers = [element.text for element in told.iter(f"{{{STRUCTURE}}}systemID")]
    assert len(identifiers) == len(set(identifiers)) > 10
    kinds = {element.tag.removeprefix(f"{{{STRUCTURE}}}") for element in told.iter()}
    assert kinds >= {"mappe", "registrering", "skjerming", "elektroniskSignatur", "dokumentobjekt"}
    for wrong in ("saksdato", "journalstatus", "filstoerrelse", "sjekksumAlgoritme"):  # the validator can say no
        element = next(told.iter(f"{{{STRUCTURE}}}{wrong}"))
        was, element.text = element.text, "x"
        assert not by.validate(told)
        element.text = was


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
