"""Whose desk a file is for, as far as its outside tells, before any desk is open.

A mark is a short digest of what stands on the outside of a bundle: the number of a certificate that it is sealed to,
or, where it is not sealed, whom it names. A desk has the marks of what it can take. They name nobody, and so may be
kept with the settings; that two of them are the same is a reason to try a desk first, and never a reason to trust.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from wpsdesk.base.clock import system_now
from wpsdesk.base.errors import WpsError
from wpsdesk.bundle.examining import examine
from wpsdesk.bundle.model import Header, Kind
from wpsdesk.bundle.opening import sealed_bundle
from wpsdesk.bundle.signing import issuer_and_serial
from wpsdesk.desk.model import Desk, opening_keys, reports_to
from wpsdesk.plan.loading import load_plan

MOST: Final = 24
"""Marks that one desk has at most: its latest certificates' come first."""

_SEALED, _TO, _CALL = b"sealed", b"to", b"call"


def marks_of(path: Path) -> frozenset[str]:
    """The marks of a file; none where it is no whole bundle, or cannot be read: whoever opens it says why."""
    try:
        with sealed_bundle(path) as found:
            if found.seal is not None:
                return frozenset(_mark(_SEALED, one.issuer_and_serial) for one in found.seal.recipients)
        header = examine(path, (), None, load_plan(), system_now()).header
    except WpsError:
        return frozenset()
    return frozenset() if header is None else frozenset({_named_in(header)})


def _named_in(header: Header) -> str:
    """A call is for all who report to whoever makes it; anything else names its receiver."""
    return _mark(_CALL, header.unit.encode()) if header.kind is Kind.CALL else _mark(_TO, header.to.encode())


def marks_for(desk: Desk) -> tuple[str, ...]:
    """The marks by which a file for this desk is known."""
    with desk.store.read() as tx:
        certificates = [each.certificate for each in opening_keys(tx) if each.certificate is not None]
        caller = None if desk.is_authority else reports_to(tx)
    named = [_mark(_TO, desk.unit.code.encode())]
    if caller is not None:
        named.append(_mark(_CALL, caller.encode()))
    sealed = [_mark(_SEALED, issuer_and_serial(each)) for each in certificates]
    return tuple(dict.fromkeys((*named, *sealed)))[:MOST]


def _mark(kind: bytes, named: bytes) -> str:
    return sha256(kind + b"\0" + named).hexdigest()[:16]
