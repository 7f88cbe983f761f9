"""A delta in its bundle: whole, sealed and signed as every submission, and at one with its header on its base."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bundle.forging import Inside, changed_json, container_of, inside, outcome, with_header
from tests.bundle.setting import ID, NOW, Setting
from wpsdesk.base.canonical import sha256
from wpsdesk.bundle.errors import BundleRefused, ContentMalformed, WrongUnit
from wpsdesk.bundle.model import Base, Kind
from wpsdesk.bundle.payloads import DeltaPayload

BASE = {"reply": ID, "sha256": sha256(b"base")}


@pytest.fixture
def delta(setting: Setting, tmp_path: Path) -> Inside:
    return inside(container_of(setting, tmp_path, setting.delta))


def refusal(setting: Setting, folder: Path, found: Inside) -> BundleRefused:
    path = folder / "arrived"
    path.write_bytes(found.signed(setting.amman.signer).packed())
    with pytest.raises(BundleRefused) as caught:
        outcome(path, (), setting, trust=None, at=NOW)
    return caught.value


def place(error: BundleRefused) -> tuple[str, str, str]:
    assert isinstance(error, ContentMalformed), error
    return error.document, error.place, error.problem


def test_a_delta_comes_back_as_it_was_sent(setting: Setting, tmp_path: Path) -> None:
    written = setting.write(tmp_path / "b", setting.delta)
    assert written.header.base == Base(reply=ID, digest=sha256(b"base"))
    assert [name for name, _ in written.members][:2] == ["bundle.json", "delta.json"]
    with setting.reading(written.path, setting.delta) as verified:
        assert isinstance(verified.payload, DeltaPayload)
        assert verified.payload == setting.delta
        assert (verified.header.kind, verified.header.schema) == (Kind.SUBMISSION, "wps-report/1")


def test_the_header_names_the_base_of_the_delta(setting: Setting, tmp_path: Path, delta: Inside) -> None:
    for base in (None, {**BASE, "sha256": sha256(b"other")}):
        error = refusal(setting, tmp_path, with_header(delta, base=base))
        assert place(error) == ("delta.json", "base", "inconsistent")


def test_a_whole_report_has_no_base(setting: Setting, tmp_path: Path) -> None:
    report = inside(container_of(setting, tmp_path, setting.report))
    assert place(refusal(setting, tmp_path, with_header(report, base=BASE))) == ("bundle.json", "base", "inconsistent")


def test_a_unit_cannot_change_the_report_of_another(setting: Setting, tmp_path: Path, delta: Inside) -> None:
    data = delta["delta.json"].replace(b'"unit":"AMM"', b'"unit":"ANK"')
    assert isinstance(refusal(setting, tmp_path, delta.put("delta.json", data)), WrongUnit)


def test_the_year_is_one(setting: Setting, tmp_path: Path, delta: Inside) -> None:
    assert place(refusal(setting, tmp_path, with_header(delta, year=2025)))[:2] == ("delta.json", "year")


@pytest.mark.parametrize(
    ("members", "where", "problem"),
    [
        ({"schema": "wps-delta/2"}, "schema", "not-allowed"),
        ({"plan": "2031-2038"}, "plan", "not-allowed"),
        ({"deleted": [{"commitment": 99, "country": None}]}, "deleted[0].commitment", "unknown-commitment"),
        ({"deleted": [{"commitment": 6, "country": None}]}, "upserted", "twice"),
        ({"deleted": [{"commitment": 7}, {"commitment": 7}]}, "upserted", "twice"),
        ({"deleted": [{"commitment": 7, "why": ""}]}, "deleted[0].why", "unknown-member"),
        ({"base": {**BASE, "seq": 1}}, "base.seq", "unknown-member"),
        ({"base": {**BASE, "sha256": "x"}}, "base.sha256", "pattern"),
        ({"upserted": [{}]}, "upserted[0].commitment", "missing"),
        ({"more": 1}, "more", "unknown-member"),
    ],
)
def test_a_fault_in_a_delta_is_told_with_its_place(
    setting: Setting, tmp_path: Path, delta: Inside, members: dict[str, object], where: str, problem: str
) -> None:
    data = changed_json(delta["delta.json"], lambda told: told.update(members))
    assert place(refusal(setting, tmp_path, delta.put("delta.json", data))) == ("delta.json", where, problem)
