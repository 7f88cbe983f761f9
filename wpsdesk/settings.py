"""What a person prefers on this machine: language, size, colours, and where the windows last stood.

Nothing of a report is ever kept here. A damaged file costs the preferences, never a start of the program.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from wpsdesk import assets
from wpsdesk.base.errors import FileFault, Malformed
from wpsdesk.base.places import settings_folder

if TYPE_CHECKING:  # read in where there is something to read or to write: the first window waits for this module
    from wpsdesk.base.decoding import Reader

Language: TypeAlias = str
"""The code of a language that the program can speak: one of :func:`~wpsdesk.assets.languages`."""

Scheme = Literal["system", "light", "dark"]

TEXT_SIZES: Final = range(80, 201)
"""Per cent of the normal size."""

RECENT: Final = 5
"""How many desks are remembered."""

_FORMAT: Final = "wps-settings/1"
_LIMIT: Final = 64_000  # bytes
_HEX: Final = re.compile(r"([0-9a-f]{2}){0,8000}")
_MARK: Final = re.compile(r"[0-9a-f]{16}")
_WORDS: Final = re.compile(r"[a-z]+(-[a-z]+)*")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A person's preferences on one machine; change them with :func:`dataclasses.replace`."""

    language: Language = "nb"
    scheme: Scheme = "system"
    text_size: int = 100  # one of TEXT_SIZES
    geometry: bytes = b""  # the main window's, as the toolkit gives it; empty: never shown
    splitters: tuple[tuple[str, bytes], ...] = ()  # by name
    last_folder: Path | None = None
    last_store: Path | None = None
    recent: tuple[Path, ...] = ()  # desks' files, the latest first
    marks: tuple[tuple[Path, tuple[str, ...]], ...] = ()  # by which files for the recent desks are known unopened
    keeps_recent: bool = True
    backup_folder: Path | None = None  # where backups go by one press: a stick, as a rule
    backup_days: int = 7  # days after which a backup is reminded of; 0: never
    idle_minutes: int = 10  # after which the desk locks itself; 0: never
    checks_spelling: bool = True  # by a dictionary that is installed; where there is none, nothing happens
    hides_title: bool = False  # the title and the task bar say neither the program nor whose desk it is

    def splitter(self, name: str) -> bytes:
        """The state of the splitter with this name; empty where it was never moved."""
        return dict(self.splitters).get(name, b"")

    def with_desk(self, path: Path, marks: tuple[str, ...] = ()) -> Settings:
        """The same settings with a desk that has been opened as the latest one, where such are kept."""
        if not self.keeps_recent:
            return replace(self, last_store=None, recent=(), marks=())
        recent = (path, *(one for one in self.recent if one != path))[:RECENT]
        known = ((path, marks), *(pair for pair in self.marks if pair[0] != path))
        return replace(self, last_store=path, recent=recent, marks=tuple(pair for pair in known if pair[0] in recent))

    def desk_for(self, marks: frozenset[str]) -> Path | None:
        """The recent desk that a file with these marks is for; None where none has any of them, or several have."""
        found = [path for path, known in self.marks if path in self.recent and marks.intersection(known)]
        return found[0] if len(found) == 1 else None

    def without_desk(self, path: Path) -> Settings:
        """The same settings without a trace of this desk: no path of it, no folder, no place of the window."""
        return replace(
            self,
            last_store=None if self.last_store == path else self.last_store,
            recent=tuple(one for one in self.recent if one != path),
            marks=tuple(pair for pair in self.marks if pair[0] != path),
            last_folder=None,
            backup_folder=None,
        )

    def with_splitter(self, name: str, state: bytes) -> Settings:
        """The same settings with the state of one splitter."""
        others = tuple(pair for pair in self.splitters if pair[0] != name)
        return replace(self, splitters=(*others, (name, state)))


def settings_file() -> Path:
    """Where the settings lie."""
    return settings_folder() / "settings.json"


def load_settings() -> Settings:
    """The saved settings; whatever is missing or damaged has its default.

    ``WPSDESK_LANG``, where it is a language that there is, goes before the saved language.
    """
    found = _saved()
    asked = os.environ.get("WPSDESK_LANG", "")
    return replace(found, language=_language(asked)) if asked in assets.languages() else found


def save_settings(settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises FileUnwritable, DiskFull."""
    from wpsdesk.base.canonical import canonical_json
    from wpsdesk.base.files import make_folder, write_file

    make_folder(settings_folder())
    write_file(settings_file(), canonical_json(_to_json(settings)), replace=True)


def forget_desk(path: Path) -> Settings:
    """Take a desk out of what is remembered, writing over what said it; what is left.

    Where the disk has no room to say so, the settings go altogether.
    """
    from wpsdesk.base.canonical import canonical_json
    from wpsdesk.base.files import shred, write_file

    left = _saved().without_desk(path)
    try:
        write_file(settings_file(), canonical_json(_to_json(left)), replace=True, shreds=True)
    except FileFault:
        shred(settings_file())
    return left


def _to_json(settings: Settings) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "language": settings.language,
        "scheme": settings.scheme,
        "text_size": settings.text_size,
        "geometry": settings.geometry.hex(),
        "splitters": {name: state.hex() for name, state in settings.splitters},
        "last_folder": _path_to_json(settings.last_folder),
        "last_store": _path_to_json(settings.last_store),
        "recent": [found for path in settings.recent if (found := _path_to_json(path)) is not None],
        "marks": [
            [found, list(marks)]
            for path, marks in settings.marks
            if path in settings.recent and (found := _path_to_json(path)) is not None
        ],
        "keeps_recent": settings.keeps_recent,
        "backup_folder": _path_to_json(settings.backup_folder),
        "backup_days": settings.backup_days,
        "idle_minutes": settings.idle_minutes,
        "checks_spelling": settings.checks_spelling,
        "hides_title": settings.hides_title,
    }


def _path_to_json(path: Path | None) -> str | None:
    # A name that is no text (bytes from another system) cannot stand in JSON and is not worth a failure.
    return None if path is None or any("\ud800" <= c <= "\udfff" for c in str(path)) else str(path)


def _saved() -> Settings:
    if not settings_file().exists():
        return Settings()
    from wpsdesk.base.decoding import load_json
    from wpsdesk.base.files import read_file

    try:
        reader = load_json(read_file(settings_file(), limit=_LIMIT), limit=_LIMIT)
        if reader.get("format").line() != _FORMAT:
            return Settings()
    except (FileFault, Malformed):
        return Settings()
    usual = Settings()
    return Settings(
        language=_kept(reader, "language", lambda r: _language(r.line()), usual.language),
        scheme=_kept(reader, "scheme", _scheme, usual.scheme),
        text_size=_kept(
            reader,
            "text_size",
            lambda r: r.integer(TEXT_SIZES[0], TEXT_SIZES[-1]),
            usual.text_size,
        ),
        geometry=_kept(reader, "geometry", _state, usual.geometry),
        splitters=_kept(reader, "splitters", _splitters, usual.splitters),
        last_folder=_kept(reader, "last_folder", _path, None),
        last_store=_kept(reader, "last_store", _path, None),
        recent=_kept(reader, "recent", lambda r: r.tuple_of(_path, at_most=RECENT), ()),
        marks=_kept(reader, "marks", lambda r: r.tuple_of(_marked, at_most=RECENT), ()),
        keeps_recent=_kept(reader, "keeps_recent", lambda r: r.flag(), usual.keeps_recent),
        backup_folder=_kept(reader, "backup_folder", _path, None),
        backup_days=_kept(reader, "backup_days", lambda r: r.integer(0, 366), usual.backup_days),
        idle_minutes=_kept(reader, "idle_minutes", lambda r: r.integer(0, 24 * 60), usual.idle_minutes),
        checks_spelling=_kept(reader, "checks_spelling", lambda r: r.flag(), usual.checks_spelling),
        hides_title=_kept(reader, "hides_title", lambda r: r.flag(), usual.hides_title),
    )


def _kept(reader: Reader, name: str, read: Callable[[Reader], T], usual: T) -> T:
    """One setting, or its default where it is damaged: a fault in one never costs the others."""
    with suppress(Malformed):
        return reader.default(name, read, usual)
    return usual


def _language(found: str) -> Language:
    if found not in assets.languages():
        raise Malformed(path="language", problem="not-allowed")
    return found


def _scheme(reader: Reader) -> Scheme:
    match reader.line():
        case "system" | "light" | "dark" as found:
            return found
        case _:
            raise reader.fail("not-allowed")


def _state(reader: Reader) -> bytes:
    found = reader.text(at_most=16_000)
    if not _HEX.fullmatch(found):
        raise reader.fail("pattern")
    return bytes.fromhex(found)


def _splitters(reader: Reader) -> tuple[tuple[str, bytes], ...]:
    names = [name for name in reader.names() if _WORDS.fullmatch(name)]
    return tuple((name, _state(reader.get(name))) for name in names)


def _marked(reader: Reader) -> tuple[Path, tuple[str, ...]]:
    path, marks = reader.tuple_of(lambda one: one, at_most=2)
    return _path(path), marks.tuple_of(lambda one: one.matching(_MARK), at_most=100)


def _path(reader: Reader) -> Path:
    return Path(reader.line(at_most=4000, at_least=1))
