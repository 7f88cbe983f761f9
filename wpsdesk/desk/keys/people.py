"""People at a desk, each with a key of their own under their own passphrase: whoever approves a report signs it.

The desk's passphrase opens the desk, and nobody's key. A person's key is made here, or bought (PKCS#12); UD
certifies it for the unit under the person's name, by the same digits over the telephone as a desk's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.files import read_file
from wpsdesk.base.ids import nfc
from wpsdesk.bundle.writing import file_name, write_bundle
from wpsdesk.desk.errors import (
    NoRequest,
    NoSuchPerson,
    NotEnrolled,
    NotForTheAuthority,
    PersonExists,
    PersonNotEnrolled,
)
from wpsdesk.desk.keys.asking import enrolment_draft
from wpsdesk.desk.model import (
    CERTIFICATES,
    LIMIT,
    OWN,
    PERSON,
    Desk,
    certificates_of,
    chain_of,
    reports_to,
    require_trust,
)
from wpsdesk.desk.places import destination
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.trust.anchors import check_signer
from wpsdesk.trust.bought import MAX_PKCS12, read_pkcs12
from wpsdesk.trust.certificates import Certificate, KeyKind
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.enrolment import EnrolmentRequest, Purpose, make_personal_request, personal_interim_signer
from wpsdesk.trust.errors import WrongKeyPassphrase
from wpsdesk.trust.keys import KeySigner, PrivateKey, Signer, SigningKey, signing_key_in
from wpsdesk.trust.wrapping import Wrapped, unwrap, wrap, wrapped_from, wrapped_to_json

_KEY_SIZES: Final = range(32, 8192)  # bytes of PKCS#8, P-256 to RSA of 8192 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person at this desk."""

    name: str
    kind: KeyKind
    fingerprint: str  # to be read out to UD
    is_bought: bool
    is_enrolled: bool
    not_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRequested:
    """A person's request that has been written, and the digits to read out to UD."""

    name: str
    path: Path
    fingerprint: str
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A person as the store holds them. ``public`` stands apart so that nothing must be opened to tell the digits."""

    name: str
    kind: KeyKind
    public: bytes
    fingerprint: str
    key: Wrapped
    bought: bytes | None
    certificate: Certificate | None


# -- adding --------------------------------------------------------------------------------------


def add_person(desk: Desk, name: str, passphrase: str, out: Path) -> PersonRequested:
    """Make a key for a person, under ``passphrase``, and write the request for its certificate.

    Raises NotForTheAuthority, NotEnrolled (the desk comes first), PersonExists, WeakPassphrase, BadRequest
    (``bad-name``), and what writing a file raises.
    """
    return _add(desk, name, PrivateKey.generate(), passphrase, out)


def add_person_with_certificate(
    desk: Desk, name: str, passphrase: str, out: Path, *, pkcs12: Path, words: str
) -> PersonRequested:
    """The same with the key of a bought enterprise certificate: ``pkcs12`` (.p12, .pfx) under ``words``.

    Raises beside these WrongKeyPassphrase, BadKeyFile, BadKey, FileMissing, FileTooLarge.
    """
    bought = read_pkcs12(read_file(pkcs12, limit=MAX_PKCS12), words)
    return _add(desk, name, bought.key, passphrase, out, bought=bought.certificate)


def _add(
    desk: Desk, name: str, key: SigningKey, passphrase: str, out: Path, *, bought: bytes | None = None
) -> PersonRequested:
    name = _name(name)
    check_passphrase(passphrase)
    wrapped = wrap(PERSON, passphrase, key.to_bytes())
    with desk.store.write() as tx:
        _require_enrolled(tx, desk)
        if document(tx, PERSON, name) is not None:
            raise PersonExists(name=name)
        asked = _asked(desk, name, key, Purpose.NEW, bought)
        record = _Record(
            name=name,
            kind=KeyKind.P256 if isinstance(key, PrivateKey) else KeyKind.RSA,
            public=key.public,
            fingerprint=asked.fingerprint,
            key=wrapped,
            bought=bought,
            certificate=None,
        )
        _put(tx, record)
        signer = personal_interim_signer(key, desk.unit.code, name, desk.clock())
        path = _write(tx, desk, asked, signer, out)
    return PersonRequested(name=name, path=path, fingerprint=asked.fingerprint, purpose=asked.purpose)


def renew_person(
    desk: Desk, name: str, passphrase: str, out: Path, *, purpose: Purpose = Purpose.RENEWAL
) -> PersonRequested:
    """Ask again for a person's key. A renewal is signed with the certificate it renews, as long as that lasts.

    ``NEW`` writes a request again that was lost on its way. For a key that is lost or known to others: remove the
    person, add them anew, and have UD revoke the old certificate.
    Raises NoSuchPerson, WrongKeyPassphrase, PersonNotEnrolled (nothing to renew).
    """
    with desk.store.write() as tx:
        _require_enrolled(tx, desk)
        record = _require(tx, name)
        key, now = _key(record, passphrase), desk.clock()
        if record.certificate is None and purpose is Purpose.RENEWAL:
            raise PersonNotEnrolled(name=record.name)
        asked = _asked(desk, record.name, key, purpose, record.bought)
        signer: Signer = personal_interim_signer(key, desk.unit.code, record.name, now)
        if record.certificate is not None and now <= record.certificate.not_after:
            signer = _signer(tx, record.certificate, key)
        path = _write(tx, desk, asked, signer, out)
    return PersonRequested(name=record.name, path=path, fingerprint=asked.fingerprint, purpose=purpose)


def _asked(desk: Desk, name: str, key: SigningKey, purpose: Purpose, bought: bytes | None) -> EnrolmentRequest:
    unit = desk.unit
    return make_personal_request(unit.code, unit.names.nb, name, key, desk.clock(), purpose=purpose, bought=bought)


def _write(tx: Tx, desk: Desk, asked: EnrolmentRequest, signer: Signer, out: Path) -> Path:
    now = desk.clock()
    path = destination(out, "person_" + file_name(desk.unit.code, now, 1, sealed=False))
    write_bundle(path, enrolment_draft(desk, asked, reports_to(tx)), signer, seal_to=(), now=now)
    note(tx, "person-requested", who=asked.person, now=now, details={"purpose": asked.purpose})
    return path


def _require_enrolled(tx: Tx, desk: Desk) -> None:
    if desk.gathers:
        raise NotForTheAuthority
    if certificates_of(tx, CERTIFICATES, OWN) is None:
        raise NotEnrolled


# -- using ---------------------------------------------------------------------------------------


def people(desk: Desk) -> tuple[Person, ...]:
    """The people at this desk, by name."""
    with desk.store.read() as tx:
        return people_in(tx)


def people_in(tx: Tx) -> tuple[Person, ...]:
    """The same, within a transaction."""
    found = [_record_from(load_json(data, limit=LIMIT)) for _, data in documents(tx, PERSON)]
    return tuple(
        Person(
            name=each.name,
            kind=each.kind,
            fingerprint=each.fingerprint,
            is_bought=each.bought is not None,
            is_enrolled=each.certificate is not None,
            not_after=None if each.certificate is None else each.certificate.not_after,
        )
        for each in found
    )


def signer_named(desk: Desk, name: str, passphrase: str) -> Signer:
    """A person's signer, for this one use. ``signer.certificate.name`` is the name under which it approves.

    Raises NoSuchPerson, PersonNotEnrolled, WrongKeyPassphrase, NoCall; CertificateRevoked and CertificateExpired
    already here, where a report would be written in vain.
    """
    with desk.store.read() as tx:
        record = _require(tx, name)
        if record.certificate is None:
            raise PersonNotEnrolled(name=record.name)
        key = _key(record, passphrase)
        check_signer(record.certificate, (), require_trust(tx), desk.clock(), accept_stale=True)
        return _signer(tx, record.certificate, key)


def _signer(tx: Tx, certificate: Certificate, key: SigningKey) -> Signer:
    return KeySigner(key=key, certificate=certificate, chain=chain_of(certificate, require_trust(tx)))


def change_passphrase(desk: Desk, name: str, old: str, new: str) -> None:
    """Put a person's key under other words. Raises NoSuchPerson, WrongKeyPassphrase, WeakPassphrase."""
    check_passphrase(new)
    with desk.store.write() as tx:
        record = _require(tx, name)
        wrapped = wrap(PERSON, new, _key(record, old).to_bytes())
        _put(tx, replace(record, key=wrapped))
        note(tx, "person-passphrase-changed", who=record.name, now=desk.clock())


def remove_person(desk: Desk, name: str) -> None:
    """Forget a person's key. What was signed with it stays signed; UD is told to revoke it. Raises NoSuchPerson."""
    with desk.store.write() as tx:
        record = _require(tx, name)
        remove_document(tx, PERSON, record.name)
        note(tx, "person-removed", who=desk.unit.code, now=desk.clock(), about=record.name)


def take_personal(tx: Tx, desk: Desk, certificate: Certificate) -> str:
    """Keep the certificate that has come for a person's key, and tell whose it is. Raises NoRequest."""
    for _, data in documents(tx, PERSON):
        record = _record_from(load_json(data, limit=LIMIT))
        if record.public != certificate.public:
            continue
        held = record.certificate
        if held is None or held.not_after < certificate.not_after:
            _put(tx, replace(record, certificate=certificate))
        note(tx, "certificate-loaded", who=record.name, now=desk.clock(), about=record.name)
        return record.name
    raise NoRequest


# -- as the store holds them ---------------------------------------------------------------------


def _name(name: str) -> str:
    return " ".join(nfc(name).split())


def _require(tx: Tx, name: str) -> _Record:
    data = document(tx, PERSON, _name(name))
    if data is None:
        raise NoSuchPerson(name=name)
    return _record_from(load_json(data, limit=LIMIT))


def _key(record: _Record, passphrase: str) -> SigningKey:
    secret = unwrap(record.key, passphrase)
    if secret is None:
        raise WrongKeyPassphrase
    return signing_key_in(secret)


def _put(tx: Tx, record: _Record) -> None:
    value = {
        "name": record.name,
        "kind": record.kind,
        "public": base64_text(record.public),
        "fingerprint": record.fingerprint,
        "key": wrapped_to_json(record.key),
        "bought": None if record.bought is None else base64_text(record.bought),
        "certificate": None if record.certificate is None else base64_text(record.certificate.der),
    }
    put_document(tx, PERSON, record.name, canonical_json(value))


def _record_from(reader: Reader) -> _Record:
    certificate = reader.maybe("certificate", der_from)
    found = _Record(
        name=reader.get("name").line(at_most=200),
        kind=reader.get("kind").choice(KeyKind),
        public=der_from(reader.get("public")),
        fingerprint=reader.get("fingerprint").line(at_most=80),
        key=wrapped_from(reader.get("key"), frozenset({PERSON}), size=_KEY_SIZES),
        bought=reader.maybe("bought", der_from),
        certificate=None if certificate is None else Certificate.from_der(certificate),
    )
    reader.done()
    return found
