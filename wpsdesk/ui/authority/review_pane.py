"""One answer to be reviewed: its text large, the plan's words at hand, what it is held against, its evidence, notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.desk.review.comparing import OfAnother, Version
from wpsdesk.desk.review.reviewing import Reviewed
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import Plan
from wpsdesk.report.model import Entry, Evidence
from wpsdesk.report.states import Decision
from wpsdesk.store.reviews import InternalNote
from wpsdesk.ui import style
from wpsdesk.ui.authority.reading import Reading
from wpsdesk.ui.authority.returning import ReturnForm
from wpsdesk.ui.authority.review_text import write_changes, write_others, write_version, write_whole, write_wording
from wpsdesk.ui.authority.splitting import Turning
from wpsdesk.ui.chips import Chip, StateChip
from wpsdesk.ui.controls import TextArea, button, label, row, selectable
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.trust.segments import Segments

ANSWER, DECIDED, LAST_YEAR, OTHERS = "answer", "decided", "last-year", "others"


def decision_chip(each: Reviewed, say: Catalogue) -> Chip:
    """How an answer stands under review."""
    match each.decision:
        case Decision.ACCEPTED:
            return Chip(sign=Sign.TICK, word=messages.word(each.decision, say), tone="success")
        case Decision.RETURNED:
            return Chip(sign=Sign.MARK, word=messages.word(each.decision, say), tone="danger")
        case Decision.CHANGED:
            return Chip(sign=Sign.DISC, word=messages.word(each.decision, say), tone="warning")
        case _:
            return Chip(sign=Sign.DISC, word=say("To be reviewed"), tone="info")


class _AsHigh(QWidget):
    """Words that wrap, exactly as high as they are at the width they have; the text below takes the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:
        """No: whatever holds it would then be laid out by its text alone."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As high as the lines at the width there is."""
        least, layout = super().minimumSizeHint(), self.layout()
        return least if layout is None else QSize(least.width(), layout.totalHeightForWidth(max(self.width(), 200)))

    def sizeHint(self) -> QSize:
        """The same height."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another line."""
        super().resizeEvent(event)
        self.updateGeometry()


class ReviewPane(QFrame):
    """Told what to show; says when another view is wanted, a file is to be opened, or a note is written."""

    view_asked = Signal(str)
    file_asked = Signal(object)  # Evidence
    note_written = Signal(str)
    hand_asked = Signal(bool)  # True: take it in hand

    def __init__(self, plan: Plan, say: Catalogue) -> None:
        super().__init__()
        look = style.current()
        self._plan, self._say = plan, say
        self.setObjectName("card")
        self._title = label("", type="head", wraps=True)
        self._chip = StateChip(Chip(sign=Sign.DISC, word=say("To be reviewed"), tone="info"))
        self._decided = label("", tone="muted", wraps=True)
        self._hand = label("", wraps=True)
        self._news = label("", tone="warning", wraps=True)
        self.hand_button = button(say("Take it in hand"), self._on_hand, role="link")
        self._is_in_own_hand = False
        self.views = Segments(say("What to read"))
        self.text = Reading(say("The unit's answer"))
        self.beside = Reading(say("Other units' answers"))
        self.form = ReturnForm(say)
        self.buttons: tuple[QWidget, ...] = ()
        self._files = QVBoxLayout()
        self._files.setSpacing(look.px(6))
        self._build()
        self.views.chosen.connect(self.view_asked)

    def _build(self) -> None:
        say, look = self._say, style.current()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        inside.setSpacing(look.px(6))
        inside.addWidget(self._head())
        for name, title in (
            (ANSWER, say("The answer")),
            (DECIDED, say("Since UD decided")),
            (LAST_YEAR, say("Since last year")),
            (OTHERS, say("Other units")),
        ):
            self.views.add(name, title, *((self.beside,) if name == OTHERS else ()))
        inside.addWidget(self.views)
        self.text.setMinimumHeight(look.px(150))
        self.beside.setMinimumHeight(look.px(150))
        for each in (self.text, self.beside):
            each.setMinimumWidth(look.px(200))
        inside.addWidget(Turning(self.text, self.beside, shares=(1, 1), spacing=10), 1)
        inside.addWidget(self.form)
        self._lower_part = self._lower()
        inside.addWidget(self._lower_part)

    def _head(self) -> QWidget:
        """Which answer it is, how it stands, who has it in hand."""
        state = row(self._chip, spacing=10)
        state.addWidget(self._decided, 1)
        hand = row(self._hand, spacing=10)
        hand.addWidget(self.hand_button)
        hand.setStretch(0, 1)
        head = _AsHigh()
        inside = QVBoxLayout(head)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(6))
        inside.addWidget(self._title)
        inside.addLayout(state)
        inside.addLayout(hand)
        inside.addWidget(self._news)
        return head

    def _lower(self) -> QWidget:
        """Evidence and notes: lines that open when they are wanted."""
        say = self._say
        files = QWidget()
        files.setLayout(self._files)
        self._files.setContentsMargins(0, 0, 0, 0)
        self.files = Disclosure(say("Evidence"), files, opens=say("Show"), closes=say("Hide"))
        notes = QWidget()
        inside = QVBoxLayout(notes)
        inside.setContentsMargins(0, 0, 0, 0)
        self._notes = label("", wraps=True)
        self.note = TextArea(say("A note that never leaves UD"), lines=1)
        self.note.setPlaceholderText(say("A note that never leaves UD"))
        self.note_button = button(say("Add the note"), self._on_note)
        inside.addWidget(self._notes)
        inside.addWidget(self.note)
        inside.addLayout(row(self.note_button, None))
        notes.setFocusProxy(self.note)
        self.notes = Disclosure(say("Internal notes"), notes, opens=say("Show"), closes=say("Hide"))
        lower = QWidget()
        stack = QVBoxLayout(lower)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(style.current().px(4))
        stack.addWidget(self.files)
        stack.addWidget(self.notes)
        return lower

    # -- what is said ------------------------------------------------------------------------------

    def _on_hand(self) -> None:
        self.hand_asked.emit(not self._is_in_own_hand)

    def _on_note(self) -> None:
        text = self.note.toPlainText().strip()
        if text:
            self.note_written.emit(text)

    # -- what is shown -----------------------------------------------------------------------------

    def show_head(self, title: str, each: Reviewed, officer: str) -> None:
        """Which answer it is, how it stands, and who has it in hand."""
        say = self._say
        self._title.setText(title)
        self._chip.show_chip(decision_chip(each, say))
        self._decided.setText(_decided_words(each, say))
        claim = each.in_hand
        self._is_in_own_hand = claim is not None and claim.officer == officer
        if claim is None:
            self._hand.setText(say("Nobody has it in hand."))
        elif self._is_in_own_hand:
            self._hand.setText(say("You have had it in hand since {when}.", when=say.moment(claim.since)))
        else:
            told = say(
                "{officer} has had it in hand since {when}.", officer=claim.officer, when=say.moment(claim.since)
            )
            self._hand.setText(told)
        self.hand_button.setText(say("Lay it down") if self._is_in_own_hand else say("Take it in hand"))
        self.hand_button.setEnabled(claim is None or self._is_in_own_hand)

    def show_news(self, words: str) -> None:
        """Say that the answer is another than it was a moment ago; "" takes it away."""
        self._news.setText(words)
        self._news.setVisible(bool(words))

    def show_whole(self, entry: Entry) -> None:
        """The answer itself, with the plan's words above it."""
        text = self.text
        text.start()
        write_wording(text, self._plan.commitment(entry.key.commitment), self._say)
        write_whole(text, entry, self._say)
        text.finish()

    def show_against(self, version: Version | None, now: Entry, absence: str) -> None:
        """What is another than in ``version``, word by word; where there is none, ``absence`` says so."""
        text = self.text
        text.start()
        if version is None:
            text.add(absence, "muted")
        else:
            write_version(text, version, self._say)
            write_changes(text, version.entry, now, self._say)
        text.finish()

    def show_others(self, others: tuple[OfAnother, ...], names: dict[str, str]) -> None:
        """Other units' answers, beside this one."""
        self.beside.start()
        write_others(self.beside, others, names, self._say)
        self.beside.finish()

    def show_files(self, evidence: tuple[Evidence, ...], missing: frozenset[str]) -> None:
        """The evidence with its hashes; ``missing`` holds the digests of what has not come."""
        say = self._say
        while (item := self._files.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        buttons: list[QWidget] = []
        for each in evidence:
            line = QVBoxLayout()
            line.setSpacing(style.current().px(2))
            name = messages.shown(each.title or each.name)
            words = label(f"{name} · {say.size(each.size)}", type="strong", wraps=True)
            if each.digest in missing:
                head = row(words, label(say("It has not come."), tone="warning"))
            else:
                opens = button(say("Open a copy"), partial(self.file_asked.emit, each), role="link")
                opens.setAccessibleName(f"{say('Open a copy')}: {name}")
                buttons.append(opens)
                head = row(words, opens)
            head.setStretch(0, 1)
            line.addLayout(head)
            line.addWidget(selectable(f"SHA-256 {each.digest}", type="small"))
            holder = QWidget()
            line.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(line)
            self._files.addWidget(holder)
        self.buttons = tuple(buttons)
        count = say.plural("{n} file", "{n} files", len(evidence)) if evidence else say("None")
        self.files.show_summary(count)
        self.files.toggle_button.setEnabled(bool(evidence))
        if not evidence:
            self.files.set_open(is_open=False)

    def show_notes(self, notes: tuple[InternalNote, ...]) -> None:
        """The notes that never leave UD."""
        say = self._say
        lines = [f"{each.officer}, {say.moment(each.at)}: {each.text}" for each in notes]
        self._notes.setText("\n".join(lines))
        self._notes.setVisible(bool(lines))
        self.notes.show_summary(say.plural("{n} note", "{n} notes", len(notes)) if notes else say("None"))

    def show_form(self, *, is_open: bool) -> None:
        """Show the form for returning, or put it away; evidence and notes make room for it."""
        self.form.setVisible(is_open)
        self._lower_part.setVisible(not is_open)


def _decided_words(each: Reviewed, say: Catalogue) -> str:
    """Who decided, when, why, and whether the unit knows."""
    if each.at is None:
        return ""
    when = say.moment(each.at)
    if each.decision is Decision.CHANGED:
        return say("Another answer came {when}. What UD had decided of the one before is put aside.", when=when)
    if each.decision is Decision.WITHDRAWN:
        return say("{officer} undid the decision {when}.", officer=each.officer, when=when)
    told = [say("{officer}, {when}.", officer=each.officer, when=when)]
    told.append(say("The unit has been told.") if each.is_told else say("Not told yet."))
    if each.answer_by is not None:
        told.append(say("Answer by {day}.", day=say.date(each.answer_by)))
    if each.reason:
        told.append(say("Reason: {reason}", reason=each.reason))
    return " ".join(told)
