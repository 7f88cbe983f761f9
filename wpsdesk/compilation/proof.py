"""The proof sheet: one printable page about one bundle, and how anybody can check it without this program."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from wpsdesk.base.ids import BundleId, Digest, UnitCode, Year
from wpsdesk.compilation.terms import day_of
from wpsdesk.i18n import N_, Catalogue, catalogue

KIND: Final[Mapping[str, str]] = MappingProxyType(
    {
        "enrolment": N_("certificate request"),
        "call": N_("call for reports"),
        "submission": N_("report"),
        "reply": N_("reply from UD"),
        "handover": N_("handover between desks"),
    }
)


DOCUMENTS: Final = ("bundle.json", "the payload")
"""What every bundle has beside its evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFile:
    """A file that the signature covers, by its name inside the container."""

    name: str
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found when the bundle was looked at; four things that are told apart, None: could not be told."""

    is_intact: bool | None
    is_valid: bool | None
    is_trusted: bool | None
    is_revoked: bool | None
    looked_at: datetime
    root_fingerprint: str | None  # of the root that the answer rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a proof sheet tells of one bundle."""

    file_name: str
    kind: str
    unit: UnitCode
    year: Year | None
    seq: int
    bundle: BundleId
    created: datetime
    signed_by: str
    signer_unit: UnitCode | None
    signer_serial: int
    fingerprint: str
    signed_at: datetime  # as the signer's clock said
    approved_by: str
    digest: Digest  # of the signed container
    size: int  # of the file, bytes
    sealed_digest: Digest | None  # of the file as it came, where it was sealed
    files: tuple[ProofFile, ...]
    found: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of checking by hand: what it does, and the command."""

    text: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One of the four things: ``is_good`` is None where it could not be told."""

    name: str
    text: str
    is_good: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page in words, in one language."""

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    judged: str
    hash_title: str
    digest: Digest
    qr_caption: str
    files_title: str
    files: tuple[ProofFile, ...]
    more: str  # said where not all files have room; "{n}" is how many more
    steps_title: str
    steps: tuple[Step, ...]
    made: datetime


def proof_sheet(proof: Proof, language: str) -> Sheet:
    """The page's words."""
    say = catalogue(language, "document")
    kind = say(KIND[proof.kind])
    return Sheet(
        language=language,
        title=say("Proof sheet"),
        subtitle=_subtitle(proof, kind, say),
        facts=_facts(proof, say),
        answers=_answers(proof.found, say),
        judged=_judged(proof.found, say),
        hash_title=say("SHA-256 of the signed container (.asice)"),
        digest=proof.digest,
        qr_caption=say("The same hash, for a camera"),
        files_title=say("Files that the signature covers, with their SHA-256"),
        files=proof.files,
        more=say("… and {n} more. All of them stand in META-INF/ASiCManifest001.xml.", n="{n}"),
        steps_title=say("Check it yourself, with unzip and openssl"),
        steps=_steps(proof, say),
        made=proof.found.looked_at,
    )


def _subtitle(proof: Proof, kind: str, say: Catalogue) -> str:
    if proof.year is None:
        return say("{unit}, {kind}, no. {seq}", unit=proof.unit, kind=kind, seq=proof.seq)
    return say("{unit}, {kind} for {year}, no. {seq}", unit=proof.unit, kind=kind, year=proof.year, seq=proof.seq)


def _facts(proof: Proof, say: Catalogue) -> tuple[tuple[str, str], ...]:
    signer = proof.signed_by if proof.signer_unit is None else f"{proof.signed_by} ({proof.signer_unit})"
    rows = [
        (say("File"), proof.file_name),
        (say("Bundle"), proof.bundle),
        (say("Made"), _moment(proof.created, say)),
        (say("Signed by"), signer),
        (say("Signed at"), say("{moment}, as the signer's clock said", moment=_moment(proof.signed_at, say))),
        (say("Approved by"), proof.approved_by),
        (say("Fingerprint"), proof.fingerprint),
        (say("Certificate no."), f"{proof.signer_serial:x}"),
        (say("Size"), say.size(proof.size)),
    ]
    if proof.sealed_digest is not None:
        rows.append((say("Sealed file, SHA-256"), grouped(proof.sealed_digest)))
    return tuple((name, value) for name, value in rows if value)


def _answers(found: Found, say: Catalogue) -> tuple[Answer, ...]:
    def answer(name: str, known: bool | None, yes: str, no: str, *, good: bool = True) -> Answer:
        if known is None:
            return Answer(name=name, text=say("could not be told"), is_good=None)
        return Answer(name=name, text=yes if known else no, is_good=known is good)

    return (
        answer(say("Content"), found.is_intact, say("unchanged"), say("changed")),
        answer(say("Signature"), found.is_valid, say("valid"), say("not valid")),
        answer(say("Signer"), found.is_trusted, say("trusted"), say("not trusted")),
        answer(say("Revoked certificate"), found.is_revoked, say("yes"), say("no"), good=False),
    )


def _judged(found: Found, say: Catalogue) -> str:
    moment = _moment(found.looked_at, say)
    if found.root_fingerprint is None:
        return say("Judged by {moment}, without knowing UD's root certificate.", moment=moment)
    return say("Judged by {moment} and UD's root certificate {digits}.", moment=moment, digits=found.root_fingerprint)


def _steps(proof: Proof, say: Catalogue) -> tuple[Step, ...]:
    came, is_sealed = shlex.quote(proof.file_name), proof.sealed_digest is not None
    name = shlex.quote(f"{proof.file_name.removesuffix('.cms').removesuffix('.asice')}.asice") if is_sealed else came
    at = int(proof.signed_at.timestamp())
    opening = (
        Step(
            text=say("Open the seal, on the desk that it is sealed for:"),
            command=f"wpsdesk open {came} {name}",
        ),
    )
    return (
        *(opening if is_sealed else ()),
        Step(text=say("The hash must be the one above:"), command=f"openssl dgst -sha256 {name}"),
        Step(text=say("Unpack into an empty folder, and go there:"), command=f"unzip {name} -d check && cd check"),
        Step(
            text=say("The signature must hold (trust.pem: UD's root, chain and revocation lists):"),
            command="openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s"
            " -content META-INF/ASiCManifest001.xml -CAfile trust.pem -no-CApath -no-CAstore -crl_check_all"
            f" -attime {at} -out /dev/null",
        ),
        Step(
            text=say("Each file's hash must be the one in the list above, and in the manifest (there in base64):"),
            command="openssl dgst -sha256 *.json" + (" evidence/*" if len(proof.files) > len(DOCUMENTS) else ""),
        ),
    )


def _moment(moment: datetime, say: Catalogue) -> str:
    """In UTC, so that the same sheet comes out on every machine."""
    return say("{day} at {clock} UTC", day=day_of(say, moment), clock=say.hour(moment.astimezone(UTC)))


def grouped(digest: str) -> str:
    """64 digits in eight groups, for eyes."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
