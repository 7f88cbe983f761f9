"""What each paragraph of offentleglova protects, in plain words, for whoever must choose one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.report.model import LegalBasis

EXPLANATIONS: Final[Mapping[LegalBasis, str]] = {
    LegalBasis.P13: N_(
        "Information that the law binds you to keep secret, such as a person's private affairs or a business's "
        "secrets. It must not be given out."
    ),
    LegalBasis.P14: N_(
        "Documents that a body has made for its own preparation only. A report to the Ministry of Foreign Affairs is "
        "sent to another body, and is as a rule not such a document."
    ),
    LegalBasis.P15: N_(
        "Advice and assessments obtained from a subordinate or another body for one's own preparation. It covers the "
        "assessments, not the facts, and only where it is necessary."
    ),
    LegalBasis.P20: N_(
        "Regard for Norway's foreign-policy interests: agreed secrecy, information received on that condition, or "
        "talks that could be harmed. Say what the harm would be."
    ),
    LegalBasis.P21: N_(
        "Regard for national defence and security interests. Graded information does not belong here at all: give "
        "only the reference of a graded annex."
    ),
    LegalBasis.P23: N_(
        "Regard for the public sector's own position in negotiations, grants or purchases, for as long as that lasts."
    ),
    LegalBasis.P24_3: N_(
        "Information that could put a person in danger, or ease a crime. This is the one for a human rights defender "
        "or a source who could be recognised."
    ),
    LegalBasis.OTHER: N_("Another rule of law. Write which one, with its paragraph."),
}


def explanation(basis: LegalBasis, say: Catalogue) -> str:
    """What the paragraph protects and when it fits."""
    return say(EXPLANATIONS[basis])
