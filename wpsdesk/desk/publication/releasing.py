"""A release of the annual report: numbered, hashed, its PDF signed by UD, and kept as it was published.

A release is never changed. What is corrected later is a new release, with a list of what is other than before.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path

from wpsdesk.base.canonical import sha256
from wpsdesk.base.files import make_folder, new_file
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress, staged, unwatched
from wpsdesk.bundle.signing import sign_document
from wpsdesk.compilation.annual import annual_report
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.release import Release, changes, fingerprints
from wpsdesk.compilation.sources import Edition, Source
from wpsdesk.compilation.tree import Document
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.errors import NothingReceived
from wpsdesk.desk.keys.authority import refresh_own_lists
from wpsdesk.desk.model import Desk, require_authority, require_trust, signer_of
from wpsdesk.desk.officers import officer_of
from wpsdesk.desk.publication.checking import Checklist, checklist
from wpsdesk.desk.publication.compiling import sources
from wpsdesk.desk.publication.editing_errors import NoSuchRelease, NotReady, ReleasedMeanwhile
from wpsdesk.desk.publication.other_years import other_years
from wpsdesk.desk.publication.pen import reason_given
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.released import (
    Released,
    ReleasedFile,
    ReleasedSource,
    digest_of,
    keep_release,
    released_files,
    releases_in,
)
from wpsdesk.desk.publication.written import MAX_NAME, editing_in
from wpsdesk.i18n import catalogue
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.store.journal import note
from wpsdesk.trust.anchors import check_signer
from wpsdesk.trust.keys import Signer


def releases(desk: Desk, year: Year) -> tuple[Released, ...]:
    """Every release of a year, the first first. Raises OnlyTheAuthority."""
    require_authority(desk)
    with desk.store.read() as tx:
        return releases_in(tx, year)


def write_release(desk: Desk, year: Year, number: int, folder: Path) -> Released:
    """Write the files of a release in a folder, as they were published; files of the same names are replaced.

    Raises OnlyTheAuthority, NoSuchRelease, DamagedStore, DiskFull, FileUnwritable.
    """
    found = next((one for one in releases(desk, year) if one.number == number), None)
    if found is None:
        raise NoSuchRelease(year=year, number=number)
    make_folder(folder)
    with desk.store.read() as tx:
        for file, data in released_files(tx, found):
            with new_file(folder / file.name, replace=True) as stream:
                stream.write(data)
    return found


# -- making one ----------------------------------------------------------------------------------------


def release(
    desk: Desk,
    year: Year,
    *,
    accept: Iterable[Point] = (),
    why: str = "",
    officer: str = "",
    languages: tuple[LanguageCode, ...] = LANGUAGES,
    formats: Sequence[Format] = tuple(Format),
    progress: Progress = unwatched,
) -> Released:
    """Release the public report in every language and form. ``accept`` names the points that may go as they are.

    From the second on ``why`` says what the new one is for, and stands in it. Raises OnlyTheAuthority, NoCall,
    NoCallFor, NothingReceived, NotReady, WhyMissing, ReleasedMeanwhile, Untrusted's subclasses where UD's own
    certificate is not good today, Cancelled.
    """
    require_authority(desk)
    before = releases(desk, year)
    reason = reason_given(why) if before else ""
    steps = 1 + len(languages)
    checked = checklist(desk, year, languages, progress=staged(progress, 0, steps))
    allowed = checked.unmet & frozenset(accept)
    if checked.unmet - allowed:
        raise NotReady(points=tuple(point for point in Point if point in checked.unmet - allowed))
    refresh_own_lists(desk)
    with desk.store.read() as tx:
        signer = signer_of(tx)
        check_signer(signer.certificate, signer.chain, require_trust(tx), desk.clock())
    press = _Press(
        desk=desk, year=year, before=before, why=reason, signer=signer, formats=tuple(dict.fromkeys(formats))
    )
    made = [
        file
        for step, language in enumerate(languages, start=1)
        for file in press.files(language, staged(progress, step, steps))
    ]
    found = press.released(made, languages, checked, allowed, officer)
    _keep(desk, found, made, len(before))
    return found


class _Press:
    """What all languages of one release share: the sources, the number, and what is other than in the last one."""

    def __init__(
        self, *, desk: Desk, year: Year, before: tuple[Released, ...], why: str, signer: Signer,
        formats: tuple[Format, ...],
    ) -> None:  # fmt: skip
        self._desk, self._year, self._signer, self._formats = desk, year, signer, formats
        self._now, self._call = desk.clock(), require_call(desk, year)
        self._sources = sources(desk, year)
        if not self._sources:
            raise NothingReceived(year=year)
        with desk.store.read() as tx:
            self._editing = editing_in(tx, year)
        self._years = other_years(desk, year, Edition.PUBLIC, self._now.astimezone(UTC).date(), read=sources)
        # What has changed is asked of one language, so that a word of ours that is translated anew is no change.
        number = len(before) + 1
        plain = self._document("nb", Release(number=number, released=self._now))
        assert plain.records is not None, "an annual report has them"
        self.fingerprints = fingerprints(plain.records)
        other = changes(before[-1].fingerprints, self.fingerprints) if before else ()
        self.release = Release(number=number, released=self._now, changes=other, why=why)

    def _document(self, language: LanguageCode, release: Release) -> Document:
        return annual_report(
            self._desk.plan, self._call, self._sources, year=self._year, edition=Edition.PUBLIC, language=language,
            compiled=self._now, editing=self._editing, release=release, years=self._years,
        )  # fmt: skip

    def files(self, language: LanguageCode, progress: Progress) -> Iterator[tuple[ReleasedFile, bytes]]:
        """The report in one language, in every form; the PDF signed."""
        whole = self._document(language, self.release)
        for number, form in enumerate(self._formats):
            out = io.BytesIO()
            write(whole, form, out, progress=staged(progress, number, len(self._formats)))
            data = self._signed(out.getvalue(), language) if form is Format.PDF else out.getvalue()
            name = f"kfs-{self._year}-{language}-{self.release.number}.{form}"
            yield ReleasedFile(name=name, format=form, language=language, size=len(data), digest=sha256(data)), data

    def _signed(self, data: bytes, language: LanguageCode) -> bytes:
        from wpsdesk.compilation.pdf.signing import with_room

        title = catalogue(language, "document")("Signature of the publisher")
        room = with_room(data, signer=self._signer.certificate.name, title=title, when=self._now)
        return room.signed(sign_document(room.digest, self._signer))

    def released(
        self, made: Sequence[tuple[ReleasedFile, bytes]], languages: tuple[LanguageCode, ...], checked: Checklist,
        allowed: frozenset[Point], officer: str,
    ) -> Released:  # fmt: skip
        """What is kept of it beside the files."""
        files = tuple(file for file, _ in made)
        return Released(
            year=checked.year,
            number=self.release.number,
            at=self._now,
            by=(officer or officer_of(self._desk) or self._desk.unit.code)[:MAX_NAME],
            why=self.release.why,
            accepted=tuple(point for point in Point if point in allowed),
            languages=languages,
            files=files,
            sources=tuple(_source(source) for source in self._sources),
            changes=self.release.changes,
            digest=digest_of(files),
            fingerprints=self.fingerprints,
        )


def _source(source: Source) -> ReleasedSource:
    return ReleasedSource(unit=source.unit.code, seq=source.seq, bundle=source.bundle, digest=source.digest)


def _keep(desk: Desk, found: Released, made: Sequence[tuple[ReleasedFile, bytes]], before: int) -> None:
    with desk.store.write() as tx:
        if len(releases_in(tx, found.year)) != before:
            raise ReleasedMeanwhile(year=found.year)
        keep_release(tx, found, made)
        about, details = f"{found.year}/{found.number}", {"sha256": found.digest}
        note(tx, "released", who=found.by, now=found.at, about=about, details=details)
