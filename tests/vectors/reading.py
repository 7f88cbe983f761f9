"""Reads a vector as whoever it was meant for would, and tells how it was refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.bundle.setting import NOW, Setting
from tests.kit import Office
from tests.vectors.making import FOLDER
from tests.vectors.setting import read_setting
from tests.vectors.spoiling_documents import WORDS
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import read_file
from wpsdesk.bundle import limits
from wpsdesk.bundle.model import HEADER_NAME, header_from
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.parts import index_from
from wpsdesk.bundle.parts_reading import open_part
from wpsdesk.bundle.payloads import payload_from
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.desk.arrivals.receiving import PartTaken, receive_one
from wpsdesk.plan.loading import load_plan
from wpsdesk.trust.anchors import TrustSet, trust_from
from wpsdesk.trust.bought import read_pkcs12
from wpsdesk.trust.certificates import RevocationList, certificates_from
from wpsdesk.trust.keptapart import KeptFor, kept_key_from
from wpsdesk.trust.keys import UnitKeys

WRONG: Final = FOLDER / "wrong"
Facts = dict[str, Any]


@cache
def facts() -> dict[str, Facts]:
    """What every wrong vector must turn out to be, by its name."""
    found: dict[str, Facts] = json.loads((WRONG / "facts.json").read_bytes())
    return found


@cache
def setting() -> Setting:
    """Whom the wrong vectors are from and for."""
    return read_setting(WRONG)


@cache
def trust(name: str) -> TrustSet:
    """One of the sets of trust that vectors are judged by."""
    return trust_from(load_json((WRONG / f"{name}.json").read_bytes(), limit=1 << 20))


def laid(name: str, folder: Path) -> Path:
    """A copy of the vector in ``folder``, as long as it must be."""
    path, size = folder / name, facts()[name]["grown_to"]
    shutil.copy(WRONG / name, path)
    if size:
        with path.open("r+b") as stream:
            stream.truncate(size)
    return path


def keys() -> tuple[OpeningKey, ...]:
    """UD's, both."""
    return setting().ud.opening + setting().ud.recovering


def verified(path: Path, told: Facts) -> VerifiedBundle:
    """Everything that a receiver does with a bundle, evidence read to the end."""
    with sealed_bundle(path) as sealed:
        at = NOW + timedelta(days=told["late"])
        found = verify_bundle(open_bundle(sealed, keys()), trust(told["judged"]), load_plan(), at)
        for file in found.header.files:
            for _ in found.read(file.name):
                pass
        return found


def refusal(name: str, folder: Path) -> WpsError | VerifiedBundle | None:
    """How the vector is refused; what came out of it where it is not."""
    path, told = laid(name, folder), facts()[name]
    try:
        return verified(path, told) if told["read_as"] == "bundle" else read(path, told["read_as"])
    except WpsError as fault:
        return fault


def read(path: Path, as_what: str) -> None:
    """Read a document, or a file of another sort. Raises as its reader does."""
    reader = READERS.get(as_what)
    if reader is not None:
        reader(path)
    elif as_what == HEADER_NAME:
        header_from(load_json(path.read_bytes(), limit=limits.HEADER_JSON))
    else:
        payload_from(load_json(path.read_bytes(), limit=limits.PAYLOAD_JSON), as_what, load_plan())


def _part(path: Path) -> None:
    with open_part(path) as part:
        for _ in part.data():
            pass


def _set(path: Path) -> None:
    """At UD's desk, where the parts are put together."""
    office = Office(folder=path.parent)
    try:
        ud = office.ud()
        got = receive_one(ud, path)
        assert isinstance(got, PartTaken), got
        for file in got.files:
            if isinstance(file.outcome, WpsError):
                raise file.outcome
            fault = getattr(file.outcome, "error", None)
            if isinstance(fault, WpsError):
                raise fault
    finally:
        office.close()


def _card(path: Path) -> None:
    load_json(read_file(path, limit=1 << 20), limit=64 << 10)


READERS: Final[dict[str, Callable[[Path], object]]] = {
    "index.json": lambda path: index_from(path.read_bytes()),
    "trust": lambda path: trust_from(load_json(path.read_bytes(), limit=1 << 20)),
    "list": lambda path: RevocationList.from_der(path.read_bytes()),
    "certificates": lambda path: certificates_from(load_json(path.read_bytes(), limit=1 << 20)),
    "recovery-key": lambda path: kept_key_from(path.read_bytes(), WORDS, KeptFor.RECOVERY),
    "pkcs12": lambda path: read_pkcs12(path.read_bytes(), WORDS),
    "unit-keys": lambda path: UnitKeys.from_bytes(path.read_bytes()),
    "part": _part,
    "set": _set,
    "card": _card,
}
