"""A marker in every place that is not public, and every public form in every language taken apart to look for it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.kit import YEAR, Office, answer, mission
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.compilation.editing import AnswerPlace
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.answers.pseudonyms import keep_pseudonyms
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.evidence.attaching import Wish, attach
from wpsdesk.desk.evidence.follow_up import attach_follow_up, keep_follow_up
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import compile_report
from wpsdesk.desk.publication.editing import clear, edit_text, leave_out, translate
from wpsdesk.desk.review.reviewing import Judgement, decide, write_note
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.report.model import (
    NARRATIVE,
    Access,
    AccessScope,
    Entry,
    Indicator,
    LegalBasis,
    Measure,
    Money,
    Partner,
    Passage,
    Status,
)
from wpsdesk.report.names import Pseudonym
from wpsdesk.store.journal import note

MARK = "Hemmerke"
AMOUNT = 987_654_321

PART = Access(
    scope=AccessScope.PART,
    basis=LegalBasis.P20,
    reason=f"{MARK} reason",
    wider_access_considered=True,
    wider_access_refusal=f"{MARK} refusal",
    public=(("effort", Passage(text="Offentlig ordlyd.")),),
)
WHOLE = replace(PART, scope=AccessScope.WHOLE, basis=LegalBasis.P24_3, public=())
LATER = Access(delayed_until=date(2031, 1, 1), reason=f"{MARK} delay")


def full(number: int, access: Access) -> Entry:
    """An answer with a marker in everything that may be withheld with it."""
    return replace(
        answer(number, "SO"),
        status=Status.STOPPED,
        **{field: Passage(text=f"{MARK} {field}", language="nn") for field in NARRATIVE},
        measures=(Measure(title=f"{MARK} measure", owner=f"{MARK} owner", result=f"{MARK} outcome"),),
        indicators=(Indicator(name=f"{MARK} figure", measure=f"{MARK} what", source=f"{MARK} source", women=AMOUNT),),
        partners=(Partner(name=f"{MARK} partner", may_be_named=True), Partner(name=f"{MARK} unnamed")),
        money=(Money(agreement=f"{MARK} agreement", amount_nok=AMOUNT),),
        access=access,
        graded_annex=f"{MARK} annex",
        identifies_person_at_risk=access.scope is not AccessScope.OPEN,
    )


def open_answer(number: int) -> Entry:
    """An open answer, with what is not open in it."""
    return replace(
        answer(number, "SO", text="Åpen innsats."),
        partners=(Partner(name="UN Women", may_be_named=True), Partner(name=f"{MARK} unnamed")),
        measures=(Measure(title="Eget tiltak", owner=f"{MARK} owner"),),
        graded_annex=f"{MARK} annex",
    )


@pytest.fixture
def ud(office: Office, tmp_path: Path) -> Desk:
    """UD with a report full of markers, and markers in all that UD itself writes."""
    unit = mission("NAIR", "SO")
    ud = office.ud(unit)
    desk = office.enrolled(ud, unit)
    left_out = replace(open_answer(9), effort=Passage(text=f"{MARK} left out"))
    for entry in (open_answer(5), full(6, PART), full(7, WHOLE), full(8, LATER), left_out):
        save(desk, YEAR, entry)
        place = tmp_path / f"{MARK} {entry.key.commitment}.txt"
        place.write_text(f"{MARK} in the file {entry.key.commitment}", encoding="utf-8")
        attached = attach(desk, YEAR, entry.key, [place], title=f"{MARK} title")
        closed = replace(attached.evidence[0], source=f"{MARK} source", access=replace(WHOLE, public=()))
        save(desk, YEAR, replace(attached, evidence=(closed,)))
    plan = tmp_path / f"{MARK} follow-up.txt"
    plan.write_text(f"{MARK} in the follow-up document", encoding="utf-8")
    own = attach_follow_up(desk, YEAR, Wish(given=plan), title=f"{MARK} document").evidence
    keep_follow_up(desk, YEAR, replace(own, access=replace(WHOLE, public=())))
    keep_pseudonyms(desk, (Pseudonym(real=f"{MARK} name", alias="Kilde 1"),))
    sent = export(desk, YEAR, office.folder, approved_by=f"{MARK} approver")
    receive_one(ud, sent.path)
    keep_pseudonyms(ud, (Pseudonym(real=f"{MARK} name", alias="Kilde 1"),))
    for number in (5, 6):
        key = open_answer(number).key
        write_note(ud, unit.code, YEAR, key, f"{MARK} note", officer=f"{MARK} officer")
        decide(ud, unit.code, YEAR, [Judgement(key=key, is_accepted=False, reason=f"{MARK} reason")], officer="K")
    write_for_publication(ud)
    with ud.store.write() as tx:
        note(tx, "opened", who=f"{MARK} who", now=ud.clock(), about=f"{MARK} about", details={"name": f"{MARK} detail"})
    return ud


def write_for_publication(ud: Desk) -> None:
    """Edited and translated texts of what is not open, a reason in each place where one is asked for."""
    who = f"{MARK} editor"
    for number in (6, 7, 8):
        place = AnswerPlace(UnitCode("NAIR"), CommitmentNumber(number), CountryCode("SO"))
        edit_text(ud, YEAR, place, "results", f"{MARK} edited", officer=who)
        translate(ud, YEAR, place, "challenges", Passage(text=f"{MARK} translated", language="en"), officer=who)
    whole = AnswerPlace(UnitCode("NAIR"), CommitmentNumber(7), CountryCode("SO"))
    edit_text(ud, YEAR, whole, "lessons", "Klarert ordlyd.", officer=who)
    clear(ud, YEAR, whole, "lessons", f"{MARK} cleared", officer=who)
    leave_out(ud, YEAR, whole._replace(commitment=CommitmentNumber(9)), f"{MARK} repeated", officer=who)


# -- taking apart --------------------------------------------------------------------------------------


def everything_in(path: Path) -> str:
    """All that stands in a file, wherever a program might show it or look for it."""
    data = path.read_bytes()
    match path.suffix:
        case ".pdf":
            return "\n".join((_pages(data), _objects(data)))
        case ".docx" | ".xlsx":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                told = [parts.comment.decode("latin-1")]
                for part in parts.infolist():
                    told += [part.filename, part.comment.decode("latin-1"), parts.read(part).decode("utf-8", "replace")]
            return "\n".join(told)
        case _:
            return data.decode()


def _pages(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _objects(data: bytes) -> str:
    """Every string and every stream: metadata, XMP, outline, structure with its alternate texts, attachments."""
    told: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told += [f"{name} {value}" for name, value in pdf.docinfo.items()]
        told += list(pdf.attachments)
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                told.append(one.read_bytes().decode("utf-8", "replace"))
            _strings(one, told)
    return "\n".join(told)


def _strings(one: object, told: list[str]) -> None:
    if isinstance(one, pikepdf.String):
        told.append(str(one))
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for value in dict(one.items()).values():
            if not getattr(value, "is_indirect", False):
                _strings(value, told)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if not getattr(value, "is_indirect", False):
                _strings(value, told)


def found_in(
    ud: Desk, edition: Edition, language: LanguageCode, folder: Path, audience: str = "ministries"
) -> dict[str, str]:
    made = compile_report(ud, YEAR, language, edition, folder, formats=tuple(Format), audience=audience)
    assert sorted(path.name for path in folder.iterdir()) == sorted(file.path.name for file in made.files)
    return {file.format.value: everything_in(file.path) for file in made.files}


def test_no_public_form_in_any_language_holds_a_marker(ud: Desk, tmp_path: Path) -> None:
    for language in LANGUAGES:
        for form, told in found_in(ud, Edition.PUBLIC, language, tmp_path / language).items():
            assert MARK.lower() not in told.lower(), (form, language)
            digits = "".join(c for c in told if not c.isspace() and c not in ",.\u00a0")
            assert str(AMOUNT) not in digits, (form, language)
            for wording in ("Offentlig ordlyd", "Klarert ordlyd"):
                assert wording in told.replace("\n", " "), (form, language)  # it was read at all


@pytest.mark.parametrize(
    ("edition", "audience"), [(Edition.MEETING, "researchers"), (Edition.MEETING, "UD"), (Edition.REVIEW, "")]
)
def test_no_pack_for_a_meeting_or_the_review_holds_a_marker(
    ud: Desk, tmp_path: Path, edition: Edition, audience: str
) -> None:
    for form, told in found_in(ud, edition, "nb", tmp_path / "pakke", audience).items():
        assert MARK.lower() not in told.lower(), form
        assert "Ambassaden NAIR" in told.replace("\n", " "), form  # it was read at all


def test_a_marker_would_be_found_in_every_form(ud: Desk, tmp_path: Path) -> None:
    for form, told in found_in(ud, Edition.INTERNAL, "nb", tmp_path / "internal").items():
        assert f"{MARK} effort" in told.replace("\r\n", " ").replace("\n", " "), form
