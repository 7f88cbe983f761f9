"""Repairing a desk: what can still be read of it goes into a new store, and what cannot is told."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from wpsdesk.base.clock import Clock
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Unit
from wpsdesk.store.identity import Identity, read_identity, write_identity
from wpsdesk.store.journal import note
from wpsdesk.store.opening import open_store
from wpsdesk.store.repairing import Repaired, repair_store


def repair(
    damaged: Path,
    to: Path,
    words: str,
    passphrase: str,
    *,
    clock: Clock,
    unit: Unit | None = None,
    progress: Progress = unwatched,
) -> Repaired:
    """Make a new desk at ``to`` of what can be read of the store, or the backup, at ``damaged``, which stays as it is.

    ``words`` open the damaged one (its passphrase or recovery code), ``passphrase`` the new one. ``unit`` says whose
    desk it is, where the damaged one no longer does. Raises WeakPassphrase, and what
    :func:`~wpsdesk.store.repairing.repair_store` raises; NotAStore at the next opening where nobody knows whose it is.
    """
    check_passphrase(passphrase)
    done = repair_store(damaged, to, words, passphrase, progress=progress)
    with closing(open_store(to, passphrase)) as store, store.write() as tx:
        identity, now = read_identity(tx), clock()
        if identity is None and unit is not None:
            # Never the authority: a desk that has lost its name has lost the papers of an authority too.
            write_identity(
                tx, Identity(unit=unit, is_authority=False, edition=load_plan().edition, language="nb", created=now)
            )
        lost = {f"{each.what}-{number}": each.name or str(each.places) for number, each in enumerate(done.lost, 1)}
        note(tx, "desk-repaired", who="" if identity is None else identity.unit.code, now=now, details=lost)
    return done
