"""UD's authority, or a gathering unit's: root, issuing authority, the certificates they give, and the lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.trust.anchors import TrustSet
from wpsdesk.trust.certificates import Certificate, Reason, RevocationList, Revoked, UnitCertificates
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.enrolment import EnrolmentRequest, proven_keys
from wpsdesk.trust.errors import AuthorityExpired, BadKey, BadRevocationList
from wpsdesk.trust.issuing import (
    CLOCKS_APART,
    Issuer,
    Owner,
    Subject,
    authority_subject,
    authority_usage,
    issuer_key_id,
    make_certificate,
    personal_subject,
    role_usage,
    unit_subject,
    years_after,
)
from wpsdesk.trust.keys import PrivateKey
from wpsdesk.trust.parsing import Role, certificate_facts, reason_flag

__all__ = [
    "Authority",
    "Reason",
    "Retired",
    "Revoked",
    "issue",
    "issue_personal",
    "make_authority",
    "revocation_lists",
    "root_list",
    "with_new_issuer",
]

UD: Final = Owner()
ROOT_YEARS: Final = 15
ISSUING_YEARS: Final = 8
MAX_ISSUERS: Final = 15  # with the root, as many as a trust set holds
UNIT_YEARS: Final = 3

ROOT_LIST_LASTS: Final = timedelta(days=5 * 365)
"""The root's own list names only issuing authorities, and its key is fetched from its safe as seldom as can be."""

LIST_LASTS: Final = timedelta(days=400)
"""Units are without a line for months and hear from UD once a year; each call and reply brings new lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """An issuing authority that issues no more; what it issued stands to its end, so it still signs its lists."""

    key: PrivateKey = field(repr=False)
    certificate: Certificate

    def __post_init__(self) -> None:
        if self.key.public != self.certificate.public:
            raise BadKey(problem="not-of-this-certificate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """UD's root and issuing authority, and those that issued before.

    ``root_key`` is None once it lies in a file of its own; then ``root_list`` is the list that it signed last.
    """

    root_key: PrivateKey | None = field(repr=False)
    root: Certificate
    issuing_key: PrivateKey = field(repr=False)
    issuing: Certificate
    retired: tuple[Retired, ...] = ()
    root_list: RevocationList | None = None

    def __post_init__(self) -> None:
        if self.root_key is not None and self.root_key.public != self.root.public:
            raise BadKey(problem="not-of-this-certificate")
        if self.issuing_key.public != self.issuing.public:
            raise BadKey(problem="not-of-this-certificate")
        if self.root_key is None and self.root_list is None:
            raise BadRevocationList(problem="not-of-this-root")

    @property
    def issuers(self) -> tuple[Retired, ...]:
        """Every issuing authority with its key, the oldest first and the present one last."""
        return (*self.retired, Retired(key=self.issuing_key, certificate=self.issuing))

    def trust(self, lists: tuple[RevocationList, ...]) -> TrustSet:
        """What the units are given to believe in: root, issuing authorities (the present one first) and ``lists``."""
        return TrustSet(
            root=self.root, intermediates=tuple(each.certificate for each in reversed(self.issuers)), lists=lists
        )

    def to_bytes(self) -> bytes:
        """Canonical JSON of keys and certificates, unencrypted: for the encrypted store only."""
        return canonical_json(
            {
                "root_key": None if self.root_key is None else base64_text(self.root_key.to_bytes()),
                "root": base64_text(self.root.der),
                "issuing_key": base64_text(self.issuing_key.to_bytes()),
                "issuing": base64_text(self.issuing.der),
                "retired": [
                    {"key": base64_text(each.key.to_bytes()), "certificate": base64_text(each.certificate.der)}
                    for each in self.retired
                ],
                "root_list": None if self.root_list is None else base64_text(self.root_list.der),
            }
        )

    @staticmethod
    def from_bytes(data: bytes) -> Authority:
        """The reverse of :meth:`to_bytes`. Raises Malformed, BadKey, BadCertificate, BadRevocationList."""
        reader = load_json(data, limit=1 << 20)
        root_key, root_list = reader.maybe("root_key", der_from), reader.maybe("root_list", der_from)
        authority = Authority(
            root_key=None if root_key is None else PrivateKey.from_bytes(root_key),
            root=Certificate.from_der(der_from(reader.get("root"))),
            issuing_key=PrivateKey.from_bytes(der_from(reader.get("issuing_key"))),
            issuing=Certificate.from_der(der_from(reader.get("issuing"))),
            retired=reader.default("retired", lambda r: r.tuple_of(_retired_from, at_most=MAX_ISSUERS), ()),
            root_list=None if root_list is None else RevocationList.from_der(root_list),
        )
        reader.done()
        return authority


def _retired_from(reader: Reader) -> Retired:
    found = Retired(
        key=PrivateKey.from_bytes(der_from(reader.get("key"))),
        certificate=Certificate.from_der(der_from(reader.get("certificate"))),
    )
    reader.done()
    return found


def make_authority(now: datetime, owner: Owner = UD) -> Authority:
    """A new root (15 years, one authority below it) and a new issuing authority (8 years, none below it).

    ``owner`` is a unit that gathers from others under UD's call: its root is one of its own, which nobody but those
    others is ever asked to believe in.
    """
    root_key, issuing_key = PrivateKey.generate(), PrivateKey.generate()
    root = make_certificate(
        Subject(name=authority_subject(owner.root_name(), owner.name), public=root_key.public),
        Issuer(key=root_key, certificate=None),
        authority_usage(),
        path_length=1,
        now=now,
        until=years_after(now, ROOT_YEARS),
    )
    issuing = _issuing(issuing_key, root_key, root, authority_subject(owner.issuer_name(1), owner.name), now)
    return Authority(root_key=root_key, root=root, issuing_key=issuing_key, issuing=issuing)


def _issuing(key: PrivateKey, root_key: PrivateKey, root: Certificate, name: x509.Name, now: datetime) -> Certificate:
    return make_certificate(
        Subject(name=name, public=key.public),
        Issuer(key=root_key, certificate=root),
        authority_usage(),
        path_length=0,
        now=now,
        until=min(years_after(now, ISSUING_YEARS), root.not_after),
    )


def with_new_issuer(authority: Authority, root_key: PrivateKey, now: datetime) -> Authority:
    """The same authority with a new issuing key; what the old one issued stays as good as it was.

    Raises BadKey where ``root_key`` is not the root's, AuthorityExpired where the root has ended or has had as many
    issuing authorities as a unit's trust holds.
    """
    if root_key.public != authority.root.public:
        raise BadKey(problem="not-of-this-certificate")
    if now > authority.root.not_after or len(authority.issuers) >= MAX_ISSUERS:
        raise AuthorityExpired(ended=authority.root.not_after)
    key = PrivateKey.generate()
    name = authority_subject(UD.issuer_name(len(authority.issuers) + 1))
    issuing = _issuing(key, root_key, authority.root, name, now)
    return replace(authority, issuing_key=key, issuing=issuing, retired=authority.issuers)


def issue(authority: Authority, request: EnrolmentRequest, now: datetime) -> UnitCertificates:
    """Three certificates for the unit, three years, never past the issuing authority's own end.

    Whether the request is really the unit's is for a person to have heard: see ``request.fingerprint``.
    Raises BadRequest, AuthorityExpired.
    """
    keys = dict(zip(Role, proven_keys(request), strict=True))

    def certificate(role: Role) -> Certificate:
        subject = Subject(name=unit_subject(request.unit, request.unit_name, role), public=keys[role])
        return _certified(authority, subject, role, now)

    return UnitCertificates(
        signing=certificate(Role.SIGNING), sealing=certificate(Role.SEALING), recovery=certificate(Role.RECOVERY)
    )


def issue_personal(authority: Authority, request: EnrolmentRequest, now: datetime) -> Certificate:
    """One certificate to sign with, for a person in the unit. Lifetime and errors as :func:`issue`."""
    (key,) = proven_keys(request)
    subject = Subject(name=personal_subject(request.unit, request.unit_name, request.person), public=key)
    return _certified(authority, subject, Role.SIGNING, now)


def _certified(authority: Authority, subject: Subject, role: Role, now: datetime) -> Certificate:
    if now > authority.issuing.not_after:
        raise AuthorityExpired(ended=authority.issuing.not_after)
    until = min(years_after(now, UNIT_YEARS), authority.issuing.not_after)
    issuer = Issuer(key=authority.issuing_key, certificate=authority.issuing)
    return make_certificate(subject, issuer, role_usage(role), now=now, until=until)


def revocation_lists(
    authority: Authority,
    revoked: tuple[Revoked, ...],
    number: int,
    now: datetime,
    *,
    valid_for: timedelta = LIST_LASTS,
) -> tuple[RevocationList, ...]:
    """The root's list and one of every issuing authority, good until ``now`` + ``valid_for``.

    ``revoked``: everything ever taken back, each goes on the list of the authority that issued it; ``number``
    is higher than the last one used. Where the root's key is kept apart, its list is the one it signed last.
    """
    last = authority.root_list
    if authority.root_key is not None:
        last = root_list(authority, authority.root_key, revoked, number, now, valid_for=valid_for)
    assert last is not None, "a root whose key is kept apart has left its list"
    lasts = _lasting(now, valid_for)
    issuers, first = authority.issuers, authority.issuers[0].certificate.serial
    serials = {each.certificate.serial for each in issuers}

    def of(issuer: Certificate) -> tuple[Revoked, ...]:
        return tuple(
            e for e in revoked if e.serial not in serials and (first if e.issuer is None else e.issuer) == issuer.serial
        )

    return (last, *(_list(e.key, e.certificate, of(e.certificate), number, lasts=lasts) for e in issuers))


def root_list(
    authority: Authority,
    root_key: PrivateKey,
    revoked: tuple[Revoked, ...],
    number: int,
    now: datetime,
    *,
    valid_for: timedelta = ROOT_LIST_LASTS,
) -> RevocationList:
    """The root's own list, of the issuing authorities among ``revoked``. Raises BadKey for another root's key."""
    if root_key.public != authority.root.public:
        raise BadKey(problem="not-of-this-certificate")
    serials = {each.certificate.serial for each in authority.issuers}
    of_root = tuple(entry for entry in revoked if entry.serial in serials)
    return _list(root_key, authority.root, of_root, number, lasts=_lasting(now, valid_for))


def _lasting(now: datetime, valid_for: timedelta) -> tuple[datetime, datetime]:
    return now.astimezone(UTC) - CLOCKS_APART, now.astimezone(UTC) + valid_for


def _list(
    key: PrivateKey,
    issuer: Certificate,
    revoked: tuple[Revoked, ...],
    number: int,
    *,
    lasts: tuple[datetime, datetime],
) -> RevocationList:
    begins, ends = lasts
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(certificate_facts(issuer.der).subject)
        .last_update(begins)
        .next_update(ends)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(issuer_key_id(key), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(_list_entry(entry))
    return RevocationList.from_der(builder.sign(key.native, hashes.SHA256()).public_bytes(Encoding.DER))


def _list_entry(entry: Revoked) -> x509.RevokedCertificate:
    when = entry.when.astimezone(UTC)
    builder = x509.RevokedCertificateBuilder().serial_number(entry.serial).revocation_date(when)
    reason = Reason(entry.reason)
    if reason is not Reason.UNSPECIFIED:  # RFC 5280, 5.3.1: absent rather than "unspecified"
        builder = builder.add_extension(x509.CRLReason(reason_flag(reason)), critical=False)
    return builder.build()
