"""UD's decisions about a unit's report, by button or by key: accept, return with a reason, undo, note, reply."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.desk.officers import officer_of, sign_in
from wpsdesk.desk.review import comparing, reasons, reviewing
from wpsdesk.desk.review.reviewing import Judgement, Reviewed
from wpsdesk.plan.model import Names
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import Decision
from wpsdesk.ui.authority.reasons_dialog import ReasonsDialog
from wpsdesk.ui.authority.report_reading import ReportReading
from wpsdesk.ui.authority.returning import ReturnDraft
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.scrolling import bring_up

ANSWER_WITHIN: Final = timedelta(days=21)
"""What is offered as the time to answer; the officer may choose another day, or none."""

STANDS: Final = (Decision.ACCEPTED, Decision.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where one is: for coming back after a change of language or a lock."""

    year: Year | None
    unit: UnitCode | None
    key: EntryKey | None
    view: str
    note: str
    draft: ReturnDraft | None


class ReviewPage(ReportReading):
    """The report with what can be decided of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, pane = self.say, self.pane
        self._told = label(say("Keys: A accepts, R returns, N goes on to the next."), type="small", wraps=True)
        self.undo_button = button(say("Undo"), self.undo)
        self.return_button = button(say("Return") + "  R", self.begin_return)
        self.next_button = button(say("Next") + "  N", self.go_on)
        self.accept_button = button(say("Accept") + "  A", self.accept, role="primary")
        self.footer(self.undo_button, self.next_button, self.return_button, self.accept_button, left=self._told)
        self.officer.named.connect(self._on_name)
        pane.note_written.connect(self._write_note)
        pane.hand_asked.connect(self._on_hand)
        pane.form.meant.connect(self._return)
        pane.form.given_up.connect(self.give_up_return)
        pane.form.keep_asked.connect(self._keep_reason)
        # Single letters, and so only where nothing is being typed or chosen by its first letter.
        self._letters: list[QShortcut] = []
        for letter, call in (("A", self.accept), ("R", self.begin_return), ("N", self.go_on)):
            shortcut = QShortcut(QKeySequence(letter), self.split)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)
            self._letters.append(shortcut)

    def _on_name(self, name: str) -> None:
        kept = sign_in(self.context.desk, name)
        self.officer.show_officer(kept)
        self.refresh()
        self.rows.table.setFocus()

    def _enable(self) -> None:
        each, _ = self._current()
        can = each is not None and bool(officer_of(self.context.desk))
        is_writing = not self.pane.form.isHidden()
        self.accept_button.setEnabled(can and not is_writing)
        self.return_button.setEnabled(can and not is_writing)
        self.next_button.setEnabled(each is not None)
        self.undo_button.setEnabled(can and each is not None and each.decision in STANDS and not each.is_told)
        self.pane.hand_button.setVisible(can)
        for letter in self._letters:
            letter.setEnabled(not is_writing)

    # -- deciding ----------------------------------------------------------------------------------

    def accept(self) -> None:
        """Accept the answer that is shown, and go on to the next that waits."""
        each, _ = self._current()
        if each is not None and self.accept_button.isEnabled():
            self._decide(Judgement(key=each.key, is_accepted=True, seen=each.step, read=each.said))

    def begin_return(self) -> None:
        """Ask for the reason; the answer is in hand meanwhile."""
        each, _ = self._current()
        if each is None or self._open is None or not self.return_button.isEnabled():
            return
        if not self._take(each):
            return
        today = self.context.desk.clock().astimezone().date()
        draft = ReturnDraft(
            reason="", language=comparing.language_written(self._open.report), answer_by=today + ANSWER_WITHIN
        )
        self._show_form(draft)

    def _show_form(self, draft: ReturnDraft) -> None:
        today = self.context.desk.clock().astimezone().date()
        self.pane.show_form(is_open=True)
        self.pane.form.begin(reasons.reasons(self.context.desk), draft, today)
        bring_up(self.scroller, self.pane.form)
        self._enable()

    def give_up_return(self) -> None:
        """Put the form away, and lay the answer down."""
        if not self.pane.form.isHidden():
            self._put_away()
            self.refresh()
            self.rows.table.setFocus()

    def _put_away(self) -> None:
        if self.pane.form.isHidden():
            return
        self.pane.show_form(is_open=False)
        if self._key is not None:
            self._lay_down(*self._whose(), self._key)

    def _lay_down(self, unit: UnitCode, year: Year, key: EntryKey) -> None:
        """Take an answer out of one's own hand; where the desk cannot be reached, it is laid down by itself in time."""
        desk = self.context.desk
        with suppress(WpsError):
            reviewing.lay_down(desk, unit, year, key, officer=officer_of(desk))

    def _return(self, draft: ReturnDraft) -> None:
        each, _ = self._current()
        if each is None:
            return
        judgement = Judgement(
            key=each.key,
            is_accepted=False,
            reason=draft.reason,
            language=draft.language,
            answer_by=draft.answer_by,
            seen=each.step,
            read=each.said,
        )
        if self._decide(judgement):
            self.pane.show_form(is_open=False)
            self._enable()

    def _decide(self, judgement: Judgement) -> bool:
        desk, (unit, year) = self.context.desk, self._whose()
        self.context.quieted.emit()
        try:
            reviewing.decide(desk, unit, year, (judgement,), officer=officer_of(desk))
        except WpsError as fault:
            self.refresh_or_tell()
            self.tell(fault)
            return False
        self.pane.show_form(is_open=False)
        say, number = self.say, judgement.key.commitment
        done = say("Commitment {n} is accepted.", n=number) if judgement.is_accepted else ""
        self._told.setText(done or say("Commitment {n} is returned.", n=number))
        self.refresh()
        self.go_on()
        self.rows.table.setFocus()
        self.context.changed.emit("reviews")
        return True

    def undo(self) -> None:
        """Undo the decision on the answer that is shown."""
        desk = self.context.desk
        if self._unit is None or self._year is None or self._key is None:
            return
        try:
            reviewing.withdraw(desk, self._unit, self._year, (self._key,), officer=officer_of(desk))
        except WpsError as fault:
            self.refresh_or_tell()
            self.tell(fault)
            return
        self._told.setText(self.say("The decision on commitment {n} is undone.", n=self._key.commitment))
        self.refresh()
        self.context.changed.emit("reviews")

    def go_on(self) -> None:
        """Go to the next answer that waits for a decision; round to the first, and nowhere where none waits."""
        rows = self.rows.rows.values
        start = next((i for i, each in enumerate(rows) if each.key == self._key), -1)
        order = [*range(start + 1, len(rows)), *range(start)]
        place = next((i for i in order if rows[i].decision not in STANDS), None)
        if place is not None:
            self.rows.table.setCurrentIndex(self.rows.rows.index(place, 0))
        elif rows and all(each.decision in STANDS for each in rows):
            self._told.setText(self.say("Every answer has been decided of. Write the reply to the unit."))

    # -- in hand, notes, files, reasons ------------------------------------------------------------

    def _take(self, each: Reviewed) -> bool:
        desk, (unit, year) = self.context.desk, self._whose()
        try:
            reviewing.take_in_hand(desk, unit, year, each.key, officer=officer_of(desk))
        except WpsError as fault:
            self.tell(fault)
            return False
        self.refresh()
        return True

    def _on_hand(self, takes: bool) -> None:
        each, _ = self._current()
        if each is None or self._unit is None or self._year is None:
            return
        if takes:
            self._take(each)
        else:
            self._lay_down(self._unit, self._year, each.key)
            self.refresh_or_tell()

    def _write_note(self, text: str) -> None:
        desk, (unit, year) = self.context.desk, self._whose()
        if self._key is None:
            return
        try:
            reviewing.write_note(desk, unit, year, self._key, text, officer=officer_of(desk) or desk.unit.code)
        except WpsError as fault:  # what was written stays in the field
            self.tell(fault)
            return
        self.pane.note.clear()
        self.refresh()

    def _keep_reason(self, draft: ReturnDraft) -> None:
        """Edit the standard reasons; the words of this return stand ready to become one."""
        words = {"nb": "", "nn": "", "en": "", draft.language: draft.reason}
        names = Names(nb=words["nb"], nn=words["nn"], en=words["en"])
        is_accepted(ReasonsDialog(self, self.context.desk, self.say, self.context.language, names))
        self._show_form(draft)

    # -- coming and going --------------------------------------------------------------------------

    def leave(self) -> bool:
        """An answer is not kept from the others by somebody who has gone; what was written of a return stays."""
        each, _ = self._current()
        if each is not None and each.in_hand is not None and self._unit is not None and self._year is not None:
            self._lay_down(self._unit, self._year, each.key)
        return True

    def place(self) -> object:
        """What is read, and what has been begun."""
        form, pane = self.pane.form, self.pane
        return _Place(
            year=self._year,
            unit=self._unit,
            key=self._key,
            view=pane.views.current,
            note=pane.note.toPlainText(),
            draft=None if form.isHidden() else form.draft(),
        )

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if not isinstance(place, _Place):
            return
        self._year, self._unit, self._key = place.year, place.unit, place.key
        self.refresh()
        self.pane.views.show_part(place.view)
        self.pane.note.setPlainText(place.note)
        each, _ = self._current()
        if place.draft is not None and each is not None and self._take(each):
            self._show_form(place.draft)
