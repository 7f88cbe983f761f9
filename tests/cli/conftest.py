"""A command line to type on, and a world where a report has been sent once already."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.bundle.forging import inside, sealed_bytes, with_header
from tests.kit import BEGINNING, PASSPHRASE, YEAR, Office, answer, mission
from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.main import main
from wpsdesk.desk.arrivals.verifying import open_container
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.model import CERTIFICATES, OWN, Desk, certificates_of, signer_of
from wpsdesk.desk.submission.sending import export
from wpsdesk.store.opening import open_store
from wpsdesk.trust.certificates import UnitCertificates
from wpsdesk.trust.enrolment import interim_signer
from wpsdesk.trust.keys import UnitKeys

NOW = BEGINNING + timedelta(hours=3)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command has said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)

    def member(self, name: str) -> object:
        """One member of the object that was printed."""
        found = self.json
        assert isinstance(found, dict)
        return found[name]


@dataclass(frozen=True, kw_only=True)
class CommandLine:
    """Types commands in this process, with the passphrase in the environment."""

    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Done:
        self.capture.readouterr()
        code = main([str(argument) for argument in arguments])
        said = self.capture.readouterr()
        return Done(code=code, out=said.out, err=said.err)


@pytest.fixture
def wps(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setenv("WPSDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("WPSDESK_NOW", rfc3339(NOW))
    return CommandLine(capture=capsys)


def contents(store: Path) -> str:
    """A digest of every row of every table of a store."""
    seen = hashlib.sha256()
    opened = open_store(store, PASSPHRASE)
    try:
        with opened.read() as tx:
            query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            for (name,) in tx.run(text(query)).all():
                rows = sorted(repr(tuple(row)) for row in tx.run(text(f'SELECT * FROM "{name}"')).all())
                seen.update(f"{name}\n{rows}\n".encode())
    finally:
        opened.close()
    return seen.hexdigest()


@dataclass(frozen=True, kw_only=True)
class World:
    """UD, FD and a mission; FD has sent a report that UD has not received. No desk is open."""

    folder: Path
    sent: Path

    @property
    def ud(self) -> Path:
        return self.folder / "ud-0.wpsdesk"

    @property
    def fd(self) -> Path:
        return self.folder / "fd-1.wpsdesk"

    @property
    def call(self) -> Path:
        return self.folder / "call.asice"

    @property
    def unknown_signer(self) -> Path:
        return self.folder / "unknown.asice.cms"

    @property
    def newer(self) -> Path:
        return self.folder / "newer.asice.cms"

    @property
    def certificate(self) -> Path:
        """UD's reply to FD, which only FD can open."""
        return self.folder / "certificate-2.asice.cms"


@pytest.fixture(scope="session")
def first_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    office = Office(folder=folder)
    ud = office.ud(mission("PRET", "ZA", "MZ"))
    fd = office.answered(office.enrolled(ud, "FD"), answer(1), answer(10))
    note = folder / "Møte på Ås.txt"
    note.write_text("Referat", encoding="utf-8")
    attach(fd, YEAR, answer(1).key, [note])
    sent = export(fd, YEAR, folder, approved_by="Ola Godkjenner").path
    world = World(folder=folder, sent=sent)
    _forge(world, ud, fd)
    office.close()
    return world


def _forge(world: World, ud: Desk, fd: Desk) -> None:
    """Two reports sealed for UD: one that a stranger has signed, one of a format that is yet to come."""
    container = world.folder / "good.asice"
    open_container(ud, world.sent, container)
    good = inside(container.read_bytes())
    with ud.store.read() as tx:
        own = certificates_of(tx, CERTIFICATES, OWN)
    assert isinstance(own, UnitCertificates)
    recipients = (own.sealing, own.recovery)
    stranger = interim_signer(UnitKeys.generate(), fd.unit.code, BEGINNING)
    world.unknown_signer.write_bytes(sealed_bytes(good.signed(stranger, now=BEGINNING).packed(), recipients))
    with fd.store.read() as tx:
        signer = signer_of(tx)
    newer = with_header(good, format="wps-bundle/2").signed(signer, now=BEGINNING).packed()
    world.newer.write_bytes(sealed_bytes(newer, recipients))


@pytest.fixture
def world(first_world: World, tmp_path: Path) -> World:
    """A copy of the world, to be changed at will."""
    folder = tmp_path / "world"
    shutil.copytree(first_world.folder, folder)
    return World(folder=folder, sent=folder / first_world.sent.name)
