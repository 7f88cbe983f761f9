"""A dictionary read one stem at a time says of every word what the library's own reading of it says."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import pytest
from spylls.hunspell.dictionary import Dictionary
from spylls.hunspell.readers import read_aff, read_dic
from spylls.hunspell.readers.file_reader import FileReader

from wpsdesk.desk.answers.spelling import Speller, read_dictionary

AFFIXES = """SET UTF-8
TRY eitnrasl
NOSUGGEST !
FORBIDDENWORD X
COMPOUNDFLAG z
SFX E Y 2
SFX E 0 er .
SFX E 0 ene .
"""
STEMS = """9
møte/Ez
kvinne/z
nettverk/z
UNICEF
Oslo
km\\/t
innsats ph:innsatts
innsatt/X
sekstiåtte\tpo:tall
"""
WORDS = (
    "møte", "møteer", "møteene", "møtre", "kvinnenettverk", "nettverkkvinne", "unicef", "UNICEF", "Unicef", "oslo",
    "OSLO", "km/t", "km", "innsatt", "innsats", "INNSATS", "sekstiåtte", "z", "kvinneer",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "nb_NO.aff").write_text(AFFIXES, encoding="utf-8")
    (tmp_path / "nb_NO.dic").write_text(STEMS, encoding="utf-8")
    return tmp_path / "nb_NO"


def whole_of(path: Path) -> Dictionary:
    """As the library reads it, with its files closed again."""
    with ExitStack() as stack:

        class Closing(FileReader):  # type: ignore[misc]
            def _open(self, at: str, encoding: str) -> TextIO:
                return stack.enter_context(Path(at).open(encoding=encoding))

        aff, how = read_aff(Closing(f"{path}.aff"))
        return Dictionary(aff, read_dic(Closing(f"{path}.dic", encoding=how.encoding), aff=aff, context=how))


def speller(path: Path) -> Speller:
    found = read_dictionary(path)
    assert found is not None
    return found


def test_every_word_is_known_or_not_as_the_library_says(path: Path) -> None:
    whole, ours = whole_of(path), speller(path)
    told = {word: bool(whole.lookup(word)) for word in WORDS}
    assert {word: ours.knows(word) for word in WORDS} == told
    assert set(told.values()) == {True, False}


def test_what_may_have_been_meant_is_suggested_also_by_the_dictionarys_own_slips(path: Path) -> None:
    ours = speller(path)
    assert "møte" in ours.suggestions("møtte")
    assert "innsats" in ours.suggestions("innsatts")
    assert "nettverk" in ours.suggestions("nettvvirk"), "one that no single slip explains"
    assert ours.suggestions("innsatts") == ours.suggestions("innsatts"), "reading a stem again teaches nothing"
