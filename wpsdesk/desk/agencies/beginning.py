"""Whether a ministry or Norad has begun to ask others, and beginning it: from then on it vouches for them itself."""

from __future__ import annotations

from wpsdesk.desk.keys.authority import begin
from wpsdesk.desk.model import AUTHORITY_KEYS, Desk, gathering, may_gather, require_trust
from wpsdesk.store.vault import secret


def has_begun(desk: Desk) -> bool:
    """Whether this desk has an issuing authority for agencies or organisations of its own; never UD's."""
    if not may_gather(desk):
        return False
    with gathering(desk).store.read() as tx:
        return secret(tx, AUTHORITY_KEYS) is not None


def sides_of(desk: Desk) -> tuple[Desk, ...]:
    """The desk, and where its unit has asked others itself the side to which their reports come."""
    return (desk,) if desk.gathers or not has_begun(desk) else (desk, gathering(desk))


def begin_gathering(desk: Desk) -> str:
    """Make the issuing authority for the unit's own agencies or organisations, if it is not there.

    Returns the digits that each of them compares with this desk over the telephone, once. Raises OnlyTheAuthority on
    UD's desk's or any other unit's behalf: only a ministry and Norad gather so.
    """
    side = gathering(desk)
    with side.store.write() as tx:
        if side.is_gathering:
            begin(tx, side.unit, side.clock())
        return require_trust(tx).root_fingerprint
