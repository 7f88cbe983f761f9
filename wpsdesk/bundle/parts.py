"""Parts, for mail that takes no large files and for lines that break: the list of a set, which every part bears.

A set carries one or more sealed files one after another; no part holds bytes of two. Each part is a plain zip that
stores exactly ``index.json`` and ``data``, so ``unzip -p`` of each and ``cat`` in the order of their names give the
files back. The index is the same in all parts, and its SHA-256 is the name of the set. Which part it is follows from
its data alone: the index lists the SHA-256 of each. So a part can be renamed, and is checked without the others.

Nothing of this is secret and nothing is believed for it: the seal and the signature inside are.

History of the format: ``wps-parts/1`` is the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from wpsdesk.base.canonical import canonical_json, sha256
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import DIGEST, Digest
from wpsdesk.bundle import limits
from wpsdesk.bundle.errors import NewerBundle, PartMalformed
from wpsdesk.report.reply import MAX_PARTS

FORMAT: Final = "wps-parts/1"
SUFFIX: Final = ".wpspart"
PARITY: Final = 0
"""The number of the part that is the exclusive or of all the others, each filled up with zeros to the largest."""

SMALLEST: Final = 16 << 10
LARGEST: Final = 64 * limits.MIB
MAX_FILES: Final = 8
MAX_INDEX: Final = 256 << 10
FILE_LIMIT: Final = limits.CONTAINER + limits.SEAL_HEADER

_VERSION: Final = re.compile(r"wps-parts/[1-9][0-9]{0,8}")
_FILE_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,11}_[0-9]{8}_[0-9]{1,5}\.asice\.cms")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A sealed file of the set, and the parts that it fills: ``first`` and as many as ``count``."""

    name: str
    size: int  # bytes
    digest: Digest
    first: int
    count: int

    @property
    def numbers(self) -> range:
        """The numbers of its parts."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartIndex:
    """What a set consists of. Parts are numbered from 1."""

    part_size: int  # bytes of data in every part but the last of each file
    files: tuple[ListedFile, ...]
    parts: tuple[Digest, ...]  # of the data of each part
    parity: Digest | None

    @property
    def set_id(self) -> Digest:
        """The name of the set."""
        return sha256(index_bytes(self))

    @property
    def count(self) -> int:
        """How many parts there are, parity not counted."""
        return len(self.parts)

    def file_of(self, number: int) -> ListedFile:
        """The file that a part belongs to."""
        return next(file for file in self.files if number in file.numbers)

    def place_of(self, number: int) -> tuple[int, int]:
        """Where a part's data starts in its file, and how many bytes it is."""
        file = self.file_of(number)
        start = (number - file.first) * self.part_size
        return start, min(self.part_size, file.size - start)

    def size_of(self, number: int) -> int:
        """How many bytes of data a part holds."""
        return self.parity_size if number == PARITY else self.place_of(number)[1]

    @property
    def parity_size(self) -> int:
        """The size of the largest part."""
        return max(min(self.part_size, file.size) for file in self.files)

    def digest_of(self, number: int) -> Digest | None:
        """The digest of a part's data; None of a parity that there is not."""
        return self.parity if number == PARITY else self.parts[number - 1]

    def number_of(self, digest: Digest) -> int | None:
        """Which part has this data, PARITY among them, or None."""
        if digest == self.parity:
            return PARITY
        return self.parts.index(digest) + 1 if digest in self.parts else None


def parts_in(size: int, part_size: int) -> int:
    """How many parts a file of ``size`` bytes fills."""
    return -(-size // part_size)


def part_name(index: PartIndex, number: int) -> str:
    """``0f3a5c7e9b1d.part003of007.wpspart``: tells nothing of what is in it."""
    short = index.set_id[:12]
    if number == PARITY:
        return f"{short}.parity{SUFFIX}"
    width = max(3, len(str(index.count)))  # names sort as numbers do
    return f"{short}.part{number:0{width}d}of{index.count:0{width}d}{SUFFIX}"


# -- the index as JSON ---------------------------------------------------------------------------


def index_bytes(index: PartIndex) -> bytes:
    """``index.json``: canonical."""
    return canonical_json(
        {
            "format": FORMAT,
            "part_size": index.part_size,
            "files": [
                {"name": f.name, "size": f.size, "sha256": f.digest, "first": f.first, "count": f.count}
                for f in index.files
            ],
            "parts": list(index.parts),
            "parity": index.parity,
        }
    )


def index_from(data: bytes) -> PartIndex:
    """The index in an untrusted ``index.json``. Raises PartMalformed, NewerBundle."""
    try:
        reader = load_json(data, limit=MAX_INDEX)
        version = reader.get("format").matching(_VERSION)
        if version != FORMAT:
            raise NewerBundle(version=version)
        found = _index_from(reader)
    except Malformed as fault:
        raise PartMalformed(code="index", place=fault.path) from None
    if index_bytes(found) != data:
        raise PartMalformed(code="index", place="")
    return found


def _index_from(reader: Reader) -> PartIndex:
    found = PartIndex(
        part_size=reader.get("part_size").integer(SMALLEST, LARGEST),
        files=reader.get("files").tuple_of(_file_from, at_most=MAX_FILES),
        parts=reader.get("parts").tuple_of(_digest, at_most=MAX_PARTS),
        parity=reader.maybe("parity", _digest),
    )
    reader.done()
    # Which part it is must follow from its data, so no two are alike.
    digests = [*found.parts, *(() if found.parity is None else (found.parity,))]
    if len(set(digests)) != len(digests):
        raise reader.get("parts").fail("twice")
    # The files fill the parts one after another, each as many as its size asks for.
    first = 1
    for place, file in zip(reader.get("files").items(at_most=MAX_FILES), found.files, strict=True):
        if (file.first, file.count) != (first, parts_in(file.size, found.part_size)):
            raise place.fail("inconsistent")
        first += file.count
    if not found.files or first != found.count + 1 or len({file.name for file in found.files}) != len(found.files):
        raise reader.get("files").fail("inconsistent")
    return found


def _digest(reader: Reader) -> Digest:
    return Digest(reader.matching(DIGEST))


def _file_from(reader: Reader) -> ListedFile:
    name = reader.get("name").matching(_FILE_NAME)
    assert PurePosixPath(name).name == name, "the pattern lets no folder through"
    found = ListedFile(
        name=name,
        size=reader.get("size").integer(1, FILE_LIMIT),
        digest=_digest(reader.get("sha256")),
        first=reader.get("first").integer(1, MAX_PARTS),
        count=reader.get("count").integer(1, MAX_PARTS),
    )
    reader.done()
    return found
