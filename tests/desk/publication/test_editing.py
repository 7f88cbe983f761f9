"""UD's own texts, edited answers beside their sources, translations: what the report shows of them, and what never."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer, mission
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.compilation.editing import AnswerPlace, EditState
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.meetings.meeting_errors import NoSuchCommitment
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import open_desk
from wpsdesk.desk.publication import editing
from wpsdesk.desk.publication.compiling import compile_report
from wpsdesk.desk.publication.editing_errors import NothingToUndo, NotTogether, WhyMissing
from wpsdesk.desk.publication.previewing import preview_commitment
from wpsdesk.desk.remembering import journal
from wpsdesk.desk.submission.previewing import page_pictures
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.model import Access, AccessScope, Entry, LegalBasis, Partner, Passage

NAIR = AnswerPlace(UnitCode("NAIR"), CommitmentNumber(7), CountryCode("SO"))
FD = AnswerPlace(UnitCode("FD"), CommitmentNumber(7))
CLOSED = Access(scope=AccessScope.WHOLE, basis=LegalBasis.P20, reason="Hensyn til utlandet.")


class Year:
    """UD with an answer from a mission and one from a ministry on the same commitment."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.office = Office(folder=folder, clock=WoundClock(now=now))
        self.ud = self.unit("UD")

    def unit(self, code: str) -> Desk:
        (path,) = self.office.folder.glob(f"{code.lower()}-*.wpsdesk")
        self.office.desks.append(open_desk(path, PASSPHRASE, clock=self.office.clock))
        return self.office.desks[-1]

    def send(self, code: str, entry: Entry) -> None:
        self.office.clock.wind(hours=1)
        unit = self.unit(code)
        save(unit, YEAR, entry)
        receive_one(self.ud, export(unit, YEAR, self.office.folder, approved_by="Ola").path)

    def told(self, edition: Edition = Edition.PUBLIC, language: LanguageCode = "nb") -> str:
        folder = self.office.folder / "rapport"
        made = compile_report(self.ud, YEAR, language, edition, folder, formats=(Format.HTML,))
        return made.path.read_text("utf-8")

    def data(self) -> dict[str, object]:
        made = compile_report(self.ud, YEAR, "nb", Edition.PUBLIC, self.office.folder / "d", formats=(Format.JSON,))
        found: dict[str, object] = json.loads(made.path.read_text("utf-8"))
        return found

    def state(self, place: AnswerPlace = NAIR) -> EditState:
        work = editing.work(self.ud, YEAR)
        (edit,) = (one for one in work.editing.edits if one.place == place)
        return work.edited.state(edit)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The desks of the year, closed; every test gets a copy."""
    office = Office(folder=tmp_path_factory.mktemp("made"))
    ud = office.ud(mission("NAIR", "SO"))
    for unit, entry in (
        (mission("NAIR", "SO"), answer(7, "SO", text="Ambassaden støttet fire samlinger.")),
        ("FD", answer(7, text="Departementet sendte to rådgivere.")),
    ):
        desk = office.answered(office.enrolled(ud, unit), entry)
        receive_one(ud, export(desk, YEAR, office.folder, approved_by="Ola").path)
    office.close()
    return office


@pytest.fixture
def year(made: Office, tmp_path: Path) -> Iterator[Year]:
    folder = tmp_path / "kontor"
    shutil.copytree(made.folder, folder)
    found = Year(folder, made.clock.now)
    yield found
    found.office.close()


def test_a_commitment_is_seen_alone_as_the_report_will_have_it(year: Year) -> None:
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Fire samlinger, kort sagt.")
    pages = page_pictures(preview_commitment(year.ud, YEAR, NAIR.commitment, "nb"), 40)
    told = " ".join(" ".join(page.text for page in pages).split())
    assert "Fire samlinger, kort sagt." in told
    assert "Ambassaden støttet fire samlinger." not in told
    assert "Departementet sendte to rådgivere." in told
    assert "Tiltak 8" not in told
    year.send("FD", replace(answer(7, text="Navnet på rådgiveren."), access=CLOSED))
    pages = page_pictures(preview_commitment(year.ud, YEAR, NAIR.commitment, "nb"), 40)
    assert not any("Navnet på rådgiveren" in page.text for page in pages)
    with pytest.raises(NoSuchCommitment):
        preview_commitment(year.ud, YEAR, CommitmentNumber(36), "nb")


def test_the_ministrys_own_texts_stand_in_the_report_of_their_language_and_every_page_says_draft(year: Year) -> None:
    editing.write_frame(year.ud, YEAR, "foreword", "Statsrådens ord.\n\nTakk til alle.", "nb")
    editing.write_frame(year.ud, YEAR, "peace", "Året for freden.", "nb")
    told = year.told()
    assert "Statsrådens ord." in told
    assert "Året for freden." in told
    assert "UTKAST" in told
    assert "Statsrådens ord." not in year.told(language="en")
    assert [frame["place"] for frame in year.data()["frames"]] == ["foreword", "peace"]
    editing.write_frame(year.ud, YEAR, "foreword", "  ", "nb")
    assert "Statsrådens ord." not in year.told()


def test_an_edited_text_stands_in_the_sources_place_and_falls_out_when_the_unit_corrects_it(year: Year) -> None:
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Fire samlinger ble støttet.", officer="Kari")
    told = year.told()
    assert "Fire samlinger ble støttet." in told
    assert "redigert av Utenriksdepartementet" in told
    assert "Ambassaden støttet fire samlinger." not in told
    internal = year.told(Edition.INTERNAL)
    assert "Ambassaden støttet fire samlinger." in internal
    assert "av Kari, 1. desember 2026" in internal
    line = journal(year.ud)[2]
    assert (line.what, line.who, line.about) == ("text-edited", "Kari", "NAIR/2026/7/SO")

    year.send("NAIR", answer(7, "SO", text="Ambassaden støttet fem samlinger."))
    assert year.state() is EditState.STALE
    assert "Ambassaden støttet fem samlinger." in year.told()
    assert editing.confirm(year.ud, YEAR, NAIR) == 1
    assert "Fire samlinger ble støttet." in year.told()


def test_an_edited_text_is_never_shown_of_a_closed_answer_until_a_person_says_so_and_only_that_wording(
    year: Year,
) -> None:
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "En hemmelig ordlyd.")
    year.send("NAIR", replace(answer(7, "SO", text="Ambassaden støttet fire samlinger."), access=CLOSED))
    assert year.state() is EditState.CLOSED
    assert "En hemmelig ordlyd." not in year.told()
    with pytest.raises(WhyMissing):
        editing.clear(year.ud, YEAR, NAIR, "effort", " ")
    editing.clear(year.ud, YEAR, NAIR, "effort", "Avklart med ambassaden.", officer="Kari")
    told = year.told()
    assert "En hemmelig ordlyd." in told
    assert "fire samlinger" not in told
    assert "Avklart med ambassaden." not in told
    assert "Avklart med ambassaden." in year.told(Edition.INTERNAL)
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "En annen hemmelig ordlyd.")
    assert "hemmelig ordlyd" not in year.told()


def test_a_name_that_may_not_be_public_closes_the_text_that_it_stands_in(year: Year) -> None:
    secret = (Partner(name="Amina Yusuf", may_be_named=False),)
    year.send("NAIR", replace(answer(7, "SO"), partners=secret))
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Samlingen ble ledet av Amina Yusuf.")
    editing.translate(year.ud, YEAR, NAIR, "results", Passage(text="Thanks to Amina Yusuf.", language="en"))
    assert year.state() is EditState.CLOSED
    assert "Amina" not in year.told()
    assert "Amina" not in year.told(language="en")


def test_two_answers_are_told_as_one_with_both_sources_and_stand_apart_again_when_one_is_changed(year: Year) -> None:
    editing.tell_with(year.ud, YEAR, FD, NAIR)
    assert "Departementet sendte to rådgivere." in year.told()  # nothing is written yet that tells both
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Norge støttet samlinger og sendte rådgivere.")
    told = year.told()
    assert "Norge støttet samlinger og sendte rådgivere." in told
    assert "Departementet sendte to rådgivere." not in told
    assert "Svaret forteller også hva Forsvarsdepartementet har rapportert." in told
    assert "Svaret er fortalt sammen med svaret fra Ambassaden NAIR." in told
    with pytest.raises(NotTogether):
        editing.tell_with(year.ud, YEAR, NAIR, FD)

    year.send("FD", replace(answer(7, text="Departementet sendte to rådgivere."), access=CLOSED))
    assert year.state() is EditState.CLOSED  # the joint text holds what is closed now
    told = year.told()
    assert "sendte rådgivere" not in told
    assert "Ambassaden støttet fire samlinger." in told


def test_an_answer_is_left_out_with_a_reason_that_only_the_internal_edition_gives(year: Year) -> None:
    editing.leave_out(year.ud, YEAR, FD, "Gjentar svaret på tiltak 8.")
    told = year.told()
    assert "to rådgivere" not in told
    assert "Gjentar svaret" not in told
    assert "Svaret er utelatt fra rapporten av Utenriksdepartementet." in told
    assert "Gjentar svaret på tiltak 8." in year.told(Edition.INTERNAL)
    editing.put_back(year.ud, YEAR, FD)
    assert "to rådgivere" in year.told()


def test_a_translation_stands_in_the_report_of_its_language_with_the_original_at_the_end(year: Year) -> None:
    words = Passage(text="Four gatherings were supported.", language="en")
    editing.translate(year.ud, YEAR, NAIR, "effort", words, translator="Ann Lee")
    told = year.told(language="en")
    assert told.index("translated from Norwegian bokmål by Ann Lee") < told.index("Four gatherings were supported.")
    assert told.index("Translated texts in the original") < told.index("Ambassaden støttet fire samlinger.")
    assert "Four gatherings" not in year.told()
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Fire samlinger.")  # the translation is of another text now
    assert "Four gatherings" not in year.told(language="en")
    assert [editing.work(year.ud, YEAR).edited.is_old(t) for t in editing.work(year.ud, YEAR).editing.translations]


def test_every_step_is_taken_back_in_turn_and_what_is_written_in_one_sitting_is_one_step(year: Year) -> None:
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Første", officer="Kari")
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Første ord", officer="Kari")
    year.office.clock.wind(hours=1)
    editing.edit_text(year.ud, YEAR, NAIR, "effort", "Andre ord", officer="Kari")
    editing.leave_out(year.ud, YEAR, FD, "Gjentakelse.")
    assert [line.what for line in journal(year.ud)[:3]] == ["answer-left-out", "text-edited", "text-edited"]
    editing.undo(year.ud, YEAR)
    editing.undo(year.ud, YEAR)
    work = editing.work(year.ud, YEAR)
    assert [one.passage.text for one in work.editing.edits] == ["Første ord"]
    assert work.editing.handlings == ()
    editing.undo(year.ud, YEAR)
    assert not editing.work(year.ud, YEAR).can_undo
    with pytest.raises(NothingToUndo):
        editing.undo(year.ud, YEAR)


def test_a_year_is_taken_in_from_a_file_whole_or_not_at_all(year: Year, tmp_path: Path) -> None:
    where = {"unit": "NAIR", "commitment": 7, "country": "SO"}
    rows = {
        "frames": [{"place": "introduction", "language": "nn", "text": "Eit innleiande ord."}],
        "edits": [{**where, "field": "effort", "text": "Kortere."}],
        "left_out": [{"unit": "KLD", "commitment": 7, "country": None, "reason": "Ikke noe svar."}],
    }
    with pytest.raises(Exception, match="NothingReceived"):
        editing.load_edited(year.ud, YEAR, json.dumps(rows).encode())
    assert editing.work(year.ud, YEAR).editing.frames == ()
    assert editing.load_edited(year.ud, YEAR, json.dumps({**rows, "left_out": []}).encode()) == 2
    assert "Eit innleiande ord." in year.told(language="nn")


def test_a_unit_cannot_edit(year: Year) -> None:
    with pytest.raises(Exception, match="OnlyTheAuthority"):
        editing.leave_out(year.unit("FD"), YEAR, FD, "Nei.")
