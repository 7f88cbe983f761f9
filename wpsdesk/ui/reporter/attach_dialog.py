"""Before files are attached: what each is, what was found in it, and what goes with it if it is wished for."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk.desk.evidence.attaching import Wish
from wpsdesk.desk.evidence.considering import Look
from wpsdesk.evidence.model import Finding, FindingKind
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import shown, word
from wpsdesk.messages.carried import finding_value
from wpsdesk.messages.kinds import file_kind
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, card, label, row
from wpsdesk.ui.editors import FlagEditor
from wpsdesk.ui.reporter.likeness import PreviewBox
from wpsdesk.ui.scrolling import Content, Scroller

MOST_SHOWN = 6
"""Findings of one kind that are spelt out; the others are counted."""


class FileCard(QWidget):
    """One file."""

    def __init__(self, say: Catalogue, look: Look) -> None:
        super().__init__()
        self._say, self.look = say, look
        self.original = FlagEditor(
            say("Keep the original with all of this"),
            hint=say("Everybody who gets the report can then read it, and what is published may carry it too."),
        )
        self.smaller = FlagEditor(self._smaller_words())
        self.original.changed.connect(self._on_original)
        frame, inside = card(is_quiet=True)
        inside.addWidget(label(shown(look.name), type="head", wraps=True))
        inside.addWidget(label(self._line(), tone="muted", wraps=True))
        preview = PreviewBox(say)
        if not look.marking:
            preview.show_preview(look.preview, look.name)
        words = QVBoxLayout()
        words.setSpacing(style.current().px(6))
        self._tell(words)
        words.addStretch(1)
        is_large = style.current().is_large
        beside = QVBoxLayout() if is_large else QHBoxLayout()
        beside.setSpacing(style.current().px(16))
        beside.addWidget(preview, 0, Qt.AlignmentFlag.AlignTop)
        preview.setVisible(not look.marking)
        beside.addLayout(words, 1)
        inside.addLayout(beside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def _line(self) -> str:
        """What it is, and its size now and then."""
        say, look = self._say, self.look
        sizes = say.size(look.size)
        if look.size_stripped != look.size:
            sizes = say("{before} now, {after} as attached", before=sizes, after=say.size(look.size_stripped))
        return f"{file_kind(look.media_type, say)} · {sizes}"

    def _smaller_words(self) -> str:
        say, look = self._say, self.look
        if look.size_smaller is None:
            return ""
        before, after = say.size(look.size_stripped), say.size(look.size_smaller)
        return say("Attach a smaller picture: {after} and not {before}", after=after, before=before)

    def _tell(self, words: QVBoxLayout) -> None:
        say, look = self._say, self.look
        for text, tone in self._warnings():
            words.addWidget(label(text, tone=tone, wraps=True))
        if look.marking:
            return
        for head, found in (
            (say("Taken out before it is attached:"), look.removable),
            (say("Stays in the file:"), tuple(f for f in look.remains if f.kind not in _TOLD_APART)),
        ):
            if found:
                words.addWidget(label(head, type="strong"))
                for text in lines_of(found, say):
                    words.addWidget(label(text, wraps=True))
        if look.removable:
            words.addWidget(self.original)
        if look.size_smaller is not None:
            words.addWidget(self.smaller)
        if not look.needs_a_look:
            words.addWidget(label(say("Nothing was found in it besides its content."), tone="muted", wraps=True))

    def _warnings(self) -> list[tuple[str, str]]:
        say, look = self._say, self.look
        told = []
        if look.marking:
            refused = say(
                "It bears the marking {marking} and is not attached: graded material must never enter this program. "
                "Write only its reference in the field “A graded annex exists, reference”.",
                marking=shown(look.marking),
            )
            return [(refused, "danger")]
        if look.is_named_otherwise:
            told.append((say("The name says something else than what the file is."), "warning"))
        if look.is_unreadable:
            told.append((say("It is damaged, locked or too large: nobody knows what it carries."), "warning"))
        elif any(f.kind is FindingKind.UNEXAMINED and f.where == look.media_type for f in look.remains):
            told.append((say("Files of this kind are attached as they are, with all that they carry."), "warning"))
        if any(f.kind is FindingKind.ACTIVE for f in look.remains):
            told.append(
                (say("It holds a macro or other active content. Whoever opens it may be asked to run it."), "warning")
            )
        if look.becomes != look.media_type:
            told.append((say("It is turned into a JPEG, which everybody can open."), "info"))
        if look.uses_graded_word:
            told.append((say("It uses a word that is also a marking. Make sure that it is not graded."), "warning"))
        return told

    def _on_original(self) -> None:
        self.smaller.setEnabled(not self.original.value())
        if self.original.value():
            self.smaller.show_value(False)

    def wish(self) -> Wish | None:
        """The file as it is wished for; None for one that must not be attached."""
        if self.look.marking:
            return None
        return Wish(
            given=self.look.given,
            keep_original=bool(self.original.value()),
            make_smaller=bool(self.smaller.value()),
        )


def _urgency(look: Look) -> int:
    """What is refused stands first, what needs no look last."""
    return 0 if look.marking else 1 if look.needs_a_look else 2


_TOLD_APART = frozenset((FindingKind.UNREADABLE, FindingKind.UNEXAMINED))


# What could point to somebody, first.
_ORDER = (
    FindingKind.LOCATION, FindingKind.AUTHOR, FindingKind.DEVICE, FindingKind.TIME, FindingKind.COMMENT,
    FindingKind.HISTORY, FindingKind.ACTIVE, FindingKind.SIGNATURE,
)  # fmt: skip
_ONLY_A_SIZE = re.compile(r"\+?\d+(?: B)?")
"""Values that tell how much there is, and nothing of what."""


def lines_of(found: tuple[Finding, ...], say: Catalogue) -> list[str]:
    """The findings by kind, a line each: ``Place: -1.27, 36.81``."""
    together: dict[FindingKind, list[str]] = {}
    for finding in sorted(found, key=lambda each: _ORDER.index(each.kind) if each.kind in _ORDER else len(_ORDER)):
        together.setdefault(finding.kind, [])
        if not _ONLY_A_SIZE.fullmatch(finding.value):
            told = finding_value(finding, say, at_most=80) or shown(finding.where, at_most=80)
            together[finding.kind].append(told)
    lines = []
    for kind, values in together.items():
        if not values:
            lines.append(word(kind, say))
            continue
        once = list(dict.fromkeys(values))
        more = len(once) - MOST_SHOWN
        told = "; ".join(once[:MOST_SHOWN])
        if more > 0:
            told += say.plural(" and {n} more", " and {n} more", more)
        lines.append(f"{word(kind, say)}: {told}")
    return lines


class AttachDialog(QDialog):
    """All files that were given, and the way on."""

    agreed = Signal(object)
    """Attach these: a list of Wish."""

    def __init__(self, say: Catalogue, looks: tuple[Look, ...], parent: QWidget) -> None:
        super().__init__(parent)
        look = style.current()
        self._say = say
        self.setWindowTitle(say("Attach files"))
        self.setModal(True)
        self._looks = looks
        self.cards = [FileCard(say, each) for each in sorted(looks, key=_urgency)]
        content = Content()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(8))
        inside.setSpacing(look.px(10))
        for each in self.cards:
            inside.addWidget(each)
        inside.addStretch(1)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, look.px(16), 0, look.px(12))
        head = label(say("This was found in the files"), type="title", wraps=True)
        head.setContentsMargins(look.px(24), 0, look.px(24), 0)
        frame.addWidget(head)
        self.scroller = Scroller(content)
        frame.addWidget(self.scroller, 1)
        going = sum(not each.marking for each in looks)
        self.cancel_button = button(say("Cancel"), self.reject)
        words = say.plural("Attach {n} file", "Attach {n} files", going)
        self.attach_button = button(words, self._agree, role="primary")
        self.attach_button.setEnabled(going > 0)
        foot = row(None, self.cancel_button, self.attach_button)
        foot.setContentsMargins(look.px(24), 0, look.px(24), 0)
        frame.addLayout(foot)
        (self.attach_button if going else self.cancel_button).setFocus()
        self.resize(self.sizeHint())  # Qt itself gives a dialog no more than two thirds of the screen

    def sizeHint(self) -> QSize:
        """As high as its files, within the window."""
        look, parent = style.current(), self.parentWidget()
        room = parent.window().size() if parent is not None else QSize(1366, 768)
        height = sum(each.sizeHint().height() + look.px(10) for each in self.cards) + look.px(150)
        return QSize(min(look.px(760), room.width() - 40), min(height, room.height() - 40))

    def _agree(self) -> None:
        self.accept()
        # Attached in the order they were given, whatever stands first here.
        in_order = sorted(self.cards, key=lambda each: self._looks.index(each.look))
        self.agreed.emit([wish for each in in_order if (wish := each.wish()) is not None])
