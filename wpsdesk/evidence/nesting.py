"""Pictures and documents inside a document: stripped as they would be alone."""

from __future__ import annotations

from collections.abc import Callable

from wpsdesk.evidence.model import Damaged, Finding, FindingKind, Stripped, found

Inside = Callable[[bytes], Stripped | None]
"""What strips a file inside another; None for what is not looked into."""


def without_inner(data: bytes, name: str, inside: Inside, removed: list[Finding], remains: list[Finding]) -> bytes:
    """A part that is a file of its own, stripped; what was found is added, with the part's name before its place."""
    try:
        made = inside(data)
    except Damaged:
        remains.append(found(FindingKind.UNREADABLE, name))
        return data
    if made is None:
        return data
    removed.extend(found(f.kind, f"{name}: {f.where}", f.value) for f in made.removed)
    remains.extend(found(f.kind, f"{name}: {f.where}", f.value) for f in made.remains)
    return made.data
