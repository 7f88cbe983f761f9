"""Asking whether an archive that has been looked through is to be taken in, and whose root it is signed under."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from wpsdesk.desk.publication.archive_reading import ReadArchive
from wpsdesk.i18n import Catalogue
from wpsdesk.ui.controls import label
from wpsdesk.ui.trust.asking import Asking
from wpsdesk.ui.trust.digits import Digits


class ArchiveDialog(Asking):
    """Tells what the archive holds; where its root is new to the desk, its digits must have been compared first."""

    def __init__(self, parent: QWidget, say: Catalogue, found: ReadArchive, *, is_known: bool) -> None:
        bundles = say.plural("{n} bundle", "{n} bundles", len(found.submissions))
        words = say(
            "Written {moment} and signed by {name}: {bundles}, {size}. All of it is kept as it was, or nothing.",
            moment=say.moment(found.made), name=found.signed_by, bundles=bundles, size=say.size(found.size),
        )  # fmt: skip
        title = say("Take in the archive for {year}", year=found.year)
        super().__init__(parent, say, title, words, say("Take in the archive"))
        self.compared = QCheckBox(say("I have compared the digits, and they are the same"))
        self.digits = Digits(say("The root's digits"))
        if is_known:
            self.add(label(say("It is signed under a root that this desk knows."), wraps=True))
            return
        self.digits.show_digits(found.trust.root_fingerprint)
        told = say("Compare these digits with those that UD has made known elsewhere than in the archive:")
        self.add(label(told, wraps=True), self.digits, self.compared)
        self.do_button.setEnabled(False)
        self.compared.toggled.connect(self.do_button.setEnabled)
        self.compared.setFocus()
