"""Check 8 for what desks of one unit hand to each other, and for what UD gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bundle.setting import NOW, Setting
from tests.report.test_handover import dispatch
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.bundle.errors import ContentMalformed, WrongUnit
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import open_bundle, sealed_bundle
from wpsdesk.bundle.payloads import HandoverPayload, ReplyPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.bundle.writing import Draft, write_bundle
from wpsdesk.report.handover import GivenBack, Handed, Handover
from wpsdesk.report.model import Report
from wpsdesk.trust.errors import CertificateExpired, UnknownSigner


@pytest.fixture
def handover(setting: Setting) -> Handover:
    report = setting.report.report
    entries = tuple(Handed(entry=entry, when=NOW, who="Kari") for entry in report.entries)
    return Handover(unit=report.unit, year=report.year, edition=report.edition, entries=entries, sent=(dispatch(),))


def draft(handover: Handover) -> Draft:
    return Draft(
        kind=Kind.HANDOVER, unit=UnitCode("AMM"), to=UnitCode("AMM"), year=handover.year, seq=1,
        payload=HandoverPayload(handover=handover), attachments=(), prepared_by="Kari", approved_by="",
        plan=handover.edition,
    )  # fmt: skip


def read(setting: Setting, path: Path, *, late: timedelta = timedelta()) -> VerifiedBundle:
    with sealed_bundle(path) as sealed:
        return verify_bundle(open_bundle(sealed, setting.amman.opening), setting.trust, setting.plan, NOW + late)


def taken(setting: Setting, folder: Path, one: Draft) -> VerifiedBundle:
    out = folder / "handover.asice.cms"
    write_bundle(out, one, setting.amman.signer, seal_to=setting.amman.recipients, now=NOW)
    return read(setting, out)


def test_a_handover_comes_as_it_was_sent(setting: Setting, tmp_path: Path, handover: Handover) -> None:
    found = taken(setting, tmp_path, draft(handover))
    assert found.header.kind is Kind.HANDOVER
    assert found.payload == HandoverPayload(handover=handover)


def test_it_is_always_sealed(setting: Setting, tmp_path: Path, handover: Handover) -> None:
    with pytest.raises(ValueError, match="is sealed to"):
        write_bundle(tmp_path / "bare.asice", draft(handover), setting.amman.signer, seal_to=(), now=NOW)


@pytest.mark.parametrize(
    ("change", "place"), [({"to": UnitCode("UD")}, "unit"), ({"year": Year(2025)}, "year"), ({"year": None}, "year")]
)
def test_it_stays_within_one_unit_and_one_year(
    setting: Setting, tmp_path: Path, handover: Handover, change: dict[str, object], place: str
) -> None:
    with pytest.raises(ContentMalformed) as caught:
        taken(setting, tmp_path, replace(draft(handover), **change))
    assert (caught.value.document, caught.value.place, caught.value.problem) == ("drafts.json", place, "inconsistent")


def test_nobody_hands_over_in_anothers_name(setting: Setting, tmp_path: Path, handover: Handover) -> None:
    with pytest.raises(WrongUnit):
        taken(setting, tmp_path, draft(replace(handover, unit=UnitCode("FD"))))


def test_a_stranger_hands_over_nothing(setting: Setting, tmp_path: Path, handover: Handover) -> None:
    out = tmp_path / "strange.asice.cms"
    write_bundle(out, draft(handover), setting.stranger.signer, seal_to=setting.amman.recipients, now=NOW)
    with pytest.raises((UnknownSigner, WrongUnit)):
        read(setting, out)
    write_bundle(tmp_path / "late", draft(handover), setting.amman.signer, seal_to=setting.amman.recipients, now=NOW)
    with pytest.raises(CertificateExpired):
        read(setting, tmp_path / "late", late=timedelta(days=4000))


@pytest.mark.parametrize(
    ("change", "place"),
    [({"unit": UnitCode("FD")}, "given_back.report.unit"), ({"year": Year(2025)}, "given_back.report.year")],
)
def test_what_is_given_back_is_the_receivers_own(
    setting: Setting, tmp_path: Path, change: dict[str, object], place: str
) -> None:
    def given(report: Report) -> ReplyPayload:
        return replace(setting.reply, given_back=GivenBack(sent=dispatch(), report=report))

    own = setting.report.report
    if setting.reply.reply.year is None:
        pytest.fail("the reply of the setting is about a report")
    good = given(own)
    setting.write(tmp_path / "good", good)
    with setting.reading(tmp_path / "good", good) as found:
        assert found.payload == good
    bad = given(replace(own, **change))
    setting.write(tmp_path / "bad", bad)
    with pytest.raises(ContentMalformed) as caught, setting.reading(tmp_path / "bad", bad):
        pass
    assert (caught.value.document, caught.value.place) == ("reply.json", place)
