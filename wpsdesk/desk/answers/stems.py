"""The stems of a spelling dictionary, kept as the file has them and read one at a time, as each is asked for.

The library's own reading makes an object of every line: 280 MB and 9 seconds for bokmål, where this takes a tenth.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import Any, Final

_COUNT: Final = re.compile(r"^\d+(\s+|$)")
_TAGS: Final = re.compile(r"[ \t]\w{2}:|\t")
_SLASH: Final = re.compile(r"(?<!\\)/")

_HASH: Final = 0xFFFFFFFF
MOST_LIKELY: Final = 6_000
"""Stems that are compared letter by letter with a word that no small slip explains."""


class _Places:
    """Where the lines with a key begin: a table of hashes, in which what is found has still to be looked at."""

    def __init__(self, count: int) -> None:
        size = 1 << max(4, (3 * count).bit_length())
        self._mask = size - 1
        self._hashes, self._places = array("I", bytes(4 * size)), array("I", bytes(4 * size))

    def add(self, key: str, place: int) -> None:
        """``place`` is one of the lines with this key."""
        wanted = hash(key) & _HASH or 1
        slot = wanted & self._mask
        while self._hashes[slot]:
            slot = (slot + 1) & self._mask
        self._hashes[slot], self._places[slot] = wanted, place

    def of(self, key: str) -> Iterator[int]:
        """The places that may be the key's."""
        wanted = hash(key) & _HASH or 1
        slot = wanted & self._mask
        while held := self._hashes[slot]:
            if held == wanted:
                yield self._places[slot]
            slot = (slot + 1) & self._mask


class Stems:
    """What the library asks of a dictionary's words; ``words`` is empty, for it would go through all of them."""

    def __init__(self, lines: Iterable[str], aff: Any, how: Any) -> None:  # noqa: ANN401 - the library's own
        self._aff, self._how = aff, how
        self.words: tuple[()] = ()
        kept = [line for n, line in enumerate(lines) if line.strip() and not (n == 0 and _COUNT.match(line))]
        self._learn_slips([line for line in kept if "ph:" in line])
        self._text = ("\n".join(kept) + "\n").encode("utf-8", "surrogateescape")
        self._stems, lowered, at = _Places(len(kept)), [], 0
        for line in kept:
            stem = self._stem(line)
            self._stems.add(stem, at)
            if not stem.islower():
                lowered.append((stem, at))
            at += len(line.encode("utf-8", "surrogateescape")) + 1
        self._lowered = _Places(len(lowered))
        for stem, place in lowered:
            for lower in aff.casing.lower(stem):
                self._lowered.add(lower, place)

    def _learn_slips(self, lines: list[str]) -> None:
        """What the dictionary itself says that a word is often written as, for the library's suggestions."""
        from spylls.hunspell.readers import read_dic

        read_dic([(2, line) for line in lines], aff=self._aff, context=self._how)

    def _stem(self, line: str) -> str:
        """What stands before the flags and the tags of a line."""
        tags = _TAGS.search(line)
        word = line[: tags.start()] if tags is not None and tags.start() else line
        if not word.startswith("/"):
            parts = _SLASH.split(word, maxsplit=2)
            word = parts[0] if len(parts) == 2 else word
        word = word.replace("\\/", "/")
        return word.translate(self._how.ignore.tr) if self._how.ignore else word

    def _words_at(self, place: int) -> list[Any]:
        """The line that begins at ``place``, as the library reads it."""
        from spylls.hunspell.readers import read_dic

        line = self._text[place : self._text.index(b"\n", place)].decode("utf-8", "surrogateescape")
        known = len(self._aff.REP)
        found: list[Any] = read_dic([(2, line)], aff=self._aff, context=self._how).words
        del self._aff.REP[known:]  # what it says of common slips was read with the rest
        return found

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Any]:
        """Every word with this stem; with ``ignorecase`` those that have it in small letters and not so themselves."""
        table = self._lowered if ignorecase else self._stems
        found = [word for place in table.of(stem) for word in self._words_at(place)]
        if ignorecase:
            return [word for word in found if stem in self._aff.casing.lower(word.stem)]
        return [word for word in found if word.stem == stem]

    def has_flag(self, stem: str, flag: str, *, for_all: bool = False) -> bool:
        """Whether a word with this stem has a flag; with ``for_all`` every one."""
        found = [flag in word.flags for word in self.homonyms(stem)]
        return bool(found) and (all(found) if for_all else any(found))

    def likely(self, word: str) -> list[Any]:
        """Words that begin as ``word`` does and are about as long: at most MOST_LIKELY."""
        first, length = word[:1].lower(), len(word.encode())
        if not first:
            return []
        begins = "|".join(re.escape(each) for each in {first, first.upper()}).encode()
        low, high = max(1, length - 5), length + 3
        line = re.compile(rb"^(?:" + begins + rb")[^/\t\n ]{%d,%d}(?=[/\t\n ])" % (low - 1, high), re.MULTILINE)
        found: list[Any] = []
        for each in line.finditer(self._text):
            found += self._words_at(each.start())
            if len(found) >= MOST_LIKELY:
                break
        bad = {self._aff.FORBIDDENWORD, self._aff.NOSUGGEST, self._aff.ONLYINCOMPOUND} - {None, ""}
        return [each for each in found if not bad & set(each.flags)]
