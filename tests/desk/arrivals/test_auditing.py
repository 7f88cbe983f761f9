"""What an auditor does: looks at a bundle without a desk, opens the seal, checks with openssl and unzip alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import YEAR, Office, answer
from wpsdesk.desk.arrivals.verifying import export_trust, open_container, verify
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.submission.sending import export
from wpsdesk.plan.loading import load_plan


@pytest.fixture
def sent(office: Office, tmp_path: Path) -> tuple[Office, Path]:
    fd = office.answered(office.enrolled(office.ud(), "FD"))
    (tmp_path / "bilde æ.txt").write_text("innhold")
    attach(fd, YEAR, answer(1).key, [tmp_path / "bilde æ.txt"])
    return office, export(fd, YEAR, office.folder).path


def test_without_a_desk_a_sealed_bundle_says_only_that_it_is_sealed(sent: tuple[Office, Path]) -> None:
    office, path = sent
    found = verify(path, None, load_plan(), office.clock())
    assert found.is_sealed
    assert found.header is None
    assert found.standing.is_trusted is None
    assert not found.is_good


def test_with_uds_desk_everything_is_told_and_nothing_is_stored(sent: tuple[Office, Path]) -> None:
    office, path = sent
    ud = office.desks[0]
    found = verify(path, ud, ud.plan, office.clock())
    assert found.is_good
    assert found.header is not None
    assert (found.header.unit, found.header.year, found.header.seq) == ("FD", YEAR, 1)
    assert found.files[0].original_name == "bilde æ.txt"
    assert found.standing.is_intact
    assert found.standing.is_trusted


def test_openssl_and_unzip_accept_what_we_write_and_refuse_a_changed_byte(sent: tuple[Office, Path]) -> None:
    office, path = sent
    ud, container, trust = office.desks[0], office.folder / "open.asice", office.folder / "trust.pem"
    open_container(ud, path, container)
    export_trust(ud, trust)
    accepted = office.auditors_script(container, trust)
    assert accepted.returncode == 0, accepted.stderr
    data = container.read_bytes()
    for place in (data.index(b"evidence/") + 28, data.index(b"report.json") + 60):
        container.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert office.auditors_script(container, trust).returncode != 0
        assert not verify(container, ud, ud.plan, office.clock()).is_good
