"""Looking at a file without taking it in: what it is, who signed it, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wpsdesk.base.errors import Cancelled, FileFault, FileUnreadable, WpsError, from_os
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.errors import Altered, ContentsDiffer, NotForThisDesk, Truncated
from wpsdesk.bundle.limits import CHUNK
from wpsdesk.bundle.manifest import Listed, listed_in
from wpsdesk.bundle.model import AUTHORITIES, FileEntry, Header
from wpsdesk.bundle.opening import OpenedBundle, OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.sealing import Recipient, names_of
from wpsdesk.bundle.signing import Signed, read_signature
from wpsdesk.bundle.verifying import (
    BRINGS_TRUST,
    Standing,
    believed,
    believed_by_its_own,
    contents_of,
    require_listed,
    require_one_unit,
)
from wpsdesk.bundle.zipreading import whole
from wpsdesk.plan.model import Plan
from wpsdesk.trust.anchors import Chain, TrustSet
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.errors import CertificateRevoked, Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientName:
    """Who can open a sealed file: the certificate's number, and the name of who issued it."""

    issuer: str
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What could be found out about a file, and in ``faults`` everything that stands against it.

    A fault ends the look where nothing behind it can be told; what was found before stays. The header is shown
    only once the signature over it has been found right, whoever made it.
    """

    path: Path
    size: int
    file_digest: Digest
    is_sealed: bool | None  # None: it is no bundle
    can_be_opened: bool | None  # by the keys at hand; None where it is not sealed or no bundle
    recipients: tuple[RecipientName, ...]
    digest: Digest | None  # of the signed container inside
    standing: Standing
    signer: Certificate | None
    signed_at: datetime | None
    header: Header | None
    faults: tuple[WpsError, ...]
    warnings: tuple[WpsError, ...] = ()  # what does not stand against it, and should be known
    listed: tuple[Listed, ...] = ()  # every file that the signature covers, with the digest that was signed

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against it."""
        return not self.faults

    @property
    def files(self) -> tuple[FileEntry, ...]:
        """The evidence in it."""
        return () if self.header is None else self.header.files


@dataclass(slots=True)
class _Findings:
    """What is known so far."""

    is_sealed: bool | None = None
    can_be_opened: bool | None = None
    recipients: tuple[RecipientName, ...] = ()
    digest: Digest | None = None
    is_intact: bool | None = None
    is_valid: bool | None = None
    is_trusted: bool | None = None
    is_revoked: bool | None = None
    is_root_compared: bool = False
    signed: Signed | None = None
    header: Header | None = None
    faults: list[WpsError] = field(default_factory=list)
    warnings: tuple[WpsError, ...] = ()
    listed: tuple[Listed, ...] = ()

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Whatever is found to be wrong inside is noted, and the look goes on after the block."""
        try:
            yield
        except (FileFault, Cancelled):
            raise
        except WpsError as fault:
            self.faults.append(fault)
            self.draw_from(fault)

    @property
    def standing(self) -> Standing:
        """The four things that are told apart."""
        return Standing(
            is_intact=self.is_intact,
            is_valid=self.is_valid,
            is_trusted=self.is_trusted,
            is_revoked=self.is_revoked,
            is_root_compared=self.is_root_compared,
        )

    def believe(self, chain: Chain | None, trust: TrustSet | None) -> None:
        """What a way to the root, or none where none is needed yet, says."""
        self.is_trusted = chain is not None
        self.is_revoked = None if chain is None else False
        self.is_root_compared = chain is not None and trust is not None
        self.warnings = () if chain is None else chain.warnings

    def draw_from(self, fault: WpsError) -> None:
        """What a fault says of the four things that are told apart."""
        match fault:
            case Altered(where="signature"):
                self.is_valid = False
            case Altered() | ContentsDiffer() | Truncated():
                self.is_intact = False
            case NotForThisDesk():
                self.can_be_opened = False
            case CertificateRevoked():
                self.is_trusted, self.is_revoked = False, True
            case Untrusted():
                self.is_trusted = False
            case _:
                pass


def examine(
    path: Path,
    keys: tuple[OpeningKey, ...],
    trust: TrustSet | None,
    plan: Plan,
    at: datetime,
    *,
    authorities: frozenset[UnitCode] = AUTHORITIES,
    progress: Progress = unwatched,
) -> Examination:
    """Checks 1 to 8, none of which ends the look with an exception. Raises FileMissing, FileUnreadable, Cancelled."""
    found = _Findings()
    size, file_digest = _file_digest(path)
    with found.collecting(), sealed_bundle(path) as sealed:
        found.is_sealed = sealed.is_sealed
        if sealed.seal is not None:
            found.recipients = tuple(_recipient_name(recipient) for recipient in sealed.seal.recipients)
        opened = open_bundle(sealed, keys, progress=progress)
        found.can_be_opened = True if sealed.is_sealed else None
        found.digest = opened.digest
        _look_inside(found, opened, _Question(trust=trust, plan=plan, at=at, authorities=authorities))
    return Examination(
        path=path,
        size=size,
        file_digest=file_digest,
        is_sealed=found.is_sealed,
        can_be_opened=found.can_be_opened,
        recipients=found.recipients,
        digest=found.digest,
        standing=found.standing,
        signer=None if found.signed is None else found.signed.signer,
        signed_at=None if found.signed is None else found.signed.signed_at,
        header=found.header,
        faults=tuple(found.faults),
        warnings=found.warnings,
        listed=found.listed,
    )


def _file_digest(path: Path) -> tuple[int, Digest]:
    seen, size = hashlib.sha256(), 0
    if path.exists() and not path.is_file():  # a folder; or a pipe, which could be read for ever
        raise FileUnreadable(path=path)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                seen.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise from_os(error, path) from error
    return size, Digest(seen.hexdigest())


def _recipient_name(recipient: Recipient) -> RecipientName:
    issuer, serial = names_of(recipient)
    return RecipientName(issuer=issuer, serial=serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """By what a bundle is to be judged."""

    trust: TrustSet | None
    plan: Plan
    at: datetime
    authorities: frozenset[UnitCode]


def _look_inside(found: _Findings, opened: OpenedBundle, by: _Question) -> None:
    """Checks 5 to 8, each as far as it goes."""
    kind = opened.layout.kind
    # 5. The signature; nothing behind a wrong one is even read.
    manifest = whole(opened.plaintext, opened.layout.manifest)
    signed = found.signed = read_signature(whole(opened.plaintext, opened.layout.signature), manifest)
    found.is_valid = True
    if by.trust is not None and kind not in BRINGS_TRUST:
        with found.collecting():
            found.believe(believed(kind, signed, by.trust, by.at, allow_unknown_signer=False), by.trust)
    # 6. The manifest.
    listed = found.listed = listed_in(manifest)
    # 7. The files.
    with found.collecting():
        require_listed(opened, listed, unwatched)
        found.is_intact = True
    # 8. The documents.
    contents = contents_of(opened, listed, by.plan)
    found.header = contents.header
    if kind in BRINGS_TRUST:
        with found.collecting():
            found.believe(believed_by_its_own(contents.payload, signed, by.trust, by.at), by.trust)
    require_one_unit(contents, signed.signer, by.authorities, is_trusted=found.is_trusted is True)
