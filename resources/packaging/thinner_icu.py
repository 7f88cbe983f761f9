"""Makes Qt's 30 MB of ICU data as small as the languages of this program need.

Qt takes from ICU the order of letters and the turning of letters into capitals. A library of ICU's data is one table of
named items; those for Norwegian, English and the root of all languages are put into a new library of the same name.
It takes ``as`` and ``ld``, which come with the ``strip`` that the building of the program uses anyway.
"""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

KEPT: Final = re.compile(
    r"""icudt\d+l/(
        (coll/)?(root|no|nb|nn|en|en_GB|en_001|nb_NO|nn_NO|no_NO|en_US|res_index|pool)\.res
        | coll/ucadata\.icu
        | (cnvalias|uemoji|ulayout)\.icu
        | (nfkc|nfkc_cf)\.nrm
        | (supplementalData|likelySubtags|numberingSystems|keyTypeData|plurals|metadata|icustd|icuver)\.res
    )""",
    re.VERBOSE,
)


def thinner(library: str, folder: Path) -> Path:
    """A library in ``folder`` that stands in for ``library`` (libicudata.so.NN) with fewer of its items.

    Raises ValueError for a library that is not laid out as ICU lays out its data.
    """
    data = Path(library).read_bytes()
    at = data.find(b"CmnD") - 12
    if at < 0:
        raise ValueError("no table of ICU data: " + str(library))
    head = struct.unpack_from("<H", data, at)[0]
    packed = data[at : at + head] + _table(_kept(data, at + head))
    name = Path(library).name
    symbol = "icudt" + name.rsplit(".", 1)[-1] + "_dat"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "icu.dat").write_bytes(packed)
    (folder / "icu.s").write_text(
        f".section .rodata\n.global {symbol}\n.type {symbol}, @object\n.balign 16\n{symbol}:\n"
        f'.incbin "{folder / "icu.dat"}"\n.size {symbol}, {len(packed)}\n.section .note.GNU-stack,"",@progbits\n',
        "utf-8",
    )
    made, between = folder / name, folder / "icu.o"
    subprocess.run(["as", "-o", between, folder / "icu.s"], check=True)
    subprocess.run(["ld", "-shared", "-soname", name, "-o", made, between], check=True)
    return made


def _kept(data: bytes, base: int) -> Iterator[tuple[str, bytes]]:
    """The items that stay, by name, in the table's own order."""
    count = struct.unpack_from("<I", data, base)[0]
    places = [struct.unpack_from("<II", data, base + 4 + 8 * number) for number in range(count)]
    # An item ends where the next begins; the last one, where the library's own tables do at the latest.
    ends = [start for _, start in places[1:]] + [len(data) - base]
    for (name_at, start), end in zip(places, ends, strict=True):
        name = data[base + name_at : data.index(b"\0", base + name_at)].decode("ascii")
        if KEPT.fullmatch(name):
            yield name, data[base + start : base + end]


def _table(kept: Iterable[tuple[str, bytes]]) -> bytes:
    """Items as ICU reads them: how many, where the names and the contents are, then both; contents at 16 bytes."""
    items = tuple(kept)
    names, places, at = b"", [], 4 + 8 * len(items)
    for name, _ in items:
        places.append(at + len(names))
        names += name.encode("ascii") + b"\0"
    begun = at + len(names)
    contents, pairs = b"", b""
    for place, (_, content) in zip(places, items, strict=True):
        contents += b"\0" * (-(begun + len(contents)) % 16)
        pairs += struct.pack("<II", place, begun + len(contents))
        contents += content
    return struct.pack("<I", len(items)) + pairs + names + contents
