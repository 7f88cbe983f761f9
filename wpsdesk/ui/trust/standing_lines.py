"""How far a file is to be believed, as four lines that are told apart: unchanged, valid, trusted, not revoked."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from wpsdesk.bundle.verifying import Standing
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.chips import Chip, StateChip
from wpsdesk.ui.controls import label
from wpsdesk.ui.signs import Sign


class Finding(NamedTuple):
    """One of the four: the state with its sign and word, and what it means in a sentence."""

    chip: Chip
    meaning: str


def findings(standing: Standing, say: Catalogue) -> tuple[Finding, Finding, Finding, Finding]:
    """The four, in the order in which they build on one another."""
    return (
        _finding(
            standing.is_intact,
            (say("Unchanged"), say("Changed since it was signed"), say("Unchanged: cannot be told")),
            (
                say("Every file in it is as it was when it was signed."),
                say("Something in it is not what was signed. Ask the sender for the file again."),
                say("What is inside could not be read here."),
            ),
        ),
        _finding(
            standing.is_valid, (say("Valid signature"), say("Invalid signature"), say("Signature: cannot be told")),
            (
                say("The signature belongs to the key in the certificate."),
                say("The signature does not belong to what was signed."),
                say("The signature could not be read here."),
            ),
        ),
        _finding(
            standing.is_trusted, (say("Trusted signer"), say("Signer is not trusted"), say("Signer: cannot be told")),
            (
                say("UD has issued the certificate to this signer."),
                say("No certificate from UD vouches for this signer."),
                say("UD's root is not known here. Open a desk, or choose a trust file."),
            ),
        ),
        _finding(
            None if standing.is_revoked is None else not standing.is_revoked,
            (say("Not revoked"), say("The certificate is revoked"), say("Revoked or not: cannot be told")),
            (
                say("UD had not taken the certificate back in the newest list that is known here."),
                say("UD has taken the certificate back. Ring the unit before you use the file."),
                say("There is no list of revoked certificates here that covers this signer."),
            ),
        ),
    )  # fmt: skip


def _finding(found: bool | None, words: tuple[str, str, str], meanings: tuple[str, str, str]) -> Finding:
    match found:
        case True:
            return Finding(Chip(sign=Sign.TICK, word=words[0], tone="success"), meanings[0])
        case False:
            return Finding(Chip(sign=Sign.CROSS, word=words[1], tone="danger"), meanings[1])
        case None:
            return Finding(Chip(sign=Sign.RING, word=words[2], tone="neutral"), meanings[2])


class StandingLines(QWidget):
    """The four lines; above 150 % each meaning goes below its word."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        look = style.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(4))
        self._chips: list[StateChip] = []
        self._meanings: list[QLabel] = []
        for place in range(4):
            chip = StateChip(Chip(sign=Sign.RING, word="", tone="neutral"), self)
            words = label("", tone="muted", wraps=True)
            line = place * 2 if look.is_large else place
            grid.addWidget(chip, line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, line + 1 if look.is_large else line, 0 if look.is_large else 1)
            self._chips.append(chip)
            self._meanings.append(words)
        grid.setColumnStretch(0 if look.is_large else 1, 1)

    def show_standing(self, standing: Standing) -> None:
        """Show how it stands."""
        for found, chip, words in zip(findings(standing, self._say), self._chips, self._meanings, strict=True):
            chip.show_chip(found.chip)
            chip.setAccessibleDescription(found.meaning)
            words.setText(found.meaning)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the four lines."""
        return tuple(chip.word for chip in self._chips)
