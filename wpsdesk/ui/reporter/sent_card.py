"""What has been sent: each report with how it stands at UD; read it again, compare it, send parts of it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from wpsdesk.desk.submission.sent_versions import Difference, Kindred, Version
from wpsdesk.messages import shown, word
from wpsdesk.report.states import ReportState
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.reporter.emptying import emptied
from wpsdesk.ui.reporter.todo_card import key_name


class SentCard(QFrame):
    """The list, the latest first."""

    read_asked = Signal(int)
    compare_asked = Signal(int)
    parts_asked = Signal(object)
    """Write all parts of this version's set once more: the Version."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = style.current()
        self.setObjectName("card")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._inside.setSpacing(look.px(10))
        self.links: dict[tuple[int, str], QPushButton] = {}
        self._below: dict[int, QVBoxLayout] = {}

    def show_versions(self, found: tuple[Version, ...]) -> None:
        """Show these; none: that nothing has been sent."""
        say = self._context.say
        emptied(self._inside)
        self.links, self._below = {}, {}
        self._inside.addWidget(label(say("What has been sent"), type="head"))
        if not found:
            nothing = say("Nothing yet. Each version that is signed and sent is listed here, and can be read again.")
            self._inside.addWidget(label(nothing, tone="muted", wraps=True))
        ahead = {one.seq for one in found for later in found if _went_ahead(one, later)}
        for one in found:
            self._inside.addWidget(self._line(one, goes_ahead=one.seq in ahead))

    def _line(self, one: Version, *, goes_ahead: bool) -> QWidget:
        say, holder = self._context.say, QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(2))
        name = say("No. {seq}, {when}", seq=one.seq, when=say.moment(one.created))
        stands, tone = self._stands(one)
        what = say("only the changes") if one.is_delta else say("the whole report")
        if goes_ahead:
            what = say("{what}, ahead of its evidence", what=what)
        facts = [what, say.size(one.size)]
        if one.parts:
            facts.append(say.plural("in {n} part", "in {n} parts", one.parts))
        if one.approved_by:
            facts.append(say("approved by {name}", name=shown(one.approved_by)))
        inside.addWidget(flow(label(name, type="strong"), label(stands, tone=tone), spacing=10))
        inside.addWidget(label(" · ".join(facts), tone="muted", wraps=True))
        asked = [("read", say("Read it again"), partial(self.read_asked.emit, one.seq)),
                 ("compare", say("What has changed since"), partial(self.compare_asked.emit, one.seq))]  # fmt: skip
        if one.parts:
            asked.append(("parts", say("Write the parts again"), partial(self.parts_asked.emit, one)))
        for key, text, call in asked:
            link = button(text, call, role="link")
            link.setAccessibleName(f"{text}: {name}")
            self.links[(one.seq, key)] = link
        inside.addWidget(flow(*(self.links[(one.seq, key)] for key, _, _ in asked), spacing=16))
        self._below[one.seq] = QVBoxLayout()
        inside.addLayout(self._below[one.seq])
        return holder

    def _stands(self, one: Version) -> tuple[str, str]:
        say = self._context.say
        if one.received is None:
            return say("no receipt yet"), "muted"
        received = say("received by UD {when}", when=say.moment(one.received))
        match one.state:
            case ReportState.RETURNED:
                return f"{received}, {word(one.state, say).lower()}", "danger"
            case ReportState.ACCEPTED:
                return f"{received}, {word(one.state, say).lower()}", "success"
            case _:
                return received, "success"

    def show_differences(self, seq: int, found: tuple[Difference, ...]) -> None:
        """Under a report: which answers are others here now."""
        say, below = self._context.say, self._below.get(seq)
        if below is None:
            return
        emptied(below)
        if not found:
            below.addWidget(label(say("Nothing has changed here since."), tone="success"))
        words = {
            Kindred.ADDED: say("is new"),
            Kindred.CHANGED: say("has changed"),
            Kindred.GONE: say("is gone"),
        }
        for each in found:
            line = f"{key_name(each.key, self._context)} {words[each.kind]}"
            if not each.is_ready:
                line = say("{what}, and is still a draft", what=line)
            below.addWidget(label(f"{line}.", wraps=True))


def _went_ahead(one: Version, later: Version) -> bool:
    """Whether a report went in the same parts without its evidence, so that UD can read it before that has come."""
    return one.set_id is not None and one.set_id == later.set_id and one.seq < later.seq
