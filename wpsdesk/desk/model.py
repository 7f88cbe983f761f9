"""The desk: a frozen handful of open handles, and the names under which it keeps its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import Clock
from wpsdesk.base.decoding import load_json
from wpsdesk.base.ids import UnitCode
from wpsdesk.bundle.opening import OpeningKey
from wpsdesk.desk.errors import NoCall, NotEnrolled, OnlyTheAuthority
from wpsdesk.plan.model import Plan, Unit
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.identity import Identity
from wpsdesk.store.opening import Store
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

LIMIT: Final = 16 << 20  # bytes of JSON that a document of our own may hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a verb needs: the open store, the clock, the plan and whose desk it is."""

    store: Store
    clock: Clock
    plan: Plan
    identity: Identity

    @property
    def unit(self) -> Unit:
        """Whose desk it is, as it was created."""
        return self.identity.unit

    @property
    def is_authority(self) -> bool:
        """Whether this is UD's desk."""
        return self.identity.is_authority


def require_authority(desk: Desk) -> None:
    """Raise OnlyTheAuthority on a unit's desk."""
    if not desk.is_authority:
        raise OnlyTheAuthority


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
