"""Real disks that can be filled, made read-only, pulled out and made to wait: ext4 in a file, mounted by a loop.

Whoever is not root, or on a machine that mounts nothing, gets none: see :func:`can_be_made`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

MIB: Final = 1 << 20

# From linux/fs.h and linux/ext4.h; Python has no names for them.
_FREEZE: Final = 0xC0045877
_THAW: Final = 0xC0045878
_SHUT_DOWN: Final = 0x8004587D
_WITHOUT_ITS_LOG: Final = struct.pack("I", 2)  # as when the power goes: what was not synced is lost


class Disk:
    """A mounted disk; its owner takes it away with :meth:`remove`."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.image = image
        self.pulled: tuple[float, float] | None = None  # when it began to go, and when it was gone
        self.folder = folder
        folder.mkdir()
        self._mount()

    def fill(self, *, but_for: int) -> None:
        """Take all room but so many bytes."""
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as stream:
            with suppress(OSError):
                while True:
                    stream.write(bytes(MIB))
            with suppress(OSError):
                while True:
                    stream.write(bytes(4096))
            stream.truncate(max(0, stream.tell() - but_for))

    def empty(self) -> None:
        """Give the room back."""
        (self.folder / "ballast").unlink()

    def settle(self) -> None:
        """Let everything on it have reached it."""
        _run("sync", "--file-system", str(self.folder))

    def write_protect(self) -> None:
        """What an officer does with a small switch on the side. Nobody may have a file open to write."""
        _run("mount", "-o", "remount,ro", str(self.folder))

    def unprotect(self) -> None:
        """The switch back."""
        _run("mount", "-o", "remount,rw", str(self.folder))

    def pull(self) -> None:
        """Out in the middle of whatever is going on: from here on every read and write fails."""
        begun = time.monotonic()
        self._ask(_SHUT_DOWN, _WITHOUT_ITS_LOG)
        self.pulled = begun, time.monotonic()

    def put_back(self) -> None:
        """In again, as the system finds it after that."""
        _run("umount", str(self.folder))
        self._mount()

    def freeze(self) -> None:
        """Let every write wait."""
        self._ask(_FREEZE, bytes(4))

    def thaw(self) -> None:
        """Let them go on."""
        with suppress(OSError):
            self._ask(_THAW, bytes(4))

    def remove(self) -> None:
        """Away, whatever a failing test has left open."""
        self.thaw()
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False, capture_output=True)
        self.image.unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()

    def _mount(self) -> None:
        _run("mount", "-o", "loop,noatime", str(self.image), str(self.folder))

    def _ask(self, what: int, how: bytes) -> None:
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, what, how)
        finally:
            os.close(handle)


@contextmanager
def disks(*names: str, size: int = 48 * MIB) -> Iterator[tuple[Disk, ...]]:
    """Empty disks with these names, side by side in a folder of their own; in the memory where there is room."""
    room = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="disks-", dir=room if room.is_dir() else None) as place:
        made: list[Disk] = []
        try:
            for name in names:
                image = Path(place) / f"{name}.image"
                shutil.copyfile(_blank(size), image)
                made.append(Disk(image, Path(place) / name))
            yield tuple(made)
        finally:
            for disk in made:
                disk.remove()


@cache
def can_be_made() -> bool:
    """Whether this machine lets us mount such disks."""
    try:
        with disks("tried"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@cache
def _blank(size: int) -> Path:
    image = Path(tempfile.mkdtemp(prefix="blank-")) / "blank.image"
    with image.open("wb") as stream:
        stream.truncate(size)
    _run("mkfs.ext4", "-q", "-m", "0", "-O", "^resize_inode", str(image))
    return image


def remove_blanks() -> None:
    """Take away what new disks are copied from."""
    for size in (48 * MIB,):
        if _blank.cache_info().currsize:
            shutil.rmtree(_blank(size).parent, ignore_errors=True)
    _blank.cache_clear()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
