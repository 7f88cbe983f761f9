"""What a file is, in words, by the media type of its content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."

KINDS: Final[Mapping[str, str]] = {
    "image/jpeg": N_("Picture (JPEG)"),
    "image/png": N_("Picture (PNG)"),
    "image/gif": N_("Picture (GIF)"),
    "image/tiff": N_("Picture (TIFF)"),
    "image/webp": N_("Picture (WebP)"),
    "image/heic": N_("Picture from a telephone (HEIC)"),
    "application/pdf": N_("PDF document"),
    "application/x-ole-storage": N_("Older Office document"),
    "application/rtf": N_("RTF document"),
    f"{_OFFICE}wordprocessingml.document": N_("Word document"),
    f"{_OFFICE}spreadsheetml.sheet": N_("Excel workbook"),
    f"{_OFFICE}presentationml.presentation": N_("PowerPoint presentation"),
    f"{_OPEN}text": N_("OpenDocument text"),
    f"{_OPEN}spreadsheet": N_("OpenDocument spreadsheet"),
    f"{_OPEN}presentation": N_("OpenDocument presentation"),
    "application/zip": N_("Zip archive"),
    "application/xml": N_("XML document"),
    "text/plain": N_("Plain text"),
    "text/csv": N_("Table as plain text (CSV)"),
    "text/html": N_("Web page"),
    "video/mp4": N_("Film (MP4)"),
    "audio/mpeg": N_("Sound (MP3)"),
    "audio/ogg": N_("Sound (Ogg)"),
}


def file_kind(media_type: str, say: Catalogue) -> str:
    """``PDF document``; a kind that is not known is called so."""
    return say(KINDS.get(media_type, N_("Unknown kind of file")))
