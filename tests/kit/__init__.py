"""Two desks and a clock to wind: what the tests play the year with."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.kit.server import fresh_address
from wpsdesk.assets import resource
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.desk.answers.drafting import save
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call, root_fingerprint
from wpsdesk.desk.keys.enrolling import approve, load_certificate, request
from wpsdesk.desk.model import AUTHORITY, Desk
from wpsdesk.desk.opening import close_desk, create_desk, known_unit, named_unit, open_desk
from wpsdesk.desk.sharing import let_in
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Unit, UnitKind
from wpsdesk.report.call import Asked
from wpsdesk.report.model import Entry, EntryKey, Part, Passage, Status

PASSPHRASE: Final = "lykt havn fjell vinter"
YEAR: Final = Year(2026)
BEGINNING: Final = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class WoundClock:
    """A clock that stands still until it is wound."""

    now: datetime = BEGINNING

    def __call__(self) -> datetime:
        return self.now

    def wind(self, **delta: float) -> None:
        """Move the hands; ``days=1``, ``hours=-2``."""
        self.now += timedelta(**delta)


def mission(code: str = "NAIR", *covers: str) -> Unit:
    """A mission that covers some focus countries."""
    return named_unit(code, UnitKind.MISSION, f"Ambassaden {code}", covers or ("SO",), load_plan())


def answer(number: int, country: str | None = None, *, text: str = "Innsats i året.") -> Entry:
    """A short entry that has no blocker."""
    return Entry(
        key=EntryKey(CommitmentNumber(number), None if country is None else CountryCode(country)),
        part=Part.RESPONSIBLE,
        status=Status.UNDER_WAY,
        effort=Passage(text=text),
        results=Passage(text="Et resultat."),
        challenges=Passage(text="En utfordring."),
        is_marked_ready=True,
    )


EITHER_STORE: Final = pytest.mark.parametrize("office", ["file", "server"], indirect=True)
"""For tests in which UD's desk is in a file once and on a server once."""

ON_SERVER: Final = pytest.mark.parametrize("office", ["server"], indirect=True)
"""For tests of what several officers do at once."""


@dataclass
class Office:
    """UD and as many units as a test wants, in one folder, on one clock."""

    folder: Path
    clock: WoundClock = field(default_factory=WoundClock)
    desks: list[Desk] = field(default_factory=list)
    on_server: bool = False  # whether UD's desk is on a server, where several officers have it open

    def desk(self, unit: Unit | str) -> Desk:
        """A new desk that has never heard of anyone."""
        known = known_unit(load_plan(), unit) if isinstance(unit, str) else unit
        path = self.folder / f"{known.code.lower()}-{len(self.desks)}.wpsdesk"
        address = fresh_address() if self.on_server and known.code == AUTHORITY else None
        made = create_desk(path, known, PASSPHRASE, clock=self.clock, address=address).desk
        self.desks.append(made)
        return made

    def another_officer(self, ud: Desk) -> Desk:
        """UD's shared desk once more, as an officer at another machine has it open."""
        folder = self.folder / f"officer-{len(self.desks)}"
        folder.mkdir()
        path = let_in(ud, PASSPHRASE, folder, f"{PASSPHRASE} {len(self.desks)}")
        opened = open_desk(path, f"{PASSPHRASE} {len(self.desks)}", clock=self.clock)
        self.desks.append(opened)
        return opened

    def ud(self, *missions: Unit) -> Desk:
        """UD's desk with a call out; the call's file is :attr:`call_file`."""
        ud = self.desk("UD")
        numbers = tuple(c.number for c in ud.plan.commitments)
        asked = tuple(Asked(unit=unit, commitments=numbers) for unit in missions)
        create_call(ud, CallDraft(year=YEAR, deadline=date(2027, 3, 1), asked=asked), self.call_file)
        return ud

    @property
    def call_file(self) -> Path:
        """Where UD's call lies."""
        return self.folder / "call.asice"

    def enrolled(self, ud: Desk, unit: Unit | str) -> Desk:
        """A unit's desk that has UD's call and its certificate."""
        desk = self.desk(unit)
        number = len(self.desks)
        root = root_fingerprint(ud)
        assert root is not None
        load_call(desk, self.call_file, root[0])
        asked = request(desk, "Kari Test", self.folder / f"request-{number}.asice")
        issued = approve(ud, asked.path, asked.fingerprint, self.folder / f"certificate-{number}.asice.cms")
        load_certificate(desk, issued.path)
        return desk

    def answered(self, desk: Desk, *entries: Entry) -> Desk:
        """The desk with these entries saved."""
        for entry in entries or (answer(1),):
            save(desk, YEAR, entry)
        return desk

    def auditors_script(self, *arguments: Path) -> subprocess.CompletedProcess[str]:
        """What resources/verify/verify.sh says of a container and trust, at the time on the clock."""
        command = ["sh", str(resource("verify", "verify.sh")), *map(str, arguments)]
        command += ["-attime", str(int(self.clock().timestamp()))]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def close(self) -> None:
        """Close every desk."""
        for desk in self.desks:
            close_desk(desk)
        self.desks.clear()
