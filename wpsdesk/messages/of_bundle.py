"""Sentences for bundles that are refused, in the order of the checks, and for those that cannot be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.bundle.errors import (
    Altered,
    AttachmentChanged,
    Bomb,
    BundleRefused,
    BundleTooLarge,
    ContentMalformed,
    ContentsDiffer,
    DeskOfAnotherPlan,
    EntryRefused,
    ManifestMalformed,
    NewerBundle,
    NewerReport,
    NotABundle,
    NotForThisDesk,
    NotTheAuthority,
    OtherPlan,
    PartDamaged,
    PartMalformed,
    PartSizeRefused,
    SealMalformed,
    SealUnknown,
    SignatureMalformed,
    TooManyAttachments,
    Truncated,
    WrongUnit,
    ZipMalformed,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages import forms
from wpsdesk.messages.forms import Forms, form_word
from wpsdesk.messages.of_base import place_in_document, problem_in_document
from wpsdesk.messages.saying import (
    NOTHING_STORED,
    NOTHING_WRITTEN,
    Places,
    Row,
    row,
    shown,
)

# What these ask of a person is the same for every fault of form: it cannot be mended where it was received.
SEND_AGAIN: Final = N_("Ask the sender to export it once more with WPS Desk and send it again.")
GET_NEWER: Final = N_("Get the newest version of WPS Desk and import the file again.")
FETCH_AGAIN: Final = N_("Fetch or copy the file again. If that does not help, ask the sender to send it again.")
BE_WARY: Final = N_("Do not use it. Call the sender, tell them what happened, and ask them to send it another way.")

ALTERED: Final[Mapping[str, str]] = {
    "seal": N_("the seal has been broken"),
    "key": N_("the sealed key has been changed"),
    "data": N_("a file inside has been damaged or changed"),
    "file": N_("a file inside has been changed"),
    "manifest": N_("the list of contents has been changed"),
    "signature": N_("the signature does not fit the contents"),
    "container": N_("the file changed while it was being read"),
}

NOT_CANONICAL: Final = N_("it is not written in its one canonical form")


def _too_large(error: BundleTooLarge, say: Catalogue) -> Places:
    return {"size": say.size(error.size), "limit": say.size(error.limit)}


def _form(
    error: SealMalformed | SealUnknown | ZipMalformed | SignatureMalformed | ManifestMalformed | PartMalformed,
    words: Forms,
    say: Catalogue,
) -> Places:
    return {"reason": form_word(words, error.code, say), "code": shown(error.code)}


def _named_form(error: EntryRefused | Bomb | ContentsDiffer, words: Forms, say: Catalogue) -> Places:
    found = {"reason": form_word(words, error.code, say), "code": shown(error.code)}
    return {**found, "name": shown(error.name) or "–"}


def _altered(error: Altered, say: Catalogue) -> Places:
    known = ALTERED.get(error.where, ALTERED["data"])
    return {"where": say("{what} ({name})", what=say(known), name=shown(error.name)) if error.name else say(known)}


def _content(error: ContentMalformed, say: Catalogue) -> Places:
    problem = say(NOT_CANONICAL) if error.problem == "not-canonical" else problem_in_document(error.problem, say)
    return {"document": shown(error.document), "place": place_in_document(error.place, say), "problem": problem}


def _wrong_unit(error: WrongUnit, say: Catalogue) -> Places:
    return {
        "signer": shown(error.signer) if error.signer else say("no unit"),
        "named": shown(error.named),
    }


def _not_authority(error: NotTheAuthority, say: Catalogue) -> Places:
    return {"signer": shown(error.signer) if error.signer else say("no unit")}


FORM: Final[tuple[Row, ...]] = (
    row(
        BundleRefused,
        what=N_("The bundle cannot be taken in."),
        kept=NOTHING_STORED,
        do=SEND_AGAIN,
    ),
    row(
        NotABundle,
        what=N_("The file is not a bundle from WPS Desk."),
        kept=NOTHING_STORED,
        do=N_("Check that it is the right file. The name of a bundle ends in .asice or .asice.cms."),
    ),
    row(
        NewerBundle,
        what=N_("The bundle was made by a newer WPS Desk ({version})."),
        kept=NOTHING_STORED,
        do=GET_NEWER,
        fill=lambda error, _say: {"version": shown(error.version)},
    ),
    row(
        BundleTooLarge,
        what=N_("The bundle is {size}, and at most {limit} is possible."),
        do=N_("Send less evidence in one report, or make the files smaller."),
        fill=_too_large,
    ),
    row(
        Truncated,
        what=N_("The file was cut off: the end of it is missing."),
        kept=NOTHING_STORED,
        do=FETCH_AGAIN,
    ),
    row(
        SealMalformed,
        what=N_("The seal is not written as WPS Desk writes it: {reason} (code {code})."),
        kept=NOTHING_STORED,
        do=FETCH_AGAIN,
        fill=lambda error, say: _form(error, forms.SEAL, say),
    ),
    row(
        SealUnknown,
        what=N_("The seal is of a sort that this version of WPS Desk does not know: {reason} (code {code})."),
        kept=NOTHING_STORED,
        do=GET_NEWER,
        fill=lambda error, say: _form(error, forms.SEAL, say),
    ),
    row(
        NotForThisDesk,
        what=N_("The bundle is sealed for someone else, and this desk has no key that opens it."),
        kept=NOTHING_STORED,
        do=N_("Check that it was sent to the right unit, and ask the sender to seal it for this one."),
    ),
    row(
        Altered,
        what=N_("The bundle was changed after it was made: {where}."),
        kept=NOTHING_STORED,
        do=BE_WARY,
        fill=_altered,
    ),
    row(
        ZipMalformed,
        what=N_("The container inside is not built as WPS Desk builds it: {reason} (code {code})."),
        kept=NOTHING_STORED,
        do=SEND_AGAIN,
        fill=lambda error, say: _form(error, forms.CONTAINER, say),
    ),
    row(
        EntryRefused,
        what=N_("A file inside the bundle, {name}, is of a sort that a bundle never has: {reason} (code {code})."),
        kept=NOTHING_STORED,
        do=BE_WARY,
        fill=lambda error, say: _named_form(error, forms.ENTRIES, say),
    ),
    row(
        Bomb,
        what=N_("Unpacked, the bundle would grow beyond all bounds: {reason} (code {code}, {name})."),
        kept=NOTHING_STORED,
        do=BE_WARY,
        fill=lambda error, say: _named_form(error, forms.BOMBS, say),
    ),
    row(
        SignatureMalformed,
        what=N_("The signature is not written as WPS Desk writes it: {reason} (code {code})."),
        kept=NOTHING_STORED,
        do=SEND_AGAIN,
        fill=lambda error, say: _form(error, forms.SIGNATURES, say),
    ),
    row(
        ManifestMalformed,
        what=N_("The signed list of contents is not written as WPS Desk writes it: {reason} (code {code})."),
        kept=NOTHING_STORED,
        do=SEND_AGAIN,
        fill=lambda error, say: _form(error, forms.MANIFESTS, say),
    ),
    row(
        ContentsDiffer,
        what=N_("The files inside are not the ones that were signed: {reason} (code {code}, {name})."),
        kept=NOTHING_STORED,
        do=BE_WARY,
        fill=lambda error, say: _named_form(error, forms.CONTENTS, say),
    ),
)

CONTENTS: Final[tuple[Row, ...]] = (
    row(
        ContentMalformed,
        what=N_("The document {document} in the bundle cannot be read. At {place}: {problem}."),
        kept=NOTHING_STORED,
        do=SEND_AGAIN,
        fill=_content,
    ),
    row(
        NewerReport,
        what=N_("The report in the bundle was written by a newer WPS Desk ({version})."),
        kept=NOTHING_STORED,
        do=GET_NEWER,
        fill=lambda error, _say: {"version": shown(error.version)},
    ),
    row(
        OtherPlan,
        what=N_("The bundle is about plan edition {found}, which this version of the program does not have."),
        kept=NOTHING_STORED,
        do=N_("Get the newest version of WPS Desk, and try again."),
        fill=lambda error, _say: {"found": shown(error.found)},
    ),
    row(
        DeskOfAnotherPlan,
        what=N_("The bundle is about plan edition {found}; this desk was made for edition {expected}, and keeps it."),
        kept=NOTHING_STORED,
        do=N_(
            "Open it on a desk for edition {found}. New desks are made for the newest edition that the program has; "
            "keep this one for its own years."
        ),
        fill=lambda error, _say: {"found": shown(error.found), "expected": shown(error.expected)},
    ),
    row(
        WrongUnit,
        what=N_("The bundle says it is from {named}, but it is signed by {signer}."),
        kept=NOTHING_STORED,
        do=N_("Call the unit it names and ask who sent it. It must be signed by the unit itself."),
        fill=_wrong_unit,
    ),
    row(
        NotTheAuthority,
        what=N_("Calls and replies come from UD, and this one is signed by {signer}."),
        kept=NOTHING_STORED,
        do=N_("Call UD and ask for the right file."),
        fill=_not_authority,
    ),
    row(
        AttachmentChanged,
        what=N_("The evidence {name} is no longer what it was when it was attached."),
        kept=NOTHING_WRITTEN,
        do=N_("Attach the file again, and export once more."),
        fill=lambda error, _say: {"name": shown(error.name)},
    ),
    row(
        TooManyAttachments,
        what=N_("The report has {count} files of evidence, and a bundle holds at most {limit}."),
        kept=NOTHING_WRITTEN,
        do=N_("Put several files together in one, or leave out those that are needed least."),
        fill=lambda error, say: {
            "count": say.number(error.count),
            "limit": say.number(error.limit),
        },
    ),
)

PARTS: Final[tuple[Row, ...]] = (
    row(
        PartMalformed,
        what=N_("The part is not written as WPS Desk writes it: {reason} (code {code})."),
        kept=N_("It was not taken in. The other parts are kept, and the file was left as it is."),
        do=N_("Ask the sender to export this part once more and send it again."),
        fill=lambda error, say: _form(error, forms.PARTS, say),
    ),
    row(
        PartDamaged,
        what=N_("The part was changed or cut off on the way (set {set})."),
        kept=N_("It was not taken in. The other parts are kept, and the file was left as it is."),
        do=N_("Fetch or copy it again. If that does not help, ask the sender to export this part once more."),
        fill=lambda error, _say: {"set": shown(error.set_id[:12])},
    ),
    row(
        PartSizeRefused,
        what=N_("The report cannot go in parts of {size}. A part must be from {least} to {most}."),
        kept=NOTHING_WRITTEN,
        do=N_("Choose another size for the parts."),
        fill=lambda error, say: {
            "size": say.size(error.size),
            "least": say.size(error.least),
            "most": say.size(error.most),
        },
    ),
)

ROWS: Final[tuple[Row, ...]] = FORM + CONTENTS + PARTS
