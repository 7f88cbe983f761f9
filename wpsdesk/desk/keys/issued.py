"""UD's register of every certificate it has issued: to which unit's desk or person, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import UNIT_CODE, UnitCode
from wpsdesk.desk.errors import UnitNotEnrolled
from wpsdesk.desk.model import ISSUED, LIMIT, REVOKED, checked_recipients
from wpsdesk.store.documents import documents, put_document
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.certificates import Certificate, Role, UnitCertificates
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import Untrusted

MOST_DESKS: Final = 8
"""Desks of one unit that a reply is sealed for; the newest, where there are more."""


class KeyState(StrEnum):
    """How it stands with a unit's certificate."""

    NONE = "none"
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One enrolment: the three certificates of a desk, or a person's one."""

    unit: UnitCode
    person: str  # whose key it is; "" for a desk's
    asked_by: str
    fingerprint: str  # the digits that were compared
    when: datetime
    signing: Certificate
    sealing: Certificate | None
    recovery: Certificate | None

    @property
    def serial(self) -> int:
        """The signing certificate's number, by which the enrolment is named."""
        return self.signing.serial

    @property
    def all(self) -> tuple[Certificate, ...]:
        """Every certificate of it."""
        return tuple(each for each in (self.signing, self.sealing, self.recovery) if each is not None)

    @property
    def of_desk(self) -> UnitCertificates | None:
        """A desk's three; None for a person's."""
        if self.sealing is None or self.recovery is None:
            return None
        return UnitCertificates(signing=self.signing, sealing=self.sealing, recovery=self.recovery)


def put_issued(tx: Tx, issued: Issued) -> None:
    """Enter it in the register."""
    optional = ((Role.SEALING, issued.sealing), (Role.RECOVERY, issued.recovery))
    value: dict[str, object] = {
        "unit": issued.unit,
        "person": issued.person,
        "asked_by": issued.asked_by,
        "fingerprint": issued.fingerprint,
        "when": rfc3339(issued.when),
        "signing": base64_text(issued.signing.der),
        **{role.value: None if each is None else base64_text(each.der) for role, each in optional},
    }
    put_document(tx, ISSUED, f"{issued.unit}/{issued.serial}", canonical_json(value))


def issued_to(tx: Tx, unit: UnitCode | None = None) -> tuple[Issued, ...]:
    """What has been issued to a unit (None: to all), the newest first."""
    found = [
        _issued_from(load_json(data, limit=LIMIT))
        for key, data in documents(tx, ISSUED)
        if unit is None or key.startswith(f"{unit}/")
    ]
    return tuple(sorted(found, key=lambda each: (each.when, each.signing.not_after), reverse=True))


def _issued_from(reader: Reader) -> Issued:
    sealing, recovery = (reader.maybe(role.value, der_from) for role in (Role.SEALING, Role.RECOVERY))
    found = Issued(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        person=reader.get("person").line(at_most=200),
        asked_by=reader.get("asked_by").line(at_most=200),
        fingerprint=reader.get("fingerprint").line(at_most=80),
        when=reader.get("when").time(),
        signing=Certificate.from_der(der_from(reader.get(Role.SIGNING.value))),
        sealing=None if sealing is None else Certificate.from_der(sealing),
        recovery=None if recovery is None else Certificate.from_der(recovery),
    )
    reader.done()
    return found


def revoked_serials(tx: Tx) -> frozenset[int]:
    """The numbers of everything that has been taken back."""
    return frozenset(int(key) for key, _ in documents(tx, REVOKED))


def state_of(issued: Issued, revoked: frozenset[int], now: datetime) -> KeyState:
    """How one enrolment stands."""
    if issued.serial in revoked:
        return KeyState.REVOKED
    return KeyState.EXPIRED if issued.signing.not_after < now else KeyState.VALID


def desk_recipients(tx: Tx, unit: UnitCode, trust: TrustSet, now: datetime) -> tuple[Certificate, ...]:
    """For whom to seal what goes to a unit: the daily and the recovery key of every desk of it that is good today.

    A desk whose keys were certified again counts once, by its newest certificates. Raises UnitNotEnrolled where the
    unit has never had a desk, Untrusted's subclasses where none of its desks is good.
    """
    desks = [each.of_desk for each in issued_to(tx, unit)]
    newest = {each.sealing.public: each for each in reversed([each for each in desks if each is not None])}
    found: list[Certificate] = []
    fault: Untrusted | None = None
    for certificates in reversed(newest.values()):
        try:
            found.extend(checked_recipients(certificates, trust, now))
        except Untrusted as why:
            fault = fault or why
    if not found:
        raise fault or UnitNotEnrolled(unit=unit)
    return tuple(found[: 2 * MOST_DESKS])
