"""Spelling by a dictionary that is installed on the machine; where there is none, nothing is said of any word."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import nfc
from wpsdesk.desk.answers.stems import Stems
from wpsdesk.store.documents import document, put_document

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.plan.model import LanguageCode

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "nb": ("nb_NO", "nb"),
    "nn": ("nn_NO", "nn"),
    "en": ("en_GB", "en-GB", "en_US", "en-US"),
}
"""What the files of a language are called, the first that is found is taken."""

SUGGESTED: Final = 6
LONGEST_LOOK: Final = 0.5
"""Seconds after which no further suggestion is looked for."""

LONGEST_WORD: Final = 60
MOST_WORDS: Final = 20_000
_LIMIT: Final = 4 << 20  # bytes of the desk's own words
_KIND, _KEY = "spelling", "own-words"


class Speller:
    """One dictionary in memory. Words are remembered, so that the same one is looked up once."""

    def __init__(self, dictionary: Any) -> None:  # noqa: ANN401 - the library says nothing of its types
        self._dictionary = dictionary
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word, or cannot tell."""
        if word not in self._known:
            try:
                self._known[word] = bool(self._dictionary.lookup(word))
            except Exception:  # noqa: BLE001 - a dictionary is a stranger's file, and never stops the writing
                self._known[word] = True
        return self._known[word]

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Words that may have been meant, the likeliest first; at most SUGGESTED."""
        found: list[str] = []
        until = time.monotonic() + LONGEST_LOOK
        try:
            self._dictionary.suggester.words_for_ngram = self._dictionary.dic.likely(word)
            for each in self._dictionary.suggest(word):
                found.append(nfc(str(each)))
                if len(found) == SUGGESTED or time.monotonic() > until:
                    break
        except Exception:  # noqa: BLE001 - the same
            return tuple(found)
        return tuple(found)


def places() -> tuple[Path, ...]:
    """The folders where dictionaries lie: those of ``DICPATH`` where it is set, as for hunspell itself."""
    if asked := os.environ.get("DICPATH"):
        return tuple(Path(part) for part in asked.split(os.pathsep) if part)
    return tuple(_usual_places())


def _usual_places() -> Iterator[Path]:
    match sys.platform:
        case "darwin":
            yield from (Path.home() / "Library/Spelling", Path("/Library/Spelling"))
            offices = Path("/Applications/LibreOffice.app/Contents/Resources/extensions")
        case "win32":
            offices = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files")) / r"LibreOffice\share\extensions"
        case _:
            yield from (
                Path("/usr/share/hunspell"),
                Path("/usr/share/myspell/dicts"),
                Path("/usr/local/share/hunspell"),
            )
            offices = Path("/usr/lib/libreoffice/share/extensions")
    yield from (offices / "dict-no", offices / "dict-en")


def dictionary_for(language: LanguageCode) -> Path | None:
    """Where a language's dictionary lies, without ``.dic`` and ``.aff``; None where none is installed."""
    for folder in places():
        for name in NAMES[language]:
            if all((folder / f"{name}{suffix}").is_file() for suffix in (".dic", ".aff")):
                return folder / name
    return None


def read_dictionary(path: Path) -> Speller | None:
    """Read a dictionary: a second or two, and some 30 MB for a large one. None where it cannot be read."""
    from spylls.hunspell.dictionary import Dictionary
    from spylls.hunspell.readers import read_aff
    from spylls.hunspell.readers.file_reader import FileReader

    with ExitStack() as stack:

        class Closing(FileReader):  # type: ignore[misc]  # the library's own leaves its files open
            def _open(self, at: str, encoding: str) -> TextIO:
                return stack.enter_context(Path(at).open(encoding=encoding, errors="surrogateescape"))

        try:
            aff, how = read_aff(Closing(f"{path}.aff"))
            lines = (line for _, line in Closing(f"{path}.dic", encoding=how.encoding))
            return Speller(Dictionary(aff, Stems(lines, aff, how)))
        except Exception:  # noqa: BLE001 - a dictionary is a stranger's file, and never stops the writing
            return None


def own_words(desk: Desk) -> frozenset[str]:
    """The words that were added at this desk: names of places and people, which no dictionary has."""
    with desk.store.read() as tx:
        data = document(tx, _KIND, _KEY)
    if data is None:
        return frozenset()
    found = load_json(data, limit=_LIMIT).tuple_of(lambda r: r.line(at_most=LONGEST_WORD), at_most=MOST_WORDS)
    return frozenset(found)


def add_own_word(desk: Desk, word: str) -> frozenset[str]:
    """Keep a word as rightly spelt, in the desk's store and nowhere else; all of them."""
    held, kept = own_words(desk), nfc(word.strip())[:LONGEST_WORD]
    words = held | {kept} if kept.isprintable() else held
    if held < words and len(words) <= MOST_WORDS:
        with desk.store.write() as tx:
            put_document(tx, _KIND, _KEY, canonical_json(sorted(words)))
    return words
