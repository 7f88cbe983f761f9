"""Recovery: every sealed file opens with the recovery key too, which lies in a file of its own, away from the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from wpsdesk.base.files import new_file, read_file, write_file
from wpsdesk.base.ids import Digest, UnitCode
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.desk.errors import NotSealed, RecoveryKeptApart
from wpsdesk.desk.model import CERTIFICATES, OWN, UNIT_KEYS, Desk, certificates_of, unit_keys
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.store.journal import note
from wpsdesk.store.vault import put_secret
from wpsdesk.trust.enrolment import recovery_proof
from wpsdesk.trust.keptapart import LIMIT, KeptFor, KeptKey, kept_key_bytes, kept_key_from


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryKey:
    """A recovery key that has been written to a file of its own."""

    path: Path
    unit: UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A sealed file that has been opened with the recovery key alone."""

    path: Path
    unit: UnitCode  # whose recovery key it was
    digest: Digest  # of the signed container
    size: int


def keep_recovery_apart(desk: Desk, out: Path, passphrase: str) -> RecoveryKey:
    """Write the desk's recovery key to a file of its own, see that it opens, and take it out of the store.

    What the key has proven of itself stays, so that its certificate can be renewed without it. Copies of the store
    that were made before still hold the key.
    Raises RecoveryKeptApart (it is apart already), WeakPassphrase, and what writing a file raises.
    """
    check_passphrase(passphrase)
    unit = desk.unit
    with desk.store.write() as tx:
        keys, own = unit_keys(tx), certificates_of(tx, CERTIFICATES, OWN)
        if keys.recovery is None:
            raise RecoveryKeptApart
        certificate = None if own is None else own.recovery
        kept = KeptKey(purpose=KeptFor.RECOVERY, unit=unit.code, certificate=certificate, key=keys.recovery)
        write_file(out, kept_key_bytes(kept, passphrase))
        found = kept_key_from(read_file(out, limit=LIMIT), passphrase, KeptFor.RECOVERY)
        assert found.key.public == keys.recovery.public, "what was read is what was written"
        proof = recovery_proof(unit.code, unit.names.nb, keys)
        put_secret(tx, UNIT_KEYS, replace(keys, recovery=None, proof=proof).to_bytes())
        note(tx, "recovery-key-kept-apart", who=unit.code, now=desk.clock())
    return RecoveryKey(path=out, unit=unit.code)


def is_recovery_apart(desk: Desk) -> bool:
    """Whether the recovery key has been moved to a file of its own."""
    with desk.store.read() as tx:
        return unit_keys(tx).recovery is None


def recover(key_file: Path, passphrase: str, bundle: Path, out: Path, *, progress: Progress = unwatched) -> Recovered:
    """Open a sealed file with a recovery key and nothing else, and write the signed container that is inside.

    No desk is needed. Whether its signer is to be believed is for ``verify`` to say.
    Raises NotSealed, BadKeyFile, WrongKeyPassphrase, NotForThisDesk (sealed to another recovery key), Altered,
    Truncated and the like; FileExistsAlready, DiskFull, Cancelled.
    """
    kept = kept_key_from(read_file(key_file, limit=LIMIT), passphrase, KeptFor.RECOVERY)
    # The certificate may have been renewed since the key was written: the key itself is tried on every recipient.
    with sealed_bundle(bundle) as sealed:
        if not sealed.is_sealed:
            raise NotSealed(path=bundle)
        opened = open_bundle(sealed, (OpeningKey(key=kept.key, certificate=None),), progress=progress)
        with new_file(out) as stream:
            for chunk in opened.container():
                stream.write(chunk)
        return Recovered(path=out, unit=kept.unit, digest=opened.digest, size=opened.container_size)
