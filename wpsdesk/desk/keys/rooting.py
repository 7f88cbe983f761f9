"""UD's root and issuing keys: the root's kept in a file of its own, the issuing key replaced.

The root's key signs only two things: a new issuing authority, and the root's own revocation list. While it lies in
the store both are done without asking; once it lies in a file of its own, that file and its passphrase are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wpsdesk.base.files import read_file, write_file
from wpsdesk.desk.errors import RootKeptApart
from wpsdesk.desk.keys.authority import all_revoked, certify_own, fresh_trust, next_number, put_revoked
from wpsdesk.desk.model import AUTHORITY, AUTHORITY_KEYS, Desk, authority_of, require_authority, require_trust
from wpsdesk.desk.safety.passphrases import check_passphrase
from wpsdesk.store.journal import note
from wpsdesk.store.transaction import Tx
from wpsdesk.store.vault import put_secret
from wpsdesk.trust.authority import Authority, Reason, root_list, with_new_issuer
from wpsdesk.trust.errors import BadKeyFile, RootOffline
from wpsdesk.trust.keptapart import LIMIT, KeptFor, KeptKey, kept_key_bytes, kept_key_from
from wpsdesk.trust.keys import PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A file that holds a key, and the words that it lies under."""

    path: Path
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootFacts:
    """How it stands with UD's own keys."""

    fingerprint: str  # the root's digits
    is_offline: bool
    root_ends: datetime
    root_list_ends: datetime
    lists_made: datetime  # the oldest list of the issuing keys in use
    lists_end: datetime  # the first of all lists to end
    issuing_name: str
    issuing_ends: datetime
    issuers: int  # how many there have been


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A new issuing authority."""

    name: str
    not_after: datetime
    is_old_revoked: bool


def root_facts(desk: Desk) -> RootFacts:
    """How it stands with UD's own keys. Raises OnlyTheAuthority."""
    require_authority(desk)
    with desk.store.read() as tx:
        authority = authority_of(tx)
        lists = require_trust(tx).lists
        own = next(each for each in lists if each.is_by(authority.root))
        others = [each for each in lists if each is not own] or [own]
    return RootFacts(
        fingerprint=authority.root.fingerprint,
        is_offline=authority.root_key is None,
        root_ends=authority.root.not_after,
        root_list_ends=own.next_update,
        lists_made=min(each.this_update for each in others),
        lists_end=min(each.next_update for each in lists),
        issuing_name=authority.issuing.name,
        issuing_ends=authority.issuing.not_after,
        issuers=len(authority.issuers),
    )


def keep_root_apart(desk: Desk, out: Path, passphrase: str) -> RootFacts:
    """Write the root's key to a file of its own, see that it opens, and take it out of the store.

    Its revocation list is made anew, and lasts five years. Copies of the store that were made before still hold the
    key: they are for a person to destroy.
    Raises OnlyTheAuthority, RootKeptApart (it is apart already), WeakPassphrase, and what writing a file raises.
    """
    require_authority(desk)
    check_passphrase(passphrase)
    now = desk.clock()
    with desk.store.write() as tx:
        authority = authority_of(tx)
        if authority.root_key is None:
            raise RootKeptApart
        key = authority.root_key
        kept = KeptKey(purpose=KeptFor.ROOT, unit=AUTHORITY, certificate=authority.root, key=key)
        write_file(out, kept_key_bytes(kept, passphrase))
        found = kept_key_from(read_file(out, limit=LIMIT), passphrase, KeptFor.ROOT)
        assert found.key.public == key.public, "what was read is what was written"
        last = root_list(authority, key, all_revoked(tx), next_number(tx, "revocation-list"), now)
        _put(tx, replace(authority, root_key=None, root_list=last))
        fresh_trust(tx, now)
        note(tx, "root-kept-apart", who=desk.unit.code, now=now)
    return root_facts(desk)


def renew_root_list(desk: Desk, root: KeyFile | None = None) -> RootFacts:
    """Make the root's revocation list anew. Raises OnlyTheAuthority, RootOffline, BadKeyFile, WrongKeyPassphrase."""
    require_authority(desk)
    with desk.store.write() as tx:
        authority = authority_of(tx)
        _with_root_list(tx, authority, _root_key(authority, root), desk.clock())
        fresh_trust(tx, desk.clock())
        note(tx, "root-list-renewed", who=desk.unit.code, now=desk.clock())
    return root_facts(desk)


def renew_lists(desk: Desk) -> RootFacts:
    """Make the revocation lists of today; the root's own stays as it is where its key is kept apart.

    Raises OnlyTheAuthority.
    """
    require_authority(desk)
    with desk.store.write() as tx:
        fresh_trust(tx, desk.clock())
        note(tx, "lists-renewed", who=desk.unit.code, now=desk.clock())
    return root_facts(desk)


def replace_issuer(desk: Desk, root: KeyFile | None = None, *, reason: Reason | None = None) -> Replaced:
    """Make a new issuing authority; what the old one has issued stays good to its end.

    With a ``reason`` the old one is revoked, and with it everything that it has issued: then every unit needs a new
    certificate. UD's own certificates come from the new one at once. ``root`` where the root's key is kept apart.
    Raises OnlyTheAuthority, RootOffline, BadKeyFile, WrongKeyPassphrase, AuthorityExpired.
    """
    require_authority(desk)
    now = desk.clock()
    with desk.store.write() as tx:
        before = authority_of(tx)
        key = _root_key(before, root)
        authority = with_new_issuer(before, key, now)
        _put(tx, authority)
        if reason is not None:
            put_revoked(tx, (before.issuing,), now, reason)
        if authority.root_key is None:
            authority = _with_root_list(tx, authority, key, now)
        certify_own(tx, authority, desk.unit, now)
        fresh_trust(tx, now)
        told = {"reason": reason or "", "name": authority.issuing.name}
        note(tx, "issuer-replaced", who=desk.unit.code, now=now, details=told)
    return Replaced(
        name=authority.issuing.name, not_after=authority.issuing.not_after, is_old_revoked=reason is not None
    )


def _root_key(authority: Authority, root: KeyFile | None) -> PrivateKey:
    """The root's key, from the store or from the file. Raises RootOffline, BadKeyFile, WrongKeyPassphrase."""
    if authority.root_key is not None:
        return authority.root_key
    if root is None:
        raise RootOffline
    kept = kept_key_from(read_file(root.path, limit=LIMIT), root.passphrase, KeptFor.ROOT)
    if kept.key.public != authority.root.public:
        raise BadKeyFile(problem="not-of-this-certificate")
    return kept.key


def _with_root_list(tx: Tx, authority: Authority, key: PrivateKey, now: datetime) -> Authority:
    """The same with a list of today from the root, where that cannot be made at any time."""
    if authority.root_key is not None:
        return authority
    last = root_list(authority, key, all_revoked(tx), next_number(tx, "revocation-list"), now)
    found = replace(authority, root_list=last)
    _put(tx, found)
    return found


def _put(tx: Tx, authority: Authority) -> None:
    put_secret(tx, AUTHORITY_KEYS, authority.to_bytes())
