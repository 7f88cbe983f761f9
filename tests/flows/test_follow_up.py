"""The unit's follow-up document: once a year, stripped, sent and acknowledged as evidence is, read once at UD."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence import specimen_files as made
from tests.evidence.plain_files import pdf_saying
from tests.flows.test_deltas import acknowledged, sent, taken
from tests.kit import YEAR, Office, answer
from wpsdesk.base.ids import Year
from wpsdesk.desk.answers.handing_over import hand_over, load_handover, write_card
from wpsdesk.desk.answers.searching import search
from wpsdesk.desk.errors import GradedMaterial
from wpsdesk.desk.evidence.attaching import Wish
from wpsdesk.desk.evidence.follow_up import (
    attach_follow_up,
    follow_up_of,
    keep_follow_up,
    keep_ours,
    remove_follow_up,
)
from wpsdesk.desk.model import Desk
from wpsdesk.desk.review.follow_ups import follow_ups, write_follow_ups
from wpsdesk.desk.submission.course import course
from wpsdesk.desk.submission.packing import packed
from wpsdesk.desk.submission.sending import ready_report
from wpsdesk.desk.submission.signing_off import mark_report_ready
from wpsdesk.report.checks import Code
from wpsdesk.report.model import Access, AccessScope, Evidence
from wpsdesk.report.states import ReportState
from wpsdesk.store import evidence as kept


def attached(desk: Desk, folder: Path, words: str = "Oppfølgingsplan", name: str = "plan.pdf") -> Evidence:
    path = folder / name
    path.write_bytes(pdf_saying(words))
    return attach_follow_up(desk, YEAR, Wish(given=path)).evidence


def test_it_goes_with_the_report_once_and_ud_reads_it_once_for_the_unit(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(2))
    document = attached(fd, office.folder)
    assert packed(fd, YEAR).evidence == ((None, document),)
    taken(ud, sent(office, fd))
    (read,) = follow_ups(ud, YEAR)
    assert (read.unit, read.document, read.is_held) == ("FD", document, True)
    (path,) = write_follow_ups(ud, YEAR, office.folder / "out")
    assert path.name == "fd-2026-follow-up.pdf"
    assert path.read_bytes() == b"".join(kept.read(fd.store, document.digest))

    acknowledged(office, ud, fd)
    office.answered(fd, answer(2, text="Noe annet."))
    assert packed(fd, YEAR).evidence == (), "what UD has never goes again"
    taken(ud, sent(office, fd, only_changes=True))
    assert follow_ups(ud, YEAR)[0].document == document, "changes that say nothing of it leave it as it was"


def test_another_document_or_none_is_a_change_that_goes_by_itself(office: Office) -> None:
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"))
    attached(fd, office.folder)
    taken(ud, sent(office, fd))
    acknowledged(office, ud, fd)
    other = attached(fd, office.folder, "Ny plan", "ny.pdf")
    assert course(fd, YEAR).state is ReportState.DRAFT
    taken(ud, sent(office, fd, only_changes=True))
    assert follow_ups(ud, YEAR)[0].document == other
    acknowledged(office, ud, fd)
    assert remove_follow_up(fd, YEAR) == other
    taken(ud, sent(office, fd, only_changes=True))
    assert follow_ups(ud, YEAR)[0].document is None


def test_it_is_stripped_refused_and_found_as_evidence_is(office: Office, tmp_path: Path) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    photo = tmp_path / "plan.jpg"
    photo.write_bytes(made.jpeg())
    file = attach_follow_up(fd, YEAR, Wish(given=photo))
    assert file.removed
    assert not made.tells(b"".join(kept.read(fd.store, file.evidence.digest)))
    with pytest.raises(GradedMaterial):
        attached(fd, tmp_path, "STRENGT HEMMELIG")
    assert follow_up_of(fd, YEAR).document == file.evidence, "what stood there stands"
    attached(fd, tmp_path, "Likestillingsplan for forsvaret", "plan.pdf")
    (hit,) = search(fd, "likestillingsplan")
    assert (hit.field, hit.key, hit.title) == ("follow_up", None, "plan")


def test_a_restriction_without_its_reason_keeps_it_here_until_it_is_mended(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    document = attached(fd, office.folder)
    mark_report_ready(fd, YEAR, "Kari")
    stands = keep_follow_up(fd, YEAR, replace(document, access=Access(scope=AccessScope.WHOLE)))
    assert Code.NO_BASIS in stands.codes
    assert ready_report(fd, YEAR).follow_up is None
    assert course(fd, YEAR).state is ReportState.DRAFT, "what the approver would read is another"


def test_last_years_is_used_again_without_being_attached_again(office: Office) -> None:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    last = keep_follow_up(fd, Year(YEAR - 1), attached(fd, office.folder)).document
    remove_follow_up(fd, YEAR)
    stands = follow_up_of(fd, YEAR)
    assert (stands.document, stands.last_year) == (None, last)
    assert last is not None
    assert keep_follow_up(fd, YEAR, last).document == last


def test_the_other_desks_document_waits_beside_ours_for_a_person(office: Office) -> None:
    ud = office.ud()
    first, second = (office.answered(office.enrolled(ud, "FD")) for _ in range(2))
    theirs = attached(first, office.folder)
    card = write_card(second, office.folder)
    load_handover(second, hand_over(first, card.path, office.folder, YEAR).path)
    assert follow_up_of(second, YEAR).document == theirs

    ours = attached(second, office.folder, "Vår egen", "vår.pdf")
    load_handover(second, hand_over(first, card.path, office.folder, YEAR).path)
    assert follow_up_of(second, YEAR).document == ours
    assert follow_up_of(second, YEAR).aside == theirs
    assert keep_ours(second, YEAR).aside is None
    load_handover(second, hand_over(first, card.path, office.folder, YEAR).path)
    taken_now = keep_follow_up(second, YEAR, theirs)
    assert (taken_now.document, taken_now.aside) == (theirs, None)
