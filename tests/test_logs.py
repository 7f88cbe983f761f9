"""A report of a bug says where it happened, and never a word of what anyone wrote."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wpsdesk.base.errors import Cancelled, FileMissing
from wpsdesk.base.places import logs_folder
from wpsdesk.logs import KEPT, guard, report_bug

WHEN = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
SECRET = "Navnet på en fredsbygger"


def fail_deep_inside(text: str) -> None:
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(f"{text} er galt") from error


def caught() -> BaseException:
    try:
        fail_deep_inside(SECRET)
    except ValueError as error:
        return error
    raise AssertionError("it must fail")


def test_a_report_tells_the_types_and_the_lines_of_the_whole_chain() -> None:
    path = report_bug(caught(), WHEN)
    assert path is not None
    found = json.loads(path.read_bytes())
    assert found["when"] == "2027-03-01T12:00:00Z"
    assert [error["type"] for error in found["errors"]] == ["builtins.ValueError", "builtins.KeyError"]
    frame = found["errors"][0]["frames"][-1]
    assert (frame["function"], frame["file"]) == ("fail_deep_inside", "tests/test_logs.py")
    assert frame["line"] > 0


def test_a_report_holds_no_value_and_no_folder_of_a_person() -> None:
    path = report_bug(caught(), WHEN)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert SECRET not in text
    assert "fredsbygger" not in text
    assert str(Path(__file__).parent) not in text


def test_reports_are_for_their_owner_only() -> None:
    path = report_bug(caught(), WHEN)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_old_reports_go() -> None:
    for minute in range(KEPT + 5):
        report_bug(caught(), WHEN + timedelta(minutes=minute))
    names = sorted(path.name for path in logs_folder().iterdir())
    assert len(names) == KEPT
    assert names[0].startswith("20270301-120500")


def test_where_no_report_can_be_written_the_bug_is_still_told() -> None:
    logs_folder().parent.mkdir(parents=True, exist_ok=True)
    logs_folder().write_text("i veien", encoding="utf-8")
    told: list[Path | None] = []
    with guard(told.append, clock=lambda: WHEN):
        fail_deep_inside(SECRET)
    assert told == [None]


def test_a_bug_ends_at_the_guard_and_is_told_once() -> None:
    told: list[Path | None] = []
    with guard(told.append, clock=lambda: WHEN):
        fail_deep_inside(SECRET)
    assert [path is not None and path.is_file() for path in told] == [True]


@pytest.mark.parametrize(
    "passing",
    [FileMissing(path=Path("x")), Cancelled(), KeyboardInterrupt(), SystemExit(2)],
    ids=lambda e: type(e).__name__,
)
def test_what_is_no_bug_passes_the_guard_and_leaves_no_report(passing: BaseException) -> None:
    told: list[Path | None] = []
    with pytest.raises(type(passing)), guard(told.append, clock=lambda: WHEN):
        raise passing
    assert told == []
    assert not logs_folder().exists()
