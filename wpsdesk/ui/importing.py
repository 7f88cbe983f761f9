"""Gives Python its own way of importing back, in whose place Qt's binding puts one that reads every module's source.

The binding looks in the source of whatever is imported after it for its own name, for the sake of an option that
spells its methods otherwise and that is not used here. All those sources then lie in memory: 7 MB of text for an open
desk, and a tenth of a second on the way to it. A frozen program has no sources, and does without them as well.
"""

from __future__ import annotations

import builtins
from typing import Final

from wpsdesk.base.unread import left_unread

_NAMED: Final = ("base64", "tempfile", "textwrap", "traceback", "zipfile")
"""What the binding imports for what :mod:`wpsdesk.ui.signatures` leaves unread, or for the sake of packers."""


def make_plain() -> None:
    """Put Python's own import back, where the binding has kept it; nothing where it has not."""
    with left_unread(*_NAMED):
        import shiboken6  # noqa: F401 - it is the one that puts its own in place

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
