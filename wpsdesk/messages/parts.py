"""What is said of a set of parts: whole, can be made whole, or what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.bundle.examining_parts import SetInFolder


def whole_or_not(one: SetInFolder, say: Catalogue) -> str:
    """One sentence for a set: all there, or what is missing and whether that matters."""
    short, count = one.set_id[:12], one.index.count
    if not one.missing:
        return say.plural(
            "Set {set} is whole: {n} part of {n} lies in {folder}.",
            "Set {set} is whole: {n} parts of {n} lie in {folder}.",
            count, set=short, folder=one.folder,
        )  # fmt: skip
    missing = ", ".join(map(str, one.missing))
    if one.can_be_whole:
        return say(
            "Set {set} can be made whole: part {missing} is not in {folder}, and the spare part stands in for it.",
            set=short, missing=missing, folder=one.folder,
        )  # fmt: skip
    return say.plural(
        "Set {set} is not whole in {folder}. {n} part is missing: {missing}.",
        "Set {set} is not whole in {folder}. {n} parts are missing: {missing}.",
        len(one.missing), set=short, missing=missing, folder=one.folder,
    )  # fmt: skip
