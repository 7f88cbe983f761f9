"""Every fault, state and word has its sentence in every language."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import string
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from types import UnionType

import pytest

import wpsdesk
from wpsdesk.base.decoding import PROBLEMS
from wpsdesk.base.errors import FileFault, FileMissing, Malformed, WpsError
from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.evidence.model import Finding, FindingKind
from wpsdesk.i18n import catalogue
from wpsdesk.messages import Sentence, bug_sentence, field_name, language_name, problem_sentence, sentence, word
from wpsdesk.messages.carried import finding_value
from wpsdesk.messages.faults import BY_KIND, ROWS
from wpsdesk.messages.journal_words import DONE
from wpsdesk.messages.of_base import MALFORMED, place_in_document
from wpsdesk.messages.of_bundle import ALTERED
from wpsdesk.messages.problems import PROBLEMS as PROBLEM_SENTENCES
from wpsdesk.messages.saying import shown
from wpsdesk.messages.words import LATER, WORDS
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.report.checks import Code, Problem
from wpsdesk.report.model import EntryKey
from wpsdesk.report.question_answers import Misfit, Unfit
from wpsdesk.report.questions import QuestionId
from wpsdesk.report.unit_rows import BadCell, CellProblem

NORWEGIAN = ("nb", "nn")
WINDOWS_ONLY = ("wpsdesk.ui", "wpsdesk.__main__")
RAISED_ONLY_AS_SUBCLASSES = {"WpsError", "FileFault", "Untrusted", "BundleRefused"}

# Never read as a word by a person: what the program tells itself, the ending of a file's name, what a whole sentence or
# a document's own heading says.
WITHOUT_WORDS = {
    "Control", "Grading", "Group", "Role", "Scope", "Use", "KeyKind", "SlotKind", "KeptFor",
    "Format", "Order", "Origin", "What", "AidBy", "AidShape", "AidWrong", "Fate",
}  # fmt: skip


def import_everything() -> None:
    for module in pkgutil.walk_packages(wpsdesk.__path__, "wpsdesk."):
        if not module.name.startswith(WINDOWS_ONLY):
            importlib.import_module(module.name)


def subclasses(kind: type) -> Iterator[type]:
    for found in kind.__subclasses__():
        yield found
        yield from subclasses(found)


def of_the_program(kinds: Iterator[type]) -> list[type]:
    """Those below the window that may leave their own module, each once, by name: whether Qt is loaded or not."""
    below = {k for k in kinds if k.__module__.startswith("wpsdesk.") and not k.__module__.startswith(WINDOWS_ONLY)}
    mine = {k for k in below if not k.__name__.startswith("_")}
    return sorted(mine, key=lambda k: f"{k.__module__}.{k.__name__}")


import_everything()
FAULTS = of_the_program(subclasses(WpsError))


def example_of(annotation: object) -> object:
    """Some value of a field's type."""
    if isinstance(annotation, UnionType) or typing.get_origin(annotation) is typing.Union:
        return example_of(next(a for a in typing.get_args(annotation) if a is not type(None)))
    if typing.get_origin(annotation) is tuple:
        return (example_of(typing.get_args(annotation)[0]),)
    base = getattr(annotation, "__supertype__", annotation)  # a NewType
    assert isinstance(base, type), annotation
    if issubclass(base, StrEnum):
        return next(iter(base))
    known: dict[type, object] = {
        str: "XYZ", int: 17, bool: True, Path: Path("/et sted/fil.txt"),
        datetime: datetime(2027, 3, 1, 12, tzinfo=UTC), date: date(2027, 3, 1),
        EntryKey: EntryKey(CommitmentNumber(7), None),
        Unfit: Unfit(question=QuestionId("xyz"), why=Misfit.UNKNOWN_QUESTION, found="xyz"),
        BadCell: BadCell(row=2, column="B", value="x", problem=CellProblem.KIND),
    }  # fmt: skip
    return known[base]


def fault(kind: type, **given: object) -> WpsError:
    """An error of this kind with some value in every field."""
    hints = typing.get_type_hints(kind)
    fields = {f.name: example_of(hints[f.name]) for f in dataclasses.fields(kind)}
    if "problem" in fields and kind.__name__ in {"Malformed", "ContentMalformed"}:
        fields["problem"] = "missing"
    made = kind(**{**fields, **given})
    assert isinstance(made, WpsError)
    return made


def parts(found: Sentence) -> tuple[str, str, str]:
    return found.what, found.kept, found.do


def test_faults_are_found_in_every_room_that_has_any() -> None:
    rooms = {kind.__module__.split(".")[1] for kind in FAULTS}
    assert {"base", "plan", "trust", "bundle", "store", "desk"} <= rooms
    assert len(FAULTS) > 60


@pytest.mark.parametrize("kind", FAULTS, ids=lambda k: k.__name__)
def test_every_fault_has_a_row_of_its_own(kind: type[WpsError]) -> None:
    assert kind in BY_KIND, f"{kind.__module__}.{kind.__name__} has no sentence"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FAULTS, ids=lambda k: k.__name__)
def test_every_fault_says_what_happened_that_nothing_was_lost_and_what_to_do(
    kind: type[WpsError], language: str
) -> None:
    said = parts(sentence(fault(kind), catalogue(language)))
    for part in said:
        assert part[:1] == part[:1].upper()
        assert part[-1:] == ".", part
        assert not {"{", "}"} & set(part), part
        assert "!" not in part
    if language in NORWEGIAN:
        english = parts(sentence(fault(kind), catalogue("en")))
        assert not set(said) & set(english), "not translated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_faults_say_the_same_happened(language: str) -> None:
    say = catalogue(language)
    texts = [say(row.what) for row in ROWS if row.kind.__name__ not in RAISED_ONLY_AS_SUBCLASSES]
    assert sorted(texts) == sorted(set(texts))


def test_no_row_is_left_over_from_a_fault_that_is_gone() -> None:
    assert {row.kind for row in ROWS} <= {*FAULTS, WpsError}
    assert len(ROWS) == len(BY_KIND), "two rows for one kind"


@pytest.mark.parametrize("kind", FAULTS, ids=lambda k: k.__name__)
def test_every_place_in_a_sentence_is_filled_and_none_is_filled_in_vain(kind: type[WpsError]) -> None:
    row = BY_KIND[kind]
    wanted = {name for text in (row.what, row.do) for _, name, _, _ in string.Formatter().parse(text) if name}
    assert set(row.places(fault(kind), catalogue("en"))) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_every_problem_of_a_document_has_its_words(problem: str, language: str) -> None:
    said = sentence(Malformed(path="entries[3].status", problem=problem), catalogue(language)).what
    assert catalogue(language)(MALFORMED[problem]) in said


def test_there_are_words_for_no_problem_that_cannot_be() -> None:
    assert set(MALFORMED) == PROBLEMS


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("entries[3].status", "svar nr. 4, feltet «Status»"),
        ("entries[0]", "svar nr. 1"),
        ("entries[11].indicators[0].value", "svar nr. 12, feltet «indicators[0].value»"),
        ("units[2].code", "stedet «units[2].code»"),
        ("", "dokumentet som helhet"),
    ],
)
def test_a_place_in_a_document_is_told_in_words(path: str, words: str) -> None:
    assert place_in_document(path, catalogue("nb")) == words


def test_a_name_from_outside_cannot_hide_in_a_sentence() -> None:
    name = "a\x1b[2J\u202egnp.exe\nb"
    told = str(sentence(FileMissing(path=Path(name)), catalogue("nb")))
    assert not set(told) & set("\x1b\u202e\n")
    assert len(shown("x" * 5000)) == 200


def test_a_fault_without_a_row_speaks_as_its_nearest_kin() -> None:
    class NewSortOfFile(FileFault):
        pass

    said = sentence(NewSortOfFile(path=Path("/a/b")), catalogue("nb"))
    assert "/a/b" in said.what
    assert said.what == sentence(FileFault(path=Path("/a/b")), catalogue("nb")).what


def test_what_was_altered_is_told_for_every_place_that_the_bundle_names() -> None:
    from wpsdesk.bundle.errors import Altered

    assert Altered.__doc__ is not None
    for where in ALTERED:
        assert f"``{where}``" in Altered.__doc__


# -- words ---------------------------------------------------------------------------------------

SPOKEN = [k for k in of_the_program(subclasses(StrEnum)) if k.__name__ not in WITHOUT_WORDS and k is not Code]


@pytest.mark.parametrize("kind", SPOKEN, ids=lambda k: k.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_person_meets_has_its_text(kind: type[StrEnum], language: str) -> None:
    said = [word(value, catalogue(language)) for value in kind]
    assert all(said)
    assert len(set(said)) == len(said), "two values look the same"


def test_there_are_words_for_no_value_that_cannot_be() -> None:
    for kind, words in WORDS.items():
        assert set(words) == set(kind), kind
    by_name = {kind.__name__: kind for kind in of_the_program(subclasses(StrEnum))}
    for name, words in LATER.items():
        assert set(words) == set(by_name[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_every_problem_of_a_report_has_its_sentence(code: Code, language: str) -> None:
    problem = Problem(key=EntryKey(CommitmentNumber(5), None), field="status", code=code)
    said = problem_sentence(problem, catalogue(language))
    assert said.endswith(".")
    if language in NORWEGIAN:
        assert said != PROBLEM_SENTENCES[code]


def test_fields_and_languages_have_names() -> None:
    say = catalogue("nn")
    assert field_name("challenges", say) == "Utfordringar"
    assert field_name("noe annet", say) == "noe annet"
    assert [language_name(code, catalogue("nb")) for code in LANGUAGES] == ["Bokmål", "Nynorsk", "Engelsk"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bug_is_told_with_and_without_a_report(language: str) -> None:
    say = catalogue(language)
    assert "/tmp/rapport.json" in bug_sentence(Path("/tmp/rapport.json"), say)
    assert bug_sentence(None, say) != bug_sentence(Path("x"), say)


def test_every_line_that_a_verb_leaves_in_the_journal_has_words() -> None:
    left = {"accepted", "returned", "replied", "given-back", "named", "unnamed"}  # chosen where they are written
    for file in Path(wpsdesk.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in {"note", "_note"}:
                words = [each for each in call.args[1:3] if isinstance(each, ast.Constant)]
                left |= {str(each.value) for each in words}
            elif isinstance(call, ast.Call) and ast.unparse(call.func) in {"self._keep", "self._put", "self._handle"}:
                left |= {str(each.value) for each in call.args[:1] if isinstance(each, ast.Constant)}
    assert "received" in left
    assert left - set(DONE) == set()
    assert set(DONE) - left == set()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("CreationDate: D:20260503140509+02'00'", "CreationDate: 3. mai 2026 14.05"),
        ("ModDate: D:20260503", "ModDate: 3. mai 2026"),
        ("2026:05:03 14:05:09", "3. mai 2026 14.05"),
        ("2026-05-03T14:05:09Z", "3. mai 2026 14.05"),
        ("D:20261399", "D:20261399"),
    ],
)
def test_a_moment_found_in_a_file_is_told_as_a_date_however_its_format_writes_it(value: str, told: str) -> None:
    finding = Finding(kind=FindingKind.TIME, where="Info", value=value)
    assert finding_value(finding, catalogue("nb"), at_most=80) == told
