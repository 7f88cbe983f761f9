"""Says clearly when the window's tests could not run."""

import pytest


def test_the_windows_library_can_be_loaded(why_no_window: str) -> None:
    if why_no_window:
        pytest.skip(f"The window's tests could NOT run, Qt's libraries are missing: {why_no_window}")
