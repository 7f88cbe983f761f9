"""What the lines of the journal say in words, and what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.compilation.sources import Edition
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.words import language_name, word
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.store.journal import Line

DONE: Final[Mapping[str, str]] = {
    "desk-created": N_("The desk was made"),
    "store-created": N_("The store was made"),
    "call-made": N_("Call for reports made"),
    "call-loaded": N_("Call for reports loaded"),
    "units-listed": N_("List of units taken in"),
    "countries-listed": N_("List of focus countries taken in"),
    "certificate-issued": N_("Certificate issued"),
    "certificate-revoked": N_("Certificate revoked"),
    "received": N_("Report received"),
    "part-received": N_("Part of a report received"),
    "set-aside": N_("Report from an unknown signer set aside"),
    "set-aside-dropped": N_("Report that was set aside thrown away"),
    "replied": N_("Receipt written"),
    "accepted": N_("Answer accepted"),
    "returned": N_("Answer returned"),
    "withdrawn": N_("Decision undone"),
    "chosen": N_("Choice made between two reports"),
    "choice-undone": N_("Choice between two reports undone"),
    "choice-carried": N_("Choice between two reports kept with the changes that came"),
    "extended": N_("More time given"),
    "reason-added": N_("Standard reason added"),
    "reason-removed": N_("Standard reason removed"),
    "noted": N_("Internal note written"),
    "reminded": N_("Reminder written"),
    "compiled": N_("Annual report compiled"),
    "archived": N_("Bundles of the year archived"),
    "exported": N_("Report sent"),
    "filled": N_("Answers taken in from a file"),
    "reply-loaded": N_("Reply from UD loaded"),
    "backed-up": N_("Backup written"),
    "restored": N_("Desk restored from a backup"),
    "passphrase-changed": N_("Passphrase changed"),
    "recovery-code-renewed": N_("New recovery code made"),
    "store-key-renewed": N_("The store was encrypted anew"),
    "lists-renewed": N_("Lists of revoked certificates renewed"),
    "root-kept-apart": N_("The root's key was laid in a file apart"),
    "root-list-renewed": N_("The root's list of revoked keys renewed"),
    "issuer-replaced": N_("New issuing key made"),
}
"""What a line says; one of a later version of the program shows its own word."""


def done(what: str, say: Catalogue) -> str:
    """What was done, in words."""
    known = DONE.get(what)
    return say(known) if known else what


def about(line: Line, say: Catalogue) -> str:
    """What the line is about: the parts of it in words."""
    parts = line.about.split("/")
    if line.what == "compiled" and len(parts) == 3:
        year, edition, language = parts
        named = [language_name(code, say) for code in LANGUAGES if code == language]
        parts = [year, *(word(e, say) for e in Edition if e == edition), *named]
    return " · ".join(parts)
