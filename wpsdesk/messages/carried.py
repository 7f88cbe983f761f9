"""What a file was found to carry, in words: the moments in it as dates, however its format writes them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from wpsdesk.evidence.model import Finding, FindingKind
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.saying import shown

_PARTS: Final = r"(?P<month>0[1-9]|1[0-2]){s}(?P<day>[0-3][0-9])"
_CLOCK: Final = r"(?P<hour>[0-2][0-9]):?(?P<minute>[0-5][0-9])(?::?(?P<second>[0-5][0-9])(?:\.[0-9]+)?)?"
_ZONE: Final = r"(?:Z|[+-][0-9]{2}[:']?(?:[0-9]{2})?'?)?"

_PDF: Final = re.compile(rf"D:(?P<year>[0-9]{{4}}){_PARTS.format(s='')}(?:{_CLOCK}{_ZONE})?")
_OTHERS: Final = re.compile(
    rf"(?P<year>[0-9]{{4}})(?P<sign>[-:]){_PARTS.format(s='(?P=sign)')}(?:[T ]{_CLOCK}{_ZONE})?"
)
"""ISO 8601 as in office documents and XMP; EXIF has colons in the date too."""


def finding_value(finding: Finding, say: Catalogue, *, at_most: int) -> str:
    """The value as it is shown: ``CreationDate: 3. mai 2026 14.05``; what cannot be read as a moment stays as it is."""
    value = finding.value
    if finding.kind is FindingKind.TIME:
        for form in (_PDF, _OTHERS):
            value = form.sub(lambda match: _in_words(match, say), value)
    return shown(value, at_most=at_most)


def _in_words(match: re.Match[str], say: Catalogue) -> str:
    """The moment as the file has it, in whatever zone that was."""
    parts = {name: int(text) for name, text in match.groupdict().items() if text is not None and name != "sign"}
    try:
        moment = datetime(**{"hour": 0, **parts})  # type: ignore[arg-type]  # noqa: DTZ001 - the file's own zone
    except ValueError:
        return match.group()
    if "hour" not in parts:
        return say.date(moment.date())
    return f"{say.date(moment.date())} {say.hour(moment)}"
