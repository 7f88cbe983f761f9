"""The desk: a frozen handful of open handles, and the names under which it keeps its papers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import Clock
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle.opening import OpeningKey
from wpsdesk.desk.errors import NoCall, NotEnrolled, OnlyTheAuthority
from wpsdesk.plan.model import Plan, Unit, UnitKind
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.identity import Identity
from wpsdesk.store.sides import SideStore
from wpsdesk.store.store import Store
from wpsdesk.store.transaction import Tx
from wpsdesk.store.vault import secret
from wpsdesk.trust.anchors import TrustSet, check_recipient, trust_from, trust_to_json
from wpsdesk.trust.authority import Authority
from wpsdesk.trust.certificates import Certificate, Role, UnitCertificates, certificates_from, certificates_to_json
from wpsdesk.trust.keys import KeySigner, UnitKeys

AUTHORITY: Final = UnitCode("UD")
"""The one unit that issues certificates and calls."""

EVERYONE: Final = UnitCode("ALL")
"""To whom a call goes."""

# Kinds of documents and names of secrets in the store.
TRUST: Final = "trust"
CALL: Final = "call"
CERTIFICATES: Final = "certificates"  # own, and at UD those of every enrolled unit
RECIPIENTS: Final = "recipients"  # whom a submission is sealed for
REQUEST: Final = "request"
REVOKED: Final = "revoked"
ISSUED: Final = "issued"  # UD's register of certificates
FORMER: Final = "former"  # own certificates that newer ones have taken the place of; and, as secrets, their keys
PERSON: Final = "person"
WAITING: Final = "waiting"
REPLY: Final = "reply"
COUNTER: Final = "counter"
UNIT_KEYS: Final = "unit-keys"
NEXT_KEYS: Final = "next-keys"  # those that a certificate has been asked for, to take the place of the others
AUTHORITY_KEYS: Final = "authority"
SET: Final = "set"
OWN: Final = "own"
COMPARED: Final = "compared"

GATHERING: Final = "gathering"  # the side of a store on which its unit gathers from others under UD's call
REPORTS_TO: Final = "reports-to"  # whose call this desk answers; UD's where nothing is said
GATHERERS: Final = frozenset({UnitKind.MINISTRY, UnitKind.NORAD})

LIMIT: Final = 16 << 20  # bytes of JSON that a document of our own may hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a verb needs: the open store, the clock, the plan and whose desk it is.

    ``is_gathering``: the side of a ministry's or Norad's desk on which it asks its agencies or organisations, as UD
    asks everybody, with a call, an inbox and an issuing authority of its own; see :func:`gathering`.
    """

    store: Store
    clock: Clock
    plan: Plan
    identity: Identity
    is_gathering: bool = False

    @property
    def unit(self) -> Unit:
        """Whose desk it is, as it was created."""
        return self.identity.unit

    @property
    def is_authority(self) -> bool:
        """Whether this is UD's desk."""
        return self.identity.is_authority and not self.is_gathering

    @property
    def gathers(self) -> bool:
        """Whether reports come to this desk: UD's, or the gathering side of another's."""
        return self.is_authority or self.is_gathering


def require_authority(desk: Desk) -> None:
    """Raise OnlyTheAuthority on every desk but UD's: its call, its keys, the annual report."""
    if not desk.is_authority:
        raise OnlyTheAuthority


def require_gathering(desk: Desk) -> None:
    """Raise OnlyTheAuthority where no reports come to: on a unit's desk, but for its gathering side."""
    if not desk.gathers:
        raise OnlyTheAuthority


def may_gather(desk: Desk) -> bool:
    """Whether the unit may ask others under UD's call: a ministry its agencies, Norad the organisations."""
    return desk.unit.kind in GATHERERS and not desk.identity.is_authority


def gathering(desk: Desk) -> Desk:
    """Where the desk receives reports: UD's desk itself, a ministry's or Norad's gathering side.

    Raises OnlyTheAuthority on any other.
    """
    if desk.gathers:
        return desk
    if not may_gather(desk):
        raise OnlyTheAuthority
    return replace(desk, store=SideStore(desk.store, GATHERING), is_gathering=True)


def reporting(desk: Desk) -> Desk:
    """The desk as a unit that answers itself: of a gathering side, the desk whose side it is."""
    if isinstance(desk.store, SideStore):
        return replace(desk, store=desk.store.main, is_gathering=False)
    return desk


def reports_to(tx: Tx) -> UnitCode:
    """Whose call this desk answers: UD's, or that of the ministry or of Norad that it loaded first."""
    found = document(tx, REPORTS_TO, OWN)
    return AUTHORITY if found is None else UnitCode(found.decode("ascii"))


def caller_of(desk: Desk) -> UnitCode:
    """Whose call it is that this desk, or this side of it, has to do with: its own where it gathers."""
    if desk.gathers:
        return desk.unit.code
    with desk.store.read() as tx:
        return reports_to(tx)


def called(code: UnitCode) -> str:
    """What people call a unit that calls for reports: UD, FD, Norad."""
    return code if len(code) <= 4 else code.title()


def callers_of(desk: Desk, tx: Tx) -> frozenset[UnitCode]:
    """Whose calls and replies this desk goes by: one, from the first call on; before it, whoever may ask its unit.

    A ministry, Norad, a mission and a delegation are asked by UD alone.
    """
    if document(tx, REPORTS_TO, OWN) is not None or trust_of(tx) is not None:
        return frozenset({reports_to(tx)})
    if desk.unit.kind in (UnitKind.AGENCY, UnitKind.CIVIL_SOCIETY):
        return frozenset({AUTHORITY, *(unit.code for unit in desk.plan.units if unit.kind in GATHERERS)})
    return frozenset({AUTHORITY})


def trust_of(tx: Tx) -> TrustSet | None:
    """The root, chain and revocation lists that the desk goes by, or None before the first call."""
    data = document(tx, TRUST, SET)
    return None if data is None else _trust_in(data)


@lru_cache(maxsize=4)
def _trust_in(data: bytes) -> TrustSet:
    """Every arrival asks what to believe in, more than once, and the bytes say all that it is."""
    return trust_from(load_json(data, limit=LIMIT))


def put_trust(tx: Tx, trust: TrustSet) -> None:
    """Go by this trust set from now on."""
    put_document(tx, TRUST, SET, canonical_json(trust_to_json(trust)))


def joined(held: TrustSet | None, come: TrustSet) -> TrustSet:
    """What is held with what has come: the newer list of each issuer wins. Raises RootMismatch."""
    return come if held is None else held.joined(come)


def require_trust(tx: Tx) -> TrustSet:
    """The trust set. Raises NoCall where none has come yet."""
    found = trust_of(tx)
    if found is None:
        raise NoCall
    return found


def certificates_of(tx: Tx, kind: str, key: str) -> UnitCertificates | None:
    """A unit's three certificates under a document kind and key, or None."""
    data = document(tx, kind, key)
    return None if data is None else _certificates_in(data)


@lru_cache(maxsize=64)
def _certificates_in(data: bytes) -> UnitCertificates:
    return certificates_from(load_json(data, limit=LIMIT))


def put_certificates(tx: Tx, kind: str, key: str, certificates: UnitCertificates) -> None:
    """Keep a unit's three certificates."""
    put_document(tx, kind, key, canonical_json(certificates_to_json(certificates)))


def unit_keys(tx: Tx) -> UnitKeys:
    """The desk's own keys. Raises NotEnrolled before they are made."""
    data = secret(tx, UNIT_KEYS)
    if data is None:
        raise NotEnrolled
    return _keys_in(data)


@lru_cache(maxsize=2)
def _keys_in(data: bytes) -> UnitKeys:
    """Every arrival is opened with them and its receipt signed; forgotten when the desk is closed."""
    return UnitKeys.from_bytes(data)


def forget_keys() -> None:
    """Let nothing of a desk's keys stay in memory longer than the desk is open."""
    _keys_in.cache_clear()


def authority_of(tx: Tx) -> Authority:
    """UD's issuing authority. Raises OnlyTheAuthority elsewhere."""
    data = secret(tx, AUTHORITY_KEYS)
    if data is None:
        raise OnlyTheAuthority
    return Authority.from_bytes(data)


def signer_of(tx: Tx) -> KeySigner:
    """The desk's own signing key with its certificate. Raises NotEnrolled, NoCall."""
    own = certificates_of(tx, CERTIFICATES, OWN)
    if own is None:
        raise NotEnrolled
    return KeySigner(key=unit_keys(tx).signing, certificate=own.signing, chain=chain_of(own.signing, require_trust(tx)))


def chain_of(certificate: Certificate, trust: TrustSet) -> tuple[Certificate, ...]:
    """The issuing authority that goes with a signature; none where it is not known."""
    return tuple(each for each in trust.intermediates if each.has_issued(certificate))[:1]


def checked_recipients(
    certificates: UnitCertificates, trust: TrustSet, now: datetime
) -> tuple[Certificate, Certificate]:
    """For whom to seal: the daily key and the recovery key, both of which must be good today.

    A list that should have been replaced does not stop a unit without a line. Raises Untrusted's subclasses.
    """
    for certificate in (certificates.sealing, certificates.recovery):
        check_recipient(certificate, trust, now, accept_stale=True)
    return certificates.sealing, certificates.recovery


def opening_keys(tx: Tx) -> tuple[OpeningKey, ...]:
    """The keys that open what is sealed for this desk: the daily one, the recovery one, and those before them.

    Keys whose certificate is still to come are tried on everything: the first reply brings it.
    """
    current = unit_keys(tx)
    found = _opening(current, certificates_of(tx, CERTIFICATES, OWN))
    if document(tx, REQUEST, OWN) is not None:  # a renewal is sealed to the certificate that it brings
        found += _opening(current, None)
    waiting = secret(tx, NEXT_KEYS)
    if waiting is not None:
        found += _opening(UnitKeys.from_bytes(waiting), None)
    for key, data in documents(tx, FORMER):
        held = secret(tx, f"{FORMER}/{key}")
        keys = current if held is None else UnitKeys.from_bytes(held)
        found += _opening(keys, certificates_from(load_json(data, limit=LIMIT)))
    return found


def _opening(keys: UnitKeys, certificates: UnitCertificates | None) -> tuple[OpeningKey, ...]:
    pairs = ((keys.sealing, Role.SEALING), (keys.recovery, Role.RECOVERY))
    return tuple(
        OpeningKey(key=key, certificate=None if certificates is None else certificates.of(role))
        for key, role in pairs
        if key is not None
    )
