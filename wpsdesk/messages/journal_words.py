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
    "desk-repaired": N_("The desk was made anew of what could be read"),
    "call-made": N_("Call for reports made"),
    "call-loaded": N_("Call for reports loaded"),
    "questions-prepared": N_("UD's questions prepared"),
    "units-listed": N_("List of units taken in"),
    "countries-listed": N_("List of focus countries taken in"),
    "certificate-issued": N_("Certificate issued"),
    "certificate-revoked": N_("Certificate revoked"),
    "root-compared": N_("UD's fingerprint compared"),
    "certificate-requested": N_("Certificate asked for"),
    "certificate-loaded": N_("Certificate loaded"),
    "person-requested": N_("Personal certificate asked for"),
    "person-passphrase-changed": N_("Passphrase of a person's key changed"),
    "person-removed": N_("Person taken off the desk"),
    "recovery-key-kept-apart": N_("The recovery key was laid in a file apart"),
    "received": N_("Report received"),
    "applied": N_("Report with changes counts, now that its base has come"),
    "put-aside": N_("Decision put aside, for the answer is another now"),
    "part-received": N_("Part of a report received"),
    "part-mended": N_("Missing part made from the others"),
    "set-finished": N_("All parts of a report received"),
    "set-forgotten": N_("Parts of a report thrown away"),
    "set-aside": N_("Report from an unknown signer set aside"),
    "set-aside-dropped": N_("Report that was set aside thrown away"),
    "replied": N_("Receipt written"),
    "given-back": N_("Report given back to its unit"),
    "accepted": N_("Answer accepted"),
    "returned": N_("Answer returned"),
    "withdrawn": N_("Decision undone"),
    "chosen": N_("Choice made between two reports"),
    "choice-undone": N_("Choice between two reports undone"),
    "choice-carried": N_("Choice between two reports kept with the changes that came"),
    "extended": N_("More time given"),
    "meeting-held": N_("Meeting listed"),
    "meeting-changed": N_("Meeting changed"),
    "meeting-removed": N_("Meeting removed"),
    "point-raised": N_("Point from a meeting listed"),
    "point-followed": N_("Point from a meeting followed up"),
    "point-removed": N_("Point from a meeting removed"),
    "reason-changed": N_("A standard reason changed"),
    "reason-added": N_("Standard reason added"),
    "reason-removed": N_("Standard reason removed"),
    "noted": N_("Internal note written"),
    "reminded": N_("Reminder written"),
    "compiled": N_("Annual report compiled"),
    "frame-written": N_("Text for the annual report written"),
    "text-edited": N_("Answer edited for publication"),
    "edit-confirmed": N_("Edited answer confirmed after a correction"),
    "edit-cleared": N_("Edited answer cleared for the public"),
    "answer-left-out": N_("Answer left out of the annual report"),
    "answer-told-with": N_("Answer told together with another"),
    "answer-put-back": N_("Answer put back in its own place"),
    "translated": N_("Answer translated"),
    "editing-undone": N_("Step in the editing undone"),
    "editing-loaded": N_("Edited texts taken in from a file"),
    "released": N_("Annual report released"),
    "statistics-loaded": N_("Aid statistics taken in"),
    "statistics-removed": N_("Aid statistics removed"),
    "agreement-joined": N_("Agreement put under commitments"),
    "archived": N_("Bundles of the year archived"),
    "archive-loaded": N_("Archive of a year taken in"),
    "attached": N_("File attached"),
    "detached": N_("File taken off an answer"),
    "version-restored": N_("Earlier version brought back"),
    "pseudonyms": N_("List of pseudonyms changed"),
    "names-replaced": N_("Names replaced by pseudonyms"),
    "names-taken-back": N_("Names put back for pseudonyms"),
    "report-moved": N_("Report marked ready, or opened again"),
    "preview-written": N_("Preview of the report written"),
    "exported": N_("Report sent"),
    "taken-over": N_("Answer of a unit that reports here taken over"),
    "source-dropped": N_("Source taken off an answer"),
    "named": N_("May be named in public"),
    "unnamed": N_("Not to be named in public"),
    "cut": N_("Report divided in parts"),
    "resent": N_("Parts of a report sent once more"),
    "handed-over": N_("Drafts handed over to another desk"),
    "handover-loaded": N_("Drafts taken over from another desk"),
    "handover-settled": N_("Choice made between two drafts"),
    "handover-reopened": N_("Choice between two drafts undone"),
    "filled": N_("Answers taken in from a file"),
    "reply-loaded": N_("Reply from UD loaded"),
    "backups-kept": N_("Number of daily backups changed"),
    "folder-watched": N_("A folder is watched"),
    "folder-left": N_("The folder is no longer watched"),
    "backed-up": N_("Backup written"),
    "restored": N_("Desk restored from a backup"),
    "nothing-sent-since": N_("Said that nothing was sent since the backup"),
    "moved": N_("Desk moved"),
    "let-in": N_("Key file made for another officer"),
    "others-shut-out": N_("New key for the shared desk; the other officers were shut out"),
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


OF_ANSWERS: Final = frozenset({"accepted", "returned", "withdrawn", "put-aside", "noted"})
OF_REPORTS: Final = frozenset({"received", "applied", "replied", "given-back", "set-aside", "chosen", "choice-carried"})
OF_POINTS: Final = frozenset({"point-raised", "point-followed", "point-removed"})


def about(line: Line, say: Catalogue) -> str:
    """What the line is about: the parts of it in words."""
    parts = line.about.split("/")
    if line.what == "compiled" and len(parts) == 3:
        year, edition, language = parts
        named = [language_name(code, say) for code in LANGUAGES if code == language]
        parts = [year, *(word(e, say) for e in Edition if e == edition), *named]
    elif line.what in OF_ANSWERS and len(parts) >= 3:
        parts[2] = say("commitment {n}", n=parts[2])
    elif line.what in OF_REPORTS and len(parts) == 3:
        parts[2] = say("no. {n}", n=parts[2])
    elif line.what in OF_POINTS and len(parts) >= 3:
        year, meeting, point = parts[-3:]
        parts = [*parts[:-3], say("meeting {year}/{n}", year=year, n=meeting), say("point {n}", n=point)]
    elif line.what.startswith("meeting-") and len(parts) == 2:
        parts = [say("meeting {year}/{n}", year=parts[0], n=parts[1])]
    return " · ".join(parts)
