"""The unit's own follow-up document: attached once a year, sent with the report as evidence is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.errors import NoEvidence
from wpsdesk.desk.evidence.attaching import AttachedFile, Wish, attached_file, note_attached
from wpsdesk.desk.evidence.considering import refuse_graded
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.course import save_follow_up
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.checks import Code, follow_up_codes
from wpsdesk.report.model import Evidence
from wpsdesk.store import evidence as kept_files
from wpsdesk.store.follow_ups import ASIDE, follow_up, put_follow_up
from wpsdesk.store.journal import note


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """How a year's document stands."""

    document: Evidence | None
    codes: tuple[Code, ...]  # what is the matter with what is known of it
    aside: Evidence | None  # another, from the unit's other desk: a person chooses
    last_year: Evidence | None


def follow_up_of(desk: Desk, year: Year) -> FollowUp:
    """The document of a year, and those that it can be replaced with."""
    with desk.store.read() as tx:
        here, aside = follow_up(tx, year), follow_up(tx, year, ASIDE)
        last = follow_up(tx, Year(year - 1))
    return FollowUp(document=here, codes=() if here is None else follow_up_codes(here), aside=aside, last_year=last)


def attach_follow_up(
    desk: Desk,
    year: Year,
    wish: Wish,
    *,
    title: str = "",
    dated: date | None = None,
    language: LanguageCode = "nb",
    who: str = "",
    progress: Progress = unwatched,
) -> AttachedFile:
    """Attach the year's follow-up document, in the place of the one there was; stripped as evidence is.

    Raises FileMissing, FileUnreadable, FileTooLarge, GradedMaterial, DiskFull, Cancelled.
    """
    refuse_graded(title)
    with desk.store.write() as tx:
        before = follow_up(tx, year)
        file = attached_file(
            tx, wish, title=title, dated=dated, language=language, before=() if before is None else (before,),
            progress=progress,
        )  # fmt: skip
        if not file.is_again:
            save_follow_up(tx, desk, year, file.evidence, who)
        note_attached(tx, desk, f"{year}/follow-up", [file], who, as_they_were=wish.keep_original)
    return file


def keep_follow_up(desk: Desk, year: Year, document: Evidence, *, who: str = "") -> FollowUp:
    """Let a file that the desk has be the year's document: described anew, put back, last year's, or the other desk's.

    Raises EvidenceMissing, GradedMaterial.
    """
    refuse_graded(document.title)
    with desk.store.write() as tx:
        kept_files.size_of(tx, document.digest)
        save_follow_up(tx, desk, year, document, who)
        aside = follow_up(tx, year, ASIDE)
        if aside is not None and aside.digest == document.digest:
            put_follow_up(tx, year, None, ASIDE)
    return follow_up_of(desk, year)


def remove_follow_up(desk: Desk, year: Year, *, who: str = "") -> Evidence:
    """Take the document away; :func:`keep_follow_up` puts it back. Raises NoEvidence."""
    with desk.store.write() as tx:
        found = follow_up(tx, year)
        if found is None:
            raise NoEvidence
        save_follow_up(tx, desk, year, None, who)
        note(tx, "detached", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/follow-up")
    return found


def keep_ours(desk: Desk, year: Year, *, who: str = "") -> FollowUp:
    """Let the document that stands here stand; the other desk's waits no more."""
    with desk.store.write() as tx:
        put_follow_up(tx, year, None, ASIDE)
        note(tx, "handover-settled", who=who or desk.unit.code, now=desk.clock(), about=f"{year}/follow-up")
    return follow_up_of(desk, year)
