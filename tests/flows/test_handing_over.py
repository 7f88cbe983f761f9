"""From one desk of a unit to another: the drafts by handover, and the last report from UD when the machine is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.bundle.errors import Altered, NotForThisDesk
from wpsdesk.desk.answers.drafting import entry, report, save, unmark
from wpsdesk.desk.answers.handing_over import hand_over, load_handover, write_card
from wpsdesk.desk.answers.merging import choose, waiting
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.errors import ForAnotherUnit, NothingToHandOver, NothingWaits, WrongKind
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.replying import ReplyLoaded, reply
from wpsdesk.desk.submission.sending import export, sent_bundles
from wpsdesk.intake.relations import Relation
from wpsdesk.report.model import Entry, EntryKey, Passage
from wpsdesk.report.reply import Note
from wpsdesk.store import drafts
from wpsdesk.store import evidence as files
from wpsdesk.trust.errors import Untrusted


def said(desk: Desk, number: int) -> str:
    return entry(desk, YEAR, answer(number).key).effort.text


def versions(desk: Desk, key: EntryKey) -> list[str]:
    with desk.store.read() as tx:
        found = drafts.history(tx, YEAR, key, desk.plan)
    return [change.entry.effort.text for change in found if change.entry is not None]


def rewritten(desk: Desk, number: int, text: str) -> Entry:
    told = replace(entry(desk, YEAR, answer(number).key), effort=Passage(text=text))
    save(desk, YEAR, told)
    return told


@pytest.fixture
def two(office: Office) -> tuple[Desk, Desk]:
    """Two desks of one ministry, both believed in; the first has three answers."""
    ud = office.ud()
    first, second = office.enrolled(ud, "FD"), office.enrolled(ud, "FD")
    return office.answered(first, answer(1, text="En."), answer(10, text="Ti."), answer(12, text="Tolv.")), second


def handed(office: Office, giver: Desk, taker: Desk, name: str) -> Path:
    card = write_card(taker, office.folder / f"{name}.wpscard")
    return hand_over(giver, card.path, office.folder / f"{name}.asice.cms", YEAR).path


def test_an_empty_desk_takes_over_everything_marks_history_and_files(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    office.clock.wind(hours=1)
    rewritten(first, 1, "En, skrevet om.")
    unmark(first, YEAR, answer(10).key)
    note = office.folder / "Møte på Ås.txt"
    note.write_text("Referat", encoding="utf-8")
    attach(first, YEAR, answer(1).key, [note])
    loaded = load_handover(second, handed(office, first, second, "a"))
    assert len(loaded.merged.taken) == 3
    assert report(second, YEAR) == report(first, YEAR)
    assert [e.is_marked_ready for e in report(second, YEAR).entries] == [True, False, True]
    assert versions(second, answer(1).key) == versions(first, answer(1).key)
    kept = entry(second, YEAR, answer(1).key).evidence[0]
    assert b"".join(files.read(second.store, kept.digest)) == b"Referat"


def test_the_same_handover_twice_changes_nothing(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    path = handed(office, first, second, "a")
    load_handover(second, path)
    before = report(second, YEAR), versions(second, answer(1).key)
    again = load_handover(second, path)
    assert (len(again.merged.taken), len(again.merged.same)) == (0, 3)
    assert (report(second, YEAR), versions(second, answer(1).key)) == before


def test_where_both_have_written_nobody_wins_silently(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    rewritten(second, 1, "Skrevet her.")
    loaded = load_handover(second, handed(office, first, second, "a"))
    assert loaded.merged.both_kept == (answer(1).key,)
    assert said(second, 1) == "Skrevet her."
    assert said(second, 10) == "Ti."
    assert [each.entry.effort.text for each in waiting(second, YEAR)] == ["En."]


@pytest.mark.parametrize(("take_theirs", "stands"), [(True, "En."), (False, "Skrevet her.")])
def test_whichever_is_chosen_the_other_stays_among_the_versions(
    office: Office, two: tuple[Desk, Desk], take_theirs: bool, stands: str
) -> None:
    first, second = two
    rewritten(second, 1, "Skrevet her.")
    load_handover(second, handed(office, first, second, "a"))
    choose(second, YEAR, answer(1).key, take_theirs=take_theirs)
    assert said(second, 1) == stands
    assert set(versions(second, answer(1).key)) >= {"En.", "Skrevet her."}
    assert waiting(second, YEAR) == ()
    with pytest.raises(NothingWaits):
        choose(second, YEAR, answer(1).key, take_theirs=True)


def test_what_only_one_side_has_changed_since_the_last_handover_is_no_conflict(
    office: Office, two: tuple[Desk, Desk]
) -> None:
    first, second = two
    load_handover(second, handed(office, first, second, "a"))
    office.clock.wind(hours=2)
    rewritten(first, 1, "En, av den første.")
    rewritten(second, 10, "Ti, av den andre.")
    merged = load_handover(second, handed(office, first, second, "b")).merged
    assert merged.taken == (answer(1).key,)
    assert merged.ours_is_newer == (answer(10).key,)
    assert merged.both_kept == ()
    assert (said(second, 1), said(second, 10)) == ("En, av den første.", "Ti, av den andre.")


def test_the_other_desk_goes_on_with_the_next_number(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    ud = office.desks[0]
    receive_one(ud, export(first, YEAR, office.folder).path)
    load_handover(second, handed(office, first, second, "a"))
    rewritten(second, 1, "Rettet.")
    got = receive_one(ud, export(second, YEAR, office.folder / "next.asice.cms").path)
    assert isinstance(got, Received)
    assert (got.seq, got.relation) == (2, Relation.SUPERSEDES)


def test_a_handover_is_sealed_to_one_desk_of_one_unit(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    jd = office.enrolled(office.desks[0], "JD")
    path = handed(office, first, second, "a")
    with pytest.raises(NotForThisDesk):
        load_handover(jd, path)
    with pytest.raises(ForAnotherUnit):
        handed(office, first, jd, "b")
    with pytest.raises(NothingToHandOver):
        handed(office, second, first, "c")
    with pytest.raises(WrongKind):
        load_handover(second, office.call_file)
    spoilt = bytearray(path.read_bytes())
    spoilt[-40] ^= 1
    path.write_bytes(spoilt)
    with pytest.raises(Altered):
        load_handover(second, path)
    assert report(second, YEAR).entries == ()


def test_a_card_that_ud_does_not_vouch_for_gets_nothing(office: Office, tmp_path: Path, two: tuple[Desk, Desk]) -> None:
    first, _ = two
    other = Office(folder=tmp_path / "other", clock=office.clock)
    other.folder.mkdir()
    try:
        stranger = other.enrolled(other.ud(), "FD")
        card = write_card(stranger, other.folder / "card.wpscard")
        out = office.folder / "never.asice.cms"
        with pytest.raises(Untrusted):
            hand_over(first, card.path, out, YEAR)
        assert not out.exists()
    finally:
        other.close()


# -- given back by UD ----------------------------------------------------------------------------


@pytest.fixture
def lost(office: Office) -> tuple[Desk, Desk]:
    """UD, and a new desk of a ministry whose old machine is gone; it had sent one report with a file."""
    ud = office.ud()
    old = office.answered(office.enrolled(ud, "FD"), answer(1, text="En."), answer(10, text="Ti."))
    note = office.folder / "Møte på Ås.txt"
    note.write_text("Referat", encoding="utf-8")
    attach(old, YEAR, answer(1).key, [note])
    receive_one(ud, export(old, YEAR, office.folder).path)
    return ud, office.enrolled(ud, "FD")


def given(office: Office, ud: Desk, new: Desk, *, with_evidence: bool = False) -> ReplyLoaded:
    path = office.folder / "back.asice.cms"
    answered = reply(ud, new.unit.code, YEAR, path, gives_back=True, with_evidence=with_evidence)
    assert Note.GIVEN_BACK in answered.reply.notes
    loaded = receive_one(new, path)
    assert isinstance(loaded, ReplyLoaded)
    return loaded


def test_a_desk_that_lost_its_machine_gets_its_report_back_and_goes_on(office: Office, lost: tuple[Desk, Desk]) -> None:
    ud, new = lost
    loaded = given(office, ud, new, with_evidence=True)
    assert loaded.restored is not None
    assert len(loaded.restored.taken) == 2
    assert (said(new, 1), said(new, 10)) == ("En.", "Ti.")
    assert all(e.is_marked_ready for e in report(new, YEAR).entries)
    assert [one.seq for one in sent_bundles(new, YEAR)] == [1]
    kept = entry(new, YEAR, answer(1).key).evidence[0]
    assert b"".join(files.read(new.store, kept.digest)) == b"Referat"
    rewritten(new, 1, "En, rettet.")
    got = receive_one(ud, export(new, YEAR, office.folder / "next.asice.cms").path)
    assert isinstance(got, Received)
    assert (got.seq, got.relation) == (2, Relation.SUPERSEDES)


def test_what_has_been_written_since_is_not_written_over_by_what_comes_back(
    office: Office, lost: tuple[Desk, Desk]
) -> None:
    ud, new = lost
    office.answered(new, answer(1, text="Skrevet på nytt."))
    loaded = given(office, ud, new)
    assert loaded.restored is not None
    assert loaded.restored.both_kept == (answer(1).key,)
    assert said(new, 1) == "Skrevet på nytt."
    assert said(new, 10) == "Ti."


def test_without_the_evidence_the_files_stay_named_by_their_digest(office: Office, lost: tuple[Desk, Desk]) -> None:
    ud, new = lost
    given(office, ud, new)
    named = entry(new, YEAR, answer(1).key).evidence[0]
    with new.store.read() as tx:
        assert not files.has(tx, named.digest)
    assert named.name == "Møte på Ås.txt"


def test_the_new_desk_can_send_a_delta_on_what_came_back_and_no_file_again(
    office: Office, lost: tuple[Desk, Desk]
) -> None:
    ud, new = lost
    given(office, ud, new)
    rewritten(new, 1, "En, rettet.")
    sent = export(new, YEAR, office.folder / "delta.asice.cms", only_changes=True)
    assert (sent.is_delta, sent.entries, sent.files) == (True, 1, 0)
    got = receive_one(ud, sent.path)
    assert isinstance(got, Received)
    assert (got.seq, got.relation, got.entries, got.missing) == (2, Relation.SUPERSEDES, 2, ())


def test_what_came_as_a_delta_comes_back_whole_with_files_from_both(office: Office, lost: tuple[Desk, Desk]) -> None:
    ud, new = lost
    given(office, ud, new)
    more = office.folder / "Vedlegg.txt"
    more.write_text("Vedlegg", encoding="utf-8")
    attach(new, YEAR, answer(10).key, [more])
    receive_one(ud, export(new, YEAR, office.folder / "delta.asice.cms", only_changes=True).path)
    third = office.enrolled(ud, "FD")
    path = office.folder / "again.asice.cms"
    reply(ud, third.unit.code, YEAR, path, gives_back=True, with_evidence=True)
    receive_one(third, path)
    assert report(third, YEAR).entries == tuple(replace(e, is_marked_ready=True) for e in report(new, YEAR).entries)
    kept = [e.digest for entry in report(third, YEAR).entries for e in entry.evidence]
    assert [b"".join(files.read(third.store, digest)) for digest in kept] == [b"Referat", b"Vedlegg"]


def test_a_handover_brings_the_base_for_a_delta_too(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    ud = office.desks[0]
    receive_one(ud, export(first, YEAR, office.folder).path)
    receipt = reply(ud, first.unit.code, YEAR, office.folder / "receipt.asice.cms")
    receive_one(first, receipt.path)
    load_handover(second, handed(office, first, second, "a"))
    rewritten(second, 10, "Ti, rettet.")
    sent = export(second, YEAR, office.folder / "delta.asice.cms", only_changes=True)
    got = receive_one(ud, sent.path)
    assert isinstance(got, Received)
    assert (sent.entries, got.seq, got.relation, got.entries) == (1, 2, Relation.SUPERSEDES, 3)


def test_a_choice_is_known_to_the_desk_that_gets_the_next_handover(office: Office, two: tuple[Desk, Desk]) -> None:
    first, second = two
    rewritten(second, 1, "Skrevet her.")
    load_handover(second, handed(office, first, second, "a"))
    choose(second, YEAR, answer(1).key, take_theirs=False)
    merged = load_handover(first, handed(office, second, first, "b")).merged
    assert merged.taken == (answer(1).key,)
    assert said(first, 1) == "Skrevet her."
    assert set(versions(first, answer(1).key)) == {"En.", "Skrevet her."}
