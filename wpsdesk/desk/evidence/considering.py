"""Looking at files before they are attached: what they are, what they carry, what would be kept of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wpsdesk.base.ids import Digest
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.errors import GradedMaterial
from wpsdesk.desk.evidence.given import Given, ends_of, size_of, whole_of
from wpsdesk.desk.model import Desk
from wpsdesk.evidence.apart import Drawn, can_be_drawn, drawn
from wpsdesk.evidence.beginnings import beginning
from wpsdesk.evidence.exif import exif_findings
from wpsdesk.evidence.looking import LARGEST as LARGEST_LOOKED_INTO
from wpsdesk.evidence.looking import is_looked_into, stripped, unreadable, untouched
from wpsdesk.evidence.model import Finding, FindingKind, Stripped, each_once
from wpsdesk.evidence.smaller import smaller
from wpsdesk.evidence.sniffing import is_named_as, media_type
from wpsdesk.report.grading import Grading, grading_of, grading_of_name, marking_in, marking_in_name
from wpsdesk.store import evidence as kept_files

HEIC: Final = "image/heic"
PREVIEW: Final = 480
"""Pixels of the longer side of a preview."""

OFFERED_FROM: Final = 300_000
"""Bytes of a picture that is offered smaller; below that nothing is won."""

LARGEST_SHOWN: Final = 100 << 20
"""Bytes of a file that is previewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a file looks: a picture or a first page, or the words it begins with; or neither."""

    picture: Drawn | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.picture is None and not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file is and carries besides its content, before it is attached."""

    given: Given
    name: str
    media_type: str  # by content
    is_named_otherwise: bool  # the name says that it is something else
    size: int  # bytes
    size_stripped: int  # bytes
    removable: tuple[Finding, ...]
    remains: tuple[Finding, ...]  # would stay in the stripped file too
    size_smaller: int | None  # bytes, of a picture that could well be made smaller
    becomes: str  # the media type that it is attached as
    marking: str  # of graded material: it cannot be attached
    uses_graded_word: bool
    preview: Preview

    @property
    def is_unreadable(self) -> bool:
        """Whether it can be attached only as it is."""
        return any(f.kind is FindingKind.UNREADABLE and f.where == self.media_type for f in self.remains)

    @property
    def needs_a_look(self) -> bool:
        """Whether there is anything about it that a person should see before it is attached."""
        return bool(
            self.removable
            or self.remains
            or self.marking
            or self.uses_graded_word
            or self.is_named_otherwise
            or self.size_smaller is not None
            or self.becomes != self.media_type
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A file as it was read: what it is, and itself without what it carried."""

    media_type: str  # by content
    stripped: Stripped  # its data are empty where it is not looked into
    becomes: str  # the media type of what is in ``stripped``
    words: str  # that it begins with
    preview: Preview


def contents_of(given: Given, size: int, *, with_preview: bool) -> Contents:
    """Read a file. Raises FileMissing, FileUnreadable."""
    head, tail = ends_of(given)
    kind = media_type(head, tail)
    words = beginning(head, kind) if kind.startswith("text/") else ""
    if not (is_looked_into(kind) or kind == HEIC or (with_preview and can_be_drawn(kind))):
        return _unread(kind, untouched(kind), words)
    if size > LARGEST_LOOKED_INTO:
        return _unread(kind, (unreadable(kind),) if is_looked_into(kind) else untouched(kind))
    data = whole_of(given)
    if kind == HEIC:
        return _converted(data, with_preview=with_preview)
    # A PDF's words can be had only where it is drawn; pictures are drawn to be shown.
    shown = drawn(data, kind, PREVIEW) if kind == "application/pdf" or (with_preview and can_be_drawn(kind)) else None
    words = beginning(data, kind) or ("" if shown is None else shown.text)
    if not is_looked_into(kind):
        return _unread(kind, untouched(kind), words, shown)
    preview = Preview(picture=shown, text=words)
    return Contents(media_type=kind, stripped=stripped(data, kind), becomes=kind, words=words, preview=preview)


def _unread(kind: str, told: tuple[Finding, ...], words: str = "", shown: Drawn | None = None) -> Contents:
    """A file that goes as it is."""
    kept = Stripped(data=b"", removed=(), remains=told)
    return Contents(
        media_type=kind, stripped=kept, becomes=kind, words=words, preview=Preview(picture=shown, text=words)
    )


def _converted(data: bytes, *, with_preview: bool) -> Contents:
    """A HEIC as JPEG, which everybody can open; as it is where it cannot be read."""
    whole = drawn(data, HEIC, 0)
    if whole is None:
        return _unread(HEIC, untouched(HEIC))
    from PIL import Image

    picture, out = Image.frombytes("RGB", (whole.width, whole.height), whole.pixels), io.BytesIO()
    picture.save(out, "JPEG", quality=90, optimize=True)
    told = each_once(exif_findings(whole.exif.removeprefix(b"Exif\x00\x00"))) if whole.exif else ()
    made = Stripped(data=out.getvalue(), removed=told, remains=())
    shown = drawn(made.data, "image/jpeg", PREVIEW) if with_preview else None
    return Contents(media_type=HEIC, stripped=made, becomes="image/jpeg", words="", preview=Preview(picture=shown))


def look_at(given: Sequence[Given], *, progress: Progress = unwatched) -> tuple[Look, ...]:
    """What files are and what they carry besides their content; nothing is changed or stored.

    Raises FileMissing, FileUnreadable, FileTooLarge, Cancelled.
    """
    sizes = [size_of(each) for each in given]
    looks: list[Look] = []
    for each, size in zip(given, sizes, strict=True):
        progress(sum(look.size for look in looks), sum(sizes))
        looks.append(_look(each, size))
    progress(sum(sizes), sum(sizes))
    return tuple(looks)


def _look(given: Given, size: int) -> Look:
    found = contents_of(given, size, with_preview=True)
    made = found.stripped
    is_picture = found.becomes.startswith("image/")
    offer = smaller(made.data) if is_picture and len(made.data) >= OFFERED_FROM else None
    words = (grading_of_name(given.name), grading_of(found.words))
    return Look(
        given=given,
        name=given.name,
        media_type=found.media_type,
        is_named_otherwise=not is_named_as(given.name, found.media_type),
        size=size,
        size_stripped=len(made.data) if made.data and (made.removed or found.becomes != found.media_type) else size,
        removable=made.removed,
        remains=made.remains,
        size_smaller=None if offer is None else offer.size,
        becomes=found.becomes,
        marking=marking_in_name(given.name) or marking_in(found.words),
        uses_graded_word=Grading.WORD in words,
        preview=found.preview,
    )


def refuse_graded(name: str, words: str = "") -> None:
    """Raise GradedMaterial for a name or a beginning that bears a marking."""
    if marking := marking_in_name(name) or marking_in(words):
        raise GradedMaterial(name=name, marking=marking)


def preview_of(desk: Desk, digest: Digest, kind: str, size: int) -> Preview:
    """How an attached file looks. Raises EvidenceMissing."""
    if size > LARGEST_SHOWN or not (can_be_drawn(kind) or kind.startswith("text/") or is_looked_into(kind)):
        return Preview()
    data = b"".join(kept_files.read(desk.store, digest))
    shown = drawn(data, kind, PREVIEW)
    return Preview(picture=shown, text=beginning(data, kind) or ("" if shown is None else shown.text))
