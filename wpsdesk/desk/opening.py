"""Making, opening, describing and restoring a desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wpsdesk.base.clock import Clock
from wpsdesk.base.ids import UNIT_CODE, CountryCode, UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.call.calling import years
from wpsdesk.desk.call.countries import with_known_countries
from wpsdesk.desk.errors import UnknownCountry, UnknownUnit
from wpsdesk.desk.evidence.copies import remove_copies
from wpsdesk.desk.keys.authority import establish
from wpsdesk.desk.model import AUTHORITY, CERTIFICATES, OWN, UNIT_KEYS, Desk, certificates_of, forget_keys, trust_of
from wpsdesk.desk.safety.passphrases import SHORTEST, check_passphrase
from wpsdesk.desk.submission.behind import lay_back
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import LanguageCode, Names, Plan, Unit, UnitKind
from wpsdesk.store.backup import restore_store
from wpsdesk.store.errors import NotAStore
from wpsdesk.store.identity import Identity, read_identity, write_identity
from wpsdesk.store.journal import note
from wpsdesk.store.opening import create_store, open_store
from wpsdesk.store.server.address import Address
from wpsdesk.store.store import Store
from wpsdesk.store.vault import put_secret
from wpsdesk.trust.keys import UnitKeys

__all__ = [
    "SHORTEST",
    "Created",
    "DeskInfo",
    "check_passphrase",
    "close_desk",
    "create_desk",
    "info",
    "known_unit",
    "named_unit",
    "open_desk",
    "refreshed",
    "restore",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new desk, open, and the code that opens it should the passphrase be forgotten; shown once."""

    desk: Desk
    recovery_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskInfo:
    """What one may want to know of a desk."""

    path: Path
    unit: Unit
    is_authority: bool
    edition: str
    created: datetime
    is_enrolled: bool
    certificate_ends: datetime | None
    root_fingerprint: str | None
    years: tuple[int, ...]


def known_unit(plan: Plan, code: str) -> Unit:
    """A unit that the plan names. Raises UnknownUnit."""
    for unit in plan.units:
        if unit.code == code:
            return unit
    raise UnknownUnit(code=code)


def named_unit(code: str, kind: UnitKind, name: str, covers: tuple[str, ...], plan: Plan) -> Unit:
    """A unit that the plan does not name, such as a mission, as its own people describe it.

    Raises UnknownUnit for a malformed code, UnknownCountry for a country that the plan does not name.
    """
    if not UNIT_CODE.fullmatch(code):
        raise UnknownUnit(code=code)
    known = {country.code for country in plan.focus_countries}
    for country in covers:
        if CountryCode(country) not in known:
            raise UnknownCountry(code=country)
    countries = tuple(CountryCode(country) for country in covers)
    return Unit(code=UnitCode(code), kind=kind, names=Names(nb=name, nn=name, en=name), covers=countries)


def create_desk(
    path: Path,
    unit: Unit,
    passphrase: str,
    *,
    clock: Clock,
    language: LanguageCode = "nb",
    address: Address | None = None,
    password: str | None = None,
    progress: Progress = unwatched,
) -> Created:
    """A new, empty desk for a unit, open. UD's desk becomes the authority at once.

    With ``address`` it is made on that server, ``path`` is the small file that opens it, and ``progress`` can stop the
    waiting for it. Raises WeakPassphrase, FileExistsAlready, FileUnwritable, DiskFull; on a server what
    :func:`open_desk` raises, and DeskThereAlready.
    """
    check_passphrase(passphrase)
    plan, now = load_plan(), clock()
    identity = Identity(
        unit=unit, is_authority=unit.code == AUTHORITY, edition=plan.edition, language=language, created=now
    )
    store, recovery_code = _made(path, passphrase, now, address, password=password, progress=progress)
    desk = Desk(store=store, clock=clock, plan=plan, identity=identity)
    try:
        with store.write() as tx:
            write_identity(tx, identity)
            put_secret(tx, UNIT_KEYS, UnitKeys.generate().to_bytes())
            if identity.is_authority:
                establish(tx, unit, now)
            note(tx, "desk-created", who=unit.code, now=now)
    except BaseException:
        store.close()
        raise
    return Created(desk=desk, recovery_code=recovery_code)


def _made(
    path: Path, passphrase: str, now: datetime, address: Address | None, *, password: str | None, progress: Progress
) -> tuple[Store, str]:
    if address is None:
        return create_store(path, passphrase, now=now)
    from wpsdesk.store.server.opening import create_on_server

    return create_on_server(address, path, passphrase, now=now, password=password, progress=progress)


def open_desk(
    path: Path, passphrase: str, *, clock: Clock, password: str | None = None, progress: Progress = unwatched
) -> Desk:
    """The desk in a store, with its passphrase or recovery code; ``password`` is a server's own, where it wants one.

    ``progress`` can stop the waiting for a server that does not answer. Raises WrongPassphrase, StoreInUse, NewerStore,
    NotAStore, KeyFileMissing, DamagedStore, FileMissing; of a desk on a server DeskNotThere, DatabaseAway,
    DatabaseRefused, NoRights, LoginWanted, DriverMissing, Cancelled.
    """
    store = open_store(path, passphrase, password=password, progress=progress)
    try:
        with store.read() as tx:
            identity = read_identity(tx)
        if identity is None:
            raise NotAStore(path=path)
        remove_copies(path)  # that a machine without power has left
        plan = load_plan(identity.edition)
        return with_known_countries(Desk(store=store, clock=clock, plan=plan, identity=identity))
    except BaseException:
        store.close()
        raise


def refreshed(desk: Desk) -> Desk:
    """The same open desk, with what a call may have told of its unit since it was opened."""
    with desk.store.read() as tx:
        identity = read_identity(tx)
    return desk if identity is None else replace(desk, identity=identity)


def close_desk(desk: Desk) -> None:
    """Close the store; everything is already on the disk, and what was opened to be looked at goes."""
    forget_keys()
    remove_copies(desk.store.path)
    desk.store.close()


def info(desk: Desk) -> DeskInfo:
    """What one may want to know of the desk."""
    with desk.store.read() as tx:
        own, trust = certificates_of(tx, CERTIFICATES, OWN), trust_of(tx)
    return DeskInfo(
        path=desk.store.path,
        unit=desk.unit,
        is_authority=desk.is_authority,
        edition=desk.identity.edition,
        created=desk.identity.created,
        is_enrolled=own is not None,
        certificate_ends=None if own is None else own.signing.not_after,
        root_fingerprint=None if trust is None else trust.root_fingerprint,
        years=years(desk),
    )


def restore(copy: Path, to: Path, passphrase: str, *, clock: Clock) -> Desk:
    """The desk in a backup, laid at ``to`` and opened; it asks UD before it sends anything.

    Raises WrongPassphrase, FileExistsAlready, NotAStore, DamagedStore, FileMissing.
    """
    restore_store(copy, to, passphrase)
    desk = open_desk(to, passphrase, clock=clock)
    with desk.store.write() as tx:
        lay_back(tx, desk)
        note(tx, "restored", who=desk.unit.code, now=desk.clock())
    return desk
