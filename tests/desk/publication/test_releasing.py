"""A release: what is looked at first, a PDF that other readers believe, and what is other in the next one."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.kit import YEAR, Office, answer, mission
from tests.verapdf.judging import A2A, UA1, verdicts
from wpsdesk.base.canonical import sha256
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.compilation.editing import AnswerPlace
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.release import Change, ChangeKind
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.model import Desk, require_trust
from wpsdesk.desk.publication import editing
from wpsdesk.desk.publication.checking import checklist
from wpsdesk.desk.publication.compiling import compile_report
from wpsdesk.desk.publication.editing_errors import NotReady, WhyMissing
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.releasing import release, releases, write_release
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import LANGUAGES

NAIR = AnswerPlace(UnitCode("NAIR"), CommitmentNumber(7), CountryCode("SO"))


@pytest.fixture
def ud(office: Office) -> Desk:
    unit = mission("NAIR", "SO")
    ud = office.ud(unit)
    desk = office.enrolled(ud, unit)
    save(desk, YEAR, answer(7, "SO", text="Ambassaden støttet fire samlinger."))
    receive_one(ud, export(desk, YEAR, office.folder, approved_by="Ola").path)
    return ud


def pyhanko_says(data: bytes, ud: Desk) -> tuple[bool, bool]:
    """Whether the signature is right and believed, and whether it covers the whole file."""
    with ud.store.read() as tx:
        root = x509.Certificate.load(require_trust(tx).root.der)
    context = ValidationContext(
        trust_roots=[root], allow_fetching=False, moment=ud.clock(), revocation_mode="soft-fail"
    )
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    status = validate_pdf_signature(signature, context)
    return status.bottom_line, status.coverage.name == "ENTIRE_FILE"


def test_the_checklist_names_every_place_and_nothing_goes_out_until_somebody_lets_it(ud: Desk) -> None:
    found = {one.point: one.places for one in checklist(ud, YEAR).findings}
    assert "FD 10" in found[Point.COVERAGE]
    assert "foreword nn" in found[Point.TEXTS]
    assert found[Point.UNREASONED] == found[Point.CLOSED] == ()
    report = partial(compile_report, ud, YEAR, edition=Edition.PUBLIC, folder=ud.store.path.parent / "rapporter")
    words = [dict(report(language=language).shares.words) for language in LANGUAGES]
    counted = checklist(ud, YEAR).shares.words
    assert dict(counted) == {code: sum(each[code] for each in words) for code, _ in counted}
    with pytest.raises(NotReady) as refused:
        release(ud, YEAR, accept=(Point.COVERAGE,))
    assert Point.TEXTS in refused.value.points
    assert releases(ud, YEAR) == ()


def test_a_release_is_signed_numbered_and_kept_and_the_next_one_lists_what_is_other(
    ud: Desk, office: Office, tmp_path: Path
) -> None:
    first = release(ud, YEAR, accept=Point, officer="Kari", languages=("nb",), formats=(Format.PDF, Format.JSON))
    assert (first.number, first.by) == (1, "Kari")
    assert Point.COVERAGE in first.accepted
    assert Point.CLOSED not in first.accepted  # there was nothing to accept
    folder = tmp_path / "ut"
    assert write_release(ud, YEAR, 1, folder) == first
    assert {p.name: sha256(p.read_bytes()) for p in folder.iterdir()} == {f.name: f.digest for f in first.files}
    data = (folder / "kfs-2026-nb-1.pdf").read_bytes()

    assert pyhanko_says(data, ud) == (True, True)
    changed = data.replace(b"WPS Desk", b"WPS Disk", 1)
    assert changed != data
    assert pyhanko_says(changed, ud)[0] is False
    program = shutil.which("pdfsig")
    if program is not None:
        said = subprocess.run([program, "-nocert", str(folder / "kfs-2026-nb-1.pdf")], capture_output=True, check=False)
        assert b"Signature is Valid" in said.stdout
        assert b"Total document signed" in said.stdout
    judged = verdicts({"signed": data}, tmp_path)
    assert {standard: judged["signed", standard].broken for standard in (UA1, A2A)} == {UA1: (), A2A: ()}
    told = json.loads((folder / "kfs-2026-nb-1.json").read_text("utf-8"))
    assert (told["is_draft"], told["release"]["number"]) == (False, 1)

    editing.edit_text(ud, YEAR, NAIR, "effort", "Fire samlinger ble støttet.")
    editing.write_frame(ud, YEAR, "foreword", "Et ord.", "nb")
    with pytest.raises(WhyMissing):
        release(ud, YEAR, accept=Point)
    office.clock.wind(days=1)
    second = release(ud, YEAR, accept=Point, why="Et svar er kortet.", languages=("nb",), formats=(Format.HTML,))
    changes = (
        Change(kind=ChangeKind.ADDED, frame="foreword"),
        Change(kind=ChangeKind.CHANGED, commitment=7, unit="NAIR", country="SO"),
    )
    assert second.changes == changes
    assert releases(ud, YEAR) == (first, second)
    write_release(ud, YEAR, 2, folder)
    page = (folder / "kfs-2026-nb-2.html").read_text("utf-8")
    assert "Endringer siden utgivelse 1" in page
    assert "Et svar er kortet." in page
    assert "Tiltak 7, Ambassaden NAIR – Somalia: endret" in page
    assert "UTKAST" not in page
