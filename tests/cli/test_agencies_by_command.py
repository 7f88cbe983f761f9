"""Norad asks two organisations by command, takes over what they say, and tells UD who has reported."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import CommandLine, World
from tests.cli.test_the_year_by_command import done, members
from tests.kit import YEAR, answer
from wpsdesk.base.canonical import canonical_json
from wpsdesk.cli.main import REFUSED
from wpsdesk.report.answers import Answers, answers_to_json
from wpsdesk.report.model import Part

TWENTY = ("--commitment", 20)


def answers_file(path: Path, text: str, part: Part = Part.CONTRIBUTOR) -> Path:
    one = answer(20, text=text)
    told = Answers(unit=None, year=YEAR, entries=(one,), are_ready=True)
    path.write_bytes(canonical_json(answers_to_json(told)))
    return path


def asked_of(wps: CommandLine, unit: Path, by: Path, call: Path, out: Path) -> None:
    """A desk takes in a call and gets its certificate, as each side would do it by telephone."""
    root = members(wps("enrol", "digits", "--store", by, "--json"))["root"]
    if by.stem == "norad":
        root = members(wps("agencies", "digits", "--store", by, "--json"))["root"]
    done(wps("call", "load", call, "--store", unit, "--fingerprint", root))
    asked = members(wps("enrol", "request", "--store", unit, out / f"{unit.stem}-request.asice", "--json"))
    shown = ("--fingerprint", asked["fingerprint"], "--json")
    issued = members(wps("enrol", "approve", asked["path"], out / f"{unit.stem}.cms", "--store", by, *shown))
    done(wps("enrol", "load", issued["path"], "--store", unit))


def sent(wps: CommandLine, unit: Path, answers: Path, out: Path) -> object:
    done(wps("fill", answers, "--store", unit))
    return members(wps("export", out, "--store", unit, "--approved-by", "Leder", "--json"))["path"]


def test_norad_gathers_from_organisations_and_tells_ud(wps: CommandLine, world: World, tmp_path: Path) -> None:
    norad, out = tmp_path / "norad.wpsdesk", tmp_path / "out"
    out.mkdir()
    done(wps("desk", "create", "--store", norad, "--unit", "NORAD"))
    refused = wps("inbox", "--store", norad)
    assert refused.code == REFUSED
    asked_of(wps, norad, world.ud, world.call, out)
    own = out / "norad-call.asice"
    named = ("--agency", "CARE=CARE Norge:20,21", "--agency", "FOKUS=FOKUS")
    call = members(
        wps("call", "create", "--year", 2026, "--deadline", "2027-02-01", *named, own, "--store", norad, "--json")
    )
    assert call["units"] == ["CARE", "FOKUS"]
    for code, text in (("CARE", "CARE underviste."), ("FOKUS", "FOKUS samlet kvinner.")):
        desk = tmp_path / f"{code.lower()}.wpsdesk"
        described = ("--kind", "civil-society", "--name", code)
        done(wps("desk", "create", "--store", desk, "--unit", code, *described))
        asked_of(wps, desk, norad, own, out)
        path = sent(wps, desk, answers_file(tmp_path / f"{code}.json", text), out)
        (arrival,) = json.loads(done(wps("import", path, "--store", norad, "--json")).out)
        assert (arrival["result"], arrival["unit"]) == ("received", code)
    # A word that is meant for UD in every other desk's sentences is meant for Norad here.
    assert "fra Norad" in done(wps("import", done_reply(wps, norad, out), "--store", tmp_path / "care.wpsdesk")).out
    found = json.loads(done(wps("agencies", "offered", *TWENTY, "--store", norad, "--json")).out)
    assert [(each["unit"], each["taken"]) for each in found] == [("CARE", None), ("FOKUS", None)]
    for code in ("CARE", "FOKUS"):
        taken = members(wps("agencies", "take", code, *TWENTY, "--field", "effort", "--store", norad, "--json"))
        assert taken["fields"] == ["effort"]
    done(wps("agencies", "name", "CARE", "--store", norad))
    analysis = answers_file(tmp_path / "analyse.json", "Analysen.", Part.ANALYSIS)
    report = sent(wps, norad, analysis, out)
    done(wps("import", report, "--store", world.ud))
    compiled = members(
        wps("compile", "--year", 2026, "--store", world.ud, "--out", tmp_path / "r", "--format", "html", "--json")
    )
    page = Path(str(compiled["path"])).read_text(encoding="utf-8")
    assert "CARE" in page
    assert "FOKUS" not in page


def done_reply(wps: CommandLine, norad: Path, out: Path) -> object:
    return members(wps("reply", "CARE", out, "--store", norad, "--json"))["path"]
