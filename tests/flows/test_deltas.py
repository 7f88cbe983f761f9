"""Only what has changed goes, on exactly the report that UD has; and evidence that UD has never goes again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.flows.forks import pretend_acknowledged, twin
from tests.kit import YEAR, Office, answer
from wpsdesk.compilation.figures import CellState
from wpsdesk.desk.answers.drafting import entry, mark_ready, save, unmark
from wpsdesk.desk.arrivals.inbox import Stands, inbox, received_report
from wpsdesk.desk.arrivals.inspecting import received_header
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.errors import BaseMissing, NotAcknowledged, NothingChanged, NothingToBuildOn
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import coverage, sources
from wpsdesk.desk.review.replying import ReplyLoaded, reply
from wpsdesk.desk.submission.sending import Exported, export, parcel
from wpsdesk.intake.relations import Relation
from wpsdesk.report.model import Entry, Passage
from wpsdesk.report.reply import Note, Receipt
from wpsdesk.store.submissions import container


def sent(office: Office, desk: Desk, *, only_changes: bool = False) -> Exported:
    return export(desk, YEAR, office.folder, only_changes=only_changes)


def taken(ud: Desk, bundle: Exported) -> Received:
    got = receive_one(ud, bundle.path)
    assert isinstance(got, Received)
    return got


def acknowledged(office: Office, ud: Desk, desk: Desk) -> ReplyLoaded:
    """UD's receipt, as things stand, loaded on the unit's desk."""
    written = reply(ud, desk.unit.code, YEAR, office.folder)
    got = receive_one(desk, written.path)
    assert isinstance(got, ReplyLoaded)
    return got


def said(ud: Desk) -> dict[int, str]:
    """What UD would compile, by commitment."""
    (source,) = sources(ud, YEAR)
    return {e.key.commitment: e.effort.text for e in source.report.entries}


def changed(desk: Desk, number: int, text: str) -> None:
    save(desk, YEAR, answer(number, text=text))


def with_a_base(office: Office, *entries: Entry) -> tuple[Desk, Desk, Exported]:
    """UD and FD; FD has sent a whole report, and has UD's receipt for it."""
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), *(entries or (answer(1), answer(2), answer(10))))
    first = sent(office, fd)
    taken(ud, first)
    acknowledged(office, ud, fd)
    return ud, fd, first


def test_a_delta_changes_adds_and_removes_and_leaves_the_rest(office: Office) -> None:
    ud, fd, first = with_a_base(office)
    changed(fd, 1, "Rettet.")
    changed(fd, 11, "Nytt.")
    save(fd, YEAR, Entry(key=answer(10).key))  # emptied
    delta = sent(office, fd, only_changes=True)
    assert (delta.is_delta, delta.entries, delta.seq) == (True, 3, 2)
    got = taken(ud, delta)
    assert (got.relation, got.is_delta, got.entries) == (Relation.SUPERSEDES, True, 3)
    assert said(ud) == {1: "Rettet.", 2: "Innsats i året.", 11: "Nytt."}
    base = received_header(ud, delta.digest).base
    assert base is not None
    assert base.digest == first.digest
    found = coverage(ud, YEAR)
    assert found.cell(fd.unit.code, answer(11).key.commitment) is CellState.RECEIVED
    assert found.cell(fd.unit.code, answer(10).key.commitment) is CellState.MISSING


def test_a_delta_is_kept_exactly_as_it_came(office: Office) -> None:
    ud, fd, _ = with_a_base(office)
    changed(fd, 1, "Rettet.")
    delta = sent(office, fd, only_changes=True)
    taken(ud, delta)
    with ud.store.read() as tx:
        kept = b"".join(container(tx, delta.digest))
    assert b"delta.json" in kept
    assert b"report.json" not in kept


def test_deltas_build_on_deltas(office: Office) -> None:
    ud, fd, _ = with_a_base(office)
    for number, text in enumerate(("Andre.", "Tredje.", "Fjerde."), start=2):
        changed(fd, 1, text)
        delta = sent(office, fd, only_changes=True)
        assert (delta.seq, delta.entries) == (number, 1)
        assert taken(ud, delta).relation is Relation.SUPERSEDES
        acknowledged(office, ud, fd)
        assert said(ud) == {1: text, 2: "Innsats i året.", 10: "Innsats i året."}


def test_an_entry_that_is_a_draft_again_stays_at_ud_as_it_was(office: Office) -> None:
    ud, fd, _ = with_a_base(office)
    changed(fd, 1, "Rettet.")
    save(fd, YEAR, replace(answer(2, text="Halvferdig"), is_marked_ready=False))
    delta = sent(office, fd, only_changes=True)
    assert delta.entries == 1
    taken(ud, delta)
    assert said(ud)[2] == "Innsats i året."


def test_without_a_receipt_there_is_nothing_to_build_on(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    taken(ud, sent(office, fd))
    with pytest.raises(NothingToBuildOn):
        sent(office, fd, only_changes=True)


def test_nothing_is_sent_where_nothing_has_changed(office: Office) -> None:
    _, fd, _ = with_a_base(office)
    unmark(fd, YEAR, answer(1).key)
    mark_ready(fd, YEAR, answer(1).key)
    with pytest.raises(NothingChanged) as caught:
        sent(office, fd, only_changes=True)
    assert caught.value.seq == 1
    assert sent(office, fd).seq == 2, "no number was used"


def test_a_second_delta_waits_for_the_receipt_of_the_first(office: Office) -> None:
    ud, fd, _ = with_a_base(office)
    changed(fd, 1, "Andre.")
    sent(office, fd, only_changes=True)
    changed(fd, 1, "Tredje.")
    with pytest.raises(NotAcknowledged) as caught:
        sent(office, fd, only_changes=True)
    assert caught.value.seq == 2
    assert taken(ud, sent(office, fd)).relation is Relation.SUPERSEDES, "a whole report is always taken"
    assert said(ud)[1] == "Tredje."


def test_a_delta_on_another_base_is_kept_and_the_whole_is_asked_for(office: Office) -> None:
    ud, fd, _ = with_a_base(office)
    changed(fd, 1, "Andre.")
    lost = sent(office, fd)  # UD never sees it ...
    pretend_acknowledged(fd, lost.digest)  # ... and the unit believes that it has
    changed(fd, 1, "Tredje.")
    delta = sent(office, fd, only_changes=True)
    got = taken(ud, delta)
    assert got.relation is Relation.BASE_MISSING
    assert said(ud)[1] == "Innsats i året.", "nothing has changed"
    assert {r.seq: r.stands for r in inbox(ud)} == {1: Stands.IN_FORCE, 3: Stands.BASE_MISSING}
    with pytest.raises(BaseMissing):
        received_report(ud, delta.digest)
    answered = acknowledged(office, ud, fd).reply
    assert (answered.receipt, answered.notes) == (Receipt.WARNING, (Note.SEND_THE_WHOLE,))
    assert answered.about is not None
    assert answered.about.digest == delta.digest
    assert taken(ud, sent(office, fd)).relation is Relation.SUPERSEDES
    assert said(ud)[1] == "Tredje."
    assert acknowledged(office, ud, fd).reply.receipt is Receipt.OK


def test_a_delta_that_comes_before_its_base_counts_as_soon_as_that_has_come(office: Office) -> None:
    ud, fd, _ = with_a_base(office)
    changed(fd, 1, "Andre.")
    slow = sent(office, fd)
    pretend_acknowledged(fd, slow.digest)
    changed(fd, 2, "Også endret.")
    delta = sent(office, fd, only_changes=True)
    assert taken(ud, delta).relation is Relation.BASE_MISSING
    assert taken(ud, slow).relation is Relation.SUPERSEDES
    assert said(ud) == {1: "Andre.", 2: "Også endret.", 10: "Innsats i året."}
    assert {r.seq: r.stands for r in inbox(ud)} == {1: Stands.SUPERSEDED, 2: Stands.SUPERSEDED, 3: Stands.IN_FORCE}
    assert received_report(ud, delta.digest).entries[0].effort == Passage(text="Andre.")
    assert coverage(ud, YEAR).cell(fd.unit.code, answer(2).key.commitment) is CellState.RECEIVED


def test_two_desks_that_go_on_from_one_report_are_in_conflict_and_both_are_kept(office: Office, tmp_path: Path) -> None:
    ud, fd, _ = with_a_base(office)
    other = twin(office, fd)
    changed(fd, 1, "Fra den ene.")
    changed(other, 1, "Fra den andre.")
    save(other, YEAR, answer(12, text="Mer."))
    one, two = sent(office, fd, only_changes=True), export(other, YEAR, tmp_path / "other.cms", only_changes=True)
    assert [taken(ud, b).relation for b in (one, two)] == [Relation.SUPERSEDES, Relation.CONFLICT]
    assert said(ud)[1] == "Fra den ene."
    assert {r.digest: r.stands for r in inbox(ud)}[two.digest] is Stands.HELD
    held = received_report(ud, two.digest)
    assert (held.entries[0].effort.text, len(held.entries)) == ("Fra den andre.", 4), "it can be read in full"


def test_a_delta_on_a_report_that_is_held_waits_with_it(office: Office, tmp_path: Path) -> None:
    """Its base is here and can be read, but a person has not chosen it."""
    ud, fd, _ = with_a_base(office)
    other = twin(office, fd)
    changed(fd, 1, "Fra den ene.")
    changed(other, 1, "Fra den andre.")
    first, held = sent(office, fd), export(other, YEAR, tmp_path / "other.cms")
    assert [taken(ud, b).relation for b in (first, held)] == [Relation.SUPERSEDES, Relation.CONFLICT]
    pretend_acknowledged(other, held.digest)
    changed(other, 2, "Mer fra den andre.")
    delta = export(other, YEAR, tmp_path / "delta.cms", only_changes=True)
    assert taken(ud, delta).relation is Relation.BASE_MISSING
    assert said(ud) == {1: "Fra den ene.", 2: "Innsats i året.", 10: "Innsats i året."}
    assert {r.digest: r.stands for r in inbox(ud)}[delta.digest] is Stands.BASE_MISSING


# -- evidence --------------------------------------------------------------------------------------


def with_evidence(office: Office, tmp_path: Path) -> tuple[Desk, Desk]:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    attach(fd, YEAR, answer(1).key, [note(tmp_path, "Referat.txt")])
    return ud, fd


def note(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f"Innholdet i {name}.\n" * 50, encoding="utf-8")
    return path


def test_evidence_that_ud_has_acknowledged_is_never_sent_again(office: Office, tmp_path: Path) -> None:
    ud, fd = with_evidence(office, tmp_path)
    first = sent(office, fd)
    assert first.files == 1
    taken(ud, first)
    assert sent(office, fd).files == 1, "no receipt has come yet"
    acknowledged(office, ud, fd)
    attach(fd, YEAR, answer(2).key, [note(tmp_path, "Nytt.txt")])
    assert parcel(fd, YEAR).files == 1
    again = sent(office, fd)
    got = taken(ud, again)
    assert (again.files, got.files, got.missing) == (1, 1, ())
    (source,) = sources(ud, YEAR)
    assert [e.name for entry in source.report.entries for e in entry.evidence] == ["Referat.txt", "Nytt.txt"]
    acknowledged(office, ud, fd)
    save(fd, YEAR, replace(entry(fd, YEAR, answer(2).key), results=Passage(text="Mer.")))
    assert sent(office, fd, only_changes=True).files == 0


def test_a_report_without_its_evidence_names_what_is_missing_and_gets_it_later(office: Office, tmp_path: Path) -> None:
    """A unit that restored an older desk believes that UD has more than it has."""
    ud, fd = with_evidence(office, tmp_path)
    lost = sent(office, fd)
    pretend_acknowledged(fd, lost.digest)
    second = sent(office, fd)
    got = taken(ud, second)
    assert (got.files, [e.name for e in got.missing]) == (0, ["Referat.txt"])
    told = acknowledged(office, ud, fd).reply
    assert told.missing_evidence == tuple(e.digest for e in got.missing)
    third = sent(office, fd)
    assert third.files == 1
    assert taken(ud, third).missing == ()
    assert acknowledged(office, ud, fd).reply.missing_evidence == ()
    assert sent(office, fd).files == 0
