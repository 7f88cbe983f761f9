"""The shape of every certificate this program makes: names, uses, lifetimes.

Subject of a unit: C=NO, O and CN its name, OU the role of the key, serialNumber its unit code. Of a person in a
unit: the same, with the person's name as CN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import NameOID

from wpsdesk.base.ids import UnitCode
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.keys import SigningKey
from wpsdesk.trust.parsing import Role, certificate_facts, public_key

CLOCKS_APART: Final = timedelta(days=1)
"""How long before it is made a certificate or list begins to be valid. Nothing here ever asks the network for the
time: a machine that is hours off, or set to another zone, must not refuse what was made a moment ago."""

MAX_NAME: Final = 64  # bytes: ub-common-name of RFC 5280, counted as the strictest reader counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a certificate is for, and what its key is."""

    name: x509.Name
    public: bytes  # SubjectPublicKeyInfo in DER


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who signs it: a certificate with its key, or None where the subject signs for itself."""

    key: SigningKey
    certificate: Certificate | None


def unit_subject(unit: UnitCode, unit_name: str, role: Role) -> x509.Name:
    """The distinguished name of one of a unit's keys."""
    return _subject(unit, shortened(unit_name), role, shortened(unit_name))


def personal_subject(unit: UnitCode, unit_name: str, person: str) -> x509.Name:
    """The distinguished name of a person's key, which only signs."""
    return _subject(unit, shortened(unit_name), Role.SIGNING, person)


def _subject(unit: UnitCode, organisation: str, role: Role, name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, role.value),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, unit),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose authority it is: UD's or, with its code, that of a unit that gathers from others under UD's call."""

    name: str = "Utenriksdepartementet"
    code: str = ""

    def root_name(self) -> str:
        """The common name of its root."""
        return f"WPS Desk {self.code} rot" if self.code else "WPS Desk rot"

    def issuer_name(self, number: int) -> str:
        """The common name of its ``number``-th issuing authority; it stands, unsealed, on what is sealed to it."""
        return f"WPS Desk {self.code} utsteder {number}" if self.code else f"WPS Desk utsteder {number}"


_ISSUER: Final = re.compile(r"WPS Desk ([A-Z0-9-]{2,12}) utsteder [0-9]+")


def owner_in(issuer_name: str) -> UnitCode | None:
    """The unit whose issuing authority calls itself so; None for UD's, or any other's. Only what it says of itself."""
    found = _ISSUER.fullmatch(issuer_name)
    return None if found is None else UnitCode(found.group(1))


def authority_subject(name: str, organisation: str = Owner().name) -> x509.Name:
    """The distinguished name of an authority. It has no unit code: it is no reporting unit."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, shortened(organisation)),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def shortened(name: str) -> str:
    """``name`` within 64 bytes, cut between words where it must be; the unit code tells the rest."""
    if len(name.encode()) <= MAX_NAME:
        return name
    room = name.encode()[: MAX_NAME - len("…".encode())].decode(errors="ignore")
    return (room.rpartition(" ")[0] or room).rstrip(" ,-") + "…"


def role_usage(role: Role) -> x509.KeyUsage:
    """What the key of ``role`` may do."""
    if role is Role.SIGNING:
        return _usage(digital_signature=True, content_commitment=True)
    return _usage(key_agreement=True)


def authority_usage() -> x509.KeyUsage:
    """What an authority's key may do: sign certificates and revocation lists, and nothing else."""
    return _usage(key_cert_sign=True, crl_sign=True)


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_agreement: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=key_agreement,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def make_certificate(
    subject: Subject,
    issuer: Issuer,
    usage: x509.KeyUsage,
    *,
    path_length: int | None = None,
    now: datetime,
    until: datetime,
) -> Certificate:
    """A signed certificate, valid from a day before ``now`` to ``until``.

    ``path_length``: how many authorities may stand below it; None for one that is no authority.
    """
    native, _ = public_key(load_der_public_key(subject.public))
    above = subject.name if issuer.certificate is None else certificate_facts(issuer.certificate.der).subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject.name)
        .issuer_name(above)
        .public_key(native)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - CLOCKS_APART)
        .not_valid_after(until.astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=path_length is not None, path_length=path_length), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(native), critical=False)
        .add_extension(issuer_key_id(issuer.key), critical=False)
    )
    return Certificate.from_der(builder.sign(issuer.key.native, hashes.SHA256()).public_bytes(Encoding.DER))


def issuer_key_id(key: SigningKey) -> x509.AuthorityKeyIdentifier:
    """The identifier by which a certificate or list names the key that signed it."""
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.native.public_key())


def years_after(moment: datetime, years: int) -> datetime:
    """The same day and hour ``years`` later; 28 February for 29 February."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, day=28)
