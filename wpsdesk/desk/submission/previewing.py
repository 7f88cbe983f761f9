"""The report as a compact whole: what is ready, for whoever approves it, or what was sent, to be read again."""

from __future__ import annotations

import io
from pathlib import Path

from wpsdesk.base.files import new_file
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.page_pictures import PagePicture
from wpsdesk.compilation.page_pictures import page_pictures as pictures_of
from wpsdesk.compilation.pdf import write_pdf
from wpsdesk.compilation.tree import Document
from wpsdesk.compilation.unit_report import About, unit_report
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.errors import NothingToSend
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.acknowledging import evidence_acknowledged
from wpsdesk.desk.submission.course import course, course_in, ready_in
from wpsdesk.desk.submission.sending_errors import NoSuchVersion
from wpsdesk.desk.submission.sent_versions import version_in, versions
from wpsdesk.plan.model import LanguageCode
from wpsdesk.report.call import Call
from wpsdesk.report.checks import asked_keys
from wpsdesk.report.model import EntryKey, Report
from wpsdesk.report.states import ReportState
from wpsdesk.store.journal import note


def preview_document(desk: Desk, year: Year, language: LanguageCode, *, seq: int | None = None) -> Document:
    """The report as a document: what is ready now, or with ``seq`` what was sent under that number.

    Raises NothingToSend, NoSuchVersion, NoCall, NoCallFor.
    """
    call = require_call(desk, year)
    if seq is None and course(desk, year).state not in (ReportState.DRAFT, ReportState.READY):
        gone = versions(desk, year)  # what is here is what was sent last
        seq = gone[0].seq if gone else None
    report, about = _now(desk, year, call) if seq is None else _then(desk, year, seq, call)
    asked = call.asked_of(desk.unit.code)
    return unit_report(
        desk.plan, call, desk.unit if asked is None else asked.unit, report, about=about, language=language
    )


def _now(desk: Desk, year: Year, call: Call) -> tuple[Report, About]:
    with desk.store.read() as tx:
        ready, stands, held = ready_in(tx, desk, year), course_in(tx, desk, year), evidence_acknowledged(tx, desk)
    if not ready.entries:
        raise NothingToSend(year=year)
    is_ready = stands.state is ReportState.READY
    return ready, About(
        seq=None,
        is_ready=is_ready,
        prepared_by=stands.prepared_by if is_ready else "",
        approved_by="",
        when=desk.clock(),
        left_out=_left_out(desk, call, ready),
        held=held,
    )


def _then(desk: Desk, year: Year, seq: int, call: Call) -> tuple[Report, About]:
    with desk.store.read() as tx:
        report, held = version_in(tx, desk, year, seq), evidence_acknowledged(tx, desk)
    one = next((each for each in versions(desk, year) if each.seq == seq), None)
    if one is None:
        raise NoSuchVersion(year=year, seq=seq)
    return report, About(
        seq=seq,
        is_ready=False,
        prepared_by=one.prepared_by,
        approved_by=one.approved_by,
        when=one.created,
        left_out=_left_out(desk, call, report),
        held=held,
    )


def _left_out(desk: Desk, call: Call, report: Report) -> tuple[EntryKey, ...]:
    asked, there = call.asked_of(desk.unit.code), {entry.key for entry in report.entries}
    return () if asked is None else tuple(key for key in asked_keys(asked) if key not in there)


def preview_pdf(
    desk: Desk, year: Year, language: LanguageCode, *, seq: int | None = None, progress: Progress = unwatched
) -> bytes:
    """The same as a tagged PDF, in memory. Raises what :func:`preview_document` raises, and Cancelled."""
    out = io.BytesIO()
    write_pdf(preview_document(desk, year, language, seq=seq), out, progress=progress)
    return out.getvalue()


def page_pictures(pdf: bytes, dots: int, *, progress: Progress = unwatched) -> tuple[PagePicture, ...]:
    """The pages of a preview as pictures at so many dots an inch."""
    return pictures_of(pdf, dots, progress=progress)


def write_preview(
    desk: Desk,
    year: Year,
    out: Path,
    language: LanguageCode,
    *,
    seq: int | None = None,
    progress: Progress = unwatched,
) -> int:
    """Write the preview as a file that anyone can read, and tell its size in bytes.

    Raises what :func:`preview_document` raises, FileExistsAlready, DiskFull, FileUnwritable, Cancelled.
    """
    document = preview_document(desk, year, language, seq=seq)
    with new_file(out) as stream:
        write_pdf(document, stream, progress=progress)
        size = stream.tell()
    with desk.store.write() as tx:
        what = f"{year}" if seq is None else f"{year}/{seq}"
        note(tx, "preview-written", who=desk.unit.code, now=desk.clock(), about=what)
    return size
