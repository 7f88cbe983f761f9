"""Where an answer's words come from beside its own unit: the reports to it, out of which something was taken over."""

from __future__ import annotations

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.report.model import Entry
from wpsdesk.ui.authority.reading import Reading


def write_sources(text: Reading, entry: Entry, say: Catalogue) -> None:
    """Out of whose reports to the unit something was taken over."""
    if entry.taken:
        text.add(say("Taken over from other reports"), "strong", space=10)
    for each in entry.taken:
        fields = say.listing(messages.field_name(name, say) for name in each.fields)
        text.add(f"{each.unit} · {fields} · SHA-256 {each.digest[:12]}")
