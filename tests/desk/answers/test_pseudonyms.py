"""The table of pseudonyms: kept on the desk alone, used all through a report, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.desk.answers.drafting import entry, problems, save
from wpsdesk.desk.answers.pseudonym_errors import BadPseudonym, NothingToTakeBack, PseudonymProblem
from wpsdesk.desk.answers.pseudonyms import (
    can_take_back,
    keep_pseudonyms,
    pseudonyms,
    replace_names,
    replacements_in,
    suggested_names,
    take_names_back,
)
from wpsdesk.desk.arrivals.verifying import open_container
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.sending import export
from wpsdesk.report.checks import Code
from wpsdesk.report.model import Access, AccessScope, LegalBasis, Passage
from wpsdesk.report.names import Pseudonym
from wpsdesk.store.journal import lines

AMINA = Pseudonym(real="Amina Yusuf", alias="NN1")
RESTRICTED = Access(
    scope=AccessScope.PART,
    basis=LegalBasis.P24_3,
    reason="Liv og helse.",
    wider_access_considered=True,
    wider_access_refusal="Faren er stor.",
    public=(("effort", Passage(text="En kvinne fortalte.")),),
)


@pytest.fixture
def ud(office: Office) -> Desk:
    return office.ud()


@pytest.fixture
def fd(office: Office, ud: Desk, tmp_path: Path) -> Desk:
    desk = office.enrolled(ud, "FD")
    marked = replace(answer(1, text="Amina Yusuf fortalte."), identifies_person_at_risk=True, access=RESTRICTED)
    office.answered(desk, marked, answer(2, text="Kurset til Amina Yusuf."), answer(3))
    note = tmp_path / "Amina_Yusuf.txt"
    note.write_text("Innholdet i filen.", encoding="utf-8")
    attach(desk, YEAR, answer(2).key, [note])
    return desk


def test_a_table_is_kept_tidied_and_a_bad_one_leaves_the_old(fd: Desk) -> None:
    assert keep_pseudonyms(fd, (Pseudonym(real="  Amina\tYusuf ", alias=" NN1 "),)) == (AMINA,)
    for bad, problem in (
        ((Pseudonym(real="", alias="NN1"),), PseudonymProblem.EMPTY),
        ((AMINA, Pseudonym(real="amina yusuf", alias="NN2")), PseudonymProblem.TWICE),
        ((AMINA, Pseudonym(real="Bo Li", alias="ikke Amina Yusuf")), PseudonymProblem.HOLDS_A_NAME),
        ((Pseudonym(real="x" * 101, alias="NN1"),), PseudonymProblem.TOO_LONG),
    ):
        with pytest.raises(BadPseudonym) as refused:
            keep_pseudonyms(fd, bad)
        assert refused.value.problem is problem
    assert pseudonyms(fd) == (AMINA,)


def test_names_of_marked_answers_are_suggested_until_they_have_a_pseudonym(fd: Desk) -> None:
    assert suggested_names(fd, YEAR) == ("Amina Yusuf",)
    keep_pseudonyms(fd, (AMINA,))
    assert suggested_names(fd, YEAR) == ()


def test_what_will_be_replaced_is_shown_then_done_everywhere_and_undone(fd: Desk) -> None:
    keep_pseudonyms(fd, (AMINA,))
    before = [entry(fd, YEAR, answer(n).key) for n in (1, 2, 3)]
    shown = replacements_in(fd, YEAR)
    assert {(r.key.commitment, r.field) for r in shown} == {(1, "effort"), (2, "effort"), (2, "evidence")}
    assert entry(fd, YEAR, answer(1).key) == before[0]
    done = replace_names(fd, YEAR)
    assert (len(done.entries), done.count) == (2, 4)
    assert entry(fd, YEAR, answer(2).key).effort.text == "Kurset til NN1."
    assert entry(fd, YEAR, answer(2).key).evidence[0].name == "NN1.txt"
    assert entry(fd, YEAR, answer(2).key).is_marked_ready
    assert replacements_in(fd, YEAR) == ()
    take_names_back(fd, YEAR)
    assert [entry(fd, YEAR, answer(n).key) for n in (1, 2, 3)] == before


def test_what_was_written_since_is_not_overwritten_by_the_undoing(fd: Desk) -> None:
    keep_pseudonyms(fd, (AMINA,))
    replace_names(fd, YEAR)
    written = replace(entry(fd, YEAR, answer(2).key), effort=Passage(text="NN1 holdt kurset, og mer."))
    save(fd, YEAR, written)
    back = take_names_back(fd, YEAR)
    assert (back.left, [e.key for e in back.entries]) == ((written.key,), [answer(1).key])
    assert entry(fd, YEAR, written.key) == written
    assert not can_take_back(fd, YEAR)
    with pytest.raises(NothingToTakeBack):
        take_names_back(fd, YEAR)


def test_the_checks_say_where_a_name_stands_that_should_not(fd: Desk) -> None:
    found = [(p.key.commitment, p.field, p.code) for p in problems(fd, YEAR) if p.about]
    assert found == [
        (2, "effort", Code.NAME_FROM_MARKED_ENTRY),
        (2, "evidence", Code.NAME_FROM_MARKED_ENTRY),
    ]
    keep_pseudonyms(fd, (AMINA,))
    assert {p.code for p in problems(fd, YEAR) if p.about} == {Code.NAME_WITH_PSEUDONYM}
    replace_names(fd, YEAR)
    assert not [p for p in problems(fd, YEAR) if p.about]


def test_neither_the_table_nor_the_journal_lets_the_name_out(fd: Desk, ud: Desk, tmp_path: Path) -> None:
    keep_pseudonyms(fd, (AMINA,))
    replace_names(fd, YEAR)
    sent = export(fd, YEAR, tmp_path)
    out = tmp_path / "open.asice"
    open_container(ud, sent.path, out)
    import zipfile

    with zipfile.ZipFile(out) as opened:
        for name in opened.namelist():
            assert b"Yusuf" not in opened.read(name), name
            assert "Yusuf" not in name
    with fd.store.read() as tx:
        assert "Yusuf" not in str(lines(tx))
