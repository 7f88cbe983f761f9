"""Each check of the importer has a file that reaches it and no earlier one, and a sentence of its own."""

from __future__ import annotations

import importlib.util
import traceback
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest

from tests.vectors.reading import facts, refusal
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.i18n import catalogue
from wpsdesk.messages import sentence
from wpsdesk.plan.model import LANGUAGES

# The importer's checks in their order, each by the words it is written down with. Where a check is not of the bundle
# but of the desk that takes it in, the test that reaches it stands here instead.
CHECKS: Final[dict[int, tuple[str, ...]]] = {
    1: ("size", "exact DER length", "canonical seal header", "known recipient types", "always two recipients",
        "the GCM tag before use"),
    2: ("mimetype", "the end record last", "counts", "the central directory bound", "entries tile the file exactly",
        "local header equals central header", "the entries' order"),
    3: ("a regular file", "method 0 or 8", "flags 0", "an ASCII name", "no ..", "no backslash", "no colon", "no NUL",
        "no device name", "no trailing dot", "unique after NFC and case folding"),
    4: ("2,000 entries", "an entry of 2 GiB", "4 GiB in all", "ratio 200 above 1 MiB", "bundle.json of 4 MiB",
        "a payload of 16 MiB", "a manifest of 1 MiB", "a p7s of 64 KiB", "inflation stops at the declared size",
        "inflation must consume all input", "the checksum of every file"),
    5: ("signature before XML", "one signer", "canonical CMS", "the value of the signature", "key usage", "path",
        "CRL signed", "CRL fresh"),
    6: ("expat", "DOCTYPE refused", "entities refused", "PIs refused", "depth bound", "re-rendered and compared"),
    7: ("names of the manifest and no others", "each digest while streaming"),
    8: ("JSON", "depth", "duplicate keys", "NaN", "canonical", "schema", "kind = payload",
        "bundle.json tells of the files that are there", "year in the report = year in the header",
        "base in the delta = base in the header", "unit in the report = unit in the certificate",
        "unit in the reply = unit it is for", "calls and replies are the authority's",
        "a request is signed by the key it asks for"),
}  # fmt: skip

ELSEWHERE: Final = {
    "opened once, read only": "tests/bundle/test_large.py::test_a_file_that_changes_after_its_tag_was_checked",
    "nothing is unsealed onto the disk": "tests/bundle/test_large.py::test_nothing_is_unsealed_onto_the_disk",
    "id seen before": "tests/flows/test_the_year.py::test_the_same_bundle_twice_is_refused_as_a_duplicate",
    "sequence": "tests/flows/test_orders_of_arrival.py::test_a_jump_in_the_numbers_is_told",
    "media type": "tests/bundle/test_checks_5_to_8_contents.py::test_a_file_told_of_in_a_way_that_no_writer_would",
    "one bundle does not stop the rest": "tests/flows/test_the_year.py::test_one_bad_file_never_stops_the_rest",
}

# The function that makes a check, and the check's number. A fault of a later check comes out of none of these.
MAKES: Final = {
    "_looked_at": 1, "read_seal": 1, "_unsealed": 1, "directory_of": 2, "layout_of": 2, "_check_entry": 3,
    "_refuse_twins": 3, "_refuse_bombs": 4, "unpacked": 4, "read_signature": 5, "believed": 5,
    "believed_by_its_own": 5, "listed_in": 6, "require_listed": 7, "contents_of": 8, "require_one_unit": 8,
}  # fmt: skip


def wrong() -> list[str]:
    return sorted(name for name, told in facts().items() if told["check"])


def reached(fault: WpsError, told: dict[str, object]) -> int:
    """The number of the check that the fault came out of: the innermost one on its way."""
    names = [frame.name for frame in traceback.extract_tb(fault.__traceback__)]
    found = next(MAKES[name] for name in reversed(names) if name in MAKES)
    code = told["fields"].get("code")  # type: ignore[attr-defined]
    if type(fault).__name__ == "Bomb":  # bounds that are looked at while the container's form is
        return 4
    if type(fault).__name__ == "Altered" and "_document" in names and found == 8:
        return 7  # a document's digest is held against the list when the document is read
    return found if code != "names" else 7


@pytest.mark.parametrize("name", wrong())
def test_a_file_reaches_its_check_and_no_earlier_one(name: str, tmp_path: Path) -> None:
    told, fault = facts()[name], refusal(name, tmp_path)
    if isinstance(fault, VerifiedBundle):  # what only warns has passed every check
        assert told["fields"].get("warning")
        return
    assert isinstance(fault, WpsError)
    assert reached(fault, told) == told["check"]


def test_every_check_has_a_file() -> None:
    there: dict[int, set[str]] = defaultdict(set)
    for told in facts().values():
        if told["check"]:
            there[told["check"]].add(told["item"])
    assert {number: set(items) for number, items in CHECKS.items()} == dict(there)


@pytest.mark.parametrize("item", ELSEWHERE)
def test_what_the_desk_checks_has_its_test_there(item: str) -> None:
    path, _, test = ELSEWHERE[item].partition("::")
    assert f"def {test}" in Path(importlib.util.find_spec("tests").submodule_search_locations[0]).parent.joinpath(  # type: ignore[union-attr,index]
        path
    ).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_being_refused_has_a_sentence_of_its_own(language: str, tmp_path: Path) -> None:
    """Two files may share one only where they are wrong in the same way: the same fault with the same code."""
    say, ways = catalogue(language), {}
    for name in wrong():
        found = refusal(name, tmp_path)
        faults = found.warnings[:1] if isinstance(found, VerifiedBundle) else (found,)
        for fault in faults:
            assert isinstance(fault, WpsError)
            said = sentence(fault, say)
            known = facts()[name]["fields"]
            way = (type(fault).__name__, *(known.get(field) for field in ("code", "where", "problem", "reason")))
            assert ways.setdefault(said.what, way) == way, said.what
            assert said.what
            assert said.do
    assert len(ways) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shows_a_code_in_the_place_of_words(language: str, tmp_path: Path) -> None:
    say = catalogue(language)
    for name in wrong():
        fault, code = refusal(name, tmp_path), facts()[name]["fields"].get("code")
        if isinstance(fault, WpsError) and code is not None:
            assert f": {code} (" not in sentence(fault, say).what
