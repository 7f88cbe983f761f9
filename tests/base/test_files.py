"""Files are written whole or not at all."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from wpsdesk.base.errors import DiskFull, FileExistsAlready, FileMissing, FileTooLarge, FileUnwritable
from wpsdesk.base.files import make_folder, new_file, private_folder, read_file, require_room, write_file


def test_a_file_bears_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with new_file(target) as stream:
        stream.write(b"half")
        assert not target.exists()
    assert target.read_bytes() == b"half"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_error_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "a") as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsAlready):
        write_file(target, b"yours")
    assert target.read_bytes() == b"mine"
    write_file(target, b"yours", replace=True)
    assert target.read_bytes() == b"yours"


def test_a_name_taken_while_we_wrote_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with pytest.raises(FileExistsAlready), new_file(target):
        target.write_bytes(b"mine")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"mine"]


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        write_file(tmp_path / "no" / "a", b"")


def test_a_folder_that_may_not_be_written_to_is_said_to_be_so() -> None:
    if not Path("/sys/kernel").is_dir():
        pytest.skip("needs a folder that not even root may write to")
    with pytest.raises(FileUnwritable):
        write_file(Path("/sys/kernel/a"), b"")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(mount)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("a small disk can only be mounted by root")
    try:
        with pytest.raises(DiskFull):
            write_file(mount / "a", b"x" * (1 << 20))
        assert list(mount.iterdir()) == []
        with pytest.raises(DiskFull):
            require_room(mount, 1 << 20)
    finally:
        subprocess.run(["umount", str(mount)], check=True)


def test_a_file_over_its_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", limit=5) == b"12345"
    with pytest.raises(FileTooLarge):
        read_file(tmp_path / "a", limit=4)
    with pytest.raises(FileMissing):
        read_file(tmp_path / "b", limit=4)


def test_a_private_folder_is_private_and_goes_away() -> None:
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "secret").write_bytes(b"x")
    assert not folder.exists()


def test_a_folder_and_those_above_it_that_were_missing_are_for_their_owner_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b" / "c")
    made = (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c")
    assert [oct(stat.S_IMODE(one.stat().st_mode)) for one in (tmp_path, *made)] == ["0o755", *["0o700"] * 3]
    make_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755, "one that is there is left as it is"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsAlready):
        make_folder(tmp_path / "file")
