"""The unit's own follow-up document: one file a year, attached, described, replaced, taken away and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.evidence import follow_up
from wpsdesk.desk.evidence.attaching import AttachedFile, Wish
from wpsdesk.desk.evidence.considering import Preview, preview_of
from wpsdesk.desk.evidence.follow_up import FollowUp
from wpsdesk.desk.evidence.given import Given
from wpsdesk.messages import shown
from wpsdesk.messages.problems import PROBLEMS
from wpsdesk.report.model import Evidence
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, label
from wpsdesk.ui.flow import flow, headed_line
from wpsdesk.ui.reporter.evidence_list import EvidenceLine
from wpsdesk.ui.reporter.keeper import PAUSE
from wpsdesk.ui.reporter.taking import Taking

if TYPE_CHECKING:
    from wpsdesk.ui.page import Page


class FollowUpCard(QWidget):
    """The document of the year that is reported, or the words that say what belongs here."""

    changed = Signal()
    """It is another on the disk."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context, self._page, self._say = context, page, context.say
        self._year: Year | None = None
        self._removed: Evidence | None = None
        self.stands: FollowUp | None = None
        self.line: EvidenceLine | None = None
        self.taking = Taking(context, page)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.flush)
        self._build()

    def _build(self) -> None:
        say, look = self._say, style.current()
        self.attach_button = button(say("Attach"), self.choose)
        self.attach_button.setAccessibleName(say("Attach the follow-up document"))
        self.last_button = button(say("Use last year's"), self._use_last_years)
        self.undo_button = button(say("Undo"), self._put_back)
        self.theirs_button = button(say("Use the other desk's"), self._use_theirs)
        self.ours_button = button(say("Keep this one"), self._keep_ours)
        hint = say(
            "The unit's own document of how it follows the plan up. It is attached once a year, and goes to UD with the"
            " report."
        )
        self._hint = label(hint, type="small", wraps=True)
        self._trouble = label("", tone="danger", wraps=True)
        self._told = label("", wraps=True)
        self._acts = flow(self.undo_button, self.theirs_button, self.ours_button)
        self._place = QVBoxLayout()
        frame, inside = card()
        inside.addLayout(
            headed_line(label(say("Follow-up document"), type="head"), self.last_button, self.attach_button)
        )
        for each in (self._hint, self._place, self._trouble, self._told, self._acts):
            if isinstance(each, QVBoxLayout):
                inside.addLayout(each)
            else:
                inside.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(8))
        whole.addWidget(frame)
        self.setFocusProxy(self.attach_button)

    # -- showing -----------------------------------------------------------------------------------

    def show_year(self, year: Year) -> None:
        """Show the document of a year as the desk has it."""
        if self._year != year:
            self._removed = None
        self._year = year
        self._show(follow_up.follow_up_of(self._context.desk, year))

    def _show(self, stands: FollowUp) -> None:
        say, document = self._say, stands.document
        self.stands = stands
        if self.line is not None and (document is None or self.line.digest != document.digest):
            self._place.removeWidget(self.line)
            self.line.hide()
            self.line.deleteLater()
            self.line = None
        if document is not None:
            if self.line is None:
                self.line = self._new_line(document)
            self.line.show_value(document)
        self._hint.setVisible(document is None)
        self.attach_button.setText(say("Attach") if document is None else say("Replace"))
        self.last_button.setVisible(document is None and stands.last_year is not None)
        self._trouble.setText(" ".join(say(PROBLEMS[code]) for code in stands.codes))
        self._trouble.setVisible(bool(stands.codes))
        self._tell(stands)

    def _tell(self, stands: FollowUp) -> None:
        """What was taken away and can be put back, or what the other desk has."""
        say, aside = self._say, stands.aside
        is_gone = self._removed is not None and stands.document is None
        words = ""
        if is_gone and self._removed is not None:
            words = say("{name} was removed.", name=shown(self._removed.title))
        elif aside is not None:
            words = say(
                "The unit's other desk has another: {name}. Choose which one is to go.", name=shown(aside.title)
            )
        self._told.setText(words)
        self._told.setVisible(bool(words))
        self.undo_button.setVisible(is_gone)
        for each in (self.theirs_button, self.ours_button):
            each.setVisible(aside is not None and not is_gone)
        self._acts.setVisible(bool(words))

    def _new_line(self, document: Evidence) -> EvidenceLine:
        line = EvidenceLine(self._say, document)
        line.show_place(0, 1)
        line.changed.connect(self._on_typed)
        line.removed.connect(self.remove)
        line.opened.connect(self._preview)
        self._place.addWidget(line)
        return line

    # -- attaching ---------------------------------------------------------------------------------

    def choose(self) -> None:
        """Attach by the dialog, in the place of what stands there."""
        self.take(self.taking.choose(self._say("Attach the follow-up document"), many=False))

    def take(self, given: tuple[Given, ...]) -> None:
        """Attach the first of these files, once it has been looked at."""
        if given and self._year is not None and self.flush():
            self.taking.look(given[:1], self._attach)

    def _attach(self, wishes: list[Wish]) -> None:
        context, year = self._context, self._year
        if not wishes or year is None:
            return
        desk, wish = context.desk, wishes[0]

        def work(progress: Progress) -> AttachedFile:
            return follow_up.attach_follow_up(desk, year, wish, language=context.language, progress=progress)

        context.jobs.start(
            work, owner=self._page, title=self._say("Attaching the follow-up document"), done=self._on_attached,
            failed=self.taking.on_refused,
        )  # fmt: skip

    def _on_attached(self, _file: AttachedFile) -> None:
        self._removed = None
        self._refresh()

    def _refresh(self) -> None:
        if self._year is not None:
            self.show_year(self._year)
        self._context.saved.emit(self._context.desk.clock())
        self.changed.emit()

    # -- describing --------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def flush(self) -> bool:
        """Keep what is known of it as it stands now; whether all of it is kept."""
        self._soon.stop()
        if self.line is None or self.stands is None or self._year is None:
            return True
        now = self.line.value()
        assert isinstance(now, Evidence)
        if now == self.stands.document:
            return True
        if self._context.jobs.is_busy:
            self._soon.start()
            return False
        return self._do(now)

    def _do(self, document: Evidence) -> bool:
        assert self._year is not None
        try:
            stands = follow_up.keep_follow_up(self._context.desk, self._year, document)
        except WpsError as fault:
            self._page.tell(fault)
            return False
        self._removed = None
        self._show(stands)
        self._context.saved.emit(self._context.desk.clock())
        self.changed.emit()
        return True

    # -- taking away and putting back --------------------------------------------------------------

    def remove(self) -> None:
        """Take it away; it can be put back until the page is shown anew."""
        if self._year is None:
            return
        self._soon.stop()
        try:
            self._removed = follow_up.remove_follow_up(self._context.desk, self._year)
        except WpsError as fault:
            self._page.tell(fault)
            return
        self._refresh()
        self.undo_button.setFocus()

    def _put_back(self) -> None:
        if self._removed is not None:
            self._do(self._removed)

    def _use_last_years(self) -> None:
        if self.stands is not None and self.stands.last_year is not None:
            self._do(self.stands.last_year)

    def _use_theirs(self) -> None:
        if self.stands is not None and self.stands.aside is not None:
            self._do(self.stands.aside)

    def _keep_ours(self) -> None:
        if self._year is not None:
            self._show(follow_up.keep_ours(self._context.desk, self._year))

    def _preview(self) -> None:
        if self.line is None:
            return
        desk, held = self._context.desk, self.line.held

        def work(_progress: Progress) -> Preview:
            return preview_of(desk, held.digest, held.media_type, held.size)

        self._context.jobs.start(work, owner=self._page, done=self._on_preview, failed=self.taking.on_refused)

    def _on_preview(self, found: Preview) -> None:
        if self.line is not None:
            self.line.preview.show_preview(found, self.line.held.title)
