"""What the benchmarks work on: the tests' offices, answers of ordinary length, files that are packed already."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.kit import Office, answer
from wpsdesk.report.model import Entry, Passage

WORDS: Final = (
    "kvinner", "fred", "sikkerhet", "innsats", "resultat", "delegasjon", "forhandling", "deltakelse", "dialog",
    "ambassade", "støtte", "opplæring", "nettverk", "lokale", "partnere", "beskyttelse", "oppfølging", "måling",
    "rapport", "avtale", "samtale", "program", "midler", "året", "landet", "i", "og", "for", "med", "på", "av",
    "som", "har", "ble", "etter", "mellom", "flere",
)  # fmt: skip

JPEG: Final = b"\xff\xd8\xff\xe0"
MP4: Final = b"\x00\x00\x00\x20ftypisom"


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """UD and its units, closed when done; ``WPSDESK_TEST_STORE=server`` has UD's desk on a real PostgreSQL."""
    office = Office(folder=folder, on_server=os.environ.get("WPSDESK_TEST_STORE") == "server")
    try:
        yield office
    finally:
        office.close()


def prose(number: int, words: int) -> str:
    """A text of so many words, the same for the same number."""
    chosen = random.Random(number)
    return " ".join(chosen.choice(WORDS) for _ in range(words)).capitalize() + "."


def long_answer(number: int, *, edition: int = 0) -> Entry:
    """An answer of about 200 words; another ``edition`` differs in a few of them."""
    told = answer(number, text=f"{prose(number, 90)} ({edition})")
    return replace(
        told,
        results=Passage(text=prose(100 + number, 70)),
        challenges=Passage(text=prose(200 + number, 40)),
    )


def packed_file(path: Path, size: int, beginning: bytes) -> Path:
    """A new file of ``size`` bytes that begins like a picture or a film, and packs no better than one."""
    noise = random.Random(size)
    with path.open("wb") as stream:
        stream.write(beginning)
        left = size - len(beginning)
        while left:
            left -= stream.write(noise.randbytes(min(left, 1 << 20)))
    return path
