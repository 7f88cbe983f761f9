"""The path from a certificate to the root, by cryptography's verifier under an extension policy of our own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509 import verification

from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    UnknownSigner,
    Untrusted,
)
from wpsdesk.trust.parsing import certificate_facts, refusing

MAX_BETWEEN: Final = 1  # authorities between leaf and root

Path = tuple[Certificate, ...]


def path_to_root(
    leaf: Certificate, intermediates: tuple[Certificate, ...], root: Certificate, at: datetime
) -> tuple[Path, Untrusted | None]:
    """The path from ``leaf`` to ``root``, both included; beside it what is wrong with its dates at ``at``, or None.

    The dates come apart from the rest so that graver faults of the same path can be told first. Raises
    UnknownSigner where there is no path at any time.
    """
    # The verifier answers one question, yes or no. Asked again within the leaf's own lifetime, its yes means that
    # only the dates were against it; only the answer for `at` is ever believed.
    for moment in (at, leaf.not_before, leaf.not_after):
        path = _verified(leaf, intermediates, root, moment)
        if path is not None:
            return path, None if moment == at else _date_fault(path, at)
    raise UnknownSigner(fingerprint=leaf.fingerprint, unit=leaf.unit)


def _date_fault(path: Path, at: datetime) -> Untrusted:
    for certificate in path:
        if at > certificate.not_after:
            return CertificateExpired(unit=certificate.unit, ended=certificate.not_after)
        if at < certificate.not_before:
            return CertificateNotYetValid(unit=certificate.unit, begins=certificate.not_before)
    # Refused at `at` for no reason of date that we can see: then it is not known.
    return UnknownSigner(fingerprint=path[0].fingerprint, unit=path[0].unit)


def _verified(
    leaf: Certificate, intermediates: tuple[Certificate, ...], root: Certificate, moment: datetime
) -> Path | None:
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store([certificate_facts(root.der).parsed]))
        .time(moment)
        .max_chain_depth(MAX_BETWEEN)
        .extension_policies(ca_policy=_OF_AUTHORITY, ee_policy=_OF_LEAF)
        .build_client_verifier()
    )
    between = [certificate_facts(certificate.der).parsed for certificate in intermediates]
    try:
        with refusing(_NoPath()):
            chain = verifier.verify(certificate_facts(leaf.der).parsed, between).chain
    except _NoPath:
        return None
    known = {certificate_facts(each.der).parsed: each for each in (leaf, *intermediates, root)}
    return tuple(known[each] for each in chain)


class _NoPath(Exception):
    """The verifier said no. Never leaves this module."""


def _signs_certificates(_policy: verification.Policy, _of: x509.Certificate, usage: x509.KeyUsage) -> None:
    if not (usage.key_cert_sign and usage.crl_sign):
        raise ValueError("not an authority's key")


_OF_AUTHORITY: Final = (
    verification.ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, verification.Criticality.CRITICAL, None)
    .require_present(x509.KeyUsage, verification.Criticality.CRITICAL, _signs_certificates)
)
# What a leaf's key may do is asked afterwards, where the answer has a name of its own.
_OF_LEAF: Final = verification.ExtensionPolicy.permit_all().require_present(
    x509.KeyUsage, verification.Criticality.CRITICAL, None
)
