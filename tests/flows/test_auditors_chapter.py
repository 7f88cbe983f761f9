"""The manual's chapter for the auditor: its commands, taken out of it, do on real files what it says they do."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer
from wpsdesk.assets import resource
from wpsdesk.cli.main import main
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.dividing import Cut, ExportedSet, export_in_parts

FENCE = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fences(language: str = "en") -> dict[str, list[tuple[str, str]]]:
    """Under each anchor the code of the chapter: "sh" where it takes a shell alone, and the text."""
    text = resource("manual", language, "80-auditor.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"\{#([a-z-]+)\}", text)
    return {anchor: FENCE.findall(under) for anchor, under in zip(parts[::2], parts[1::2], strict=True)}


def in_a_shell(folder: Path, *commands: str) -> str:
    """What they say, run one after another in ``folder``; each must do."""
    said = ""
    for text in commands:
        done = subprocess.run(["sh", "-euc", text], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{text}{done.stderr}"
        said += done.stdout + done.stderr
    return said


def of_a_shell(anchor: str) -> list[str]:
    return [text for sort, text in fences()[anchor] if sort == "sh"]


def test_the_languages_give_the_same_commands() -> None:
    assert fences("nb") == fences("nn") == fences("en")


def test_what_an_auditor_is_told_to_type_holds_on_real_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(folder=tmp_path, clock=WoundClock(now=datetime.now(UTC).replace(microsecond=0)))
    ud = office.ud()
    sent = sent_in_parts(office, ud, tmp_path)
    for part in sent.parts:
        receive_one(ud, part.path)
    office.close()
    joined_by_hand(sent).rename(tmp_path / "nair_20270115_1.asice.cms")

    monkeypatch.setenv("WPSDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    for anchor, beginning in (("auditor-files", "archive"), ("auditor-file", "open"), ("auditor-file", "trust")):
        (line,) = (one for _, text in fences()[anchor] for one in text.splitlines() if f"wpsdesk {beginning} " in one)
        words = [{"ud.wpsdesk": str(ud.store.path), "2026": str(YEAR)}.get(word, word) for word in line.split()]
        assert main(words[1:]) == 0, line

    whole = in_a_shell(tmp_path, *of_a_shell("auditor-all"))
    assert "2 innsendinger er kontrollert" in whole
    assert "Alle 3 filer er dekket av signaturen" in in_a_shell(tmp_path, *of_a_shell("auditor-file"))

    submission = max((tmp_path / "arkiv" / "submissions").iterdir())
    said = in_a_shell(submission, *of_a_shell("auditor-one"))
    assert "CAdES Verification successful" in said
    assert "serialNumber = FD" in said
    assert "OK   evidence/001_referat.bin" in said
    assert "FEIL" not in said
    assert len(set(re.findall(r"^([0-9a-f]{64})(?: \*submission\.asice)?$", said, re.MULTILINE))) == 1
    assert said.splitlines()[-1] in whole  # the root's fingerprint
    (submission / "pakke" / "report.json").write_text("{}")
    (digests,) = (text for text in of_a_shell("auditor-one") if "FEIL" in text)
    assert "FEIL report.json" in in_a_shell(submission, digests)


def sent_in_parts(office: Office, ud: Desk, folder: Path) -> ExportedSet:
    """FD's report with a file, in three parts: the report, and its evidence in two."""
    fd = office.answered(office.enrolled(ud, "FD"))
    (folder / "referat.bin").write_bytes(bytes(range(32, 127)) * 10 + bytes(i * i % 251 for i in range(40_000)))
    attach(fd, YEAR, answer(1).key, [folder / "referat.bin"], keep_original=True)
    return export_in_parts(fd, YEAR, folder / "parts", Cut(part_size=16 << 10))


def joined_by_hand(sent: ExportedSet) -> Path:
    """The second file of the set, as the manual says: whose hash is one that the list of contents names."""
    (text,) = (text for _, text in fences()["auditor-parts"])
    first, second, digest = text.splitlines()
    names = [part.path.name for part in sent.parts]
    folder = sent.parts[0].path.parent
    more = [second.replace("SETT.part003of003.wpspart", name) for name in names[2:]]
    said = in_a_shell(folder, first.replace("SETT.part002of003.wpspart", names[1]), *more, digest)
    assert said.split()[0] in in_a_shell(folder, f"unzip -p {names[0]} index.json")
    return folder / "rapport.asice.cms"
