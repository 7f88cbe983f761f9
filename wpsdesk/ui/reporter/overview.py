"""The overview: how long is left, what UD asks for, how far each area has come, what is missing, what is next."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.call.extending import deadline_of
from wpsdesk.desk.review.reminder_days import reminded
from wpsdesk.desk.safety import backing_up
from wpsdesk.messages.problems import problem_sentence
from wpsdesk.report.call import Call
from wpsdesk.report.checks import Code, Problem, Severity
from wpsdesk.report.model import EntryKey
from wpsdesk.report.states import EntryState
from wpsdesk.ui import style
from wpsdesk.ui.bars import Bar
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, card, column, figure_card, label, row
from wpsdesk.ui.flow import flow
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter import worksheets
from wpsdesk.ui.reporter.course import DONE
from wpsdesk.ui.reporter.own_lines import OwnLines
from wpsdesk.ui.reporter.standing import Standing, Step, standing
from wpsdesk.ui.reporter.todo_card import TodoCard, go_to
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark
from wpsdesk.ui.trust.notices import notices

if TYPE_CHECKING:
    from wpsdesk.desk.submission.tasks import Task

LISTED = 40
"""Problems that are listed; more are a number."""


class OverviewPage(Page):
    """Where do I stand."""

    shows = ("entries", "call", "certificate", "sent", "replies", "states", "course", "people")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.fill_button = button(self.say("Load answers from a file"), partial(worksheets.choose, context, self))
        self.write_button = button(self.say("Write a worksheet"), partial(worksheets.write, context, self))
        self.header(self.say("Overview"), self.write_button, self.fill_button)
        self._content = QVBoxLayout()
        self._content.setSpacing(style.current().px(16))
        self.body.addLayout(self._content)
        self.body.addStretch(1)
        self.next_words = label("", wraps=True)
        self.next_button = button("", self._go, role="primary")
        self.footer(self.next_button, left=self.next_words)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._go)
        self._step = Step.NOTHING
        self.todo: TodoCard | None = None
        self.own: OwnLines | None = None
        self.problem_links: list[QWidget] = []

    def accept_file_drop(self, paths: list[str]) -> bool:
        """A worksheet or a file of answers dropped here is looked at; other files are not for this page."""
        if len(paths) != 1 or not paths[0].lower().endswith((".xlsx", ".json")):
            return False
        worksheets.load(self.context, self, Path(paths[0]))
        return True

    def refresh(self) -> None:
        """Everything anew; it is read, not written."""
        while (item := self._content.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        found = standing(self.context.desk)
        self.problem_links = []
        if (told := notices(self.context)) is not None:
            self._content.addWidget(told)
        for each in (self.fill_button, self.write_button):
            each.setVisible(found.call is not None)
        if found.call is not None:
            if (day := reminded(self.context.desk, found.call)) is not None:
                self._content.addWidget(self._reminder(day, found.call))
            self._content.addWidget(self._who_asks(found.call))
            self._content.addWidget(self._figures(found))
            self.todo = TodoCard(self.context)
            self.todo.wanted.connect(self._go_to_task)
            self._content.addWidget(self.todo)
            self.todo.show_tasks(found.tasks)
            guidance = found.call.guidance_on(None)
            if guidance:
                self._content.addWidget(self._guidance(guidance))
            self.own = OwnLines(self.context, found.call.year)
            self._content.addWidget(self.own)
            self.own.setVisible(bool(self.own.links))
            lower = QWidget()
            beside = QHBoxLayout(lower)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(style.current().px(16))
            beside.addWidget(self._areas(found), 1)
            beside.addWidget(self._missing(found.call.year), 1)
            self._content.addWidget(lower)
        else:
            text = self.say("UD's call says what the unit is asked, and by when. It comes as a file.")
            self._content.addWidget(label(text, tone="muted", wraps=True))
        self._show_next(found)

    def _reminder(self, day: date, call: Call) -> QWidget:
        """UD's reminder, on the day that the call has set for it."""
        say, desk = self.say, self.context.desk
        until = say.date(deadline_of(desk, call))
        words = say("UD set {day} as a day to remind of the report. It has not been sent; the deadline is {until}.",
                    day=say.date(day), until=until)  # fmt: skip
        holder = QWidget()
        line = row(Mark(Sign.MARK, "warning"), spacing=8)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(words, type="strong", wraps=True), 1)
        holder.setLayout(line)
        return holder

    # -- cards -------------------------------------------------------------------------------------

    def _figures(self, found: Standing) -> QWidget:
        say, call = self.say, found.call
        assert call is not None
        until = deadline_of(self.context.desk, call)
        left = (until - self.context.desk.clock().astimezone().date()).days
        drafts = sum(row.state is EntryState.DRAFT for row in found.rows)
        empty = sum(row.state is EntryState.EMPTY for row in found.rows)
        returned = len(found.to_mend)
        last = (
            figure_card(say.number(returned), say("returned by UD"), tone="danger")
            if returned
            else figure_card(
                say.number(max(left, 0)),
                say("days left, UD has given you time until {day}", day=say.date(until))
                if until > call.deadline
                else say("days left, the deadline is {day}", day=say.date(until)),
                tone="danger" if left < 0 else "warning" if left < 14 else "info",
            )
        )
        holder = QWidget()
        cards = (
            figure_card(
                say("{part} of {whole}", part=found.ready, whole=len(found.rows)),
                say("answers are ready"),
                tone="success" if found.ready else "",
            ),
            figure_card(say.number(drafts), say("are drafts"), tone="warning" if drafts else ""),
            figure_card(say.number(empty), say("are not answered"), tone=""),
            last,
        )
        look = style.current()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(12))
        across = 4 if look.percent <= 150 else 2
        for place, one in enumerate(cards):
            grid.addWidget(one, place // across, place % across)
        return holder

    def _who_asks(self, call: Call) -> QWidget:
        """Who asks for what, when it was saved last, and when it was last backed up."""
        say, desk = self.say, self.context.desk
        asked = say(
            "The Ministry of Foreign Affairs asks for the report for {year}. Call no. {number}, {day}.",
            year=call.year, number=call.number, day=say.date(call.issued.astimezone().date()),
        )  # fmt: skip
        saved, backed_up = drafting.last_saved(desk, call.year), backing_up.standing(desk, after_days=0).last
        told = [
            say("Last saved {when}.", when=say.moment(saved)) if saved is not None else "",
            say("Last backed up {when}.", when=say.moment(backed_up)) if backed_up is not None
            else say("No backup has been made yet."),
        ]  # fmt: skip
        holder = QWidget()
        words = label(" ".join(part for part in told if part), type="small", wraps=True)
        holder.setLayout(column(label(asked, wraps=True), words, spacing=2))
        return holder

    def _guidance(self, text: str) -> QWidget:
        frame, inside = card(is_quiet=True)
        inside.addWidget(label(self.say("From UD"), type="strong"))
        inside.addWidget(label(text, wraps=True))
        return frame

    def _areas(self, found: Standing) -> QWidget:
        say, plan = self.say, self.context.desk.plan
        frame, inside = card()
        inside.addWidget(label(say("Progress by area"), type="head"))
        for area in plan.areas:
            numbers = {c.number for c in plan.in_area(area)}
            rows = [r for r in found.rows if r.key.commitment in numbers]
            if not rows:
                continue
            done = sum(r.state in DONE for r in rows)
            words = say("{part} of {whole} ready", part=done, whole=len(rows))
            bar = Bar(height=8)
            bar.show_share(done, len(rows), f"{area.names[self.context.language]}: {words}")
            inside.addWidget(label(area.names[self.context.language], wraps=True))
            line = row(bar, label(words, type="small"), spacing=12)
            inside.addLayout(line)
        inside.addStretch(1)
        return frame

    def _missing(self, year: Year) -> QWidget:
        say = self.say
        frame, inside = card()
        inside.addWidget(label(say("What is missing"), type="head"))
        problems = self._worth_telling(year)
        empty = tuple(p.key for p in problems if p.code is Code.NO_ANSWER)
        problems = [p for p in problems if p.code is not Code.NO_ANSWER]
        if not problems and not empty:
            inside.addWidget(label(say("Nothing. All that is asked is ready."), tone="success", wraps=True))
        for problem in problems[:LISTED]:
            inside.addLayout(self._line(problem))
        if len(problems) > LISTED:
            more = say.plural("and {n} more", "and {n} more", len(problems) - LISTED)
            inside.addWidget(label(more, tone="muted"))
        if empty:
            inside.addWidget(self._unanswered(empty))
        inside.addStretch(1)
        return frame

    def _unanswered(self, keys: tuple[EntryKey, ...]) -> QWidget:
        """The commitments that have not been answered, as numbers to press."""
        links = []
        for key in keys:
            link = button(self._short(key), partial(self.context.asked.emit, "report", key), role="link")
            link.setAccessibleName(self.say("{commitment}, not answered", commitment=self._name(key)))
            links.append(link)
        self.problem_links.extend(links)
        return flow(label(self.say("Not answered:"), tone="muted"), *links, spacing=4)

    def _short(self, key: EntryKey) -> str:
        if key.country is None or len(self.context.desk.unit.covers) < 2:
            return str(key.commitment)
        return f"{key.commitment} {key.country}"

    def _worth_telling(self, year: Year) -> list[Problem]:
        """Blockers first; that an answer with blockers is not marked ready needs no line of its own."""
        found = drafting.problems(self.context.desk, year)
        stopped = {p.key for p in found if p.severity is Severity.BLOCKER}
        told = [p for p in found if p.severity is not Severity.ADVICE]
        return [p for p in told if not (p.code is Code.NOT_READY and p.key in stopped)]

    def _line(self, problem: Problem) -> QHBoxLayout:
        target = (problem.key, problem.field) if problem.severity is Severity.BLOCKER else problem.key
        link = button(self._name(problem.key), partial(self.context.asked.emit, "report", target), role="link")
        words = label(problem_sentence(problem, self.say), tone="muted", wraps=True)
        link.setAccessibleDescription(words.text())
        self.problem_links.append(link)
        line = row(link, spacing=8)
        line.addWidget(words, 1)
        return line

    def _name(self, key: EntryKey) -> str:
        plan = self.context.desk.plan
        number = self.say("Commitment {n}", n=key.commitment)
        if key.country is None or len(self.context.desk.unit.covers) < 2:
            return number
        return f"{number}, {plan.country(key.country).names[self.context.language]}"

    # -- what is next ------------------------------------------------------------------------------

    def _show_next(self, found: Standing) -> None:
        say, self._step = self.say, found.next_step
        words, verb = {
            Step.LOAD_CALL: (say("UD's call has not come yet."), say("Load the call")),
            Step.COMPARE_ROOT: (say("UD's fingerprint has not been compared."), say("Compare with UD")),
            Step.ASK_CERTIFICATE: (
                say("To be able to send, the desk needs a certificate."),
                say("Ask for a certificate"),
            ),
            Step.LOAD_CERTIFICATE: (say("UD's certificate has not come yet."), say("Load the certificate")),
            Step.MEND: (say("UD has returned answers."), say("Mend what was returned")),
            Step.ANSWER: (say("Go on where you left off."), say("Go to the report")),
            Step.SEND: (say("All is ready to be sent."), say("Go to Send")),
            Step.NOTHING: (say("All has been sent."), say("See what was sent")),
        }[self._step]
        self.next_words.setText(words)
        self.next_button.setText(verb)

    def _go_to_task(self, task: object) -> None:
        go_to(cast("Task", task), self.context)

    def _go(self) -> None:
        match self._step:
            case Step.MEND:
                self._go_to_task(standing(self.context.desk).to_mend[0])
            case Step.ANSWER:
                self.context.asked.emit("report", None)
            case Step.SEND | Step.NOTHING:
                self.context.asked.emit("send", None)
            case _:
                self.context.asked.emit("setup", None)
