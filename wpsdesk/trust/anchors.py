"""What this desk believes in, and whether a certificate leads there.

The path is checked by ``cryptography``'s verifier under an extension policy of our own (its default is for web
servers); it knows nothing of revocation, so that is checked here, against a list for every step of the path. Time
and trust are arguments: the same question always has the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from wpsdesk.base.decoding import Reader
from wpsdesk.trust.certificates import Certificate, RevocationList
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.errors import (
    BadCertificate,
    BadRevocationList,
    CertificateRevoked,
    MissingRevocationList,
    RevocationListNotYetValid,
    RootMismatch,
    StaleRevocationList,
    WrongKeyUse,
)
from wpsdesk.trust.paths import path_to_root

MAX_AUTHORITIES: Final = 16
MAX_LISTS: Final = 32
MAX_BELIEVED: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustSet:
    """UD's root, the authorities under it and their revocation lists; nothing of any other authority's.

    Raises BadCertificate or BadRevocationList (``not-of-this-root``): a set that is there is of one root.
    """

    root: Certificate
    intermediates: tuple[Certificate, ...]
    lists: tuple[RevocationList, ...]

    def __post_init__(self) -> None:
        if not self.root.is_authority or not self.root.is_self_signed:
            raise BadCertificate(problem="not-of-this-root")
        for certificate in self.intermediates:
            if not certificate.is_authority or not self.root.has_issued(certificate):
                raise BadCertificate(problem="not-of-this-root")
        for each in self.lists:
            if not any(each.is_by(authority) for authority in self.authorities):
                raise BadRevocationList(problem="not-of-this-root")

    @property
    def authorities(self) -> tuple[Certificate, ...]:
        """The root and those under it."""
        return (self.root, *self.intermediates)

    @property
    def root_fingerprint(self) -> str:
        """The digits that are compared over the telephone, once."""
        return self.root.fingerprint

    def pem(self) -> str:
        """Root, chain and revocation lists in one PEM text: the ``-CAfile`` of ``openssl verify -crl_check_all``."""
        return "".join([*(each.pem for each in self.authorities), *(each.pem for each in self.lists)])

    def joined(self, other: TrustSet) -> TrustSet:
        """This set with the authorities of ``other`` and, for each authority, the newest of both sets' lists.

        So an old call that is read late never brings an old list back. Raises RootMismatch.
        """
        if other.root != self.root:
            raise RootMismatch(trusted=self.root_fingerprint, given=other.root_fingerprint)
        intermediates = tuple(dict.fromkeys((*self.intermediates, *other.intermediates)))
        newest = {
            authority: max(theirs, key=lambda each: each.number)
            for authority in (self.root, *intermediates)
            if (theirs := [each for each in (*self.lists, *other.lists) if each.is_by(authority)])
        }
        return TrustSet(root=self.root, intermediates=intermediates, lists=tuple(dict.fromkeys(newest.values())))


def trust_to_json(trust: TrustSet) -> dict[str, object]:
    """``{"root": base64, "intermediates": [base64], "lists": [base64]}``."""
    return {
        "root": base64_text(trust.root.der),
        "intermediates": [base64_text(certificate.der) for certificate in trust.intermediates],
        "lists": [base64_text(each.der) for each in trust.lists],
    }


def trust_from(reader: Reader) -> TrustSet:
    """The reverse. Raises Malformed, BadCertificate, BadRevocationList."""
    root = Certificate.from_der(der_from(reader.get("root")))
    intermediates = reader.get("intermediates").tuple_of(der_from, at_most=MAX_AUTHORITIES)
    lists = reader.get("lists").tuple_of(der_from, at_most=MAX_LISTS)
    reader.done()
    return TrustSet(
        root=root,
        intermediates=tuple(Certificate.from_der(der) for der in intermediates),
        lists=tuple(RevocationList.from_der(der) for der in lists),
    )


class Use(StrEnum):
    """What a certificate is to be believed for."""

    SIGNING = "signing"
    SEALING = "sealing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A certificate that is believed, and why."""

    leaf: Certificate
    path: tuple[Certificate, ...]  # from the leaf to the root, both included
    warnings: tuple[StaleRevocationList, ...] = ()  # what was let pass; the same faults, not raised


def check_signer(
    leaf: Certificate,
    others: tuple[Certificate, ...],
    trust: TrustSet,
    at: datetime,
    *,
    accept_stale: bool = False,
) -> Chain:
    """Whether ``leaf`` may sign bundles, at the time ``at``.

    ``others`` are certificates that came along; they may help to find the path and are believed in nothing else.
    ``accept_stale`` turns an outdated revocation list from a fault into a warning; a missing one is never let pass.
    Whether the bundle is of the unit that the certificate names is for the caller to ask: ``leaf.unit``.

    1 a path to the root, 2 a key for this use, 3 nobody on the path revoked, 4 everybody on the path valid now,
    5 a list for every step of the path, begun and not outdated. The gravest fault is raised: UnknownSigner,
    WrongKeyUse, CertificateRevoked, CertificateExpired, CertificateNotYetValid, MissingRevocationList,
    RevocationListNotYetValid, StaleRevocationList; BadCertificate where it cannot be read at all.
    """
    return _check(leaf, others, trust, at, Use.SIGNING, accept_stale=accept_stale)


def check_recipient(leaf: Certificate, trust: TrustSet, at: datetime, *, accept_stale: bool = False) -> Chain:
    """Whether bundles may be sealed to ``leaf``, at the time ``at``. Steps and errors as :func:`check_signer`."""
    return _check(leaf, (), trust, at, Use.SEALING, accept_stale=accept_stale)


def _check(
    leaf: Certificate,
    others: tuple[Certificate, ...],
    trust: TrustSet,
    at: datetime,
    use: Use,
    *,
    accept_stale: bool,
) -> Chain:
    moment = at.astimezone(UTC)
    key = (leaf, others, trust, use, moment.replace(minute=0, second=0, microsecond=0))
    found = _believed.get(key)
    # Within the hour a certificate may end or a list be outdated: what was found holds only as long as it holds.
    if found is None or not found.begins <= moment <= found.ends:
        found = _find(leaf, others, trust, use, moment)
        if len(_believed) >= MAX_BELIEVED:
            _believed.clear()
        _believed[key] = found
    if found.warnings and not accept_stale:
        raise found.warnings[0]
    return Chain(leaf=leaf, path=found.path, warnings=found.warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A path that is believed, and from when to when it would be found the same way."""

    path: tuple[Certificate, ...]
    warnings: tuple[StaleRevocationList, ...]
    begins: datetime
    ends: datetime


_believed: dict[tuple[Certificate, tuple[Certificate, ...], TrustSet, Use, datetime], _Found] = {}
"""Only what was believed is remembered, under every byte it was believed by (the lists' too) and the hour."""


def _find(leaf: Certificate, others: tuple[Certificate, ...], trust: TrustSet, use: Use, at: datetime) -> _Found:
    # 1 a path to the root; its dates are weighed in step 4
    path, date_fault = path_to_root(leaf, tuple(dict.fromkeys((*trust.intermediates, *others))), trust.root, at)
    # 2 a key for this use
    if not (leaf.may_sign if use is Use.SIGNING else leaf.may_seal):
        raise WrongKeyUse(unit=leaf.unit, wanted=use.value)
    # 3 nobody revoked: also by a list that is outdated, or not the newest
    steps = [(each, [found for found in trust.lists if found.is_by(issuer)], issuer) for each, issuer in pairwise(path)]
    for certificate, lists, _issuer in steps:
        _require_unrevoked(certificate, lists)
    # 4 everybody valid now
    if date_fault is not None:
        raise date_fault
    # 5 a list for every step, begun and not outdated
    newest = [_newest(lists, issuer, at) for _certificate, lists, issuer in steps]
    stale = tuple(StaleRevocationList(since=each.next_update) for each in newest if each.next_update < at)
    is_settled = all(each.this_update <= at for each in trust.lists)
    ends = [*(each.not_after for each in path), *(each.next_update for each in newest if each.next_update >= at)]
    begins = [*(each.not_before for each in path), *(each.this_update for each in newest)]
    begins += [each.next_update for each in newest if each.next_update < at]
    return _Found(path=path, warnings=stale, begins=max(begins), ends=min(ends) if is_settled else at)


def _require_unrevoked(certificate: Certificate, lists: list[RevocationList]) -> None:
    for each in lists:
        entry = each.entry(certificate.serial)
        if entry is not None:
            raise CertificateRevoked(unit=certificate.unit, when=entry.when, reason=entry.reason)


def _newest(lists: list[RevocationList], issuer: Certificate, at: datetime) -> RevocationList:
    if len(lists) == 0:
        raise MissingRevocationList(issuer=issuer.name)
    begun = [each for each in lists if each.this_update <= at]
    if len(begun) == 0:
        raise RevocationListNotYetValid(begins=min(each.this_update for each in lists))
    return max(begun, key=lambda each: each.number)
