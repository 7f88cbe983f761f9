"""Whether a text or a name bears the marking of graded material, or only uses such a word.

The markings are those of sikkerhetsloven, of beskyttelsesinstruksen, and of NATO and the EU, which have the same
protection. A marking stands alone: at the head, on a line of its own, or with the law it rests on.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from wpsdesk.base.ids import nfc

_GRADES: Final = r"(?:STRENGT\s+)?(?:HEMMEL[IE]G|FORTR[OU]L[IE]G)|KONFIDENSIELT|BEGRENSET|BEGRENSA|AVGRENSA"
_FOREIGN: Final = (
    r"(?:NATO\s+(?:RESTRICTED|CONFIDENTIAL|SECRET)|COSMIC\s+TOP\s+SECRET"
    r"|(?:RESTREINT|CONFIDENTIEL|TR[EÈ]S\s+SECRET|SECRET)\s+UE(?:\s*/\s*EU\s+(?:RESTRICTED|CONFIDENTIAL|(?:TOP\s+)?SECRET))?"
    r"|EU\s+(?:RESTRICTED|CONFIDENTIAL|SECRET|TOP\s+SECRET))"
)
_MARK: Final = rf"(?:{_GRADES}|{_FOREIGN})"
_AFTER: Final = r"(?:etter|jf\.?|jfr\.?|iht\.?|i\s+henhold\s+til|i\s+medh[oa]ld\s+av|cf\.?)"

# A line that begins with a marking and goes on like a head does: with nothing, a figure, the law, or a title.
_LINE: Final = re.compile(
    rf"^[\W\d_]*(?:(?:SIKKERHETS|TRYGGINGS)?GRADERING\W+|GRADERT\W+|Gradering\W+)?(?P<mark>{_MARK})\b"
    rf"(?=\s*$|\s*[-–—:;,.(/\[|*]|\s+\d|\s+{_AFTER}\b|\s+[^\W\d_a-zæøå][a-zæøå])",
    re.MULTILINE,
)
_WITH_LAW: Final = re.compile(rf"(?P<before>\b\w+\s+)?\b(?P<mark>{_MARK})\s*,?\s+{_AFTER}")
_SMALL_WITH_LAW: Final = re.compile(
    rf"^\W*(?P<mark>{_MARK})\W+{_AFTER}\s[^\n]{{0,60}}(?:sikkerhetsl|tryggingsl|beskyttelsesinstr|verneinstr)",
    re.MULTILINE | re.IGNORECASE,
)
_SPACED: Final = re.compile(r"^\W*((?:[A-ZÆØÅ] ){5,}[A-ZÆØÅ])\W*$", re.MULTILINE)
_WORD: Final = re.compile(
    r"\b(?:konfidensiel(?:l|t|le)|fortr[ou]l[ie]ge?|hemmel[ie]ge?|sikkerhetsgradert[e]?|tryggingsgradert[e]?"
    r"|confidential)\b"
    rf"|\b(?-i:{_MARK})\b",
    re.IGNORECASE,
)
_TOLD_OF: Final = frozenset(("gradert", "merket", "merkt", "er", "var", "ble", "vart", "som", "blei", "marked", "is"))
"""Words that tell of a marking in running text, where the text does not bear it itself."""

_PARTS_OF_A_NAME: Final = re.compile(r"[^\W_]+")


class Grading(StrEnum):
    """What of the kind was found."""

    MARKING = "marking"  # the text is graded
    WORD = "word"  # a word that also is a marking, or tells of one


def grading_of(text: str) -> Grading | None:
    """What a text, or the beginning of a file, bears."""
    if marking_in(text):
        return Grading.MARKING
    return Grading.WORD if _WORD.search(text) else None


def marking_in(text: str) -> str:
    """The marking that a text bears, as it is written there; "" for none."""
    for pattern in (_LINE, _SMALL_WITH_LAW):
        if found := pattern.search(text):
            return _plain(found["mark"])
    for found in _WITH_LAW.finditer(text):
        if (found["before"] or "").strip().casefold() not in _TOLD_OF:
            return _plain(found["mark"])
    for spaced in _SPACED.finditer(text):
        close = spaced[1].replace(" ", "")
        if re.fullmatch(_MARK.replace(r"\s+", ""), close):
            return close
    return ""


def _plain(mark: str) -> str:
    return " ".join(mark.split())


def grading_of_name(name: str) -> Grading | None:
    """What a title or a file's name bears; all in capitals, it is a marking only where it says nothing more."""
    if marking_in_name(name):
        return Grading.MARKING
    return Grading.WORD if _WORD.search(" ".join(_PARTS_OF_A_NAME.findall(nfc(name)))) else None


def marking_in_name(name: str) -> str:
    """The marking that a title or a file's name bears; "" for none."""
    parts = _PARTS_OF_A_NAME.findall(nfc(name))
    if len(parts) > 1 and parts[-1].casefold() in _ENDINGS:
        parts = parts[:-1]
    together = " ".join(parts)
    found = re.search(rf"\b{_MARK}\b", together)
    if found is None:
        return ""
    rest = (together[: found.start()] + together[found.end() :]).strip()
    letters = [c for c in rest if c.isalpha()]
    is_shouted = len(letters) > 2 and all(c.isupper() for c in letters)
    return "" if is_shouted else _plain(found[0])


_ENDINGS: Final = frozenset(
    (
        "pdf", "doc", "docx", "docm", "odt", "xls", "xlsx", "xlsm", "ods", "ppt", "pptx", "odp", "txt", "csv", "rtf",
        "jpg", "jpeg", "png", "tif", "tiff", "webp", "heic", "gif", "zip", "mp4", "mp3", "eml", "msg", "html", "htm",
    )
)  # fmt: skip
