"""Editing for publication: UD's own texts and every answer, with what is written saved while it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.compilation.editing import AnswerPlace, made_from
from wpsdesk.desk.call import calling
from wpsdesk.desk.officers import officer_of, sign_in
from wpsdesk.desk.publication import editing
from wpsdesk.desk.publication.editing import Work
from wpsdesk.messages import field_name
from wpsdesk.plan.model import language_code
from wpsdesk.report.model import NARRATIVE, Passage
from wpsdesk.ui import style
from wpsdesk.ui.authority.editing_list import Shown, lines_of, title_of, told_of
from wpsdesk.ui.authority.editing_pane import EDITED, Doing, EditingPane
from wpsdesk.ui.authority.officer_line import OfficerLine
from wpsdesk.ui.authority.previewing import show_commitment
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.lines import LineList
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.split import ListAndAnswer

PAUSE: Final = 600
"""Milliseconds from the first unsaved keystroke to its save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """Which text is shown: a place of UD's own, or an answer with its field; and in which language it is written."""

    item: str | AnswerPlace
    field: str = NARRATIVE[0]
    what: str = EDITED


class EditingPage(Page):
    """The list of texts at the left, the one that is written at the right."""

    shows = ("call", "submissions", "reviews")

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False)
        say = self.say
        self._work: Work | None = None
        self._at: _At | None = None
        self._is_dirty = False
        self.undo_button = button(say("Undo the last step"), self.undo)
        self.header(say("Editing"))
        self.year = Choice(say("Year"))
        self.shown = Choice(say("Which texts"), [(each, _shown_word(each, self)) for each in Shown])
        self.officer = OfficerLine(say)
        self.list = LineList(say("Texts of the report"))
        self.pane = EditingPane(say)
        self._saved = label("", type="small", wraps=True)
        self.preview_button = button(say("See it in the report"), self.preview)
        self.next_button = button(say("Next text"), self.go_on, role="primary")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        # In large type what is chosen stands below the text, with which it scrolls: above, it would leave no room.
        is_large = style.current().is_large
        chosen = flow(self.year, self.shown, *(() if is_large else (self.officer,)), spacing=12)
        if is_large:
            self.officer.setParent(self)
            self.officer.hide()
        else:
            self.body.addWidget(chosen)
        self.split = ListAndAnswer(context, left, *((self.pane, chosen) if is_large else (self.pane,)))
        self.body.addWidget(self.split, 1)
        self.list.setSpacing(style.current().px(1))
        self.body.setContentsMargins(*(style.current().px(n) for n in (24, 16, 24, 0)))
        self.footer(self.undo_button, self.preview_button, self.next_button, left=self._saved)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.pane.typed.connect(self._on_typed)
        self.pane.turned.connect(self._on_turned)
        self.pane.meant.connect(self._on_meant)
        self.year.activated.connect(self._on_year)
        self.shown.activated.connect(self._on_filter)
        self.officer.named.connect(self._on_name)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what has come and what is written."""
        self.keep()
        desk, years = self.context.desk, calling.years(self.context.desk)
        chosen = self.year.chosen()
        self.year.offer((year, str(year)) for year in years)
        self.year.choose(chosen if chosen in years else (years[0] if years else None))
        self.officer.show_officer(officer_of(desk))
        year = self.year.chosen()
        self._work = editing.work(desk, Year(year)) if isinstance(year, int) else None
        self._list()
        self._show()

    def _list(self) -> None:
        chosen = self.shown.chosen()
        lines = () if self._work is None else lines_of(self._work, self.context, Shown(str(chosen)))
        here = None if self._at is None else self._at.item
        self.list.blockSignals(True)
        self.list.show_lines(lines)
        row = next((i for i, line in enumerate(lines) if line.value is not None and line.value == here), None)
        first = next((i for i, line in enumerate(lines) if line.value is not None), None)
        at = first if row is None else row
        if at is not None:
            self.list.setCurrentIndex(self.list.lines.index(at, 0))
            if row is None:
                self._at = _first_at(lines[at].value, self.context)
        else:
            self._at = None
        self.list.blockSignals(False)
        self.pane.setVisible(self._at is not None)
        self.next_button.setEnabled(self._at is not None)

    def _show(self) -> None:
        work, at = self._work, self._at
        self.undo_button.setEnabled(work is not None and work.can_undo)
        self.preview_button.setEnabled(at is not None and isinstance(at.item, AnswerPlace))
        if work is None or at is None:
            self._saved.setText(
                self.say("There is no call for reports yet, and so nothing to edit. Make one under “Call”.")
            )
            return
        self.pane.put_away()
        title, told = title_of(at.item, work, self.context), told_of(at.item, at.field, at.what, work, self.say)
        if isinstance(at.item, str):
            frame = work.editing.frame(at.item, language_code(at.what))
            text = "" if frame is None else frame.passage.text
            self.pane.show_frame(title, text, language_code(at.what), told)
        else:
            self._show_answer(work, at, title, told)
        self._is_dirty = False

    def _show_answer(self, work: Work, at: _At, title: str, told: str) -> None:
        assert isinstance(at.item, AnswerPlace)
        place, entry = at.item, work.edited.entries[at.item]
        source, edit = made_from(entry, at.field), work.editing.edit(place, at.field)
        fields = tuple((name, field_name(name, self.say)) for name in NARRATIVE)
        own = source.language if edit is None else edit.passage.language
        what = EDITED if at.what == own else at.what
        self.pane.show_answer(title, told, fields=fields, field=at.field, what=what, own=own)
        if what == EDITED:
            self.pane.show_texts(source.text, source.text if edit is None else edit.passage.text, None)
        else:
            found = work.editing.translation(place, at.field, language_code(what))
            original = source if edit is None else edit.passage
            words, by = ("", "") if found is None else (found.passage.text, found.translator)
            self.pane.show_texts(original.text, words, by)
        self.pane.offer(*_can(work, place, at.field, what, self.context))

    # -- what is typed -----------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._is_dirty = True
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> bool:
        """Save what has been typed. Returns whether all of it is kept."""
        self._timer.stop()
        if not self._is_dirty or self._at is None or self._work is None:
            return True
        desk, year, at = self.context.desk, self._work.year, self._at
        text = self.pane.text.toPlainText()
        try:
            if isinstance(at.item, str):
                editing.write_frame(desk, year, at.item, text, language_code(at.what))
            elif at.what == EDITED:
                editing.edit_text(desk, year, at.item, at.field, text)
            else:
                words = Passage(text=text, language=language_code(at.what))
                editing.translate(
                    desk, year, at.item, at.field, words, translator=self.pane.translator.text()
                )  # fmt: skip
        except WpsError as fault:
            self.tell(fault)
            return False
        self._is_dirty = False
        self._after()
        return True

    def _after(self) -> None:
        """Read again what is written, without touching the text that is being typed."""
        assert self._work is not None
        now = self.context.desk.clock()
        self._work = editing.work(self.context.desk, self._work.year)
        self.undo_button.setEnabled(self._work.can_undo)
        self._saved.setText(self.say("Saved {when}.", when=self.say.clock(now)))
        self.context.saved.emit(now)
        self._list()
        at = self._at
        if at is not None:
            told = told_of(at.item, at.field, at.what, self._work, self.say)
            self.pane.state.setText(told)
            self.pane.state.setVisible(bool(told))
            if isinstance(at.item, AnswerPlace):
                self.pane.offer(*_can(self._work, at.item, at.field, at.what, self.context))

    # -- what is asked -----------------------------------------------------------------------------

    def _on_meant(self, doing: Doing, reason: str, other: object) -> None:
        if not self.keep() or self._work is None or self._at is None or isinstance(self._at.item, str):
            return
        desk, year, place, field = self.context.desk, self._work.year, self._at.item, self._at.field
        self.context.quieted.emit()
        try:
            match doing:
                case Doing.LEAVE_OUT:
                    editing.leave_out(desk, year, place, reason)
                case Doing.TELL_WITH:
                    if isinstance(other, AnswerPlace):
                        editing.tell_with(desk, year, place, other)
                case Doing.PUT_BACK:
                    editing.put_back(desk, year, place)
                case Doing.CONFIRM:
                    editing.confirm(desk, year, place)
                case Doing.CLEAR:
                    editing.clear(desk, year, place, field, reason)
                case Doing.TAKE_AWAY:
                    editing.edit_text(desk, year, place, field, "")
        except WpsError as fault:
            self.tell(fault)
            return
        self.context.changed.emit("journal")
        self.refresh()

    def undo(self) -> None:
        """Take back the last step, whoever did it."""
        if not self.keep() or self._work is None:
            return
        try:
            editing.undo(self.context.desk, self._work.year)
        except WpsError as fault:
            self.tell(fault)
        self.refresh()

    def preview(self) -> None:
        """Show the commitment as the public report will have it, with what is written now."""
        if self.keep() and self._work is not None and self._at is not None and isinstance(self._at.item, AnswerPlace):
            show_commitment(self, self.context, self._work.year, self._at.item.commitment)

    def go_on(self) -> None:
        """Go to the next text of the list; after the last to the first."""
        lines, now = self.list.lines.lines, self.list.currentIndex().row()
        order = [*range(now + 1, len(lines)), *range(now + 1)]
        following = next((i for i in order if lines[i].value is not None), None)
        if following is not None:
            self.list.setCurrentIndex(self.list.lines.index(following, 0))
            self.pane.text.setFocus()

    # -- turning -----------------------------------------------------------------------------------

    def _on_chosen(self, value: object) -> None:
        if value is not None and (self._at is None or value != self._at.item) and self.keep():
            self._at = _first_at(value, self.context)
            self._show()

    def _on_turned(self) -> None:
        if self._at is not None and self.keep():
            what, field = str(self.pane.what.chosen()), str(self.pane.field.chosen() or self._at.field)
            self._at = _At(item=self._at.item, field=field, what=what)
            self._show()

    def _on_year(self, _index: int) -> None:
        self._at = None
        self.refresh()

    def _on_filter(self, _index: int) -> None:
        if self.keep():
            self._list()
            self._show()

    def _on_name(self, name: str) -> None:
        self.officer.show_officer(sign_in(self.context.desk, name))

    def leave(self) -> bool:
        """Keep what has been typed, and how wide the list is."""
        self.split.remember()
        return self.keep()

    def place(self) -> object:
        """Which text is shown."""
        return self.year.chosen(), self.shown.chosen(), self._at

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 3:
            year, shown, self._at = place
            self.year.choose(year)
            self.shown.choose(shown)
            self.refresh()

    def open_thing(self, thing: object) -> None:
        """Show one answer."""
        if isinstance(thing, AnswerPlace) and self.keep():
            self.shown.choose(Shown.ALL)
            self._at = _At(item=thing)
            self.refresh()


def _first_at(value: object, context: Context) -> _At:
    if isinstance(value, AnswerPlace):
        return _At(item=value)
    return _At(item=str(value), what=context.language)


def _can(
    work: Work, place: AnswerPlace, field: str, what: str, context: Context
) -> tuple[frozenset[Doing], tuple[tuple[object, str], ...]]:
    """What can be done with an answer now, and the answers that it could be told in."""
    handling, edit = work.editing.handling(place), work.editing.edit(place, field)
    others = tuple(
        (other, title_of(other, work, context))
        for other in work.edited.entries
        if other.commitment == place.commitment and other != place and work.editing.handling(other) is None
    )
    stale = [one.place for one in work.stale] + [one.place for one in work.stale_handlings]
    wanted = {
        Doing.LEAVE_OUT: handling is None,
        Doing.TELL_WITH: handling is None and bool(others) and not work.editing.guests_of(place),
        Doing.PUT_BACK: handling is not None,
        Doing.CONFIRM: place in stale,
        Doing.CLEAR: edit is not None and edit in work.closed and what == EDITED,
        Doing.TAKE_AWAY: edit is not None and what == EDITED,
    }
    return frozenset(doing for doing, can in wanted.items() if can), others


def _shown_word(shown: Shown, page: Page) -> str:
    say = page.say
    match shown:
        case Shown.ALL:
            return say("All texts")
        case Shown.WRITTEN:
            return say("Where something is written")
        case Shown.WAITING:
            return say("Where somebody must look")
