"""A meeting, and a point that was raised in it, filled in and changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.desk.call.calling import current_call
from wpsdesk.desk.meetings import holding
from wpsdesk.desk.meetings.holding import About, Told
from wpsdesk.desk.officers import officer_of
from wpsdesk.messages.meeting_words import meeting_name
from wpsdesk.report.meetings import MAX_LINE, Meeting, MeetingKind, Point, PointState
from wpsdesk.ui import style
from wpsdesk.ui.authority.days import day_field, day_in, show_day
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, TextArea, button, label, row
from wpsdesk.ui.fields import Field, line_field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.scrolling import Content, Scroller


class _Form(QDialog):
    """Fields that scroll, and below them what is wrong, the way out, and the way on."""

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget, title: str, *, gone: str) -> None:
        """``gone``: what is said before something is removed; "" where there is nothing to remove yet."""
        super().__init__(parent)
        self.context, self.say = context, context.say
        say, look = context.say, style.current()
        self.setWindowTitle(title)
        self.setModal(True)
        self._gone, self._parent = gone, parent
        content = Content()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(8))
        self.trouble = label("", tone="danger", wraps=True)
        self.trouble.setVisible(False)
        self.remove_button = button(say("Remove"), self._on_remove)
        self.remove_button.setVisible(bool(gone))
        self.cancel_button = button(say("Cancel"), self.reject)
        self.save_button = button(say("Save"), self._on_save, role="primary")
        self.save_button.setDefault(True)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        frame.setSpacing(look.px(10))
        frame.addWidget(label(title, type="title", wraps=True))
        frame.addWidget(Scroller(content), 1)
        frame.addWidget(self.trouble)
        frame.addLayout(row(self.remove_button, None, self.cancel_button, self.save_button))

    def fit(self, wide: int, high: int) -> None:
        """As large as wanted at 100 %, and never larger than the window."""
        look, window = style.current(), self._parent.window().size()
        self.resize(min(look.px(wide), window.width() - 20), min(look.px(high), window.height() - 20))

    def save(self) -> None:
        """Keep what is filled in. Raises what the desk's verb raises."""
        raise NotImplementedError

    def remove(self) -> None:
        """Remove it. Raises what the desk's verb raises."""
        raise NotImplementedError

    @property
    def officer(self) -> str:
        """Who writes."""
        return officer_of(self.context.desk)

    def _on_save(self) -> None:
        self._do(self.save)

    def _on_remove(self) -> None:
        """The first press says what goes, the second does it."""
        if self.trouble.text() != self._gone:
            self._complain(self._gone)
            self.remove_button.setText(self.say("Remove it for good"))
            return
        self._do(self.remove)

    def _do(self, verb: Callable[[], None]) -> None:
        try:
            verb()
        except WpsError as fault:
            self._complain(str(messages.sentence(fault, self.say)))
            return
        self.accept()
        self.saved.emit()

    def _complain(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))


class MeetingDialog(_Form):
    """When a meeting was held, with whom, on what. ``meeting`` is the one that was saved."""

    def __init__(self, context: Context, parent: QWidget, year: Year, meeting: Meeting | None = None) -> None:
        say = context.say
        title = say("New meeting") if meeting is None else say("Change the meeting")
        count = 0 if meeting is None else len(meeting.points)
        gone = "" if meeting is None else say.plural(
            "The meeting and its point will be gone. Press once more to remove them.",
            "The meeting and its {n} points will be gone. Press once more to remove them.", count,
        )  # fmt: skip
        super().__init__(context, parent, title, gone=gone)
        self._year, self.meeting = year, meeting
        today = context.desk.clock().astimezone().date()
        self.day = day_field(say, say("Date"), today if meeting is None else meeting.day)
        self.kind = Choice(say("With whom"), [(kind, messages.word(kind, say)) for kind in MeetingKind])
        self.kind.choose(MeetingKind.MINISTRIES if meeting is None else meeting.kind)
        subject, self.subject = line_field(say("Subject"), text="" if meeting is None else meeting.subject)
        self.subject.setMaxLength(MAX_LINE)
        self.who = TextArea(say("Who took part"), lines=3)
        self.who.setPlainText("" if meeting is None else meeting.who)
        self.body.addWidget(flow(Field(say("Date"), self.day), Field(say("With whom"), self.kind), spacing=16))
        self.body.addWidget(subject)
        self.body.addWidget(Field(say("Who took part"), self.who, hint=say("It stays with UD.")))
        self.body.addStretch(1)
        self.fit(560, 380)

    def save(self) -> None:
        """Keep the meeting."""
        kind = self.kind.chosen()
        assert isinstance(kind, MeetingKind)
        about = About(day=day_in(self.day), kind=kind, subject=self.subject.text(), who=self.who.toPlainText())
        desk, before = self.context.desk, self.meeting
        if before is None:
            self.meeting = holding.hold(desk, self._year, about, officer=self.officer)
        else:
            self.meeting = holding.amend(desk, before.year, before.number, about, officer=self.officer)

    def remove(self) -> None:
        """Remove the meeting."""
        assert self.meeting is not None
        holding.remove(self.context.desk, self.meeting.year, self.meeting.number, officer=self.officer)


class PointDialog(_Form):
    """What was raised, what it concerns, and its follow-up. What nobody changed here is left as it is."""

    def __init__(self, context: Context, parent: QWidget, meeting: Meeting, point: Point | None = None) -> None:
        say = context.say
        title = say("New point") if point is None else say("Follow up the point")
        gone = "" if point is None else say("The point will be gone. Press once more to remove it.")
        super().__init__(context, parent, title, gone=gone)
        self._meeting, self._before = meeting, point
        shown = Point(number=0, text="") if point is None else point
        self.body.addWidget(label(meeting_name(meeting, say), tone="muted", wraps=True))
        self.text = self._area(say("What was raised"), shown.text, lines=3)
        self._concerns(shown)
        self.follow_up = self._area(say("What is to be done"), shown.follow_up, lines=2)
        self._owner_and_day(shown)
        self.outcome = self._area(say("What came of it"), shown.result, lines=2)
        self.body.addStretch(1)
        self.fit(720, 640)

    def _area(self, name: str, text: str, *, lines: int) -> TextArea:
        found = TextArea(name, lines=lines)
        found.setPlainText(text)
        self.body.addWidget(Field(name, found))
        return found

    def _concerns(self, shown: Point) -> None:
        say, context = self.say, self.context
        plan, language, call = context.desk.plan, context.language, current_call(context.desk)
        commitments = [(c.number, f"{c.number}  {c.titles[language]}") for c in plan.commitments]
        self.commitment = Choice(say("Commitment"), [(0, say("No commitment")), *commitments])
        self.commitment.choose(shown.commitment or 0)
        units = plan.units if call is None else tuple(asked.unit for asked in call.asked)
        named = {str(unit.code): f"{unit.code}  {unit.names[language]}" for unit in units}
        if shown.unit is not None:
            named.setdefault(str(shown.unit), str(shown.unit))
        self.unit = Choice(say("Unit"), [("", say("No unit")), *named.items()])
        self.unit.choose(shown.unit or "")
        countries = {str(each.code): each.names[language] for each in (plan if call is None else call).focus_countries}
        if shown.country is not None:
            countries.setdefault(str(shown.country), str(shown.country))
        self.country = Choice(say("Country"), [("", say("No country")), *countries.items()])
        self.country.choose(shown.country or "")
        for choice in (self.commitment, self.unit, self.country):
            choice.setSizeAdjustPolicy(choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(22)
            self.body.addWidget(Field(choice.accessibleName(), choice))

    def _owner_and_day(self, shown: Point) -> None:
        say = self.say
        owner, self.owner = line_field(say("Who sees to it"), text=shown.owner)
        self.owner.setMaxLength(MAX_LINE)
        self.owner.setMinimumWidth(style.current().px(160))
        self.has_day = QCheckBox(say("Due"))
        self.has_day.setChecked(shown.due is not None)
        later = self.context.desk.clock().astimezone().date() + timedelta(days=30)
        self.day = day_field(say, say("Due"), later)
        show_day(self.day, shown.due or later)
        self.day.setEnabled(shown.due is not None)
        self.has_day.toggled.connect(self.day.setEnabled)
        self.state = Choice(say("How it stands"), [(state, messages.word(state, say)) for state in PointState])
        self.state.choose(shown.state)
        self.body.addWidget(owner)
        self.body.addWidget(
            flow(self.has_day, self.day, label(say("How it stands"), type="strong"), self.state, spacing=12)
        )

    @property
    def told(self) -> Told:
        """What is another than it was when the dialog was opened."""
        before = self._before or Point(number=0, text="")
        state, due = self.state.chosen(), day_in(self.day) if self.has_day.isChecked() else None
        assert isinstance(state, PointState)
        commitment, unit, country = self.commitment.chosen(), self.unit.chosen(), self.country.chosen()
        return Told(
            text=_other(self.text.toPlainText(), before.text),
            commitment=commitment if isinstance(commitment, int) and commitment != (before.commitment or 0) else None,
            unit=_other(str(unit or ""), before.unit or ""),
            country=_other(str(country or ""), before.country or ""),
            follow_up=_other(self.follow_up.toPlainText(), before.follow_up),
            owner=_other(self.owner.text(), before.owner),
            due=None if due == before.due else due or date.min,
            state=None if state is before.state else state,
            result=_other(self.outcome.toPlainText(), before.result),
        )

    def save(self) -> None:
        """Keep the point."""
        desk, held, before = self.context.desk, self._meeting, self._before
        if before is None:
            holding.raise_point(desk, held.year, held.number, self.told, officer=self.officer)
        else:
            holding.follow_up(desk, held.year, held.number, before.number, self.told, officer=self.officer)

    def remove(self) -> None:
        """Remove the point."""
        assert self._before is not None
        desk, held = self.context.desk, self._meeting
        holding.remove_point(desk, held.year, held.number, self._before.number, officer=self.officer)


def _other(now: str, before: str) -> str | None:
    return None if now == before else now
