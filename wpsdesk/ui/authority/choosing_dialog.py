"""Two reports of a unit side by side, answer by answer, and a choice for each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.arrivals.inbox import InboxRow
from wpsdesk.desk.officers import officer_of
from wpsdesk.desk.review.choices import MAX_NOTE, Choice, Pick
from wpsdesk.desk.review.conflicts import Conflict, Difference, OneSide, choose, conflicts, undo_choice
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.messages.values import field_words
from wpsdesk.report.form import FORM
from wpsdesk.report.sides import Side, differing
from wpsdesk.ui import style
from wpsdesk.ui.authority.splitting import Turning
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.reporter.comparing import compared, headed
from wpsdesk.ui.scrolling import Content, Scroller
from wpsdesk.ui.sides import SideButtons


class AnswerChoice(QWidget):
    """One answer: what stands, what waits, and what is to stand."""

    chosen = Signal()

    def __init__(self, title: str, difference: Difference, conflict: Conflict, say: Catalogue) -> None:
        super().__init__()
        self.difference = difference
        frame, inside = card()
        inside.addWidget(label(title, type="head", wraps=True))
        heads = tuple(side_words(side, say) for side in (conflict.ours, conflict.theirs))
        ours, theirs = difference.ours, difference.theirs
        fields = FORM if ours is None or theirs is None else differing(ours, theirs)
        for field in fields:
            first, second = ("–" if e is None else field_words(field.name, e, say) for e in (ours, theirs))
            if first == second:
                continue
            name = say(field.label)
            inside.addWidget(label(name, type="strong"))
            left = headed(heads[0], compared(f"{name}, {heads[0]}", first, second))
            right = headed(heads[1], compared(f"{name}, {heads[1]}", second, first))
            inside.addWidget(Turning(left, right, shares=(1, 1), spacing=16))
        absent = say("leave the answer out")
        words = {
            Side.OURS: say("Keep the one that stands") + (f" ({absent})" if ours is None else ""),
            Side.THEIRS: say("Take the one that waits") + (f" ({absent})" if theirs is None else ""),
            Side.BOTH: say("Keep both, one after the other"),
        }
        self.sides = SideButtons(title, difference.sides, words)
        self.sides.chosen.connect(self.chosen)
        inside.addWidget(self.sides)
        self.note = QLineEdit()
        self.note.setMaxLength(MAX_NOTE)
        self.note.textChanged.connect(self._on_text)
        self.note_field = Field(say("Note to the unit"), self.note, hint=say("Needed where both are kept."))
        inside.addWidget(self.note_field)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _on_text(self, _text: str) -> None:
        self.chosen.emit()

    @property
    def pick(self) -> Pick | None:
        """What was chosen; None before that, and while both lack their note."""
        side = self.sides.side
        note = self.note.text().strip()
        if side is None or (side is Side.BOTH and not note):
            return None
        return Pick(key=self.difference.key, side=side, note=note)


class ConflictDialog(QDialog):
    """Every answer on which the two differ; it can be saved once each has a choice."""

    def __init__(self, context: Context, parent: QWidget, conflict: Conflict) -> None:
        super().__init__(parent)
        self._context, self._conflict = context, conflict
        self.made: Choice | None = None
        say, look = context.say, style.current()
        self.setWindowTitle(say("Choose between two reports"))
        self.setModal(True)
        window = parent.window()
        self.resize(min(look.px(1000), window.width()), min(look.px(700), window.height()))
        self.answers = tuple(AnswerChoice(self._title(d), d, conflict, say) for d in conflict.differences)
        content = Content()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, look.px(8), 0)
        inside.setSpacing(look.px(12))
        inside.addWidget(label(self._told(), wraps=True))
        self.ours_button = button(say("Keep all that stands"), partial(self.choose_all, Side.OURS))
        self.theirs_button = button(say("Take all that waits"), partial(self.choose_all, Side.THEIRS))
        inside.addWidget(flow(self.ours_button, self.theirs_button))
        for each in self.answers:
            each.chosen.connect(self._count)
            inside.addWidget(each)
        inside.addStretch(1)
        self._left = label("", wraps=True)
        self._trouble = label("", tone="danger", wraps=True)
        self.back_button = button(say("Not now"), self.reject)
        self.save_button = button(say("Save the choices"), self._save, role="primary")
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(12))
        frame.setSpacing(look.px(10))
        frame.addWidget(label(say("Choose between two reports"), type="title"))
        frame.addWidget(Scroller(content), 1)
        frame.addWidget(self._trouble)
        frame.addWidget(self._left)
        frame.addLayout(row(None, self.back_button, self.save_button))
        self._trouble.setVisible(False)
        self._count()

    def _told(self) -> str:
        """What has happened, and what follows from a choice."""
        say, conflict = self._context.say, self._conflict
        return say(
            "{unit} has sent two reports for {year} that went on from the same place: {ours}, and {theirs}. Both stay"
            " exactly as they came. The unit is told in the reply which answers came from where, and its next whole"
            " report takes the place of the choice.",
            unit=conflict.unit, year=conflict.year, ours=side_words(conflict.ours, say),
            theirs=side_words(conflict.theirs, say),
        )  # fmt: skip

    def _title(self, difference: Difference) -> str:
        plan, language = self._context.desk.plan, self._context.language
        key = difference.key
        country = "" if key.country is None else f", {plan.country(key.country).names[language]}"
        return f"{key.commitment}  {plan.commitment(key.commitment).titles[language]}{country}"

    def choose_all(self, side: Side) -> None:
        """The same side for every answer."""
        for each in self.answers:
            each.sides.choose(side)

    def _count(self) -> None:
        left = sum(each.pick is None for each in self.answers)
        self._left.setText(self._context.say.plural("{n} answer remains.", "{n} answers remain.", left) if left else "")
        self.save_button.setEnabled(not left)

    def _save(self) -> None:
        picks = tuple(pick for each in self.answers if (pick := each.pick) is not None)
        desk, conflict = self._context.desk, self._conflict
        try:
            self.made = choose(desk, conflict.theirs.digest, picks, officer=officer_of(desk), on=conflict.ours.digest)
        except WpsError as fault:
            self._trouble.setText(str(messages.sentence(fault, self._context.say)))
            self._trouble.setVisible(True)
            return
        self.accept()


def ask_for_choice(context: Context, page: QWidget, row_: InboxRow) -> ConflictDialog | None:
    """Open the dialog for a report that waits; None, and a sentence, where there is nothing to choose."""
    say = context.say
    found = next((c for c in conflicts(context.desk, row_.year, row_.unit) if c.theirs.digest == row_.digest), None)
    if found is None:
        what = say("There is nothing to choose any more: the unit has sent a whole report since.")
        context.told.emit(Sentence(what=what, kept="", do=""), "info")
        return None
    if not found.is_readable:
        what = say("It holds only changes on a report that is not here. Ask for the whole report.")
        context.told.emit(Sentence(what=what, kept=say("It is kept as it came."), do=""), "info")
        return None
    dialog = ConflictDialog(context, page, found)
    dialog.accepted.connect(partial(_tell_choice, context))
    show_over(dialog)
    return dialog


def _tell_choice(context: Context) -> None:
    say = context.say
    what = say("The choice stands. Write a reply: the unit is told which answers came from where.")
    do = say("It can be undone in the inbox until then.")
    context.told.emit(Sentence(what=what, kept=say("Both reports are kept as they came."), do=do), "success")
    context.changed.emit("submissions")


def undo_the_choice(context: Context, row_: InboxRow) -> None:
    """Take back the unit's last choice, unless it has been told."""
    say, desk = context.say, context.desk
    try:
        undo_choice(desk, row_.unit, row_.year, officer=officer_of(desk))
    except WpsError as fault:
        context.told.emit(messages.sentence(fault, say), "danger")
        return
    context.told.emit(Sentence(what=say("The choice is undone: the report waits again."), kept="", do=""), "success")
    context.changed.emit("submissions")


def side_words(side: OneSide, say: Catalogue) -> str:
    """``no. 2 of 1 December 2026 09.00``."""
    return say("no. {number} of {when}", number=side.seq, when=say.moment(side.signed_at))
