"""What is told of an archive that has been taken in."""

from __future__ import annotations

from wpsdesk.i18n import Catalogue


def not_in_it(say: Catalogue) -> str:
    """What no archive holds, and what that means for a desk that has other keys than the one that wrote it."""
    return say(
        "Keys, passphrases and drafts are in no archive. This desk keeps its own root: before units can send to it, "
        "they must load its call and be approved anew."
    )
