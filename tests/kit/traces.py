"""What a marked word may look like in a file, and what others on the machine can see of a process."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path


def forms_of(word: str) -> Iterator[bytes]:
    """The word as a file might hold it."""
    for text in (word, word.lower(), word.upper(), unicodedata.normalize("NFD", word)):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)
    yield word.encode().hex().encode()


def found_in(paths: Iterable[Path], words: Iterable[str]) -> list[tuple[Path, str]]:
    """Each of the files and folders whose name or content holds one of the words, and the word."""
    wanted = [(word, tuple(forms_of(word))) for word in words]
    found = []
    for path in paths:
        data = path.read_bytes() if path.is_file() else b""
        found += [(path, word) for word, forms in wanted if word in path.name or any(form in data for form in forms)]
    return found


def left_in(*folders: Path, but_for: Collection[Path] = ()) -> Iterator[Path]:
    """Every file and folder in them, but for some and what is in these."""
    for folder in folders:
        yield from (one for one in folder.rglob("*") if not any(one.is_relative_to(other) for other in but_for))


def open_to_others(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Each file, and each folder that bears the program's name, that somebody else than its owner may use."""
    modes = ((one, one.stat().st_mode & 0o777) for one in paths if one.is_file() or one.name == "wpsdesk")
    return [(one, oct(mode)) for one, mode in modes if mode & 0o077]


class Watched(subprocess.Popen[bytes]):
    """A real process, of which it is kept what others on the machine can see of it."""

    seen: list[bytes] = []  # noqa: RUF012 - one list for all of a test

    def __init__(self, *arguments: object, **how: object) -> None:
        super().__init__(*arguments, **how)  # type: ignore[call-overload]
        self.seen += seen_of(self.pid)


def seen_of(process: int | str) -> list[bytes]:
    """Its arguments and its environment; "self" for this one's. Nothing where there is no /proc."""
    return [one.read_bytes() for name in ("cmdline", "environ") if (one := Path("/proc", str(process), name)).exists()]
