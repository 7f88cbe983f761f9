"""What is said of the languages of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.compilation.languages import Shares


def shares_sentence(shares: Shares, say: Catalogue) -> str:
    """How much of the report is in which language, and what the Language Act asks for."""
    counts = dict(shares.words)
    told = say(
        "Of the Norwegian words, {bokmaal} are bokmål and {nynorsk} nynorsk; {english} of all words are English.",
        bokmaal=say.percent(counts["nb"], shares.norwegian),
        nynorsk=say.percent(counts["nn"], shares.norwegian),
        english=say.percent(counts["en"], shares.whole),
    )
    if not shares.too_little:
        return told
    rule = say("The Language Act, section 13, asks for at least 25 % of each over time, in all that is published.")
    return f"{told} {rule}"
