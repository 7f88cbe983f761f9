"""The ways in which a key, a certificate or a signer is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode


@dataclass(eq=False, kw_only=True)
class BadKey(WpsError):
    """A private key or a point that cannot be used.

    ``problem``: ``unreadable``, ``wrong-kind``, ``weak-key`` or ``not-of-this-certificate``.
    """

    problem: str


@dataclass(eq=False, kw_only=True)
class BadCertificate(WpsError):
    """A certificate that cannot be used, whoever made it.

    ``problem``: ``too-large``, ``unreadable``, ``wrong-version``, ``wrong-kind``, ``wrong-kind-of-key``, ``weak-key``,
    ``critical-extension``, ``no-key-use``, ``wrong-role``, ``different-units`` or ``not-of-this-root``.
    """

    problem: str


@dataclass(eq=False, kw_only=True)
class BadRevocationList(WpsError):
    """A revocation list that cannot be used, whoever made it.

    ``problem``: ``too-large``, ``unreadable``, ``wrong-kind``, ``critical-extension``, ``no-number``,
    ``no-next-update`` or ``not-of-this-root``.
    """

    problem: str


@dataclass(eq=False, kw_only=True)
class BadRequest(WpsError):
    """An enrolment request that no certificate may be issued for.

    ``reason``: ``unreadable``, ``wrong-kind-of-key``, ``no-proof-of-possession``, ``same-key-twice``,
    ``different-units``, ``wrong-role``, ``attributes``, ``bad-name`` or ``not-of-this-certificate``.
    """

    reason: str


@dataclass(eq=False, kw_only=True)
class FingerprintMismatch(WpsError):
    """The digits that were heard are not the digits that are here. Both as groups."""

    expected: str
    given: str


@dataclass(eq=False, kw_only=True)
class RootMismatch(WpsError):
    """Trust from another root than the one this desk believes in; both fingerprints as groups of digits."""

    trusted: str
    given: str


@dataclass(eq=False, kw_only=True)
class AuthorityExpired(WpsError):
    """UD's own authority has ended and can issue nothing more."""

    ended: datetime


class RootOffline(WpsError):
    """UD's root key lies in a file of its own, and this needs it."""


@dataclass(eq=False, kw_only=True)
class BadKeyFile(WpsError):
    """A file that should hold a key and cannot be used.

    ``problem``: ``unreadable``, ``newer``, ``other-purpose``, ``no-key``, ``no-certificate`` or
    ``not-of-this-certificate``.
    """

    problem: str


class WrongKeyPassphrase(WpsError):
    """These are not the words that the key lies under."""


@dataclass(eq=False, kw_only=True)
class Untrusted(WpsError):
    """Why a signer is not believed; only its subclasses are raised."""


@dataclass(eq=False, kw_only=True)
class UnknownSigner(Untrusted):
    """Nobody we trust vouches for this certificate; ``unit`` is only what it says of itself."""

    fingerprint: str
    unit: UnitCode | None


@dataclass(eq=False, kw_only=True)
class CertificateExpired(Untrusted):
    """The certificate ended before now; ``unit`` is None where it is the authority's own."""

    unit: UnitCode | None
    ended: datetime


@dataclass(eq=False, kw_only=True)
class CertificateNotYetValid(Untrusted):
    """The certificate begins after now: most often this machine's clock is wrong."""

    unit: UnitCode | None
    begins: datetime


@dataclass(eq=False, kw_only=True)
class CertificateRevoked(Untrusted):
    """The authority took the certificate back. ``reason`` is a word of :class:`Reason`."""

    unit: UnitCode | None
    when: datetime
    reason: str


@dataclass(eq=False, kw_only=True)
class WrongKeyUse(Untrusted):
    """A key used for what it was not made for; ``wanted`` is ``signing`` or ``sealing``."""

    unit: UnitCode | None
    wanted: str


@dataclass(eq=False, kw_only=True)
class MissingRevocationList(Untrusted):
    """No revocation list signed by ``issuer`` (its name) is here."""

    issuer: str


@dataclass(eq=False, kw_only=True)
class RevocationListNotYetValid(Untrusted):
    """The revocation list begins after now: most often this machine's clock is wrong."""

    begins: datetime


@dataclass(eq=False, kw_only=True)
class StaleRevocationList(Untrusted):
    """The newest revocation list that is here should have been replaced at ``since``."""

    since: datetime
