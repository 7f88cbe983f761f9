"""Every way of being wrong is refused as it always was, and there is a file for every way that the program knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.vectors.making import make_wrong
from tests.vectors.reading import WRONG, facts, refusal
from wpsdesk.base.decoding import PROBLEMS
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle import errors as of_bundle
from wpsdesk.bundle.verifying import VerifiedBundle
from wpsdesk.trust import errors as of_trust

BESIDE: Final = {"facts.json", "setting.json", "trust.json", "trust-revoked.json", "trust-no-list.json"} | {
    "trust-not-begun.json"
}


@pytest.mark.parametrize("name", sorted(facts()))
def test_what_is_wrong_is_refused_as_it_always_was(name: str, tmp_path: Path) -> None:
    told, found = facts()[name], refusal(name, tmp_path)
    expected = dict(told["fields"])
    warning = expected.pop("warning", None)
    if warning is not None:
        assert isinstance(found, VerifiedBundle), found
        assert {type(each).__name__ for each in found.warnings} == {warning}
        return
    assert isinstance(found, WpsError), "it was taken"
    assert type(found).__name__ == told["error"]
    assert {field: getattr(found, field) for field in expected} == expected


def test_every_file_has_its_facts_and_every_fact_its_file() -> None:
    assert {path.name for path in WRONG.iterdir()} - BESIDE == set(facts())


# -- nothing that the program refuses is without a file --------------------------------------------------------

# Why no file can show it. Everything else that these rooms raise must have a vector.
WITHOUT_A_FILE: Final = {
    ("Altered", "container"): "the file changes while it is read",
    ("AttachmentChanged", ""): "met by who writes",
    ("TooManyAttachments", ""): "met by who writes",
    ("PartSizeRefused", ""): "met by who writes",
    ("ManifestMalformed", "entity"): "an entity is declared inside a DOCTYPE, which is refused first",
    ("BadKey", "not-of-this-certificate"): "a key and a certificate that this desk has put together itself",
    ("DeskOfAnotherPlan", ""): "there is one edition of the plan so far",
    ("FingerprintMismatch", ""): "digits that a person types",
    ("AuthorityExpired", ""): "UD's own authority, at UD's own desk",
    ("RootOffline", ""): "UD's own root, at UD's own desk",
    ("Malformed", "too-short"): "no text must be longer than one sign",
    ("Malformed", "unknown-unit"): "the plan's own file, which comes with the program",
}

NEVER_RAISED: Final = {"BundleRefused", "Untrusted"}  # only their subclasses are
CODED: Final = ("code", "where", "problem", "reason")
_CODES: Final = re.compile(r"``(?:code|where|problem|reason)``:(.*?)(?:\.\s|\.$|\n\n|\n    ``)", re.DOTALL)


def _ways() -> set[tuple[str, str]]:
    """Every error class with every code that its docstring tells of."""
    found: set[tuple[str, str]] = set()
    for module in (of_bundle, of_trust):
        for name, kind in vars(module).items():
            if not isinstance(kind, type) or not issubclass(kind, WpsError) or kind.__module__ != module.__name__:
                continue
            fields = set(getattr(kind, "__dataclass_fields__", ())) & set(CODED)
            told = _CODES.search(kind.__doc__ or "")
            is_coded = bool(fields) and told is not None and name not in ("ContentMalformed", "CertificateRevoked")
            codes = re.findall(r"``([a-z-]+)``", told.group(1)) if is_coded and told is not None else [""]
            codes = [code for code in codes if code not in kind.__dataclass_fields__]
            found |= {(name, code) for code in codes}
    found |= {("Malformed", problem) for problem in PROBLEMS}
    return {(name, code) for name, code in found if name not in NEVER_RAISED}


def _shown() -> set[tuple[str, str]]:
    shown: set[tuple[str, str]] = set()
    for told in facts().values():
        fields = told["fields"]
        code = next((fields[name] for name in CODED if name in fields), "")
        shown |= {(told["error"], ""), (told["error"], code), (fields.get("warning", ""), "")}
        if told["error"] == "PartMalformed" and told["read_as"] == "index.json":
            shown.add(("PartMalformed", "index"))
    # What is wrong in a document of a bundle is told in the same words as of one that stands alone.
    return shown | {("Malformed", code) for name, code in shown if name == "ContentMalformed"}


def test_there_is_a_file_for_every_way_of_being_wrong_or_a_reason_why_there_is_none() -> None:
    missing = _ways() - _shown() - set(WITHOUT_A_FILE)
    assert not missing
    assert len(_ways()) > 90


def test_no_reason_is_given_for_what_has_a_file_or_is_no_way_at_all() -> None:
    assert not set(WITHOUT_A_FILE) & _shown()
    assert set(WITHOUT_A_FILE) <= _ways()


def test_what_has_been_made_is_not_made_again() -> None:
    before = {path: path.stat().st_mtime_ns for path in WRONG.iterdir() if path.name != "facts.json"}
    told = (WRONG / "facts.json").read_bytes()
    assert make_wrong(WRONG) == []
    assert (WRONG / "facts.json").read_bytes() == told
    assert {path: path.stat().st_mtime_ns for path in WRONG.iterdir() if path.name != "facts.json"} == before


def test_the_vectors_are_small() -> None:
    assert (
        sum(path.stat().st_size for path in WRONG.parent.rglob("*") if path.is_file()) < 5_000_000
    )  # a store of each version takes most of it
