"""Sentences for files, disks and documents that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wpsdesk.base.errors import (
    Cancelled,
    DiskAway,
    DiskFull,
    FileExistsAlready,
    FileFault,
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    FolderMissing,
    Malformed,
    WpsError,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_WRITTEN, Places, Row, file, row, shown
from wpsdesk.messages.words import field_name

MALFORMED: Final[Mapping[str, str]] = {
    "not-json": N_("it is not JSON text in UTF-8"),
    "too-large": N_("it is larger than allowed"),
    "too-deep": N_("it is nested too deeply"),
    "duplicate-key": N_("the same name stands there twice"),
    "missing": N_("something that is required is missing"),
    "unknown-member": N_("there is a field that this program does not know"),
    "wrong-type": N_("the value is of the wrong type, for example a number where a text should be"),
    "not-allowed": N_("the value is none of those allowed"),
    "too-long": N_("it is too long"),
    "too-short": N_("it is too short"),
    "out-of-range": N_("the number is outside what is allowed"),
    "not-a-date": N_("it is not a date written like 2026-12-31"),
    "not-a-time": N_("it is not a time written like 2026-12-31T12:00:00Z"),
    "not-a-number": N_("it is not a number"),
    "pattern": N_("it is not written in the form required"),
    "twice": N_("the same thing stands there twice"),
    "control-character": N_("it contains characters that are not text"),
    "unknown-commitment": N_("the plan has no commitment with that number"),
    "unknown-country": N_("the country is not among those known"),
    "unknown-unit": N_("the reporting unit is not known"),
    "inconsistent": N_("two pieces of information contradict each other"),
}

_ENTRY: Final = re.compile(r"entries\[(\d{1,6})\](?:\.(.{0,200}))?", re.DOTALL)


def place_in_document(path: str, say: Catalogue) -> str:
    """Where in a document ``path`` (``entries[3].status``) points, in words where it is an answer's field."""
    found = _ENTRY.fullmatch(path)
    if not path:
        return say("the document as a whole")
    if found is None:
        return say("the place “{path}”", path=shown(path))
    number, rest = say.number(int(found[1]) + 1), found[2]
    if not rest:
        return say("answer no. {n}", n=number)
    return say("answer no. {n}, the field “{field}”", n=number, field=shown(field_name(rest, say)))


def problem_in_document(problem: str, say: Catalogue) -> str:
    """What is wrong at a place, as it follows a colon; a word that is none of PROBLEMS is told as a wrong form."""
    return say(MALFORMED.get(problem, MALFORMED["pattern"]))


def _file(error: FileFault, _say: Catalogue) -> Places:
    return {"file": file(error.path)}


def _malformed(error: Malformed, say: Catalogue) -> Places:
    return {
        "place": place_in_document(error.path, say),
        "problem": problem_in_document(error.problem, say),
    }


ROWS: Final[tuple[Row, ...]] = (
    row(
        WpsError,
        what=N_("This could not be done."),
        do=N_("Try again. If it happens again, write to those who look after the program."),
    ),
    row(
        FileFault,
        what=N_("Something is wrong with the file {file}."),
        do=N_("Check the file and try again."),
        fill=_file,
    ),
    row(
        FileMissing,
        what=N_("There is no file {file}."),
        do=N_("Check the name and the folder. If the file was on a memory stick, put the stick in and try again."),
        fill=_file,
    ),
    row(
        FolderMissing,
        what=N_("There is no folder {file}."),
        kept=NOTHING_WRITTEN,
        do=N_("Make it or choose another, and try again. If it was on a memory stick, put the stick in first."),
        fill=_file,
    ),
    row(
        FileUnreadable,
        what=N_("The file {file} is there, but it could not be read."),
        do=N_("Check that you have access to it and that no other program holds it open, and try again."),
        fill=_file,
    ),
    row(
        FileUnwritable,
        what=N_("Nothing could be written to {file}."),
        kept=NOTHING_WRITTEN,
        do=N_("Choose a folder where you may write, and try again."),
        fill=_file,
    ),
    row(
        DiskAway,
        what=N_("The disk that {file} lies on does not answer. It may have been taken out."),
        kept=N_("What was told as saved is on it."),
        do=N_(
            "Put it in again and try again. Where the desk itself lies on it, close the desk and open it first. If it "
            "happens without anybody having touched the disk, copy what is on it to another."
        ),
        fill=_file,
    ),
    row(
        FileExistsAlready,
        what=N_("There is already a file {file}."),
        kept=N_("It was left as it is."),
        do=N_("Choose another name or another folder, or move the old file away first."),
        fill=_file,
    ),
    row(
        FileTooLarge,
        what=N_("The file {file} is larger than this program takes."),
        do=N_("Check that it is the right file, or make it smaller."),
        fill=_file,
    ),
    row(
        DiskFull,
        what=N_("There is no room left on the disk where {file} was to be written."),
        kept=N_("The half-written file was removed, and everything saved before is safe."),
        do=N_("Delete something else from the disk or choose another one, and try again."),
        fill=_file,
    ),
    row(
        Malformed,
        what=N_("The contents cannot be read. At {place}: {problem}."),
        do=N_("Correct that place and try again; if the file came from someone else, ask them for a new one."),
        fill=_malformed,
    ),
    row(
        Cancelled,
        what=N_("You stopped the work."),
        do=N_("Start it again whenever you like."),
    ),
)
