"""Words looked for in everything a desk holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.plain_files import pdf_saying
from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.answers.hits import Hit, Where, marked
from wpsdesk.desk.answers.searching import search
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call
from wpsdesk.desk.evidence.attaching import attach, detach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.model import Access, AccessScope, Passage
from wpsdesk.store import evidence as files


@pytest.fixture
def ud(office: Office) -> Desk:
    return office.ud()


@pytest.fixture
def fd(office: Office, ud: Desk) -> Desk:
    return office.enrolled(ud, "FD")


def of(hits: tuple[Hit, ...], where: Where) -> list[Hit]:
    return [hit for hit in hits if hit.where is where]


def test_an_answer_is_found_by_the_beginnings_of_its_words_and_they_are_marked(fd: Desk) -> None:
    save(fd, YEAR, answer(1, text="Seminaret i Tromsø samlet ti organisasjoner."))
    (hit,) = of(search(fd, "tromsoe semin"), Where.THIS_YEAR)
    assert (hit.year, hit.key, hit.field) == (YEAR, answer(1).key, "effort")
    assert [s.text for s in hit.extract if s.is_found] == ["Seminaret", "Tromsø"]
    assert "".join(s.text for s in hit.extract) == hit.text


def test_words_in_two_fields_of_one_answer_are_found(fd: Desk) -> None:
    save(fd, YEAR, replace(answer(1, text="Patruljer."), results=Passage(text="Kvinnesenter.")))
    assert [h.field for h in of(search(fd, "patruljer kvinnesenter"), Where.THIS_YEAR)] == ["effort"]


def test_an_earlier_year_is_a_group_of_its_own(fd: Desk) -> None:
    save(fd, Year(2024), answer(3, text="Fregatten deltok."))
    (hit,) = of(search(fd, "fregatt"), Where.EARLIER)
    assert (hit.year, hit.key) == (2024, answer(3).key)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_plans_own_wording_is_found(fd: Desk, language: str) -> None:
    found = of(search(fd, "kvinners deltak", language), Where.COMMITMENT)  # type: ignore[arg-type]
    assert found
    assert all(hit.key is not None for hit in found)


def test_a_file_is_found_by_its_title_and_by_what_stands_in_it(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "referat.txt").write_text("Oberst Aasen åpnet møtet om patruljebåter.")
    attach(fd, YEAR, answer(1).key, [tmp_path / "referat.txt"], title="Samråd i Bodø")
    assert [h.field for h in of(search(fd, "samråd bodoe"), Where.EVIDENCE)] == ["evidence"]
    (inside,) = of(search(fd, "patruljebåt Åsen"), Where.EVIDENCE)
    assert (inside.key, inside.title) == (answer(1).key, "Samråd i Bodø")


def test_the_first_page_of_a_pdf_is_searched(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "referat.pdf").write_bytes(pdf_saying("Oberst Aasen", "om patruljer til lands"))
    attach(fd, YEAR, answer(1).key, [tmp_path / "referat.pdf"], title="Samråd")
    (inside,) = of(search(fd, "Åsen patrulj"), Where.EVIDENCE)
    assert (inside.key, inside.title) == (answer(1).key, "Samråd")


def test_a_file_that_the_desk_has_let_go_is_found_no_more(fd: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Patruljebåter.")
    (held,) = attach(fd, YEAR, answer(1).key, [tmp_path / "a.txt"]).evidence
    detach(fd, YEAR, answer(1).key, held.digest)
    assert search(fd, "patruljebåter") == ()
    with fd.store.write() as tx:
        files.prune(tx)
        assert (
            tx.run(__import__("sqlalchemy").text("SELECT count(*) FROM searched WHERE kind = 'evidence'")).scalar() == 0
        )


def test_what_was_sent_is_found_also_after_it_was_written_anew(fd: Desk, tmp_path: Path) -> None:
    save(fd, YEAR, answer(1, text="Minerydding på Helgeland."))
    export(fd, YEAR, tmp_path)
    save(fd, YEAR, answer(1, text="Noe annet."))
    hits = search(fd, "minerydd")
    assert of(hits, Where.THIS_YEAR) == []
    assert [(h.year, h.key) for h in of(hits, Where.SENT)] == [(YEAR, answer(1).key)]


def test_what_ud_wrote_in_its_call_is_found(office: Office, ud: Desk, fd: Desk, tmp_path: Path) -> None:
    from datetime import date

    guidance = ((None, "Svar kort og konkret, også om skipsfart."), (answer(2).key.commitment, "Nevn sambandsøvelser."))
    office.clock.wind(days=1)
    create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1), guidance=guidance), tmp_path / "again.asice")
    load_call(fd, tmp_path / "again.asice")
    assert [h.key for h in of(search(fd, "skipsfart"), Where.FROM_UD)] == [None]
    (hit,) = of(search(fd, "sambandsøv"), Where.FROM_UD)
    assert hit.key is not None
    assert hit.key.commitment == 2


def test_restricted_text_is_found_on_the_own_desk(fd: Desk) -> None:
    hidden = Access(scope=AccessScope.WHOLE, reason="Kilden Halvorsen kan bli utsatt.")
    save(fd, YEAR, replace(answer(1), access=hidden))
    assert [h.field for h in of(search(fd, "halvorsen"), Where.THIS_YEAR)] == ["access"]


@pytest.mark.parametrize(
    "words",
    ['"', "'", "NEAR(", "a AND b*", "texts:x", "x) OR 1=1 --", "\0", "{a b}", "^x", "-", "*", "%_", "📯", "å" * 5000],
)
def test_whatever_is_typed_is_only_words(fd: Desk, words: str) -> None:
    save(fd, YEAR, answer(1, text="Noe helt annet."))
    assert of(search(fd, words), Where.THIS_YEAR) == []


def test_operators_are_words_that_can_be_found(fd: Desk) -> None:
    save(fd, YEAR, answer(1, text="Women AND peace (NEAR) OR war."))
    assert len(of(search(fd, '"women" AND near) or*'), Where.THIS_YEAR)) == 1


def test_the_whole_text_can_be_shown_with_the_words_marked() -> None:
    assert [s.text for s in marked("På Ås, på ås og paa aas.", "ås") if s.is_found] == ["Ås", "ås", "aas"]


def test_what_was_typed_on_just_now_is_found_and_what_stood_there_before_is_not(fd: Desk) -> None:
    save(fd, YEAR, answer(1, text="Vi møtte kvinnenettverket i Harstad."))
    save(fd, YEAR, answer(1, text="Vi møtte kvinnenettverket i Bodø."))
    (hit,) = of(search(fd, "bodoe"), Where.THIS_YEAR)
    assert hit.key == answer(1).key
    assert of(search(fd, "harstad"), Where.THIS_YEAR) == []


def test_what_was_typed_is_found_after_the_desk_was_closed(fd: Desk) -> None:
    save(fd, YEAR, answer(1, text="Et utkast."))
    save(fd, YEAR, answer(1, text="Et utkast om Kirkenes."))
    close_desk(fd)
    again = open_desk(fd.store.path, PASSPHRASE, clock=WoundClock())
    assert of(search(again, "kirkenes"), Where.THIS_YEAR)
    close_desk(again)
