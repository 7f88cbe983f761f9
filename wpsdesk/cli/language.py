"""Which language to speak, before anything heavier is read in."""

from __future__ import annotations

from collections.abc import Sequence

from wpsdesk import assets
from wpsdesk.settings import Language, load_settings


def language_of(arguments: Sequence[str]) -> Language:
    """The language to speak: ``--lang`` before or after the command, else the settings'.

    After ``compile`` the option is the report's language, not the speaker's.
    """
    for position, argument in enumerate(arguments):
        if argument == "compile":
            break
        following = arguments[position + 1] if argument == "--lang" and position + 1 < len(arguments) else ""
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else following
        if asked in assets.languages():
            return asked
    return load_settings().language
