"""What UD has chosen between two reports of a unit, as the unit is told of it."""

from __future__ import annotations

from wpsdesk.i18n import Catalogue
from wpsdesk.messages.saying import shown
from wpsdesk.report.reply import Chosen


def chosen_words(each: Chosen, say: Catalogue) -> str:
    """``Commitment 10 stands as in report no. 2 (9f31ab04).``: two reports may bear one number, never one digest."""
    number = str(each.key.commitment) if each.key.country is None else f"{each.key.commitment} ({each.key.country})"
    named = [
        say("report no. {seq} ({digest})", seq=seq, digest=digest[:8])
        for seq, digest in zip(each.seqs, each.sources, strict=True)
    ]
    told = say(
        "Two of your reports differed. Commitment {n} stands as in {reports}.", n=number, reports=say.listing(named)
    )
    return told if not each.note else f"{told} {say('UD writes: {reason}', reason=shown(each.note))}"
