"""What a person prefers is kept, survives damage, and holds nothing of a report."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpsdesk.base import places
from wpsdesk.settings import Settings, load_settings, save_settings, settings_file

CHOSEN = Settings(
    language="nn",
    scheme="dark",
    text_size=150,
    geometry=b"\x01\xd9\xd0\xcb\x00\xff",
    splitters=(("entry", b"\x00\xff"), ("year-beside-year", b"")),
    last_folder=Path("/mapper/åse/Skrivebord"),
    last_store=Path("/mapper/åse/ud.wpsdesk"),
)


def test_before_anything_was_chosen_it_is_bokmaal_and_nothing_is_written() -> None:
    assert load_settings() == Settings()
    assert load_settings().language == "nb"
    assert not settings_file().exists()


@pytest.fixture(scope="module")
def shared_settings() -> Path:
    """Where a setting up that several tests share would find and keep settings."""
    return settings_file()


def test_no_test_and_no_shared_setting_up_is_at_home_with_the_person_who_runs_it(shared_settings: Path) -> None:
    assert not shared_settings.is_relative_to(Path.home())
    assert not settings_file().is_relative_to(Path.home())
    assert shared_settings != settings_file()


def test_what_was_chosen_is_there_next_time() -> None:
    save_settings(CHOSEN)
    assert load_settings() == CHOSEN
    save_settings(replace(CHOSEN, text_size=80))
    assert load_settings().text_size == 80


def test_the_settings_are_for_their_owner_only() -> None:
    save_settings(CHOSEN)
    assert stat.S_IMODE(settings_file().stat().st_mode) == 0o600
    assert [path.name for path in settings_file().parent.iterdir()] == ["settings.json"]


def test_the_environment_chooses_the_language_before_the_settings_do(monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(CHOSEN)
    monkeypatch.setenv("WPSDESK_LANG", "en")
    assert load_settings() == replace(CHOSEN, language="en")
    monkeypatch.setenv("WPSDESK_LANG", "sv")
    assert load_settings() == CHOSEN


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"format":"wps-settings/2"}', b"x" * 70_000]
)
def test_a_damaged_file_costs_the_preferences_and_nothing_else(data: bytes) -> None:
    save_settings(CHOSEN)
    settings_file().write_bytes(data)
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "sv"), ("language", 5), ("scheme", "pink"), ("text_size", 7), ("text_size", "100"),
        ("geometry", "zz"), ("geometry", ["00"]), ("splitters", []), ("splitters", {"entry": 5}), ("last_folder", ""),
        ("last_store", {"path": "x"}), ("last_store", "a\u0000b"),
    ],
)  # fmt: skip
def test_one_damaged_setting_does_not_cost_the_others(name: str, value: object) -> None:
    save_settings(CHOSEN)
    saved = json.loads(settings_file().read_bytes())
    settings_file().write_text(json.dumps({**saved, name: value}), encoding="utf-8")
    assert load_settings() == replace(CHOSEN, **{name: getattr(Settings(), name)})


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
        max_leaves=8,
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_file_whatever_stops_the_program(value: object) -> None:
    save_settings(CHOSEN)
    names = ("language", "scheme", "text_size", "geometry", "splitters", "last_folder", "last_store")
    document = {"format": "wps-settings/1", **dict.fromkeys(names, value)}
    settings_file().write_text(json.dumps(document), encoding="utf-8")
    assert isinstance(load_settings(), Settings)


def test_a_path_that_is_no_text_is_left_out_instead_of_stopping_the_program() -> None:
    save_settings(replace(CHOSEN, last_store=Path("navn\udcff")))
    assert load_settings() == replace(CHOSEN, last_store=None)


def test_a_splitter_is_remembered_by_its_name() -> None:
    moved = CHOSEN.with_splitter("entry", b"\x07")
    assert moved.splitter("entry") == b"\x07"
    assert moved.splitter("never-moved") == b""
    assert len(moved.splitters) == len(CHOSEN.splitters)


@pytest.mark.parametrize(
    ("system", "settings_end", "logs_end"),
    [
        ("linux", ".config/wpsdesk", ".local/state/wpsdesk"),
        ("darwin", "Library/Application Support/wpsdesk", "Library/Logs/wpsdesk"),
        ("win32", "Roaming/wpsdesk", "Local/wpsdesk"),
    ],
)
def test_each_system_has_its_own_place(
    monkeypatch: pytest.MonkeyPatch, system: str, settings_end: str, logs_end: str
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setenv("APPDATA", "/users/a/Roaming")
    monkeypatch.setenv("LOCALAPPDATA", "/users/a/Local")
    assert places.settings_folder().as_posix().endswith(settings_end)
    assert places.logs_folder().as_posix().endswith(logs_end)


def test_a_relative_place_in_the_environment_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "her")
    assert places.settings_folder().is_absolute()
