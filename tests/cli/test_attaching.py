"""``wpsdesk attach`` says what it took out of the files, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CommandLine, World
from tests.evidence import specimen_files as made
from wpsdesk.cli.main import DONE


def test_what_was_taken_out_is_said_and_the_original_kept_when_asked_for(
    wps: CommandLine, world: World, tmp_path: Path
) -> None:
    photo = tmp_path / "møte.jpg"
    photo.write_bytes(made.jpeg())
    at = ("attach", "--commitment", 2, "--store", world.fd)
    told = wps(*at, photo)
    assert told.code == DONE, told.err
    assert "Fjernet fra filene før de ble lagt ved" in told.out
    assert "-1.29210, 36.82190" in told.out
    (file,) = wps(*at, photo, "--json").member("attached")  # type: ignore[misc]
    assert {"location", "author", "device"} <= {f["kind"] for f in file["removed"]}
    assert set(file) == {
        "file", "sha256", "size_before", "size", "media_type", "already_attached", "removed", "remains"
    }  # fmt: skip
    assert file["already_attached"] is True
    assert file["size"] < file["size_before"]
    (file,) = wps(*at, photo, "--json", "--keep-original").member("attached")  # type: ignore[misc]
    assert file["removed"] == []
    assert file["size"] == file["size_before"]


def test_a_damaged_file_is_attached_and_said_to_be_unread(wps: CommandLine, world: World, tmp_path: Path) -> None:
    damaged = tmp_path / "skadet.pdf"
    damaged.write_bytes(b"%PDF-1.7\nikke mer")
    told = wps("attach", "--commitment", 2, "--store", world.fd, damaged)
    assert told.code == DONE
    assert "Kan ikke leses" in told.out


def test_a_file_that_begins_with_a_marking_is_refused(wps: CommandLine, world: World, tmp_path: Path) -> None:
    note = tmp_path / "notat.txt"
    note.write_text("  KONFIDENSIELT\n\nNotat", encoding="utf-8")
    told = wps("attach", "--commitment", 2, "--store", world.fd, note)
    assert told.code == 1
    assert "KONFIDENSIELT" in told.err
    assert "Gradert vedlegg finnes" in told.err
