"""The whole year on the command line, and the JSON that scripts depend on."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, Done, World, contents
from tests.kit import PASSPHRASE
from wpsdesk.cli.demonstration import free_folder
from wpsdesk.cli.main import DONE, REFUSED
from wpsdesk.report.model import Entry


def done(result: Done) -> Done:
    assert result.code == DONE, result.err
    assert result.err == ""
    return result


def members(result: Done) -> dict[str, object]:
    found = done(result).json
    assert isinstance(found, dict)
    return found


def test_a_year_from_the_first_desk_to_the_annual_report(wps: CommandLine, tmp_path: Path) -> None:
    ud, nairobi, out = tmp_path / "ud.wpsdesk", tmp_path / "nair.wpsdesk", tmp_path / "out"
    out.mkdir()
    # 1. Two desks and a call.
    done(wps("desk", "create", "--store", ud, "--unit", "UD"))
    described = ("--kind", "mission", "--name", "Ambassaden i Nairobi", "--covers", "SO")
    made = members(wps("desk", "create", "--store", nairobi, "--unit", "nair", *described, "--json"))
    assert set(made) == {"store", "unit", "is_authority", "recovery_code"}
    assert (made["unit"], made["is_authority"]) == ("NAIR", False)
    call = members(
        wps("call", "create", "--store", ud, "--year", 2026, "--deadline", "2027-03-01", "--json",
            "--mission", "NAIR=Ambassaden i Nairobi:SO", "--guidance", "Skriv kort.", out / "call.asice")
    )  # fmt: skip
    assert set(call) == {"year", "number", "deadline", "questions", "units", "root_fingerprint", "out"}
    assert call["units"] == ["UD", "FD", "JD", "KUD", "AID", "KLD", "NORAD", "NAIR"]
    loaded = members(
        wps("call", "load", out / "call.asice", "--store", nairobi, "--fingerprint", call["root_fingerprint"], "--json")
    )
    assert set(loaded) == {"year", "number", "deadline", "root_fingerprint", "was_compared", "changes"}
    assert (loaded["was_compared"], loaded["changes"]) == (True, [])
    # 2. The certificate.
    asked = members(wps("enrol", "request", "--store", nairobi, "--person", "Kari", out / "request.asice", "--json"))
    assert set(asked) == {"path", "fingerprint", "purpose"}
    issued = members(
        wps("enrol", "approve", asked["path"], "--store", ud, "--json",
            "--fingerprint", str(asked["fingerprint"]).replace(" ", "-"), out)
    )  # fmt: skip
    assert {
        "unit",
        "person",
        "purpose",
        "fingerprint",
        "path",
        "not_after",
        "was_compared",
        "revoked",
        "admitted",
    } <= set(issued)
    enrolled = members(wps("enrol", "load", issued["path"], "--store", nairobi, "--json"))
    assert enrolled == {"unit": "NAIR", "not_after": issued["not_after"]}
    # 3. Answers, evidence, export.
    answers = tmp_path / "svar.json"
    answers.write_text(done(wps("fill", "--example", "--store", nairobi)).out, encoding="utf-8")
    filled = members(wps("fill", answers, "--store", nairobi, "--json"))
    assert set(filled) == {"year", "entries", "ready", "problems"}
    assert filled["entries"] == [{"commitment": n, "country": "SO"} for n in (5, 6, 9)]
    assert filled["ready"] == 3
    picture = tmp_path / "Bilde fra møtet.txt"
    picture.write_text("Referat", encoding="utf-8")
    attached = members(
        wps("attach", "--store", nairobi, "--commitment", 5, "--title", "Referat fra møtet", picture, "--json")
    )
    assert (attached["year"], attached["commitment"], attached["country"]) == (2026, 5, "SO")
    evidence = attached["evidence"]
    assert isinstance(evidence, list)
    assert [(e["name"], e["title"], e["size"]) for e in evidence] == [("Bilde fra møtet.txt", "Referat fra møtet", 7)]
    sent = members(wps("export", out, "--store", nairobi, "--approved-by", "Ola", "--json"))
    assert set(sent) == {
        "path", "year", "seq", "is_delta", "entries", "files", "sha256", "size", "created", "drafts_left",
    }  # fmt: skip
    assert (sent["seq"], sent["entries"], sent["files"], sent["drafts_left"]) == (1, 3, 1, 0)
    # 4. UD receives, answers and compiles.
    arrivals = done(wps("import", sent["path"], "--store", ud, "--json")).json
    assert isinstance(arrivals, list)
    (arrival,) = arrivals
    assert {k: v for k, v in arrival.items() if not k.startswith("signed_")} == {
        "file": sent["path"], "result": "received", "relation": "new", "unit": "NAIR", "year": 2026, "seq": 1,
        "entries": 3, "files": 1, "sha256": sent["sha256"], "is_delta": False, "left_out": 0, "missing_evidence": [],
    }  # fmt: skip
    assert {"signed_by", "signed_at"} <= set(arrival)
    replied = members(wps("reply", "NAIR", out, "--store", ud, "--json"))
    assert (replied["unit"], replied["receipt"]) == ("NAIR", "OK")
    (reply,) = json.loads(done(wps("import", replied["path"], "--store", nairobi, "--json")).out)
    assert (reply["result"], reply["receipt"]) == ("reply", "OK")
    compiled = members(wps("compile", "--year", 2026, "--lang", "nn", "--store", ud, "--out", tmp_path / "r", "--json",
                           "--format", "pdf,html,docx,xlsx,json"))  # fmt: skip
    assert [Path(str(f["path"])).suffix for f in compiled["files"]] == [".pdf", ".html", ".docx", ".xlsx", ".json"]
    assert (compiled["units"], compiled["entries"]) == (1, 3)
    assert Path(str(compiled["path"])).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_same_year_is_told_in_words_in_every_language(wps: CommandLine, tmp_path: Path, language: str) -> None:
    ud, fd, out = tmp_path / "ud.wpsdesk", tmp_path / "fd.wpsdesk", tmp_path / "out"
    out.mkdir()
    note = tmp_path / "Møte.txt"
    note.write_text("Referat", encoding="utf-8")
    answers = tmp_path / "svar.json"
    example = json.loads(wps("fill", "--example", "--year", 2026).out)
    for entry in example["entries"]:
        entry["country"] = None
    example["entries"][0].pop("status")
    answers.write_text(json.dumps(example), encoding="utf-8")
    commands: list[tuple[object, ...]] = [
        ("desk", "create", "--unit", "UD", "--store", ud),
        ("desk", "create", "--unit", "FD", "--store", fd),
        ("call", "create", "--year", 2026, "--deadline", "2027-03-01", out / "call.asice", "--store", ud),
        ("call", "load", out / "call.asice", "--store", fd),
        ("enrol", "request", out / "request.asice", "--store", fd),
        ("import", out / "request.asice", "--store", ud),
        ("enrol", "approve", out / "request.asice", out / "certificate.asice.cms", "--compared", "--store", ud),
        ("enrol", "load", out / "certificate.asice.cms", "--store", fd),
        ("fill", answers, "--store", fd),
        ("attach", "--commitment", 6, note, "--store", fd),
        ("check", "--store", fd),
        ("export", out / "report.asice.cms", "--store", fd),
        ("verify", out / "report.asice.cms", "--store", ud),
        ("verify", out / "call.asice"),
        ("import", out / "report.asice.cms", "--store", ud),
        ("inbox", "--store", ud),
        ("coverage", "--store", ud),
        ("reply", "FD", out / "receipt.asice.cms", "--store", ud),
        ("import", out / "call.asice", out / "certificate.asice.cms", out / "receipt.asice.cms", "--store", fd),
        ("open", out / "report.asice.cms", out / "report.asice", "--store", ud),
        ("trust", "export", out / "trust.pem", "--store", ud),
        (
            "compile",
            "--year",
            2026,
            "--edition",
            "internal",
            "--out",
            tmp_path / "r",
            "--format",
            "json",
            "--store",
            ud,
        ),
        ("desk", "info", "--store", fd),
        ("desk", "backup", out / "copy", "--store", fd),
        ("desk", "restore", out / "copy", "--store", out / "again.wpsdesk"),
        ("enrol", "revoke", "FD", "--store", ud),
    ]
    for command in commands:
        result = wps("--lang", language, *command)
        assert result.code == DONE, result.err
        assert result.out.strip(), command
        assert not {"{", "}"} & set(result.out + result.err), command


def test_a_folder_without_bundles_is_told_of(wps: CommandLine, world: World) -> None:
    empty = world.folder / "tom"
    empty.mkdir()
    assert "ingen rapportpakke i mappen" in done(wps("import", empty, "--store", world.ud)).out


def test_the_example_shows_every_field_of_an_entry(wps: CommandLine) -> None:
    shown = members(wps("fill", "--example"))
    entries = shown["entries"]
    assert isinstance(entries, list)
    fields = {field.name for field in dataclasses.fields(Entry)} - {
        "key",
        "evidence",
        "unchanged_since",
        "is_marked_ready",
        "questions",  # shown where UD asks any
        "taken",  # written where an agency's text is taken over
    }
    shown_fields = {name for entry in entries for name in entry} - {"commitment", "country"}
    assert shown_fields == fields


def test_check_tells_what_is_missing_by_commitment(wps: CommandLine, world: World) -> None:
    found = members(wps("check", "--store", world.fd, "--json"))
    assert found["year"] == 2026
    problems = found["problems"]
    assert isinstance(problems, list)
    assert {"commitment": 2, "country": None, "field": "status", "severity": "missing", "code": "no-answer",
            "text": "Tiltaket er ikke besvart."} in problems  # fmt: skip
    assert 1 not in {p["commitment"] for p in problems if p["severity"] == "blocker"}
    said = done(wps("check", "--store", world.fd, "--lang", "nn")).out
    assert "Det er ikkje svart på tiltaket." in said


def test_verify_needs_no_desk_for_what_is_not_sealed(
    wps: CommandLine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WPSDESK_PASSPHRASE")
    (found,) = json.loads(done(wps("verify", world.folder / "good.asice", "--json")).out)
    assert (found["kind"], found["unit"], found["year"], found["seq"]) == ("submission", "FD", 2026, 1)
    assert (found["is_sealed"], found["is_intact"], found["is_valid"], found["is_trusted"]) == (False, True, True, None)
    assert [f["name"] for f in found["files"]] == ["Møte på Ås.txt"]


def test_verify_with_a_desk_says_whether_the_signer_is_trusted(wps: CommandLine, world: World) -> None:
    before = contents(world.ud)
    result = wps("verify", world.sent, world.unknown_signer, "--store", world.ud, "--json")
    good, stranger = json.loads(result.out)
    assert result.code == REFUSED
    assert (good["is_good"], good["is_trusted"], good["is_revoked"], good["signer_unit"]) == (True, True, False, "FD")
    assert (stranger["is_good"], stranger["is_valid"], stranger["is_trusted"]) == (False, True, False)
    assert [fault["error"] for fault in stranger["faults"]] == ["UnknownSigner"]
    assert contents(world.ud) == before
    assert wps("verify", world.sent, "--store", world.ud).code == DONE


def test_verify_tells_of_every_file_though_one_is_not_there(wps: CommandLine, world: World) -> None:
    result = wps("verify", world.folder / "good.asice", world.folder / "borte.asice", "--json")
    assert result.code == REFUSED
    good, missing = json.loads(result.out)
    assert good["is_good"] is True
    assert missing["faults"][0]["error"] == "FileMissing"


def test_what_is_opened_for_auditors_is_the_signed_container(wps: CommandLine, world: World) -> None:
    out = world.folder / "åpnet.asice"
    assert members(wps("open", world.sent, out, "--store", world.ud, "--json")) == {"path": str(out)}
    assert out.read_bytes() == (world.folder / "good.asice").read_bytes()


def test_trust_is_exported_as_pem_with_revocation_lists(wps: CommandLine, world: World) -> None:
    out = world.folder / "trust.pem"
    done(wps("trust", "export", out, "--store", world.ud))
    found = out.read_text(encoding="ascii")
    assert found.count("BEGIN CERTIFICATE") == 2
    assert found.count("BEGIN X509 CRL") == 2


def test_the_inbox_and_the_coverage_tell_what_has_come(wps: CommandLine, world: World) -> None:
    assert "Det er ikke kommet noe ennå." in done(wps("inbox", "--store", world.ud)).out
    done(wps("import", world.sent, "--store", world.ud))
    (row,) = json.loads(done(wps("inbox", "--store", world.ud, "--json")).out)
    assert (row["unit"], row["seq"], row["stands"], row["file_name"]) == ("FD", 1, "in-force", world.sent.name)
    found = members(wps("coverage", "--store", world.ud, "--json"))
    units = found["units"]
    assert isinstance(units, list)
    answers = {unit["code"]: unit["answers"] for unit in units}
    assert answers["FD"]["1"] == "received"
    assert answers["FD"]["2"] == "missing"
    assert "5" not in answers["FD"]
    assert found["silent"] == ["UD", "JD", "KUD", "AID", "KLD", "NORAD", "PRET"]
    drawn = done(wps("coverage", "--store", world.ud)).out.splitlines()
    assert next(line for line in drawn if line.startswith("FD")).split()[1] == "●"


def test_a_folder_is_imported_and_one_bad_file_never_stops_the_rest(wps: CommandLine, world: World) -> None:
    post = world.folder / "post"
    post.mkdir()
    (post / "a.asice").write_bytes(b"tull")
    (post / "b.asice.cms").write_bytes(world.sent.read_bytes())
    (post / "lesmeg.txt").write_text("hei", encoding="utf-8")
    result = wps("import", post, "--store", world.ud, "--json")
    assert result.code == REFUSED
    assert [(a["result"], a.get("error")) for a in json.loads(result.out)] == [
        ("refused", "NotABundle"),
        ("received", None),
    ]
    (post / "a.asice").unlink()
    again = wps("import", post, "--store", world.ud, "--again-ok", "--json")  # as a job does every night
    assert again.code == DONE
    assert [a["error"] for a in json.loads(again.out)] == ["AlreadyReceived"]
    assert len(list(world.ud.with_name(f"{world.ud.stem}.backups").iterdir())) == 1


def test_a_revoked_unit_is_told_of_with_the_reason(wps: CommandLine, world: World) -> None:
    said = done(wps("enrol", "revoke", "fd", "--reason", "key-compromise", "--store", world.ud)).out
    assert "Sertifikatet til FD er tilbakekalt: nøkkelen kan være på avveie." in said


def test_a_desk_is_described_backed_up_and_restored(wps: CommandLine, world: World) -> None:
    told = members(wps("desk", "info", "--store", world.fd, "--json"))
    assert {"store", "unit", "kind", "is_enrolled", "certificate_ends", "root_fingerprint", "years"} <= set(told)
    assert (told["unit"], told["is_enrolled"], told["years"]) == ("FD", True, [2026])
    copy, again = world.folder / "kopi.wpsbackup", world.folder / "igjen.wpsdesk"
    done(wps("desk", "backup", copy, "--store", world.fd))
    done(wps("desk", "restore", copy, "--store", again))
    assert members(wps("desk", "info", "--store", again, "--json"))["created"] == told["created"]
    assert PASSPHRASE.encode() not in copy.read_bytes()


def test_the_plan_is_shown_with_everything_a_script_needs(wps: CommandLine) -> None:
    plan = members(wps("plan", "--json"))
    assert {"edition", "commitments", "units", "focus_countries"} <= set(plan)
    commitments = plan["commitments"]
    assert isinstance(commitments, list)
    assert len(commitments) == 35
    assert {"number", "area", "section", "ministries", "text", "title"} <= set(commitments[0])
    assert set(commitments[0]["text"]) == {"appendix", "chapter"}


@pytest.mark.parametrize(("language", "heading"), [("nb", "Fokusland"), ("nn", "Fokusland"), ("en", "Focus countries")])
def test_the_plan_is_shown_in_every_language(wps: CommandLine, language: str, heading: str) -> None:
    assert heading in done(wps("plan", "--lang", language)).out


def test_the_demonstration_leaves_a_year_that_its_passphrase_opens(
    wps: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = done(wps("demo", tmp_path / "år")).out
    monkeypatch.delenv("WPSDESK_PASSPHRASE")
    assert "passphrase.txt" in said
    for code in ("ud", "fd", "ffi", "jd", "nair", "pret"):
        store = tmp_path / "år" / "stores" / f"{code}.wpsdesk"
        found = wps("desk", "info", "--store", store, "--passphrase-file", tmp_path / "år" / "passphrase.txt", "--json")
        assert members(found)["unit"] == code.upper()
    assert list((tmp_path / "år" / "reports").glob("*.pdf"))
    ud = ("--store", tmp_path / "år" / "stores" / "ud.wpsdesk", "--passphrase-file", tmp_path / "år" / "passphrase.txt")
    outstanding = done(wps("returned", *ud, "--json")).json
    assert [one["unit"] for one in outstanding] == ["PRET"], "NAIR has sent its correction"  # type: ignore[attr-defined]


def test_the_demonstration_finds_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert free_folder() == Path("demo")
    (tmp_path / "demo").mkdir()
    assert free_folder() == Path("demo")
    (tmp_path / "demo" / "fil").touch()
    (tmp_path / "demo-2").touch()
    assert free_folder() == Path("demo-3")
