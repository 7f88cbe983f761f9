"""The proof sheet says what was found and no more, and is one page whatever the bundle holds."""

from __future__ import annotations

import io
import shlex
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from wpsdesk.base.canonical import sha256
from wpsdesk.base.ids import BundleId, UnitCode, Year
from wpsdesk.compilation.pdf.proof_page import write_proof
from wpsdesk.compilation.proof import KIND, Found, Proof, ProofFile, proof_sheet
from wpsdesk.plan.model import LANGUAGES, LanguageCode

WHEN = datetime(2027, 3, 1, 14, 2, tzinfo=UTC)
FOUND = Found(
    is_intact=True, is_valid=True, is_trusted=True, is_revoked=False, looked_at=WHEN,
    root_fingerprint=" ".join(["12345"] * 8),
)  # fmt: skip


def proof(files: int = 3) -> Proof:
    return Proof(
        file_name="fd_20270301_1.asice.cms", kind="submission", unit=UnitCode("FD"), year=Year(2026), seq=1,
        bundle=BundleId("0b5e9f1c-4a3d-4a3e-9b52-2d6f0a7c1e11"), created=WHEN, signed_by="Ola Godkjenner",
        signer_unit=UnitCode("FD"), signer_serial=1 << 150, fingerprint=" ".join(["54321"] * 8), signed_at=WHEN,
        approved_by="Ola Godkjenner", digest=sha256(b"container"), size=112_000, sealed_digest=sha256(b"sealed"),
        files=tuple(ProofFile(name=f"evidence/{n:03d}_fil.pdf", digest=sha256(bytes(n))) for n in range(files)),
        found=FOUND,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("files", [2, 25, 1990])
def test_it_is_one_page(language: LanguageCode, files: int) -> None:
    made = io.BytesIO()
    write_proof(proof_sheet(proof(files), language), made)
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("kind", KIND)
def test_every_kind_of_bundle_has_its_words(kind: str) -> None:
    titles = {proof_sheet(replace(proof(), kind=kind, year=None), language).subtitle for language in LANGUAGES}
    assert all(title.startswith("FD, ") and title.endswith(" 1") for title in titles)


def test_what_could_not_be_told_is_neither_good_nor_bad() -> None:
    unknown = replace(FOUND, is_intact=None, is_valid=False, is_trusted=None, is_revoked=True, root_fingerprint=None)
    sheet = proof_sheet(replace(proof(), found=unknown), "nb")
    assert [answer.is_good for answer in sheet.answers] == [None, False, None, False]
    assert [answer.text for answer in sheet.answers][1::2] == ["ikke gyldig", "ja"]
    assert "uten å kjenne" in sheet.judged
    assert [answer.is_good for answer in proof_sheet(proof(), "nb").answers] == [True] * 4


def test_the_commands_can_be_typed_whatever_the_file_is_called() -> None:
    told = proof_sheet(replace(proof(), file_name="en fil; rm -rf *.asice.cms"), "nb")
    assert shlex.split(told.steps[0].command) == [
        "wpsdesk", "open", "en fil; rm -rf *.asice.cms", "en fil; rm -rf *.asice",
    ]  # fmt: skip
    assert shlex.split(told.steps[1].command)[-1] == "en fil; rm -rf *.asice"
    bare = proof_sheet(replace(proof(), file_name="a.asice", sealed_digest=None), "nb")
    assert bare.steps[0].command == "openssl dgst -sha256 a.asice"
    assert f"-attime {int(WHEN.timestamp())} " in bare.steps[2].command
