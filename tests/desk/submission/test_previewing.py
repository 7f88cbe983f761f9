"""The approver reads a compact whole: as a tagged PDF, and the same pages as pictures in the window."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.desk.submission.test_dispatching import OLA, STICK, key, with_film
from tests.kit import YEAR, Office, answer
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.errors import NothingToSend
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.dispatching import dispatch
from wpsdesk.desk.submission.previewing import page_pictures, preview_pdf, write_preview
from wpsdesk.desk.submission.sending_errors import NoSuchVersion
from wpsdesk.desk.submission.signing_off import mark_report_ready
from wpsdesk.report.model import Access, AccessScope, LegalBasis, Passage


def fd_with_secrets(office: Office) -> Desk:
    fd = office.enrolled(office.ud(), "FD")
    public = tuple((field, Passage(text="Offentlig ordlyd.")) for field in ("effort", "results", "challenges"))
    closed = Access(scope=AccessScope.PART, basis=LegalBasis.P24_3, reason="Kan sette folk i fare.", public=public)
    office.answered(fd, answer(10, text="Åpent svar."), replace(answer(11, text="Amina reiste."), access=closed))
    office.answered(fd, replace(answer(12, text="Bare et utkast."), is_marked_ready=False))
    with_film(office, fd, 10, size=1000)
    return fd


def words_in(pdf: bytes) -> str:
    return " ".join(" ".join(page.text.split()) for page in page_pictures(pdf, 40))


def test_the_whole_says_what_goes_what_is_restricted_and_what_is_not_in_it(office: Office) -> None:
    fd = fd_with_secrets(office)
    mark_report_ready(fd, YEAR, "Kari Skriver")
    said = words_in(preview_pdf(fd, YEAR, "nb"))
    for words in ("Forsvarsdepartementet", "INTERN", "Klar til godkjenning", "Kari Skriver", "Amina reiste.",
                  "offl. § 24 tredje ledd", "Kan sette folk i fare.", "opptak-10", "følger med", "2 svar"):  # fmt: skip
        assert words in said, words
    assert "Bare et utkast." not in said
    assert "Etterspurt, og ikke med i denne rapporten: 1, 2" in said


@pytest.mark.parametrize(("language", "title"), [("nn", "Kvinner, fred og tryggleik"), ("en", "Women, peace and")])
def test_it_is_a_tagged_pdf_in_each_language(office: Office, language: str, title: str) -> None:
    pdf = preview_pdf(fd_with_secrets(office), YEAR, language)  # type: ignore[arg-type]
    assert title in words_in(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as found:
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang).startswith(language)
        assert len(found.pages) <= 3


def test_what_was_sent_can_be_read_again_as_it_was(office: Office, tmp_path: Path) -> None:
    fd = fd_with_secrets(office)
    dispatch(fd, YEAR, tmp_path / "ut", STICK, OLA)
    assert "Sendt som nr. 1" in words_in(preview_pdf(fd, YEAR, "nb"))
    save(fd, YEAR, answer(10, text="Et helt annet svar."))
    again = words_in(preview_pdf(fd, YEAR, "nb", seq=1))
    assert "Åpent svar." in again
    assert "Godkjent av: Ola Leder" in again
    assert "Et helt annet svar." in words_in(preview_pdf(fd, YEAR, "nb"))
    with pytest.raises(NoSuchVersion):
        preview_pdf(fd, YEAR, "nb", seq=2)


def test_the_file_and_the_pages_in_the_window_are_the_same(office: Office, tmp_path: Path) -> None:
    fd = fd_with_secrets(office)
    out = tmp_path / "helhet.pdf"
    assert write_preview(fd, YEAR, out, "nb") == out.stat().st_size
    pages = page_pictures(out.read_bytes(), 96)
    assert [(page.width, page.height) for page in pages] == [(794, 1123)] * len(pages)
    assert all(len(page.pixels) == page.width * page.height * 4 for page in pages)


def test_there_is_no_whole_before_an_answer_is_ready(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"), replace(answer(1), is_marked_ready=False))
    with pytest.raises(NothingToSend):
        preview_pdf(fd, YEAR, "nb")
    assert key(1)
