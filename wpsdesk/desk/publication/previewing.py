"""One commitment as the annual report will have it, before the whole is made."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from wpsdesk.base.files import write_file
from wpsdesk.base.ids import CommitmentNumber, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.compilation.annual import commitment_document, setting_of
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.desk.call.calling import plan_in, require_call
from wpsdesk.desk.meetings.meeting_errors import NoSuchCommitment
from wpsdesk.desk.model import Desk
from wpsdesk.desk.publication.compiling import sources
from wpsdesk.desk.publication.written import editing_in
from wpsdesk.plan.model import LanguageCode


def preview_commitment(
    desk: Desk,
    year: Year,
    number: CommitmentNumber,
    language: LanguageCode,
    *,
    edition: Edition = Edition.PUBLIC,
    progress: Progress = unwatched,
) -> bytes:
    """A tagged PDF in memory: the plan's wording, and what the report would say of the commitment as it is edited now.

    Raises OnlyTheAuthority, NoCall, NoCallFor, NoSuchCommitment, Cancelled.
    """
    if all(each.number != number for each in desk.plan.commitments):
        raise NoSuchCommitment(number=number)
    found = tuple(_on(number, source) for source in sources(desk, year))
    with desk.store.read() as tx:
        editing, plan = editing_in(tx, year), plan_in(tx, desk.plan, year)
    setting = setting_of(
        plan, require_call(desk, year), found, year=year, edition=edition, language=language,
        compiled=desk.clock(), editing=editing,
    )  # fmt: skip
    out = io.BytesIO()
    write(commitment_document(setting, number), Format.PDF, out, progress=progress)
    return out.getvalue()


def _on(number: CommitmentNumber, source: Source) -> Source:
    entries = tuple(entry for entry in source.report.entries if entry.key.commitment == number)
    return replace(source, report=replace(source.report, entries=entries))


def write_commitment(
    desk: Desk,
    year: Year,
    number: CommitmentNumber,
    out: Path,
    language: LanguageCode,
    *,
    edition: Edition = Edition.PUBLIC,
) -> int:
    """Write the preview as a new file, and tell its size in bytes.

    Raises what :func:`preview_commitment` raises, FileExistsAlready, DiskFull, FileUnwritable.
    """
    pdf = preview_commitment(desk, year, number, language, edition=edition)
    write_file(out, pdf)
    return len(pdf)
