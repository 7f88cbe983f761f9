"""What is wrong with the form of a bundle, in words, by the code of the check that has found it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import shown

Forms = Mapping[str, str]

SEAL: Final[Forms] = {
    "trailing": N_("there is more after its end"),
    "not-der": N_("its pieces do not fit together"),
    "not-canonical": N_("it is written in another way than the one that is allowed"),
    "recipient-count": N_("it is not for one daily key and one recovery key"),
    "recipient": N_("the key for one of the receivers has the wrong form"),
    "point": N_("a key in it cannot be a real key"),
    "version": N_("its version is another"),
    "content-type": N_("it says that it holds something else than a bundle"),
    "algorithm": N_("it uses another cipher"),
    "recipient-type": N_("it is for receivers of another kind"),
    "attributes": N_("it carries something more than the bundle"),
}
"""A seal that is not written as it should be, or is of an unknown sort."""

CONTAINER: Final[Forms] = {
    "mimetype": N_("it does not begin as a bundle begins"),
    "end-record": N_("it does not end as a bundle ends"),
    "counts": N_("the number of files in it does not fit"),
    "directory": N_("the register of its files does not fit"),
    "tiling": N_("there are gaps between its files, or files that overlap"),
    "header": N_("a file is described in two different ways"),
    "not-canonical": N_("a file is described in another way than the one that is allowed"),
    "order": N_("its files are not the right ones in the right order"),
}
"""Check 2: the container's form."""

ENTRIES: Final[Forms] = {
    "not-a-file": N_("it is no ordinary file"),
    "method": N_("it is packed in an unknown way"),
    "flags": N_("it bears a mark that is never used"),
    "name": N_("another machine could read its name in another way"),
    "device-name": N_("its name means a device on some machines"),
    "twice": N_("another file has the same name"),
}
"""Check 3: one file in it."""

BOMBS: Final[Forms] = {
    "entries": N_("there are too many files in it"),
    "entry": N_("one file is too large"),
    "total": N_("its files together are too large"),
    "ratio": N_("a file is packed tighter than real content can be"),
    "inflation": N_("a file is larger than it says it is"),
    "header": N_("its description is too large"),
    "payload": N_("the document in it is too large"),
    "manifest": N_("its list of contents is too large"),
    "signature": N_("its signature is too large"),
}
"""Check 4: what it would grow to."""

SIGNATURES: Final[Forms] = {
    "not-der": N_("the pieces of it do not fit together"),
    "not-canonical": N_("its form is not the one that is allowed"),
    "time": N_("its time cannot be read"),
    "certificates": N_("the certificates with it cannot be used"),
    "no-signer": N_("the signer's certificate is not with it"),
}
"""Check 5: the signature's form."""

MANIFESTS: Final[Forms] = {
    "doctype": N_("it brings a document type of its own"),
    "entity": N_("it defines words of its own"),
    "instruction": N_("it holds an instruction to a program"),
    "depth": N_("its parts lie too deep inside each other"),
    "element": N_("there is something in it that does not belong there"),
    "not-xml": N_("it breaks off, or cannot be read"),
    "not-canonical": N_("its spelling is not the one that is allowed"),
}
"""Check 6: the signed list's form."""

CONTENTS: Final[Forms] = {
    "names": N_("there are other files than the signed list names"),
    "files": N_("its description tells of other files"),
}
"""Checks 7 and 8: the files and what is told of them."""

PARTS: Final[Forms] = {
    "zip": N_("it is not packed as a part is packed"),
    "index": N_("its list of parts does not fit"),
    "file": N_("the parts together make another file than their list says"),
}
"""Parts of a set."""


def form_word(forms: Forms, code: str, say: Catalogue) -> str:
    """The words for ``code``, as they follow a colon; a code that is not known stands for itself."""
    return say(forms[code]) if code in forms else shown(code)
