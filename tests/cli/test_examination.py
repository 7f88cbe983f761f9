"""``verify`` tells all of a file and stores nothing: in JSON for programs, in words, and on a page to print."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from tests.bundle.forging import inside
from tests.cli.conftest import NOW, CommandLine, World, contents
from wpsdesk.base.clock import rfc3339


@pytest.fixture
def container(world: World, wps: CommandLine) -> Path:
    """The signed container inside the seal."""
    out = world.folder / "inside.asice"
    assert wps("open", world.sent, out, "--store", world.ud).code == 0
    return out


@pytest.fixture
def trust(world: World, wps: CommandLine) -> Path:
    out = world.folder / "trust.pem"
    assert wps("trust", "export", out, "--store", world.ud).code == 0
    return out


def test_at_uds_desk_everything_is_told_of_a_sealed_file(world: World, wps: CommandLine, container: Path) -> None:
    before = contents(world.ud)
    done = wps("verify", "--json", world.sent, "--store", world.ud)
    assert done.code == 0
    (told,) = json.loads(done.out)
    digest = hashlib.sha256(container.read_bytes()).hexdigest()
    assert told["file_sha256"] == hashlib.sha256(world.sent.read_bytes()).hexdigest()
    assert (told["kind"], told["unit"], told["to"], told["year"], told["seq"]) == ("submission", "FD", "UD", 2026, 1)
    assert (told["is_sealed"], told["can_be_opened"], told["sha256"]) == (True, True, digest)
    assert (told["is_intact"], told["is_valid"], told["is_trusted"], told["is_revoked"]) == (True, True, True, False)
    assert (told["signer_unit"], told["approved_by"]) == ("FD", "Ola Godkjenner")
    assert len(told["signer_fingerprint"].split()) == 8
    assert told["signed_at"] == told["created"]
    assert told["certificate_begins"] <= told["signed_at"] < told["certificate_ends"]
    assert [f["name"] for f in told["files"]] == ["Møte på Ås.txt"]
    assert told["files"][0]["sha256"] == hashlib.sha256(b"Referat").hexdigest()
    assert [f["name"] for f in told["covered"]] == ["bundle.json", "report.json", "evidence/001_mote-pa-as.txt"]
    entries = dict(inside(container.read_bytes()).entries)
    for covered in told["covered"]:
        assert covered["sha256"] == hashlib.sha256(entries[covered["name"]]).hexdigest()
    assert contents(world.ud) == before


def test_without_a_desk_the_trust_file_is_enough(wps: CommandLine, container: Path, trust: Path) -> None:
    alone = json.loads(wps("verify", "--json", container).out)[0]
    assert (alone["is_intact"], alone["is_valid"], alone["is_trusted"], alone["is_revoked"]) == (True, True, None, None)
    done = wps("verify", "--json", container, "--trust", trust)
    assert done.code == 0
    (told,) = json.loads(done.out)
    assert (told["is_trusted"], told["is_revoked"], told["is_root_compared"]) == (True, False, True)


def test_another_time_and_another_root_give_another_answer(
    world: World, wps: CommandLine, container: Path, trust: Path, tmp_path: Path
) -> None:
    late = wps("verify", "--json", container, "--trust", trust, "--at", rfc3339(NOW + timedelta(days=5000)))
    assert late.code == 1
    (told,) = json.loads(late.out)
    assert (told["is_intact"], told["is_valid"], told["is_trusted"]) == (True, True, False)
    assert [f["error"] for f in told["faults"]] == ["CertificateExpired"]
    pem = trust.read_text()
    without_lists = tmp_path / "no-lists.pem"
    without_lists.write_text(re.sub(r"-----BEGIN X509 CRL-----.*?-----END X509 CRL-----\n", "", pem, flags=re.DOTALL))
    refused = json.loads(wps("verify", "--json", container, "--trust", without_lists).out)[0]
    assert [f["error"] for f in refused["faults"]] == ["MissingRevocationList"]
    assert wps("verify", container, "--trust", world.sent).code == 1
    assert wps("verify", container, "--at", "i går").code == 2


def test_several_files_are_told_apart_and_one_bad_one_does_not_hide_the_others(
    world: World, wps: CommandLine, container: Path, trust: Path
) -> None:
    spoilt = world.folder / "spoilt.asice"
    data = bytearray(container.read_bytes())
    data[data.index(b"evidence/") + 32] ^= 1
    spoilt.write_bytes(data)
    done = wps("verify", "--json", container, spoilt, world.folder / "none", world.call, "--trust", trust)
    assert done.code == 1
    told = json.loads(done.out)
    assert [t["is_good"] for t in told] == [True, False, True, False]
    assert [t.get("kind") for t in told] == ["submission", "submission", "call", None]
    assert (told[1]["is_intact"], told[1]["is_valid"], told[1]["is_trusted"]) == (False, True, True)
    assert told[3]["faults"][0]["error"] == "FileMissing"


def test_in_words_every_file_stands_with_its_hash(world: World, wps: CommandLine) -> None:
    done = wps("verify", world.sent, "--store", world.ud)
    assert done.code == 0
    assert f"{hashlib.sha256(b'Referat').hexdigest()}  Møte på Ås.txt" in done.out
    assert re.search(r"Betrodd avsender +ja\n", done.out)
    assert re.search(r"Tilbakekalt +nei\n", done.out)


@pytest.mark.parametrize(("language", "title"), [("nb", "Kontrollark"), ("nn", "Kontrollark"), ("en", "Proof sheet")])
def test_the_proof_sheet_is_one_page_in_every_language(
    world: World, wps: CommandLine, container: Path, language: str, title: str
) -> None:
    out = world.folder / "sheet.pdf"
    assert wps("verify", "--lang", language, world.sent, "--store", world.ud, "--sheet", out).code == 0
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
        told = pdf.docinfo
        assert str(told["/Title"]).startswith(title)
        assert str(told["/Subject"]) == hashlib.sha256(container.read_bytes()).hexdigest()
        assert str(pdf.Root["/Lang"]).startswith(language)
    again = world.folder / "again.pdf"
    assert wps("verify", "--lang", language, world.sent, "--store", world.ud, "--sheet", again).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_no_sheet_is_made_of_what_cannot_be_read_nor_over_another_file(
    world: World, wps: CommandLine, container: Path
) -> None:
    out = world.folder / "sheet.pdf"
    refused = wps("verify", world.sent, "--sheet", out)
    assert refused.code == 1
    assert "--store" in refused.err
    assert not out.exists()
    assert wps("verify", container, world.call, "--sheet", out).code == 2
    out.write_bytes(b"mine")
    assert wps("verify", container, "--sheet", out).code == 1
    assert out.read_bytes() == b"mine"
