"""Tables that fit, progress that is seen only by someone, and text that a terminal does not obey."""

from __future__ import annotations

import io

import pytest

from wpsdesk.cli.terminal import Terminal, harmless, laid_out, width_of
from wpsdesk.i18n import catalogue


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(out: io.StringIO, err: io.StringIO, language: str = "nb") -> Terminal:
    return Terminal(say=catalogue(language), out=out, err=err)


def test_columns_stand_under_their_heads() -> None:
    assert laid_out(("Enhet", "År"), [("FD", "2026"), ("NORAD", "2027")], None) == [
        "Enhet  År",
        "FD     2026",
        "NORAD  2027",
    ]


def test_wide_and_combining_letters_count_as_they_are_drawn() -> None:
    assert width_of("Å") == width_of("A\u030a") == 1
    assert width_of("平和") == 4
    lines = laid_out(("A", "B"), [("平", "x"), ("e\u0301", "y"), ("ab", "z")], None)
    assert [width_of(line) for line in lines] == [5, 5, 5, 5]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_last_column_is_wrapped_to_the_terminal(width: int) -> None:
    lines = laid_out(("Nr.", "Tiltak"), [("1", "ord " * 60)], width)
    assert max(width_of(line) for line in lines) < width
    assert " ".join(" ".join(lines[1:]).split()) == "1 " + "ord " * 59 + "ord"


def test_where_nobody_looks_lines_are_whole() -> None:
    out = io.StringIO()
    terminal(out, io.StringIO()).table(("Nr.", "Tiltak"), [("1", "ord " * 60)])
    assert len(out.getvalue().splitlines()) == 2


def test_a_line_break_in_a_cell_does_not_break_the_table() -> None:
    assert laid_out(("A", "B"), [("en\nto", "tre\tfire")], None)[1] == "en to  tre fire"


def test_a_terminal_is_never_given_what_it_would_obey() -> None:
    out = io.StringIO()
    terminal(out, io.StringIO()).line("navn\x1b[2J\x07 \u202egnp.exe \x9b31m")
    assert not set(out.getvalue()) & set("\x1b\x07\u202e\x9b")
    assert harmless("Åse og Ødegård – «§ 24»\t\n") == "Åse og Ødegård – «§ 24»\t\n"


def test_progress_is_written_over_on_a_terminal_and_ends_its_line() -> None:
    err = Screen()
    tell = terminal(io.StringIO(), err).progress("Signerer")
    for done in range(0, 1001, 10):
        tell(done, 1000)
    assert err.getvalue().startswith("\rSignerer")
    assert err.getvalue().count("\r") == 101
    assert err.getvalue().endswith("100\u00a0%\n")


def test_progress_of_nothing_is_finished_at_once() -> None:
    err = Screen()
    terminal(io.StringIO(), err).progress("Importerer")(0, 0)
    assert err.getvalue().endswith("\n")


def test_progress_is_silent_where_nobody_looks() -> None:
    err = io.StringIO()
    terminal(io.StringIO(), err).progress("Signerer")(1, 2)
    assert err.getvalue() == ""


def test_json_is_utf8_and_refuses_what_is_no_json() -> None:
    out = io.StringIO()
    shown = terminal(out, io.StringIO())
    shown.json({"navn": "Ås", "tall": [1, None]})
    assert '"Ås"' in out.getvalue()
    with pytest.raises(ValueError, match="JSON"):
        shown.json(float("nan"))
